"""Reads the spreadsheet back, says of each place what happened to it, and makes it true again.

Journal, report tabs, protections, zone and locale are the bot's and are healed. What people own
(their own tabs, colours, notes, what they chose in the drop-downs) is left, and their notes beside
rows come back with the rows. Edits in the columns meant for people are taken into the books, by
corrections; nothing else changes the books.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from sheets.check.checking import Difference, Reason
from sheets.check.comparing import Compared, compare, moved_columns, moved_tab
from sheets.check.healing import heal as write_again
from sheets.check.journal_words import journal_findings
from sheets.check.looking import Seen, look
from sheets.check.meddling import Finding, findings_of
from sheets.check.taking import Taken, take_in
from sheets.problems import Problem
from sheets.transport import Reply
from sheets.writer import SheetChannel

__all__ = ["CheckReport", "self_check"]

log = structlog.get_logger()
_NOTHING_THERE = "Вкладок бота в таблице не было: все сделаны и заполнены."


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was compared and what differed; `healed` tells that all of it was written again.

    `findings` are the meddlings in plain words, one for each; without healing there are none.
    """

    rows: int
    cells: int
    differences: tuple[Difference, ...]
    healed: bool
    findings: tuple[Finding, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether the spreadsheet is what the books say; rows still on their way do not count."""
        return all(one.reason is Reason.WAITING for one in self.differences)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What to tell the owner."""
        return tuple(one.sentence for one in self.findings)


async def self_check(channel: SheetChannel, *, heal: bool) -> CheckReport | Problem:
    """Compare every row and every report cell with the books; with `heal` mend what differs."""
    async with channel.turn:
        report = await _check(channel, heal=heal)
        if isinstance(report, CheckReport):
            if heal:
                channel.surprises.checked()
            return report
        async with channel.store.read() as unit:
            return channel.surprises.noted(report, unit.now())


async def _check(channel: SheetChannel, *, heal: bool) -> CheckReport | Problem:
    seen = await look(channel)
    if not isinstance(seen, Seen):
        return seen
    moved = moved_columns(seen)
    if heal and moved:
        # Rows can only be known again when their columns stand in order; then nothing tells of it.
        channel.untold = _joined(channel.untold, [moved_tab(seen)])
        reply = await channel.transport.batch_update(moved)
        seen = await look(channel) if isinstance(reply, Reply) else reply
        if not isinstance(seen, Seen):
            return seen
    compared = await compare(channel, seen, moved=bool(moved))
    # What an earlier check could not put back may be gone since, by the installation that every
    # writing begins with after a trouble; it happened all the same.
    told = replace(compared, differences=_with_untold(channel, compared))
    findings: tuple[Finding, ...] = ()
    mend = False
    if heal:
        # The edits first: healing takes them off the spreadsheet.
        taken = await take_in(channel, seen, compared)
        mend = bool(told.differences or taken.beside.requests)
        findings = tuple(_findings(channel, seen, told, taken))
    if mend:
        channel.untold = told.differences
        problem = await write_again(channel, seen, _to_heal(compared, told), taken.beside.requests)
        if problem is not None:
            return problem
        channel.untold = ()
    log.info("sheet checked", differences=len(told.differences), healed=mend)
    cells = sum(len(grid) for grid in seen.grids.values())
    return CheckReport(len(seen.rows.journal), cells, told.differences, mend, findings)


def _with_untold(channel: SheetChannel, compared: Compared) -> tuple[Difference, ...]:
    return _joined(compared.differences, channel.untold)


def _joined(first: Sequence[Difference], more: Sequence[Difference]) -> tuple[Difference, ...]:
    known = set(first)
    return (*first, *(one for one in more if one not in known))


def _to_heal(compared: Compared, told: Compared) -> Compared:
    """What was found earlier speaks for its tab: its place may hold something else by now."""
    now = set(compared.differences)
    earlier = (replace(one, place="") for one in told.differences if one not in now)
    return replace(compared, differences=(*compared.differences, *earlier))


def _findings(
    channel: SheetChannel, seen: Seen, compared: Compared, taken: Taken
) -> list[Finding]:
    if not any(tab.id in seen.state.tabs for tab in seen.book.tabs):
        return [Finding(Reason.TAB_MISSING, "", _NOTHING_THERE)]
    tab = seen.book.by_key["journal"].title
    found = findings_of(compared.differences, apart={tab})
    if compared.journal is not None:
        images = seen.rows.journal
        found += journal_findings(compared.journal, images, channel.shape, tab, taken)
    return found

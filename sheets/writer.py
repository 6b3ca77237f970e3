"""The spreadsheet as a channel of the outbox: one batch is one atomic request at fixed places.

Entities: `operation:<number>` is a row of Журнал; any other name (`reference`, `report`,
`heartbeat`) only asks that the rest be brought up to date, which every batch does anyway:
tabs whose cells changed, Сверка and the marker. So a batch may be sent again at will. The heartbeat
must be queued at least every ten minutes, or Сверка turns red: a dead worker must not look green.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from ledger.chain import Sealed
from sheets import wire
from sheets.books_rows import BookRows, read_rows
from sheets.charting import chart
from sheets.facts import BookFacts, Settings, read_facts
from sheets.installing import State, plan, taken_titles
from sheets.journal_tab import HEADING_ROWS, JournalShape
from sheets.model import Book, Tab
from sheets.moves_tab import MOVES_HEADING_ROWS
from sheets.problems import Busy, Problem, Unanswered, sentence
from sheets.reading import read_spreadsheet
from sheets.template import template
from sheets.transport import Reply, SheetsTransport
from store.database import Store
from store.records import OutboxRow
from store.unit import UnitOfWork
from usecases.dispatch import Ambiguous, Delivered, DeliveryOutcome, Refused, Throttled
from usecases.posting import SHEET

__all__ = ["BATCH_ROWS_MAX", "HEARTBEAT", "REPORT", "Installed", "SheetChannel"]

log = structlog.get_logger()

BATCH_ROWS_MAX = 500
HEARTBEAT = "heartbeat"
REPORT = "report"
_OPERATION = "operation:"


@dataclass(frozen=True, slots=True)
class Installed:
    """The template is there. Titles of tabs made anew and of tabs named back; rows written."""

    created: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    rows: int = 0


@dataclass(frozen=True, slots=True)
class _Work:
    """One reading of the books: what the tabs are drawn from, and rows."""

    facts: BookFacts
    rows: BookRows


class SheetChannel:
    """Writes one spreadsheet; one request in flight, the order is the outbox's."""

    def __init__(self, store: Store, transport: SheetsTransport, settings: Settings) -> None:
        """Made by the composition root; nothing is asked of Google yet."""
        self.store = store
        self.transport = transport
        self.settings = settings
        self.shape = JournalShape(settings.dimensions)
        self.turn = asyncio.Lock()
        self._titles: dict[str, str] = {}
        # What Google is known to show, by the key of the tab; None before the first look at it.
        self._shown: dict[str, Tab] | None = None

    @property
    def name(self) -> str:
        """The channel's name in the outbox."""
        return SHEET

    @property
    def batch_rows_max(self) -> int:
        """How many rows one request holds: below Google's two megabytes."""
        return BATCH_ROWS_MAX

    async def deliver(self, rows: Sequence[OutboxRow]) -> Sequence[DeliveryOutcome]:
        """Write the operations that the rows name, and all that depends on them, in one request.

        All rows share one outcome, but for a row that names no operation: it is refused for good.
        """
        numbers = {row.id: _number(row.entity) for row in rows}
        async with self.turn:
            work = await self._read([one for one in numbers.values() if one], len(rows))
            problem = await self._write(work, rows[0].claim if rows else "")
        known = {image.number for image in work.rows.journal}
        shared = _outcome(problem)
        return [
            shared
            if numbers[row.id] is None or numbers[row.id] in known
            else Refused("no such operation", final=True)
            for row in rows
        ]

    async def settled(self, unit: UnitOfWork, row: OutboxRow, outcome: DeliveryOutcome) -> None:
        """Keep nothing: the spreadsheet itself tells what it holds."""

    async def install(self) -> Installed | Problem:
        """Make or upgrade the template; people's own tabs, notes and colours stay. Repeatable."""
        async with self.turn:
            work = await self._read([], 0)
            return await self.install_from(work.facts)

    async def rebuild(self) -> Installed | Problem:
        """Write everything again: template, all rows, and clear what stands below them."""
        async with self.turn:
            work = await self._read([], 0)
            installed = await self.install_from(work.facts)
            if not isinstance(installed, Installed):
                return installed
            problem = await self.rewrite_rows(range(1, work.facts.head_number + 1))
            if problem is not None:
                return problem
            problem = await self.clear_below(work.facts)
            return problem or Installed(rows=work.facts.head_number)

    async def install_from(self, facts: BookFacts) -> Installed | Problem:
        """Install from a reading of the books; the caller holds `turn`."""
        self._shown = None
        state = await self.state(facts)
        if not isinstance(state, State):
            return state
        book = self.book(facts, "install")
        wanted = plan(state, book, self.transport.email)
        reply = await self.transport.batch_update(wanted.requests)
        if not isinstance(reply, Reply):
            return reply
        rows = facts.head_number if wanted.rewrite_rows else 0
        problem = await self.rewrite_rows(range(1, rows + 1))
        if problem is None and wanted.rewrite_rows:
            # Only now may the marker say that the journal has these columns.
            signed = await self.transport.batch_update(wire.values(book.by_key["service"]))
            problem = None if isinstance(signed, Reply) else signed
        if problem is not None:
            return problem
        self._shown = dict(book.by_key)
        log.info("template", created=wanted.created, renamed=wanted.renamed, rows=rows)
        return Installed(wanted.created, wanted.renamed, rows)

    async def state(self, facts: BookFacts) -> State | Problem:
        """The spreadsheet as it is, and titles chosen around people's own tabs."""
        state = await read_spreadsheet(self.transport, template(facts))
        if isinstance(state, State):
            self._titles = taken_titles(state, template(facts))
        return state

    def book(self, facts: BookFacts, batch: str) -> Book:
        """The wanted workbook."""
        return template(facts, batch, self._titles)

    async def rewrite_rows(self, numbers: Sequence[int]) -> Problem | None:
        """Write these operations' rows again, batch by batch; the caller holds `turn`."""
        for start in range(0, len(numbers), BATCH_ROWS_MAX):
            rows = await self.rows_of(numbers[start : start + BATCH_ROWS_MAX])
            reply = await self.transport.batch_update(_row_requests(rows))
            if not isinstance(reply, Reply):
                return reply
        return None

    async def clear_below(self, facts: BookFacts) -> Problem | None:
        """Empty Журнал below the last operation and _движения below its last entry."""
        tabs = self.book(facts, "").by_key
        ends = (
            (tabs["journal"], HEADING_ROWS + facts.head_number),
            (tabs["moves"], MOVES_HEADING_ROWS + facts.cash.entries),
        )
        clearing = [wire.clear(tab, end, tab.rows - end) for tab, end in ends if end < tab.rows]
        if not clearing:
            return None
        reply = await self.transport.batch_update(clearing)
        return None if isinstance(reply, Reply) else reply

    async def rows_of(self, numbers: Sequence[int]) -> BookRows:
        """The rows of these operations as they must be."""
        async with self.store.read() as unit:
            return await self._rows(unit, numbers)

    async def _read(self, numbers: Sequence[int], delivering: int) -> _Work:
        """One consistent view; the rows being delivered no longer count as waiting."""
        async with self.store.read() as unit:
            facts = await read_facts(unit, self.settings, delivering=delivering)
            return _Work(facts, await self._rows(unit, numbers))

    async def _rows(self, unit: UnitOfWork, numbers: Sequence[int]) -> BookRows:
        if not numbers:
            return BookRows()
        operations: list[Sealed] = []
        for first, last in _runs(sorted(set(numbers))):
            operations += await unit.journal.between(first, last)
        return await read_rows(unit, operations, self.settings)

    async def _write(self, work: _Work, batch: str) -> Problem | None:
        if self._shown is None or self._outgrown(work.facts):
            installed = await self.install_from(work.facts)
            if not isinstance(installed, Installed):
                return installed
        assert self._shown is not None
        book = self.book(work.facts, batch)
        changed = [tab for tab in book.tabs if _differs(self._shown[tab.key], tab)]
        requests = _row_requests(work.rows)
        for tab in changed:
            requests += [wire.choice(tab, one) for one in tab.choices]
            requests += _values(self._shown[tab.key], tab)
            known = {one.id: one for one in self._shown[tab.key].charts}
            requests += [
                chart(book, tab, one, new=one.id not in known)
                for one in tab.charts
                if known.get(one.id) != one
            ]
        reply = await self.transport.batch_update(requests)
        if isinstance(reply, Reply):
            self._shown |= {tab.key: tab for tab in changed}
            return None
        if not isinstance(reply, Busy | Unanswered):
            # A tab may have been deleted or the grid cut: look again before the next attempt.
            self._shown = None
        return reply

    def _outgrown(self, facts: BookFacts) -> bool:
        assert self._shown is not None
        tabs = self.book(facts, "").tabs
        return any(
            tab.rows > self._shown[tab.key].rows or tab.columns > self._shown[tab.key].columns
            for tab in tabs
        )


def _row_requests(rows: BookRows) -> list[wire.Request]:
    return [*wire.journal_rows(rows.journal), *wire.move_rows(rows.moves)]


def _values(old: Tab, new: Tab) -> list[wire.Request]:
    """All cells of a report, of a tab of rows those that differ."""
    return wire.values(new) if new.keyed is None else wire.rows_again(old, new)


def _number(entity: str) -> int | None:
    """The operation that a row names; 0 for a number nobody can read, None for other entities."""
    if not entity.startswith(_OPERATION):
        return None
    digits = entity.removeprefix(_OPERATION)
    return int(digits) if digits.isdecimal() else 0


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Numbers that follow one another, as pairs of the first and the last."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] + 1 == number:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _differs(old: Tab, new: Tab) -> bool:
    return (old.cells, old.choices, old.charts) != (new.cells, new.choices, new.charts)


def _outcome(problem: Problem | None) -> DeliveryOutcome:
    match problem:
        case None:
            return Delivered()
        case Busy(after_s):
            return Throttled(after_s)
        case Unanswered():
            return Ambiguous(sentence(problem))
        case _:
            return Refused(sentence(problem))

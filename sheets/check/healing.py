"""Makes the spreadsheet true again: template, wrong rows, what stands behind them, broken entries.

Every part may be repeated. What people wrote beside the rows is put back last, when the rows stand.
"""

from collections.abc import Sequence

from sheets import wire
from sheets.check.checking import Difference, Reason
from sheets.check.comparing import Compared
from sheets.check.looking import Seen
from sheets.check.monthly_check import wrong_places
from sheets.check.structure import mended
from sheets.formulas import a1
from sheets.model import Tab
from sheets.problems import Problem
from sheets.tabs.journal_tab import HEADING_ROWS
from sheets.tabs.moves_tab import MOVES_HEADING_ROWS
from sheets.transport import Reply
from sheets.writer import Installed, SheetChannel

__all__ = ["heal"]

REQUESTS_MAX = 500


async def heal(
    channel: SheetChannel, seen: Seen, compared: Compared, beside: Sequence[wire.Request]
) -> Problem | None:
    """Write again what differs; the caller holds the channel's turn."""
    merged = [one for one in compared.differences if one.reason is Reason.MERGED]
    # Into merged cells nothing can be written but the first one.
    problem = await _send(channel, mended(seen.state, seen.book, merged))
    if problem is not None:
        return problem
    installed = await channel.install_from(seen.facts)
    if not isinstance(installed, Installed):
        return installed
    if compared.journal is not None:
        problem = await channel.rewrite_rows(compared.journal.rewrite)
        if problem is not None:
            return problem
    problem = await _heal_monthly(channel, seen, compared)
    if problem is not None:
        return problem
    rest = [*_journal_emptied(seen, compared), *_moves(seen, compared.differences)]
    rest += mended(
        seen.state, seen.book, [one for one in compared.differences if one not in merged]
    )
    rest += _leftovers(seen, compared.differences)
    broken = {one.tab for one in compared.differences if one.reason is Reason.ENTRY}
    for tab in seen.book.tabs:
        if tab.title in broken:
            rest += wire.entries(tab)
    return await _send(channel, [*rest, *_room_for(beside, seen), *beside])


async def _send(channel: SheetChannel, requests: Sequence[wire.Request]) -> Problem | None:
    for start in range(0, len(requests), REQUESTS_MAX):
        part = list(requests[start : start + REQUESTS_MAX])
        reply = await channel.transport.batch_update(part)
        if not isinstance(reply, Reply):
            return reply
    return None


def _room_for(beside: Sequence[wire.Request], seen: Seen) -> list[wire.Request]:
    """A grid as wide as people's own columns were, where these went with a deleted tab."""
    tab = seen.book.by_key["journal"]
    now = seen.state.tabs.get(tab.id)
    columns = max(now.columns if now else 0, tab.columns)
    wanted = max((one["updateCells"]["start"]["columnIndex"] + 1 for one in beside), default=0)
    if wanted <= columns:
        return []
    properties = {"sheetId": tab.id, "gridProperties": {"columnCount": wanted}}
    fields = "gridProperties.columnCount"
    return [{"updateSheetProperties": {"properties": properties, "fields": fields}}]


async def _heal_monthly(channel: SheetChannel, seen: Seen, compared: Compared) -> Problem | None:
    tab = seen.book.by_key.get("monthly")
    if tab is None:
        return None
    places, behind = wrong_places(_with_place(compared.differences, tab), tab)
    problem = await channel.rewrite_monthly(places)
    if problem is not None:
        return problem
    return await _send(channel, [wire.clear(tab, row, 1) for row in behind])


def _with_place(differences: Sequence[Difference], tab: Tab) -> list[Difference]:
    return [one for one in differences if one.tab == tab.title and one.place]


def _journal_emptied(seen: Seen, compared: Compared) -> list[wire.Request]:
    """Nothing stands behind the last operation."""
    tab, journal = seen.book.by_key["journal"], compared.journal
    if journal is None:
        return []
    rows = {one.row for one in journal.rows.located.values()}
    rows |= {*journal.rows.foreign, *journal.rows.copies}
    last = HEADING_ROWS + seen.facts.rows
    return [wire.clear(tab, row, 1) for row in sorted(rows) if row >= last]


def _moves(seen: Seen, differences: Sequence[Difference]) -> list[wire.Request]:
    """Wrong rows of _движения again, and nothing below the last one."""
    tab = seen.book.by_key.get("moves")
    if tab is None:
        return []
    wrong = {_row(one.place) for one in _with_place(differences, tab)}
    last = MOVES_HEADING_ROWS + seen.facts.cash.entries
    images = [one for one in seen.rows.moves if one.place + MOVES_HEADING_ROWS in wrong]
    below = [wire.clear(tab, row - 1, 1) for row in sorted(wrong) if row > last]
    return [*wire.move_rows(images), *below]


def _leftovers(seen: Seen, differences: Sequence[Difference]) -> list[wire.Request]:
    """Copies of ours that people's rows and columns pushed out of their places."""
    by_title = {tab.title: tab for tab in seen.book.tabs}
    places = {
        (one.tab, one.place) for one in differences if one.reason is Reason.LEFTOVER and one.place
    }
    requests: list[wire.Request] = []
    for title in sorted({title for title, _ in places}):
        tab = by_title[title]
        for row, column in sorted(seen.grids[tab.key]):
            if (title, a1(row, column)) in places:
                start = {"sheetId": tab.id, "rowIndex": row, "columnIndex": column}
                emptied = {"start": start, "rows": [{"values": [{}]}]}
                requests.append({"updateCells": {**emptied, "fields": "userEnteredValue"}})
    return requests


def _row(place: str) -> int:
    return int("".join(char for char in place if char.isdigit()))

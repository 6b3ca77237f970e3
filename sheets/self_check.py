"""Reads the spreadsheet back, says of each place what happened to it, and makes it true again.

Journal, report tabs, protections and zone are the bot's and are healed. What people own (their own
tabs, colours, notes, what they chose in the drop-downs) is left. The books never change by this.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from sheets import wire
from sheets.books_rows import BookRows
from sheets.cash_tab import CASH_PERIOD, cash_figures
from sheets.checking import (
    Difference,
    Found,
    Grid,
    Reason,
    check_figures,
    check_moves,
    check_rows,
    check_tab,
)
from sheets.dimension_tab import DIMENSION_INPUTS, dimension_key
from sheets.facts import BookFacts, read_facts
from sheets.figures import dimension_figures, pnl_figures, read_chosen
from sheets.formulas import a1
from sheets.inputs import ENTRY_ROW
from sheets.installing import State
from sheets.journal_tab import HEADING_ROWS
from sheets.keyed import above_rows, check_keyed
from sheets.meddling import Finding, findings_of
from sheets.model import Book, Tab
from sheets.monthly_check import check_monthly, wrong_places
from sheets.moves_tab import MOVES_HEADING_ROWS
from sheets.pnl_tab import PNL_INPUTS
from sheets.problems import Problem
from sheets.reading import RowsOf, read_areas
from sheets.transport import Reply
from sheets.writer import Installed, SheetChannel
from usecases.reports import cash_flow_report

__all__ = ["CheckReport", "self_check"]

log = structlog.get_logger()

# How many rows of a long tab one call reads: rows of _движения are a quarter as wide.
_LONG = {"journal": 1000, "moves": 4000, "monthly": 4000}
# Above the tables of Сверка stand instants and numbers of the last write, older than this reading.
_CONTROL_ROWS = 10


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
    def sentences(self) -> tuple[str, ...]:
        """What to tell the owner."""
        return tuple(one.sentence for one in self.findings)

    @property
    def agrees(self) -> bool:
        """Whether the spreadsheet is what the books say; rows still on their way do not count."""
        return all(one.reason is Reason.WAITING for one in self.differences)


@dataclass(frozen=True, slots=True)
class _Seen:
    """All that was read: the books, the wanted workbook, and cells by the key of the tab."""

    facts: BookFacts
    book: Book
    rows: BookRows
    state: State
    grids: Mapping[str, Grid]


async def self_check(channel: SheetChannel, *, heal: bool) -> CheckReport | Problem:
    """Compare every row and every report cell with the books; with `heal` mend what differs."""
    async with channel.turn:
        seen = await _look(channel)
        if not isinstance(seen, _Seen):
            return seen
        differences = await _differences(channel, seen)
        mend = heal and bool(differences)
        if mend:
            problem = await _heal(channel, seen, differences)
            if problem is not None:
                return problem
        log.info("sheet checked", differences=len(differences), healed=mend)
        cells = sum(len(grid) for grid in seen.grids.values())
        findings = tuple(findings_of(differences)) if mend else ()
        return CheckReport(len(seen.rows.journal), cells, tuple(differences), mend, findings)


async def _look(channel: SheetChannel) -> _Seen | Problem:
    async with channel.store.read() as unit:
        facts = await read_facts(unit, channel.settings)
    rows = await channel.rows_of(range(1, facts.head_number + 1))
    state = await channel.state(facts)
    if not isinstance(state, State):
        return state
    book = channel.book(facts, "")
    grids = await _read_all(channel, book, state)
    if not isinstance(grids, dict):
        return grids
    by_key = {tab.key: grids.get(tab.id, {}) for tab in book.tabs}
    return _Seen(facts, book, rows, state, by_key)


async def _read_all(channel: SheetChannel, book: Book, state: State) -> dict[int, Grid] | Problem:
    """The report tabs in one call, the journal page by page."""
    pages = []
    small = []
    for tab in book.tabs:
        now = state.tabs.get(tab.id)
        if now is None:
            continue
        if tab.key in _LONG:
            pages += [
                RowsOf(tab, now.title, first, min(_LONG[tab.key], now.rows - first))
                for first in range(0, now.rows, _LONG[tab.key])
            ]
        else:
            rows = tab.rows if tab.keyed is not None else tab.used[0]
            small.append(RowsOf(tab, now.title, 0, min(now.rows, rows)))
    cells: dict[int, dict[tuple[int, int], Found]] = {}
    for areas in (small, *([page] for page in pages)):
        if not areas:
            continue
        read = await read_areas(channel.transport, areas)
        if not isinstance(read, dict):
            return read
        for tab_id, grid in read.items():
            cells.setdefault(tab_id, {}).update(grid)
    return dict(cells)


async def _differences(channel: SheetChannel, seen: _Seen) -> list[Difference]:
    differences = _of_tabs(seen, channel.transport.email)
    present = [tab for tab in seen.book.tabs if tab.id in seen.state.tabs]
    for tab in present:
        grid = seen.grids[tab.key]
        if tab.key == "journal":
            differences += check_tab(grid, tab)
            title = tab.title
            images, waiting = seen.rows.journal, seen.facts.waiting
            differences += check_rows(grid, images, channel.shape, title, waiting)
            differences += _extra(grid, tab, HEADING_ROWS + seen.facts.head_number)
        elif tab.key == "moves":
            differences += check_tab(grid, tab)
            differences += check_moves(grid, seen.rows.moves, tab.title)
            differences += _extra(grid, tab, MOVES_HEADING_ROWS + seen.facts.cash.entries)
        elif tab.key == "monthly":
            differences += check_monthly(grid, tab)
        elif tab.keyed is not None:
            differences += check_tab(grid, above_rows(tab)) + check_keyed(grid, tab)
        elif tab.key == "control":
            differences += check_tab(grid, tab, _CONTROL_ROWS)
        elif tab.key != "service":
            differences += check_tab(grid, tab)
    keys = {tab.key for tab in present}
    differences += await _of_figures(channel, seen, keys)
    if seen.facts.waiting:
        # Rows are on their way: what depends on them is not known to be wrong.
        return [_waiting(one) for one in differences]
    return differences


def _of_tabs(seen: _Seen, email: str) -> list[Difference]:
    differences = []
    for tab in seen.book.tabs:
        now = seen.state.tabs.get(tab.id)
        if now is None:
            differences.append(Difference(tab.title, "", Reason.TAB_MISSING, tab.title, ""))
            continue
        if now.title != tab.title:
            renamed = Difference(tab.title, "", Reason.TAB_RENAMED, tab.title, now.title)
            differences.append(renamed)
        wanted = wire.guard(tab, tab.guard, email)["description"]
        if wanted not in {one.get("description") for one in now.guards}:
            differences.append(Difference(tab.title, "", Reason.UNPROTECTED, wanted, ""))
    if seen.state.zone != seen.book.zone:
        zone = Difference("", "", Reason.ZONE, seen.book.zone, seen.state.zone)
        differences.append(zone)
    return differences


def _extra(grid: Grid, tab: Tab, below: int) -> list[Difference]:
    rows = sorted({row for row, _ in grid if row >= below})
    return [
        Difference(tab.title, a1(row, 0), Reason.EXTRA, "", str(_first(grid, row))) for row in rows
    ]


def _first(grid: Grid, row: int) -> str:
    column = min(column for line, column in grid if line == row)
    found = grid[row, column]
    return str(found.formula or found.entered)


async def _of_figures(channel: SheetChannel, seen: _Seen, keys: set[str]) -> list[Difference]:
    differences: list[Difference] = []
    facts = seen.facts
    if "pnl" in keys:
        tab, grid = seen.book.by_key["pnl"], seen.grids["pnl"]
        chosen = read_chosen(grid, PNL_INPUTS, facts)
        if chosen is None:
            differences.append(_unreadable(tab, PNL_INPUTS.column))
        else:
            async with channel.store.read() as unit:
                expected = await pnl_figures(unit, facts, chosen)
            differences += check_figures(grid, tab.title, expected)
    if "cash" in keys:
        differences += await _of_cash(channel, seen)
    for dimension in facts.settings.dimensions:
        key = dimension_key(dimension.code)
        if key not in keys:
            continue
        tab, grid = seen.book.by_key[key], seen.grids[key]
        chosen = read_chosen(grid, DIMENSION_INPUTS, facts)
        if chosen is None:
            differences.append(_unreadable(tab, DIMENSION_INPUTS.column))
            continue
        async with channel.store.read() as unit:
            expected = await dimension_figures(unit, facts, dimension, chosen)
        differences += check_figures(grid, tab.title, expected)
    return differences


async def _of_cash(channel: SheetChannel, seen: _Seen) -> list[Difference]:
    tab, grid = seen.book.by_key["cash"], seen.grids["cash"]
    chosen = CASH_PERIOD.read(grid, seen.facts.months)
    if chosen is None:
        return [_unreadable(tab, CASH_PERIOD.entries[0].column)]
    if chosen[0] > chosen[1]:
        return []
    async with channel.store.read() as unit:
        statement = await cash_flow_report(unit, *chosen)
    return check_figures(grid, tab.title, cash_figures(seen.facts, statement))


def _unreadable(tab: Tab, column: int) -> Difference:
    place = a1(ENTRY_ROW, column)
    return Difference(tab.title, place, Reason.ENTRY, "значения из списков", "")


def _waiting(one: Difference) -> Difference:
    dependent = {Reason.FIGURE, Reason.VALUE, Reason.FORMULA, Reason.MISSING}
    if one.reason not in dependent:
        return one
    return Difference(one.tab, one.place, Reason.WAITING, one.expected, one.found)


async def _heal(
    channel: SheetChannel, seen: _Seen, differences: list[Difference]
) -> Problem | None:
    """Template first (tabs, grid, formulas), then wrong rows, rows below the end, and entries."""
    installed = await channel.install_from(seen.facts)
    if not isinstance(installed, Installed):
        return installed
    journal = seen.book.by_key["journal"]
    rows = [_row(one.place) for one in differences if one.tab == journal.title and one.place]
    last = HEADING_ROWS + seen.facts.head_number
    wrong = sorted({row - HEADING_ROWS for row in rows if HEADING_ROWS < row <= last})
    problem = await channel.rewrite_rows(wrong)
    if problem is not None:
        return problem
    rest = [wire.clear(journal, row - 1, 1) for row in sorted(set(rows)) if row > last]
    rest += _moves_healed(seen, differences)
    monthly = seen.book.by_key["monthly"]
    places, behind = wrong_places(differences, monthly)
    rest += [wire.clear(monthly, row, 1) for row in behind]
    problem = await channel.rewrite_monthly(places)
    if problem is not None:
        return problem
    broken = {one.tab for one in differences if one.reason is Reason.ENTRY}
    for tab in seen.book.tabs:
        if tab.title in broken:
            rest += wire.entries(tab)
    if not rest:
        return None
    reply = await channel.transport.batch_update(rest)
    return None if isinstance(reply, Reply) else reply


def _moves_healed(seen: _Seen, differences: list[Difference]) -> list[wire.Request]:
    """Wrong rows of _движения again, and nothing below the last one."""
    tab = seen.book.by_key["moves"]
    wrong = {_row(one.place) for one in differences if one.tab == tab.title and one.place}
    last = MOVES_HEADING_ROWS + seen.facts.cash.entries
    images = [one for one in seen.rows.moves if one.place + MOVES_HEADING_ROWS in wrong]
    below = [wire.clear(tab, row - 1, 1) for row in sorted(wrong) if row > last]
    return [*wire.move_rows(images), *below]


def _row(place: str) -> int:
    return int("".join(char for char in place if char.isdigit()))

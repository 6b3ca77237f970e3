"""What was seen against what the books say: every tab, every row, every figure of the reports."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sheets.check.checking import (
    Difference,
    Found,
    Grid,
    Reason,
    check_figures,
    check_moves,
    check_tab,
    cut,
    entered_text,
)
from sheets.check.columns import column_moves
from sheets.check.journal_check import JournalChecked, check_journal
from sheets.check.looking import Seen
from sheets.check.monthly_check import check_monthly
from sheets.check.structure import STEPS, STRAYED_CELLS, check_structure
from sheets.figures import dimension_figures, pnl_figures, read_chosen
from sheets.formulas import Dialect, Node, a1, fingerprint, place_of, render
from sheets.model import Tab
from sheets.tabs.cash_tab import CASH_PERIOD, cash_figures
from sheets.tabs.dimension_tab import DIMENSION_INPUTS, dimension_key
from sheets.tabs.inputs import ENTRY_ROW
from sheets.tabs.keyed import above_rows, check_keyed
from sheets.tabs.moves_tab import MOVES_HEADING_ROWS
from sheets.tabs.pnl_tab import PNL_INPUTS
from sheets.tabs.service_tab import LABEL_COLUMNS
from sheets.wire import Request
from sheets.writer import SheetChannel
from usecases.reports import cash_flow_report

__all__ = ["Compared", "compare", "moved_columns"]

# Above the tables of Сверка stand instants and numbers of the last write, older than this reading.
_CONTROL_ROWS = 10
# So many broken cells of a tab are no typing: its rows or columns were moved.
_SHAKEN_CELLS = 5
_ROWS_OF = frozenset({"journal", "moves", "monthly"})
_DIGITS = re.compile(r"\d+")
_CHECKSUM = re.compile(r"[0-9a-f]{16}")
# What a formula looks at, on a tab that people may have renamed: `$B$7`, `'Журнал'!C12:C90`.
_CELL = r"\$?[A-Z]{1,3}\$?\d+"
_CELLS = re.compile(rf"(?:(?:'(?:[^']|'')*'|\w+)!)?{_CELL}(?::{_CELL})?", re.IGNORECASE)
_DEPENDENT = frozenset({Reason.FIGURE, Reason.VALUE, Reason.FORMULA, Reason.SHIFTED})
_TYPED = frozenset({Reason.VALUE, Reason.FORMULA})
_MOVING = frozenset(
    {
        Reason.INSERTED,
        Reason.MISSING,
        Reason.GRID_CUT,
        Reason.COLUMNS,
        Reason.TAB_MISSING,
        Reason.EXTRA,
        Reason.LEFTOVER,
    }
)
# So many formulas that look at other rows were not typed by hand.
_SHIFTED_CELLS = 20


@dataclass(frozen=True, slots=True)
class Compared:
    """Everything that differs; of the journal also what to write again and what people typed."""

    differences: tuple[Difference, ...]
    journal: JournalChecked | None


def moved_columns(seen: Seen) -> list[Request]:
    """What brings the columns of Журнал back that people inserted, deleted or dragged."""
    tab = seen.book.by_key["journal"]
    now = seen.state.tabs.get(tab.id)
    if now is None:
        return []
    grid = seen.grids[tab.key]
    headings = [entered_text(grid.get((0, column), Found())) for column in range(now.columns)]
    ours = [str(tab.cells[0, column].value) for column in range(tab.columns)]
    return column_moves(headings, ours, tab.id)


def moved_tab(seen: Seen) -> Difference:
    """That columns of Журнал were moved; once they are back, the spreadsheet does not tell it."""
    return Difference(seen.book.by_key["journal"].title, "", Reason.COLUMNS, "", "")


async def compare(channel: SheetChannel, seen: Seen, *, moved: bool) -> Compared:
    """Compare; where rows are on their way, what depends on them is not known to be wrong.

    `moved` tells that columns of Журнал were.
    """
    differences = check_structure(seen.state, seen.book, seen.looks, channel.transport.email)
    if moved:
        differences.append(moved_tab(seen))
    present = [tab for tab in seen.book.tabs if tab.id in seen.state.tabs]
    journal: JournalChecked | None = None
    for tab in present:
        grid = seen.grids[tab.key]
        if tab.key == "journal":
            upto = seen.state.upto if seen.facts.waiting else seen.facts.head_number
            journal = check_journal(grid, seen.rows.journal, channel.shape, tab.title, upto)
            differences += [*check_tab(grid, tab), *journal.differences]
        else:
            differences += _of_tab(seen, tab, grid)
    differences = _shifted(seen, differences)
    differences += await _of_figures(channel, seen, {tab.key for tab in present})
    if seen.facts.waiting:
        differences = [
            one if _is_certain(channel, seen, one) else _waiting(one) for one in differences
        ]
    return Compared(tuple(differences), journal)


def _of_tab(seen: Seen, tab: Tab, grid: Grid) -> list[Difference]:
    late = seen.facts.waiting > 0
    if tab.key == "moves":
        rows = check_moves(grid, seen.rows.moves, tab.title)
        if late:
            rows = [
                replace(one, reason=Reason.WAITING) if one.reason is Reason.MISSING else one
                for one in rows
            ]
        wrong = check_tab(grid, tab) + rows
        wrong += _extra(grid, tab, MOVES_HEADING_ROWS + seen.facts.cash.entries)
        return [*wrong, *_behind(grid, tab)]
    if tab.key == "monthly":
        return [*check_monthly(grid, tab, late=late), *_behind(grid, tab)]
    if tab.key == "service":
        # What is signed was older than this reading when it was written; its words never change.
        words = {place: cell for place, cell in tab.cells.items() if place[1] in LABEL_COLUMNS}
        return [*check_tab(grid, replace(tab, cells=words)), *_strangers(grid, tab)]
    if tab.keyed is not None:
        wrong = check_tab(grid, above_rows(tab)) + check_keyed(grid, tab)
    else:
        wrong = check_tab(grid, tab, _CONTROL_ROWS if tab.key == "control" else 0)
    # A tab that every batch writes anew is right inside, and what was pushed out of it is not.
    outside = list(_leftovers(grid, tab))
    if max(len(wrong), len(outside)) >= _SHAKEN_CELLS:
        wrong += outside
    if _is_pushed(grid, tab, wrong):
        wrong.append(Difference(tab.title, "", Reason.STRAYED, "", ""))
    return wrong


def _is_pushed(grid: Grid, tab: Tab, wrong: Sequence[Difference]) -> bool:
    """Whether what stands wrong is what must stand so many rows or columns further."""
    places = [place_of(one.place) for one in wrong if one.reason in _TYPED and one.place]
    if len(places) < STRAYED_CELLS:
        return False
    ours = {place: _skeleton(cell.value) for place, cell in tab.cells.items()}
    found = {place: _skeleton(entered_text(grid.get(place, Found()))) for place in places}
    pushed = {at: text for at, text in found.items() if text and text != ours.get(at)}
    return any(
        sum(
            ours.get((row + down, column + right)) == text
            for (row, column), text in pushed.items()
        )
        >= STRAYED_CELLS
        for down, right in STEPS
    )


def _shifted(seen: Seen, differences: list[Difference]) -> list[Difference]:
    """Formulas that follow rows or tabs that people moved are told from formulas that they typed."""
    tabs = {tab.title: tab for tab in seen.book.tabs}
    moved = [
        one.reason is Reason.FORMULA and _follows(one, tabs[one.tab], seen.grids)
        for one in differences
    ]
    if not any(one.reason in _MOVING for one in differences) and sum(moved) < _SHIFTED_CELLS:
        return differences
    return [
        replace(one, reason=Reason.SHIFTED) if follows else one
        for one, follows in zip(differences, moved, strict=True)
    ]


def _follows(one: Difference, tab: Tab, grids: Mapping[str, Grid]) -> bool:
    place = place_of(one.place)
    found = entered_text(grids[tab.key].get(place, Found()))
    if not found.startswith("="):
        return False
    return "#REF!" in found or _skeleton(found) == _skeleton(tab.cells[place].value)


def _extra(grid: Grid, tab: Tab, below: int) -> list[Difference]:
    """Rows behind the last one, once each, with the first thing that stands there."""
    first: dict[int, int] = {}
    for row, column in grid:
        if row >= below and column < tab.columns:
            first[row] = min(column, first.get(row, column))
    return [
        Difference(tab.title, a1(row, 0), Reason.EXTRA, "", cut(entered_text(grid[row, column])))
        for row, column in sorted(first.items())
    ]


def _behind(grid: Grid, tab: Tab) -> Iterator[Difference]:
    """On a tab of the bot's alone nothing stands behind the last column."""
    for place, found in sorted(grid.items()):
        if place[1] >= tab.columns:
            text = cut(entered_text(found))
            yield Difference(tab.title, a1(*place), Reason.LEFTOVER, "", text)


def _strangers(grid: Grid, tab: Tab) -> Iterator[Difference]:
    """On the hidden tab of the bot's alone nothing stands in other cells than its own."""
    for place, found in sorted(grid.items()):
        if place not in tab.cells:
            text = cut(entered_text(found))
            yield Difference(tab.title, a1(*place), Reason.LEFTOVER, "", text)


def _leftovers(grid: Grid, tab: Tab) -> Iterator[Difference]:
    """Ours that stands outside of ours since people moved rows or columns of a report."""
    ours = {_skeleton(cell.value) for cell in tab.cells.values() if not cell.entry} - {""}
    rows, columns = tab.used
    outside = {
        place: entered_text(found)
        for place, found in sorted(grid.items())
        if (place[0] >= rows or place[1] >= columns) and place not in tab.cells
    }
    pushed = [place for place, text in outside.items() if _skeleton(text) in ours]
    # A number or a row's checksum is ours where it stands in a row or a column that was pushed out,
    # or in line with the place of the same number.
    lines = {row for row, _ in pushed if row >= rows}
    strips = {column for _, column in pushed if column >= columns}
    numbers = {
        (at, cell.value) for place, cell in tab.cells.items() for at in (place[0], -place[1] - 1)
    }
    for (row, column), text in outside.items():
        value = grid[row, column].entered
        in_line = {(row, value), (-column - 1, value)} & numbers
        bare = isinstance(value, Decimal) or _CHECKSUM.fullmatch(text)
        if (row, column) in pushed or (bare and (row in lines or column in strips or in_line)):
            yield Difference(tab.title, a1(row, column), Reason.LEFTOVER, "", cut(text))


def _skeleton(value: object) -> str:
    """A formula without the cells that it looks at, a text as it is; numbers are anybody's."""
    text = render(value, Dialect.GOOGLE) if isinstance(value, Node) else value
    if not isinstance(text, str):
        return ""
    if not text.startswith("="):
        return text
    # A cell or a tab that is gone leaves `#REF!` where its name stood.
    return _DIGITS.sub("", fingerprint(_CELLS.sub("#", text.replace("#REF!", "A1"))))


async def _of_figures(channel: SheetChannel, seen: Seen, keys: set[str]) -> list[Difference]:
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


async def _of_cash(channel: SheetChannel, seen: Seen) -> list[Difference]:
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


def _is_certain(channel: SheetChannel, seen: Seen, one: Difference) -> bool:
    """Whether the rows on their way change nothing there: the same was written last."""
    tab = next((tab for tab in seen.book.tabs if tab.title == one.tab), None)
    if tab is None or one.reason is Reason.FIGURE or not one.place:
        return False
    place, written = place_of(one.place), channel.written.get(tab.key)
    cell = tab.cells.get(place)
    return written is not None and cell is not None and written.cells.get(place) == cell


def _waiting(one: Difference) -> Difference:
    if one.reason not in _DEPENDENT:
        return one
    return Difference(one.tab, one.place, Reason.WAITING, one.expected, one.found)

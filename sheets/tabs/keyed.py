"""Tabs of rows about things that change: each row is written whole, with a checksum of its own.

Such rows are true as of the last write: a row that bears a right checksum and is not what the books
say now is late, not damaged. The checksum counts the row's place, so a moved row is damaged.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sheets.check.checking import Difference, Found, Grid, Reason
from sheets.formulas import a1
from sheets.model import Align, Area, Cell, Pattern, Style, Styled, Tab, Value
from sheets.rows import checksum, plain_text
from sheets.tabs.palette import HEADING

__all__ = [
    "FIRST_ROW",
    "HEADING_ROW",
    "TOTAL_ROW",
    "KeyedColumn",
    "above_rows",
    "check_keyed",
    "keyed_cells",
    "keyed_styles",
]

TOTAL_ROW = 2
HEADING_ROW = 3
FIRST_ROW = 4
# The place of the count of rows as written, in the column of checksums.
COUNT_ROW = 1
Cells = dict[tuple[int, int], Cell]


@dataclass(frozen=True, slots=True)
class KeyedColumn:
    """One column: heading, width in pixels, number format."""

    title: str
    width: int
    pattern: Pattern = Pattern.TEXT
    hidden: bool = False
    wrap: bool | None = None


def keyed_cells(columns: Sequence[KeyedColumn], rows: Sequence[Sequence[Value]]) -> Cells:
    """Headings, rows and their checksums in the column behind the last one."""
    cells: Cells = {(HEADING_ROW, column): Cell(one.title) for column, one in enumerate(columns)}
    cells[COUNT_ROW, len(columns)] = Cell(len(rows))
    cells[HEADING_ROW, len(columns)] = Cell("сумма строки")
    for row, values in enumerate(rows, FIRST_ROW):
        tidy = [plain_text(one) or None if isinstance(one, str) else one for one in values]
        for column, value in enumerate(tidy):
            if value is not None:
                cells[row, column] = Cell(value)
        cells[row, len(columns)] = Cell(checksum([row, *tidy]))
    return cells


def keyed_styles(columns: Sequence[KeyedColumn]) -> tuple[Styled, ...]:
    """Number formats down to the end, and the heading."""
    formats = (
        Styled(Area(FIRST_ROW, place, None, 1), _look(one)) for place, one in enumerate(columns)
    )
    return (*formats, Styled(Area(HEADING_ROW, 0, 1, len(columns)), HEADING))


def _look(column: KeyedColumn) -> Style:
    align = Align.LEFT if column.pattern is Pattern.TEXT else None
    return Style(pattern=column.pattern, align=align, wrap=column.wrap, middle=True)


def above_rows(tab: Tab) -> Tab:
    """The tab without its rows and their count: what is compared cell by cell."""
    count = (COUNT_ROW, tab.columns - 1)
    cells = {at: cell for at, cell in tab.cells.items() if at[0] < FIRST_ROW and at != count}
    return replace(tab, cells=cells)


def check_keyed(grid: Grid, tab: Tab) -> list[Difference]:
    """Rows that are not what the books say and were not written so by the bot, either."""
    wanted = {row for row, _ in tab.cells if row >= FIRST_ROW}
    found = {row for row, _ in grid if row >= FIRST_ROW}
    last = tab.columns - 1
    count = grid.get((COUNT_ROW, last), Found()).entered
    written = FIRST_ROW + int(count) if isinstance(count, Decimal) else tab.rows
    differences = []
    if not isinstance(count, Decimal):
        # Without it nobody knows which rows are only late.
        wanted_count = str(tab.cells[COUNT_ROW, last].value)
        place = a1(COUNT_ROW, last)
        differences.append(
            Difference(
                tab.title, place, Reason.VALUE, wanted_count, "" if count is None else str(count)
            )
        )
    for row in sorted(wanted | found):
        now = [_entered(grid.get((row, column), Found())) for column in range(tab.columns)]
        must = [tab.cells.get((row, column), Cell(None)).value for column in range(tab.columns)]
        if row not in found:
            late = row >= written
        else:
            late = now[-1] == checksum([row, *now[:-1]]) and row < written
        if not late and not _same(now, must):
            reason = Reason.MISSING if row not in found else Reason.EDITED
            reason = reason if row in wanted else Reason.EXTRA
            shown = "; ".join(str(one) for one in now[:-1] if one is not None)
            books = "; ".join(str(one) for one in must[:-1] if one is not None)
            place = a1(row, 0)
            differences.append(Difference(tab.title, place, reason, books[:60], shown[:60]))
    return differences


def _entered(found: Found) -> str | Decimal | None:
    value = found.entered if found.formula is None else found.formula
    return str(value) if isinstance(value, bool) else value


def _same(now: Sequence[Value], must: Sequence[Value]) -> bool:
    return checksum(list(now)) == checksum(list(must))

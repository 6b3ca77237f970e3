"""Свод read back: which of its rows are not what the books add up to.

Rows of sums have no identity of their own, so a moved row is simply a wrong one at its place.
"""

from dataclasses import replace

from sheets.check.checking import Difference, Found, Grid, Reason, check_tab
from sheets.formulas import a1
from sheets.model import Cell, Tab
from sheets.monthly import MonthlyRow
from sheets.tabs.monthly_tab import MONTHLY_HEADING_ROWS

__all__ = ["check_monthly", "wrong_places"]

_NOTHING = Found()


def check_monthly(grid: Grid, tab: Tab, *, late: bool = False) -> list[Difference]:
    """The headings, one difference for a wrong row, and rows behind the last.

    `late`: operations are on their way, and a row that is not there comes with them.
    """
    absent = Reason.WAITING if late else Reason.MISSING
    body = {
        (row, column): Cell(value)
        for row, values in enumerate(tab.body, MONTHLY_HEADING_ROWS)
        for column, value in enumerate(values)
    }
    cells = check_tab(grid, replace(tab, cells=body))
    first_of_row: dict[int, Difference] = {}
    for one in cells:
        first_of_row.setdefault(_row(one), one)
    present = {row for row, _ in grid}
    rows = [
        one if row in present else replace(one, reason=absent) for row, one in first_of_row.items()
    ]
    return check_tab(grid, tab) + rows + _behind(grid, tab)


def wrong_places(
    differences: list[Difference], tab: Tab
) -> tuple[dict[int, MonthlyRow], list[int]]:
    """The rows to write again, by place, and the rows (from zero) that must be emptied."""
    wrong = sorted({_row(one) for one in differences if one.tab == tab.title and one.place})
    last = MONTHLY_HEADING_ROWS + len(tab.body)
    places = [row - MONTHLY_HEADING_ROWS for row in wrong if MONTHLY_HEADING_ROWS <= row < last]
    return {place + 1: tab.body[place] for place in places}, [row for row in wrong if row >= last]


def _behind(grid: Grid, tab: Tab) -> list[Difference]:
    last = MONTHLY_HEADING_ROWS + len(tab.body)
    differences = []
    for row in sorted({row for row, _ in grid if row >= last}):
        column = min(column for line, column in grid if line == row)
        found = grid.get((row, column), _NOTHING)
        shown = str(found.formula or found.entered)
        differences.append(Difference(tab.title, a1(row, 0), Reason.EXTRA, "", shown))
    return differences


def _row(one: Difference) -> int:
    return int("".join(char for char in one.place if char.isdigit())) - 1

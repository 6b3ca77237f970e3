"""The months from–to on a tab without a basis: two entries under the title, read by hidden cells.

С месяца   По месяц
03.2026                (empty: to the last one)
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ledger.months import Month
from sheets.check.checking import Found, Grid
from sheets.formulas import Function, Node, Num, Op, Ref, Str, absolute, call
from sheets.model import Area, Cell, Choice
from sheets.tabs.inputs import ENTRY_ROW, HELPER_ROW, LABEL_ROW, month_serial

__all__ = ["Period", "read_month"]

_EPOCH = date(1899, 12, 30)
_DAYS_MAX = 100_000
_NOTHING = Found()


@dataclass(frozen=True, slots=True)
class Period:
    """Where the entries stand: side by side from `column` on, each under its label."""

    column: int = 1

    @property
    def first(self) -> Ref:
        """The first chosen month, as a serial."""
        return absolute(HELPER_ROW, self.column)

    @property
    def last(self) -> Ref:
        """The last chosen month, as a serial."""
        return absolute(HELPER_ROW, self.column + 1)

    @property
    def entries(self) -> tuple[Area, ...]:
        """The cells that people fill in."""
        return tuple(Area(ENTRY_ROW, self.column + step, 1, 1) for step in (0, 1))

    def cells(self, months: tuple[Month, ...]) -> dict[tuple[int, int], Cell]:
        """Labels, entries and the hidden cells read from them."""
        cells: dict[tuple[int, int], Cell] = {}
        ends = (("С месяца", months[0]), ("По месяц", months[-1]))
        for column, (text, default) in enumerate(ends, self.column):
            entry = absolute(ENTRY_ROW, column)
            cells[LABEL_ROW, column] = Cell(text)
            cells[ENTRY_ROW, column] = Cell(None, entry=True)
            cells[HELPER_ROW, column] = Cell(_chosen(entry, default))
        return cells

    def choices(self, months: Ref) -> tuple[Choice, ...]:
        """The drop-downs."""
        return tuple(Choice(area.row, area.column, months) for area in self.entries)

    def read(self, grid: Grid, months: tuple[Month, ...]) -> tuple[Month, Month] | None:
        """What is chosen; None when an entry cannot be read."""
        places = [(area.row, area.column) for area in self.entries]
        first = read_month(grid.get(places[0], _NOTHING), months[0])
        last = read_month(grid.get(places[1], _NOTHING), months[-1])
        return (first, last) if first and last else None


def read_month(found: Found, default: Month) -> Month | None:
    """A month as somebody entered it; an empty cell is the default, None is unreadable."""
    if found.shown in {None, ""}:
        return default
    if not isinstance(found.shown, Decimal) or not 0 < found.shown < _DAYS_MAX:
        return None
    return Month.of(_EPOCH + timedelta(days=int(found.shown)))


def _chosen(entry: Ref, default: Month) -> Node:
    """The first day of the entered day's month; an empty entry means the end of the books."""
    first = Op("+", call(Function.EOMONTH, entry, Num(-1)), Num(1))
    return call(Function.IF, Op("=", entry, Str("")), Num(month_serial(default)), first)

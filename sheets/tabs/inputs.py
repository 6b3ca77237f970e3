"""The cells on a report that people change: basis, months, overheads, a value of each dimension.

    Основание    С месяца   По месяц   Общие расходы     Менеджер   Продукт …
    по оплате    03.2026               не распределять   Все        Все

Labels stand above the entries. Hidden cells below read them: what people chose becomes numbers, an
empty entry is the first of its list, and what is not in the list is an error.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ledger.months import Month
from ledger.overheads import Overheads
from sheets.formulas import Function, Node, Num, Op, Ref, Str, absolute, call
from sheets.model import Area, Cell, Choice, Pattern, Style, Styled
from sheets.serials import day_serial
from sheets.tabs.labels import ALL, LabelList, criterion
from sheets.tabs.palette import ENTRY, ENTRY_LABEL
from store.reports import Basis

__all__ = [
    "BASIS_WORDS",
    "ENTRY_ROW",
    "HELPER_ROW",
    "LABEL_ROW",
    "OVERHEADS_WORDS",
    "Inputs",
    "basis_node",
    "month_serial",
]

LABEL_ROW = 0
ENTRY_ROW = 1
HELPER_ROW = 2
BASIS_WORDS = {Basis.CASH: "по оплате", Basis.ACCRUAL: "по начислению"}
OVERHEADS_WORDS: Mapping[Overheads | None, str] = {
    None: "не распределять",
    Overheads.REVENUE: "по выручке",
    Overheads.GROSS_PROFIT: "по валовой прибыли",
    Overheads.EQUAL: "поровну",
}
_BASIS, _FIRST, _LAST, _OVERHEADS = range(4)


def month_serial(month: Month) -> int:
    """A month as formulas compare it: the serial of its first day."""
    return day_serial(month.first_day)


def basis_node(entry: Node) -> Node:
    """1 for cash, 2 for accrual; any other word is an error, never a silent cash basis."""
    return _numbered(entry, tuple(BASIS_WORDS.values()), 1)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where the entries stand on a tab, in the row under its title, from `column` on.

    Places of entries never depend on the configuration: a further dimension comes last.
    """

    column: int
    overheads: bool

    @property
    def basis(self) -> Ref:
        """The number of the chosen basis."""
        return absolute(HELPER_ROW, self.column + _BASIS)

    @property
    def first(self) -> Ref:
        """The first chosen month, as a serial."""
        return absolute(HELPER_ROW, self.column + _FIRST)

    @property
    def last(self) -> Ref:
        """The last chosen month, as a serial."""
        return absolute(HELPER_ROW, self.column + _LAST)

    @property
    def base(self) -> Ref:
        """The number of the base for overheads: 0 none, then as in `OVERHEADS_WORDS`."""
        assert self.overheads
        return absolute(HELPER_ROW, self.column + _OVERHEADS)

    @property
    def base_entry(self) -> Ref:
        """The base for overheads in words."""
        assert self.overheads
        return absolute(ENTRY_ROW, self.column + _OVERHEADS)

    @property
    def first_dimension(self) -> int:
        """The column of the first dimension's entry; the others follow in the configured order."""
        return self.column + (_OVERHEADS + 1 if self.overheads else _OVERHEADS)

    def only(self, dimension: int) -> Ref:
        """The criterion for the ids of a dimension, by its number from zero."""
        return absolute(HELPER_ROW, self.first_dimension + dimension)

    def end(self, dimensions: int) -> int:
        """The column behind the last entry."""
        return self.first_dimension + dimensions

    def entries(self, dimensions: int) -> tuple[Area, ...]:
        """The cells that people fill in."""
        columns = range(self.column, self.end(dimensions))
        return tuple(Area(ENTRY_ROW, column, 1, 1) for column in columns)

    def cells(
        self, months: tuple[Month, ...], lists: Sequence[LabelList]
    ) -> dict[tuple[int, int], Cell]:
        """Labels, entries and the hidden cells read from them."""
        at = self.column
        cells = _stacked(at, "Основание", BASIS_WORDS[Basis.CASH], basis_node(_entry(at)))
        for step, text, end in ((_FIRST, "С месяца", 0), (_LAST, "По месяц", -1)):
            cells |= _stacked(at + step, text, None, _chosen(_entry(at + step), months[end]))
        if self.overheads:
            column, words = at + _OVERHEADS, tuple(OVERHEADS_WORDS.values())
            helper = call(
                Function.IF, Op("=", _entry(column), Str("")), 0, _numbered(_entry(column), words)
            )
            cells |= _stacked(column, "Общие расходы", words[0], helper)
        for column, listed in enumerate(lists, self.first_dimension):
            cells |= _stacked(column, listed.heading, ALL, criterion(_entry(column), listed))
        return cells

    def choices(self, months: Ref, lists: Sequence[LabelList]) -> tuple[Choice, ...]:
        """The drop-downs."""
        options: list[tuple[str, ...] | Ref] = [tuple(BASIS_WORDS.values()), months, months]
        if self.overheads:
            options.append(tuple(OVERHEADS_WORDS.values()))
        options += [listed.labels for listed in lists]
        return tuple(
            Choice(ENTRY_ROW, column, one) for column, one in enumerate(options, self.column)
        )

    def styles(self, dimensions: int) -> tuple[Styled, ...]:
        """Blue entries under bold labels; a name stays a text whatever it looks like."""
        width = self.end(dimensions) - self.column
        text, month = Style(pattern=Pattern.TEXT), Style(pattern=Pattern.MONTH)
        return (
            Styled(Area(LABEL_ROW, self.column, 1, width), ENTRY_LABEL),
            Styled(Area(ENTRY_ROW, self.column, 1, width), ENTRY),
            Styled(Area(ENTRY_ROW, self.column, 1, width), text),
            Styled(Area(ENTRY_ROW, self.column + _FIRST, 1, 2), month),
        )


def _entry(column: int) -> Ref:
    return absolute(ENTRY_ROW, column)


def _stacked(
    column: int, text: str, entry: str | None, helper: Node
) -> dict[tuple[int, int], Cell]:
    return {
        (LABEL_ROW, column): Cell(text),
        (ENTRY_ROW, column): Cell(entry, entry=True),
        (HELPER_ROW, column): Cell(helper),
    }


def _numbered(entry: Node, words: tuple[str, ...], first: int = 0) -> Node:
    number: Node = Op("/", Num(1), Num(0))
    for place, word in reversed(list(enumerate(words, first))):
        number = call(Function.IF, Op("=", entry, Str(word)), place, number)
    return number


def _chosen(entry: Ref, default: Month) -> Node:
    """The first day of the entered day's month; an empty entry means the report's end."""
    first = Op("+", call(Function.EOMONTH, entry, Num(-1)), Num(1))
    return call(Function.IF, Op("=", entry, Str("")), Num(month_serial(default)), first)

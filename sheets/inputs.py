"""The cells on a report that people change: basis and months; and the hidden cells read from them.

Основание  по оплате      с месяца  03.2026      по месяц  (empty: to the last one)
"""

from dataclasses import dataclass

from ledger.months import Month
from sheets.formulas import Function, Node, Num, Op, Ref, Str, absolute, call
from sheets.model import Cell, Choice
from sheets.serials import day_serial
from store.reports import Basis

__all__ = [
    "BASIS_WORDS",
    "ENTRY_ROW",
    "HELPER_ROW",
    "Inputs",
    "basis_node",
    "month_serial",
]

ENTRY_ROW = 1
HELPER_ROW = 2
BASIS_WORDS = {Basis.CASH: "по оплате", Basis.ACCRUAL: "по начислению"}


def month_serial(month: Month) -> int:
    """A month as formulas compare it: the serial of its first day."""
    return day_serial(month.first_day)


def basis_node(entry: Node) -> Node:
    """1 for cash, 2 for accrual; any other word is an error, never a silent cash basis."""
    return call(Function.IF, Op("=", entry, Str(BASIS_WORDS[Basis.CASH])), 1, _accrual(entry))


def _accrual(entry: Node) -> Node:
    unknown = call(Function.MATCH, entry, absolute(ENTRY_ROW, 0), 0)
    return call(Function.IF, Op("=", entry, Str(BASIS_WORDS[Basis.ACCRUAL])), 2, unknown)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where the entries stand on a tab, in the row under its title.

    `label` is the first of six columns: basis, from, to, each a label and an entry. A tab without
    `months` has the basis only.
    """

    label: int
    months: bool

    @property
    def basis(self) -> Ref:
        """The number of the chosen basis."""
        return absolute(HELPER_ROW, self.label + 1)

    @property
    def first(self) -> Ref:
        """The first chosen month, as a serial."""
        return absolute(HELPER_ROW, self.label + 3)

    @property
    def last(self) -> Ref:
        """The last chosen month, as a serial."""
        return absolute(HELPER_ROW, self.label + 5)

    @property
    def entry_columns(self) -> tuple[int, ...]:
        """The columns that people fill in."""
        return tuple(self.label + step for step in ((1, 3, 5) if self.months else (1,)))

    def cells(self, months: tuple[Month, ...]) -> dict[tuple[int, int], Cell]:
        """Labels, entries and the hidden cells read from them."""
        column = self.label
        chosen = absolute(ENTRY_ROW, column + 1)
        cells = {
            (ENTRY_ROW, column): Cell("Основание"),
            (ENTRY_ROW, column + 1): Cell(BASIS_WORDS[Basis.CASH], entry=True),
            (HELPER_ROW, column + 1): Cell(basis_node(chosen)),
        }
        if self.months:
            for step, text, end in ((2, "с месяца", 0), (4, "по месяц", -1)):
                entry = absolute(ENTRY_ROW, column + step + 1)
                cells[(ENTRY_ROW, column + step)] = Cell(text)
                cells[(ENTRY_ROW, column + step + 1)] = Cell(None, entry=True)
                cells[(HELPER_ROW, column + step + 1)] = Cell(_chosen(entry, months[end]))
        return cells

    def choices(self, months: Ref) -> tuple[Choice, ...]:
        """The drop-downs."""
        words = Choice(ENTRY_ROW, self.label + 1, tuple(BASIS_WORDS.values()))
        if not self.months:
            return (words,)
        return (
            words,
            Choice(ENTRY_ROW, self.label + 3, months),
            Choice(ENTRY_ROW, self.label + 5, months),
        )


def _chosen(entry: Ref, default: Month) -> Node:
    """The first day of the entered day's month; an empty entry means the report's end."""
    first = Op("+", call(Function.EOMONTH, entry, Num(-1)), Num(1))
    return call(Function.IF, Op("=", entry, Str("")), Num(month_serial(default)), first)

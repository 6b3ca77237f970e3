"""The thirteen figures of a profit and loss column as formulas over Журнал or its Свод.

    1 − 2 = валовая; − 3 − 4 − 5 = EBITDA; + 6 − 7 − 8 = чистая; − 9 = нераспределённая

A figure that operations are added to is one SUMIFS for each basis; a subtotal adds cells of its own
column or row. Costs are shown positive, the effects in the rows are negative for them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from ledger.articles import PnlLine
from sheets.formulas import Function, Node, Num, Op, Ref, call, compared
from sheets.tabs.inputs import Inputs
from sheets.tabs.journal_tab import LINE_IDS
from usecases.company import Dimension

__all__ = ["FIGURES", "Columns", "Figure", "Summed", "Sums", "figure_formula", "rounded"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the statement: `line` is what is summed, otherwise `of` is what it is made from."""

    code: str
    title: str
    line: PnlLine | None = None
    of: tuple[tuple[str, str], ...] = ()

    @property
    def is_subtotal(self) -> bool:
        """Whether it is computed from other figures."""
        return self.line is None


FIGURES = (
    Figure("revenue", "Выручка", PnlLine.REVENUE),
    Figure("production", "Производственные расходы", PnlLine.PRODUCTION),
    Figure("gross_profit", "Валовая прибыль", of=(("+", "revenue"), ("-", "production"))),
    Figure("selling", "Коммерческие расходы", PnlLine.SELLING),
    Figure("administrative", "Управленческие расходы", PnlLine.ADMINISTRATIVE),
    Figure("bank_fees", "Услуги банков", PnlLine.BANK_FEES),
    Figure(
        "ebitda",
        "EBITDA",
        of=(("+", "gross_profit"), ("-", "selling"), ("-", "administrative"), ("-", "bank_fees")),
    ),
    Figure("other_income", "Прочие доходы", PnlLine.OTHER_INCOME),
    Figure("other_expense", "Прочие расходы", PnlLine.OTHER_EXPENSE),
    Figure(
        "before_net_profit",
        "До чистой прибыли (амортизация, проценты, налоги)",
        PnlLine.BEFORE_NET_PROFIT,
    ),
    Figure(
        "net_profit",
        "Чистая прибыль",
        of=(
            ("+", "ebitda"),
            ("+", "other_income"),
            ("-", "other_expense"),
            ("-", "before_net_profit"),
        ),
    ),
    Figure("after_net_profit", "После чистой прибыли (дивиденды)", PnlLine.AFTER_NET_PROFIT),
    Figure(
        "retained", "Нераспределённая прибыль", of=(("+", "net_profit"), ("-", "after_net_profit"))
    ),
)
assert {one.line for one in FIGURES if one.line} == set(PnlLine)

_GAINS = {PnlLine.REVENUE, PnlLine.OTHER_INCOME}


class Columns(Protocol):
    """Where the columns of effects, months, lines and ids stand."""

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions that have a column of ids."""

    def column(self, code: str, capacity: int, title: str) -> Ref:
        """The cells of a column."""


@dataclass(frozen=True, slots=True)
class Sums:
    """SUMIFS over the columns of Журнал or Свод, one for each basis."""

    shape: Columns
    capacity: int
    title: str

    def of(self, code: str) -> Ref:
        """A column of the rows."""
        return self.shape.column(code, self.capacity, self.title)

    def one_basis(self, basis: str, month: tuple[Node, Node], *criteria: Node) -> Node:
        """The effects of a basis (`cash`, `accrual`) in the months from–to that meet criteria."""
        first, last = month
        months = self.of(f"{basis}_month")
        return call(
            Function.SUMIFS,
            self.of(f"{basis}_effect"),
            months,
            compared(">=", first),
            months,
            compared("<=", last),
            *criteria,
        )

    def only(self, inputs: Inputs) -> tuple[Node, ...]:
        """The criteria of the drop-downs: for each dimension its ids and what was chosen."""
        return tuple(
            part
            for number, one in enumerate(self.shape.dimensions)
            for part in (self.of(f"id:{one.code}"), inputs.only(number))
        )

    def line(self, line: PnlLine, basis: Node, month: tuple[Node, Node], *criteria: Node) -> Node:
        """A summed figure on the basis whose number (1 cash, 2 accrual) stands in a cell."""
        lines = (self.of("line"), Num(LINE_IDS[line]))
        both = [self.one_basis(one, month, *lines, *criteria) for one in ("cash", "accrual")]
        effect = call(Function.IF, Op("=", basis, Num(1)), *both)
        gain = effect if line in _GAINS else Op("-", Num(0), effect)
        return rounded(gain)


@dataclass(frozen=True, slots=True)
class Summed:
    """The same figures in two places: Сверка compares them, reports read one of them."""

    journal: Sums
    monthly: Sums
    reports: Sums


def figure_formula(
    figure: Figure, summed: Callable[[PnlLine], Node], cells: Mapping[str, Node]
) -> Node:
    """A figure's formula; `cells` are the cells of the figures beside or above it."""
    if figure.line is not None:
        return summed(figure.line)
    total: Node | None = None
    for sign, code in figure.of:
        total = cells[code] if total is None else Op(sign, total, cells[code])
    assert total is not None
    return rounded(total)


def rounded(node: Node) -> Node:
    """To the kopeck: sums of doubles carry noise far behind it."""
    return call(Function.ROUND, node, 2)

"""The profit and loss statement: amounts by ladder line, company-wide or by one dimension.

    revenue − production = gross profit − selling − administrative − bank fees = EBITDA
    + other income − other expense − before net profit = net profit − after net profit = retained

Costs are positive numbers that are subtracted. `rows` + `common` = `total` in every column, always
(facts of the field: domain 4.1, 4.11; shape: CLI.md `report pnl`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ledger.articles import BeforeNet, PnlLine

__all__ = [
    "COMMON",
    "UNSPECIFIED",
    "Fact",
    "Pnl",
    "Report",
    "by_dimension",
    "by_month",
    "placed_at",
]

UNSPECIFIED = "Не указано"
COMMON = "Общие"


@dataclass(frozen=True, slots=True)
class Fact:
    """A summand of the statement.

    `group` is the row it belongs to (a month or a dimension value), None for the common remainder.
    `effect` is in minor units, positive when the company gains (see `Operation.cash_effect`).
    """

    group: str | None
    line: PnlLine
    effect: int
    before_net: BeforeNet | None = None


@dataclass(frozen=True, slots=True)
class Pnl:
    """One column of the statement, minor units; costs are positive."""

    amounts: Mapping[PnlLine, int] = field(default_factory=dict)
    before_net: Mapping[BeforeNet, int] = field(default_factory=dict)

    def of(self, line: PnlLine) -> int:
        """The amount of a line, 0 when nothing was posted there."""
        return self.amounts.get(line, 0)

    @property
    def gross_profit(self) -> int:
        """Revenue less production costs."""
        return self.of(PnlLine.REVENUE) - self.of(PnlLine.PRODUCTION)

    @property
    def ebitda(self) -> int:
        """Gross profit less selling, administrative and bank costs."""
        return (
            self.gross_profit
            - self.of(PnlLine.SELLING)
            - self.of(PnlLine.ADMINISTRATIVE)
            - self.of(PnlLine.BANK_FEES)
        )

    @property
    def net_profit(self) -> int:
        """EBITDA with other income and expense, less depreciation, interest and tax."""
        other = self.of(PnlLine.OTHER_INCOME) - self.of(PnlLine.OTHER_EXPENSE)
        return self.ebitda + other - self.of(PnlLine.BEFORE_NET_PROFIT)

    @property
    def retained(self) -> int:
        """Net profit less what the owner took."""
        return self.net_profit - self.of(PnlLine.AFTER_NET_PROFIT)

    def lines(self) -> dict[str, int]:
        """All thirteen figures in the ladder's order, named as in CLI.md."""
        return {
            "revenue": self.of(PnlLine.REVENUE),
            "production": self.of(PnlLine.PRODUCTION),
            "gross_profit": self.gross_profit,
            "selling": self.of(PnlLine.SELLING),
            "administrative": self.of(PnlLine.ADMINISTRATIVE),
            "bank_fees": self.of(PnlLine.BANK_FEES),
            "ebitda": self.ebitda,
            "other_income": self.of(PnlLine.OTHER_INCOME),
            "other_expense": self.of(PnlLine.OTHER_EXPENSE),
            "before_net_profit": self.of(PnlLine.BEFORE_NET_PROFIT),
            "net_profit": self.net_profit,
            "after_net_profit": self.of(PnlLine.AFTER_NET_PROFIT),
            "retained": self.retained,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """Rows in order, the common remainder, and the total, which is their sum."""

    rows: tuple[tuple[str, Pnl], ...]
    common: Pnl
    total: Pnl


def placed_at(value: str | None, line: PnlLine, of_deal: bool) -> str | None:
    """The row of an amount in a report by dimension: its value, «Не указано», or None for common.

    Revenue, and costs of a deal, without a value are «Не указано»; other costs without a value are
    common (DESIGN 8, "Dimensions").
    """
    if value:
        return value
    return UNSPECIFIED if of_deal or line is PnlLine.REVENUE else None


def by_dimension(facts: Iterable[Fact]) -> Report:
    """A report whose rows are dimension values: by name, «Не указано» last."""
    columns = _columns(facts)
    common = columns.pop(None, Pnl())
    named = sorted(key for key in columns if key is not None)
    named.sort(key=lambda value: value == UNSPECIFIED)
    rows = tuple((value, columns[value]) for value in named)
    return Report(rows, common, _sum([*(pnl for _, pnl in rows), common]))


def by_month(facts: Iterable[Fact], months: Iterable[str]) -> Report:
    """A report whose rows are the months given, in that order; its common remainder is zero."""
    columns = _columns(facts)
    rows = tuple((month, columns.pop(month, Pnl())) for month in months)
    assert not columns, "a fact lies outside the months of the report"
    return Report(rows, Pnl(), _sum([pnl for _, pnl in rows]))


_GAINS = {PnlLine.REVENUE, PnlLine.OTHER_INCOME}


def _columns(facts: Iterable[Fact]) -> dict[str | None, Pnl]:
    amounts: dict[str | None, dict[PnlLine, int]] = {}
    before: dict[str | None, dict[BeforeNet, int]] = {}
    for fact in facts:
        amount = fact.effect if fact.line in _GAINS else -fact.effect
        column = amounts.setdefault(fact.group, {})
        column[fact.line] = column.get(fact.line, 0) + amount
        if fact.line is PnlLine.BEFORE_NET_PROFIT:
            part = fact.before_net or BeforeNet.OTHER
            parts = before.setdefault(fact.group, {})
            parts[part] = parts.get(part, 0) + amount
    return {group: Pnl(column, before.get(group, {})) for group, column in amounts.items()}


def _sum(columns: Iterable[Pnl]) -> Pnl:
    amounts: dict[PnlLine, int] = {}
    before: dict[BeforeNet, int] = {}
    for column in columns:
        for line, amount in column.amounts.items():
            amounts[line] = amounts.get(line, 0) + amount
        for part, amount in column.before_net.items():
            before[part] = before.get(part, 0) + amount
    return Pnl(amounts, before)

"""The optional fully loaded view: common costs shared out over the rows of a report, to the kopeck.

    common costs 179 000.00, by revenue 660 000 : 510 000
    North  100 974.36        South  78 025.64        «Общие»  −179 000.00        total 0.00

By default nothing is shared and the costs stand once in «Общие» (facts of the field: domain 4.11).
What is shared are the costs above net profit; other income that is common stays common. A base that
is zero, or costs below zero after reversals, share nothing. A negative base counts as zero. Equal
parts go to the named values that have any figure; «Не указано» is no unit, by the other two bases
it bears its part like any row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ledger.articles import PnlLine
from ledger.money import Money, split
from ledger.pnl import UNSPECIFIED, Pnl, Report

__all__ = ["Overheads", "Shares", "common_costs", "share_common"]


class Overheads(StrEnum):
    """By what common costs are shared out."""

    REVENUE = "revenue"
    GROSS_PROFIT = "gross-profit"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True)
class Shares:
    """Each row's part of the common costs, minor units; what the common remainder gives away."""

    base: Overheads
    of: Mapping[str, int]
    given: int


def common_costs(common: Pnl) -> int:
    """The costs of the common remainder above net profit, minor units; other income is not in it."""
    income = common.of(PnlLine.REVENUE) + common.of(PnlLine.OTHER_INCOME)
    return income - common.net_profit


def share_common(report: Report, base: Overheads, ids: Mapping[str, int]) -> Shares:
    """Share the common costs of a report by dimension over its rows.

    The parts add up exactly (largest remainder); among equal remainders the row with the lower id
    gets the kopeck, and «Не указано» comes before all. `ids` are the values' stable ids by name.
    """
    rows = sorted(report.rows, key=lambda row: _place(row[0], ids))
    weights = [_weight(name, pnl, base) for name, pnl in rows]
    costs = max(common_costs(report.common), 0)
    parts = [part.minor for part in split(Money(costs), weights)]
    of = {name: part for (name, _), part in zip(rows, parts, strict=True)}
    return Shares(base, of, sum(parts))


def _place(name: str, ids: Mapping[str, int]) -> int:
    return 0 if name == UNSPECIFIED else ids[name]


def _weight(name: str, pnl: Pnl, base: Overheads) -> int:
    match base:
        case Overheads.REVENUE:
            return max(pnl.of(PnlLine.REVENUE), 0)
        case Overheads.GROSS_PROFIT:
            return max(pnl.gross_profit, 0)
        case Overheads.EQUAL:
            return int(name != UNSPECIFIED and any(pnl.amounts.values()))

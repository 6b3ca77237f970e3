"""Sums of operations that are alike: of the same months, article and dimensions, in one query.

Operations are only ever added, so who keeps such sums reads those behind the last number and adds.
"""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, Text, func, literal_column, select, type_coerce

from ledger.months import Month
from store.scopes import EVERYTHING, Scope, held
from store.tables import metadata
from store.unit import UnitOfWork

__all__ = ["MonthlySum", "monthly_sums"]

_operations = metadata.tables["operations"]


@dataclass(frozen=True, slots=True)
class MonthlySum:
    """Alike operations, `first` and `last` of their numbers; effects in minor units.

    A month is None where the operations have no day of that basis; `dimensions` are pairs of a
    dimension's code and a value's name.
    """

    first: int
    last: int
    paid: Month | None
    accrued: Month | None
    article: int
    of_deal: bool
    dimensions: tuple[tuple[str, str], ...]
    cash: int
    accrual: int
    operations: int


async def monthly_sums(
    unit: UnitOfWork, after: int = 0, scope: Scope = EVERYTHING
) -> list[MonthlySum]:
    """The sums over a scope's operations behind a number, in the order in which the first came.

    Months are told as they are: what lies outside of the scope's years is the caller's to leave.
    """
    number = _operations.c.number
    first = func.min(number)
    # As text: the JSON is printed in one way only, and a text can be grouped by.
    written = type_coerce(_operations.c.dimensions, Text)
    kinds = [
        _month(unit, _operations.c.paid_on),
        _month(unit, _operations.c.accrued_on),
        _operations.c.article_id,
        _operations.c.deal.is_not(None),
        written,
    ]
    sums = [func.sum(_operations.c.cash_effect), func.sum(_operations.c.accrual_effect)]
    query = (
        select(first, func.max(number), *kinds, *sums, func.count())
        .where(number > after, held(scope))
        .group_by(*kinds)
        .order_by(first)
    )
    return [_sum(row) for row in await unit.connection.execute(query)]


def _month(unit: UnitOfWork, day: Any) -> Any:
    if unit.connection.dialect.name == "sqlite":
        return func.substr(day, 1, 7, type_=String)
    # A pattern that is a parameter would make two expressions of one in GROUP BY.
    return func.to_char(day, literal_column("'YYYY-MM'"), type_=String)


def _sum(row: Any) -> MonthlySum:
    first, last, paid, accrued, article, of_deal, dimensions, cash, accrual, operations = row
    return MonthlySum(
        first=first,
        last=last,
        paid=Month.parse(paid) if paid else None,
        accrued=Month.parse(accrued) if accrued else None,
        article=article,
        of_deal=bool(of_deal),
        dimensions=tuple((code, value) for code, value in json.loads(dimensions)),
        cash=int(cash),
        accrual=int(accrual),
        operations=operations,
    )

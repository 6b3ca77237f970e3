"""Sums of operations that are alike, and of their entries: of the same months, article and so on.

Operations are only ever added, so who keeps such sums reads those behind the last number and adds.
"""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, Text, case, func, literal_column, or_, select, type_coerce

from ledger.accounts import Account, AccountKind
from ledger.months import Month
from ledger.operations import OperationKind
from store.scopes import EVERYTHING, Scope, held
from store.tables import metadata
from store.unit import UnitOfWork

__all__ = ["MonthlyMove", "MonthlySum", "monthly_moves", "monthly_sums"]

_operations = metadata.tables["operations"]
_entries = metadata.tables["entries"]
# More than an operation has entries: a number and a position in one integer, in their order.
_POSITIONS = 1_000_000
# Stand for all accounts of their sort, of which there may be as many as deals.
_OPENING = Account(AccountKind.OPENING, "-")
_OTHER = Account(AccountKind.CLIENT, "-")


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


@dataclass(frozen=True, slots=True)
class MonthlyMove:
    """Alike entries of paid operations, `first` the lowest number of these; minor units.

    A side is an account of the cash flow, or stands for any account outside of it.
    """

    first: int
    paid: Month
    article: int
    reversal: bool
    debit: Account
    credit: Account
    amount: int
    entries: int


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


async def monthly_moves(
    unit: UnitOfWork, after: int = 0, scope: Scope = EVERYTHING
) -> list[MonthlyMove]:
    """The sums over the entries of a scope's operations behind a number, the first come first."""
    # A query in a query: parameters of a column would make two expressions of one in GROUP BY.
    each = (
        select(
            (_operations.c.number * _POSITIONS + _entries.c.position).label("place"),
            _month(unit, _operations.c.paid_on).label("paid"),
            _operations.c.article_id,
            (_operations.c.kind == OperationKind.REVERSAL.value).label("reversal"),
            _side(_entries.c.debit).label("debit"),
            _side(_entries.c.credit).label("credit"),
            _entries.c.amount,
        )
        .select_from(_operations.join(_entries, _entries.c.number == _operations.c.number))
        .where(_operations.c.number > after, _operations.c.paid_on.is_not(None), held(scope))
        .subquery()
    )
    kinds = [each.c.paid, each.c.article_id, each.c.reversal, each.c.debit, each.c.credit]
    sums = [func.sum(each.c.amount), func.count()]
    first = func.min(each.c.place)
    query = select(first, *kinds, *sums).group_by(*kinds).order_by(first)
    return [_move(row) for row in await unit.connection.execute(query)]


def _side(account: Any) -> Any:
    """The account where the cash flow knows it, else one for all of its sort."""
    kinds = [kind for kind in AccountKind if Account(kind, "-").is_cash_flow]
    known = or_(*(account.like(f"{kind.value}:%") for kind in kinds))
    opening = account.like(f"{AccountKind.OPENING.value}:%")
    return case((known, account), (opening, str(_OPENING)), else_=str(_OTHER))


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


def _move(row: Any) -> MonthlyMove:
    place, paid, article, reversal, debit, credit, amount, entries = row
    month = Month.parse(paid)
    assert month is not None
    sides = Account.parse(debit), Account.parse(credit)
    first = place // _POSITIONS
    return MonthlyMove(first, month, article, bool(reversal), *sides, int(amount), entries)

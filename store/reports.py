"""Sums for the reports, computed where the rows are; the ladder itself is `ledger.pnl`'s."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import String, and_, func, literal_column, not_, null, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from ledger.accounts import Account, AccountKind
from ledger.articles import Article, PnlLine
from ledger.cash_flow import Movement
from ledger.months import Month
from ledger.operations import OperationKind
from ledger.pnl import UNSPECIFIED, Fact, placed_at
from store.tables import metadata

__all__ = ["Basis", "Only", "Reports"]

_operations = metadata.tables["operations"]
_entries = metadata.tables["entries"]
_links = metadata.tables["operation_dimensions"]
_values = metadata.tables["dimension_values"]


class Basis(StrEnum):
    """Which of the two dates a report goes by."""

    CASH = "cash"
    ACCRUAL = "accrual"


@dataclass(frozen=True, slots=True)
class Only:
    """A filter of the P&L: the operations that stand in one row of a report by a dimension.

    `value` is a value's name, «Не указано», or None for the common remainder.
    """

    dimension: str
    value: str | None


class Reports:
    """Aggregates; every sum is minor units."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Made by the unit of work."""
        self._connection = connection

    async def span(self, basis: Basis) -> tuple[Month, Month] | None:
        """The first and the last month in which the basis has an operation."""
        day = _day(basis)
        # Two queries in one: SQLite finds an end in the index only when it is asked for one.
        ends = [select(end(day)).scalar_subquery() for end in (func.min, func.max)]
        row = (await self._connection.execute(select(*ends))).one()
        return (Month.of(row[0]), Month.of(row[1])) if row[0] else None

    async def facts_by_month(
        self,
        basis: Basis,
        first: Month,
        last: Month,
        articles: Mapping[int, Article],
        only: tuple[Only, ...] = (),
    ) -> list[Fact]:
        """The summands of the P&L of those months, by month; `only` what passes all filters."""
        day = _day(basis)
        if self._connection.dialect.name == "sqlite":
            month = func.substr(day, 1, 7, type_=String)
        else:
            # A pattern that is a parameter would make two expressions of one in GROUP BY.
            month = func.to_char(day, literal_column("'YYYY-MM'"), type_=String)
        where = _Where(basis, first, last, only, _revenue(articles))
        rows = await self._sums(where, month)
        return _facts(rows, articles, by_dimension=False)

    async def facts_by_dimension(
        self,
        basis: Basis,
        first: Month,
        last: Month,
        articles: Mapping[int, Article],
        dimension: str,
        only: tuple[Only, ...] = (),
    ) -> list[Fact]:
        """The summands of the P&L of those months, by the values of a dimension."""
        where = _Where(basis, first, last, only, _revenue(articles))
        rows = await self._sums(where, _values.c.name, dimension)
        return _facts(rows, articles, by_dimension=True)

    async def balances(self, until: date | None = None) -> dict[Account, int]:
        """Debit less credit of every account, of operations paid until a day, or of all."""
        query = select(_entries.c.debit, _entries.c.credit, func.sum(_entries.c.amount)).group_by(
            _entries.c.debit, _entries.c.credit
        )
        if until is not None:
            query = query.join(_operations, _operations.c.number == _entries.c.number).where(
                _operations.c.paid_on <= until
            )
        sums: dict[Account, int] = {}
        for debit, credit, amount in await self._connection.execute(query):
            _add(sums, Account.parse(debit), int(amount))
            _add(sums, Account.parse(credit), -int(amount))
        return sums

    async def balances_of(
        self, kinds: Collection[AccountKind], until: date | None = None
    ) -> dict[Account, int]:
        """Balances of the accounts of some kinds: claims on deals are many, desks and people few."""
        sums: dict[Account, int] = {}
        for side, sign in ((_entries.c.debit, 1), (_entries.c.credit, -1)):
            known = or_(*(side.like(f"{kind.value}:%") for kind in sorted(kinds)))
            query = select(side, func.sum(_entries.c.amount)).where(known)
            if until is not None:
                query = query.join(_operations, _operations.c.number == _entries.c.number).where(
                    _operations.c.paid_on <= until
                )
            for account, amount in await self._connection.execute(query.group_by(side)):
                _add(sums, Account.parse(account), sign * int(amount))
        return sums

    async def balance(self, account: Account, until: date | None = None) -> int:
        """Debit less credit of one account, of operations paid until a day, or of all."""
        return sum(
            [
                await self._side(_entries.c.debit, account, until),
                -await self._side(_entries.c.credit, account, until),
            ]
        )

    async def openings(self, before: date, until: date) -> dict[Account, int]:
        """Balances of the cash flow's accounts before a day, with openings entered until another."""
        sums: dict[Account, int] = {}
        paid = _operations.c.paid_on
        where = (paid < before) | (_is_opening() & (paid <= until))
        for debit, credit, _, amount in await self._moves(where):
            _add(sums, debit, amount)
            _add(sums, credit, -amount)
        return {account: amount for account, amount in sums.items() if account.is_cash_flow}

    async def movements(
        self, first: date, last: date, articles: Mapping[int, Article]
    ) -> list[Movement]:
        """What each article did to each account of the cash flow in those days.

        A reversal takes back what it reverses instead of adding to both sides.
        """
        inside = and_(_operations.c.paid_on.between(first, last), not_(_is_opening()))
        is_reversal = _operations.c.kind == OperationKind.REVERSAL.value
        moves = await self._moves(and_(inside, not_(is_reversal)))
        moves += [
            (credit, debit, article_id, -amount)
            for debit, credit, article_id, amount in await self._moves(and_(inside, is_reversal))
        ]
        result: list[Movement] = []
        for debit, credit, article_id, amount in moves:
            article = articles[article_id]
            both = debit.is_cash_flow and credit.is_cash_flow
            activity = None if both else article.activity
            if debit.is_cash_flow:
                result.append(Movement(debit, article.name, activity, amount, 0))
            if credit.is_cash_flow:
                result.append(Movement(credit, article.name, activity, 0, amount))
        return result

    async def _sums(self, where: "_Where", group: Any, dimension: str | None = None) -> list[Any]:
        cash = where.basis is Basis.CASH
        effect = _operations.c.cash_effect if cash else _operations.c.accrual_effect
        of_deal = _operations.c.deal.is_not(None) if dimension else null()
        source: Any = _operations
        if dimension:
            source = _with_value(source, dimension, _links, _values)
        source, passed = _filtered(source, where)
        columns = [group, _operations.c.article_id, of_deal]
        query = (
            select(*columns, func.sum(effect))
            .select_from(source)
            .where(_day(where.basis).between(where.first.first_day, where.last.last_day), *passed)
            .group_by(*(columns if dimension else columns[:2]))
        )
        return list(await self._connection.execute(query))

    async def _side(self, side: Any, account: Account, until: date | None) -> int:
        query = select(func.sum(_entries.c.amount)).where(side == str(account))
        if until is not None:
            query = query.join(_operations, _operations.c.number == _entries.c.number).where(
                _operations.c.paid_on <= until
            )
        return int(await self._connection.scalar(query) or 0)

    async def _moves(self, where: Any) -> list[tuple[Account, Account, int, int]]:
        query = (
            select(
                _entries.c.debit,
                _entries.c.credit,
                _operations.c.article_id,
                func.sum(_entries.c.amount),
            )
            .join(_operations, _operations.c.number == _entries.c.number)
            .where(where)
            .group_by(_entries.c.debit, _entries.c.credit, _operations.c.article_id)
            .order_by(_entries.c.debit, _entries.c.credit, _operations.c.article_id)
        )
        return [
            (Account.parse(debit), Account.parse(credit), article, int(amount))
            for debit, credit, article, amount in await self._connection.execute(query)
        ]


@dataclass(frozen=True, slots=True)
class _Where:
    """What a sum is over; `revenue` are the ids of the articles that are revenue."""

    basis: Basis
    first: Month
    last: Month
    only: tuple[Only, ...]
    revenue: tuple[int, ...]


def _revenue(articles: Mapping[int, Article]) -> tuple[int, ...]:
    return tuple(one.id for one in articles.values() if one.line is PnlLine.REVENUE)


def _with_value(source: Any, dimension: str, links: Any, values: Any) -> Any:
    """The value that each operation has in a dimension, beside it."""
    of_dimension = and_(links.c.number == _operations.c.number, links.c.dimension == dimension)
    linked = source.outerjoin(links, of_dimension)
    return linked.outerjoin(values, values.c.id == links.c.value_id)


def _filtered(source: Any, where: _Where) -> tuple[Any, list[Any]]:
    passed = []
    for number, one in enumerate(where.only):
        links, values = _links.alias(f"links_{number}"), _values.alias(f"values_{number}")
        source = _with_value(source, one.dimension, links, values)
        passed.append(_passes(one, values.c.name, where.revenue))
    return source, passed


def _passes(one: Only, name: Any, revenue: tuple[int, ...]) -> Any:
    """`ledger.pnl.placed_at` in SQL: whether an operation stands in that row."""
    own = _operations.c.deal.is_not(None) | _operations.c.article_id.in_(revenue)
    if one.value is None:
        return and_(name.is_(None), not_(own))
    if one.value == UNSPECIFIED:
        return (name == UNSPECIFIED) | and_(name.is_(None), own)
    return name == one.value


def _day(basis: Basis) -> Any:
    return _operations.c.paid_on if basis is Basis.CASH else _operations.c.accrued_on


def _is_opening() -> Any:
    """By its account, not its kind: the reversal of an opening balance is no movement either."""
    pattern = f"{AccountKind.OPENING.value}:%"
    return _entries.c.debit.like(pattern) | _entries.c.credit.like(pattern)


def _facts(rows: list[Any], articles: Mapping[int, Article], *, by_dimension: bool) -> list[Fact]:
    facts = []
    for group, article_id, of_deal, effect in rows:
        article = articles[article_id]
        if article.line is None or not effect:
            continue
        place = placed_at(group, article.line, bool(of_deal)) if by_dimension else group
        facts.append(Fact(place, article.line, int(effect), article.before_net))
    return facts


def _add(sums: dict[Account, int], account: Account, amount: int) -> None:
    sums[account] = sums.get(account, 0) + amount

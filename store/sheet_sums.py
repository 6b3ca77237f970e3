"""Sums that the spreadsheet needs beside the reports: read in bulk, because every batch reads them."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import func, select

from confirmations.payments import Claim, Method, Payment, Slot
from ledger.money import Money
from store.pages import pages
from store.tables import metadata
from store.unit import UnitOfWork

__all__ = [
    "all_payments",
    "arrived",
    "entries_before",
    "operation_years",
    "sales_by_deal",
    "used_articles",
]

_operations = metadata.tables["operations"]
_entries = metadata.tables["entries"]
_payments = metadata.tables["payments"]


async def operation_years(unit: UnitOfWork) -> list[int]:
    """The years in which any operation was paid or accrued, in order: a look into an index each."""
    years: set[int] = set()
    for day in (_operations.c.paid_on, _operations.c.accrued_on):
        seen = date.min
        while (next_day := await _first_after(unit, day, seen)) is not None:
            years.add(next_day.year)
            seen = date(next_day.year, 12, 31)
    return sorted(years)


async def used_articles(unit: UnitOfWork) -> set[int]:
    """The articles of operations that have a day of payment."""
    article, paid = _operations.c.article_id, _operations.c.paid_on
    query = select(article).where(paid.is_not(None)).distinct()
    return set(await unit.connection.scalars(query))


async def entries_before(unit: UnitOfWork, number: int) -> int:
    """How many entries the operations before a number have."""
    query = select(func.count()).select_from(_entries).where(_entries.c.number < number)
    return int(await unit.connection.scalar(query) or 0)


async def sales_by_deal(unit: UnitOfWork, article: int) -> dict[str, int]:
    """The effect of an article on the cash basis by deal, minor units."""
    deal, effect = _operations.c.deal, func.sum(_operations.c.cash_effect)
    query = (
        select(deal, effect)
        .where(deal.is_not(None), _operations.c.article_id == article)
        .group_by(deal)
    )
    return {row[0]: int(row[1]) for row in await unit.connection.execute(query)}


async def all_payments(unit: UnitOfWork) -> list[Payment]:
    """Every version of every expected payment, in the order in which they came."""
    query = select(_payments).order_by(_payments.c.created_at, _payments.c.id)
    return [
        Payment(
            row.id,
            Slot(row.deal, row.slot),
            row.version,
            Claim(Money(row.amount), Method(row.method), row.expected_on, row.holder),
        )
        for row in await unit.connection.execute(query)
    ]


async def arrived(unit: UnitOfWork, deals: Collection[str]) -> list[tuple[str, str, int]]:
    """(key, kind, minor units) of the operations of deals whose key names a payment."""
    key, found = _operations.c.key, []
    for page in pages(deals):
        query = select(key, _operations.c.kind, _operations.c.amount).where(
            _operations.c.deal.in_(page), key.like("payment:%")
        )
        found += [tuple(row) for row in await unit.connection.execute(query)]
    return found


async def _first_after(unit: UnitOfWork, day: Any, seen: date) -> date | None:
    query = select(func.min(day)).where(day > seen)
    found: date | None = await unit.connection.scalar(query)
    return found

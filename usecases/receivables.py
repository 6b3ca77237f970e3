"""Deals whose price is not paid in full, and for how long.

A deal owes its price less what its client has paid, refunds taken off. It owes since the day it
was done, or, while it is not done, since the contract's date.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ledger.money import Money
from ledger.seed import SystemArticle
from store.records import Deal
from store.sheet_sums import sales_by_deal
from store.unit import UnitOfWork
from usecases.company import Company

__all__ = ["Bucket", "Receivable", "receivables"]


class Bucket(StrEnum):
    """For how many days a deal has owed."""

    MONTH = "0-30"
    TWO_MONTHS = "31-60"
    THREE_MONTHS = "61-90"
    OLDER = "90+"
    UNKNOWN = "unknown"


_DAYS_MAX = ((30, Bucket.MONTH), (60, Bucket.TWO_MONTHS), (90, Bucket.THREE_MONTHS))


@dataclass(frozen=True, slots=True)
class Receivable:
    """What one deal still owes."""

    deal: Deal
    price: Money
    confirmed: Money
    due: Money
    since: date | None
    bucket: Bucket


async def receivables(unit: UnitOfWork, company: Company) -> list[Receivable]:
    """Every deal with a price that is not paid in full, the one that owes longest first."""
    today = company.today(unit.now())
    sales = await sales_by_deal(unit, SystemArticle.SALES)
    rows = []
    for deal in await unit.deals.all():
        if deal.price is None or deal.price.minor <= 0:
            continue
        confirmed = Money(sales.get(deal.id, 0))
        if confirmed < deal.price:
            since = deal.done_on or deal.contract_date
            due = deal.price - confirmed
            rows.append(Receivable(deal, deal.price, confirmed, due, since, _bucket(since, today)))
    return sorted(rows, key=lambda row: (row.since or date.max, row.deal.id))


def _bucket(since: date | None, today: date) -> Bucket:
    if since is None:
        return Bucket.UNKNOWN
    age = (today - since).days
    return next((bucket for days, bucket in _DAYS_MAX if age <= days), Bucket.OLDER)

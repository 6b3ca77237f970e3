"""Expected, confirmed and refunded payments as rows by deal, read in bulk for tables of all of them.

Expected ones are the report `unconfirmed`. Confirmed ones are given from the first day of the month
before last on, counted from the newest: older ones stand in the journal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from confirmations.payments import Method, Payment
from confirmations.refunds import Refund
from confirmations.resolution import Ending, Resolution
from ledger.operations import OperationKind
from store.records import Deal
from store.sheet_sums import all_payments, arrived
from store.unit import UnitOfWork
from usecases.company import Company
from world.clock import business_day

__all__ = ["PaymentRow", "PaymentState", "payment_book"]

CONFIRMED_MONTHS = 2
# What came for a payment, less what was reversed (`usecases.deals.remaining`).
_SIGNS = {OperationKind.PAYMENT: 1, OperationKind.BALANCE: 1, OperationKind.REVERSAL: -1}


class PaymentState(IntEnum):
    """What a row of Платежи is; formulas know it by its number."""

    EXPECTED = 1
    CONFIRMED = 2
    REFUND = 3


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A payment or a pending refund; `minor` is what is still expected, or what was confirmed."""

    key: str
    state: PaymentState
    deal: Deal
    slot: str
    method: Method
    minor: int
    expected_on: date
    days_late: int = 0
    confirmed_on: date | None = None


async def payment_book(unit: UnitOfWork, company: Company) -> list[PaymentRow]:
    """Expected ones as the report has them, then refunds, then confirmed ones, newest first."""
    zone, today = company.zone, company.today(unit.now())
    deals = {deal.id: deal for deal in await unit.deals.all()}
    known = {one.id: one for one in await all_payments(unit)}
    endings = await unit.pending.resolutions([one.thing for one in known.values()])
    open_ones = [one for one in known.values() if one.thing not in endings]
    came = await _came(unit, open_ones)
    rows = [_expected(one, deals[one.slot.deal], came.get(one.id, 0), today) for one in open_ones]
    rows.sort(key=lambda row: (-row.days_late, row.key))
    refunds = await unit.pending.open_refunds()
    rows += [_refund(one, known[one.payment], deals, zone) for one in refunds]
    return rows + _confirmed(known, endings, deals, zone)


def _confirmed(
    known: Mapping[str, Payment],
    endings: Mapping[str, Resolution],
    deals: Mapping[str, Deal],
    zone: ZoneInfo,
) -> list[PaymentRow]:
    rows = []
    for payment in known.values():
        ending = endings.get(payment.thing)
        if ending is not None and ending.ending is Ending.CONFIRMED:
            rows.append(_done(payment, deals[payment.slot.deal], business_day(ending.at, zone)))
    days = [row.confirmed_on for row in rows if row.confirmed_on]
    if not days:
        return []
    first = max(days).replace(day=1)
    for _ in range(CONFIRMED_MONTHS):
        first = (first - timedelta(days=1)).replace(day=1)
    recent = [row for row in rows if row.confirmed_on and row.confirmed_on >= first]
    return sorted(recent, key=lambda row: (row.confirmed_on, row.key), reverse=True)


async def _came(unit: UnitOfWork, payments: list[Payment]) -> dict[str, int]:
    """What came so far for payments that are still open, by their id."""
    deals = {one.slot.deal for one in payments}
    sums: dict[str, int] = {}
    operations = await arrived(unit, deals)
    for payment in payments:
        prefix = f"{payment.thing}:"
        for key, kind, minor in operations:
            if key.startswith(prefix):
                sign = _SIGNS.get(OperationKind(kind), 0)
                sums[payment.id] = sums.get(payment.id, 0) + sign * minor
    return sums


def _expected(payment: Payment, deal: Deal, came: int, today: date) -> PaymentRow:
    claim = payment.claim
    return PaymentRow(
        key=payment.id,
        state=PaymentState.EXPECTED,
        deal=deal,
        slot=payment.slot.name,
        method=claim.method,
        minor=max(claim.amount.minor - came, 0),
        expected_on=claim.expected_on,
        days_late=max((today - claim.expected_on).days, 0),
    )


def _done(payment: Payment, deal: Deal, day: date) -> PaymentRow:
    claim = payment.claim
    return PaymentRow(
        key=payment.id,
        state=PaymentState.CONFIRMED,
        deal=deal,
        slot=payment.slot.name,
        method=claim.method,
        minor=claim.amount.minor,
        expected_on=claim.expected_on,
        confirmed_on=day,
    )


def _refund(
    refund: Refund, payment: Payment, deals: Mapping[str, Deal], zone: ZoneInfo
) -> PaymentRow:
    return PaymentRow(
        key=f"refund:{refund.id}",
        state=PaymentState.REFUND,
        deal=deals[payment.slot.deal],
        slot=payment.slot.name,
        method=payment.claim.method,
        minor=refund.amount.minor,
        expected_on=business_day(refund.created_at, zone),
    )

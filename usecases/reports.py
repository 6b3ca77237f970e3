"""The reports as data: profit, cash flow, who holds cash, what is missing, what is unexplained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from confirmations.payments import Payment
from ledger.accounts import Account, AccountKind
from ledger.cash_flow import CashFlow, cash_flow
from ledger.money import Money, total
from ledger.months import Month, months_between
from ledger.overheads import Overheads, Shares, share_common
from ledger.pnl import Report, by_dimension, by_month
from store.records import BankLine, Deal
from store.reports import Basis, Only
from store.unit import UnitOfWork
from usecases.company import Company
from usecases.deals import remaining

__all__ = [
    "Accountable",
    "Unconfirmed",
    "Unexplained",
    "accountable",
    "cash_flow_report",
    "overheads_shared",
    "pnl_report",
    "unconfirmed",
    "unexplained",
]


@dataclass(frozen=True, slots=True)
class Accountable:
    """One person's cash: collected and not handed over, still pending, issued, since when."""

    person: str
    collected: Money
    pending: Money
    issued: Money
    oldest: date | None


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A payment that is expected and has not come."""

    payment: Payment
    deal: Deal
    manager: str
    amount: Money
    days_late: int


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A statement line that nobody explained."""

    line: BankLine
    days_old: int


async def pnl_report(
    unit: UnitOfWork,
    basis: Basis,
    by: str | None = None,
    first: Month | None = None,
    last: Month | None = None,
    only: tuple[Only, ...] = (),
) -> tuple[Report, Month, Month] | None:
    """The P&L of the months given (default: all with operations), by month or by a dimension.

    `only` keeps what passes all filters. None when the books are empty and no months were given.
    """
    span = await unit.reports.span(basis)
    if span is None and (first is None or last is None):
        return None
    start = first or (span[0] if span else None)
    end = last or (span[1] if span else None)
    assert start is not None
    assert end is not None
    end = max(start, end)
    articles = await unit.catalog.articles()
    if by is None:
        facts = await unit.reports.facts_by_month(basis, start, end, articles, only)
        months = [str(month) for month in months_between(start, end)]
        return by_month(facts, months), start, end
    facts = await unit.reports.facts_by_dimension(basis, start, end, articles, by, only)
    return by_dimension(facts), start, end


async def overheads_shared(unit: UnitOfWork, report: Report, by: str, base: Overheads) -> Shares:
    """The common costs of a report by a dimension, shared out over its rows."""
    values = await unit.catalog.dimension_values()
    ids = {name: number for dimension, number, name in values if dimension == by}
    return share_common(report, base, ids)


async def cash_flow_report(unit: UnitOfWork, first: Month, last: Month) -> CashFlow:
    """The cash flow of the months given."""
    articles = await unit.catalog.articles()
    openings = await unit.reports.openings(first.first_day, last.last_day)
    moves = await unit.reports.movements(first.first_day, last.last_day, articles)
    return cash_flow(openings, moves)


async def accountable(unit: UnitOfWork) -> list[Accountable]:
    """Everybody who holds or is expected to hold cash, by name."""
    kinds = {AccountKind.COLLECTED, AccountKind.ISSUED}
    sums = await unit.reports.balances_of(kinds)
    people = {person.id: person for person in await unit.people.all()}
    waiting = await unit.pending.open_payments()
    cash = [payment for payment in waiting if payment.claim.method.value == "cash"]
    holders = {account.ref for account, owed in sums.items() if owed}
    holders |= {payment.claim.holder for payment in cash}
    rows = []
    for holder in holders:
        own = [payment for payment in cash if payment.claim.holder == holder]
        known = people.get(holder)
        rows.append(
            Accountable(
                person=known.name if known else holder.removeprefix("crm:"),
                collected=_owed(sums, AccountKind.COLLECTED, holder),
                pending=total([payment.claim.amount for payment in own]),
                issued=_owed(sums, AccountKind.ISSUED, holder),
                oldest=min((payment.claim.expected_on for payment in own), default=None),
            )
        )
    return sorted(rows, key=lambda row: row.person)


async def unconfirmed(unit: UnitOfWork, company: Company) -> list[Unconfirmed]:
    """Payments that are expected and have not come, the latest first."""
    today = company.today(unit.now())
    rows = []
    for payment in await unit.pending.open_payments():
        deal = await unit.deals.get(payment.slot.deal)
        assert deal is not None
        manager = dict(deal.dimensions).get("manager", "")
        late = max((today - payment.claim.expected_on).days, 0)
        rows.append(Unconfirmed(payment, deal, manager, await remaining(unit, payment), late))
    return sorted(rows, key=lambda row: (-row.days_late, row.payment.id))


async def unexplained(unit: UnitOfWork, company: Company) -> Sequence[Unexplained]:
    """Statement lines that nobody explained, the oldest first."""
    today = company.today(unit.now())
    lines = await unit.statements.unexplained()
    rows = [Unexplained(line, (today - line.day).days) for line in lines]
    return sorted(rows, key=lambda row: (-row.days_old, row.line.id))


def _owed(sums: Mapping[Account, int], kind: AccountKind, holder: str) -> Money:
    return Money(sums.get(Account(kind, holder), 0))

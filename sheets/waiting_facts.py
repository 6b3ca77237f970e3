"""What is not in Журнал: who holds cash, payments, debts, and how much nobody explained yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sheets.own import linked_person
from store.records import Deal
from store.reports import Only
from store.scopes import EVERYTHING, Scope
from store.unit import UnitOfWork
from usecases.company import Company
from usecases.payment_book import PaymentRow, PaymentState, payment_book
from usecases.receivables import Receivable, receivables
from usecases.reports import Accountable, accountable

__all__ = ["CONFIRMED_ROWS_MAX", "NOTHING_WAITS", "Waiting", "read_waiting"]


# Confirmed payments are a look back: what is older stands in Журнал. What is open is never cut.
CONFIRMED_ROWS_MAX = 300
CAPACITY_STEP = 300


@dataclass(frozen=True, slots=True)
class Waiting:
    """One reading; `today` is the business's day, the sums are minor units.

    `is_over`: the years of the spreadsheet are past. `of_person`: it is known whose cash to show.
    """

    today: date = date(1970, 1, 1)
    people: tuple[Accountable, ...] = ()
    payments: tuple[PaymentRow, ...] = ()
    debts: tuple[Receivable, ...] = ()
    unexplained: int = 0
    unexplained_minor: int = 0
    is_over: bool = False
    of_person: bool = True

    @property
    def capacity(self) -> int:
        """How many rows each of the tabs has, and all formulas over it; it grows in steps."""
        rows = max(len(self.people), len(self.payments), len(self.debts))
        return (rows // CAPACITY_STEP + 1) * CAPACITY_STEP


NOTHING_WAITS = Waiting()


async def read_waiting(unit: UnitOfWork, zone: ZoneInfo, scope: Scope = EVERYTHING) -> Waiting:
    """Read all of it in one unit of work.

    Years that are over wait for nothing any more: what waits stands in the spreadsheet of the
    present year. An own spreadsheet has its own deals and its owner's cash.
    """
    company = Company(zone=zone)
    today = company.today(unit.now())
    if scope.last_day is not None and scope.last_day < today:
        return Waiting(today=scope.last_day, is_over=True)
    if scope.only is not None:
        return await _own(unit, company, scope.only)
    lines = await unit.statements.unexplained()
    return Waiting(
        today=today,
        people=tuple(await accountable(unit)),
        payments=_cut(await payment_book(unit, company)),
        debts=tuple(await receivables(unit, company)),
        unexplained=len(lines),
        unexplained_minor=sum(line.amount.minor for line in lines),
    )


async def _own(unit: UnitOfWork, company: Company, only: Only) -> Waiting:
    """Own deals alone; cash is shown when the value stands for a person."""
    person = await linked_person(unit, only)
    cash = [one for one in await accountable(unit) if person and one.person == person.name]
    return Waiting(
        today=company.today(unit.now()),
        people=tuple(cash),
        payments=_cut(
            [row for row in await payment_book(unit, company) if _is_own(row.deal, only)]
        ),
        debts=tuple(row for row in await receivables(unit, company) if _is_own(row.deal, only)),
        of_person=person is not None,
    )


def _cut(rows: Sequence[PaymentRow]) -> tuple[PaymentRow, ...]:
    """All that is open, and the newest of what is confirmed."""
    confirmed = [row for row in rows if row.state is PaymentState.CONFIRMED]
    others = [row for row in rows if row.state is not PaymentState.CONFIRMED]
    return (*others, *confirmed[:CONFIRMED_ROWS_MAX])


def _is_own(deal: Deal, only: Only) -> bool:
    return dict(deal.dimensions).get(only.dimension) == only.value

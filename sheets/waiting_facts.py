"""What is not in Журнал: who holds cash, payments, debts, and how much nobody explained yet."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from store.unit import UnitOfWork
from usecases.company import Company
from usecases.payment_book import PaymentRow, payment_book
from usecases.receivables import Receivable, receivables
from usecases.reports import Accountable, accountable

__all__ = ["NOTHING_WAITS", "ROWS_MAX", "Waiting", "read_waiting"]


# What is longer is for the reports of the bot: people read the first page.
ROWS_MAX = 300


@dataclass(frozen=True, slots=True)
class Waiting:
    """One reading; `today` is the business's day, the sums are minor units."""

    today: date = date(1970, 1, 1)
    people: tuple[Accountable, ...] = ()
    payments: tuple[PaymentRow, ...] = ()
    debts: tuple[Receivable, ...] = ()
    unexplained: int = 0
    unexplained_minor: int = 0


NOTHING_WAITS = Waiting()


async def read_waiting(unit: UnitOfWork, zone: ZoneInfo) -> Waiting:
    """Read all of it in one unit of work."""
    company = Company(zone=zone)
    lines = await unit.statements.unexplained()
    return Waiting(
        today=company.today(unit.now()),
        people=tuple(await accountable(unit))[:ROWS_MAX],
        payments=tuple(await payment_book(unit, company))[:ROWS_MAX],
        debts=tuple(await receivables(unit, company))[:ROWS_MAX],
        unexplained=len(lines),
        unexplained_minor=sum(line.amount.minor for line in lines),
    )

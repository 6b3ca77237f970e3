"""What the bank does when somebody asks for the next day: clients pay what the CRM says they will.

Only money that comes through a bank: transfers, the day's card sales of each salon as one sum,
loan agreements. What is in the bank already is not paid again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from sandbox.bank.company import MAIN_ACCOUNT, MERCHANTS, person
from sandbox.bank.numbers import rub
from sandbox.bank.records import Order, Settlement
from sandbox.demo.company import MERCHANT_OF_SALON
from sandbox.demo.office import LOAN_BANK
from sandbox.servers import Sandbox

__all__ = ["Expected", "Tomorrow", "next_working_day"]

SATURDAY = 5
ACQUIRER_FEE_PERCENT = 2
LOAN_FEE_PERCENT = 5


@dataclass(frozen=True, slots=True)
class Expected:
    """A payment that the company waits for; `method` as in the table of deals, sums kopecks."""

    id: str
    method: str
    minor: int
    on: date
    client: str
    contract: str
    salon: str = ""


@dataclass(slots=True)
class Tomorrow:
    """Carries out payments once; `paid` are the ids of those that are in the bank."""

    sandbox: Sandbox
    paid: set[str] = field(default_factory=set)

    def pay(self, expected: Iterable[Expected]) -> int:
        """Pay everything that is not paid yet; how many payments."""
        unpaid = [one for one in expected if one.id not in self.paid]
        self.paid |= {one.id for one in unpaid}
        fresh = [one for one in unpaid if not self._came_already(one)]
        sales: dict[tuple[str, date], list[Expected]] = {}
        for one in fresh:
            match one.method:
                case "bank":
                    self._transfer(one)
                case "cred":
                    self._loan(one)
                case "term":
                    sales.setdefault((one.salon, one.on), []).append(one)
                case _:
                    self.paid.discard(one.id)
        for (salon, on), batch in sales.items():
            self._settle(salon, on, batch)
        return len(fresh)

    def _came_already(self, one: Expected) -> bool:
        """Whether somebody has let this client pay by hand meanwhile, naming the contract."""
        return bool(one.contract) and any(
            one.minor == paper.amount_minor and one.contract in paper.purpose
            for paper in self.sandbox.bank.documents
        )

    def _transfer(self, one: Expected) -> None:
        purpose = f"Оплата по договору № {one.contract or 'б/н'}, без НДС"
        order = Order(one.minor, purpose)
        self.sandbox.bank.client_pays(MAIN_ACCOUNT, person(one.client), order)

    def _loan(self, one: Expected) -> None:
        fee = one.minor * LOAN_FEE_PERCENT // 100
        purpose = (
            f"Оплата товара по кредитному договору № {one.contract}. Клиент {one.client}. "
            f"Удержана комиссия {rub(fee)}. НДС не облагается"
        )
        order = Order(one.minor - fee, purpose)
        self.sandbox.bank.client_pays(MAIN_ACCOUNT, LOAN_BANK, order)

    def _settle(self, salon: str, on: date, batch: list[Expected]) -> None:
        gross = sum(one.minor for one in batch)
        settlement = Settlement(
            gross_minor=gross,
            fee_minor=gross * ACQUIRER_FEE_PERCENT // 100,
            registry_day=on,
            merchant=MERCHANT_OF_SALON.get(salon, MERCHANTS[0]),
        )
        self.sandbox.bank.acquirer_settles(MAIN_ACCOUNT, settlement)


def next_working_day(today: date) -> date:
    """The next day that is no Saturday and no Sunday."""
    day = today + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day

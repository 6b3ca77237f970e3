"""People, deals and statements for the tests of the use cases; every name is invented."""

from collections.abc import Mapping
from datetime import date, timedelta

from banking.matching.records import STRICT
from confirmations.handovers import Press
from confirmations.payments import Claim, Method
from ledger.accounts import Account
from ledger.money import Money
from ledger.operations import dimensions
from store.database import Store
from store.migrate import MAIN_DESK
from store.records import Deal, Person, Role
from store.unit import UnitOfWork
from usecases.company import Company
from usecases.deals import SeenDeal, see_deal

# Cautious, so that there is something left for a person to explain.
COMPANY = Company(automatic=STRICT)
ACCOUNT = "40702810900000000001"
DAY = date(2026, 3, 2)

OWNER = Person("p1", "Игорь", Role.OWNER, 1, None, MAIN_DESK)
ANNA = Person("p2", "Анна", Role.MANAGER, 2, "amocrm:7", MAIN_DESK)
BORIS = Person("p3", "Борис", Role.MANAGER, 3, "amocrm:8", MAIN_DESK)
OLGA = Person("p4", "Ольга", Role.CASHIER, 4, None, MAIN_DESK)
MARIA = Person("p5", "Мария", Role.ACCOUNTANT, 5, None, MAIN_DESK)
PEOPLE = (OWNER, ANNA, BORIS, OLGA, MARIA)


async def hire(store: Store) -> None:
    """Everybody works here."""
    async with store.write("test") as unit:
        for person in PEOPLE:
            await unit.people.add(person)


def rub(text: str) -> Money:
    """`15 000.50` as money."""
    whole, _, part = text.replace(" ", "").partition(".")
    return Money(int(whole) * 100 + int(part.ljust(2, "0") or 0))


def a_deal(number: int, price: str = "100000", client: str = "Иванов", **values: str) -> Deal:
    """A deal of the CRM."""
    return Deal(
        id=f"amocrm:{number}",
        name=f"Сделка {number}",
        contract_no=f"К-{1000 + number}",
        contract_date=DAY,
        client=client,
        client_key=f"amocrm:c-{client}",
        client_inn=None,
        price=rub(price),
        pipeline="1",
        stage="2",
        manager_crm_id="amocrm:7",
        dimensions=dimensions({"manager": "Анна", "city": "Казань"} | values),
        done_on=None,
        remote_version="1",
    )


async def claim(
    unit: UnitOfWork,
    deal: Deal,
    slots: Mapping[str, tuple[str, Method] | None],
    *,
    day: date = DAY,
    done: bool = False,
    holder: str = "p2",
) -> None:
    """The CRM says: so much in these slots."""
    claims = {
        name: Claim(rub(slot[0]), slot[1], day, holder) if slot else None
        for name, slot in slots.items()
    }
    await see_deal(unit, COMPANY, SeenDeal(deal, claims, done))


def press(person: Person, unit: UnitOfWork, minutes: int = 0) -> Press:
    """A press that reached the inbox now."""
    return Press(person.id, unit.now() + timedelta(minutes=minutes))


async def held(unit: UnitOfWork, account: str) -> str:
    """The balance of an account."""
    return Money(await unit.reports.balance(Account.parse(account))).plain

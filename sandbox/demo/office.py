"""What happens in the CRM and at the bank: deals are signed and paid, money moves by itself."""

from decimal import Decimal

from sandbox.amocrm import company as crm
from sandbox.amocrm.people import FieldInput
from sandbox.amocrm.records import LOST_STATUS_ID, WON_STATUS_ID
from sandbox.bank.company import MAIN_ACCOUNT, SECOND_ACCOUNT, person
from sandbox.bank.numbers import invented_party, keyed_inn
from sandbox.bank.records import Order, Party, Settlement
from sandbox.demo.bank_table import BankMove
from sandbox.demo.calendar import date_of
from sandbox.demo.company import MERCHANT_OF_SALON, METHOD_WORDS, STAFF
from sandbox.demo.deals import Deal, Pay
from sandbox.demo.stage import Stage, decimal

__all__ = [
    "bank_refund",
    "cancel",
    "client_pays",
    "credit_settles",
    "enter",
    "finish",
    "move_money",
    "say_sum",
    "settles",
    "sign",
]

SLOTS = (
    (crm.PREPAYMENT_AMOUNT_ID, crm.PREPAYMENT_METHOD_ID, crm.PREPAYMENT_DATE_ID),
    (crm.BALANCE_AMOUNT_ID, crm.BALANCE_METHOD_ID, crm.BALANCE_DATE_ID),
)
# Two deals of one client: an overpayment on the first is used for the second.
SAME_CLIENT = {114: 113}
LOAN_BANK = invented_party("ООО МФК «РАССРОЧКА»", keyed_inn("770123456"))


async def sign(stage: Stage, deal: Deal) -> None:
    """A deal with its contract, and the first payment where it is of the same day."""
    people, where = stage.sandbox.amocrm, deal.where
    name = stage.clients[SAME_CLIENT.get(deal.number, deal.number)]
    contact = next((one.id for one in people.contacts if one.name == name), None)
    manager = next(one.crm_user for one in STAFF if one.name == where.manager)
    assert manager is not None
    fields: dict[int, FieldInput] = {
        crm.CONTRACT_NUMBER_ID: deal.contract,
        crm.CONTRACT_DATE_ID: date_of(deal.signed),
        crm.SALON_ID: where.salon,
        crm.PRODUCT_ID: where.product or None,
        crm.CITY_ID: where.city or None,
    }
    lead = people.add_lead(
        f"{where.product or 'Мебель'}, {name}",
        responsible_user_id=manager,
        price=decimal(deal.price),
        contact_ids=[people.add_contact(name) if contact is None else contact],
    )
    stage.leads[deal.number] = lead
    if deal.payments[0].entered == deal.signed:
        fields |= _slot(deal.payments[0], 0)
    people.set_fields(lead, fields)
    people.move(lead, crm.STAGE_SIGNED_ID)
    await stage.settle()


async def enter(stage: Stage, deal: Deal, place: int) -> None:
    """A further payment is written into the deal."""
    fields = _slot(deal.payments[place], place)
    stage.sandbox.amocrm.set_fields(stage.leads[deal.number], fields)
    await stage.settle()


async def say_sum(stage: Stage, number: int, minor: int, place: int = 0) -> None:
    """Somebody changes the sum of a payment in the CRM."""
    fields: dict[int, FieldInput] = {SLOTS[place][0]: decimal(minor)}
    stage.sandbox.amocrm.set_fields(stage.leads[number], fields)
    await stage.settle()


async def cancel(stage: Stage, number: int) -> None:
    """The client changed their mind: the prepayment is emptied and the deal is lost."""
    people, lead = stage.sandbox.amocrm, stage.leads[number]
    people.set_fields(lead, {SLOTS[0][0]: None})
    people.move(lead, LOST_STATUS_ID)
    await stage.settle()


async def finish(stage: Stage, deal: Deal) -> None:
    """The deal is done."""
    stage.sandbox.amocrm.move(stage.leads[deal.number], WON_STATUS_ID)
    await stage.settle()


def client_pays(stage: Stage, deal: Deal, pay: Pay) -> None:
    """A transfer to the current account; a doubtful one does not name the contract."""
    assert pay.paid is not None
    purpose = f"Оплата по договору № {deal.contract} от {date_of(deal.signed):%d.%m.%Y}, без НДС"
    if pay.by_hand and pay.got is None:
        purpose = "Оплата за мебель по договоренности, без НДС"
    payer = person(stage.clients[deal.number])
    order = Order(pay.arrives, purpose, day=date_of(pay.paid))
    stage.sandbox.bank.client_pays(MAIN_ACCOUNT, payer, order)


def settles(stage: Stage, salon: str, day: int, sales: list[Pay]) -> None:
    """The acquirer pays out a salon's card sales of one day, net of its fee."""
    settlement = Settlement(
        gross_minor=sum(one.minor for one in sales),
        fee_minor=sum(one.fee for one in sales),
        registry_day=date_of(sales[0].entered),
        merchant=MERCHANT_OF_SALON[salon],
        day=date_of(day),
    )
    stage.sandbox.bank.acquirer_settles(MAIN_ACCOUNT, settlement)


def credit_settles(stage: Stage, deal: Deal, pay: Pay) -> None:
    """The loan bank pays for a client, its commission withheld."""
    assert pay.paid is not None
    name = stage.clients[deal.number]
    purpose = (
        f"Оплата товара по кредитному договору № {5550000 + deal.number}. Клиент {name}. "
        f"Удержана комиссия {decimal(pay.fee):.2f}. НДС не облагается"
    )
    order = Order(pay.minor - pay.fee, purpose, day=date_of(pay.paid))
    stage.sandbox.bank.client_pays(MAIN_ACCOUNT, LOAN_BANK, order)


def bank_refund(stage: Stage, deal: Deal, minor: int, day: int) -> None:
    """Money back to a client's account."""
    purpose = f"Возврат по договору № {deal.contract}, без НДС"
    order = Order(minor, purpose, day=date_of(day))
    stage.sandbox.bank.refund(MAIN_ACCOUNT, person(stage.clients[deal.number]), order)


def move_money(stage: Stage, move: BankMove) -> None:
    """Any other movement of the table."""
    bank, order = stage.sandbox.bank, Order(move.minor, move.purpose, day=date_of(move.day))
    match move.way:
        case "out":
            bank.supplier_payment(MAIN_ACCOUNT, _party(move.party), order)
        case "in":
            bank.client_pays(MAIN_ACCOUNT, _party(move.party), order)
        case "in2":
            bank.client_pays(SECOND_ACCOUNT, _party(move.party), order)
        case "fee":
            bank.fee(MAIN_ACCOUNT, order)
        case "own":
            bank.own_transfer(MAIN_ACCOUNT, SECOND_ACCOUNT, order)
        case "back":
            bank.own_transfer(SECOND_ACCOUNT, MAIN_ACCOUNT, order)
        case _:
            raise AssertionError(move.way)


def _party(name: str) -> Party:
    if name.startswith(("ООО", "АО", "ПАО", "АДМ", "КАЗ")):
        digits = f"{sum(map(ord, name)) * 7919 % 10**9:09d}"
        return invented_party(name, keyed_inn(digits))
    return person(name)


def _slot(pay: Pay, place: int) -> dict[int, FieldInput]:
    amount, method, day = SLOTS[place]
    said = pay.minor if pay.first_said is None else pay.first_said
    values: dict[int, FieldInput] = {
        amount: Decimal(said) / 100,
        method: METHOD_WORDS[pay.method],
        day: date_of(pay.entered),
    }
    return values

"""The managers: deals signed in the CRM, cash handed over, counted by the cashier, twice tapped."""

import asyncio
from dataclasses import dataclass

from sandbox.amocrm import company as at
from sandbox.amocrm.records import WON_STATUS_ID
from tests.crash.tally import Handed, Signed
from tests.crash.town import Town, rub, sum_after

__all__ = ["Manager", "sell_on_and_on", "sign"]

CASH = "Наличные"
ASKED_AGAIN_S = 0.5
CITIES = ("Казань", "Самара", None)
PRODUCTS = ("Кухни", "Шкафы", "Двери", None)


@dataclass(slots=True)
class Manager:
    """A manager; `owes` is what was short at earlier handovers, kopecks."""

    name: str
    user: int
    owes: int = 0


async def sell_on_and_on(town: Town, manager: Manager, rest_s: float) -> None:
    """Sign deals and hand the cash over, until the town closes."""
    while not town.closing:
        deals = [sign(town, manager.user, CASH) for _ in range(town.chance.randint(1, 2))]
        if town.chance.random() < 0.4:
            await asyncio.sleep(town.chance.random() * 0.3)
            _changes_mind(town, deals[0])
        await hand_over(town, manager, deals)
        if town.chance.random() < 0.3:
            _finish(town, deals[0])
        if town.chance.random() < 0.2:
            _edit_too_late(town, deals[-1])
        await asyncio.sleep(rest_s)


def sign(town: Town, user: int, method: str) -> Signed:
    """A contract with a prepayment appears in the CRM."""
    number = town.number()
    minor = number * 1000 + number % 1000
    price = 10_000_000
    fields = {
        at.PREPAYMENT_AMOUNT_ID: f"{minor // 100}.{minor % 100:02d}",
        at.PREPAYMENT_METHOD_ID: method,
        at.CONTRACT_NUMBER_ID: f"К-{number}",
        at.PRODUCT_ID: town.chance.choice(PRODUCTS),
        at.CITY_ID: town.chance.choice(CITIES),
    }
    crm = town.sandbox.amocrm
    lead = crm.add_lead(
        f"Сделка {number}", responsible_user_id=user, price=price // 100, fields=fields
    )
    crm.move(lead, at.STAGE_SIGNED_ID)
    deal = Signed(lead, f"К-{number}", minor, method, price=price)
    town.tally.signed.append(deal)
    return deal


async def hand_over(town: Town, manager: Manager, deals: list[Signed]) -> None:
    """«Моя касса» until everything is there, «Сдать кассу», and the cashier's count."""
    phone = town.phones[manager.name]
    expected = manager.owes + sum(deal.minor for deal in deals)
    await _cash_is(town, manager, expected)
    asked = await phone.say("Сдать кассу")
    offer = await town.message(phone, "На вас", after=asked, button="✓ Сдать всё")
    await town.press(phone, offer, "✓ Сдать всё")
    if town.chance.random() < 0.3:
        await town.press(phone, offer, "✓ Сдать всё")
    told = await town.message(phone, "start=h_", after=asked)
    link = next(one for one in reversed(phone.links) if "start=h_" in one and one in told.text)
    town.tally.links.append(link)
    short = town.chance.random() < 0.25
    async with town.desk:
        counted = await _count(town, manager, (link, expected), short=short)
    await town.message(phone, "Вы сдаёте", rub(expected), "Принято", after=asked)
    town.tally.handed.append(Handed(phone.user_id, expected, counted))
    manager.owes = expected - counted
    for deal in deals:
        deal.confirmed = True


async def _cash_is(town: Town, manager: Manager, expected: int) -> None:
    phone = town.phones[manager.name]

    async def ask() -> None:
        while True:
            asked = await phone.say("Моя касса")
            town.tally.cash_asked += 1
            answer = await town.message(phone, "На", "вас", after=asked)
            if sum_after("На вас", answer.text) == expected:
                return
            await asyncio.sleep(ASKED_AGAIN_S)

    try:
        await asyncio.wait_for(ask(), town.patience_s)
    except TimeoutError:
        raise AssertionError(
            f"{manager.name} never had {rub(expected)}; last: {phone.last.text}"
        ) from None


async def _count(town: Town, manager: Manager, handed: tuple[str, int], *, short: bool) -> int:
    link, declared = handed
    cashier = town.phones["olga"]
    giver = town.phones[manager.name].name
    if town.chance.random() < 0.5:
        # The card may stand just above: it was on its way when the link was opened.
        await cashier.open_link(link)
    card = await town.message(cashier, f"{giver} сдаёт {rub(declared)}", button="✓ Принял")
    if short:
        return await _count_short(town, card.message_id, declared)
    await town.press(cashier, card, "✓ Принял")
    if town.chance.random() < 0.5:
        await town.press(cashier, card, "✓ Принял")
    return declared


async def _count_short(town: Town, message: int, declared: int) -> int:
    cashier = town.phones["olga"]
    card = next(one for one in cashier.messages if one.message_id == message)
    before = cashier.last.message_id
    await town.press(cashier, card, "Сумма не та")
    await town.message(cashier, f"Заявлено {rub(declared)}", after=before)
    counted = declared - 100
    said = await cashier.say(f"{counted // 100},{counted % 100:02d}")
    await town.message(cashier, "почему", after=said)
    await cashier.say("рубль закатился")
    return counted


def _changes_mind(town: Town, deal: Signed) -> None:
    """The client pays another sum after all."""
    deal.minor += 1
    amount = f"{deal.minor // 100}.{deal.minor % 100:02d}"
    town.sandbox.amocrm.set_fields(deal.lead, {at.PREPAYMENT_AMOUNT_ID: amount})


def _edit_too_late(town: Town, deal: Signed) -> None:
    """Somebody changes a sum that was confirmed: a difference is shown, nothing changes."""
    town.sandbox.amocrm.set_fields(deal.lead, {at.PREPAYMENT_AMOUNT_ID: "1"})


def _finish(town: Town, deal: Signed) -> None:
    deal.done = True
    town.sandbox.amocrm.move(deal.lead, WON_STATUS_ID)

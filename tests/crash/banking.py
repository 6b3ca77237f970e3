"""The accountant: bank prepayments, statements dropped once, twice and overlapping, refunds."""

import asyncio

from sandbox.amocrm import company as at
from sandbox.bank.company import MAIN_ACCOUNT, person
from sandbox.bank.records import Order
from tests.crash.selling import sign
from tests.crash.tally import Signed
from tests.crash.town import START, Town, rub

__all__ = ["bank_on_and_on", "drop_statement", "refund", "whole_statement"]

BANK = "Безналичный расчёт"


async def bank_on_and_on(town: Town, rest_s: float) -> None:
    """Payments come in at the bank, statements are dropped, now and then money goes back."""
    while not town.closing:
        deal = sign(town, at.ANNA_ID, BANK)
        pays(town, deal)
        await drop_statement(town, again=town.chance.random() < 0.4)
        deal.confirmed = True
        paid = [one for one in town.tally.signed if one.confirmed and not one.refunded]
        cash = [one for one in paid if one.method != BANK]
        if cash and town.chance.random() < 0.4:
            await refund(town, town.chance.choice(cash))
        # The CRM takes seven calls a second of everybody: its notes must keep up.
        await asyncio.sleep(rest_s * 10)


def pays(town: Town, deal: Signed) -> None:
    """The client's transfer reaches the account."""
    purpose = f"Оплата по договору {deal.contract}. НДС не облагается"
    order = Order(deal.minor, purpose)
    town.sandbox.bank.client_pays(MAIN_ACCOUNT, person("Петров Пётр Петрович"), order)


async def drop_statement(town: Town, *, again: bool) -> None:
    """Drop everything since the beginning, maybe the same file twice."""
    file = _since_the_beginning(town)
    for _ in range(2 if again else 1):
        name, dropped = await _drop(town, file)
        await town.message(town.phones["vera"], f"Выписка {name}", after=dropped)


async def whole_statement(town: Town) -> None:
    """Drop everything once more, without waiting for an answer."""
    await _drop(town, _since_the_beginning(town))


def _since_the_beginning(town: Town) -> bytes:
    return town.sandbox.bank.statement(MAIN_ACCOUNT, START.date(), town.sandbox.bank.today)


async def _drop(town: Town, file: bytes) -> tuple[str, int]:
    name = f"kl_{town.number()}.txt"
    town.tally.files.append(name)
    return name, await town.phones["vera"].drop_file(name, file)


async def refund(town: Town, deal: Signed) -> None:
    """Half a confirmed payment goes back, out of the desk."""
    phone, cashier = town.phones["vera"], town.phones["olga"]
    asked = await phone.say(f"/refund {deal.contract}")
    offer = await town.message(phone, "Какой платёж", after=asked, button=rub(deal.minor))
    await town.press(phone, offer, rub(deal.minor))
    await town.message(phone, "Сколько вернуть", after=asked)
    minor, reason = deal.minor // 2, f"передумал {town.number()}"
    said = await phone.say(f"{minor // 100},{minor % 100:02d}")
    await town.message(phone, "причину", after=said)
    await phone.say(reason)
    deal.refunded = minor
    card = await town.message(cashier, reason, button="✓ Выдал из кассы")
    await town.press(cashier, card, "✓ Выдал из кассы")
    if town.chance.random() < 0.5:
        await town.press(cashier, card, "✓ Выдал из кассы")
    await town.message(cashier, reason, "Подтверждено")

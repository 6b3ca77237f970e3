"""Four short journeys, each of which may be repeated in the same office with other figures."""

from collections.abc import Awaitable, Callable, Mapping

from sandbox.amocrm import company as at
from tests.crash.banking import BANK, pays, whole_statement
from tests.crash.selling import CASH, sign
from tests.crash.tally import Handed, Signed, Spent
from tests.crash.town import rub
from tests.faults.office import Office

__all__ = ["JOURNEYS", "Journey", "ready_for"]

Journey = Callable[[Office], Awaitable[None]]


async def ready_for(office: Office, name: str) -> None:
    """What a journey needs to have happened before: a refund, a payment to give back."""
    if name == "refund":
        await _transfer(office)


async def _expense(office: Office) -> None:
    """One expense in the chat, undone, with a second tap."""
    number = office.town.number()
    words = f"расход{number}"
    message = await office.say("owner", f"{number} {words}")
    spent = Spent(office.phone("owner").user_id, message, number * 100, words, undone=True)
    office.tally.spent.append(spent)
    card = office.seen("owner", words, button="Отменить")
    for _ in range(2):
        await office.town.press(office.phone("owner"), card, "Отменить")
    await office.settle()
    office.seen("owner", words, "Отменено")


async def _handover(office: Office) -> None:
    """A contract with a cash prepayment, handed over by link."""
    deal = sign(office.town, at.ANNA_ID, CASH)
    await office.sweep()
    await office.say("anna", "Сдать кассу")
    await office.press("anna", "На вас", rub(deal.minor), button="✓ Сдать всё")
    link = office.phone("anna").links[-1]
    office.tally.links.append(link)
    await office.phone("olga").open_link(link)
    await office.settle()
    await office.press("olga", f"Анна сдаёт {rub(deal.minor)}", button="✓ Принял")
    office.seen("anna", "Вы сдаёте", rub(deal.minor), "Принято")
    office.tally.handed.append(Handed(12, deal.minor, deal.minor))
    deal.confirmed = True


async def _transfer(office: Office) -> None:
    """A bank transfer, found in a statement by the contract's number and the sum."""
    deal = sign(office.town, at.ANNA_ID, BANK)
    await office.sweep()
    pays(office.town, deal)
    await whole_statement(office.town)
    await office.settle()
    office.seen("vera", f"Выписка {office.tally.files[-1]}", "ждут разбора: 0")
    deal.confirmed = True


async def _refund(office: Office) -> None:
    """A confirmed payment goes back from the desk."""
    deal = _paid(office)
    await office.say("vera", f"/refund {deal.contract}")
    await office.press("vera", "Какой платёж", button=rub(deal.minor))
    await office.say("vera", rub(deal.minor).removesuffix(" ₽"))
    reason = f"передумал {office.town.number()}"
    await office.say("vera", reason)
    await office.press("olga", reason, button="✓ Выдал из кассы")
    office.seen("olga", reason, "Подтверждено")
    deal.refunded = deal.minor


def _paid(office: Office) -> Signed:
    paid = [one for one in office.tally.signed if one.confirmed and not one.refunded]
    assert paid
    return paid[-1]


JOURNEYS: Mapping[str, Journey] = {
    "expense": _expense,
    "handover": _handover,
    "transfer": _transfer,
    "refund": _refund,
}

"""Transfers to a personal card have no statement: the accountant's press confirms them."""

from typing import assert_never

from aiogram import Router
from aiogram.types import Message

from confirmations.payments import Method
from handlers.common import Pressed, asked, may, say_not_allowed
from handlers.delivery import Delivery
from handlers.drawn import contract
from handlers.handover import say_resolved
from handlers.keys import Act, Key, Keyboard, Press, mark
from handlers.texts import Html, Texts
from usecases.access import NotAllowed, Verb
from usecases.deals import remaining
from usecases.payments import CardConfirmed, PaymentGone, confirm_card_payment

__all__ = ["cards_menu", "cards_router"]

LISTED_MAX = 20


def cards_menu(texts: Texts) -> Router:
    """«Переводы на карту»."""
    router = Router(name="cards-menu")
    router.message.register(_expected, asked(texts, "key-card-transfers", "cards"))
    return router


def cards_router() -> Router:
    """Presses on the list."""
    router = Router(name="cards")
    router.callback_query.register(_confirm, Pressed(Act.CARD_CONFIRM, 2))
    return router


async def _expected(_message: Message, delivery: Delivery) -> None:
    if await may(delivery, Verb.CONFIRM_CARD_PAYMENT):
        await delivery.say(*await _page(delivery))


async def _confirm(_query: object, press: Press, delivery: Delivery) -> None:
    deal, wanted = press.args
    payments = await delivery.unit.pending.payments_of_deal(deal)
    found = [one.id for one in payments if mark(one.id) == wanted]
    outcome = await confirm_card_payment(
        delivery.unit, delivery.company, delivery.actor, found[0] if found else ""
    )
    match outcome:
        case CardConfirmed(payment):
            delivery.toast("card-confirmed", amount=payment.claim.amount)
            await delivery.turn(*await _page(delivery))
        case PaymentGone(None):
            await delivery.tell("payment-none")
        case PaymentGone(resolution):
            assert resolution is not None
            await say_resolved(delivery, resolution)
        case NotAllowed():
            await say_not_allowed(delivery, outcome)
        case _:
            assert_never(outcome)


async def _page(delivery: Delivery) -> tuple[Html, Keyboard]:
    unit, texts = delivery.unit, delivery.texts
    payments = await unit.pending.open_payments(method=Method.CARD_TRANSFER)
    if not payments:
        return texts.html("cards-none"), []
    rows = []
    for payment in payments[:LISTED_MAX]:
        deal = await unit.deals.get(payment.slot.deal)
        assert deal is not None
        amount = await remaining(unit, payment)
        label = texts.plain("key-card-payment", amount=amount, who=contract(texts, deal))
        rows.append([Key(label, Press(Act.CARD_CONFIRM, (deal.id, mark(payment.id))))])
    return texts.html("cards-expected", count=len(payments)), rows

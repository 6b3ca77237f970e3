"""Refunds: the accountant picks a payment, a sum and a reason; the desk or the bank confirms."""

from typing import assert_never

from aiogram import F, Router
from aiogram.filters import CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message

from confirmations.refunds import NotConfirmed, TooMuch
from confirmations.resolution import Ending
from handlers.common import Pressed, ask, asked, bad_amount_words, command, may, say_not_allowed
from handlers.deals import DEALS_SHOWN_MAX, find_deals
from handlers.delivery import Delivery
from handlers.drawn import contract, method_name
from handlers.handover import say_resolved
from handlers.keys import Act, Key, Press, mark
from handlers.texts import Texts
from ledger.money import BadAmount, Money, parse_amount
from store.records import Deal
from usecases.access import NotAllowed, Verb
from usecases.refunds import (
    AskRefund,
    NoSuchPayment,
    NoSuchRefund,
    RefundAsked,
    RefundDone,
    RefundEnded,
    ask_refund,
    pay_refund_from_desk,
)

__all__ = ["Refunding", "refund_forms", "refund_menu", "refund_router"]

SHOWN_MAX = 10
REASON_CHARS_MAX = 300


class Refunding(StatesGroup):
    """How much goes back, and why."""

    sum = State()
    reason = State()


def refund_menu(texts: Texts) -> Router:
    """`/refund <contract>` and «Возвраты»."""
    router = Router(name="refund-menu")
    router.message.register(_pick, command("refund"))
    router.message.register(_waiting, asked(texts, "key-refunds", "refunds"))
    return router


def refund_forms() -> Router:
    """Answers to the two questions."""
    router = Router(name="refund-forms")
    router.message.register(_amount, Refunding.sum, F.text, ~F.text.startswith("/"))
    router.message.register(_reason, Refunding.reason, F.text, ~F.text.startswith("/"))
    return router


def refund_router() -> Router:
    """Presses."""
    router = Router(name="refund")
    router.callback_query.register(_picked, Pressed(Act.REFUND_PAYMENT, 2))
    router.callback_query.register(_paid, Pressed(Act.REFUND_PAID, 1))
    return router


async def _pick(_message: Message, delivery: Delivery, command: CommandObject) -> None:
    if not await may(delivery, Verb.REFUND):
        return
    if not command.args:
        await delivery.answer("refund-usage")
        return
    deals = await find_deals(delivery.unit, command.args)
    keys = [key for deal in deals[:DEALS_SHOWN_MAX] for key in await _payments(delivery, deal)]
    if not keys:
        await delivery.answer("refund-nothing", text=command.args[:60])
        return
    cancel = Key(delivery.texts.plain("key-cancel"), Press(Act.CANCEL))
    html = delivery.texts.html("refund-which-payment")
    await delivery.say(html, [*([key] for key in keys), [cancel]])


async def _payments(delivery: Delivery, deal: Deal) -> list[Key]:
    keys = []
    for payment in await delivery.unit.pending.payments_of_deal(deal.id):
        resolution = await delivery.unit.pending.resolution(payment.thing)
        if resolution is not None and resolution.ending is Ending.CONFIRMED:
            label = delivery.texts.plain(
                "key-payment",
                amount=payment.claim.amount,
                method=method_name(delivery.texts, payment.claim.method),
                who=contract(delivery.texts, deal),
            )
            keys.append(Key(label, Press(Act.REFUND_PAYMENT, (deal.id, mark(payment.id)))))
    return keys


async def _picked(_query: object, press: Press, delivery: Delivery, state: FSMContext) -> None:
    if not await may(delivery, Verb.REFUND):
        return
    deal, wanted = press.args
    payments = await delivery.unit.pending.payments_of_deal(deal)
    found = [one for one in payments if mark(one.id) == wanted]
    if not found:
        await delivery.tell("payment-none")
        return
    await state.set_state(Refunding.sum)
    await state.set_data({"payment": found[0].id})
    await ask(delivery, "refund-how-much", amount=found[0].claim.amount)


async def _amount(message: Message, delivery: Delivery, state: FSMContext) -> None:
    amount = parse_amount((message.text or "").strip(), delivery.company.currency)
    if isinstance(amount, BadAmount):
        await ask(delivery, "sum-unclear", why=bad_amount_words(delivery.texts, amount))
        return
    await state.update_data({"amount": amount.minor})
    await state.set_state(Refunding.reason)
    await ask(delivery, "refund-why", amount=amount)


async def _reason(message: Message, delivery: Delivery, state: FSMContext) -> None:
    data = await state.get_data()
    await state.clear()
    outcome = await ask_refund(
        delivery.unit,
        delivery.actor,
        AskRefund(
            refund=f"{message.chat.id}-{message.message_id}",
            payment=data["payment"],
            amount=Money(int(data["amount"]), delivery.company.currency),
            reason=(message.text or "").strip()[:REASON_CHARS_MAX],
        ),
    )
    match outcome:
        case RefundAsked(refund):
            await delivery.answer("refund-asked", amount=refund.amount)
        case TooMuch(left):
            await state.set_state(Refunding.sum)
            await state.set_data({"payment": data["payment"]})
            await ask(delivery, "refund-too-much", left=left)
        case NoSuchPayment():
            await delivery.answer("payment-none")
        case NotConfirmed():
            await delivery.answer("refund-not-confirmed")
        case NotAllowed():
            await say_not_allowed(delivery, outcome)
        case _:
            assert_never(outcome)


async def _waiting(_message: Message, delivery: Delivery) -> None:
    if not await may(delivery, Verb.PAY_REFUND_FROM_DESK):
        return
    waiting = await delivery.unit.pending.open_refunds()
    if not waiting:
        await delivery.answer("refunds-none")
    for refund in waiting[:SHOWN_MAX]:
        await delivery.show_below(refund.thing)


async def _paid(_query: object, press: Press, delivery: Delivery) -> None:
    outcome = await pay_refund_from_desk(
        delivery.unit, delivery.company, delivery.actor, press.args[0]
    )
    match outcome:
        case RefundDone(refund):
            delivery.toast("refund-paid-toast", amount=refund.amount)
        case RefundEnded(resolution):
            await say_resolved(delivery, resolution)
        case NoSuchRefund():
            await delivery.tell("refund-none")
        case NotAllowed():
            await say_not_allowed(delivery, outcome)
        case _:
            assert_never(outcome)

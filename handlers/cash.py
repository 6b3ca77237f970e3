"""The manager's side: what cash is on them, and handing it over."""

from typing import assert_never

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from confirmations.handovers import AlreadyResolved
from handlers.common import Pressed, asked, may, say_not_allowed
from handlers.delivery import Delivery
from handlers.drawn import client_words, joined
from handlers.handover import say_resolved
from handlers.keys import Act, Key, Keyboard, Press, Style, mark
from handlers.texts import Html, Texts
from ledger.money import total
from usecases.access import NotAllowed, Verb
from usecases.handovers import (
    AlreadyPending,
    CashOnHand,
    Declared,
    HeldPayment,
    NoSuchHandover,
    NothingToHandOver,
    Withdrawn,
    cash_on_hand,
    declare_handover,
    reissue_link,
    withdraw_handover,
)

__all__ = ["cash_menu", "cash_router"]

LISTED_MAX = 40
CHOSEN = "chosen"


def cash_menu(texts: Texts) -> Router:
    """«Моя касса» and «Сдать кассу»."""
    router = Router(name="cash-menu")
    router.message.register(_my_cash, asked(texts, "key-my-cash", "cash"))
    router.message.register(_hand_over, asked(texts, "key-hand-over", "handover"))
    return router


def cash_router() -> Router:
    """Presses of the giver."""
    router = Router(name="cash")
    router.callback_query.register(_all, Pressed(Act.CASH_ALL, 0))
    router.callback_query.register(_choose, Pressed(Act.CASH_CHOOSE, 0))
    router.callback_query.register(_toggle, Pressed(Act.CASH_TOGGLE, 1))
    router.callback_query.register(_chosen, Pressed(Act.CASH_CHOSEN, 0))
    router.callback_query.register(_link, Pressed(Act.HANDOVER_LINK, 1))
    router.callback_query.register(_withdraw, Pressed(Act.HANDOVER_WITHDRAW, 1))
    return router


async def _my_cash(_message: Message, delivery: Delivery) -> None:
    if await may(delivery, Verb.SEE_OWN_CASH):
        cash = await cash_on_hand(delivery.unit, delivery.actor)
        await delivery.say(_cash_words(cash, delivery.texts))


async def _hand_over(_message: Message, delivery: Delivery) -> None:
    if not await may(delivery, Verb.HAND_OVER):
        return
    cash = await cash_on_hand(delivery.unit, delivery.actor)
    if cash.pending is not None:
        await delivery.answer("handover-pending-already", declared=cash.pending.declared)
        await delivery.show_below(cash.pending.thing)
        return
    if cash.total.minor <= 0:
        await delivery.answer("cash-empty")
        return
    label = delivery.texts.plain("key-hand-over-all", total=cash.total)
    rows = [[Key(label, Press(Act.CASH_ALL), Style.SUCCESS)]]
    if len(cash.payments) > 1:
        rows.append([Key(delivery.texts.plain("key-choose"), Press(Act.CASH_CHOOSE))])
    await delivery.say(_cash_words(cash, delivery.texts), rows)


async def _all(_query: object, delivery: Delivery) -> None:
    outcome = await declare_handover(delivery.unit, delivery.company, delivery.actor)
    await _declared(delivery, outcome)


async def _choose(_query: object, delivery: Delivery, state: FSMContext) -> None:
    if await may(delivery, Verb.HAND_OVER):
        await state.update_data({CHOSEN: []})
        await _choice(delivery, set())


async def _toggle(_query: object, press: Press, delivery: Delivery, state: FSMContext) -> None:
    if await may(delivery, Verb.HAND_OVER):
        chosen = set((await state.get_data()).get(CHOSEN, [])) ^ {press.args[0]}
        await state.update_data({CHOSEN: sorted(chosen)})
        await _choice(delivery, chosen)


async def _chosen(_query: object, delivery: Delivery, state: FSMContext) -> None:
    if not await may(delivery, Verb.HAND_OVER):
        return
    marks = set((await state.get_data()).get(CHOSEN, []))
    cash = await cash_on_hand(delivery.unit, delivery.actor)
    picked = [one.payment.id for one in cash.payments if mark(one.payment.id) in marks]
    if not picked:
        await delivery.tell("choose-nothing")
        return
    await state.clear()
    outcome = await declare_handover(delivery.unit, delivery.company, delivery.actor, picked)
    await _declared(delivery, outcome)


async def _choice(delivery: Delivery, chosen: set[str]) -> None:
    cash = await cash_on_hand(delivery.unit, delivery.actor)
    texts = delivery.texts
    picked = [one for one in cash.payments if mark(one.payment.id) in chosen]
    amount = total([one.payment.claim.amount for one in picked], delivery.company.currency)
    rows = [[_choice_key(one, chosen, texts)] for one in cash.payments[:LISTED_MAX]]
    done = Key(texts.plain("key-hand-over-chosen", total=amount), Press(Act.CASH_CHOSEN))
    cancel = Key(texts.plain("key-cancel"), Press(Act.CANCEL))
    keyboard: Keyboard = [*rows, [done] if picked else [], [cancel]]
    html = texts.html("choose-payments", shortage=cash.shortage)
    await delivery.turn(html, keyboard)


def _choice_key(one: HeldPayment, chosen: set[str], texts: Texts) -> Key:
    name = mark(one.payment.id)
    label = texts.plain(
        "key-chosen" if name in chosen else "key-not-chosen",
        amount=one.payment.claim.amount,
        who=client_words(texts, one.client, one.contract_no),
    )
    return Key(label, Press(Act.CASH_TOGGLE, (name,)))


async def _declared(
    delivery: Delivery, outcome: Declared | NothingToHandOver | AlreadyPending | NotAllowed
) -> None:
    match outcome:
        case Declared(made, token):
            delivery.toast("handover-declared-toast", declared=made.declared)
            await delivery.turn(delivery.texts.html("handover-declared", declared=made.declared))
            await _send_link(delivery, token)
        case NothingToHandOver():
            await delivery.tell("cash-empty")
        case AlreadyPending(made):
            await delivery.tell("handover-pending-already", declared=made.declared)
        case NotAllowed():
            await say_not_allowed(delivery, outcome)
        case _:
            assert_never(outcome)


async def _link(_query: object, press: Press, delivery: Delivery) -> None:
    outcome = await reissue_link(delivery.unit, delivery.company, delivery.actor, press.args[0])
    match outcome:
        case Declared(_, token):
            delivery.toast("handover-link-toast")
            await _send_link(delivery, token)
        case NoSuchHandover():
            await delivery.tell("handover-none")
        case AlreadyResolved(resolution):
            await say_resolved(delivery, resolution)
        case NotAllowed():
            await say_not_allowed(delivery, outcome)
        case _:
            assert_never(outcome)


async def _send_link(delivery: Delivery, token: str) -> None:
    """The only place where the token is ever written; the books keep its hash."""
    await delivery.answer("handover-link", link=delivery.start_link(f"h_{token}"))


async def _withdraw(_query: object, press: Press, delivery: Delivery) -> None:
    outcome = await withdraw_handover(delivery.unit, delivery.actor, press.args[0])
    match outcome:
        case Withdrawn():
            delivery.toast("handover-withdrawn")
        case NoSuchHandover():
            await delivery.tell("handover-none")
        case AlreadyResolved(resolution):
            await say_resolved(delivery, resolution)
        case NotAllowed():
            await say_not_allowed(delivery, outcome)
        case _:
            assert_never(outcome)


def _cash_words(cash: CashOnHand, texts: Texts) -> Html:
    if not cash.payments and not cash.shortage.minor:
        return texts.html("cash-empty")
    lines: list[str] = [texts.html("cash-total", total=cash.total)]
    for one in cash.payments[:LISTED_MAX]:
        who = client_words(texts, one.client, one.contract_no)
        amount, day = one.payment.claim.amount, one.payment.claim.expected_on
        lines.append(texts.html("cash-payment", amount=amount, who=who, day=day))
    if len(cash.payments) > LISTED_MAX:
        lines.append(texts.html("and-more", count=len(cash.payments) - LISTED_MAX))
    if cash.shortage.minor:
        lines.append(texts.html("handover-carried", amount=cash.shortage))
    if cash.pending is not None:
        lines.append(texts.html("cash-pending", declared=cash.pending.declared))
    return joined(lines)

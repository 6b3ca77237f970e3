"""The cashier's side: count, confirm, or not; the card and the link open the same thing."""

from typing import assert_never

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message

from confirmations.handovers import (
    AlreadyResolved,
    CommentNeeded,
    CountedMore,
    Expired,
    OwnHandover,
    Rejected,
)
from confirmations.handovers import Press as Answered
from confirmations.resolution import Resolution
from handlers.common import Pressed, ask, asked, bad_amount_words, may, say_not_allowed
from handlers.delivery import Delivery
from handlers.keys import Act, Press
from handlers.texts import Texts
from ledger.money import BadAmount, Money, parse_amount
from store.records import LinkPurpose
from usecases.access import NotAllowed, Verb
from usecases.handovers import (
    Confirmed,
    ConfirmHandover,
    ConfirmResult,
    NoSuchHandover,
    RejectResult,
    confirm_handover,
    reject_handover,
)
from usecases.links import LinkDead, find_link

__all__ = [
    "Counting",
    "awaiting_router",
    "handover_forms",
    "handover_router",
    "open_by_link",
    "say_resolved",
]


SHOWN_MAX = 10


class Counting(StatesGroup):
    """«Сумма не та»: the counted sum, then a word about the difference."""

    sum = State()
    comment = State()


def awaiting_router(texts: Texts) -> Router:
    """«Ждут приёма»: a press reaches the bot for minutes only, so a list does the same."""
    router = Router(name="awaiting")
    router.message.register(_awaiting, asked(texts, "key-awaiting", "awaiting"))
    return router


def handover_router() -> Router:
    """Presses on the card of a handover."""
    router = Router(name="handover")
    router.callback_query.register(_accept, Pressed(Act.HANDOVER_ACCEPT, 1))
    router.callback_query.register(_other, Pressed(Act.HANDOVER_OTHER, 1))
    router.callback_query.register(_reject, Pressed(Act.HANDOVER_REJECT, 1))
    return router


def handover_forms() -> Router:
    """Answers to the two questions; they come before anything that reads sums."""
    router = Router(name="handover-forms")
    router.message.register(_counted, Counting.sum, F.text, ~F.text.startswith("/"))
    router.message.register(_commented, Counting.comment, F.text, ~F.text.startswith("/"))
    return router


async def open_by_link(delivery: Delivery, token: str) -> None:
    """Somebody opened `?start=h_…`: show the card to those who may accept, say it to others."""
    if not await may(delivery, Verb.ACCEPT_HANDOVER):
        return
    link = await find_link(delivery.unit, LinkPurpose.HANDOVER, token)
    if isinstance(link, LinkDead):
        await delivery.answer("handover-link-dead")
        return
    await delivery.show_below(f"handover:{link.thing}")


async def say_resolved(delivery: Delivery, resolution: Resolution) -> None:
    """Somebody was first: who, and when."""
    when = delivery.texts.time(resolution.at)
    if delivery.company.today(resolution.at) != delivery.today:
        when = delivery.texts.instant(resolution.at)
    await delivery.tell(f"already-{resolution.ending.value}", by=resolution.by, when=when)


async def _awaiting(_message: Message, delivery: Delivery) -> None:
    if not await may(delivery, Verb.ACCEPT_HANDOVER):
        return
    waiting = await delivery.unit.pending.open_handovers()
    if not waiting:
        await delivery.answer("awaiting-none")
    for one in waiting[:SHOWN_MAX]:
        await delivery.show_below(one.thing)


async def _accept(_query: object, press: Press, delivery: Delivery, state: FSMContext) -> None:
    outcome = await _confirm(delivery, press.args[0])
    await _leave(state, press.args[0])
    await _said(delivery, outcome)


async def _other(_query: object, press: Press, delivery: Delivery, state: FSMContext) -> None:
    if not await may(delivery, Verb.ACCEPT_HANDOVER):
        return
    found = await delivery.unit.pending.handover(press.args[0])
    if found is None:
        await delivery.tell("handover-none")
        return
    resolution = await delivery.unit.pending.resolution(found.thing)
    if resolution is not None:
        await say_resolved(delivery, resolution)
        return
    if found.person == delivery.actor.id:
        await delivery.tell("handover-own")
        return
    await state.set_state(Counting.sum)
    await state.set_data({"handover": found.id})
    await ask(delivery, "handover-how-much", declared=found.declared)


async def _reject(_query: object, press: Press, delivery: Delivery, state: FSMContext) -> None:
    answered = Answered(delivery.actor.id, delivery.sender.received_at)
    outcome = await reject_handover(
        delivery.unit, delivery.actor, press.args[0], answered, reason=""
    )
    await _leave(state, press.args[0])
    await _said(delivery, outcome)


async def _counted(message: Message, delivery: Delivery, state: FSMContext) -> None:
    data = await state.get_data()
    counted = parse_amount((message.text or "").strip(), delivery.company.currency)
    if isinstance(counted, BadAmount):
        await ask(delivery, "sum-unclear", why=bad_amount_words(delivery.texts, counted))
        return
    outcome = await _confirm(delivery, data["handover"], counted)
    if isinstance(outcome, CommentNeeded):
        await state.set_state(Counting.comment)
        await state.set_data(data | {"counted": counted.minor})
        await ask(delivery, "handover-why-short", shortage=outcome.shortage)
        return
    if isinstance(outcome, CountedMore):
        await ask(delivery, "handover-counted-more", excess=outcome.excess)
        return
    await state.clear()
    await _said(delivery, outcome)


async def _commented(message: Message, delivery: Delivery, state: FSMContext) -> None:
    data = await state.get_data()
    await state.clear()
    counted = Money(int(data["counted"]), delivery.company.currency)
    outcome = await _confirm(delivery, data["handover"], counted, message.text or "")
    await _said(delivery, outcome)


async def _confirm(
    delivery: Delivery, handover: str, counted: Money | None = None, comment: str = ""
) -> ConfirmResult:
    answered = Answered(delivery.actor.id, delivery.sender.received_at)
    command = ConfirmHandover(handover, answered, counted, comment)
    return await confirm_handover(delivery.unit, delivery.company, delivery.actor, command)


async def _said(delivery: Delivery, outcome: ConfirmResult | RejectResult) -> None:
    match outcome:
        case Confirmed(_, accepted):
            await _pass_by(delivery, "handover-accepted-toast", counted=accepted.counted)
        case Rejected():
            await _pass_by(delivery, "handover-rejected-toast")
        case CountedMore(excess):
            await delivery.tell("handover-counted-more", excess=excess)
        case CommentNeeded(shortage):
            await delivery.tell("handover-why-short", shortage=shortage)
        case _:
            await _said_refusal(delivery, outcome)


async def _said_refusal(
    delivery: Delivery,
    outcome: AlreadyResolved | OwnHandover | Expired | NoSuchHandover | NotAllowed,
) -> None:
    match outcome:
        case AlreadyResolved(resolution):
            await say_resolved(delivery, resolution)
        case OwnHandover():
            await delivery.tell("handover-own")
        case Expired(at):
            await delivery.tell("handover-expired", at=at)
        case NoSuchHandover():
            await delivery.tell("handover-none")
        case NotAllowed():
            await say_not_allowed(delivery, outcome)
        case _:
            assert_never(outcome)


async def _pass_by(delivery: Delivery, name: str, **values: Money) -> None:
    """The card says it too; after a typed sum it may stand far above, so it is said again."""
    if delivery.sender.pressed:
        delivery.toast(name, **values)
    else:
        await delivery.answer(name, **values)


async def _leave(state: FSMContext, handover: str) -> None:
    """A question about this handover is answered by the press."""
    if (await state.get_data()).get("handover") == handover:
        await state.clear()

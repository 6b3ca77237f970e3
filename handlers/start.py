"""Meeting people: the owner by the console's code, everybody else by a link; strangers politely."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import JOIN_TRANSITION, ChatMemberUpdatedFilter, CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common import Works
from handlers.delivery import Delivery
from handlers.handover import open_by_link
from handlers.lost import lose_contact
from handlers.menus import menu_of
from store.records import Person
from usecases.links import LinkDead
from usecases.people import Joined, Newcomer, accept_invite, claim_ownership

__all__ = ["door_router", "start_router"]

INVITE = "i_"
HANDOVER = "h_"
CODE_DIGITS = 8


def door_router() -> Router:
    """Whoever does not work here gets no further than this; neither do groups."""
    router = Router(name="door")
    router.message.register(_ignored, F.chat.type != ChatType.PRIVATE)
    router.edited_message.register(_ignored, F.chat.type != ChatType.PRIVATE)
    router.my_chat_member.register(_came_back, ChatMemberUpdatedFilter(JOIN_TRANSITION))
    router.my_chat_member.register(_left)
    router.message.register(_stranger_starts, CommandStart(), ~Works())
    router.message.register(_stranger_types_code, F.text.regexp(r"^\s*\d{8}\s*$"), ~Works())
    router.message.register(_stranger, ~Works())
    router.edited_message.register(_ignored, ~Works())
    router.callback_query.register(_stranger_presses, ~Works())
    return router


def start_router() -> Router:
    """`/start` of people who work here."""
    router = Router(name="start")
    router.message.register(_start, CommandStart())
    return router


async def greet(delivery: Delivery, person: Person) -> None:
    """Say who the person is here, and give them their keys."""
    role = delivery.texts.plain(f"role-{person.role.value}")
    html = delivery.texts.html(f"welcome-{person.role.value}", name=person.name, role=role)
    await delivery.say(html, menu=menu_of(person, delivery.texts))


async def _start(
    _message: Message, delivery: Delivery, command: CommandObject, state: FSMContext
) -> None:
    await state.clear()
    payload = (command.args or "").strip()
    if payload.startswith(HANDOVER):
        await open_by_link(delivery, payload.removeprefix(HANDOVER))
    elif payload.startswith(INVITE):
        await delivery.answer("invite-works-here-already", name=delivery.actor.name)
    else:
        await greet(delivery, delivery.actor)


async def _stranger_starts(_message: Message, delivery: Delivery, command: CommandObject) -> None:
    payload = (command.args or "").strip()
    if payload.startswith(INVITE):
        token = payload.removeprefix(INVITE)
        outcome = await accept_invite(delivery.unit, _newcomer(delivery), token)
        await _welcome(delivery, outcome, "invite-dead")
    elif payload:
        await _claim(delivery, payload)
    else:
        await _stranger_politely(delivery)


async def _stranger_types_code(message: Message, delivery: Delivery) -> None:
    await _claim(delivery, message.text or "")


async def _claim(delivery: Delivery, code: str) -> None:
    outcome = await claim_ownership(delivery.unit, _newcomer(delivery), code)
    await _welcome(delivery, outcome, "code-wrong")


async def _welcome(delivery: Delivery, outcome: Joined | LinkDead, refused: str) -> None:
    if isinstance(outcome, LinkDead):
        await delivery.answer(refused)
    else:
        await greet(delivery, outcome.person)


async def _stranger(_message: Message, delivery: Delivery) -> None:
    await _stranger_politely(delivery)


async def _stranger_presses(_query: CallbackQuery, delivery: Delivery) -> None:
    delivery.alert("access-closed")


async def _stranger_politely(delivery: Delivery) -> None:
    """One line with their id, at most once a day: nobody's chat is to be flooded by us."""
    name = f"stranger:{delivery.sender.user}"
    today = delivery.today.isoformat()
    if await delivery.unit.upkeep.setting(name) == today:
        return
    await delivery.unit.upkeep.set_setting(name, today)
    text = "stranger" if delivery.person is None else "access-closed"
    await delivery.answer(text, id=str(delivery.sender.user))


async def _left(_event: object, delivery: Delivery) -> None:
    await lose_contact(delivery.unit, delivery.texts, delivery.sender.user)


async def _came_back(_event: object) -> None:
    """They will write next, and then the worker knows that they can be written to."""


async def _ignored(_event: object) -> None:
    """A group is never a place for balances."""


def _newcomer(delivery: Delivery) -> Newcomer:
    return Newcomer(delivery.sender.user, delivery.sender.name)

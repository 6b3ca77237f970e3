"""The last answers: for every text, command and press that nothing else understood.

Each says what happened, that nothing changed, and what would work.
"""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common import Pressed
from handlers.delivery import Delivery
from handlers.keys import Act
from handlers.menus import menu_of

__all__ = ["cancel_router", "fallback_router"]


def cancel_router() -> Router:
    """The way out of every question."""
    router = Router(name="cancel")
    router.callback_query.register(_cancelled, Pressed(Act.CANCEL, 0))
    return router


def fallback_router() -> Router:
    """Comes last."""
    router = Router(name="fallback")
    router.message.register(_command, F.text.startswith("/"))
    router.message.register(_text, F.text)
    router.message.register(_other)
    router.callback_query.register(_stale)
    return router


async def _cancelled(_query: CallbackQuery, delivery: Delivery, state: FSMContext) -> None:
    await state.clear()
    await delivery.turn(delivery.texts.html("cancelled"))


async def _command(message: Message, delivery: Delivery) -> None:
    word = (message.text or "").split()[0][:40]
    await _say(delivery, "unknown-command", word)


async def _text(message: Message, delivery: Delivery) -> None:
    await _say(delivery, "unknown-text", (message.text or "")[:100])


async def _other(_message: Message, delivery: Delivery) -> None:
    await _say(delivery, "unknown-kind", "")


async def _say(delivery: Delivery, name: str, text: str) -> None:
    texts, person = delivery.texts, delivery.actor
    hint = texts.html(f"hint-{person.role.value}")
    html = texts.html(name, text=text, hint=hint)
    await delivery.say(html, menu=menu_of(person, texts))


async def _stale(_query: CallbackQuery, delivery: Delivery) -> None:
    delivery.alert("stale-button")

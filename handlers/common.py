"""What every conversation needs: filters of presses and people, sentences for refusals."""

from typing import Any

from aiogram import F
from aiogram.filters import Command, Filter, or_f
from aiogram.types import CallbackQuery, TelegramObject

from handlers.delivery import Delivery
from handlers.keys import Act, Key, Press, read_press
from handlers.texts import Texts, Value
from ledger.money import BadAmount
from usecases.access import NotAllowed, Verb, refusal
from usecases.posting import MonthClosed

__all__ = [
    "Pressed",
    "Works",
    "ask",
    "asked",
    "bad_amount_words",
    "command",
    "may",
    "say_month_closed",
    "say_not_allowed",
]


class Pressed(Filter):
    """Lets a press of one act through and gives it to the handler as `press`."""

    def __init__(self, act: Act, args: int) -> None:
        """`args` is how many arguments such a press carries; another number is not ours."""
        self._act = act
        self._args = args

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Any]:
        """Whether the press is of the act."""
        press: Press | None = read_press(query.data or "")
        if press is None or press.act is not self._act or len(press.args) != self._args:
            return False
        return {"press": press}


def asked(texts: Texts, key: str, command: str) -> Any:
    """The filter of a key of the menu and of the command that does the same."""
    # The mention is not compared: asking Telegram for our own name is no matter of a transaction.
    return or_f(F.text == texts.plain(key), Command(command, ignore_mention=True))


def command(name: str) -> Command:
    """The filter of a command, with whatever follows it."""
    return Command(name, ignore_mention=True)


class Works(Filter):
    """Lets through only people who work here, in their private chats."""

    async def __call__(self, event: TelegramObject, delivery: Delivery) -> bool:  # noqa: ARG002 - aiogram gives the event first
        """Whether the sender is somebody of the company."""
        return delivery.person is not None and delivery.person.active


async def say_not_allowed(delivery: Delivery, refused: NotAllowed) -> None:
    """Whose business it is, and that nothing happened."""
    words = delivery.texts.plain(f"verb-{refused.verb.value}")
    await delivery.tell("not-allowed", what=words)


async def say_month_closed(delivery: Delivery, outcome: MonthClosed) -> None:
    """Which month is closed, and who opens it."""
    await delivery.tell("month-closed", month=delivery.texts.month(outcome.day))


def bad_amount_words(texts: Texts, problem: BadAmount) -> str:
    """Why a text is not a sum, and what would be one."""
    return texts.plain(f"bad-amount-{problem.reason.value}", text=problem.text)


async def ask(delivery: Delivery, name: str, /, **values: Value) -> None:
    """Put a question, with a way out of it."""
    cancel = [[Key(delivery.texts.plain("key-cancel"), Press(Act.CANCEL))]]
    await delivery.say(delivery.texts.html(name, **values), cancel)


async def may(delivery: Delivery, verb: Verb) -> bool:
    """Whether the person may; those who may not are told so.

    Use cases ask again. This is for looking at things, which has no use case of its own.
    """
    refused = refusal(delivery.actor, verb)
    if refused is not None:
        await say_not_allowed(delivery, refused)
    return refused is None

"""What every conversation needs: filters of presses and people, sentences for refusals."""

from typing import Any

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, TelegramObject

from handlers.delivery import Delivery
from handlers.keys import Act, Press, read_press
from handlers.texts import Texts
from ledger.money import BadAmount
from usecases.access import NotAllowed
from usecases.posting import MonthClosed

__all__ = ["Pressed", "Works", "bad_amount_words", "say_month_closed", "say_not_allowed"]


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

"""Our own getUpdates loop: a batch is stored in one transaction, and only then acknowledged.

aiogram's own polling acknowledges an update when its task is created and loses it when the process
dies (facts: telegram.md 2.1).
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramConflictError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod

from handlers.intake import ALLOWED_UPDATES, arrival_of
from handlers.texts import Texts
from store.database import Store
from world.clock import Clock
from world.points import reached

__all__ = ["Polled", "Poller", "PollerStopped", "RawUpdates", "Unavailable"]

log = structlog.get_logger()
BATCH_UPDATES_MAX = 100
WAIT_S_MAX = 60
ANSWER_MARGIN_S = 10

OFF_DUTY_S = 2

_Result = TypeVar("_Result")
OnDuty = Callable[[], Awaitable[bool]]


async def _always() -> bool:
    return True


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates whose answer is not parsed: one strange update must not stop the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int
    limit: int
    timeout: int
    allowed_updates: list[str]


@dataclass(frozen=True, slots=True)
class Polled:
    """So many updates came and are stored."""

    updates: int


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Telegram did not answer; ask again after that many seconds."""

    reason: str
    after_s: int


@dataclass(frozen=True, slots=True)
class PollerStopped:
    """Polling cannot go on; the sentence says why and what to do."""

    sentence: str


PollOutcome = Polled | Unavailable | PollerStopped


class Poller:
    """Takes updates from Telegram into the inbox; one per bot."""

    def __init__(self, bot: Bot, store: Store, clock: Clock, texts: Texts, timeout_s: int) -> None:
        """`timeout_s` is how long Telegram may hold a poll (at most 50; 0: ask and go)."""
        self._bot = bot
        self._store = store
        self._clock = clock
        self._texts = texts
        self._timeout_s = timeout_s
        self._offset = 0
        self._failures = 0

    async def run(
        self, stop: asyncio.Event, wake: Callable[[], None], on_duty: OnDuty = _always
    ) -> PollerStopped | None:
        """Poll until `stop`, or until Telegram says that it makes no sense.

        `wake` is called when something new was stored. Only an instance that is `on_duty` polls:
        Telegram refuses two at once.
        """
        while not stop.is_set():
            if not await on_duty():
                await _unless(stop, self._clock.sleep(OFF_DUTY_S))
                continue
            # A held poll has stored everything it acknowledged: it may be cut off, storing may not.
            asked = await _unless(stop, self._ask())
            match asked:
                case None:
                    return None
                case list():
                    await self._keep(asked)
                    if asked:
                        wake()
                case Unavailable(reason, after_s):
                    log.warning("telegram is not reached", reason=reason, again_after_s=after_s)
                    await _unless(stop, self._clock.sleep(after_s))
                case PollerStopped():
                    return asked
        return None

    async def run_once(self) -> PollOutcome:
        """Ask once, store what came, and only then let the next question acknowledge it."""
        asked = await self._ask()
        if not isinstance(asked, list):
            return asked
        await self._keep(asked)
        return Polled(len(asked))

    async def _ask(self) -> list[dict[str, Any]] | Unavailable | PollerStopped:
        question = RawUpdates(
            offset=self._offset,
            limit=BATCH_UPDATES_MAX,
            timeout=self._timeout_s,
            allowed_updates=list(ALLOWED_UPDATES),
        )
        reached("poll:before-call")
        try:
            updates = await self._bot(question, self._timeout_s + ANSWER_MARGIN_S)
        except TelegramConflictError:
            return PollerStopped(self._texts.plain("poller-conflict"))
        except TelegramUnauthorizedError:
            return PollerStopped(self._texts.plain("poller-unauthorized"))
        except TelegramRetryAfter as error:
            return Unavailable(str(error), error.retry_after)
        except (TelegramAPIError, ClientDecodeError) as error:
            self._failures += 1
            return Unavailable(str(error), min(2**self._failures, WAIT_S_MAX))
        reached("poll:after-call")
        self._failures = 0
        return updates

    async def _keep(self, updates: list[dict[str, Any]]) -> None:
        arrivals = [arrival for arrival in map(arrival_of, updates) if arrival is not None]
        if not arrivals:
            # Everything is acknowledged. After a silent week ids begin anew, maybe lower: an old
            # offset would acknowledge them unseen, and the inbox knows what it has.
            self._offset = 0
            return
        reached("inbox:before-store")
        async with self._store.write("inbox") as unit:
            await unit.inbox.keep(arrivals)
        self._offset = max(int(arrival.id) for arrival in arrivals) + 1


async def _unless(stop: asyncio.Event, action: Coroutine[Any, Any, _Result]) -> _Result | None:
    """The result of an action that a stop cuts off; None: it was cut off."""
    acting, stopping = asyncio.ensure_future(action), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({acting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return acting.result() if acting.done() else None
    finally:
        stopping.cancel()
        acting.cancel()
        await asyncio.gather(acting, stopping, return_exceptions=True)

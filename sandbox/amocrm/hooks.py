"""Webhooks as amoCRM sends them: form posts with PHP brackets, 2 seconds' patience, retries.

    leads[status][0][id]=25399013&leads[status][0][status_id]=142&…&account[id]=7039099

A failed post comes again after 5, 15, 15 and 60 minutes of the clock (the last two only after a
timeout or a code from 499 up); nothing is signed, nothing is ordered. More than a hundred bad
answers within two hours switch a hook off. The waiting never moves a clock that stands still.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from sandbox.amocrm.crm import Crm
from sandbox.amocrm.hook_body import event_body
from sandbox.amocrm.records import LeadAction, LeadEvent, NoteEvent
from world.clock import Clock
from world.identity import Chance

__all__ = ["HOOK_SETTINGS", "Delivery", "Hook", "Hooks", "Unruly"]

ANSWER_S_MAX = 2.0
RETRY_AFTER_S = (300, 900, 900, 3600)
RETRIES_FOR_ANY_CODE = 2
BAD_ANSWERS_MAX = 100
BAD_ANSWERS_WITHIN = timedelta(hours=2)
POLL_REAL_S = 0.05
POSTS_AT_ONCE_MAX = 20
HOOKS_MAX = 100
KEPT_MAX = 10_000
_ENTITIES = ("lead", "contact", "company")
HOOK_SETTINGS = frozenset(
    {
        f"{verb}_{thing}"
        for verb in LeadAction
        if verb is not LeadAction.STATUS
        for thing in _ENTITIES
    }
    | {f"note_{thing}" for thing in _ENTITIES}
    | {f"{verb}_task" for verb in ("add", "update", "delete", "responsible")}
    | {"status_lead"}
)


@dataclass(frozen=True, slots=True)
class Hook:
    """A subscription."""

    id: int
    destination: str
    settings: tuple[str, ...]
    created_at: int
    updated_at: int
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """One post on its way; `attempt` counts from 0."""

    destination: str
    body: str
    due: datetime
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Unruly:
    """How badly the network treats deliveries: copies of each, and a share that comes late."""

    chance: Chance
    copies_max: int = 1
    late_share: float = 0.0
    late: timedelta = timedelta(days=1)


@dataclass(slots=True)
class Hooks:
    """The subscriptions of one account and the posts under way."""

    clock: Clock
    crm: Crm
    unruly: Unruly | None = None
    subscriptions: dict[str, Hook] = field(default_factory=dict)
    waiting: list[Delivery] = field(default_factory=list)
    delivered: deque[Delivery] = field(default_factory=lambda: deque(maxlen=KEPT_MAX))
    dropped: deque[Delivery] = field(default_factory=lambda: deque(maxlen=KEPT_MAX))
    _bad: dict[str, deque[datetime]] = field(default_factory=dict)
    _posting: set[asyncio.Task[None]] = field(default_factory=set)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def subscribe(self, destination: str, settings: Iterable[str]) -> Hook:
        """Subscribe, or change the settings of a destination; either switches it on again."""
        now = int(self.clock.now().timestamp())
        known = self.subscriptions.get(destination)
        hook = Hook(
            id=len(self.subscriptions) + 1 if known is None else known.id,
            destination=destination,
            settings=tuple(settings),
            created_at=now if known is None else known.created_at,
            updated_at=now,
        )
        self.subscriptions[destination] = hook
        self._bad.pop(destination, None)
        return hook

    def unsubscribe(self, destination: str) -> bool:
        """Forget a destination and what was on its way there; False when it was not known."""
        self.waiting = [one for one in self.waiting if one.destination != destination]
        return self.subscriptions.pop(destination, None) is not None

    def tell(self, event: LeadEvent | NoteEvent) -> None:
        """Put an event on its way to everybody who asked for its kind."""
        wanted = "note_lead" if isinstance(event, NoteEvent) else f"{event.action}_lead"
        body = urlencode(event_body(self.crm.catalog, event))
        for hook in self.subscriptions.values():
            if wanted in hook.settings and not hook.disabled:
                self.waiting += [
                    Delivery(hook.destination, body, due) for due in self._due_instants()
                ]
        self._news.set()

    async def settle(self, real_s_max: float = 10.0) -> None:
        """Wait until nothing that is due at the clock's instant is still on its way."""
        async with asyncio.timeout(real_s_max):
            while self._posting or self._due():
                await _pause(POLL_REAL_S / 5)

    async def run(self, _app: web.Application) -> AsyncIterator[None]:
        """The stand-in's background task, for `Application.cleanup_ctx`."""
        timeout = aiohttp.ClientTimeout(total=ANSWER_S_MAX)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            worker = asyncio.create_task(self._work(session))
            yield
            tasks = [worker, *self._posting]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _work(self, session: aiohttp.ClientSession) -> None:
        while True:
            for delivery in self._due()[: POSTS_AT_ONCE_MAX - len(self._posting)]:
                self.waiting.remove(delivery)
                task = asyncio.create_task(self._deliver(session, delivery))
                self._posting.add(task)
                task.add_done_callback(self._posting.discard)
            self._news.clear()
            await _pause(POLL_REAL_S, self._news)

    async def _deliver(self, session: aiohttp.ClientSession, delivery: Delivery) -> None:
        try:
            status = await _post(session, delivery)
        except asyncio.CancelledError:
            self.waiting.append(delivery)
            raise
        if status is not None and 100 <= status < 300:
            self.delivered.append(delivery)
            return
        self._count_bad(delivery.destination)
        hook = self.subscriptions.get(delivery.destination)
        retries = RETRIES_FOR_ANY_CODE if status and status < 499 else len(RETRY_AFTER_S)
        if hook is None or hook.disabled or delivery.attempt >= retries:
            self.dropped.append(delivery)
            return
        wait = timedelta(seconds=RETRY_AFTER_S[delivery.attempt])
        again = replace(delivery, due=self.clock.now() + wait, attempt=delivery.attempt + 1)
        self.waiting.append(again)

    def _count_bad(self, destination: str) -> None:
        now = self.clock.now()
        bad = self._bad.setdefault(destination, deque())
        bad.append(now)
        while bad[0] < now - BAD_ANSWERS_WITHIN:
            bad.popleft()
        hook = self.subscriptions.get(destination)
        if hook is not None and len(bad) > BAD_ANSWERS_MAX:
            self.subscriptions[destination] = replace(hook, disabled=True)

    def _due(self) -> list[Delivery]:
        now = self.clock.now()
        return [delivery for delivery in self.waiting if delivery.due <= now]

    def _due_instants(self) -> list[datetime]:
        now = self.clock.now()
        if self.unruly is None:
            return [now]
        chance = self.unruly.chance
        copies = chance.randint(1, self.unruly.copies_max)
        lateness = [chance.random() < self.unruly.late_share for _ in range(copies)]
        return [now + self.unruly.late if is_late else now for is_late in lateness]


async def _post(session: aiohttp.ClientSession, delivery: Delivery) -> int | None:
    """The answer's code; None when there was none in time."""
    headers: Mapping[str, str] = {
        "Content-Type": "application/x-www-form-urlencoded",
        "User-Agent": "amoCRM-Webhooks/3.0",
    }
    with suppress(aiohttp.ClientError, TimeoutError):
        async with session.post(
            delivery.destination, data=delivery.body, headers=headers, allow_redirects=False
        ) as answer:
            return answer.status
    return None


async def _pause(real_s: float, news: asyncio.Event | None = None) -> None:
    # Real time on purpose: a sleep of a clock that stands still would move it for everybody.
    with suppress(TimeoutError):
        await asyncio.wait_for((news or asyncio.Event()).wait(), real_s)

"""Delivering the outbox: claim with a lease, call outside of any transaction, settle.

Each channel (spreadsheet, CRM, Telegram) says of every row what became of it, by its own rule for
an answer that never came. Attempts are bounded; a row that is given up is a dead letter that the
owner sees and can drive again (DESIGN 4, "Outbox").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, assert_never

import structlog

from store.database import Store
from store.records import OutboxRow
from store.unit import UnitOfWork
from world.clock import Clock
from world.identity import Chance
from world.points import reached

__all__ = [
    "Ambiguous",
    "Channel",
    "Delivered",
    "DeliveryOutcome",
    "Dispatcher",
    "Limits",
    "Refused",
    "Throttled",
    "Waits",
]

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Delivered:
    """It is there. `trace` is what the channel keeps of it (a message's or a note's id)."""

    trace: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """It certainly did not arrive. `final`: no repeat can help (it becomes a dead letter)."""

    reason: str
    final: bool = False


@dataclass(frozen=True, slots=True)
class Throttled:
    """It did not arrive because we were too fast; ask again after that many seconds."""

    after_s: int


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The answer never came: it may have arrived."""

    reason: str


@dataclass(frozen=True, slots=True)
class Waits:
    """It was not tried, because an earlier row of its lane did not arrive; no attempt is counted."""


DeliveryOutcome = Delivered | Refused | Throttled | Ambiguous | Waits


class Channel(Protocol):
    """One way out. `deliver` may call the outside and open read units, never a write one."""

    @property
    def name(self) -> str:
        """The channel's name in the outbox."""
        ...

    @property
    def batch_rows_max(self) -> int:
        """How many rows one `deliver` takes."""
        ...

    async def deliver(self, rows: Sequence[OutboxRow]) -> Sequence[DeliveryOutcome]:
        """Bring the rows out in order; one outcome for each, in the same order.

        After an outcome other than Delivered in a lane the later rows of that lane must not be
        sent: they get `Waits`.
        """
        ...

    async def settled(self, unit: UnitOfWork, row: OutboxRow, outcome: DeliveryOutcome) -> None:
        """Keep what must be kept of a delivery, in the transaction that settles the row."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of the outbox. Waits grow by doubling from `wait_s_min` to `wait_s_max`, with jitter.

    `lease` must be longer than the longest call of any channel.
    """

    attempts_max: int = 12
    wait_s_min: int = 2
    wait_s_max: int = 300
    lease: timedelta = timedelta(minutes=5)

    def __post_init__(self) -> None:
        assert self.attempts_max >= 1
        assert 0 < self.wait_s_min <= self.wait_s_max


class Dispatcher:
    """Drives one channel; several instances may drive the same one, the leases keep them apart."""

    def __init__(
        self, store: Store, channel: Channel, clock: Clock, chance: Chance, limits: Limits
    ) -> None:
        """Made by the composition root."""
        self.channel = channel
        self._store = store
        self._clock = clock
        self._chance = chance
        self._limits = limits

    async def run_once(self) -> int:
        """Deliver one batch; how many rows were claimed (0: nothing is due)."""
        name = self.channel.name
        async with self._store.write(f"outbox:{name}:claim") as unit:
            rows = await unit.outbox.claim(name, self.channel.batch_rows_max, self._limits.lease)
        if not rows:
            return 0
        assert not self._store.writing()
        reached(f"{name}:before-delivery")
        outcomes = await self.channel.deliver(rows)
        reached(f"{name}:after-delivery")
        assert len(outcomes) == len(rows)
        async with self._store.write(f"outbox:{name}:settle") as unit:
            arrived: list[OutboxRow] = []
            for row, outcome in zip(rows, outcomes, strict=True):
                await self.channel.settled(unit, row, outcome)
                if isinstance(outcome, Delivered):
                    arrived.append(row)
                else:
                    await self._settle(unit, row, outcome)
            # In one statement: a batch of the spreadsheet is hundreds of rows.
            await unit.outbox.done(arrived)
        return len(rows)

    async def _settle(
        self, unit: UnitOfWork, row: OutboxRow, outcome: Refused | Throttled | Ambiguous | Waits
    ) -> None:
        now = self._clock.now()
        match outcome:
            case Waits():
                await unit.outbox.put_back([row])
            case Throttled(after_s):
                due = now + timedelta(seconds=after_s)
                await unit.outbox.retry([row], due, "throttled", uncertain=False)
            case Refused(reason, final) if final or row.attempts >= self._limits.attempts_max:
                log.warning("dead letter", channel=row.channel, entity=row.entity, reason=reason)
                await unit.outbox.bury([row], reason)
            case Refused(reason):
                await unit.outbox.retry([row], now + self._wait(row), reason, uncertain=False)
            case Ambiguous(reason) if row.attempts >= self._limits.attempts_max:
                log.warning("dead letter", channel=row.channel, entity=row.entity, reason=reason)
                await unit.outbox.bury([row], reason)
            case Ambiguous(reason):
                await unit.outbox.retry([row], now + self._wait(row), reason, uncertain=True)
            case _:
                assert_never(outcome)

    def _wait(self, row: OutboxRow) -> timedelta:
        longest = min(
            self._limits.wait_s_max, self._limits.wait_s_min * 2 ** min(row.attempts - 1, 16)
        )
        # Half fixed, half by chance: two instances must not come back at the same instant.
        wait_ms = longest * 500 + self._chance.randrange(longest * 500)
        return timedelta(milliseconds=wait_ms)

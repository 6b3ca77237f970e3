"""Deliberately broken copies of the delivery, for a life to run: the test of the test.

mark first   the row is marked before it is sent: a kill in between loses what it said
mark last    the row is sent as if for the first time, whatever an earlier life did: a kill between
             sending and marking doubles it without a word (reliability 2, pitfall 1)
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from app.house import House
from store.database import Store
from store.records import OutboxRow
from store.unit import UnitOfWork
from usecases.dispatch import Channel, DeliveryOutcome, Dispatcher, Limits
from world.clock import Clock
from world.identity import Chance
from world.points import reached

__all__ = ["Broken", "break_house"]

SENT = "broken:marked"
LEASE = timedelta(seconds=5)


class Broken(StrEnum):
    """How the copy is broken."""

    MARK_FIRST = "mark first"
    MARK_LAST = "mark last"


def break_house(house: House, how: Broken) -> None:
    """Put broken dispatchers in place of the house's own."""
    world = house.world
    channels = [one.channel for one in house.dispatchers]
    match how:
        case Broken.MARK_FIRST:
            house.dispatchers = [_MarkFirst(house.store, one) for one in channels]
        case Broken.MARK_LAST:
            house.dispatchers = [
                _plain(house.store, _Forgetful(one), world.clock, world.chance) for one in channels
            ]


def _plain(store: Store, channel: Channel, clock: Clock, chance: Chance) -> Dispatcher:
    return Dispatcher(store, channel, clock, chance, Limits(wait_s_min=1, wait_s_max=2))


class _MarkFirst(Dispatcher):
    def __init__(self, store: Store, channel: Channel) -> None:
        self.channel = channel
        self._store = store

    async def run_once(self) -> int:
        name, size = self.channel.name, self.channel.batch_rows_max
        async with self._store.write("broken:mark") as unit:
            rows = await unit.outbox.claim(name, size, LEASE)
            await unit.outbox.done(rows)
        if rows:
            reached(f"{SENT}:{name}")
            await self.channel.deliver(rows)
        return len(rows)


@dataclass(frozen=True, slots=True)
class _Forgetful:
    """A channel that is never told that a row may have arrived."""

    inner: Channel

    @property
    def name(self) -> str:
        return self.inner.name

    @property
    def batch_rows_max(self) -> int:
        return self.inner.batch_rows_max

    async def deliver(self, rows: Sequence[OutboxRow]) -> Sequence[DeliveryOutcome]:
        return await self.inner.deliver(
            [replace(one, uncertain=False, attempts=1) for one in rows]
        )

    async def settled(self, unit: UnitOfWork, row: OutboxRow, outcome: DeliveryOutcome) -> None:
        await self.inner.settled(unit, row, outcome)

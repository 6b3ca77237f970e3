"""One measure of calls for all spreadsheets of a service account."""

import asyncio
from datetime import timedelta

from sheets.quota import Quota, Quotas
from world.clock import VirtualClock


async def test_no_minute_holds_more_calls_than_allowed(clock: VirtualClock) -> None:
    quota, times = Quota(5), []
    for _ in range(23):
        await quota.taken(clock)
        times.append(clock.now())
        clock.advance(timedelta(seconds=3))
    for first in times:
        inside = [one for one in times if first <= one < first + timedelta(minutes=1)]
        assert len(inside) <= 5


async def test_waiting_together_does_not_let_two_through_at_once(clock: VirtualClock) -> None:
    quota = Quota(2)
    started = clock.now()

    async def one() -> timedelta:
        await quota.taken(clock)
        return clock.now() - started

    waits = sorted(await asyncio.gather(*(one() for _ in range(6))))
    minutes = [wait // timedelta(minutes=1) for wait in waits]
    assert minutes == [0, 0, 1, 1, 2, 2]


async def test_half_of_a_minute_comes_at_once_and_the_rest_evenly(clock: VirtualClock) -> None:
    quota, started, seconds = Quota(10), clock.now(), []
    for _ in range(12):
        await quota.taken(clock)
        seconds.append((clock.now() - started).total_seconds())
    assert seconds == [0, 0, 0, 0, 0, 6, 12, 18, 24, 30, 60, 66]


async def test_who_keeps_places_free_waits_earlier(clock: VirtualClock) -> None:
    quota, started = Quota(10), clock.now()
    for _ in range(4):
        await quota.taken(clock, keep_free=6)
    assert clock.now() < started + timedelta(minutes=1)
    await quota.taken(clock)
    await quota.taken(clock, keep_free=6)
    assert clock.now() == started + timedelta(minutes=1)


def test_reads_and_writes_are_counted_apart() -> None:
    quotas = Quotas()
    assert quotas.reads is not quotas.writes

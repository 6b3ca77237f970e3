"""The inbox: kept once, worked in order per lane, tried again, given up, forgotten."""

from datetime import timedelta

import pytest

from store.database import Store
from store.inbox import Arrival
from store.records import InboxRow
from tests.store.coherent import assert_store_coherent
from world.clock import VirtualClock

TELEGRAM = "telegram"


async def test_an_arrival_is_kept_once(store: Store) -> None:
    assert await _keep(store, "1@a", "2@a", "1@a") == 2
    assert await _keep(store, "2@a", "3@a") == 1

    async with store.read() as unit:
        assert await unit.inbox.open_count() == 3
    assert await _next(store) == ["1"]
    await assert_store_coherent(store)


async def test_two_sources_may_give_the_same_id(store: Store) -> None:
    await _keep(store, "1@a")

    async with store.write("test") as unit:
        assert await unit.inbox.keep([Arrival("amocrm", "1", "a", "{}")]) == 1

    assert await _next(store) == ["1"]
    await assert_store_coherent(store)


async def test_each_lane_shows_its_first_row_in_order_of_arrival(store: Store) -> None:
    await _keep(store, "9@b", "1@a", "2@a", "3@c", "4@b")

    assert await _next(store) == ["9", "1", "3"]
    assert await _next(store, limit=2) == ["9", "1"]
    await assert_store_coherent(store)


async def test_a_done_row_lets_the_next_of_its_lane_through(store: Store) -> None:
    await _keep(store, "1@a", "2@a", "3@b")
    first = (await _rows(store))[0]

    await _do(store, first)

    assert await _next(store) == ["2", "3"]
    async with store.read() as unit:
        assert await unit.inbox.is_done(first)
    await assert_store_coherent(store)


async def test_a_failed_row_holds_up_its_lane_until_it_is_due(
    store: Store, clock: VirtualClock
) -> None:
    await _keep(store, "1@a", "2@a", "3@b")
    await _fail(store, (await _rows(store))[0], timedelta(seconds=30))

    assert await _next(store) == ["3"]
    clock.advance(timedelta(seconds=30))

    again = await _rows(store)
    assert [(row.id, row.tries) for row in again] == [("1", 1), ("3", 0)]
    await assert_store_coherent(store)


async def test_a_dead_row_frees_its_lane_and_is_reported(store: Store) -> None:
    await _keep(store, "1@a", "2@a")
    await _fail(store, (await _rows(store))[0], None)

    assert await _next(store) == ["2"]
    async with store.read() as unit:
        assert [row.id for row in await unit.inbox.dead()] == ["1"]
        assert await unit.inbox.open_count() == 1
    await assert_store_coherent(store)


async def test_an_effect_that_is_rolled_back_leaves_the_row_open(store: Store) -> None:
    await _keep(store, "1@a")
    row = (await _rows(store))[0]

    with pytest.raises(ZeroDivisionError):
        await _do_and_fail(store, row)

    assert await _next(store) == ["1"]
    await assert_store_coherent(store)


async def test_done_rows_are_forgotten_after_a_week_and_order_goes_on(
    store: Store, clock: VirtualClock
) -> None:
    await _keep(store, "1@a")
    await _do(store, (await _rows(store))[0])
    clock.advance(timedelta(days=8))
    await _keep(store, "2@a")

    async with store.write("test") as unit:
        await unit.inbox.purge()

    assert await _keep(store, "2@a", "1@a") == 1
    assert await _next(store) == ["2"]
    await assert_store_coherent(store)


async def test_a_crowded_lane_does_not_hide_the_others(store: Store) -> None:
    crowd = [f"{number}@a" for number in range(300)]
    await _keep(store, *crowd, "x@b", "y@c")

    assert await _next(store, limit=3) == ["0", "x", "y"]
    await assert_store_coherent(store)


async def _keep(store: Store, *arrivals: str) -> int:
    """Keep `id@lane`s."""
    pairs = [one.split("@") for one in arrivals]
    async with store.write("test") as unit:
        return await unit.inbox.keep(Arrival(TELEGRAM, one, lane, "{}") for one, lane in pairs)


async def _rows(store: Store, limit: int = 10) -> list[InboxRow]:
    async with store.read() as unit:
        return await unit.inbox.next(TELEGRAM, limit)


async def _next(store: Store, limit: int = 10) -> list[str]:
    return [row.id for row in await _rows(store, limit)]


async def _do(store: Store, row: InboxRow) -> None:
    async with store.write("test") as unit:
        await unit.inbox.done(row)


async def _do_and_fail(store: Store, row: InboxRow) -> None:
    async with store.write("test") as unit:
        await unit.inbox.done(row)
        raise ZeroDivisionError


async def _fail(store: Store, row: InboxRow, wait: timedelta | None) -> None:
    async with store.write("test") as unit:
        await unit.inbox.failed(row, "ValueError", wait)

"""The outbox: queued once, claimed with a lease, in order per lane, uncertain, buried, revived."""

import asyncio
from datetime import timedelta

from store.database import Store
from store.outbox import KEEP_DONE_DAYS
from store.records import OutboxRow
from tests.store.books import NOW
from tests.store.coherent import assert_store_coherent
from world.clock import VirtualClock

LEASE = timedelta(seconds=60)


async def test_a_waiting_entity_is_queued_once(store: Store) -> None:
    await _put(store, "a", "a", "b")

    rows = await _claim(store)
    await _put(store, "a")

    assert [row.entity for row in rows] == ["a", "b"]
    async with store.read() as unit:
        assert await unit.outbox.open_count("crm") == 3, "a claimed row may have been sent already"
        assert await unit.outbox.open_count("sheet") == 0
    await assert_store_coherent(store)


async def test_another_payload_is_another_row(store: Store) -> None:
    async with store.write("test") as unit:
        for payload in ({"text": "1"}, {"text": "2"}, {"text": "1"}, None, None):
            await unit.outbox.put("crm", "a", payload=payload)
        await unit.outbox.put("crm", "a", merge=False)

    rows = await _claim(store)

    assert [row.payload for row in rows] == [{"text": "1"}, {"text": "2"}, None, None]
    await assert_store_coherent(store)


async def test_a_claimed_row_is_nobody_elses_until_its_lease_lapses(
    store: Store, clock: VirtualClock
) -> None:
    await _put(store, "a")
    first = (await _claim(store))[0]

    assert await _claim(store) == []
    clock.advance(LEASE)
    second = (await _claim(store))[0]

    assert (first.attempts, first.uncertain) == (1, False)
    assert (second.attempts, second.uncertain) == (2, True), "it may have been sent"
    assert first.claim != second.claim
    await assert_store_coherent(store)


async def test_a_late_worker_settles_nothing(store: Store, clock: VirtualClock) -> None:
    await _put(store, "a")
    late = await _claim(store)
    clock.advance(LEASE)
    await _claim(store)

    async with store.write("test") as unit:
        await unit.outbox.done(late)
        await unit.outbox.bury(late, "late")
        await unit.outbox.retry(late, NOW, "late", uncertain=False)

    async with store.read() as unit:
        assert await unit.outbox.open_count() == 1
        assert await unit.outbox.next_due() == NOW + 2 * LEASE
    await assert_store_coherent(store)


async def test_a_lane_waits_for_its_claimed_row(store: Store) -> None:
    await _put(store, "a1", "a2", "b1", lane=True)
    claimed = await _claim(store, limit=1)

    others = await _claim(store)

    assert [row.entity for row in claimed] == ["a1"]
    assert [row.entity for row in others] == ["b1"]
    await assert_store_coherent(store)


async def test_a_lane_waits_for_a_row_that_is_tried_again_later(
    store: Store, clock: VirtualClock
) -> None:
    await _put(store, "a1", "a2", lane=True)
    await _retry(store, (await _claim(store, limit=1)), seconds=30)

    assert await _claim(store) == []
    clock.advance(timedelta(seconds=30))
    rows = await _claim(store)

    assert [(row.entity, row.attempts, row.uncertain) for row in rows] == [
        ("a1", 2, True),
        ("a2", 1, False),
    ]
    await assert_store_coherent(store)


async def test_the_next_instant_is_that_of_the_first_row_of_a_lane(store: Store) -> None:
    await _put(store, "a1", "a2", lane=True)
    await _retry(store, (await _claim(store, limit=1)), seconds=30)

    async with store.read() as unit:
        assert await unit.outbox.next_due() == NOW + timedelta(seconds=30)
        assert await unit.outbox.next_due("crm") == NOW + timedelta(seconds=30)
        assert await unit.outbox.next_due("sheet") is None
    await _put(store, "b1", lane=True)
    async with store.read() as unit:
        assert await unit.outbox.next_due() == NOW
    await assert_store_coherent(store)


async def test_a_buried_row_frees_its_lane_and_comes_back_on_demand(store: Store) -> None:
    await _put(store, "a1", "a2", lane=True)
    await _bury(store, await _claim(store, limit=1))
    async with store.read() as unit:
        assert [row.entity for row in await unit.outbox.dead()] == ["a1"]
    assert [row.entity for row in await _claim(store)] == ["a2"]

    async with store.write("test") as unit:
        assert await unit.outbox.revive() == 1
        assert await unit.outbox.revive() == 0

    revived = await _claim(store)
    assert [(row.entity, row.attempts) for row in revived] == [("a1", 1)]
    await assert_store_coherent(store)


async def test_claims_of_a_dead_process_are_taken_back_as_uncertain(store: Store) -> None:
    await _put(store, "a", "b", "c")
    await _claim(store, limit=2)

    async with store.write("test") as unit:
        assert await unit.outbox.take_back() == 2

    rows = [(row.entity, row.attempts, row.uncertain) for row in await _claim(store)]
    assert rows == [("a", 2, True), ("b", 2, True), ("c", 1, False)]
    await assert_store_coherent(store)


async def test_a_long_blocked_lane_does_not_hide_the_others(store: Store) -> None:
    async with store.write("test") as unit:
        for number in range(1100):
            await unit.outbox.put("crm", f"a{number}", lane="a")
        await unit.outbox.put("crm", "b", lane="b")
    await _retry(store, (await _claim(store, limit=1)), seconds=30)

    assert [row.entity for row in await _claim(store)] == ["b"]
    await assert_store_coherent(store)


async def test_delivered_rows_are_forgotten_after_a_week(
    store: Store, clock: VirtualClock
) -> None:
    await _put(store, "a", "b")
    rows = await _claim(store)
    async with store.write("test") as unit:
        await unit.outbox.done(rows[:1])
    clock.advance(timedelta(days=KEEP_DONE_DAYS, seconds=1))

    async with store.write("test") as unit:
        await unit.outbox.purge()

    assert [row.entity for row in await _claim(store)] == ["b"]
    await assert_store_coherent(store)


async def test_ten_workers_never_get_the_same_row(store: Store, another_store: Store) -> None:
    names = [f"{number}" for number in range(100)]
    await _put(store, *names)

    batches = await asyncio.gather(*(_claim(one, limit=12) for one in [store, another_store] * 5))

    claimed = [row.entity for batch in batches for row in batch]
    assert sorted(claimed, key=int) == names
    assert len({row.claim for batch in batches for row in batch}) == 9
    await assert_store_coherent(store)


async def test_two_transactions_at_once_skip_each_others_rows(postgres_store: Store) -> None:
    """Without the writers' lock too: two transactions that are rolled back claim side by side."""
    await _put(postgres_store, *(f"{number}" for number in range(6)))

    async with postgres_store.read() as one, postgres_store.read() as other:
        first = await one.outbox.claim("crm", 3, LEASE)
        second = await other.outbox.claim("crm", 6, LEASE)

    assert [row.entity for row in first] == ["0", "1", "2"]
    assert [row.entity for row in second] == ["3", "4", "5"]
    await assert_store_coherent(postgres_store)


async def _put(store: Store, *entities: str, lane: bool = False) -> None:
    """Queue entities; with `lane` the first letter is the lane."""
    async with store.write("test") as unit:
        for entity in entities:
            await unit.outbox.put("crm", entity, lane=entity[0] if lane else "")


async def _claim(store: Store, limit: int = 100) -> list[OutboxRow]:
    async with store.write("test") as unit:
        return await unit.outbox.claim("crm", limit, LEASE)


async def _retry(store: Store, rows: list[OutboxRow], seconds: int) -> None:
    due_at = NOW + timedelta(seconds=seconds)
    async with store.write("test") as unit:
        await unit.outbox.retry(rows, due_at, "timeout", uncertain=True)


async def _bury(store: Store, rows: list[OutboxRow]) -> None:
    async with store.write("test") as unit:
        await unit.outbox.bury(rows, "400")

"""One writer at a time, readers beside it, nothing lost when many come at once."""

import asyncio
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from ledger.operations import reverse
from store.database import Store
from tests.store.books import TODAY, append, expense
from tests.store.coherent import assert_store_coherent
from world.points import listen

WORKERS = 8
TURNS = 20


@pytest.fixture
def points() -> Iterator[list[str]]:
    """The points that were reached."""
    seen: list[str] = []
    listen(seen.append)
    yield seen
    listen(None)


async def test_eight_tasks_read_modify_and_write_without_a_lost_update(store: Store) -> None:
    await asyncio.gather(*(_count_up(store) for _ in range(WORKERS)))

    async with store.read() as unit:
        assert await unit.upkeep.setting("counter") == WORKERS * TURNS
    await assert_store_coherent(store)


async def test_two_instances_read_modify_and_write_without_a_lost_update(
    store: Store, another_store: Store
) -> None:
    instances = [store, another_store] * (WORKERS // 2)

    await asyncio.gather(*(_count_up(one) for one in instances))

    async with store.read() as unit:
        assert await unit.upkeep.setting("counter") == WORKERS * TURNS
    await assert_store_coherent(store)


async def test_two_instances_append_to_one_dense_chain(store: Store, another_store: Store) -> None:
    async def write(one: Store, name: str) -> None:
        for number in range(30):
            await append(one, expense(f"{name}{number}"))

    await asyncio.gather(write(store, "a"), write(another_store, "b"))

    async with another_store.read() as unit:
        head = await unit.journal.head()
    assert head is not None
    assert head[0] == 60
    await assert_store_coherent(store)


async def test_of_two_reversals_at_once_one_succeeds(store: Store, another_store: Store) -> None:
    keys = [f"e{number}" for number in range(20)]
    await append(store, *(expense(key) for key in keys))

    race = [
        _reverse(one, key, name)
        for key in keys
        for one, name in ((store, "x"), (another_store, "y"))
    ]
    won = await asyncio.gather(*race)

    assert sum(won) == len(keys)
    async with store.read() as unit:
        assert await unit.journal.count() == 2 * len(keys)
        assert not any((await unit.reports.balances()).values())
    await assert_store_coherent(store)


async def test_a_reader_sees_one_moment(store: Store) -> None:
    await append(store, expense("e1"))

    async with store.read() as unit:
        before = await unit.journal.head()
        await append(store, expense("e2"))
        assert await unit.journal.head() == before
        assert await unit.journal.count() == 1
    await assert_store_coherent(store)


async def test_what_a_reader_writes_is_forgotten(store: Store) -> None:
    async with store.read() as unit:
        await unit.journal.append(expense())

    async with store.read() as unit:
        assert await unit.journal.head() is None
    await assert_store_coherent(store)


async def test_a_failed_transaction_leaves_nothing_and_frees_the_writer(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        await _append_and_fail(store)

    await append(store, expense("e2"))
    async with store.read() as unit:
        assert await unit.journal.get("e1") is None
    await assert_store_coherent(store)


async def test_a_cancelled_transaction_leaves_nothing_and_frees_the_writer(store: Store) -> None:
    async def never_ends() -> None:
        async with store.write("test") as unit:
            await unit.journal.append(expense("e1"))
            await asyncio.Event().wait()

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(never_ends(), timeout=0.2)

    await append(store, expense("e2"))
    async with store.read() as unit:
        assert [one.operation.key async for one in unit.journal.all()] == ["e2"]
    await assert_store_coherent(store)


async def test_a_task_knows_whether_it_stands_in_a_transaction(store: Store) -> None:
    started: list[asyncio.Task[bool]] = []
    ended = asyncio.Event()

    async def later() -> bool:
        await ended.wait()
        return store.writing()

    async with store.write("test"):
        assert store.writing()
        started.append(asyncio.create_task(later()))
    ended.set()

    assert not store.writing()
    assert not await started[0], "the transaction it was started in has ended"
    await assert_store_coherent(store)


async def test_a_transaction_inside_a_transaction_is_a_mistake(store: Store) -> None:
    with pytest.raises(AssertionError, match="inside a transaction"):
        await _nested(store)

    await assert_store_coherent(store)


async def test_a_transaction_names_its_points(store: Store, points: list[str]) -> None:
    async with store.write("pay"):
        points.append("work")

    assert points == ["work", "pay:before-commit", "pay:after-commit"]
    await assert_store_coherent(store)


async def test_sqlite_keeps_what_it_promised(sqlite_store: Store) -> None:
    names = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "busy_timeout")
    async with sqlite_store.write("test") as unit:
        found = [await unit.connection.scalar(text(f"PRAGMA {name}")) for name in names]

    assert found == ["wal", 2, 1, 1, 5000]


async def test_postgresql_is_asked_for_the_right_isolation(postgres_store: Store) -> None:
    query = text("SHOW transaction_isolation")
    async with postgres_store.write("test") as writer, postgres_store.read() as reader:
        assert await writer.connection.scalar(query) == "read committed"
        assert await reader.connection.scalar(query) == "repeatable read"
        timeout = text("SHOW idle_in_transaction_session_timeout")
        assert await writer.connection.scalar(timeout) == "1min"


async def _count_up(store: Store) -> None:
    for _ in range(TURNS):
        async with store.write("test") as unit:
            counted = await unit.upkeep.setting("counter") or 0
            await asyncio.sleep(0)
            await unit.upkeep.set_setting("counter", counted + 1)


async def _reverse(store: Store, key: str, name: str) -> bool:
    async with store.write("test") as unit:
        first = await unit.journal.get(key)
        assert first is not None
        if await unit.journal.reversal_of(key) is not None:
            return False
        await unit.journal.append(reverse(first.operation, f"{name}-{key}", TODAY, name, ""))
    return True


async def _append_and_fail(store: Store) -> None:
    async with store.write("test") as unit:
        await unit.journal.append(expense("e1"))
        raise ZeroDivisionError


async def _nested(store: Store) -> None:
    async with store.write("outer"), store.write("inner"):
        pass

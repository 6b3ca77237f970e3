"""Migrations bring an empty database to exactly the tables of the code, and may be repeated."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

from ledger.seed import SEEDED_ARTICLES
from store.database import Store
from store.migrate import migrate
from store.tables import metadata
from tests.postgres import Server
from tests.store.books import NOW, append, expense
from tests.store.coherent import assert_store_coherent
from world.clock import VirtualClock
from world.identity import SeededIds


@pytest.fixture
def empty_sqlite(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'new' / 'empty.db'}"


@pytest.fixture
async def empty_postgres(postgres_server: Server) -> AsyncIterator[str]:
    name = postgres_server.new_name()
    yield await postgres_server.create(name)
    await postgres_server.drop(name)


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"empty_{request.param}")
    return url


@pytest.fixture
async def empty(empty_url: str, clock: VirtualClock, ids: SeededIds) -> AsyncIterator[Store]:
    store = Store(empty_url, clock, ids)
    yield store
    await store.close()


async def test_an_empty_database_gets_every_table_and_the_seed(empty: Store) -> None:
    await migrate(empty)

    names = await empty.run_sync(lambda connection: inspect(connection).get_table_names())
    assert set(names) == {*metadata.tables, "alembic_version"}
    async with empty.read() as unit:
        assert set((await unit.catalog.articles()).values()) == set(SEEDED_ARTICLES)
        codes = [str(place.account) for place in await unit.catalog.places()]
        assert codes == ["card:main", "clearing:acquirer", "desk:main"]
    await assert_store_coherent(empty)


async def test_the_migrations_and_the_tables_agree(store: Store) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

    assert await store.run_sync(differences) == []


async def test_migrating_again_changes_nothing(store: Store) -> None:
    await append(store, expense())
    before = await _seen(store)

    await migrate(store)

    assert await _seen(store) == before
    await assert_store_coherent(store)


async def test_two_instances_may_start_at_once(empty: Store, empty_url: str) -> None:
    other = Store(empty_url, VirtualClock(NOW), SeededIds(1))

    await asyncio.gather(migrate(empty), migrate(other))

    await other.close()
    await assert_store_coherent(empty)


async def test_a_migration_that_is_cut_short_leaves_nothing(empty: Store) -> None:
    def cut_short(connection: Connection) -> None:
        metadata.create_all(connection)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await empty.run_sync(cut_short)

    await migrate(empty)
    await assert_store_coherent(empty)


async def _seen(store: Store) -> tuple[object, ...]:
    async with store.read() as unit:
        return (
            await unit.catalog.articles(),
            await unit.catalog.places(),
            await unit.journal.head(),
        )

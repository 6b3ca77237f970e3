"""What every room's tests are given: a clock, ids, and books on both databases."""

import logging
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web_app
from hypothesis import settings

from store.database import Store
from store.migrate import migrate
from tests.postgres import TEMPLATE, MissingServer, Server, in_thread, running_server
from world.clock import VirtualClock
from world.identity import SeededIds

MOSCOW = ZoneInfo("Europe/Moscow")
# No test asserts a time: a slow machine is not a failure.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
START = datetime(2026, 3, 2, 9, 0, tzinfo=MOSCOW)


@pytest.fixture(autouse=True)
def sheets_requests_are_valid(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every request that a test sends to the Sheets stand-in is one that Google would read.

    Valid against the discovery document and modelled; a test that sends others on purpose says so
    with `@pytest.mark.bad_sheets_requests`.
    """
    heard = _Heard()
    logger = logging.getLogger("sandbox.google_sheets.standin")
    logger.addHandler(heard)
    yield
    logger.removeHandler(heard)
    if request.node.get_closest_marker("bad_sheets_requests") is None:
        assert heard.lines == []


@pytest.fixture(autouse=True)
def servers_are_let_go() -> Iterator[None]:
    """aiohttp remembers every application that it ever served, and with it whole spreadsheets."""
    yield
    web_app._cached_build_middleware.cache_clear()


@pytest.fixture
def clock() -> VirtualClock:
    """Monday, 2 March 2026, nine in the morning in Moscow; it stands still."""
    return VirtualClock(START)


@pytest.fixture
def ids() -> SeededIds:
    """The same ids in every run."""
    return SeededIds(2026)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated and seeded SQLite file to copy."""
    file = tmp_path_factory.mktemp("template") / "books.db"
    _fill(f"sqlite+aiosqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A PostgreSQL server; without one the test is skipped, or fails when CI=true."""
    try:
        with running_server() as server:
            yield server
    except MissingServer as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing))
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Server) -> Iterator[str]:
    """The name of a migrated and seeded database to copy."""
    name = f"{TEMPLATE}_{os.getpid()}"

    async def create() -> None:
        await postgres_server.create(name)

    async def drop() -> None:
        await postgres_server.drop(name)

    in_thread(create)
    _fill(postgres_server.database(name))
    yield name
    in_thread(drop)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of the test's own SQLite books."""
    file = tmp_path / "books.db"
    shutil.copyfile(sqlite_template, file)
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture
async def postgres_url(postgres_server: Server, postgres_template: str) -> AsyncIterator[str]:
    """The address of the test's own PostgreSQL books."""
    name = postgres_server.new_name()
    yield await postgres_server.create(name, postgres_template)
    await postgres_server.drop(name)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of the test's own books, on one database and then on the other."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def store(database_url: str, clock: VirtualClock, ids: SeededIds) -> AsyncIterator[Store]:
    """Migrated and seeded books; the test runs on SQLite and on PostgreSQL."""
    store = Store(database_url, clock, ids)
    yield store
    await store.close()


@pytest.fixture
async def sqlite_store(
    sqlite_url: str, clock: VirtualClock, ids: SeededIds
) -> AsyncIterator[Store]:
    """Migrated and seeded books on SQLite, for tests that are not about the database."""
    store = Store(sqlite_url, clock, ids)
    yield store
    await store.close()


@pytest.fixture
async def postgres_store(
    postgres_url: str, clock: VirtualClock, ids: SeededIds
) -> AsyncIterator[Store]:
    """Migrated and seeded books on PostgreSQL, for what only PostgreSQL can do."""
    store = Store(postgres_url, clock, ids)
    yield store
    await store.close()


@pytest.fixture
async def another_store(database_url: str, clock: VirtualClock) -> AsyncIterator[Store]:
    """A second instance of the product on the books of `store`, with ids of its own."""
    store = Store(database_url, clock, SeededIds(7))
    yield store
    await store.close()


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def _fill(url: str) -> None:
    async def fill() -> None:
        store = Store(url, VirtualClock(START), SeededIds(0))
        await migrate(store)
        await store.close()

    in_thread(fill)

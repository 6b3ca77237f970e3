"""The database: one writer at a time, readers beside it, SQLite by default, PostgreSQL by its URL.

SQLite: WAL, synchronous FULL, foreign keys, and BEGIN IMMEDIATE for writers, because a deferred
transaction that turns writer fails when another one wrote meanwhile, and waiting does not help.
`recursive_triggers`, because REPLACE would otherwise delete a row without telling its trigger.
PostgreSQL: writers queue on one advisory lock, so that the hash chain has one end; a writer reads
what is committed (the lock is waited for first, a snapshot would be older), a reader sees one
snapshot. A writer that waits too long, or stands still in a transaction, is ended by the server.
No call to the outside may be made while a write transaction is open (`Store.writing`).
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import event, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from store.unit import UnitOfWork
from world.clock import Clock
from world.identity import Ids
from world.points import reached

__all__ = ["Store"]

BUSY_TIMEOUT_MS = 5000
READERS_MAX = 4
WRITER_LOCK_ID = 7_330_001

CONNECT_TIMEOUT_S = 10
LOCK_TIMEOUT_MS = 30_000
IDLE_WRITER_TIMEOUT_MS = 60_000


@dataclass(slots=True)
class _Transaction:
    """What a task, and the tasks it starts meanwhile, know of its write transaction."""

    is_open: bool = True


_transaction: ContextVar[_Transaction | None] = ContextVar("transaction", default=None)


class Store:
    """Opens units of work; made once by the composition root and given to everybody."""

    def __init__(self, url: str, clock: Clock, ids: Ids) -> None:
        """`url` as SQLAlchemy writes it: `sqlite+aiosqlite:///…` or `postgresql+asyncpg://…`."""
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._clock = clock
        self._ids = ids
        self._lock = asyncio.Lock()
        if self.is_sqlite and self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.is_sqlite:
            self._writer = self._sqlite("BEGIN IMMEDIATE", pool_size=1)
            self._reader = self._sqlite("BEGIN", pool_size=READERS_MAX)
        else:
            limits = {
                "lock_timeout": str(LOCK_TIMEOUT_MS),
                "idle_in_transaction_session_timeout": str(IDLE_WRITER_TIMEOUT_MS),
            }
            self._writer = self._postgres("READ COMMITTED", pool_size=1, limits=limits)
            self._reader = self._postgres("REPEATABLE READ", pool_size=READERS_MAX, limits={})

    @asynccontextmanager
    async def write(self, what: str) -> AsyncIterator[UnitOfWork]:
        """One transaction that may change things; commits when the block ends, else rolls back.

        `what` names the transaction's kill points: `<what>:before-commit`, `<what>:after-commit`.
        """
        assert not self.writing(), "a transaction inside a transaction"
        async with self._lock:
            transaction = _Transaction()
            token = _transaction.set(transaction)
            try:
                async with self._writer.connect() as connection:
                    await self._begin(connection)
                    yield self._unit(connection)
                    reached(f"{what}:before-commit")
                    await connection.commit()
            finally:
                transaction.is_open = False
                _transaction.reset(token)
        reached(f"{what}:after-commit")

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        """One consistent view of the books; whatever is written in it is rolled back."""
        async with self._reader.connect() as connection:
            yield self._unit(connection)

    @staticmethod
    def writing() -> bool:
        """Whether this task has a write transaction open; outside calls assert that it has not.

        A task that was started inside a transaction is part of it until the transaction ends.
        """
        transaction = _transaction.get()
        return transaction is not None and transaction.is_open

    async def run_sync(self, function: Any, *arguments: Any) -> Any:
        """Run a function of SQLAlchemy's synchronous world (migrations) in a transaction."""
        async with self._lock, self._writer.connect() as connection:
            await self._begin(connection)
            result = await connection.run_sync(function, *arguments)
            reached("migrate:before-commit")
            await connection.commit()
            reached("migrate:after-commit")
            return result

    async def own_connection(self) -> AsyncConnection:
        """A connection that commits each statement by itself, for the caller to keep and close."""
        connection = await self._reader.connect()
        return await connection.execution_options(isolation_level="AUTOCOMMIT")

    def beside(self, url: str) -> "Store":
        """Another database under the same clock and ids, for a copy of the books."""
        return Store(url, self._clock, self._ids)

    async def close(self) -> None:
        """Close all connections."""
        await self._writer.dispose()
        await self._reader.dispose()

    def _unit(self, connection: AsyncConnection) -> UnitOfWork:
        return UnitOfWork(connection, self._clock, self._ids)

    async def _begin(self, connection: AsyncConnection) -> None:
        await connection.begin()
        if not self.is_sqlite:
            lock = text("SELECT pg_advisory_xact_lock(:id)")
            await connection.execute(lock, {"id": WRITER_LOCK_ID})

    def _postgres(self, isolation: str, pool_size: int, limits: dict[str, str]) -> AsyncEngine:
        settings = {"application_name": "kopeyka", "TimeZone": "UTC", "DateStyle": "ISO"} | limits
        return create_async_engine(
            self.url,
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_pre_ping=True,
            isolation_level=isolation,
            connect_args={"timeout": CONNECT_TIMEOUT_S, "server_settings": settings},
        )

    def _sqlite(self, begin: str, pool_size: int) -> AsyncEngine:
        memory = not self.url.database or self.url.database == ":memory:"
        assert not memory, "the books need a file"
        engine = create_async_engine(self.url, pool_size=pool_size, max_overflow=0)
        _prepare_sqlite(engine, begin)
        return engine


def _prepare_sqlite(engine: AsyncEngine, begin: str) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "recursive_triggers=ON",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

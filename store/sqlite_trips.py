"""aiosqlite with one trip to its thread for a statement, where SQLAlchemy would make four.

Every call of aiosqlite goes to the connection's thread and back, which costs many times what SQLite
needs for a small question. SQLAlchemy makes a cursor, executes, fetches and closes: each a trip,
and rolls back once more what is committed. Here `execute` does all of it in the thread, and a
rollback after a commit goes nowhere. Results are read whole, as SQLAlchemy reads them anyway; the
store reads long tables by pages and never streams.
"""

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Self

import aiosqlite

__all__ = ["OneTripConnection", "connect"]

# What aiosqlite would fetch at once when a cursor is iterated over; ours never is.
CHUNK_ROWS = 64


class OneTripConnection(aiosqlite.Connection):
    """A connection whose cursors bring the whole answer with the first trip."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        """`connector` opens the file; it is called in the connection's own thread."""
        super().__init__(connector, CHUNK_ROWS)
        # A program that forgot to close the books must still be able to end.
        self._thread.daemon = True
        self._at_rest = False

    def cursor(self) -> "_Cursor":  # type: ignore[override]  # SQLAlchemy's half of a cursor only
        """A cursor; it costs nothing until it executes."""
        return _Cursor(self)

    async def trip(self, work: Callable[..., None], *given: object) -> None:
        """Do that in the thread, where `work` gets the connection of sqlite3 first."""
        # Before the trip: whoever is cancelled on the way has a transaction to roll back.
        self._at_rest = False
        await self._execute(work, self._conn, *given)  # type: ignore[no-untyped-call]  # aiosqlite

    async def commit(self) -> None:
        """Commit what was begun."""
        await super().commit()
        self._at_rest = True

    async def rollback(self) -> None:
        """Roll back what was begun, if anything was since the last end."""
        if not self._at_rest:
            await super().rollback()
            self._at_rest = True


class _Cursor:
    """The part of a cursor that SQLAlchemy uses; `execute` leaves the answer here."""

    def __init__(self, connection: OneTripConnection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        await self._connection.trip(self._answered, sql, parameters)

    async def executemany(self, sql: str, parameters: Sequence[Sequence[Any]]) -> None:
        await self._connection.trip(self._repeated, sql, parameters)

    async def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is open: the cursor of sqlite3 was closed when its last row was read."""

    def _answered(
        self, connection: sqlite3.Connection, sql: str, parameters: Sequence[Any]
    ) -> None:
        self._keep(connection.execute(sql, parameters))

    def _repeated(
        self, connection: sqlite3.Connection, sql: str, parameters: Sequence[Sequence[Any]]
    ) -> None:
        self._keep(connection.executemany(sql, parameters))

    def _keep(self, cursor: sqlite3.Cursor) -> None:
        self.description = cursor.description
        self._rows = cursor.fetchall() if cursor.description else []
        self.rowcount = cursor.rowcount
        self.lastrowid = cursor.lastrowid
        cursor.close()


def connect(database: str, **given: Any) -> OneTripConnection:
    """What SQLAlchemy calls in place of `aiosqlite.connect`; nothing is opened until awaited."""
    return OneTripConnection(partial(sqlite3.connect, database, **given))

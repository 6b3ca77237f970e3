"""One trip to the thread for a statement, and nothing that was begun is ever left open."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from store.database import Store
from store.sqlite_trips import OneTripConnection, connect


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[OneTripConnection]:
    """An open file with one table of two rows."""
    opened = connect(str(tmp_path / "file.db"), isolation_level=None)
    await opened
    await opened.cursor().execute("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT)")
    await opened.cursor().executemany("INSERT INTO things (name) VALUES (?)", [("a",), ("b",)])
    yield opened
    await opened.close()


async def test_the_answer_comes_whole_and_once(connection: OneTripConnection) -> None:
    cursor = connection.cursor()

    await cursor.execute("SELECT name FROM things WHERE id > ? ORDER BY id", (0,))

    assert [one[0] for one in cursor.description] == ["name"]
    assert await cursor.fetchall() == [("a",), ("b",)]
    assert await cursor.fetchall() == []


async def test_a_change_tells_how_many_rows_and_the_last_id(
    connection: OneTripConnection,
) -> None:
    cursor = connection.cursor()

    await cursor.execute("INSERT INTO things (name) VALUES ('c')")
    assert (cursor.lastrowid, cursor.rowcount, cursor.description) == (3, 1, None)

    await cursor.execute("UPDATE things SET name = 'd' WHERE id > 1 RETURNING id")
    assert (await cursor.fetchall(), cursor.rowcount) == ([(2,), (3,)], 2)


async def test_a_refused_statement_leaves_the_connection_usable(
    connection: OneTripConnection,
) -> None:
    cursor = connection.cursor()

    with pytest.raises(sqlite3.IntegrityError):
        await cursor.execute("INSERT INTO things (id) VALUES (1)")

    await cursor.execute("SELECT count(*) FROM things")
    assert await cursor.fetchall() == [(2,)]


async def test_what_a_cancelled_task_began_is_rolled_back(
    connection: OneTripConnection, tmp_path: Path
) -> None:
    await connection.rollback()
    begun = asyncio.create_task(connection.cursor().execute("BEGIN IMMEDIATE"))
    await asyncio.sleep(0)
    begun.cancel()
    await asyncio.wait([begun])

    await connection.rollback()

    other = connect(str(tmp_path / "file.db"), isolation_level=None, timeout=0)
    await other
    await other.cursor().execute("BEGIN IMMEDIATE")
    await other.close()


async def test_a_question_of_the_store_costs_three_trips(
    sqlite_store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    async with sqlite_store.read() as unit:
        await unit.journal.head()

    with caplog.at_level(logging.DEBUG, "aiosqlite"):
        async with sqlite_store.read() as unit:
            await unit.journal.head()

    trips = [one for one in caplog.messages if one.startswith("executing")]
    assert len(trips) == 3  # BEGIN, the question, ROLLBACK

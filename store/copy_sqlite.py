"""Copying SQLite books: SQLite's online backup, in threads, with every copy checked.

The online backup copies one moment while writers go on; a file of live books must never be copied
as a file, since a part of it is in the write-ahead log (facts: reliability 3).
"""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from alembic.util import CommandError

from store.copies import BackedUp, Damaged, InUse, NotABackup, NotEmpty, Restored, TooNew
from store.database import Store
from store.integrity import Integrity, check
from store.migrate import migrate

__all__ = ["SUFFIX", "back_up_sqlite", "restore_sqlite"]

SUFFIX = ".db"
HEADER = b"SQLite format 3\0"
BUSY_STEPS_MAX = 8
BUSY_SLEEP_S = 1 / 4


async def back_up_sqlite(store: Store, partial: Path) -> BackedUp | Damaged:
    """Copy the books to `partial` and check the copy."""
    assert store.url.database
    await asyncio.to_thread(_copy, Path(store.url.database), partial)
    problems = await asyncio.to_thread(_problems, partial)
    if problems:
        return Damaged(problems, ())
    # On a loop of its own: checking a million operations takes many seconds of computing.
    found = await asyncio.to_thread(_checked, partial, store)
    await asyncio.to_thread(_make_one_file, partial)
    if found.flaws:
        return Damaged((), found.flaws)
    return BackedUp(partial, found.operations, found.head)


async def restore_sqlite(
    file: Path, target: Store, work: Path, *, replace: bool
) -> Restored | NotABackup | NotEmpty | TooNew | Damaged | InUse:
    """Check a copy of the file at `work`, bring it to the newest schema, put it in place.

    Checked in this order: NotABackup, NotEmpty, TooNew, Damaged, InUse.
    """
    assert target.url.database
    books = Path(target.url.database)
    if not await asyncio.to_thread(_holds_books, file):
        return NotABackup(file)
    held = await asyncio.to_thread(_operations, books)
    if held and not replace:
        return NotEmpty(held)
    await asyncio.to_thread(_copy, file, work)
    problems = await asyncio.to_thread(_problems, work)
    if problems:
        return Damaged(problems, ())
    try:
        found = await asyncio.to_thread(_migrated, work, target)
    except CommandError:
        return TooNew(file)
    if found.flaws:
        return Damaged((), found.flaws)
    try:
        await asyncio.to_thread(_copy, work, books)
    except TimeoutError:
        return InUse()
    return Restored(found.operations, found.head)


@dataclass(slots=True)
class _Patience:
    """Ends a copy that waits for somebody else's transaction for too long."""

    busy: int = 0

    def __call__(self, status: int, *_pages: int) -> None:
        self.busy = self.busy + 1 if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) else 0
        if self.busy > BUSY_STEPS_MAX:
            raise TimeoutError


def _copy(source: Path, target: Path) -> None:
    target.touch(mode=0o600)
    with (
        closing(sqlite3.connect(source)) as one,
        closing(sqlite3.connect(target, timeout=0)) as other,
    ):
        one.backup(other, progress=_Patience(), sleep=BUSY_SLEEP_S)


def _problems(file: Path) -> tuple[str, ...]:
    with closing(sqlite3.connect(file)) as connection:
        try:
            said = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
            strays = connection.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.DatabaseError as error:
            return (str(error),)
    said = [] if said == ["ok"] else said
    return (*said, *(f"{row[0]}: a row without its {row[2]}" for row in strays))


def _checked(file: Path, store: Store) -> Integrity:
    async def work() -> Integrity:
        copy = store.beside(f"sqlite+aiosqlite:///{file}")
        try:
            async with copy.read() as unit:
                return await check(unit)
        finally:
            await copy.close()

    return asyncio.run(work())


def _migrated(file: Path, store: Store) -> Integrity:
    async def work() -> None:
        copy = store.beside(f"sqlite+aiosqlite:///{file}")
        try:
            await migrate(copy)
        finally:
            await copy.close()

    asyncio.run(work())
    return _checked(file, store)


def _make_one_file(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def _holds_books(file: Path) -> bool:
    if not file.is_file():
        return False
    with file.open("rb") as stream:
        if stream.read(len(HEADER)) != HEADER:
            return False
    return _has_table(file, "alembic_version")


def _operations(file: Path) -> int:
    if not file.is_file() or not _has_table(file, "operations"):
        return 0
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT count(*) FROM operations").fetchone()[0])


def _has_table(file: Path, name: str) -> bool:
    query = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
    with closing(sqlite3.connect(file)) as connection:
        try:
            return bool(connection.execute(query, (name,)).fetchone()[0])
        except sqlite3.DatabaseError:
            return False

"""A backup is a checked prefix of history; what is restored is what was saved."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ledger.chain import FIRST_HASH
from store.backup import backup, restore
from store.copies import (
    BackedUp,
    Damaged,
    InUse,
    NotABackup,
    NotEmpty,
    Restored,
    ToolMissing,
    TooNew,
)
from store.database import Store
from store.integrity import DerivedDiffers
from tests.store.books import append, expense, random_operations
from tests.store.coherent import assert_store_coherent
from world.clock import VirtualClock
from world.identity import SeededIds

BACKUPS = 10


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A machine without PostgreSQL's programs."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return


async def test_a_backup_is_named_by_its_instant_and_readable_by_its_owner_only(
    store: Store, tmp_path: Path
) -> None:
    outcomes = await append(store, *random_operations(11, 30))

    first, second = [await backup(store, tmp_path / "new" / "backups") for _ in range(2)]

    assert isinstance(first, BackedUp)
    assert isinstance(second, BackedUp)
    assert (first.operations, first.head) == (30, outcomes[-1].sealed.hash)
    assert first.file.stem == "kopeyka-20260302T060000Z"
    assert second.file.stem == "kopeyka-20260302T060000Z-2"
    assert first.file.stat().st_mode & 0o077 == 0
    assert sorted(first.file.parent.iterdir()) == sorted([first.file, second.file])
    await assert_store_coherent(store)


async def test_a_restored_backup_holds_what_was_saved(
    store: Store, tmp_path: Path, clock: VirtualClock, ids: SeededIds
) -> None:
    await append(store, *random_operations(12, 40))
    saved = await backup(store, tmp_path / "backups")
    assert isinstance(saved, BackedUp)
    await append(store, expense("later"))
    url = store.url.render_as_string(hide_password=False)
    await store.close()

    outcome = await restore(saved.file, url, clock, ids, replace=True)

    assert outcome == Restored(40, saved.head)
    again = Store(url, clock, ids)
    async with again.read() as unit:
        assert await unit.journal.head() == (40, saved.head)
    assert len(await append(again, expense("later"))) == 1
    await assert_store_coherent(again)
    await again.close()


async def test_books_with_operations_are_not_overwritten_by_mistake(
    store: Store, tmp_path: Path, clock: VirtualClock, ids: SeededIds
) -> None:
    await append(store, expense("e1"), expense("e2"))
    saved = await backup(store, tmp_path / "backups")
    assert isinstance(saved, BackedUp)
    await append(store, expense("e3"))

    url = store.url.render_as_string(hide_password=False)
    outcome = await restore(saved.file, url, clock, ids)

    assert outcome == NotEmpty(3)
    await assert_store_coherent(store)


async def test_backups_during_writes_are_prefixes_of_history(store: Store, tmp_path: Path) -> None:
    ended = asyncio.Event()

    async def write() -> None:
        number = 0
        while not ended.is_set():
            number += 1
            await append(store, expense(f"e{number}"))

    writing = asyncio.create_task(write())
    copies = [await backup(store, tmp_path / "backups") for _ in range(BACKUPS)]
    ended.set()
    await writing

    async with store.read() as unit:
        hashes = [FIRST_HASH] + [sealed.hash async for sealed in unit.journal.all()]
    assert all(isinstance(copy, BackedUp) for copy in copies)
    assert [copy.head for copy in copies] == [hashes[copy.operations] for copy in copies]
    assert copies[-1].operations > copies[0].operations
    await assert_store_coherent(store)


async def test_a_backup_opens_beside_the_books(
    sqlite_store: Store, tmp_path: Path, clock: VirtualClock, ids: SeededIds
) -> None:
    await append(sqlite_store, *random_operations(13, 20))
    saved = await backup(sqlite_store, tmp_path / "backups")
    assert isinstance(saved, BackedUp)

    copy = Store(f"sqlite+aiosqlite:///{saved.file}", clock, ids)

    await assert_store_coherent(copy)
    await copy.close()


async def test_a_restore_into_nothing_makes_the_books(
    sqlite_store: Store, tmp_path: Path, clock: VirtualClock, ids: SeededIds
) -> None:
    await append(sqlite_store, expense())
    saved = await backup(sqlite_store, tmp_path / "backups")
    assert isinstance(saved, BackedUp)

    url = f"sqlite+aiosqlite:///{tmp_path}/new/books.db"
    outcome = await restore(saved.file, url, clock, ids)

    assert outcome == Restored(1, saved.head)
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["books.db"]


@pytest.mark.parametrize("content", [b"", b"text", b"SQLite format 3\0" + b"\xff" * 9000])
async def test_something_else_is_not_restored(
    store: Store, tmp_path: Path, clock: VirtualClock, ids: SeededIds, content: bytes
) -> None:
    file = tmp_path / "other"
    url = store.url.render_as_string(hide_password=False)
    assert await restore(file, url, clock, ids) == NotABackup(file)

    file.write_bytes(content)

    assert await restore(file, url, clock, ids) == NotABackup(file)
    await assert_store_coherent(store)


async def test_books_that_were_tampered_with_are_neither_saved_nor_restored(
    sqlite_store: Store, tmp_path: Path, clock: VirtualClock, ids: SeededIds
) -> None:
    await append(sqlite_store, expense("e1"), expense("e2"))
    saved = await backup(sqlite_store, tmp_path / "backups")
    assert isinstance(saved, BackedUp)
    for file in (saved.file, tmp_path / "books.db"):
        _execute(
            file,
            "DROP TRIGGER operations_no_update",
            "UPDATE operations SET cash_effect = 0 WHERE number = 2",
        )

    found = Damaged((), (DerivedDiffers(2, "cash_effect"),))
    url = f"sqlite+aiosqlite:///{tmp_path}/new.db"
    assert await restore(saved.file, url, clock, ids) == found
    assert await backup(sqlite_store, tmp_path / "others") == found
    assert list((tmp_path / "others").iterdir()) == []


async def test_a_damaged_file_is_not_restored(
    sqlite_store: Store, tmp_path: Path, clock: VirtualClock, ids: SeededIds
) -> None:
    await append(sqlite_store, *random_operations(14, 300))
    saved = await backup(sqlite_store, tmp_path / "backups")
    assert isinstance(saved, BackedUp)
    content = bytearray(saved.file.read_bytes())
    content[-60_000:-20_000] = bytes(40_000)
    saved.file.write_bytes(content)

    url = f"sqlite+aiosqlite:///{tmp_path}/new.db"
    outcome = await restore(saved.file, url, clock, ids)

    assert isinstance(outcome, Damaged)
    assert outcome.problems


async def test_a_copy_of_a_newer_version_is_not_restored(
    sqlite_store: Store, tmp_path: Path, clock: VirtualClock, ids: SeededIds
) -> None:
    saved = await backup(sqlite_store, tmp_path / "backups")
    assert isinstance(saved, BackedUp)
    _execute(saved.file, "UPDATE alembic_version SET version_num = '9999'")

    url = f"sqlite+aiosqlite:///{tmp_path}/new.db"
    assert await restore(saved.file, url, clock, ids) == TooNew(saved.file)


async def test_books_in_use_are_not_overwritten(
    sqlite_store: Store, sqlite_url: str, tmp_path: Path, clock: VirtualClock, ids: SeededIds
) -> None:
    saved = await backup(sqlite_store, tmp_path / "backups")
    assert isinstance(saved, BackedUp)

    with closing(sqlite3.connect(tmp_path / "books.db", isolation_level=None)) as somebody:
        somebody.execute("BEGIN IMMEDIATE")
        assert await restore(saved.file, sqlite_url, clock, ids) == InUse()

    await assert_store_coherent(sqlite_store)


async def test_a_missing_program_is_named(
    postgres_store: Store, tmp_path: Path, nowhere: None
) -> None:
    outcome = await backup(postgres_store, tmp_path / "backups")

    assert outcome == ToolMissing("pg_dump", "postgresql-client")
    assert list((tmp_path / "backups").iterdir()) == []


def _execute(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)

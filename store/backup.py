"""A copy of the books that is proven to open, and the way back from it.

    kopeyka-20260302T060000Z.db      SQLite, by its online backup: one moment, writers go on
    kopeyka-20260302T060000Z.dump    PostgreSQL, by `pg_dump` on the snapshot that was checked

A copy gets its name only after it was checked (the database's own check, chain, derived columns),
so a file of that name is a good one. Nothing is restored that does not pass the same check.
"""

import asyncio
from dataclasses import replace as changed
from datetime import datetime
from itertools import count
from pathlib import Path

from store import copy_postgres, copy_sqlite
from store.copies import BackedUp, BackupOutcome, RestoreOutcome
from store.database import Store
from world.clock import Clock
from world.identity import Ids

__all__ = ["backup", "restore"]


async def backup(store: Store, directory: Path) -> BackupOutcome:
    """Copy the books into a directory, under load too.

    Outcomes: BackedUp with the file, Damaged (the books, not only the copy, are), ToolMissing and
    ToolFailed (PostgreSQL only). Only BackedUp leaves a file.
    """
    async with store.read() as unit:
        instant, mark = unit.now(), unit.ids.new()
    partial = await asyncio.to_thread(_prepared, directory, mark)
    outcome: BackupOutcome
    try:
        if store.is_sqlite:
            outcome = await copy_sqlite.back_up_sqlite(store, partial)
        else:
            outcome = await copy_postgres.back_up_postgres(store, partial)
        if isinstance(outcome, BackedUp):
            suffix = copy_sqlite.SUFFIX if store.is_sqlite else copy_postgres.SUFFIX
            outcome = changed(outcome, file=_named(partial, instant, suffix))
    finally:
        _forget(partial)
    return outcome


async def restore(
    file: Path, url: str, clock: Clock, ids: Ids, *, replace: bool = False
) -> RestoreOutcome:
    """Make the books at `url` those of a copy; books with operations only when told to `replace`.

    The product must not run meanwhile. A copy of an older version is brought to the newest
    schema. Outcomes in the order in which they are checked: NotABackup, NotEmpty, ToolMissing,
    ToolFailed, TooNew, Damaged, InUse, Restored; every other than Restored changed nothing.
    """
    target = Store(url, clock, ids)
    mark = ids.new()
    try:
        if not target.is_sqlite:
            scratch = f"kopeyka_check_{mark}"
            return await copy_postgres.restore_postgres(file, target, scratch, replace=replace)
        assert target.url.database
        work = Path(target.url.database).parent / f".{mark}.restoring"
        try:
            return await copy_sqlite.restore_sqlite(file, target, work, replace=replace)
        finally:
            _forget(work)
    finally:
        await target.close()


def _prepared(directory: Path, mark: str) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    partial = directory / f".{mark}.partial"
    partial.touch(mode=0o600)
    return partial


def _named(partial: Path, instant: datetime, suffix: str) -> Path:
    for number in count(1):
        again = f"-{number}" if number > 1 else ""
        file = partial.with_name(f"kopeyka-{instant:%Y%m%dT%H%M%SZ}{again}{suffix}")
        if not file.exists():
            return partial.rename(file)
    raise AssertionError


def _forget(partial: Path) -> None:
    for file in (partial, Path(f"{partial}-wal"), Path(f"{partial}-shm")):
        file.unlink(missing_ok=True)

"""Copying PostgreSQL books: `pg_dump` on the snapshot that is checked, `pg_restore` back.

A dump cannot be checked as it lies, so it is restored into a database beside the books first,
which the user of the database must be allowed to create (`CREATEDB`).
"""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import create_async_engine

from store.copies import (
    BackedUp,
    Damaged,
    NotABackup,
    NotEmpty,
    Restored,
    ToolFailed,
    ToolMissing,
    TooNew,
)
from store.database import Store
from store.integrity import Integrity, check
from store.migrate import migrate

__all__ = ["SUFFIX", "back_up_postgres", "restore_postgres"]

SUFFIX = ".dump"
HEADER = b"PGDMP"
PACKAGE = "postgresql-client"
TOOL_TIMEOUT_S = 3600
LOCK_WAIT_MS = 30_000
MESSAGE_CHARS_MAX = 2000


async def back_up_postgres(
    store: Store, partial: Path
) -> BackedUp | Damaged | ToolMissing | ToolFailed:
    """Check the books and dump the very snapshot that was checked to `partial`."""
    async with store.read() as unit:
        snapshot = await unit.connection.scalar(text("SELECT pg_export_snapshot()"))
        found = await check(unit)
        if found.flaws:
            return Damaged((), found.flaws)
        options = [f"--snapshot={snapshot}", f"--lock-wait-timeout={LOCK_WAIT_MS}"]
        options += ["--format=custom", "--no-owner", "--no-acl", f"--file={partial}"]
        failed = await _run("pg_dump", options, store.url)
    return failed or BackedUp(partial, found.operations, found.head)


async def restore_postgres(
    file: Path, target: Store, scratch: str, *, replace: bool
) -> Restored | NotABackup | NotEmpty | TooNew | Damaged | ToolMissing | ToolFailed:
    """Restore a dump into a database called `scratch`, check it there, then into the books.

    Checked in this order: NotABackup, NotEmpty, ToolMissing, ToolFailed, TooNew, Damaged.
    """
    if not await asyncio.to_thread(_is_dump, file):
        return NotABackup(file)
    held = await _operations(target)
    if held and not replace:
        return NotEmpty(held)
    async with _database(target.url, scratch) as url:
        rehearsed = await _rehearsed(file, target, url)
    if not isinstance(rehearsed, Integrity):
        return rehearsed
    # Whole or not at all: the books stay as they were when anything goes wrong.
    options = ["--single-transaction", "--clean", "--if-exists"]
    failed = await _restore(file, target.url, options)
    if failed:
        return failed
    await migrate(target)
    return Restored(rehearsed.operations, rehearsed.head)


async def _rehearsed(
    file: Path, target: Store, url: URL
) -> Integrity | TooNew | Damaged | ToolMissing | ToolFailed:
    failed = await _restore(file, url, [])
    if failed:
        return failed
    copy = target.beside(url.render_as_string(hide_password=False))
    try:
        await migrate(copy)
        async with copy.read() as unit:
            found = await check(unit)
    except CommandError:
        return TooNew(file)
    finally:
        await copy.close()
    return Damaged((), found.flaws) if found.flaws else found


async def _restore(
    file: Path, url: URL, options: Sequence[str]
) -> ToolMissing | ToolFailed | None:
    always = ["--exit-on-error", "--no-owner", "--no-acl", f"--dbname={url.database}"]
    return await _run("pg_restore", [*always, *options, str(file)], url)


async def _run(tool: str, options: Sequence[str], url: URL) -> ToolMissing | ToolFailed | None:
    try:
        process = await asyncio.create_subprocess_exec(
            tool,
            *options,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            env=os.environ | _where(url),
        )
    except FileNotFoundError:
        return ToolMissing(tool, PACKAGE)
    try:
        _, said = await asyncio.wait_for(process.communicate(), TOOL_TIMEOUT_S)
    except TimeoutError:
        return ToolFailed(tool, f"no end after {TOOL_TIMEOUT_S} s")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        return ToolFailed(tool, said.decode(errors="replace").strip()[:MESSAGE_CHARS_MAX])
    return None


def _where(url: URL) -> dict[str, str]:
    """The address for libpq; in the environment, since a command line is read by everybody."""
    values = {
        "PGHOST": url.host or url.query.get("host"),
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        "PGSSLMODE": url.query.get("ssl"),
        "PGOPTIONS": "-c TimeZone=UTC",
    }
    return {name: str(value) for name, value in values.items() if value}


def _is_dump(file: Path) -> bool:
    if not file.is_file():
        return False
    with file.open("rb") as stream:
        return stream.read(len(HEADER)) == HEADER


async def _operations(store: Store) -> int:
    async with store.read() as unit:
        query = text("SELECT to_regclass('operations') IS NOT NULL")
        return await unit.journal.count() if await unit.connection.scalar(query) else 0


@asynccontextmanager
async def _database(beside: URL, name: str) -> AsyncIterator[URL]:
    engine = create_async_engine(beside, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            await connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0'))
            try:
                yield beside.set(database=name)
            finally:
                await connection.execute(text(f'DROP DATABASE "{name}"'))
    finally:
        await engine.dispose()

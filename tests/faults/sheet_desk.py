"""The owner's spreadsheet and the bot's channel to it, to be begun again and again from one state.

A step is something that the house does with the spreadsheet. It is driven as the house drives it:
asked again after a while until it succeeds, whatever went wrong.
"""

import json
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sandbox.faults import Faults
from sandbox.google_sheets.credentials import service_account_file
from sandbox.google_sheets.model import Book
from sandbox.google_sheets.standin import GoogleSheetsStandin
from sandbox.servers import run_standins
from sheets.check.self_check import CheckReport, self_check
from sheets.facts import Settings
from sheets.problems import Problem
from sheets.tabs.service_tab import SHEET_ID as SERVICE_ID
from sheets.transport import SheetsTransport, TransportLimits
from sheets.writer import HEARTBEAT, Installed, SheetChannel
from store.database import Store
from tests.sheets.google import BOOK, SETTINGS, Google
from usecases.dispatch import Dispatcher, Limits
from usecases.posting import SHEET, SHEET_LANE
from world.clock import VirtualClock
from world.identity import SeededIds, seeded_chance

__all__ = ["STEPS", "Kept", "SheetDesk", "open_desk", "state_of"]

ONE = Settings(SETTINGS.dimensions[:1], SETTINGS.zone)
# A hang is waited for in real time; all the other waits are the virtual clock's.
PATIENCE = TransportLimits(connect_timeout_s=3, read_timeout_s=3)
AGAIN_AFTER = timedelta(minutes=1)
TRIES_MAX = 20
BEGIN = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
# After this nothing that was asked before can still happen (facts: sheets 1.1).
LATEST = timedelta(seconds=181)
VOLATILE = {("Сверка", 6, 1), (None, 1, 1), (None, 2, 1)}
MEDDLING: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("edit_cell", ("Журнал!F3", "12345")),
    ("clear", ("Журнал!A5:C5",)),
    ("edit_cell", ("ОПиУ!C6", "1")),
    ("delete_tab", ("ДДС",)),
    ("rename_tab", ("Сверка", "Моя сверка")),
)


@dataclass(frozen=True)
class Kept:
    """A moment to begin from: the spreadsheet and the books."""

    book: Book
    file: Path


@dataclass
class SheetDesk:
    """One run: books of its own, a channel that has seen nothing yet."""

    google: Google
    file: Path

    @property
    def book(self) -> Book:
        """The spreadsheet as it stands."""
        return self.google.standin.shelf(BOOK).book

    async def delivered(self) -> None:
        """The outbox is driven until nothing waits; after a surprise the check goes first."""
        limits = Limits(attempts_max=TRIES_MAX)
        clock = self.google.clock
        dispatcher = Dispatcher(
            self.google.store, self.google.channel, clock, seeded_chance(1), limits
        )
        for _ in range(TRIES_MAX * 3):
            if not await self.google.waiting():
                return
            if self.google.channel.surprises.last is not None:
                await self_check(self.google.channel, heal=True)
            await dispatcher.run_once()
            clock.advance(AGAIN_AFTER)
        raise AssertionError("rows still wait")

    async def until(self, ask: Callable[[], Awaitable[object]], *done: type) -> None:
        """Ask again every minute until the answer is no problem."""
        answer: object = None
        for _ in range(TRIES_MAX):
            answer = await ask()
            if isinstance(answer, done):
                return
            self.google.clock.advance(AGAIN_AFTER)
        raise AssertionError(f"still {answer}")

    async def calm(self) -> None:
        """All is well again: what was late has landed, and the bot wrote once more."""
        self.google.faults.replace(())
        self.google.clock.advance(LATEST)
        await self.google.faults.land(self.google.clock.now())
        async with self.google.store.write("test") as unit:
            await unit.outbox.put(SHEET, HEARTBEAT, lane=SHEET_LANE)
        await self.delivered()

    def keep(self, home: Path) -> Kept:
        """Remember this moment."""
        shutil.copyfile(self.file, home)
        return Kept(self.book.copy(), home)


Step = Callable[[SheetDesk], Awaitable[None]]


async def _install(desk: SheetDesk) -> None:
    await desk.until(desk.google.channel.install, Installed)


async def _deliver(desk: SheetDesk) -> None:
    for number in range(3):
        # When an operation is recorded stands in its row.
        desk.google.clock.advance_to(BEGIN + (number + 1) * timedelta(hours=1))
        await desk.google.sell(f"late-{number}", 777 + number)
        await desk.google.spend(f"cost-{number}", 33 + number)
        await desk.delivered()


async def _upgrade(desk: SheetDesk) -> None:
    """The spreadsheet holds an older template: another version, another look of a column."""
    service = desk.book.sheet(SERVICE_ID)
    service.put(3, 1, replace(service.cell(3, 1), value=1))
    desk.google.standin.format_cells(BOOK, "Журнал!F:F", "NUMBER", "0")
    await desk.until(desk.google.channel.install, Installed)


async def _check(desk: SheetDesk) -> None:
    for do, arguments in MEDDLING:
        getattr(desk.google.standin, do)(BOOK, *arguments)

    async def ask() -> CheckReport | Problem:
        return await self_check(desk.google.channel, heal=True)

    await desk.until(ask, CheckReport)


async def _rebuild(desk: SheetDesk) -> None:
    desk.google.standin.delete_tab(BOOK, "Журнал")
    await desk.until(desk.google.channel.rebuild, Installed)


# In the order in which each one's end is the next one's beginning.
STEPS: Mapping[str, Step] = {
    "install": _install,
    "deliver": _deliver,
    "upgrade": _upgrade,
    "check": _check,
    "rebuild": _rebuild,
}


@cache
def _account() -> dict[str, Any]:
    """One key for all runs: making one takes longer than a run."""
    return service_account_file("http://127.0.0.1/token")


@asynccontextmanager
async def open_desk(start: Kept, file: Path, at: VirtualClock) -> AsyncIterator[SheetDesk]:
    """Begin at a kept moment; `file` is where this run keeps its books."""
    shutil.copyfile(start.file, file)
    store = Store(f"sqlite+aiosqlite:///{file}", at, SeededIds(5))
    faults = Faults()
    standin = GoogleSheetsStandin(at, faults)
    standin.create({"spreadsheetId": BOOK})
    standin.shelf(BOOK).book = start.book.copy()
    async with run_standins({"google_sheets": standin.app}) as urls:
        base = urls["google_sheets"]
        account = {**_account(), "token_uri": f"{base}/token"}
        standin.trust(account)
        transport = SheetsTransport(account, BOOK, at, base_url=base, limits=PATIENCE)
        channel = SheetChannel(store, transport, ONE)
        google = Google(standin, channel, store, at, faults, base, account)
        try:
            yield SheetDesk(google, file)
        finally:
            transport.close()
            await store.close()
        assert standin.violations == []
        assert standin.not_modelled == []


def state_of(book: Book) -> dict[str, Any]:
    """All of a spreadsheet, without instants, ids of batches, and ids that Google chooses."""
    return {
        "properties": book.properties,
        "sheets": [
            {
                "properties": sheet.properties,
                "cells": {
                    f"{row},{column}": str(cell)
                    for row, cells in sorted(sheet.rows.items())
                    for column, cell in sorted(cells.items())
                    if not _volatile(sheet.title, row, column)
                },
                "sizes": str(
                    (sorted(sheet.row_sizes.items()), sorted(sheet.column_sizes.items()))
                ),
                "objects": [
                    sheet.merges,
                    sheet.charts,
                    sheet.filter_views,
                    sheet.banded_ranges,
                    sheet.conditional_formats,
                    sorted(map(_without_id, sheet.protected_ranges)),
                ],
            }
            for sheet in book.sheets
        ],
    }


def _volatile(title: str, row: int, column: int) -> bool:
    known = title if title == "Сверка" else None
    return (known, row, column) in VOLATILE and title in {"Сверка", "_служебный"}


def _without_id(protected: Mapping[str, Any]) -> str:
    kept = {key: value for key, value in protected.items() if key != "protectedRangeId"}
    return json.dumps(kept, sort_keys=True, ensure_ascii=False)

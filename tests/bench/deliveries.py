"""From an empty spreadsheet to 10,000 and 100,000 operations: write requests, seconds, CPU.

All ways write to the same stand-in with Google's quota of 60 writes a minute, on one virtual clock:
seconds are seconds of that clock, in which nothing but the quota takes time; CPU is what the writing
side costs this machine, the stand-in apart. Ours: the bot's outbox, dispatcher and channel after an
import; its requests hold _движения, Свод and the reports besides. The others write the same rows
of Журнал with gspread as a sensible user would: RAW values, and after a 429 a wait that doubles.
One row per request is run for some hundred rows and batches for 10,000; for more of them the requests
and the CPU are reckoned by the row, the time by the quota alone (60 at once, then 60 a minute).
"""

import asyncio
import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import gspread
from google.oauth2.service_account import Credentials
from gspread.exceptions import APIError

from sandbox.google_sheets.credentials import LoopbackAdapter
from sandbox.google_sheets.served import served
from sheets.books_rows import read_rows
from sheets.transport import SCOPE, SheetsTransport
from sheets.writer import BATCH_ROWS_MAX, SheetChannel
from tests.bench import ledgers
from tests.bench.figures import Figure
from usecases.dispatch import Dispatcher, Limits
from usecases.posting import SHEET
from world.clock import VirtualClock
from world.identity import seeded_chance

SIZES = (10_000, 100_000)
SINGLE_ROWS = 600
PER_MINUTE = 60
TRIES_MAX = 12
WAIT_S_MAX = 64
# Without it a row with an empty cell makes the next one start further right (facts: sheets 1.2): some
# hundred rows later the spreadsheet has its ten million cells.
HOME = "A1"
NOW = datetime(2026, 1, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Delivery:
    """Write requests that were answered, seconds of the virtual clock, CPU seconds of the writer."""

    requests: float
    seconds: float
    cpu: float


async def measure(folder: Path, scale: float) -> list[Figure]:
    """Each size by three ways."""
    small, large = (max(int(size * scale), 200) for size in SIZES)
    single = min(max(int(SINGLE_ROWS * scale), 100), small)
    rows = await _rows(folder, small)
    one_by_one = await _by_gspread(rows[:single], 1)
    batches = await _by_gspread(rows, BATCH_ROWS_MAX)
    figures: list[Figure] = []
    for size in (small, large):
        ours = await _ours(folder, size)
        alone = _reckoned(one_by_one, size, single)
        figures += _compared(size, ours, alone, f"append_row: {single} run, then reckoned")
        name = f"append_rows by {BATCH_ROWS_MAX}"
        if size == small:
            figures += _compared(size, ours, batches, name)
        else:
            many = _reckoned(batches, size, small)
            figures += _compared(size, ours, many, f"{name}: {small} run, then reckoned")
    return figures


def _compared(size: int, ours: Delivery, other: Delivery, name: str) -> list[Figure]:
    said = f"{size} operations from empty"
    return [
        Figure(f"{said}: write requests", "", ours.requests, other.requests, name),
        Figure(f"{said}: time under the quota", "s", ours.seconds, other.seconds, name),
        Figure(f"{said}: CPU", "s", ours.cpu, other.cpu, name),
    ]


def _reckoned(run: Delivery, rows: int, of: int) -> Delivery:
    """As many requests and CPU for each row; no loop is faster than 60 at once and 60 a minute."""
    requests = run.requests * rows / of
    seconds = (math.ceil(requests / PER_MINUTE) - 1) * 60
    return Delivery(requests, seconds, run.cpu * rows / of)


async def _rows(folder: Path, count: int) -> list[list[Any]]:
    """The rows of Журнал as values, the columns and the content that ours have."""
    store = await ledgers.books(folder / "rows.db", VirtualClock(NOW), count, queued=False)
    async with store.read() as unit:
        operations = [sealed async for sealed in unit.journal.all()]
        images = await read_rows(unit, operations, ledgers.SETTINGS)
    await store.close()
    return [[_value(cell) for cell in image.cells] for image in images.journal]


def _value(cell: object) -> object:
    if cell is None:
        return ""
    return float(cell) if isinstance(cell, Decimal) else cell


async def _ours(folder: Path, count: int) -> Delivery:
    """A bot with its template in place gets the operations, and works until all have arrived."""
    clock = VirtualClock(NOW)
    store = await ledgers.books(folder / f"ours-{count}.db", clock, 0)
    standin = ledgers.standin(clock, PER_MINUTE)
    with served(standin.app) as base:
        desk = ledgers.desk(standin, base, "ours")
        transport = SheetsTransport(desk.account, desk.book, clock, base_url=base)
        channel = SheetChannel(store, transport, ledgers.SETTINGS)
        dispatcher = Dispatcher(store, channel, clock, seeded_chance(1), Limits())
        await channel.install()
        await ledgers.fill(store, count)
        began, cpu = clock.now(), _Cpu()
        standin.calls.clear()
        requests = 0
        while await _went_on(dispatcher, clock):
            # What the stand-in remembers is bounded: count as we go.
            requests += sum(one.method.endswith("batchUpdate") for one in standin.calls)
            standin.calls.clear()
        took = Delivery(requests, (clock.now() - began).total_seconds(), cpu.seconds())
        transport.close()
    await store.close()
    return took


async def _went_on(dispatcher: Dispatcher, clock: VirtualClock) -> bool:
    """One batch, or the wait until the next may be tried; False when nothing waits any more."""
    if await dispatcher.run_once():
        return True
    store = dispatcher.channel.store  # type: ignore[attr-defined]  # it is the spreadsheet's
    async with store.read() as unit:
        due = await unit.outbox.next_due(SHEET)
    if due is None:
        return False
    clock.advance_to(due)
    return True


async def _by_gspread(rows: Sequence[list[Any]], batch: int) -> Delivery:
    clock = VirtualClock(NOW)
    standin = ledgers.standin(clock, PER_MINUTE)
    with served(standin.app) as base:
        desk = ledgers.desk(standin, base, "gspread")
        return await asyncio.to_thread(_appended, desk, base, clock, rows, batch)


def _appended(
    desk: ledgers.Desk, base: str, clock: VirtualClock, rows: Sequence[list[Any]], batch: int
) -> Delivery:
    credentials = Credentials.from_service_account_info(desk.account, scopes=[SCOPE])
    client = gspread.Client(credentials)
    client.http_client.session.mount("https://sheets.googleapis.com", LoopbackAdapter(base))
    sheet = client.open_by_key(desk.book).sheet1
    began, cpu = clock.now(), _Cpu()
    for start in range(0, len(rows), batch):
        part = list(rows[start : start + batch])
        if batch == 1:
            _patiently(clock, lambda part=part: sheet.append_row(part[0], table_range=HOME))
        else:
            _patiently(clock, lambda part=part: sheet.append_rows(part, table_range=HOME))
    requests = -(-len(rows) // batch)
    return Delivery(requests, (clock.now() - began).total_seconds(), cpu.seconds())


def _patiently(clock: VirtualClock, call: Callable[[], object]) -> None:
    """Ask again after a 429, after a second, two, four … at most 64."""
    for tries in range(TRIES_MAX):
        try:
            call()
        except APIError as error:
            if error.response.status_code != 429:
                raise
            clock.advance(timedelta(seconds=min(2**tries, WAIT_S_MAX)))
        else:
            return
    raise AssertionError("the quota never had room")


class _Cpu:
    """CPU seconds of this process since now, but for the stand-in's thread."""

    def __init__(self) -> None:
        served_by = [one for one in threading.enumerate() if "run_forever" in one.name]
        assert len(served_by) == 1, threading.enumerate()
        assert served_by[0].ident is not None
        self._clock_id = time.pthread_getcpuclockid(served_by[0].ident)
        self._began = self._now()

    def seconds(self) -> float:
        """So many until now."""
        return self._now() - self._began

    def _now(self) -> float:
        return time.process_time() - time.clock_gettime(self._clock_id)

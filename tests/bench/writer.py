"""The bot's writer rebuilding the spreadsheet of a year of 100,000 operations: memory and CPU.

Against a script with gspread that reads all rows of Журнал first and sends them in batches. Each is
a process of its own, so that the peak is its own; the stand-in, which holds millions of cells, runs in
this one and has no quota. The clock of the writer stands still, so its pace of 50 a minute costs
nothing. Grid and filled cells of each tab are printed: Google counts the grid.
"""

import asyncio
import json
import logging
import re
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import gspread
from google.oauth2.service_account import Credentials

from app.logs import configure_logs
from sandbox.faults import Faults
from sandbox.google_sheets.credentials import LoopbackAdapter
from sandbox.google_sheets.served import served
from sandbox.google_sheets.standin import GoogleSheetsStandin
from sheets.books_rows import read_rows
from sheets.transport import SCOPE, SheetsTransport, TransportLimits
from sheets.writer import BATCH_ROWS_MAX, Installed, SheetChannel
from store.database import Store
from tests.bench import ledgers
from tests.bench.figures import Figure
from world.clock import SystemClock, VirtualClock
from world.identity import SystemIds

ROOT = Path(__file__).resolve().parents[2]
ROWS = 100_000
APPENDED = 5000
READ_S_MAX = 900
NOW = datetime(2026, 1, 2, tzinfo=UTC)


async def measure(folder: Path, scale: float) -> list[Figure]:
    """The writer's peak and CPU; of the script the peak with all rows read, the CPU for as many."""
    rows, appended = max(int(ROWS * scale), 1000), max(int(APPENDED * scale), 500)
    store = await ledgers.books(folder / "books.db", VirtualClock(NOW), rows, queued=False)
    await store.close()
    standin = GoogleSheetsStandin(SystemClock(), Faults(), quota_per_minute=None)
    with served(standin.app) as base:
        ours = await _child(folder, "ours", ledgers.desk(standin, base, "ours"), base, rows)
        _print_cells(standin, rows)
        other = await _child(
            folder, "gspread", ledgers.desk(standin, base, "gspread"), base, appended
        )
    per_row = ours[0] / rows * 1e3, other[0] / appended * 1e3
    name = f"gspread append_rows by {BATCH_ROWS_MAX}"
    return [
        Figure(f"peak memory, {rows} operations", "MB", ours[1], other[1], name),
        Figure("CPU of an operation", "ms", *per_row, f"{name}: {appended} rows, Журнал alone"),
    ]


def _print_cells(standin: GoogleSheetsStandin, rows: int) -> None:
    grid = filled = 0
    for sheet in standin.shelf("ours").book.sheets:
        cells = sum(cell.value is not None for row in sheet.rows.values() for cell in row.values())
        size = sheet.row_count * sheet.column_count
        grid, filled = grid + size, filled + cells
        print(f"{sheet.title:<12} {sheet.row_count:>8} rows {size:>10} cells, {cells:>10} filled")
    print(f"{rows} operations: {grid} cells, {filled} filled, {grid / rows:.1f} an operation")


async def _child(
    folder: Path, way: str, desk: ledgers.Desk, base: str, rows: int
) -> tuple[float, float]:
    account = folder / f"{way}.json"
    account.write_text(json.dumps(desk.account))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", __name__, way, str(folder / "books.db"), str(account), base),
        *(desk.book, str(rows)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0
    cpu, peak = output.decode().split()
    return float(cpu), float(peak)


async def _rebuilt(file: str, account: dict, base: str, book: str) -> None:
    clock = VirtualClock(NOW)
    store = Store(f"sqlite+aiosqlite:///{file}", clock, SystemIds())
    # The stand-in formats millions of cells one by one.
    limits = TransportLimits(read_timeout_s=READ_S_MAX)
    transport = SheetsTransport(account, book, clock, base_url=base, limits=limits)
    outcome = await SheetChannel(store, transport, ledgers.SETTINGS).rebuild()
    assert isinstance(outcome, Installed), outcome
    transport.close()
    await store.close()


async def _appended(file: str, account: dict, base: str, book: str, rows: int) -> None:
    store = Store(f"sqlite+aiosqlite:///{file}", VirtualClock(NOW), SystemIds())
    async with store.read() as unit:
        operations = [sealed async for sealed in unit.journal.all()]
        images = await read_rows(unit, operations, ledgers.SETTINGS)
    await store.close()
    credentials = Credentials.from_service_account_info(account, scopes=[SCOPE])
    client = gspread.Client(credentials)
    client.http_client.session.mount("https://sheets.googleapis.com", LoopbackAdapter(base))
    sheet = client.open_by_key(book).sheet1
    values = [
        [
            "" if cell is None else cell if isinstance(cell, str) else float(cell)
            for cell in one.cells
        ]
        for one in images.journal
    ]
    for start in range(0, rows, BATCH_ROWS_MAX):
        sheet.append_rows(values[start : min(start + BATCH_ROWS_MAX, rows)], table_range="A1")


def _measured(way: str, file: str, account: str, base: str, book: str, rows: int) -> None:
    configure_logs(logging.ERROR)
    info = json.loads(Path(account).read_text())
    began = time.process_time()
    if way == "ours":
        asyncio.run(_rebuilt(file, info, base, book))
    else:
        asyncio.run(_appended(file, info, base, book, rows))
    took = time.process_time() - began
    peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    assert peak
    print(took, int(peak[1]) / 1024)


if __name__ == "__main__":
    way, file, account, base, book, rows = sys.argv[1:]
    _measured(way, file, account, base, book, int(rows))

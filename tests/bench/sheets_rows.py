"""Rows delivered per Sheets write request: our channel against gspread's append_row per row."""

import asyncio
import time
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import gspread
from google.oauth2.service_account import Credentials

from ledger.accounts import Account
from ledger.money import Money
from ledger.posting import About, TwoDates, expense
from sandbox.faults import Faults
from sandbox.google_sheets.credentials import LoopbackAdapter, service_account_file
from sandbox.google_sheets.served import served
from sandbox.google_sheets.standin import GoogleSheetsStandin
from sheets.facts import Settings
from sheets.transport import SCOPE, SheetsTransport
from sheets.writer import SheetChannel
from store.database import Store
from store.migrate import migrate
from tests.bench.figures import Figure
from usecases.company import STANDARD_DIMENSIONS
from usecases.dispatch import Dispatcher, Limits
from usecases.posting import post_all
from world.clock import SystemClock, VirtualClock
from world.identity import SystemIds, seeded_chance

ROWS = 2000
APPENDED = 100
BOOK = "bench-book"


async def measure(folder: Path, scale: float) -> list[Figure]:
    """Deliver rows by both ways to the same stand-in, without its quota, so that work is seen."""
    rows, appended = max(int(ROWS * scale), 20), max(int(APPENDED * scale), 10)
    standin = GoogleSheetsStandin(SystemClock(), Faults(), quota_per_minute=None)
    with served(standin.app) as base:
        account = service_account_file(f"{base}/token")
        standin.trust(account)
        seed = {"spreadsheetId": BOOK, "properties": {"title": "Bench", "locale": "ru_RU"}}
        standin.create(seed | {"sheets": [{"properties": {"sheetId": 0, "title": "Лист1"}}]})
        ours = await _ours(folder, standin, base, account, rows)
        other = await asyncio.to_thread(_append, standin, base, account, appended)
    per_request = ours[0], other[0]
    return [
        Figure("rows per write request", "rows", *per_request, "gspread append_row", more=True),
        Figure("rows delivered", "rows/s", ours[1], other[1], "gspread append_row", more=True),
    ]


async def _ours(
    folder: Path, standin: GoogleSheetsStandin, base: str, account: dict, rows: int
) -> tuple[float, float]:
    # The clock of the channel stands still, so that our own pace of 50 writes a minute costs no
    # real time: what is counted here is requests and work, not waiting.
    clock = VirtualClock(datetime(2026, 1, 2, tzinfo=UTC))
    store = Store(f"sqlite+aiosqlite:///{folder / 'books.db'}", clock, SystemIds())
    await migrate(store)
    about = [About(f"bench:{number}", "bench") for number in range(rows)]
    day, desk = date(2026, 1, 1), Account.parse("desk:main")
    async with store.write("bench") as unit:
        for one in about:
            await post_all(unit, expense(one, 407, desk, Money(100), TwoDates(day, day)))
    transport = SheetsTransport(account, BOOK, clock, base_url=base)
    settings = Settings(STANDARD_DIMENSIONS, ZoneInfo("Europe/Moscow"))
    channel = SheetChannel(store, transport, settings)
    dispatcher = Dispatcher(store, channel, clock, seeded_chance(1), Limits())
    await channel.install()
    standin.calls.clear()
    began = time.perf_counter()
    while await dispatcher.run_once():
        pass
    took = time.perf_counter() - began
    writes = sum(call.method.endswith("batchUpdate") for call in standin.calls)
    transport.close()
    await store.close()
    return rows / writes, rows / took


def _append(
    standin: GoogleSheetsStandin, base: str, account: dict, rows: int
) -> tuple[float, float]:
    credentials = Credentials.from_service_account_info(account, scopes=[SCOPE])
    client = gspread.Client(credentials)
    client.http_client.session.mount("https://sheets.googleapis.com", LoopbackAdapter(base))
    sheet = client.open_by_key(BOOK).worksheet("Лист1")
    standin.calls.clear()
    began = time.perf_counter()
    for number in range(rows):
        sheet.append_row([number, "01.01.2026", "Расход", "Транспорт", 1.0, "Касса"])
    took = time.perf_counter() - began
    writes = sum(call.method.endswith("append") for call in standin.calls)
    return rows / writes, rows / took

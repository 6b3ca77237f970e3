"""The month's P&L over a million operations: our report against hledger on the same books."""

import asyncio
import shutil
import time
from datetime import date, timedelta
from pathlib import Path

from app.exports.hledger import hledger_journal
from ledger.accounts import Account
from ledger.money import Money
from ledger.months import Month
from ledger.operations import Operation, dimensions
from ledger.posting import About, TwoDates, client_payment, expense
from store.database import Store
from store.migrate import migrate
from store.reports import Basis
from tests.bench.figures import Figure
from usecases.reports import pnl_report
from world.clock import SystemClock
from world.identity import Chance, SystemIds, seeded_chance

OPERATIONS = 1_000_000
BATCH = 2000
FIRST = date(2025, 1, 1)
DAYS = 700
TRIES = 3
ARTICLES = (201, 202, 301, 303, 401, 402, 405, 407, 502, 703)
DESK = Account.parse("desk:main")


async def measure(folder: Path, scale: float) -> list[Figure]:
    """Fill the books, export them, and ask both for one month and for everything."""
    count = max(int(OPERATIONS * scale), 1000)
    store = Store(f"sqlite+aiosqlite:///{folder / 'books.db'}", SystemClock(), SystemIds())
    await migrate(store)
    await _fill(store, count)
    journal = folder / "books.journal"
    await _export(store, journal)
    month = Month(2025, 7)
    ours_month = await _report(store, month, month)
    ours_all = await _report(store, None, None)
    await store.close()
    if shutil.which("hledger") is None:
        print("hledger is not here (Debian package hledger): only our own figures")
        return [Figure(f"P&L of a month, {count} operations", "s", ours_month, 0, "hledger: none")]
    dates = ["-b", "2025-07-01", "-e", "2025-08-01"]
    other_month = await _hledger(journal, dates)
    other_all = await _hledger(journal, [])
    return [
        Figure(f"P&L of a month, {count} operations", "s", ours_month, other_month, "hledger is"),
        Figure(f"P&L of all months, {count} operations", "s", ours_all, other_all, "hledger is"),
    ]


async def _fill(store: Store, count: int) -> None:
    chance = seeded_chance(1)
    for start in range(0, count, BATCH):
        operations = [_operation(number, chance) for number in range(start, start + BATCH)]
        async with store.write("bench") as unit:
            await unit.journal.append_many(operations[: count - start])


def _operation(number: int, chance: Chance) -> Operation:
    day = FIRST + timedelta(days=chance.randrange(DAYS))
    values = {"manager": f"Менеджер {chance.randrange(9)}", "city": f"Город {chance.randrange(4)}"}
    deal = f"amocrm:{chance.randrange(20_000)}"
    about = About(f"bench:{number}", "bench", deal=deal, dimensions=dimensions(values))
    amount = Money(chance.randrange(100, 9_000_000))
    if number % 3 == 0:
        return client_payment(about, DESK, amount, day)
    article = chance.choice(ARTICLES)
    return expense(about, article, DESK, amount, TwoDates(day, day))[0]


async def _export(store: Store, file: Path) -> None:
    async with store.read() as unit:
        articles = await unit.catalog.articles()
        with file.open("w", encoding="utf-8") as out:
            async for piece in hledger_journal(unit.journal.all(), articles, Basis.CASH, "RUB"):
                out.write(piece)


async def _report(store: Store, first: Month | None, last: Month | None) -> float:
    best = float("inf")
    for _ in range(TRIES):
        began = time.perf_counter()
        async with store.read() as unit:
            assert await pnl_report(unit, Basis.CASH, None, first, last) is not None
        best = min(best, time.perf_counter() - began)
    return best


async def _hledger(journal: Path, dates: list[str]) -> float:
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        "hledger",
        "-f",
        str(journal),
        "incomestatement",
        "-M",
        *dates,
        stdout=asyncio.subprocess.DEVNULL,
    )
    assert await process.wait() == 0
    return time.perf_counter() - began

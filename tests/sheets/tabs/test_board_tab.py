"""Пульт: figures of the month equal the reports; its charts are kept and drawn."""

import io

from openpyxl import load_workbook

from ledger.articles import PnlLine
from ledger.months import Month
from sheets.export import export_workbook
from sheets.tabs.inputs import month_serial
from sheets.writer import Installed
from store.database import Store
from store.reports import Basis
from tests.sheets.computing import formualizer_reader, kopecks
from tests.sheets.google import BOOK, SETTINGS, open_google
from tests.sheets.tabs.test_cash_tab import books, moved
from tests.sheets.tabs.test_waiting_tabs import TODAY
from usecases.posting import post_all
from usecases.reports import pnl_report
from world.clock import VirtualClock

TAB = "Пульт"
CHARTS = 4


async def fill(store: Store) -> None:
    """The books of ДДС and an advertisement."""
    advert = moved("ad", 301, TODAY, ("article:301", "bank:1", 4_000))
    async with store.write("test") as unit:
        await post_all(unit, [*books(), advert])


async def test_the_figures_are_the_months_own(sqlite_store: Store) -> None:
    await fill(sqlite_store)
    content = await export_workbook(sqlite_store, SETTINGS)
    async with sqlite_store.read() as unit:
        for month in (Month(2026, 1), Month(2026, 3)):
            found = await pnl_report(unit, Basis.CASH, None, month, month)
            assert found is not None
            pnl = found[0].total
            read = formualizer_reader(content, {(TAB, 1, 1): month_serial(month)})
            assert kopecks(read(TAB, 4, 1)) == pnl.of(PnlLine.REVENUE)
            assert kopecks(read(TAB, 7, 1)) == pnl.net_profit
            assert kopecks(read(TAB, 5, 1)) == (4_000 if month.number > 1 else 0)
            present = formualizer_reader(content, {})
    assert kopecks(present(TAB, 5, 1)) == 4_000
    assert present(TAB, 6, 1) in {None, ""}


async def test_charts_and_views_are_kept_and_installed_once(
    sqlite_store: Store, clock: VirtualClock
) -> None:
    await fill(sqlite_store)
    async with open_google(sqlite_store, clock) as google:
        for _ in range(2):
            assert isinstance(await google.channel.install(), Installed)
        book = google.standin.shelf(BOOK).book
        board, journal = book.sheet_titled(TAB), book.sheet_titled("Журнал")
    assert board is not None
    assert journal is not None
    assert len({one["chartId"] for one in board.charts}) == len(board.charts) == CHARTS
    assert [one["title"] for one in journal.filter_views] == ["Новые сверху"]


async def test_the_workbook_draws_the_charts(sqlite_store: Store) -> None:
    await fill(sqlite_store)
    content = await export_workbook(sqlite_store, SETTINGS)
    assert b"chart4.xml" in content
    assert load_workbook(io.BytesIO(content)).sheetnames[:2] == ["Начало", TAB]

"""Платежи, Долги, Подотчёт and Счета equal the reports; late rows are told from damaged ones."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest

from confirmations.payments import Claim, Method
from ledger.accounts import Account
from ledger.money import Money
from ledger.posting import About, client_payment
from sheets.check.checking import Reason
from sheets.check.self_check import CheckReport, self_check
from sheets.export import export_workbook
from sheets.tabs.accounts_tab import CALENDAR_DAYS
from sheets.tabs.keyed import FIRST_ROW, TOTAL_ROW
from store.database import Store
from tests.sheets.computing import Reader, formualizer_reader, kopecks
from tests.sheets.google import BOOK, SETTINGS, Google, open_google
from tests.sheets.tabs.test_cash_tab import moved
from tests.store.books import deal
from usecases.company import Company
from usecases.deals import SeenDeal, see_deal
from usecases.posting import post, post_all
from usecases.receivables import receivables
from usecases.reports import accountable, unconfirmed
from world.clock import VirtualClock

COMPANY = Company(zone=SETTINGS.zone)
TODAY = date(2026, 3, 2)


async def fill(store: Store) -> None:
    """Three expected payments (one late, one part paid), money on two accounts, and a debt."""
    claims = {
        "prepayment": Claim(Money(1_500_000), Method.CASH, TODAY - timedelta(days=9), "p3"),
        "balance": Claim(Money(700_050), Method.BANK_TRANSFER, TODAY + timedelta(days=3), "p3"),
    }
    late = {"prepayment": Claim(Money(99), Method.CARD_TRANSFER, TODAY, "p4")}
    async with store.write("test") as unit:
        await see_deal(unit, COMPANY, SeenDeal(deal(1), claims))
        await see_deal(unit, COMPANY, SeenDeal(deal(2), late))
        part = About("payment:amocrm:1/balance#1:line", "Вера", deal="amocrm:1")
        bank = Account.parse("bank:1")
        await post(unit, client_payment(part, bank, Money(50), TODAY))
        opened = (
            moved("o1", 954, TODAY, ("desk:main", "opening:all", 10_000)),
            moved("o2", 954, TODAY, ("collected:p3", "opening:all", 777)),
            moved("e1", 401, TODAY, ("article:401", "card:main", 500)),
        )
        await post_all(unit, opened)


@pytest.fixture
async def read(sqlite_store: Store) -> Reader:
    """The exported workbook, computed."""
    await fill(sqlite_store)
    return formualizer_reader(await export_workbook(sqlite_store, SETTINGS), {})


def rows(read: Reader, tab: str, column: int = 0) -> int:
    return next(row for row in range(100) if read(tab, FIRST_ROW + row, column) is None)


async def test_expected_payments_equal_the_report(read: Reader, sqlite_store: Store) -> None:
    async with sqlite_store.read() as unit:
        expected = await unconfirmed(unit, COMPANY)
    tab = "Платежи"
    shown = [
        (read(tab, FIRST_ROW + row, 10), kopecks(read(tab, FIRST_ROW + row, 6)))
        for row in range(rows(read, tab))
    ]
    assert shown == [(one.deal.id, one.amount.minor) for one in expected]
    assert [read(tab, FIRST_ROW + row, 8) or 0 for row in range(3)] == [9, 0, 0]
    assert kopecks(read(tab, 2, 6)) == sum(one.amount.minor for one in expected)


async def test_debts_and_people_equal_their_reports(read: Reader, sqlite_store: Store) -> None:
    async with sqlite_store.read() as unit:
        debts, people = await receivables(unit, COMPANY), await accountable(unit)
    assert rows(read, "Долги") == len(debts) == 2
    assert kopecks(read("Долги", 2, 5)) == sum(one.due.minor for one in debts)
    assert rows(read, "Подотчёт") == len(people)
    for row, one in enumerate(people, FIRST_ROW):
        sums = [kopecks(read("Подотчёт", row, column)) for column in (1, 2, 3)]
        assert sums == [one.collected.minor, one.pending.minor, one.issued.minor]


def test_the_calendar_starts_with_the_money_and_adds_what_is_expected(read: Reader) -> None:
    tab = "Счета"
    assert kopecks(read(tab, 3, 1)) == 10_000 + 777 + 50 - 500
    cash, bank, cards = (
        [kopecks(read(tab, row, column)) for row in range(5, 6 + CALENDAR_DAYS)]
        for column in (7, 8, 9)
    )
    assert set(cash) == {10_777}
    assert bank == [50] * 4 + [700_050] * (CALENDAR_DAYS - 3)
    assert cards == [-500] + [-401] * CALENDAR_DAYS
    assert [read(tab, 3, column) for column in (7, 8, 10)] == ["нет"] * 3
    assert read(tab, 3, 9) == TODAY
    assert kopecks(read(tab, 5, 1)) == 1_500_000


@pytest.fixture
async def google(sqlite_store: Store, clock: VirtualClock) -> AsyncIterator[Google]:
    """The same books in the spreadsheet."""
    await fill(sqlite_store)
    async with open_google(sqlite_store, clock) as opened:
        await opened.deliver()
        yield opened


async def reasons(google: Google, *, heal: bool = True) -> set[Reason]:
    report = await self_check(google.channel, heal=heal)
    assert isinstance(report, CheckReport), report
    return {one.reason for one in report.differences}


async def test_a_row_that_the_books_outran_is_late_and_not_damaged(google: Google) -> None:
    late = {"prepayment": Claim(Money(98), Method.CASH, TODAY, "p4")}
    async with google.store.write("test") as unit:
        await see_deal(unit, COMPANY, SeenDeal(deal(2), late))
        await see_deal(unit, COMPANY, SeenDeal(deal(3), late))
    assert await reasons(google) == set()
    await google.spend("any", 5)
    await google.deliver()
    assert [google.shown("Платежи", FIRST_ROW + row, 6) for row in range(4)][1:] == [
        7000,
        0.98,
        0.98,
    ]


async def test_edited_moved_and_foreign_rows_are_named_and_mended(google: Google) -> None:
    google.edit("Платежи", FIRST_ROW, 6, 1)
    google.edit("Долги", FIRST_ROW + 7, 1, "моё")
    google.standin.sort_range(BOOK, "Подотчёт!A5:F6", 1, descending=False)
    assert await reasons(google) == {Reason.EDITED, Reason.EXTRA}
    assert await reasons(google) == set()
    assert google.shown("Платежи", FIRST_ROW, 6) == 15000
    assert google.shown("Долги", FIRST_ROW + 7, 1) is None


async def test_a_payment_that_went_leaves_no_row(google: Google) -> None:
    async with google.store.write("test") as unit:
        await see_deal(unit, COMPANY, SeenDeal(deal(2), {"prepayment": None}))
    await google.spend("any", 5)
    await google.deliver()
    assert google.shown("Платежи", FIRST_ROW + 2, 0) is None
    assert await reasons(google, heal=False) == set()


async def test_open_payments_are_never_cut(sqlite_store: Store) -> None:
    async with sqlite_store.write("test") as unit:
        for number in range(1, 351):
            claim = Claim(Money(100 + number), Method.CASH, TODAY, "p3")
            await see_deal(unit, COMPANY, SeenDeal(deal(number), {"prepayment": claim}))
    read = formualizer_reader(await export_workbook(sqlite_store, SETTINGS), {})

    assert kopecks(read("Платежи", TOTAL_ROW, 6)) == sum(100 + one for one in range(1, 351))
    assert kopecks(read("Счета", 4, 1)) == kopecks(read("Платежи", TOTAL_ROW, 6))
    assert read("Платежи", FIRST_ROW + 349, 0) == "ожидается"

"""New Year: one spreadsheet ends and the next begins by the clock alone, and nothing is lost."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from sandbox.faults import FaultKind, FaultRule
from sandbox.google_sheets.api import Access
from sheets.check.self_check import CheckReport, self_check
from sheets.following import Follower
from sheets.transport import SheetsTransport
from sheets.writer import SheetChannel
from sheets.years import YearsChannel
from store.database import Store
from store.scopes import EVERYTHING
from tests.sheets.google import SETTINGS
from tests.sheets.spreadsheets import (
    EVE,
    YEARS,
    Spreadsheets,
    again,
    open_spreadsheets,
    opening,
    spent,
)
from usecases.sheet_watch import wanted_check
from world.clock import VirtualClock

OLD, NEW = "book-2026", "book-2027"
LAST, FIRST = date(2026, 12, 31), date(2027, 1, 1)
MIDNIGHT = timedelta(hours=5)
BATCH = "spreadsheets.batchUpdate"


@pytest.fixture
async def books(sqlite_store: Store, clock: VirtualClock) -> AsyncIterator[Spreadsheets]:
    clock.advance(EVE - clock.now())
    async with open_spreadsheets(sqlite_store, clock) as opened:
        yield opened


async def new_year(books: Spreadsheets) -> None:
    """Midnight passes; the next heartbeat is queued as it always is."""
    books.google.clock.advance(MIDNIGHT)
    async with books.google.store.write("test") as unit:
        await unit.outbox.put("sheet", "heartbeat", lane="journal")


async def assert_true(books: Spreadsheets) -> None:
    """Both spreadsheets are what the books say, to the last cell."""
    for book, channel in books.channels.items():
        assert books.verdict(book) == "СХОДИТСЯ"
        report = await self_check(channel, heal=False)
        assert isinstance(report, CheckReport)
        assert report.differences == (), book


async def test_the_switch_is_made_by_the_clock(books: Spreadsheets) -> None:
    await books.post(opening("o", 1_000_000, date(2026, 12, 1)))
    await books.spend("eve", 50_000, LAST)
    await books.deliver()
    await books.follow()
    assert (books.numbers(OLD), books.numbers(NEW)) == ([1, 2], [])
    await new_year(books)
    await books.spend("new", 20_000, FIRST)
    await books.deliver()
    assert (books.numbers(OLD), books.numbers(NEW)) == ([1, 2], [3])
    await books.follow()
    await assert_true(books)
    assert books.shown(NEW, "ДДС", 4, 1) == 9_500
    assert books.shown(NEW, "ДДС", 4, 5) == 9_300
    assert books.shown(OLD, "ДДС", 4, 5) == 9_500


async def test_the_next_spreadsheet_is_ready_before_the_year_begins(books: Spreadsheets) -> None:
    await books.spend("eve", 50_000, LAST)
    await books.spend("prepaid", 10_000, LAST, FIRST)
    await books.deliver()
    await books.follow()
    assert books.numbers(NEW) == [2]
    assert books.shown(NEW, "ОПиУ", 3, 1) == 46388
    await assert_true(books)


async def test_an_operation_of_two_years_counts_in_each_by_its_own_day(
    books: Spreadsheets,
) -> None:
    await books.post(spent("prepaid", 10_000, LAST, FIRST))
    await books.deliver()
    await new_year(books)
    await books.deliver()
    await books.follow()
    assert books.numbers(OLD) == books.numbers(NEW) == [1]
    net = 14
    assert [books.shown(OLD, "ОПиУ", net, column) for column in (12, 13)] == [-100, -100]
    assert [books.shown(NEW, "ОПиУ", net, column) for column in (1, 13)] == [0, 0]
    for book in (OLD, NEW):
        books.google.standin.edit_cell(book, "'ОПиУ'!B2", "по начислению")
    assert [books.shown(OLD, "ОПиУ", net, column) for column in (12, 13)] == [0, 0]
    assert [books.shown(NEW, "ОПиУ", net, column) for column in (1, 13)] == [-100, -100]
    await assert_true(books)


async def test_a_late_operation_of_the_old_year_changes_what_was_carried(
    books: Spreadsheets,
) -> None:
    await new_year(books)
    await books.spend("new", 20_000, FIRST)
    await books.deliver()
    await books.follow()
    await books.spend("late", 5_000, LAST)
    await books.deliver()
    assert books.numbers(OLD) == []
    assert books.shown(NEW, "ДДС", 4, 1) == -50
    await books.follow()
    assert (books.numbers(OLD), books.numbers(NEW)) == ([2], [1])
    await assert_true(books)


async def test_what_waited_at_midnight_arrives_in_the_year_it_belongs_to(
    books: Spreadsheets,
) -> None:
    await books.spend("eve", 50_000, LAST)
    await books.spend("early", 30_000, FIRST)
    await new_year(books)
    await books.spend("new", 20_000, FIRST)
    await books.deliver()
    await books.follow()
    assert (books.numbers(OLD), books.numbers(NEW)) == ([1], [2, 3])
    await assert_true(books)


@pytest.mark.parametrize("lost", range(3))
async def test_a_process_killed_around_midnight_leaves_nothing_out(
    books: Spreadsheets, lost: int
) -> None:
    await books.spend("eve", 50_000, LAST)
    await books.spend("early", 30_000, FIRST)
    await books.deliver()
    # The request arrives and whoever sent it never hears of it: as after a kill.
    rules = [FaultRule(FaultKind.LOST, call=BATCH, nth=lost + 1)]
    books.google.faults.replace(rules)
    await new_year(books)
    await books.spend("new", 20_000, FIRST)
    await books.spend("late", 5_000, LAST)
    await books.deliver()
    await books.follow()
    books = again(books)
    await books.deliver(rounds=3)
    await books.follow()
    assert (books.numbers(OLD), books.numbers(NEW)) == ([1, 4], [2, 3])
    await assert_true(books)


async def test_without_a_share_for_the_old_year_the_new_one_goes_on(books: Spreadsheets) -> None:
    await new_year(books)
    books.google.standin.set_share(OLD, Access.DENIED)
    await books.spend("late", 5_000, LAST)
    await books.spend("new", 20_000, FIRST)
    await books.deliver()
    await books.follow()
    assert books.numbers(NEW) == [2]
    assert await books.google.waiting() == 0
    books.google.standin.set_share(OLD, Access.WRITER)
    assert isinstance(await self_check(books.channels[OLD], heal=True), CheckReport)
    books.google.clock.advance(timedelta(minutes=10))
    await books.follow()
    assert books.numbers(OLD) == [1]


async def test_an_instance_that_checks_nothing_asks_for_the_check(books: Spreadsheets) -> None:
    await books.deliver()
    books.google.standin.set_share(OLD, Access.READER)
    await books.spend("late", 5_000, LAST)
    async with books.google.store.read() as unit:
        assert await wanted_check(unit) is None
    await books.deliver()
    async with books.google.store.read() as unit:
        assert await wanted_check(unit) is not None


async def test_one_spreadsheet_that_held_everything_gives_up_the_new_year(
    sqlite_store: Store, clock: VirtualClock
) -> None:
    clock.advance(EVE + timedelta(days=40) - clock.now())
    async with open_spreadsheets(sqlite_store, clock, {OLD: EVERYTHING}) as one:
        await one.spend("eve", 50_000, LAST)
        await one.spend("new", 20_000, FIRST)
        await one.spend("late", 5_000, LAST)
        await one.deliver()
        assert one.numbers(OLD) == [1, 2, 3]
        assert one.shown(OLD, "ОПиУ", 3, 24) == 46722
        columns = one.shown(OLD, "ОПиУ", 3, 25)
        assert columns == "Итого"
        await _split(one)
        assert (one.numbers(OLD), one.numbers(NEW)) == ([1, 3], [2])
        assert [one.shown(OLD, "ОПиУ", row, 25) for row in range(3, 18)] == [None] * 15
        await assert_true(one)


async def _split(books: Spreadsheets) -> None:
    """The owner names a spreadsheet for 2027 when the year has long begun."""
    google = books.google
    google.standin.create({"spreadsheetId": NEW, "properties": {"title": NEW}})
    old = books.channels[OLD].transport
    new = SheetsTransport(google.account, NEW, google.clock, base_url=google.base)
    for book, transport in ((OLD, old), (NEW, new)):
        settings = replace(SETTINGS, scope=YEARS[book])
        books.channels[book] = SheetChannel(google.store, transport, settings)
    channels = list(books.channels.values())
    books.years = YearsChannel(channels, google.clock, SETTINGS.zone)
    books.followers = [Follower(one, google.clock) for one in channels]
    async with google.store.write("test") as unit:
        await unit.outbox.put("sheet", "heartbeat", lane="journal")
    await books.deliver()
    await books.follow()

"""A spreadsheet that no queue drives is brought up to date by the cursor that it bears itself."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest

from sandbox.faults import FaultKind, FaultRule
from sandbox.google_sheets.api import Access
from sheets.check.checking import Reason
from sheets.check.self_check import CheckReport, self_check
from sheets.following import KEPT_FREE, catch_up
from sheets.problems import HoldsOthers, NotShared
from sheets.tabs.service_tab import MARKER_COLUMN, UPTO_ROW
from store.database import Store
from store.reports import Only
from store.scopes import EVERYTHING, Scope
from tests.sheets.spreadsheets import Spreadsheets, again, open_spreadsheets
from world.clock import VirtualClock

ALL, ANNAS = "book-all", "book-anna"
DAY = date(2026, 2, 14)
BATCH = "spreadsheets.batchUpdate"
SCOPES = {ALL: EVERYTHING, ANNAS: Scope(only=Only("manager", "Анна"))}


@pytest.fixture
async def books(sqlite_store: Store, clock: VirtualClock) -> AsyncIterator[Spreadsheets]:
    async with open_spreadsheets(sqlite_store, clock, SCOPES) as opened:
        await opened.sell("a1", 50_000, DAY)
        await opened.sell("b1", 70_000, DAY, "Борис")
        await opened.sell("a2", 30_000, DAY)
        yield opened


def cursor(books: Spreadsheets) -> object:
    return books.shown(ANNAS, "_служебный", UPTO_ROW, MARKER_COLUMN)


async def test_the_rows_of_its_own_operations_come_at_their_places(books: Spreadsheets) -> None:
    await books.follow()
    assert books.numbers(ANNAS) == [1, 3]
    assert (cursor(books), books.verdict(ANNAS)) == (3, "СХОДИТСЯ")
    assert books.shown(ANNAS, "Сверка", 2, 1) == 2


async def test_what_is_others_is_not_written_at_all(books: Spreadsheets) -> None:
    await books.follow()
    sent = len(books.writes(ANNAS))
    await books.sell("b2", 10_000, DAY, "Борис")
    assert await books.follow() == 0
    await books.sell("a3", 10_000, DAY)
    assert await books.follow() == 1
    assert len(books.writes(ANNAS)) == sent + 1
    assert (books.numbers(ANNAS), cursor(books)) == ([1, 3, 5], 5)


async def test_rows_that_it_lacks_are_on_their_way_and_not_deleted(books: Spreadsheets) -> None:
    await books.follow()
    await books.deliver(rounds=3)
    await books.sell("a3", 10_000, DAY)
    await books.deliver()
    assert await books.google.waiting() == 0
    report = await self_check(books.channels[ANNAS], heal=False)
    assert isinstance(report, CheckReport)
    assert report.agrees
    assert {one.reason for one in report.differences} == {Reason.WAITING}
    await books.follow()
    report = await self_check(books.channels[ANNAS], heal=False)
    assert isinstance(report, CheckReport)
    assert report.differences == ()


async def test_a_heartbeat_keeps_it_green(books: Spreadsheets) -> None:
    await books.follow()
    assert await books.follow() == 0
    books.google.clock.advance(timedelta(minutes=10))
    assert await books.follow() == 1
    assert books.verdict(ANNAS) == "СХОДИТСЯ"


@pytest.mark.parametrize("kind", [FaultKind.LOST, FaultKind.TOO_MANY, FaultKind.HTML])
async def test_after_any_fault_it_goes_on_where_it_stands(
    books: Spreadsheets, kind: FaultKind
) -> None:
    await books.follow()
    await books.sell("a3", 10_000, DAY)
    books.google.faults.replace([FaultRule(kind, call=BATCH, nth=1)])
    assert await books.follow() == 0
    started = again(books)
    await started.follow()
    assert (started.numbers(ANNAS), cursor(started)) == ([1, 3, 4], 4)
    assert started.verdict(ANNAS) == "СХОДИТСЯ"


async def test_a_lost_share_is_waited_out_and_holds_up_nobody(books: Spreadsheets) -> None:
    books.google.standin.set_share(ANNAS, Access.DENIED)
    assert await books.follow() == 0
    annas = books.followers[1]
    assert isinstance(annas.problem, NotShared)
    assert await books.follow() == 0
    assert annas.failures == 1
    await books.deliver()
    assert (books.numbers(ALL), books.verdict(ALL)) == ([1, 2, 3], "СХОДИТСЯ")
    books.google.standin.set_share(ANNAS, Access.WRITER)
    books.google.clock.advance(timedelta(minutes=5))
    assert await books.follow() == 0
    assert isinstance(await self_check(annas.channel, heal=True), CheckReport)
    books.google.clock.advance(timedelta(minutes=5))
    await books.follow()
    assert (annas.problem, annas.failures, books.numbers(ANNAS)) == (None, 0, [1, 3])


async def test_rows_are_written_five_hundred_at_a_time(
    sqlite_store: Store, clock: VirtualClock
) -> None:
    async with open_spreadsheets(sqlite_store, clock, SCOPES) as books:
        await books.follow()
        for number in range(502):
            await books.sell(f"a{number}", 100 + number, DAY)
        annas = books.channels[ANNAS]
        assert [await catch_up(annas) for _ in range(3)] == [1, 1, 0]
        assert cursor(books) == 502
        assert books.shown(ANNAS, "Журнал", 502, 0) == 502
        first, _ = books.writes(ANNAS)[-2:]
        rows = [one["updateCells"] for one in first.body["requests"] if "updateCells" in one]
        assert max(len(one["rows"]) for one in rows) == 500


async def test_a_spreadsheet_that_was_the_companys_is_not_used_for_somebody(
    books: Spreadsheets,
) -> None:
    await books.deliver()
    wrong = again(books)
    wrong.channels[ANNAS].transport.spreadsheet_id = ALL
    outcome = await catch_up(wrong.channels[ANNAS])
    assert outcome == HoldsOthers(ALL)
    assert books.numbers(ALL) == [1, 2, 3]


async def test_followers_leave_room_for_the_present_spreadsheet(books: Spreadsheets) -> None:
    clock, annas = books.google.clock, books.channels[ANNAS].transport
    annas.keep_free = KEPT_FREE
    started = clock.now()
    for _ in range(30):
        await annas.batch_update([])
    assert clock.now() < started + timedelta(minutes=1)
    for _ in range(20):
        await books.channels[ALL].transport.batch_update([])
    assert clock.now() < started + timedelta(minutes=1)
    await annas.batch_update([])
    assert clock.now() >= started + timedelta(minutes=1)

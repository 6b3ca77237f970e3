"""The window that is read again and again: each line once, whatever happens on the way."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from banking.feeds.protocol import LimitReached
from ledger.months import Month
from sandbox.bank.company import MAIN_ACCOUNT, SECOND_ACCOUNT
from sandbox.bank.records import Order
from sandbox.faults import parse_rules
from store.database import Store
from tests.banking.feeds.feed_room import COMPANY, DAY, FeedRoom, feed_room
from tests.usecases.company_room import MARIA, OWNER, held, hire
from usecases.audit import audit
from usecases.periods import close_period
from usecases.statements import DroppedFile, Imported, import_statement
from usecases.troubles import troubles
from world.clock import VirtualClock

HOUR = timedelta(hours=1)
FAULTS = ("refuse", "reset", "slow", "429", "5xx", "html", "cut", "lost")


@pytest.fixture(params=["tbank", "modulbank"])
async def room(request: pytest.FixtureRequest, clock: VirtualClock) -> AsyncIterator[FeedRoom]:
    async with feed_room(request.param, clock) as made:
        yield made


@pytest.fixture
async def tbank(clock: VirtualClock) -> AsyncIterator[FeedRoom]:
    async with feed_room("tbank", clock) as made:
        yield made


async def lines(store: Store) -> int:
    async with store.read() as unit:
        return len(await unit.statements.all_lines())


async def trouble(store: Store, room: FeedRoom) -> str:
    async with store.read() as unit:
        return (await troubles(unit)).get(room.feed.name, "")


async def assert_books_are_the_banks(store: Store, room: FeedRoom) -> None:
    async with store.read() as unit:
        booked = await held(unit, f"bank:{MAIN_ACCOUNT}")
    balance = room.bank.balance(MAIN_ACCOUNT)
    assert booked == f"{balance // 100}.{balance % 100:02d}"
    assert (await audit(store, [])).differences == ()


async def test_the_window_read_again_brings_only_what_is_new(
    sqlite_store: Store, room: FeedRoom
) -> None:
    intake = room.intake(sqlite_store)
    room.clock.advance(timedelta(days=2))
    for amount in (500_010, 500_010, 70):
        room.paid(amount)
    news = [await intake.pull(), await intake.pull()]
    room.clock.advance(timedelta(days=3))
    room.paid(1_500_000, "задним числом", day=DAY)
    room.paid(500_010)

    news += [await intake.pull(), await intake.pull()]

    assert news == [3, 0, 2, 0]
    await assert_books_are_the_banks(sqlite_store, room)


async def test_after_a_long_downtime_nothing_is_missing(
    sqlite_store: Store, room: FeedRoom
) -> None:
    intake = room.intake(sqlite_store)
    await intake.pull()
    for _ in range(40):
        room.clock.advance(timedelta(days=1))
        room.paid(100_000)

    assert await intake.pull() == 40
    await assert_books_are_the_banks(sqlite_store, room)


@pytest.mark.parametrize("fault", FAULTS)
async def test_after_any_fault_at_any_call_the_books_are_the_banks(
    sqlite_store: Store, room: FeedRoom, fault: str
) -> None:
    intake = room.intake(sqlite_store)
    room.faults.slow_real_s_max = 0.01
    room.paid(1_500_000)
    room.paid(1_500_000)

    for nth in range(1, 4):
        room.faults.replace(parse_rules(f"*:{fault}@{nth}x5"))
        await intake.pull()
        room.clock.advance(HOUR)
    room.faults.replace(())
    await intake.pull()

    assert await lines(sqlite_store) == 2
    assert await trouble(sqlite_store, room) == ""
    await assert_books_are_the_banks(sqlite_store, room)


async def test_a_dead_token_is_told_until_it_is_renewed(
    sqlite_store: Store, room: FeedRoom
) -> None:
    intake = room.intake(sqlite_store)
    room.standin.revoke()

    assert await intake.pull() == 0
    assert "не принимает токен" in await trouble(sqlite_store, room)

    room.standin._tokens.add("bank-secret-token")
    await intake.pull()
    assert await trouble(sqlite_store, room) == ""


async def test_a_token_without_the_right_says_what_to_check(
    sqlite_store: Store, tbank: FeedRoom
) -> None:
    tbank.standin.forbid()

    await tbank.intake(sqlite_store).pull()

    assert "(403)" in await trouble(sqlite_store, tbank)


async def test_a_bank_that_is_silent_for_hours_is_told(
    sqlite_store: Store, room: FeedRoom
) -> None:
    intake = room.intake(sqlite_store)
    room.faults.replace(parse_rules("*:5xx"))

    said = []
    for _ in range(8):
        await intake.pull()
        said.append(bool(await trouble(sqlite_store, room)))
        room.clock.advance(HOUR)

    assert said[0] is False
    assert said[-1] is True


async def test_a_file_and_the_api_are_one_line_in_either_order(
    sqlite_store: Store, room: FeedRoom
) -> None:
    intake = room.intake(sqlite_store)
    await hire(sqlite_store)
    room.paid(1_500_000, "Оплата по договору К-1001")
    await intake.pull()
    room.paid(1_500_000, "Оплата по договору К-1001")

    content = room.bank.statement(MAIN_ACCOUNT, DAY, DAY)
    async with sqlite_store.write("test") as unit:
        file = DroppedFile("f", "kl_to_1c.txt", content)
        outcome = await import_statement(unit, COMPANY, MARIA, file)

    assert isinstance(outcome, Imported)
    assert (outcome.new, outcome.known, outcome.doubtful) == (1, 1, 0)
    assert await intake.pull() == 0
    await assert_books_are_the_banks(sqlite_store, room)


async def test_ids_that_change_at_night_change_nothing(
    sqlite_store: Store, tbank: FeedRoom
) -> None:
    intake = tbank.intake(sqlite_store)
    tbank.clock.advance(timedelta(hours=14, minutes=45))
    for _ in range(2):
        document = tbank.paid(900_000)
        tbank.standin.side.make_nightly(document.id)
    first = await intake.pull()
    tbank.clock.advance(timedelta(hours=8))

    assert (first, await intake.pull()) == (2, 0)
    await assert_books_are_the_banks(sqlite_store, tbank)


async def test_what_is_held_or_on_its_way_is_no_movement_until_it_is_booked(
    sqlite_store: Store, room: FeedRoom
) -> None:
    intake = room.intake(sqlite_store)
    wait = room.standin.hold if hasattr(room.standin, "hold") else room.standin.send
    waiting = wait(MAIN_ACCOUNT, 99_000, "карта")
    before = await intake.pull()
    room.standin.side.end_waiting(waiting)
    room.bank.fee(MAIN_ACCOUNT, Order(99_000, "карта"))

    assert (before, await intake.pull()) == (0, 1)
    await assert_books_are_the_banks(sqlite_store, room)


async def test_an_own_transfer_is_a_line_on_each_account_and_cancels(
    sqlite_store: Store, room: FeedRoom
) -> None:
    room.bank.own_transfer(MAIN_ACCOUNT, SECOND_ACCOUNT, Order(10_000_000, "между своими"))

    new = await room.intake(sqlite_store, MAIN_ACCOUNT, SECOND_ACCOUNT).pull()

    assert new == 2
    async with sqlite_store.read() as unit:
        assert await held(unit, "transit:own") == "0.00"
        assert await held(unit, f"bank:{SECOND_ACCOUNT}") == "100000.00"
        assert await unit.statements.unexplained() == []


async def test_lines_of_a_closed_month_are_told_and_the_open_days_come_in(
    sqlite_store: Store, tbank: FeedRoom
) -> None:
    intake = tbank.intake(sqlite_store)
    await hire(sqlite_store)
    tbank.clock.advance(timedelta(days=28))
    await intake.pull()
    tbank.clock.advance(timedelta(days=3))
    async with sqlite_store.write("test") as unit:
        await close_period(unit, COMPANY, OWNER, Month(2026, 3))
    tbank.paid(100, day=DAY + timedelta(days=27))
    tbank.paid(200)

    assert await intake.pull() == 1
    assert "29.03.2026" in await trouble(sqlite_store, tbank)


async def test_without_named_accounts_all_of_the_token_are_read(
    sqlite_store: Store, room: FeedRoom
) -> None:
    room.paid(100)
    intake = room.intake(sqlite_store)
    intake.rules = type(intake.rules)()

    assert await intake.pull() == 1
    async with sqlite_store.read() as unit:
        places = await unit.catalog.bank_accounts()
    assert set(places) == {MAIN_ACCOUNT, SECOND_ACCOUNT}


async def test_a_long_wait_is_left_to_the_next_pull(room: FeedRoom) -> None:
    room.faults.replace(parse_rules("*:429"))

    answer = await room.feed.read(MAIN_ACCOUNT, DAY, DAY)

    assert isinstance(answer, LimitReached)

"""What the spreadsheet is told of people's cash, payments, debts and unexplained lines."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sheets.waiting_facts import NOTHING_WAITS, read_waiting
from store.database import Store
from world.clock import VirtualClock

MOSCOW = ZoneInfo("Europe/Moscow")


async def test_of_empty_books_nothing_waits(sqlite_store: Store) -> None:
    async with sqlite_store.read() as unit:
        waiting = await read_waiting(unit, MOSCOW)

    assert waiting.people == waiting.payments == waiting.debts == ()
    assert (waiting.unexplained, waiting.unexplained_minor) == (0, 0)
    assert NOTHING_WAITS.unexplained == 0


async def test_the_day_is_that_of_the_business(sqlite_store: Store, clock: VirtualClock) -> None:
    clock.advance_to(datetime(2027, 1, 1, 22, 30, tzinfo=UTC))

    async with sqlite_store.read() as unit:
        waiting = await read_waiting(unit, MOSCOW)

    assert waiting.today == date(2027, 1, 2)

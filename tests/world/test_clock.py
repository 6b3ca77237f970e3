"""Clocks: the machine's, and the one that a script moves."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from world.clock import SystemClock, VirtualClock, business_day

MOSCOW = ZoneInfo("Europe/Moscow")
START = datetime(2026, 3, 2, 9, tzinfo=MOSCOW)


def test_an_instant_is_utc_wherever_the_clock_was_set() -> None:
    clock = VirtualClock(START)

    assert clock.now() == START
    assert clock.now().tzinfo is UTC


def test_the_virtual_clock_stands_still_until_it_is_moved() -> None:
    clock = VirtualClock(START)
    before = clock.now()

    clock.advance(timedelta(hours=2))

    assert clock.now() - before == timedelta(hours=2)


async def test_sleeping_moves_a_standing_clock_at_once() -> None:
    clock = VirtualClock(START)

    await clock.sleep(90 * 86_400)

    assert clock.now() == START + timedelta(days=90)


def test_a_clock_never_goes_back() -> None:
    clock = VirtualClock(START)

    clock.advance_to(START - timedelta(days=1))

    assert clock.now() == START
    with pytest.raises(AssertionError):
        clock.advance(timedelta(seconds=-1))


async def test_a_flowing_clock_goes_on_from_where_it_stood() -> None:
    clock = VirtualClock(START)
    clock.flow()
    began = clock.now()

    await clock.sleep(0.01)

    assert clock.flows
    assert timedelta(milliseconds=10) <= clock.now() - began < timedelta(days=1)
    assert clock.now() - START < timedelta(days=1)


async def test_a_flowing_clock_can_still_be_moved() -> None:
    clock = VirtualClock(START)
    clock.flow()

    clock.advance(timedelta(days=1))

    assert clock.now() >= START + timedelta(days=1)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(AssertionError):
        VirtualClock(datetime(2026, 3, 2, 9))  # noqa: DTZ001 - the missing zone is the point


async def test_the_machines_clock_tells_utc_and_waits() -> None:
    clock = SystemClock()
    before = clock.now()

    await clock.sleep(0.001)

    assert before.tzinfo is UTC
    assert clock.now() > before


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 3, 1, 20, 59, 59, tzinfo=UTC), date(2026, 3, 1)),
        (datetime(2026, 3, 1, 21, 0, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2025, 12, 31, 23, 0, tzinfo=UTC), date(2026, 1, 1)),
    ],
)
def test_a_day_is_the_business_days_of_its_zone(instant: datetime, day: date) -> None:
    assert business_day(instant, MOSCOW) == day

"""Closed months refuse every day in them, until a recorded reopening, until it lapses."""

from datetime import UTC, datetime

import pytest

from ledger.months import Month
from ledger.periods import Periods, Reopening
from tests.ledger.reading import day

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 10, 12, 0, 1, tzinfo=UTC)
EARLIER = datetime(2026, 3, 10, 11, 59, 59, 999999, tzinfo=UTC)

# day, at noon, whether the books refuse it; closed through January, December open until noon
ROWS = [
    ("2026-02-01", EARLIER, False),
    ("2026-01-31", EARLIER, True),
    ("2026-01-01", EARLIER, True),
    ("2025-12-31", EARLIER, False),
    ("2025-12-01", EARLIER, False),
    ("2025-11-30", EARLIER, True),
    ("2020-01-01", EARLIER, True),
    ("2025-12-31", NOON, True),
    ("2025-12-31", LATER, True),
]
CLOSED = Periods(
    closed_through=Month(2026, 1),
    reopenings=(Reopening(Month(2025, 12), NOON, "olga", "забытый счёт"),),
)


@pytest.mark.parametrize(("text", "now", "refused"), ROWS)
def test_a_closed_month_refuses_its_days(text: str, now: datetime, refused: bool) -> None:
    assert CLOSED.is_closed(day(text), now) is refused


def test_books_that_were_never_closed_refuse_nothing() -> None:
    assert not Periods().is_closed(day("1999-01-01"), NOON)


def test_a_reopening_of_an_open_month_changes_nothing() -> None:
    reopened = Periods(None, (Reopening(Month(2026, 1), NOON, "olga", "на всякий случай"),))

    assert not reopened.is_closed(day("2026-01-15"), LATER)


def test_one_reopening_in_force_is_enough() -> None:
    lapsed = Reopening(Month(2026, 1), EARLIER, "olga", "первый раз")
    in_force = Reopening(Month(2026, 1), LATER, "olga", "второй раз")

    assert not Periods(Month(2026, 1), (lapsed, in_force)).is_closed(day("2026-01-15"), NOON)
    assert Periods(Month(2026, 1), (lapsed,)).is_closed(day("2026-01-15"), NOON)


def test_the_refused_days_are_listed_in_order() -> None:
    asked = [day("2026-02-01"), day("2026-01-31"), day("2025-12-15"), day("2025-11-30")]

    assert CLOSED.closed_days(asked, EARLIER) == [day("2025-11-30"), day("2026-01-31")]
    assert CLOSED.closed_days([], EARLIER) == []

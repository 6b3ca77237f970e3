"""A cost spread over months by days."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.money import Money, total
from ledger.months import Month
from ledger.spread import spread_by_days
from tests.ledger.reading import day, rub

TABLE = {
    "within one month": ("300", "2026-01-05", "2026-01-20", ["2026-01-20 300.00"]),
    "one day": ("300", "2026-01-31", "2026-01-31", ["2026-01-31 300.00"]),
    "a whole month": ("300", "2026-02-01", "2026-02-28", ["2026-02-28 300.00"]),
    "two days of two months": (
        "0.01",
        "2026-01-31",
        "2026-02-01",
        ["2026-01-31 0.01"],
    ),
    "over the new year": (
        "62.00",
        "2025-12-01",
        "2026-01-31",
        ["2025-12-31 31.00", "2026-01-31 31.00"],
    ),
    "over a leap February": (
        "91.00",
        "2024-01-01",
        "2024-03-31",
        ["2024-01-31 31.00", "2024-02-29 29.00", "2024-03-31 31.00"],
    ),
}


@pytest.mark.parametrize(("amount", "first", "last", "parts"), TABLE.values(), ids=TABLE)
def test_a_cost_is_spread_by_the_days_of_each_month(
    amount: str, first: str, last: str, parts: list[str]
) -> None:
    spread = spread_by_days(rub(amount), day(first), day(last))

    assert [f"{part.accrued_on} {part.amount.plain}" for part in spread] == parts


@given(
    st.integers(1, 10**9),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 800),
)
@settings(max_examples=80)
def test_spread_parts_add_up_and_stay_inside(minor: int, first: date, days: int) -> None:
    last = first + timedelta(days=days)

    parts = spread_by_days(Money(minor), first, last)

    assert total([part.amount for part in parts]) == Money(minor)
    assert all(first <= part.accrued_on <= last for part in parts)
    months = [Month.of(part.accrued_on) for part in parts]
    assert months == sorted(set(months))


@pytest.mark.parametrize(
    ("minor", "first", "last"), [(1, "2026-01-02", "2026-01-01"), (0, "2026-01-01", "2026-01-01")]
)
def test_nothing_and_no_days_cannot_be_spread(minor: int, first: str, last: str) -> None:
    with pytest.raises(AssertionError):
        spread_by_days(Money(minor), day(first), day(last))

"""Months: reading, edges and steps."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.months import Month, months_between


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-01", Month(2026, 1)),
        ("2026-12", Month(2026, 12)),
        (" 2026-02 ", Month(2026, 2)),
        ("0001-01", Month(1, 1)),
        ("2026-00", None),
        ("2026-13", None),
        ("0000-01", None),
        ("2026-1", None),
        ("2026-01-01", None),
        ("январь", None),
        ("٢٠٢٦-٠١", None),
        ("", None),
    ],
)
def test_a_month_is_read_from_four_and_two_digits_only(text: str, month: Month | None) -> None:
    assert Month.parse(text) == month


@pytest.mark.parametrize(
    ("month", "first", "last", "following"),
    [
        ("2026-01", "2026-01-01", "2026-01-31", "2026-02"),
        ("2026-02", "2026-02-01", "2026-02-28", "2026-03"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024-03"),
        ("2026-04", "2026-04-01", "2026-04-30", "2026-05"),
        ("2026-12", "2026-12-01", "2026-12-31", "2027-01"),
    ],
)
def test_a_month_knows_its_edges(month: str, first: str, last: str, following: str) -> None:
    read = Month.parse(month)

    assert read is not None
    assert str(read) == month
    assert read.first_day == date.fromisoformat(first)
    assert read.last_day == date.fromisoformat(last)
    assert str(read.next) == following


def test_months_run_over_the_new_year_both_ends_included() -> None:
    months = [str(month) for month in months_between(Month(2025, 11), Month(2026, 2))]

    assert months == ["2025-11", "2025-12", "2026-01", "2026-02"]


def test_a_span_that_ends_before_it_starts_holds_no_month() -> None:
    assert list(months_between(Month(2026, 2), Month(2026, 1))) == []


@pytest.mark.parametrize("number", [0, 13])
def test_a_year_has_twelve_months(number: int) -> None:
    with pytest.raises(AssertionError):
        Month(2026, number)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
@settings(max_examples=60)
def test_every_day_lies_in_exactly_its_own_month(day: date) -> None:
    month = Month.of(day)

    assert month.first_day <= day <= month.last_day
    assert month.next.first_day == month.last_day + timedelta(days=1)
    assert Month.parse(str(month)) == month

"""Business days between a sale and its settlement."""

from datetime import date

import pytest

from banking.matching.calendar import business_days, weekdays


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (date(2026, 3, 3), date(2026, 3, 4), 1),  # Tuesday, Wednesday
        (date(2026, 3, 6), date(2026, 3, 9), 1),  # Friday, Monday
        (date(2026, 3, 7), date(2026, 3, 9), 1),  # Saturday, Monday
        (date(2026, 2, 20), date(2026, 2, 24), 1),  # over 23 February
        (date(2025, 12, 31), date(2026, 1, 9), 1),  # over the January holidays
        (date(2026, 3, 4), date(2026, 3, 3), 0),
    ],
)
def test_weekends_and_yearly_holidays_do_not_count(first, last, count):
    assert business_days(first, last, frozenset()) == count


def test_a_day_off_by_decree_is_given():
    assert business_days(date(2026, 3, 6), date(2026, 3, 10), {date(2026, 3, 9)}) == 1


def test_a_bank_that_works_on_holidays_counts_weekdays():
    assert weekdays(date(2026, 2, 20), date(2026, 2, 24)) == 2

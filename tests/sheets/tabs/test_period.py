"""Months from–to: empty entries, any day of a month, and what cannot be read."""

from decimal import Decimal

import pytest

from ledger.months import Month
from sheets.check.checking import Found
from sheets.tabs.inputs import month_serial
from sheets.tabs.period import Period, read_month

YEAR = (Month(2026, 1), Month(2026, 12))


def test_an_empty_entry_is_the_end_of_the_books() -> None:
    assert Period().read({}, YEAR) == YEAR


def test_any_day_means_its_month() -> None:
    day = Found(shown=Decimal(month_serial(Month(2026, 3)) + 30))
    assert Period().read({(1, 1): day}, YEAR) == (Month(2026, 3), Month(2026, 12))


@pytest.mark.parametrize("shown", ["весна", Decimal(-1), Decimal(10**9), True])
def test_what_is_no_day_is_unreadable(shown: object) -> None:
    assert read_month(Found(shown=shown), YEAR[0]) is None


def test_the_entries_stand_under_their_labels() -> None:
    cells = Period(2).cells(YEAR)
    assert [(area.row, area.column) for area in Period(2).entries] == [(1, 2), (1, 3)]
    assert [cells[0, column].value for column in (2, 3)] == ["С месяца", "По месяц"]
    assert all(cells[1, column].entry for column in (2, 3))

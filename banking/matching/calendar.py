"""The settlement calendar: how many business days lie between a sale and its settlement.

Fri 6 March -> Mon 9 March     1          Sat 7 March -> Mon 9 March     1
Sun 8 March -> Tue 10 March    2          Thu 8 January -> Fri 9 January   1: holidays do not count
"""

import tomllib
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from functools import cache
from importlib import resources

__all__ = ["business_days", "weekdays"]

_SATURDAY = 5


def weekdays(first: date, last: date) -> int:
    """Days from Monday to Friday after `first` up to `last`: some banks work on holidays."""
    span = ((first + timedelta(days=step)).weekday() for step in range(1, (last - first).days + 1))
    return sum(day < _SATURDAY for day in span)


def business_days(first: date, last: date, days_off: AbstractSet[date]) -> int:
    """Business days after `first` up to `last`; 0 when `last` is not later."""
    count = 0
    for step in range(1, (last - first).days + 1):
        day = first + timedelta(days=step)
        count += not _is_off(day, days_off)
    return count


def _is_off(day: date, days_off: AbstractSet[date]) -> bool:
    yearly = (day.month, day.day) in _every_year()
    return day.weekday() >= _SATURDAY or yearly or day in days_off


@cache
def _every_year() -> frozenset[tuple[int, int]]:
    file = resources.files(__package__).joinpath("calendar.toml")
    given = tomllib.loads(file.read_text(encoding="utf-8"))["every_year"]
    return frozenset((int(one[:2]), int(one[3:])) for one in given)

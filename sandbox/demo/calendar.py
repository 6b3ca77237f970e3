"""The demo's days: day 1 is Monday, 2 March 2026; everything is told by the day's number."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

__all__ = ["FIRST_DAY", "MOSCOW", "STANDARD_DAYS", "at", "date_of", "day_of"]

MOSCOW = ZoneInfo("Europe/Moscow")
FIRST_DAY = date(2026, 3, 2)
STANDARD_DAYS = 90


def date_of(day: int) -> date:
    """The calendar day of a day's number."""
    return FIRST_DAY + timedelta(days=day - 1)


def day_of(on: date) -> int:
    """The number of a calendar day."""
    return (on - FIRST_DAY).days + 1


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of a day by the clock of Moscow."""
    on = date_of(day)
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=MOSCOW)

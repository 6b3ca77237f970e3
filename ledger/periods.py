"""Closed months: which days refuse every writer, and the recorded exceptions.

Closing a month closes every month up to it. Reopening is a record for one month: who, why, until
when; it lapses by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from ledger.months import Month

__all__ = ["Periods", "Reopening"]


@dataclass(frozen=True, slots=True)
class Reopening:
    """An exception to a closed month: who opened it again, why, until which instant (UTC)."""

    month: Month
    until: datetime
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Periods:
    """What is closed: every month up to `closed_through`, less the reopenings in force."""

    closed_through: Month | None = None
    reopenings: tuple[Reopening, ...] = ()

    def is_closed(self, day: date, now: datetime) -> bool:
        """Whether a writer must refuse that day at that instant."""
        if self.closed_through is None:
            return False
        month = Month.of(day)
        if month > self.closed_through:
            return False
        return not any(one.month == month and now < one.until for one in self.reopenings)

    def closed_days(self, days: Iterable[date], now: datetime) -> list[date]:
        """Those of the days that lie in a closed month, in order."""
        return sorted(day for day in days if self.is_closed(day, now))

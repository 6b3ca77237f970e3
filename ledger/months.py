"""Months, the steps in which profit is reported and periods are closed."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

__all__ = ["Month", "months_between"]

_TEXT = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One calendar month of the business's calendar; prints as `2026-01`."""

    year: int
    number: int

    def __post_init__(self) -> None:
        assert 1 <= self.number <= 12  # noqa: PLR2004 - twelve months need no name

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @staticmethod
    def of(day: date) -> "Month":
        """The month that a day lies in."""
        return Month(day.year, day.month)

    @staticmethod
    def parse(text: str) -> "Month | None":
        """Read `2026-01`; None when the text is anything else."""
        found = _TEXT.fullmatch(text.strip())
        if not found or not 1 <= int(found[2]) <= 12 or int(found[1]) == 0:  # noqa: PLR2004 - months
            return None
        return Month(int(found[1]), int(found[2]))

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    @property
    def next(self) -> "Month":
        """The month after this one."""
        years, number = divmod(self.year * 12 + self.number, 12)
        return Month(years, number + 1)


def months_between(first: Month, last: Month) -> Iterator[Month]:
    """All months from the first to the last, both included, in order."""
    month = first
    while month <= last:
        yield month
        month = month.next

"""Spreading a cost over the months of an interval, by days.

2500.00 from 2026-09-24 to 2026-11-23 (61 days):
    2026-09-30   286.89    7 days
    2026-10-31  1270.49   31 days
    2026-11-23   942.62   23 days

Only the accrual is spread; the payment keeps its day and its sum (facts of the field: domain 4.4;
the rule and the figures are PlanFact's).
"""

from dataclasses import dataclass
from datetime import date

from ledger.money import Money, split
from ledger.months import Month, months_between

__all__ = ["Part", "spread_by_days"]


@dataclass(frozen=True, slots=True)
class Part:
    """What is accrued on a day: the month's last, or the last of the interval."""

    accrued_on: date
    amount: Money


def spread_by_days(amount: Money, first: date, last: date) -> tuple[Part, ...]:
    """Divide a sum over the months of an interval, both days included.

    Each month gets its share by the number of its days inside; the parts add up exactly (largest
    remainder). A month whose share is no kopeck has no part, since nothing can be posted for it.
    """
    assert first <= last
    assert amount.minor > 0
    ends = [min(month.last_day, last) for month in months_between(Month.of(first), Month.of(last))]
    starts = [max(Month.of(end).first_day, first) for end in ends]
    days = [(end - start).days + 1 for start, end in zip(starts, ends, strict=True)]
    parts = zip(ends, split(amount, days), strict=True)
    return tuple(Part(end, part) for end, part in parts if part.minor)

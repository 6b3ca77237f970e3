"""Days, instants and sums as the numbers that a spreadsheet keeps."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

__all__ = ["EPOCH", "day_serial", "instant_serial", "roubles"]

EPOCH = date(1899, 12, 30)
_DAY_S = 86_400
# A millionth of a day is a tenth of a second, and survives every engine's doubles.
_STEP = Decimal("0.000001")


def day_serial(day: date) -> int:
    """Days since 1899-12-30."""
    return (day - EPOCH).days


def instant_serial(instant: datetime, zone: ZoneInfo) -> Decimal:
    """The wall clock of the business's zone as days and a fraction, as NOW() would tell it."""
    local = instant.astimezone(zone)
    seconds = local.hour * 3600 + local.minute * 60 + local.second
    fraction = (Decimal(seconds) / _DAY_S).quantize(_STEP)
    return day_serial(local.date()) + fraction


def roubles(minor: int) -> Decimal:
    """Minor units as a number with two decimals, exactly."""
    return Decimal(minor).scaleb(-2)

"""Time as an argument: the one module of the product that may ask the machine what time it is."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

__all__ = ["Clock", "SystemClock", "VirtualClock", "business_day"]


class Clock(Protocol):
    """Tells the instant and waits; every instant is an aware UTC datetime."""

    def now(self) -> datetime:
        """The present instant, UTC."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait for that many seconds of this clock."""
        ...


def business_day(instant: datetime, zone: ZoneInfo) -> date:
    """The calendar day of an instant in the business's time zone."""
    return instant.astimezone(zone).date()


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant, UTC."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Wait for real seconds."""
        await asyncio.sleep(seconds)


class VirtualClock:
    """A clock that a script moves, shared by the sandbox and the product under it.

    While it stands still, `sleep` moves it forward at once: 90 days of a demo take seconds. After
    `flow()` it runs at the machine's pace from where it stood, for a page that a person looks at.
    """

    def __init__(self, start: datetime) -> None:
        """Start at an aware instant."""
        assert start.tzinfo is not None
        self._base = start.astimezone(UTC)
        self._elapsed: Callable[[], timedelta] = timedelta

    def now(self) -> datetime:
        """The present virtual instant, UTC."""
        return self._base + self._elapsed()

    def advance(self, step: timedelta) -> None:
        """Move forward; a clock never goes back."""
        assert step >= timedelta(0)
        self._base += step

    def advance_to(self, instant: datetime) -> None:
        """Move forward to an instant; an earlier one changes nothing."""
        self.advance(max(instant - self.now(), timedelta(0)))

    def flow(self) -> None:
        """From now on run at the machine's pace."""
        if not self.flows:
            started = datetime.now(UTC)
            self._elapsed = lambda: datetime.now(UTC) - started

    @property
    def flows(self) -> bool:
        """Whether the clock runs by itself."""
        return self._elapsed is not timedelta

    async def sleep(self, seconds: float) -> None:
        """Wait: really, when the clock flows; otherwise by moving the clock."""
        if self.flows:
            await asyncio.sleep(seconds)
        else:
            self.advance(timedelta(seconds=seconds))
            await asyncio.sleep(0)

"""Google counts the calls of a service account, whatever spreadsheets they are for: one measure for all.

Calls wait here until the last minute has room: the first half of a minute's calls at once, the others
evenly, because after all at once nothing would come for the rest of the minute. Whoever is not in a
hurry keeps places free for the spreadsheet that people look at now.
"""

from collections import deque
from datetime import datetime, timedelta

from world.clock import Clock

__all__ = ["GOOGLE_PER_MINUTE", "Quota", "Quotas"]

GOOGLE_PER_MINUTE = 60
_WINDOW = timedelta(minutes=1)


class Quota:
    """At most so many calls in any minute."""

    def __init__(self, per_minute: int) -> None:
        """Nothing was called yet."""
        assert 1 <= per_minute <= GOOGLE_PER_MINUTE
        self._per_minute = per_minute
        self._calls: deque[datetime] = deque()

    async def taken(self, clock: Clock, keep_free: int = 0) -> None:
        """Wait until one more call may be made and `keep_free` others could follow, and count it."""
        room = max(self._per_minute - keep_free, 1)
        while True:
            now = clock.now()
            while self._calls and self._calls[0] <= now - _WINDOW:
                self._calls.popleft()
            ready = self._ready(room, now)
            if ready <= now:
                self._calls.append(now)
                return
            await clock.sleep((ready - now).total_seconds())

    def _ready(self, room: int, now: datetime) -> datetime:
        """When the next call may be made, as far as can be said now."""
        if len(self._calls) >= room:
            return self._calls[len(self._calls) - room] + _WINDOW
        if len(self._calls) < max(room // 2, 1):
            return now
        return self._calls[-1] + _WINDOW / room


class Quotas:
    """What one service account may read and write."""

    def __init__(self, reads_per_minute: int = 50, writes_per_minute: int = 50) -> None:
        """Bounds below Google's own, so that what others do with the account has room."""
        self.reads = Quota(reads_per_minute)
        self.writes = Quota(writes_per_minute)

"""Long polling: one poller at a time, held until something comes or its patience ends.

Lengths of waits are real seconds even under a virtual clock: it is the connection that waits.
"""

import asyncio

from sandbox.telegram.updates import Update, UpdateQueue
from sandbox.telegram.wire import JsonObject, RefusedError
from world.clock import Clock

__all__ = ["OTHER_POLLER", "WEBHOOK_SET", "Poller"]

_TIMEOUT_S_MAX = 50  # source: LONG_POLL_MAX_TIMEOUT
_LIMIT_MAX = 100
# source: process_get_updates_query: the same offset again within these many seconds
_HASTY_TIMEOUT_S = 3
_HASTY_LIMIT_S = 0.5
_CONFLICT_PAUSE_S = 3.0  # source: fail_query_conflict
OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is "
    "running"
)  # source
WEBHOOK_SET = "Conflict: terminated by setWebhook request"  # source


class Poller:
    """The side of the queue that getUpdates sees."""

    def __init__(self, queue: UpdateQueue, clock: Clock) -> None:
        self._queue = queue
        self._clock = clock
        self._waiter: asyncio.Future[str | None] | None = None
        self._last_offset: int | None = None
        self._last_at = 0.0
        self._next_conflict_at = 0.0
        queue.listeners.append(self._on_update)

    async def get_updates(self, arguments: JsonObject) -> list[JsonObject]:
        """Acknowledge, then show or wait; raises `RefusedError` 409 when another poller comes."""
        offset = arguments.get("offset", 0)
        limit = min(max(arguments.get("limit", _LIMIT_MAX), 1), _LIMIT_MAX)
        timeout_s = min(max(arguments.get("timeout", 0), 0), _TIMEOUT_S_MAX)
        limit, timeout_s = self._slowed_down(offset, limit, timeout_s)
        self._queue.allow(arguments.get("allowed_updates"))
        self.abort(OTHER_POLLER)
        found = self._queue.take(offset, limit)
        if found or timeout_s == 0:
            return found
        reason = await self._wait(timeout_s)
        if reason is not None:
            raise await self.conflict(reason)
        return self._queue.take(offset, limit)

    def abort(self, reason: str | None = None) -> None:
        """End the waiting poll, with a reason as a conflict, without one as empty-handed."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(reason)

    async def conflict(self, words: str) -> RefusedError:
        """A 409; a second one soon after the first is held back."""
        now = asyncio.get_running_loop().time()
        if now < self._next_conflict_at:
            await self._clock.sleep(_CONFLICT_PAUSE_S)
        self._next_conflict_at = asyncio.get_running_loop().time() + _CONFLICT_PAUSE_S
        return RefusedError(409, words)

    async def _wait(self, timeout_s: int) -> str | None:
        waiter: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._waiter = waiter
        try:
            return await asyncio.wait_for(waiter, timeout_s)
        except TimeoutError:
            return None
        finally:
            if self._waiter is waiter:
                self._waiter = None

    def _on_update(self, _update: Update) -> None:
        self.abort(None)

    def _slowed_down(self, offset: int, limit: int, timeout_s: int) -> tuple[int, int]:
        now = asyncio.get_running_loop().time()
        again = offset == self._last_offset
        if again and now < self._last_at + _HASTY_TIMEOUT_S:
            timeout_s = max(timeout_s, _HASTY_TIMEOUT_S)
        if again and now < self._last_at + _HASTY_LIMIT_S:
            limit = 1
        self._last_offset, self._last_at = offset, now
        return limit, timeout_s

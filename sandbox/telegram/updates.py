"""Updates that wait for the bot: numbered, with a lifetime, gone only when acknowledged.

Acknowledgement is by offset alone: what was delivered and not acknowledged is delivered again.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.telegram.wire import JsonObject
from world.clock import Clock
from world.identity import Chance

__all__ = ["CALLBACK_LIFETIME", "MESSAGE_LIFETIME", "Update", "UpdateQueue"]

MESSAGE_LIFETIME = timedelta(hours=24)  # source: Client.cpp:17053
CALLBACK_LIFETIME = timedelta(seconds=150)  # source: Client.cpp:17157, 17217, 17228
_SILENCE = timedelta(days=7)  # docs: Update.update_id restarts at random after a week
_SENT_KEPT_MAX = 100_000
_ID_MAX = 2**31 - 1_000_000
# source: td/db/TQueue.cpp: an offset farther away than this is answered from the head
_AHEAD_MAX = 10
_BEHIND_MAX = 200_000
# docs: getUpdates.allowed_updates; these three come only when they are asked for
_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(frozen=True, slots=True)
class Update:
    """One waiting update; `lane` keeps the order per chat or, for taps, per person."""

    update_id: int
    kind: str
    body: JsonObject
    expires_at: datetime
    lane: str

    def as_json(self) -> JsonObject:
        """The update as the bot receives it."""
        return {"update_id": self.update_id, self.kind: self.body}


class UpdateQueue:
    """The queue of one bot."""

    def __init__(self, clock: Clock, chance: Chance) -> None:
        self._clock = clock
        self._chance = chance
        self._waiting: list[Update] = []
        self._last_id = chance.randrange(1_000_000, _ID_MAX)
        self._last_at = clock.now()
        self._allowed: frozenset[str] = frozenset()
        self.listeners: list[Callable[[Update], None]] = []
        self.sent: deque[JsonObject] = deque(maxlen=_SENT_KEPT_MAX)

    @property
    def allowed(self) -> list[str]:
        """The kinds that were asked for by name; empty means the usual ones."""
        return sorted(self._allowed)

    def allow(self, kinds: list[str] | None) -> None:
        """Remember what to collect from now on; None leaves it, an empty list resets it."""
        if kinds is not None:
            self._allowed = frozenset(kinds)

    def add(self, kind: str, body: JsonObject, lane: str) -> None:
        """Let an update wait, unless its kind was not asked for."""
        wanted = kind in self._allowed if self._allowed else kind not in _NOT_BY_DEFAULT
        if not wanted:
            return
        lifetime = CALLBACK_LIFETIME if kind == "callback_query" else MESSAGE_LIFETIME
        update = Update(self._next_id(), kind, body, self._clock.now() + lifetime, lane)
        self._waiting.append(update)
        for listener in self.listeners:
            listener(update)

    def waiting(self) -> list[Update]:
        """What waits and has not expired, oldest first."""
        now = self._clock.now()
        self._waiting = [update for update in self._waiting if update.expires_at > now]
        return list(self._waiting)

    def take(self, offset: int, limit: int) -> list[JsonObject]:
        """Acknowledge what is below the offset and show what follows; a negative one counts back."""
        waiting = self.waiting()
        if offset < 0:
            # docs: getUpdates.offset: all previous updates are forgotten
            self._waiting = waiting[offset:]
        elif offset > 0 and -_BEHIND_MAX <= offset - (self._last_id + 1) <= _AHEAD_MAX:
            self._waiting = [update for update in waiting if update.update_id >= offset]
        shown = [update.as_json() for update in self._waiting[:limit]]
        self.sent += shown
        return shown

    def forget(self, update_id: int) -> None:
        """Acknowledge one update, as a webhook's answer does."""
        self._waiting = [update for update in self._waiting if update.update_id != update_id]

    def clear(self) -> None:
        """Drop everything that waits."""
        self._waiting = []

    def _next_id(self) -> int:
        now = self._clock.now()
        if now - self._last_at >= _SILENCE:
            self._last_id = self._chance.randrange(1_000_000, _ID_MAX)
        self._last_id += 1
        self._last_at = now
        return self._last_id

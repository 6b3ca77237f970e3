"""The quotas: reads and writes per minute and user, each batch counted once."""

from collections import deque
from datetime import datetime, timedelta

from world.clock import Clock

__all__ = ["Quota", "quota_body"]

WINDOW = timedelta(minutes=1)


class Quota:
    """Counts calls over the last minute; the real one refills at full minutes, no later."""

    def __init__(self, clock: Clock, per_minute: int | None) -> None:
        self._clock = clock
        self._per_minute = per_minute
        self._taken: dict[tuple[str, bool], deque[datetime]] = {}

    def take(self, account: str, *, write: bool) -> bool:
        """Count one call; False when there is none left. A refused call is not counted."""
        if self._per_minute is None:
            return True
        now = self._clock.now()
        taken = self._taken.setdefault((account, write), deque())
        while taken and taken[0] <= now - WINDOW:
            taken.popleft()
        if len(taken) >= self._per_minute:
            return False
        taken.append(now)
        return True


def quota_body(*, write: bool) -> dict[str, object]:
    """Google's 429."""
    kind = "Write" if write else "Read"
    metric = f"{kind} requests"
    limit = f"{kind} requests per minute per user"
    return {
        "error": {
            "code": 429,
            "message": (
                f"Quota exceeded for quota metric '{metric}' and limit '{limit}' of service "
                "'sheets.googleapis.com' for consumer 'project_number:1'."
            ),
            "status": "RESOURCE_EXHAUSTED",
            "details": [
                {
                    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                    "reason": "RATE_LIMIT_EXCEEDED",
                    "domain": "googleapis.com",
                    "metadata": {
                        "service": "sheets.googleapis.com",
                        "quota_limit": f"{kind}RequestsPerMinutePerUser",
                    },
                }
            ],
        }
    }

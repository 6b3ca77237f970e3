"""What Google refused since the last check of a spreadsheet: somebody changed it, or its share.

The check goes first: what is written over can neither be told nor its looks be mended. But rows do
not wait for ever: an instance that is not on duty checks nothing itself.
"""

from datetime import UTC, datetime, timedelta

from sheets.problems import NotFound, NotShared, Problem, RefusedByGoogle

__all__ = ["CHECK_FIRST", "Surprises"]

# How long a write waits for the check.
CHECK_FIRST = timedelta(minutes=10)


class Surprises:
    """The last surprise until a check has gone through."""

    def __init__(self) -> None:
        """Nothing surprised anybody yet."""
        self.last: Problem | None = None
        self._waits_until = datetime.min.replace(tzinfo=UTC)
        self._is_asked = True

    def noted(self, problem: Problem, now: datetime) -> Problem:
        """Remember a problem that asks for a check of the whole spreadsheet; the same problem back."""
        if isinstance(problem, NotShared | NotFound | RefusedByGoogle):
            self.last = problem
            self._waits_until = now + CHECK_FIRST
            self._is_asked = False
        return problem

    def before_write(self, now: datetime) -> Problem | None:
        """What must be checked before anything is written."""
        return self.last if now < self._waits_until else None

    def asks(self) -> bool:
        """Whether a check is to be asked for: once for each surprise."""
        asks, self._is_asked = not self._is_asked, True
        return asks

    def checked(self) -> None:
        """A check went through."""
        self.last = None

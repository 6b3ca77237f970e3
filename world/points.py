"""Named points around every commit, call and mark, where a crash test may kill the process.

In production nobody listens and a point costs one comparison.
"""

from collections.abc import Callable

__all__ = ["listen", "reached"]

_listener: Callable[[str], None] | None = None


def listen(listener: Callable[[str], None] | None) -> None:
    """Have every point reported to `listener`; None stops that."""
    global _listener  # noqa: PLW0603 - one process has one killer, set by the composition root
    _listener = listener


def reached(name: str) -> None:
    """The program stands at this point now."""
    if _listener is not None:
        _listener(name)

"""A pending thing ends exactly once: confirmed, rejected, cancelled, expired or replaced.

The ending is a record of its own whose key is the pending thing's id, so the store itself refuses
a second one and a late press is told who was first, and when (after two-phase transfers).

An ending may be taken back (`Retraction`): the thing is open again, and its next ending is that of
the next attempt, under a key of its own. Nothing is deleted, and each attempt ends once:

    line:17 explained, taken back, explained anew   -> endings `line:17` and `line:17~2`
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

__all__ = ["Ending", "Resolution", "Retraction", "attempt_name", "read_attempt"]

SEPARATOR = "~"


class Ending(StrEnum):
    """How a pending thing ended."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The end of a thing (`payment:…`, `handover:…`, `refund:…`, `line:…`).

    `by` is the name of the person, or of the part of the product, that ended it; `at` is UTC;
    `detail` is a figure or a word that belongs to the ending (the counted sum, a reason).
    """

    thing: str
    ending: Ending
    by: str
    at: datetime
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Retraction:
    """The ending of one attempt at a thing was taken back: the thing is open again."""

    thing: str
    attempt: int
    by: str
    at: datetime
    why: str = ""


def attempt_name(thing: str, attempt: int) -> str:
    """The name of an attempt at a thing; the first one bears the thing's own name."""
    assert attempt > 0
    assert SEPARATOR not in thing
    return thing if attempt == 1 else f"{thing}{SEPARATOR}{attempt}"


def read_attempt(name: str) -> tuple[str, int]:
    """The thing and the number of an attempt's name."""
    thing, _, number = name.partition(SEPARATOR)
    return thing, int(number) if number else 1

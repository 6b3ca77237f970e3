"""A pending thing ends exactly once: confirmed, rejected, cancelled, expired or replaced.

The ending is a record of its own whose key is the pending thing's id, so the store itself refuses
a second one and a late press is told who was first, and when (after two-phase transfers).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

__all__ = ["Ending", "Resolution"]


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

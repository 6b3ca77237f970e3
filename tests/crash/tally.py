"""What the scripted people did, counted by themselves: the other side of every comparison.

Nothing here is computed by the product. Sums are kopecks.
"""

from dataclasses import dataclass, field

__all__ = ["Handed", "Signed", "Spent", "Tally"]


@dataclass(slots=True)
class Spent:
    """An expense that somebody typed: the message, and what it came to."""

    chat: int
    message: int
    minor: int
    words: str
    versions: int = 1
    undone: bool = False
    article: str = ""
    edited_minor: int | None = None


@dataclass(slots=True)
class Signed:
    """A deal with one payment that was confirmed; `refunded` is what went back."""

    lead: int
    contract: str
    minor: int
    method: str
    confirmed: bool = False
    refunded: int = 0
    price: int = 0
    done: bool = False


@dataclass(frozen=True, slots=True)
class Handed:
    """A handover that a cashier counted."""

    person: int
    declared: int
    counted: int


@dataclass(slots=True)
class Tally:
    """Everything that was done; `asked` counts what people asked for by chat and answer."""

    spent: list[Spent] = field(default_factory=list)
    signed: list[Signed] = field(default_factory=list)
    handed: list[Handed] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    cash_asked: int = 0

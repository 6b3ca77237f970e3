"""A second opinion: the books of a small company by plain sums, knowing nothing of the ledger.

It has no debit, no credit and no operation. Each event changes a few named sums, by the rules of
DESIGN 8 said in the simplest way; the tests post the same events and compare.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

__all__ = ["KINDS", "Book", "Event"]


@dataclass(frozen=True)
class Event:
    """One thing that happened. `place` is `kind:name`; `later` is the day it counts for profit."""

    kind: str
    minor: int
    day: date
    place: str = "desk:main"
    deal: str = "a-1"
    article: int = 401
    later: date | None = None


@dataclass
class Book:
    """The sums. Places hold money; everybody else is what they owe us (negative: we owe them)."""

    holds: Counter[str] = field(default_factory=Counter)
    # (month, article): gained on the cash basis, on the accrual basis
    cash: Counter[tuple[str, int]] = field(default_factory=Counter)
    accrual: Counter[tuple[str, int]] = field(default_factory=Counter)
    # what came in from outside of all places, by month; openings apart
    flow: Counter[str] = field(default_factory=Counter)
    opened: int = 0

    def add(self, event: Event) -> None:
        """Change the sums by one event."""
        _RULES[event.kind](self, event)

    def gain(self, event: Event, minor: int, article: int, *, owed: str, place: str = "") -> None:
        """Money moved on the day; the profit counts on `later`, a debt lies between the two."""
        self.holds[place or event.place] += minor
        self.holds[owed] -= minor
        self._in(event, minor, place or event.place)
        self.cash[_month(event.day), article] += minor
        if event.later:
            self.holds[owed] += minor
            self.accrual[_month(event.later), article] += minor

    def move(self, source: str, target: str, event: Event) -> None:
        """Money goes from one place to another."""
        self.holds[source] -= event.minor
        self.holds[target] += event.minor
        self._in(event, -event.minor, source)
        self._in(event, event.minor, target)

    def _in(self, event: Event, minor: int, place: str) -> None:
        if place.partition(":")[0] not in {"issued", "balance"}:
            self.flow[_month(event.day)] += minor


def _month(day: date) -> str:
    return f"{day.year}-{day.month:02d}"


def _open(book: Book, event: Event) -> None:
    book.holds[event.place] += event.minor
    book.opened += event.minor


def _pay(book: Book, event: Event) -> None:
    book.gain(event, event.minor, 101, owed=f"client:{event.deal}")


def _apply(book: Book, event: Event) -> None:
    # The client's balance is what we owe: using it lowers our debt, and is revenue of the day.
    book.gain(event, event.minor, 101, owed=f"client:{event.deal}", place="balance:c-1")


def _done(book: Book, event: Event) -> None:
    book.holds[f"client:{event.deal}"] += event.minor
    book.accrual[_month(event.day), 101] += event.minor


def _refund(book: Book, event: Event) -> None:
    book.gain(event, -event.minor, 101, owed=f"client:{event.deal}")


def _refund_done(book: Book, event: Event) -> None:
    _refund(book, event)
    book.holds[f"client:{event.deal}"] -= event.minor
    book.accrual[_month(event.day), 101] -= event.minor


def _spend(book: Book, event: Event) -> None:
    book.gain(event, -event.minor, event.article, owed="supplier:unnamed")


def _deal_cost(book: Book, event: Event) -> None:
    book.gain(event, -event.minor, event.article, owed=f"deferred:{event.deal}")


def _bill(book: Book, event: Event) -> None:
    book.holds["supplier:unnamed"] -= event.minor
    book.accrual[_month(event.day), event.article] -= event.minor


def _fee(book: Book, event: Event) -> None:
    at_once = replace(event, later=event.day)
    book.gain(at_once, -event.minor, 502, owed="nobody", place="clearing:tbank")


def _earn(book: Book, event: Event) -> None:
    book.gain(event, event.minor, event.article, owed="client:unnamed")


_RULES: dict[str, Callable[[Book, Event], None]] = {
    "open": _open,
    "pay": _pay,
    "hand over": lambda book, event: book.move("collected:p3", "desk:main", event),
    "line in": lambda book, event: book.move("suspense:4070", "bank:4070", event),
    "line out": lambda book, event: book.move("bank:4070", "suspense:4070", event),
    "own out": lambda book, event: book.move("bank:4070", "transit:own", event),
    "own in": lambda book, event: book.move("transit:own", "bank:4070", event),
    "net": lambda book, event: book.move("clearing:tbank", "suspense:4070", event),
    "fee": _fee,
    "over": lambda book, event: book.move("balance:c-1", event.place, event),
    "apply": _apply,
    "done": _done,
    "refund": _refund,
    "refund done": _refund_done,
    "spend": _spend,
    "deal cost": _deal_cost,
    "bill": _bill,
    "earn": _earn,
    "issue": lambda book, event: book.move(event.place, "issued:p3", event),
    "return": lambda book, event: book.move("issued:p3", event.place, event),
}
KINDS = tuple(_RULES)

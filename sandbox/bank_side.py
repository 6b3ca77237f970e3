"""The sandbox bank's one book as the APIs of banks show it: movements with an instant and sides.

A document of the book has a day and no hour; here it gets one of the working day, or of the night
when a test says so, since banks treat operations of the night in their own way.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sandbox.bank.people import MOSCOW, BankPeople
from sandbox.bank.records import BankAccount, Document, Party

# With the words of the book that stand-ins beside the bank speak in.
__all__ = ["MOSCOW", "BankAccount", "BankSide", "Movement", "Party", "Waiting"]

NOON = time(12)
NIGHT = time(23, 30)


@dataclass(frozen=True, slots=True)
class Movement:
    """What a document did to one account; `made_at` is aware, Moscow time."""

    document: Document
    incoming: bool
    made_at: datetime

    @property
    def signed_minor(self) -> int:
        """What it did to the balance, in kopecks."""
        return self.document.amount_minor if self.incoming else -self.document.amount_minor

    @property
    def other(self) -> Party:
        """The other side."""
        return self.document.payer if self.incoming else self.document.payee


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that an API shows and that moved no money: a card hold, an order under way."""

    id: int
    account: str
    amount_minor: int
    purpose: str
    made_at: datetime


class BankSide:
    """The accounts of the book that one bank's API shows, all unless they are named."""

    def __init__(self, bank: BankPeople, numbers: Iterable[str] | None = None) -> None:
        """Nothing is copied: what happens at the bank shows at once."""
        self._bank = bank
        self._numbers = None if numbers is None else set(numbers)
        self._at_night: set[int] = set()
        self.waiting: list[Waiting] = []

    def accounts(self) -> list[BankAccount]:
        """In the book's order."""
        known = self._bank.book.accounts.values()
        return [one for one in known if self._numbers is None or one.number in self._numbers]

    def account(self, number: str) -> BankAccount | None:
        """None when this bank keeps no such account."""
        return next((one for one in self.accounts() if one.number == number), None)

    def movements(self, number: str) -> list[Movement]:
        """What moved an account by now, newest first."""
        found = [
            self._movement(document, incoming=incoming)
            for document in self._bank.documents
            for incoming in (False, True)
            if number == (document.payee if incoming else document.payer).account
        ]
        found.sort(key=lambda one: (one.made_at, one.document.id), reverse=True)
        return found

    def balance(self, number: str, until: datetime | None = None) -> int:
        """Kopecks after everything made before an instant, or by now."""
        account = self.account(number)
        assert account is not None
        moved = sum(
            one.signed_minor
            for one in self.movements(number)
            if until is None or one.made_at < until
        )
        return account.opening_minor + moved

    def make_nightly(self, document_id: int) -> None:
        """Have a document made at half past eleven in the evening."""
        self._at_night.add(document_id)

    def wait(self, account: str, amount_minor: int, purpose: str, made_at: datetime) -> Waiting:
        """Show something that has not moved money (yet)."""
        number = 1 + max((one.id for one in self.waiting), default=0)
        held = Waiting(number, account, amount_minor, purpose, made_at)
        self.waiting.append(held)
        return held

    def end_waiting(self, held: Waiting) -> None:
        """It is over; what is booked instead is an order to the bank."""
        self.waiting.remove(held)

    def _movement(self, document: Document, *, incoming: bool) -> Movement:
        day = document.credited_on if incoming else document.debited_on
        hour = NIGHT if document.id in self._at_night else NOON
        made_at = datetime.combine(day, hour, MOSCOW) + timedelta(seconds=document.id % 1200)
        return Movement(document, incoming, made_at)

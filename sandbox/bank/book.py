"""The bank's own book: accounts, documents in the order they came, balances by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sandbox.bank.records import BankAccount, Document

__all__ = ["BankBook", "DayTurnover", "UnknownAccountError"]


class UnknownAccountError(LookupError):
    """The bank keeps no such account."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(f"no account {number} in this bank")


@dataclass(frozen=True, slots=True)
class DayTurnover:
    """What came and went on one day of one account, between its two balances."""

    day: date
    opening_minor: int
    credited_minor: int
    debited_minor: int

    @property
    def closing_minor(self) -> int:
        """The balance at the day's end."""
        return self.opening_minor + self.credited_minor - self.debited_minor


class BankBook:
    """Accounts and documents; a balance is always computed from the documents."""

    def __init__(self, accounts: Iterable[BankAccount]) -> None:
        """Accounts without movements."""
        self.accounts = {account.number: account for account in accounts}
        self.documents: list[Document] = []

    def account(self, number: str) -> BankAccount:
        """The account; raises `UnknownAccountError`."""
        found = self.accounts.get(number)
        if found is None:
            raise UnknownAccountError(number)
        return found

    def of_day(self, number: str, day: date) -> list[Document]:
        """The documents that moved an account on a day."""
        return [one for one in self.documents if day == _moved_on(one, number)]

    def balance(self, number: str, day: date) -> int:
        """The balance in kopecks at the end of a day."""
        opening = self.account(number).opening_minor
        return opening + sum(
            _signed(one, number) for one in self.documents if _moved_by(one, number, day)
        )

    def turnover(self, number: str, day: date) -> DayTurnover:
        """One day of an account."""
        moves = [_signed(one, number) for one in self.of_day(number, day)]
        credited = sum(move for move in moves if move > 0)
        debited = -sum(move for move in moves if move < 0)
        opening = self.balance(number, day) - credited + debited
        return DayTurnover(day, opening, credited, debited)


def _moved_on(document: Document, number: str) -> date | None:
    if document.payer.account == number:
        return document.debited_on
    return document.credited_on if document.payee.account == number else None


def _moved_by(document: Document, number: str, day: date) -> bool:
    moved_on = _moved_on(document, number)
    return moved_on is not None and moved_on <= day


def _signed(document: Document, number: str) -> int:
    sign = -1 if document.payer.account == number else 1
    return sign * document.amount_minor

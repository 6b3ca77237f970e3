"""What a bank must be able to do for us: tell its accounts, and what moved on one of them.

FeedRead                                 lines and balances, exact, with the answers behind them
TokenRefused, LimitReached               somebody must act; the bank must be asked later
FeedRefused, FeedUnavailable             the bank refused this question; it did not answer
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from banking.formats.records import Problem

__all__ = [
    "AccountsAnswer",
    "Balances",
    "BankOperation",
    "Failure",
    "Feed",
    "FeedAccounts",
    "FeedAnswer",
    "FeedRead",
    "FeedRefused",
    "FeedUnavailable",
    "LimitReached",
    "TokenRefused",
]


@dataclass(frozen=True, slots=True)
class BankOperation:
    """One booked movement; `minor` is positive, in the smallest unit of the account's currency.

    `day` is a day of the bank's calendar. What the bank does not say is empty.
    """

    reference: str
    incoming: bool
    day: date
    minor: int
    number: str
    counterparty: str
    inn: str
    counterparty_account: str
    purpose: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Balances:
    """The account at the period's start and end, and its turnovers; None where not given.

    `is_derived`: the opening was counted back from the closing, so it proves nothing.
    """

    opening: int | None
    closing: int | None
    credited: int | None = None
    debited: int | None = None
    is_derived: bool = False


@dataclass(frozen=True, slots=True)
class FeedRead:
    """What the bank says of an account and a period; `problems` name operations left out.

    `content` is what the bank answered, the same bytes when it answers the same.
    """

    operations: tuple[BankOperation, ...]
    balances: Balances
    problems: tuple[Problem, ...]
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class TokenRefused:
    """401: the token is not (any longer) valid; 403: it lacks a right, or our address does."""

    status: int


@dataclass(frozen=True, slots=True)
class LimitReached:
    """Too many questions; ask again after so many seconds."""

    after_s: int


@dataclass(frozen=True, slots=True)
class FeedUnavailable:
    """No answer, a broken one, or 5xx, after every attempt."""

    cause: str


@dataclass(frozen=True, slots=True)
class FeedRefused:
    """The bank does not take this question: an account it does not keep, for one."""

    status: int
    detail: str


@dataclass(frozen=True, slots=True)
class FeedAccounts:
    """Account numbers with the names the bank gives them."""

    names: Mapping[str, str]


Failure = TokenRefused | LimitReached | FeedUnavailable | FeedRefused
FeedAnswer = FeedRead | Failure
AccountsAnswer = FeedAccounts | Failure


class Feed(Protocol):
    """One bank, one token."""

    @property
    def name(self) -> str:
        """`tbank`: in ids of files and as the name of its trouble."""
        ...

    @property
    def title(self) -> str:
        """The bank's name for people."""
        ...

    async def accounts(self) -> AccountsAnswer:
        """The company's accounts at this bank."""
        ...

    async def read(self, account: str, first_day: date, last_day: date) -> FeedAnswer:
        """Everything booked on an account, both days included; holds are no movement."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...

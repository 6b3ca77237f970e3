"""Records that the store keeps and the rooms above speak in."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from ledger.accounts import Account
from ledger.money import Money
from ledger.operations import Dimensions

__all__ = [
    "AuditEntry",
    "BankLine",
    "Card",
    "Deal",
    "InboxRow",
    "Lesson",
    "LineExplanation",
    "Link",
    "LinkPurpose",
    "MoneyPlace",
    "OutboxRow",
    "Part",
    "PartKind",
    "Person",
    "Role",
    "Rule",
    "RuleKind",
    "StatedBalance",
    "StoredFile",
]


class Role(StrEnum):
    """What a person is in the company."""

    OWNER = "owner"
    MANAGER = "manager"
    CASHIER = "cashier"
    ACCOUNTANT = "accountant"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works with the books.

    `account` is the place that their own expenses are paid from. `crm_user_id` links them to the
    CRM's user (`amocrm:7001`). `reachable` is false once they blocked the bot.
    """

    id: str
    name: str
    role: Role
    telegram_id: int | None
    crm_user_id: str | None
    account: Account
    active: bool = True
    reachable: bool = True


class LinkPurpose(StrEnum):
    """What a one-time link is for."""

    INVITE = "invite"
    HANDOVER = "handover"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link; only the hash of its token is kept (SHA-256, hexadecimal)."""

    token_hash: str
    purpose: LinkPurpose
    thing: str
    role: Role | None
    created_by: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    used_by: str | None = None


@dataclass(frozen=True, slots=True)
class MoneyPlace:
    """A named place of money: a desk, a bank account, a card, an acquirer's clearing."""

    account: Account
    name: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal as the CRM showed it last; `id` is `<crm>:<id>`. `price` is None when not filled.

    `done_on` is the day it was first seen in the configured "done" stage. `remote_version` tells
    one state of the deal in the CRM from another.
    """

    id: str
    name: str
    contract_no: str
    contract_date: date | None
    client: str
    client_key: str
    client_inn: str | None
    price: Money | None
    pipeline: str
    stage: str
    manager_crm_id: str
    dimensions: Dimensions
    done_on: date | None
    remote_version: str


@dataclass(frozen=True, slots=True)
class BankLine:
    """One movement of one bank account, once, whatever files it came in; amount positive."""

    id: int
    identity: str
    identity_version: int
    account: str
    incoming: bool
    own_transfer: bool
    day: date
    amount: Money
    number: str
    counterparty: str
    inn: str | None
    counterparty_account: str
    purpose: str
    file: str

    @property
    def thing(self) -> str:
        """Its name among things that are resolved once."""
        return f"line:{self.id}"

    @property
    def operation_key(self) -> str:
        """The key of the operation that posted it on its day."""
        return f"line:{self.identity}"


class PartKind(StrEnum):
    """What a part of a line is: what it pays, or what was withheld or was left over."""

    PAYMENT = "payment"
    ARTICLE = "article"
    REFUND = "refund"
    FEE = "fee"
    BALANCE = "balance"


@dataclass(frozen=True, slots=True)
class Part:
    """So much of a line is this: the payment's or refund's id, or the article's number as text.

    A fee was withheld from the line beforehand; a balance is left to the client of the payments.
    """

    kind: PartKind
    ref: str
    amount: Money


@dataclass(frozen=True, slots=True)
class LineExplanation:
    """What an attempt at a line said it is, and which operations it posted (their keys).

    `reasons` (code and facts) and `rules` are those of the proposal that was followed, empty for a
    choice by hand.
    """

    line: int
    attempt: int
    by: str
    at: datetime
    parts: tuple[Part, ...]
    reasons: tuple[tuple[str, tuple[str, ...]], ...]
    rules: tuple[int, ...]
    operations: tuple[str, ...]


class RuleKind(StrEnum):
    """What a person taught: who a payer is, or what a wording means."""

    PAYER = "payer"
    WORDING = "wording"


@dataclass(frozen=True, slots=True)
class Lesson:
    """What may be taught: a pattern of a kind means a target; `title` is the target in words."""

    kind: RuleKind
    pattern: str
    target: str
    title: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that a person taught.

    `automatic`: lines that it explains are booked without a person. Off (`active` is false), it
    is kept and does nothing. `fired` counts the explanations that followed it.
    """

    id: int
    lesson: Lesson
    automatic: bool
    active: bool
    by: str
    at: datetime
    fired: int
    fired_at: datetime | None


@dataclass(frozen=True, slots=True)
class StatedBalance:
    """What a bank's statement says an account held at the start and the end of a day."""

    account: str
    day: date
    opening: Money
    closing: Money


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that a person dropped, kept as it came."""

    id: str
    name: str
    sha256: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class InboxRow:
    """Something from outside that must have its effect once: an update, a webhook."""

    source: str
    id: str
    lane: str
    body: str
    received_at: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """Something that must reach the outside: `entity` names what changed, not how.

    `uncertain` says that an earlier attempt may have arrived. `claim` fences a late worker.
    """

    id: int
    channel: str
    lane: str
    entity: str
    payload: Any
    created_at: datetime
    attempts: int
    uncertain: bool
    claim: str


@dataclass(frozen=True, slots=True)
class Card:
    """The latest message about a thing in a chat; `message` is None until it was sent."""

    thing: str
    chat: int
    message: int | None
    text: str
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to which thing; written in the transaction of the change."""

    at: datetime
    who: str
    verb: str
    thing: str
    details: Any

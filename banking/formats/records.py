"""What a bank statement says, as records; every reader of `banking/formats` returns these.

document 17, 03.03.2026, 15 000.00, ООО "Ромашка" -> us      StatementLine, direction `in`
document 5, from our account A to our account B              StatementLine, direction `own`,
                                                             and a Movement on A and one on B
document 8, «Сумма=12..5»                                    no line: Problem `bad-amount`
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ledger.money import Currency, Money

__all__ = [
    "IDENTITY_VERSION",
    "AccountSummary",
    "Control",
    "ControlName",
    "Detail",
    "Direction",
    "Movement",
    "Problem",
    "ProblemCode",
    "StatementFile",
    "StatementLine",
    "Verdict",
    "movements",
]

# The rule that makes identities; stored beside each one, so that a better rule may come later.
IDENTITY_VERSION = 1


class Direction(StrEnum):
    """Which way the money went, seen from our accounts."""

    IN = "in"
    OUT = "out"
    OWN = "own"


class Verdict(StrEnum):
    """How far the statement may be trusted."""

    OK = "ok"
    NOT_RECONCILED = "not-reconciled"
    NOT_VERIFIABLE = "not-verifiable"
    REFUSED = "refused"


class ControlName(StrEnum):
    """The control sums of FORMAT_1C §7."""

    EQUATION = "equation"
    CHAIN = "chain"
    TURNOVER = "turnover"
    PREVIOUS = "previous"


class ProblemCode(StrEnum):
    """What may be wrong with a file, a section or a document; the wording is in `wording.py`."""

    # The file as a whole: refused.
    EMPTY_FILE = "empty-file"
    TOO_LARGE = "too-large"
    NOT_A_STATEMENT = "not-a-statement"
    ENCODING_DESTROYED = "encoding-destroyed"
    STRUCTURE_DAMAGED = "structure-damaged"
    TRUNCATED = "truncated"
    SEVERAL_FILES = "several-files"
    OUTGOING_ORDERS = "outgoing-orders"
    NO_PROFILE = "no-profile"
    NOTHING_INSIDE = "nothing-inside"
    XML_ENTITIES = "xml-entities"
    ARCHIVE_DAMAGED = "archive-damaged"
    ARCHIVE_TOO_LARGE = "archive-too-large"
    # One document or section: left out and named, the rest loads.
    BAD_LINE = "bad-line"
    BALANCE_MISSING = "balance-missing"
    COUNT_DIFFERS = "count-differs"
    BAD_AMOUNT = "bad-amount"
    BAD_DATE = "bad-date"
    NO_DATE = "no-date"
    DIRECTION_UNKNOWN = "direction-unknown"
    CURRENCY_UNKNOWN = "currency-unknown"
    OTHER_CURRENCY = "other-currency"
    BAD_BALANCE = "bad-balance"
    BAD_SECTION_DATE = "bad-section-date"
    SECTION_WITHOUT_ACCOUNT = "section-without-account"
    DOCUMENTS_MISSING = "documents-missing"
    BAD_ROW = "bad-row"
    # Said, but nothing is lost.
    FOREIGN_ACCOUNT = "foreign-account"
    NO_CONTROL = "no-control"
    ACCOUNT_UNKNOWN = "account-unknown"
    ACCOUNT_ASSUMED = "account-assumed"
    ZERO_AMOUNT = "zero-amount"
    DAMAGED_TEXT = "damaged-text"
    LISTED_TWICE = "listed-twice"
    NOT_BOOKED = "not-booked"
    PAGE_TWICE = "page-twice"
    TEXT_AFTER_END = "text-after-end"
    TEXT_OUTSIDE = "text-outside"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong, with the line of the file (0: the file as a whole) and plain advice."""

    line: int
    code: ProblemCode
    text: str


@dataclass(frozen=True, slots=True)
class Control:
    """One control sum. `difference` = what the bank states minus what we count.

    `day` is None for the whole period; `direction` tells which turnover was compared.
    """

    name: ControlName
    account: str
    day: date | None
    ok: bool
    difference: Money
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class AccountSummary:
    """One own account of the file: first opening, last closing, turnovers stated and counted.

    A value the file does not give is None; `stated_currency` is the one that the file names, a 1C
    file names none (its account numbers do, see `values.currency_of`).
    """

    account: str
    opening: Money | None
    closing: Money | None
    credited: Money | None
    debited: Money | None
    documents_in: Money
    documents_out: Money
    first_day: date | None
    last_day: date | None
    stated_currency: Currency | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """One payment inside a batch that the bank booked as one movement; None: not given."""

    amount: Money | None
    number: str
    counterparty: str
    counterparty_account: str
    purpose: str


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One document of the statement.

    `line` is its 1-based number in the file (documents left out keep theirs). `account` is ours;
    for an own transfer the one that paid, and `counterparty_account` the own one that received,
    on `arrived_on`. `bank_reference` is the bank's own id of the movement, where the format has
    one (camt AcctSvcrRef, MT940 after `//`, OperationID, an API's id); `details` are the payments
    that a batch was booked for, where the bank lists them.
    """

    line: int
    account: str
    direction: Direction
    day: date
    amount: Money
    number: str
    counterparty: str
    inn: str | None
    counterparty_account: str
    purpose: str
    document_type: str
    identity: str
    identity_version: int = IDENTITY_VERSION
    arrived_on: date | None = None
    bank_reference: str | None = None
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class Movement:
    """What one document does to one own account: the thing that the books post.

    `direction` is `in` or `out`, never `own`; `own_transfer` says that the other account is ours
    too. `identity` survives re-import, overlapping periods and another encoding.
    """

    line: int
    account: str
    direction: Direction
    day: date
    amount: Money
    counterparty_account: str
    own_transfer: bool
    identity: str
    identity_version: int
    source: StatementLine


@dataclass(frozen=True, slots=True)
class StatementFile:
    """A statement as it was read. Refused: no lines, and the problems say why.

    `moves` are the per-account movements of the lines, see `movements`.
    """

    file: str
    format: str | None
    version: str | None
    encoding: str | None
    sender: str | None
    accounts: tuple[AccountSummary, ...]
    documents: int
    lines: tuple[StatementLine, ...]
    controls: tuple[Control, ...]
    problems: tuple[Problem, ...]
    verdict: Verdict
    moves: tuple[Movement, ...] = ()


def movements(statement: StatementFile) -> Iterator[Movement]:
    """Every movement on every account the file is about, in the order of the documents.

    A transfer between two own accounts moves both when the file is about both; when it is about
    one of them, the other's movement comes with the other's own statement.
    """
    yield from statement.moves

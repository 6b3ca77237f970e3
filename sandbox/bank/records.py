"""What the bank holds: accounts, the parties of a payment, documents. Sums are whole kopecks."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

__all__ = ["BankAccount", "Document", "DocumentType", "Order", "Party", "Settlement"]


class DocumentType(StrEnum):
    """The document's name as it stands in a statement."""

    ORDER = "Платежное поручение"
    BANK_ORDER = "Банковский ордер"


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a payment; a private person may have no INN."""

    name: str
    inn: str
    account: str
    bank: str
    bik: str
    correspondent: str
    kpp: str = ""


@dataclass(frozen=True, slots=True)
class BankAccount:
    """An account of the company with what it held before the first movement."""

    owner: Party
    opening_minor: int = 0

    @property
    def number(self) -> str:
        """Twenty digits."""
        return self.owner.account


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody tells the bank to pay.

    `day` is the day of the movement, today unless given; an earlier one is a back-dated line that
    shows up in statements drawn from now on. `document_day` may lie some days before it. Without a
    `number` the payer's next one is taken.
    """

    amount_minor: int
    purpose: str
    day: date | None = None
    document_day: date | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """A day's card sales as the acquirer pays them out: the net sum, the fee in the purpose."""

    gross_minor: int
    fee_minor: int
    registry_day: date
    merchant: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A payment that the bank has carried out; a transfer between own accounts is one document."""

    id: int
    type: DocumentType
    number: str
    day: date
    amount_minor: int
    payer: Party
    payee: Party
    debited_on: date
    credited_on: date
    purpose: str
    code: str = "01"

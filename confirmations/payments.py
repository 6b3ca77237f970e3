"""Client payments: expected from a CRM deal, pending until money is proven to be there.

A deal has payment slots (prepayment, balance …). What the CRM says about a slot is a claim; each
change of the claim makes a new version of the pending payment, never an edit:

    claim 15 000 cash            -> Expected
    the same claim again         -> Unchanged
    claim 16 000 cash            -> Replaced (version 2)
    the amount is emptied        -> Cancelled
    claim changes once confirmed -> Differs: shown, nothing changed
    claim changes while a handover holds the payment -> Held: shown, nothing changed
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from confirmations.resolution import Ending, Resolution
from ledger.money import Money

__all__ = [
    "Cancelled",
    "Claim",
    "ClaimOutcome",
    "Differs",
    "Expected",
    "Held",
    "Method",
    "Payment",
    "Replaced",
    "Slot",
    "Unchanged",
    "consider",
]


class Method(StrEnum):
    """How a client pays (DESIGN 1)."""

    CASH = "cash"
    CARD_TRANSFER = "card_transfer"
    TERMINAL = "terminal"
    BANK_TRANSFER = "bank_transfer"
    CREDIT_AGREEMENT = "credit_agreement"


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A place for one payment of a deal; (CRM, deal, slot) is its identity."""

    deal: str
    name: str

    def __str__(self) -> str:
        return f"{self.deal}/{self.name}"


@dataclass(frozen=True, slots=True)
class Claim:
    """What the CRM says of a slot now. `holder` has the cash: a person's id or `crm:<name>`."""

    amount: Money
    method: Method
    expected_on: date
    holder: str


@dataclass(frozen=True, slots=True)
class Payment:
    """One version of an expected payment."""

    id: str
    slot: Slot
    version: int
    claim: Claim

    @property
    def thing(self) -> str:
        """Its name among pending things."""
        return f"payment:{self.id}"


@dataclass(frozen=True, slots=True)
class Expected:
    """A first claim: a pending payment begins."""

    claim: Claim


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Nothing new."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """The pending payment is ended and a new version begins."""

    old: Payment
    claim: Claim


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The amount was emptied: the pending payment is ended."""

    old: Payment


@dataclass(frozen=True, slots=True)
class Held:
    """A pending handover locks the payment: the difference is shown on its card."""

    payment: Payment
    field: str


@dataclass(frozen=True, slots=True)
class Differs:
    """The payment was confirmed; the CRM now says something else. Shown, nothing is changed."""

    payment: Payment
    field: str


ClaimOutcome = Expected | Unchanged | Replaced | Cancelled | Held | Differs


def consider(
    current: Payment | None, resolution: Resolution | None, claim: Claim | None, *, held: bool
) -> ClaimOutcome:
    """Compare what the CRM says of a slot with the slot's newest payment.

    Checked in this order: nothing claimed and nothing known; no payment or an ended one that was
    not confirmed; confirmed and different; the same; held by a handover; emptied; changed. Who
    holds the cash was fixed when the payment became expected, so a new holder alone is no change.
    """
    if current is None:
        return Expected(claim) if claim else Unchanged()
    field = _difference(current.claim, claim)
    if resolution is not None and resolution.ending is not Ending.CONFIRMED:
        return Expected(claim) if claim else Unchanged()
    if field is None:
        return Unchanged()
    if resolution is not None:
        return Differs(current, field)
    if held:
        return Held(current, field)
    if claim is None:
        return Cancelled(current)
    return Replaced(current, claim)


def _difference(known: Claim, claim: Claim | None) -> str | None:
    if claim is None:
        return "amount"
    if known.amount != claim.amount:
        return "amount"
    if known.method is not claim.method:
        return "method"
    if known.expected_on != claim.expected_on:
        return "expected_on"
    return None

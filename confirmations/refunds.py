"""Refunds: the accountant picks a confirmed payment; the desk or an outgoing line confirms it.

payment 15 000 confirmed, refund 5 000  -> Requested
then refund 12 000                      -> TooMuch: 10 000 is left
the payment is still pending            -> NotConfirmed
"""

from dataclasses import dataclass
from datetime import datetime

from ledger.money import Money

__all__ = ["NotConfirmed", "Refund", "RefundOutcome", "Requested", "TooMuch", "request"]


@dataclass(frozen=True, slots=True)
class Refund:
    """Money to be given back from a confirmed payment; pending until it has really left."""

    id: str
    payment: str
    amount: Money
    reason: str
    requested_by: str
    created_at: datetime

    @property
    def thing(self) -> str:
        """Its name among pending things."""
        return f"refund:{self.id}"


@dataclass(frozen=True, slots=True)
class Requested:
    """The refund may begin."""

    amount: Money


@dataclass(frozen=True, slots=True)
class NotConfirmed:
    """Only money that came may go back."""


@dataclass(frozen=True, slots=True)
class TooMuch:
    """More than is left of the payment; `left` is what may still go back."""

    left: Money


RefundOutcome = Requested | NotConfirmed | TooMuch


def request(confirmed: Money | None, promised: Money, amount: Money) -> RefundOutcome:
    """Decide a refund of `amount`.

    `confirmed` is what the payment brought (None while it is pending), `promised` the sum of its
    refunds that are pending or done. Checked in this order: NotConfirmed, TooMuch.
    """
    assert amount.minor > 0
    if confirmed is None:
        return NotConfirmed()
    left = confirmed - promised
    if left < amount:
        return TooMuch(left)
    return Requested(amount)

"""Handing cash to the desk: the manager declares, another person counts and confirms.

    Анна declares 64 500.50, Ольга counts 64 500.50 -> Accepted, nothing left
    Борис declares 10 000, Ольга counts 9 500       -> Accepted with a shortage of 500, a comment
    Борис declares 10 000, Ольга counts 10 500      -> CountedMore: count again or reject
    Борис confirms his own                          -> OwnHandover
    a second press                                  -> AlreadyResolved: by whom, when

Revenue arises from the client's payment, never from the handover. A shortage stays on the manager
as a debt (DESIGN 8, "Handover").
"""

from dataclasses import dataclass
from datetime import datetime

from confirmations.resolution import Resolution
from ledger.money import Money

__all__ = [
    "Accepted",
    "AlreadyResolved",
    "CommentNeeded",
    "ConfirmOutcome",
    "CountedMore",
    "Expired",
    "Handover",
    "OwnHandover",
    "Press",
    "RejectOutcome",
    "Rejected",
    "confirm",
    "reject",
]


@dataclass(frozen=True, slots=True)
class Handover:
    """Whole payments plus older shortages that a manager gives to a desk.

    `declared` is the sum of the listed payments and of `carried`, the shortages from before.
    """

    id: str
    person: str
    desk: str
    payments: tuple[str, ...]
    carried: Money
    declared: Money
    created_at: datetime
    expires_at: datetime

    def __post_init__(self) -> None:
        assert self.declared.minor > 0
        assert Money(0, self.declared.currency) <= self.carried
        assert self.carried <= self.declared

    @property
    def thing(self) -> str:
        """Its name among pending things."""
        return f"handover:{self.id}"


@dataclass(frozen=True, slots=True)
class Press:
    """Somebody's answer: the person's id, and the instant at which the press reached the inbox."""

    person: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Accepted:
    """The desk has `counted`; `shortage` stays on the manager."""

    counted: Money
    shortage: Money


@dataclass(frozen=True, slots=True)
class Rejected:
    """Nothing moved; the cash is still on the manager."""

    reason: str


@dataclass(frozen=True, slots=True)
class OwnHandover:
    """The giver may not confirm: cashier and manager are different people."""


@dataclass(frozen=True, slots=True)
class AlreadyResolved:
    """Somebody was first."""

    resolution: Resolution


@dataclass(frozen=True, slots=True)
class Expired:
    """The handover lapsed at that instant; the manager may declare it again."""

    at: datetime


@dataclass(frozen=True, slots=True)
class CountedMore:
    """More than declared: count again or reject."""

    excess: Money


@dataclass(frozen=True, slots=True)
class CommentNeeded:
    """A shortage needs a word about it."""

    shortage: Money


ConfirmOutcome = Accepted | OwnHandover | AlreadyResolved | Expired | CountedMore | CommentNeeded
RejectOutcome = Rejected | OwnHandover | AlreadyResolved | Expired


def confirm(
    handover: Handover,
    resolution: Resolution | None,
    press: Press,
    counted: Money,
    comment: str,
) -> ConfirmOutcome:
    """Decide a confirmation, once.

    Checked in this order: AlreadyResolved, OwnHandover, Expired, CountedMore, CommentNeeded. A
    second press is not an error: it is told who was first. Expiry is judged by when the press
    reached the inbox, so a slow machine does not make it late.
    """
    refused = _refused(handover, resolution, press)
    if refused is not None:
        return refused
    shortage = handover.declared - counted
    if shortage.minor < 0:
        return CountedMore(-shortage)
    if shortage.minor > 0 and not comment.strip():
        return CommentNeeded(shortage)

    # From here on the confirmation must succeed.
    assert counted.minor > 0
    return Accepted(counted, shortage)


def reject(
    handover: Handover, resolution: Resolution | None, press: Press, reason: str
) -> RejectOutcome:
    """Decide a rejection, once; the order of checks is that of `confirm`."""
    refused = _refused(handover, resolution, press)
    return refused if refused is not None else Rejected(reason.strip())


def _refused(
    handover: Handover, resolution: Resolution | None, press: Press
) -> AlreadyResolved | OwnHandover | Expired | None:
    if resolution is not None:
        return AlreadyResolved(resolution)
    if press.person == handover.person:
        return OwnHandover()
    if press.received_at >= handover.expires_at:
        return Expired(handover.expires_at)
    return None

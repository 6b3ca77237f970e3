"""How a sum could pay a deal's open payments: exactly, as a sum, nearly, over or in part.

owed 15 000 and 22 000; comes 22 000      exact: the second
                        comes 37 000      sum: both
                        comes 14 850      near: the first, 150 are still owed
                        comes 37 500      over: both, 500 too much
                        comes 5 000       part of the first
                        comes 90 000      far over: believed only with a number
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import combinations

from banking.matching.records import OpenPayment, PaymentMethod

__all__ = ["Fit", "Plan", "plan"]

_SUBSET_MAX = 10
# A payer who rounds or loses a bank fee stays within this of the sum owed.
_NEAR_PERCENT = 3
_OVER_MINOR_MAX = 100_000
_BANK = frozenset({PaymentMethod.BANK_TRANSFER, PaymentMethod.CARD_TRANSFER})


class Fit(IntEnum):
    """How well a sum fits, best last."""

    FAR_OVER = 0
    PART = 1
    OVER = 2
    NEAR = 3
    SUM = 4
    EXACT = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """Links in minor units; together never more than what is owed."""

    fit: Fit
    links: tuple[tuple[str, int], ...]
    is_only: bool = True  # no other reading of the sum would pay this deal more or less


def plan(payments: Sequence[OpenPayment], owed: Mapping[str, int], amount: int) -> Plan | None:
    """The best way for this sum to pay these payments (in the order they are expected).

    Payments by bank or card transfer are tried first; a terminal or credit one only when it fits
    exactly; cash never. None when nothing is owed.
    """
    still = [one for one in payments if owed[one.id] > 0 and one.method is not PaymentMethod.CASH]
    usual = [one for one in still if one.method in _BANK]
    exact = _single(usual, owed, amount) or _several(usual, owed, amount)
    exact = exact or _single(still, owed, amount)
    if exact:
        return exact
    way = _inexact(usual, owed, amount)
    return way and replace(way, is_only=_is_only(way, still, owed, amount))


def _single(group: list[OpenPayment], owed: Mapping[str, int], amount: int) -> Plan | None:
    for one in group:
        if owed[one.id] == amount:
            return Plan(Fit.EXACT, ((one.id, amount),))
    return None


def _several(group: list[OpenPayment], owed: Mapping[str, int], amount: int) -> Plan | None:
    few = group[:_SUBSET_MAX]
    for size in range(2, len(few) + 1):
        for chosen in combinations(few, size):
            if sum(owed[one.id] for one in chosen) == amount:
                return Plan(Fit.SUM, tuple((one.id, owed[one.id]) for one in chosen))
    return None


def _is_only(way: Plan, still: list[OpenPayment], owed: Mapping[str, int], amount: int) -> bool:
    """Whether the excess, or the lack of one, is beyond doubt.

    Over one payment while another is open: the excess may be a part of the other. A sum near what
    a payment was before something was paid of it may be meant for it alone.
    """
    if way.fit in {Fit.OVER, Fit.FAR_OVER}:
        return len(way.links) == len(still) == 1
    dues = [owed[one.id] for one in still]
    sums = [*dues, sum(dues), *(one.amount.minor for one in still if len(still) > 1)]
    return not any(0 <= amount - due <= _tolerance(due) for due in sums)


def _tolerance(due: int) -> int:
    return max(_OVER_MINOR_MAX, due * _NEAR_PERCENT // 100)


def _inexact(group: list[OpenPayment], owed: Mapping[str, int], amount: int) -> Plan | None:
    for one in group:
        due = owed[one.id]
        if due * (100 - _NEAR_PERCENT) <= amount * 100 < due * 100:
            return Plan(Fit.NEAR, ((one.id, amount),))
    everything = [(one.id, owed[one.id]) for one in group]
    for links in [*([single] for single in everything), everything]:
        due = sum(minor for _, minor in links)
        if links and 0 < amount - due <= _tolerance(due):
            return Plan(Fit.OVER, tuple(links))
    for one in group:
        if owed[one.id] > amount:
            return Plan(Fit.PART, ((one.id, amount),))
    return _spread(everything, amount)


def _spread(everything: list[tuple[str, int]], amount: int) -> Plan | None:
    links: list[tuple[str, int]] = []
    left = amount
    for payment, due in everything:
        if left > 0:
            links.append((payment, min(due, left)))
            left -= min(due, left)
    if not links:
        return None
    return Plan(Fit.FAR_OVER if left > 0 else Fit.PART, tuple(links))

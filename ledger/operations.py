"""Operations: immutable, balanced by construction, known by a key, corrected only by reversal.

    expense   500.00  article 407  debit article:407  credit desk:main    paid and accrued 2026-01-15
    payment 15000.00  article 101  debit collected:p3 credit client:a-17  paid 2026-01-15
    transfer 15000.00 article 952  debit desk:main    credit collected:p3 paid 2026-01-16

Signs follow from the sides: money that comes in is a debit of a money account. An operation has
one article and one set of dimensions, so it is one row of the journal and one summand of each
report.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

from ledger.accounts import Account, AccountKind
from ledger.money import Money, total

__all__ = [
    "Dimensions",
    "Entry",
    "Operation",
    "OperationKind",
    "difference",
    "dimensions",
    "reverse",
]

Dimensions = tuple[tuple[str, str], ...]


class OperationKind(StrEnum):
    """What happened."""

    PAYMENT = "payment"
    INCOME = "income"
    EXPENSE = "expense"
    REFUND = "refund"
    TRANSFER = "transfer"
    STATEMENT = "statement"
    RECOGNITION = "recognition"
    BALANCE = "balance"
    OPENING = "opening"
    REVERSAL = "reversal"


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement: `amount` goes from the credit account to the debit account."""

    debit: Account
    credit: Account
    amount: Money

    def __post_init__(self) -> None:
        assert self.amount.minor > 0
        assert self.debit != self.credit


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that happened to the money.

    `paid_on` drives the cash flow and the cash-basis P&L, `accrued_on` the accrual P&L; an absent
    date keeps the operation out of that basis. `original_day` is the day it belongs to when that
    day's month was closed. `dimensions` are frozen when posted. `deal` is the id of the deal.
    """

    key: str
    kind: OperationKind
    article: int
    entries: tuple[Entry, ...]
    paid_on: date | None
    accrued_on: date | None
    dimensions: Dimensions = ()
    deal: str | None = None
    contract_no: str = ""
    counterparty: str = ""
    comment: str = ""
    author: str = ""
    original_day: date | None = None
    reverses: str | None = None

    def __post_init__(self) -> None:
        assert self.key
        assert self.entries
        assert self.paid_on or self.accrued_on
        assert len({entry.amount.currency for entry in self.entries}) == 1
        assert tuple(sorted(self.dimensions)) == self.dimensions

    @property
    def amount(self) -> Money:
        """The sum of the entries, always positive."""
        return total([entry.amount for entry in self.entries], self.entries[0].amount.currency)

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which the operation changes a report."""
        return tuple(sorted({day for day in (self.paid_on, self.accrued_on) if day}))

    @property
    def cash_effect(self) -> int:
        """Minor units that came in (negative: went out) on the cash basis; 0 without `paid_on`."""
        if self.paid_on is None:
            return 0
        return sum(
            _crossing(entry, entry.debit.is_cash_basis, entry.credit.is_cash_basis)
            for entry in self.entries
        )

    @property
    def accrual_effect(self) -> int:
        """Minor units earned (negative: spent) on the accrual basis; 0 without `accrued_on`."""
        if self.accrued_on is None:
            return 0
        article = AccountKind.ARTICLE
        return sum(
            _crossing(entry, entry.credit.kind is article, entry.debit.kind is article)
            for entry in self.entries
        )


def dimensions(values: Mapping[str, str]) -> Dimensions:
    """Freeze dimension values: sorted, trimmed, single spaces, blanks left out."""
    tidy = ((name, " ".join(value.split())) for name, value in values.items())
    return tuple(sorted((name, value) for name, value in tidy if value))


def reverse(operation: Operation, key: str, day: date, author: str, comment: str) -> Operation:
    """The operation that cancels another: sides swapped, order reversed, the same dimensions.

    It is dated `day` in each basis in which the first one counted.
    """
    return replace(
        operation,
        key=key,
        kind=OperationKind.REVERSAL,
        entries=tuple(
            Entry(entry.credit, entry.debit, entry.amount) for entry in reversed(operation.entries)
        ),
        paid_on=day if operation.paid_on else None,
        accrued_on=day if operation.accrued_on else None,
        author=author,
        comment=comment,
        reverses=operation.key,
        original_day=operation.days[0] if day not in operation.days else None,
    )


def difference(first: Operation, second: Operation, ignore: Iterable[str] = ()) -> str | None:
    """The name of the first field in which two operations of one key differ; None when equal."""
    assert first.key == second.key
    skipped = set(ignore)
    for field in fields(Operation):
        if field.name not in skipped and getattr(first, field.name) != getattr(second, field.name):
            return field.name
    return None


def _crossing(entry: Entry, inside_debit: bool, inside_credit: bool) -> int:
    if inside_debit == inside_credit:
        return 0
    return entry.amount.minor if inside_debit else -entry.amount.minor

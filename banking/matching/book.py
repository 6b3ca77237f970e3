"""The open payments while they are being matched: what each still owes, and the indexes.

Candidates are only ever found through an index (number, amount, INN, name, payer's account), so
that matching stays near linear in the number of lines.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from banking.formats.records import StatementLine
from banking.matching.names import Name, parse_name, short_forms
from banking.matching.numbers import NumberIndex, NumberKind
from banking.matching.records import MatchContext, OpenPayment, PaymentMethod

__all__ = ["Book", "Deal", "is_bank_account"]


@dataclass(slots=True)
class Deal:
    """One deal's open payments in the order they are expected, and who its client is."""

    id: str
    payments: list[OpenPayment]
    inns: set[str] = field(default_factory=set)
    names: set[Name] = field(default_factory=set)
    short_names: set[tuple[str, str, str]] = field(default_factory=set)


@dataclass(slots=True)
class Book:
    """Deals, indexes and the outstanding sums in minor units."""

    deals: dict[str, Deal]
    owed: dict[str, int]
    numbers: NumberIndex = field(default_factory=NumberIndex)
    by_number: dict[tuple[NumberKind, str], set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )
    by_inn: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_name: dict[Name, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_short_name: dict[tuple[str, str, str], set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )
    by_amount: dict[int, dict[str, OpenPayment]] = field(default_factory=lambda: defaultdict(dict))
    price_points: Counter[int] = field(default_factory=Counter)
    by_account: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    doubtful: set[str] = field(default_factory=set)  # whole sales claimed by suggestions only

    @classmethod
    def of(cls, payments: Sequence[OpenPayment], context: MatchContext) -> "Book":
        """Index the payments; a paid one keeps its number known, one in cash is not found by sum."""
        book = cls(deals={}, owed={}, numbers=NumberIndex(context.words))
        for payment in sorted(payments, key=lambda one: (one.expected_on, one.id)):
            book._add(payment)
        for number in context.closed_contracts:
            book.numbers.add(NumberKind.CLOSED, number)
        return book

    def claim(self, links: Iterable[tuple[str, int]], deals: Iterable[str]) -> None:
        """These sums are spoken for now; they are no longer owed to later lines."""
        payments = {one.id: one for deal in deals for one in self.deals[deal].payments}
        for payment, minor in links:
            before = self.owed[payment]
            assert 0 < minor <= before
            self.by_amount[before].pop(payment, None)
            self.owed[payment] = before - minor
            if before > minor and payments[payment].method is not PaymentMethod.CASH:
                self.by_amount[before - minor][payment] = payments[payment]

    def learn(self, line: StatementLine, deals: set[str]) -> None:
        """Remember who pays for a deal from which account; a bank's own accounts tell nothing."""
        if line.counterparty_account and not is_bank_account(line.counterparty_account):
            self.by_account[line.counterparty_account] |= deals

    def _add(self, payment: OpenPayment) -> None:
        deal = self.deals.setdefault(payment.deal_id, Deal(payment.deal_id, []))
        deal.payments.append(payment)
        self.owed[payment.id] = payment.amount.minor
        self._add_number(NumberKind.CONTRACT, payment.contract_no, deal.id)
        self._add_number(NumberKind.INVOICE, payment.invoice_no or "", deal.id)
        if payment.client_inn:
            deal.inns.add(payment.client_inn)
            self.by_inn[payment.client_inn].add(deal.id)
        name = parse_name(payment.client)
        if name:
            deal.names.add(name)
            self.by_name[name].add(deal.id)
            for short in short_forms(name):
                deal.short_names.add(short)
                self.by_short_name[short].add(deal.id)
        if payment.method is not PaymentMethod.CASH:
            self.by_amount[payment.amount.minor][payment.id] = payment
            self.price_points[payment.amount.minor] += 1

    def _add_number(self, kind: NumberKind, number: str, deal: str) -> None:
        if not number:
            return
        if (kind, number) not in self.by_number:
            self.numbers.add(kind, number)
        self.by_number[kind, number].add(deal)


# Accounts of banks: settlements in flight, claims and obligations, correspondent accounts.
_BANK_ACCOUNTS = ("301", "302", "303", "409", "474", "706")


def is_bank_account(account: str) -> bool:
    """Whether the account is a bank's own: it stands for many payers."""
    return account.startswith(_BANK_ACCOUNTS)

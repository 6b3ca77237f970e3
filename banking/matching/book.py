"""The open payments while they are being matched: what each still owes, and the indexes.

Candidates are only ever found through an index (number, amount, INN, name, payer's account), so
that matching stays near linear in the number of lines.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from banking.formats.records import StatementLine
from banking.matching.names import Name, parse_name, short_forms
from banking.matching.numbers import NumberIndex, NumberKind
from banking.matching.records import (
    MatchContext,
    OpenPayment,
    PaymentMethod,
    TaughtKind,
    TaughtRule,
)

__all__ = ["CROWD", "Book", "Deal", "Key", "is_bank_account"]

# More deals than this under one key are a crowd: only those that owe the exact sum are weighed.
CROWD = 40
# What a payer is known by: INN, account, full name, shortened name.
Key = str | Name | tuple[str, str, str]


@dataclass(slots=True)
class Deal:
    """One deal's open payments in the order they are expected, and who its client is."""

    id: str
    payments: list[OpenPayment]
    inns: set[str] = field(default_factory=set)
    names: set[Name] = field(default_factory=set)
    short_names: set[tuple[str, str, str]] = field(default_factory=set)
    accounts: set[str] = field(default_factory=set)
    taught_inns: dict[str, int] = field(default_factory=dict)  # rule ids by the payer's INN

    def payer_keys(self) -> Iterator[Key]:
        """Everything that its payers are known by."""
        yield from self.inns
        yield from self.names
        yield from self.short_names
        yield from self.accounts
        yield from self.taught_inns


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
    _by_client: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _exact: dict[Key, dict[int, dict[str, str]]] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)  # whole sales claimed by suggestions only

    @classmethod
    def of(cls, payments: Sequence[OpenPayment], context: MatchContext) -> "Book":
        """Index the payments; a paid one keeps its number known, one in cash is not found by sum."""
        book = cls(deals={}, owed={}, numbers=NumberIndex(context.words))
        for payment in sorted(payments, key=lambda one: (one.expected_on, one.id)):
            book._add(payment)
        for number in context.closed_contracts:
            book.numbers.add(NumberKind.CLOSED, number)
        for rule in context.taught:
            book._teach(rule)
        return book

    def groups(self, key: Key) -> set[str]:
        """Deals whose payer is known by this key."""
        if isinstance(key, Name):
            return self.by_name.get(key, set())
        if isinstance(key, tuple):
            return self.by_short_name.get(key, set())
        # An account has twenty digits, an INN ten or twelve.
        return self.by_inn.get(key) or self.by_account.get(key, set())

    def exact(self, key: Key, minor: int) -> dict[str, str]:
        """Payments of a crowd that owe exactly this sum, and their deals."""
        if key not in self._exact:
            self._exact[key] = defaultdict(dict)
            for deal in self.groups(key):
                self._enter(key, deal)
        return self._exact[key].get(minor, {})

    def claim(self, links: Iterable[tuple[str, int]], deals: Iterable[str]) -> None:
        """These sums are spoken for now; they are no longer owed to later lines."""
        payments = {one.id: one for deal in deals for one in self.deals[deal].payments}
        for payment, minor in links:
            self._move(payments[payment], self.owed[payment] - minor)
            before = self.owed[payment]
            assert 0 < minor <= before
            self.by_amount[before].pop(payment, None)
            self.owed[payment] = before - minor
            if before > minor and payments[payment].method is not PaymentMethod.CASH:
                self.by_amount[before - minor][payment] = payments[payment]

    def learn(self, line: StatementLine, deals: set[str]) -> None:
        """Remember who pays for a deal from which account; a bank's own accounts tell nothing."""
        account = line.counterparty_account
        if not account or is_bank_account(account):
            return
        for deal in deals - self.by_account[account]:
            self.by_account[account].add(deal)
            self.deals[deal].accounts.add(account)
            if account in self._exact:
                self._enter(account, deal)

    def _enter(self, key: Key, deal: str) -> None:
        sums = self._exact[key]
        for payment in self.deals[deal].payments:
            if self.owed[payment.id] and payment.method is not PaymentMethod.CASH:
                sums[self.owed[payment.id]][payment.id] = deal

    def _move(self, payment: OpenPayment, left: int) -> None:
        """Keep the exact sums of crowds true; most keys are no crowd."""
        if not self._exact or payment.method is PaymentMethod.CASH:
            return
        for key in self.deals[payment.deal_id].payer_keys():
            sums = self._exact.get(key)
            if sums is not None:
                sums[self.owed[payment.id]].pop(payment.id, None)
                if left:
                    sums[left][payment.id] = payment.deal_id

    def _teach(self, rule: TaughtRule) -> None:
        """The payer of a taught INN pays for the client's deals."""
        if rule.kind is not TaughtKind.PAYER:
            return
        name = parse_name(rule.target)
        named = self.by_name.get(name, set()) if name else set()
        for deal in named | self._by_client.get(rule.target, set()):
            self.deals[deal].taught_inns[rule.pattern] = rule.id
            self.by_inn[rule.pattern].add(deal)

    def _add(self, payment: OpenPayment) -> None:
        deal = self.deals.setdefault(payment.deal_id, Deal(payment.deal_id, []))
        deal.payments.append(payment)
        if payment.client_key:
            self._by_client[payment.client_key].add(deal.id)
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

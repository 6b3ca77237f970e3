"""Accounts: between which places the kopecks of an operation move.

An account is a kind and a reference, printed as `kind:reference`:

    desk:main  bank:40702810900000000001  card:anna  clearing:tbank  collected:p3  issued:p3
    client:amocrm-17  balance:client-5  supplier:…  deferred:amocrm-17
    suspense:40702810900000000001  transit:own  article:101  opening:all
"""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["CASH_FLOW_KINDS", "Account", "AccountKind"]


class AccountKind(StrEnum):
    """What kind of place an account is."""

    DESK = "desk"
    BANK = "bank"
    CARD = "card"
    CLEARING = "clearing"
    COLLECTED = "collected"
    ISSUED = "issued"
    CLIENT = "client"
    BALANCE = "balance"
    SUPPLIER = "supplier"
    DEFERRED = "deferred"
    SUSPENSE = "suspense"
    TRANSIT = "transit"
    ARTICLE = "article"
    OPENING = "opening"


# Money that the company has or is owed by a bank, an acquirer or the person who collected it.
_MONEY = {
    AccountKind.DESK,
    AccountKind.BANK,
    AccountKind.CARD,
    AccountKind.CLEARING,
    AccountKind.COLLECTED,
}
# On the cash-flow statement a line that nobody explained yet, and a transfer between own accounts
# that arrived on one side only, are money on the way, not income and not an expense.
CASH_FLOW_KINDS = _MONEY | {AccountKind.SUSPENSE, AccountKind.TRANSIT}
# A client's balance is money already received: applying it to a deal is revenue, not a receipt.
# Money issued for expenses left the desk, but is a cost only when the expense report says so.
_CASH_BASIS = CASH_FLOW_KINDS | {AccountKind.BALANCE, AccountKind.ISSUED}


@dataclass(frozen=True, slots=True, order=True)
class Account:
    """One place; `ref` names it inside its kind and holds no colon at its start."""

    kind: AccountKind
    ref: str

    def __post_init__(self) -> None:
        assert self.ref

    def __str__(self) -> str:
        return f"{self.kind}:{self.ref}"

    @staticmethod
    def parse(text: str) -> "Account":
        """Read `kind:reference`, as the store keeps it."""
        kind, _, ref = text.partition(":")
        return Account(AccountKind(kind), ref)

    @staticmethod
    def of_article(article: int) -> "Account":
        """The income or expense account of an article."""
        return Account(AccountKind.ARTICLE, str(article))

    @property
    def is_money(self) -> bool:
        """Whether the account holds money of the company."""
        return self.kind in _MONEY

    @property
    def is_cash_flow(self) -> bool:
        """Whether a movement here is a movement of the cash-flow statement."""
        return self.kind in CASH_FLOW_KINDS

    @property
    def is_cash_basis(self) -> bool:
        """Whether a movement here and not opposite counts in the cash-basis P&L."""
        return self.kind in _CASH_BASIS

"""What the matcher takes and gives, as records.

line 5, 8 219.00, «…дог.№К-1086…»  + open payment К-1086, 8 219.00   -> auto, one link
line 6, 20 000.00, «Перевод средств», two clients of that name       -> none, two alternatives
line 7, 60 338.99, «Эквайринг… Комиссия 1106.01»                     -> suggest, links and fee
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from banking.matching.words import Words, packaged_words
from ledger.money import Money

__all__ = [
    "ALL_RULES",
    "STRICT",
    "Alternative",
    "AutoRule",
    "Link",
    "MatchContext",
    "MatchVerdict",
    "OpenPayment",
    "PaymentMethod",
    "Proposal",
    "Reason",
    "ReasonCode",
    "TaughtKind",
    "TaughtRule",
]


class PaymentMethod(StrEnum):
    """How the client was to pay."""

    CASH = "cash"
    CARD_TRANSFER = "card_transfer"
    TERMINAL = "terminal"
    BANK_TRANSFER = "bank_transfer"
    CREDIT_AGREEMENT = "credit_agreement"


class MatchVerdict(StrEnum):
    """What may be done with the proposal: booked, shown, left to a person, or not a client's."""

    AUTO = "auto"
    SUGGEST = "suggest"
    NONE = "none"
    NOT_CLIENT = "not_client"


class AutoRule(StrEnum):
    """What may be booked without a person; see `automatic.py`."""

    CONTRACT_EXACT = "contract-exact"
    CONTRACT_AND_PAYER = "contract-and-payer"
    INVOICE_EXACT = "invoice-exact"
    PAYER_EXACT = "payer-exact"
    SHORT_NAME_EXACT = "short-name-exact"
    SALES_OF_DAY = "sales-of-day"
    CREDIT_OF_CLIENT = "credit-of-client"


class ReasonCode(StrEnum):
    """One piece of evidence for or against; the wording is in `reasons.py`."""

    # For a payment.
    CONTRACT_NUMBER = "contract-number"
    INVOICE_NUMBER = "invoice-number"
    SAME_INN = "same-inn"
    SAME_ACCOUNT = "same-account"
    SAME_NAME = "same-name"
    SHORT_NAME = "short-name"
    TAUGHT_PAYER = "taught-payer"
    AMOUNT_EQUAL = "amount-equal"
    AMOUNT_IS_SUM = "amount-is-sum"
    AMOUNT_ONLY_ONE = "amount-only-one"
    AMOUNT_NEAR = "amount-near"
    AMOUNT_OVER = "amount-over"
    AMOUNT_PART = "amount-part"
    # Against it.
    OTHER_INN = "other-inn"
    OTHER_NAME = "other-name"
    FAR_DAY = "far-day"
    CLOSED_CONTRACT = "closed-contract"
    SEVERAL_CONTRACTS = "several-contracts"
    NUMBER_UNSURE = "number-unsure"
    TIE = "tie"
    NOTHING_FITS = "nothing-fits"
    OTHER_CURRENCY = "other-currency"
    UNREAD = "unread"
    # Settlements.
    SETTLEMENT = "settlement"
    SALES_OF_DAY = "sales-of-day"
    FEE_STATED = "fee-stated"
    FEE_COUNTED = "fee-counted"
    REFUND_WITHHELD = "refund-withheld"
    CREDIT_OF_CLIENT = "credit-of-client"
    NO_SUCH_SALES = "no-such-sales"
    USUAL_DELAY = "usual-delay"
    # Not a client's money.
    MONEY_OUT = "money-out"
    OWN_TRANSFER = "own-transfer"
    KIND_OF_MONEY = "kind-of-money"
    TAUGHT_WORDING = "taught-wording"


@dataclass(frozen=True, slots=True)
class Reason:
    """A named piece of evidence and the facts it rests on, as text."""

    code: ReasonCode
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenPayment:
    """A payment that is still to come; `amount` is what it still owes.

    Several payments of one `deal_id` share its contract number.
    """

    id: str
    deal_id: str
    contract_no: str
    client: str
    client_inn: str | None
    invoice_no: str | None
    amount: Money
    method: PaymentMethod
    expected_on: date
    salon: str = ""
    client_key: str = ""


class TaughtKind(StrEnum):
    """What the accountant taught: who a payer is, or what a wording means."""

    PAYER = "payer"
    WORDING = "wording"


@dataclass(frozen=True, slots=True)
class TaughtRule:
    """An explicit rule that a person made, may see, switch off and delete.

    PAYER: `pattern` is the payer's INN, `target` the client as in `OpenPayment.client_key` or
    `OpenPayment.client`. It makes the client certain and never chooses between the client's deals.
    WORDING: `pattern` is words that the purpose contains (case, ё and blanks do not matter),
    `target` the number of an article as text. It says nothing of settlements and own transfers. A
    line with an open contract's number, or of a client who owes exactly this sum, is left to a
    person with the rule among its reasons.
    """

    id: int
    kind: TaughtKind
    pattern: str
    target: str


# The contract's number and the exact sum, nothing else.
STRICT = frozenset({AutoRule.CONTRACT_EXACT})
# Every rule; each is sound by itself, and nothing wrong was booked by them on any known set.
ALL_RULES = frozenset(AutoRule)


@dataclass(frozen=True, slots=True)
class MatchContext:
    """What is known beside the lines: who we are, whose terminals, which contracts are over.

    `automatic` names the rules by which a line may be booked without a person, `taught` what the
    accountant decided for good; `days_off` are bank holidays beside the yearly ones.
    """

    own_inn: str = ""
    own_accounts: frozenset[str] = frozenset()
    merchants: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    closed_contracts: frozenset[str] = frozenset()
    words: Words = field(default_factory=packaged_words)
    automatic: frozenset[AutoRule] = ALL_RULES
    taught: tuple[TaughtRule, ...] = ()
    days_off: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Link:
    """So much of the line pays this payment."""

    payment: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of the same line."""

    links: tuple[Link, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """The answer for one line. `fee` is what an acquirer or a loan bank withheld from it.

    `article` is what a taught wording says of money that is no client's; `rules` are the ids of
    the taught rules that fired, each with a reason of its own.
    """

    line: int
    verdict: MatchVerdict
    links: tuple[Link, ...]
    fee: Money
    reasons: tuple[Reason, ...]
    alternatives: tuple[Alternative, ...] = ()
    article: int | None = None
    rules: tuple[int, ...] = ()

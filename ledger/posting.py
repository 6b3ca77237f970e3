"""What each event posts: the table of DESIGN 8 as functions.

expense paid             article:407   ← desk:main      both dates, or two operations
client payment (cash)    collected:p3  ← client:a-17    paid_on, then desk ← collected
statement line           bank:4070…    ← suspense:4070… its own day
bank transfer confirmed  suspense:…    ← client:a-17    paid_on = the line's day
terminal settlement      clearing:x    ← client:a-17    gross per deal, day of sale
                         suspense:…    ← clearing:x     net
                         article:502   ← clearing:x     fee, per deal
recognition              client:a-17   ← article:101    accrued_on
overpayment              place         ← balance:c-5    article 114, revenue only when applied
refund                   client:a-17   ← place          paid_on; article:101 when recognised
"""

from dataclasses import dataclass
from datetime import date

from ledger.accounts import Account, AccountKind
from ledger.money import Money
from ledger.operations import Dimensions, Entry, Operation, OperationKind
from ledger.seed import SystemArticle

__all__ = [
    "About",
    "TwoDates",
    "apply_balance",
    "client_payment",
    "deal_refund",
    "expense",
    "handover",
    "income",
    "opening",
    "overpayment",
    "own_transfer",
    "recognition",
    "settlement_fee",
    "settlement_net",
    "statement_line",
    "transfer",
]


@dataclass(frozen=True, slots=True)
class About:
    """What is said about an operation: its key, who wrote it, and what it concerns."""

    key: str
    author: str
    comment: str = ""
    deal: str | None = None
    contract_no: str = ""
    counterparty: str = ""
    dimensions: Dimensions = ()
    original_day: date | None = None


@dataclass(frozen=True, slots=True)
class TwoDates:
    """When money moved and when it was earned or spent; None: not in that basis."""

    paid_on: date | None
    accrued_on: date | None

    def __post_init__(self) -> None:
        assert self.paid_on or self.accrued_on


def expense(
    about: About, article: int, place: Account, amount: Money, dates: TwoDates
) -> tuple[Operation, ...]:
    """A cost: one operation when both dates are one day, else up to two over a settlement account.

    With a deal the settlement account is the deal's deferred cost, otherwise the supplier's.
    """
    kind = AccountKind.DEFERRED if about.deal else AccountKind.SUPPLIER
    between = Account(kind, about.deal or about.counterparty or "unnamed")
    cost = Account.of_article(article)
    return _two_dates(about, OperationKind.EXPENSE, article, (cost, between, place), amount, dates)


def income(
    about: About, article: int, place: Account, amount: Money, dates: TwoDates
) -> tuple[Operation, ...]:
    """Money earned apart from a deal's payment slots (also what a table of operations brings)."""
    between = Account(AccountKind.CLIENT, about.deal or about.counterparty or "unnamed")
    gain = Account.of_article(article)
    return _two_dates(about, OperationKind.INCOME, article, (place, between, gain), amount, dates)


def client_payment(about: About, place: Account, amount: Money, paid_on: date) -> Operation:
    """A client's payment for a deal, gross; `place` is where the money is now."""
    assert about.deal
    client = Account(AccountKind.CLIENT, about.deal)
    entry = Entry(place, client, amount)
    return _operation(
        about, OperationKind.PAYMENT, SystemArticle.SALES, entry, TwoDates(paid_on, None)
    )


def overpayment(
    about: About, place: Account, client: str, amount: Money, paid_on: date
) -> Operation:
    """What a client paid above the deal's due: it stays on the client's balance, not revenue."""
    entry = Entry(place, Account(AccountKind.BALANCE, client), amount)
    return _operation(
        about,
        OperationKind.BALANCE,
        SystemArticle.CLIENT_OVERPAYMENT,
        entry,
        TwoDates(paid_on, None),
    )


def apply_balance(about: About, client: str, amount: Money, day: date) -> Operation:
    """Use a client's balance for a deal: revenue of that day, but no receipt of money."""
    assert about.deal
    entry = Entry(
        Account(AccountKind.BALANCE, client), Account(AccountKind.CLIENT, about.deal), amount
    )
    return _operation(
        about, OperationKind.PAYMENT, SystemArticle.SALES, entry, TwoDates(day, None)
    )


def handover(about: About, person: str, desk: Account, counted: Money, day: date) -> Operation:
    """Cash counted at the desk leaves the person who collected it; never income."""
    entry = Entry(desk, Account(AccountKind.COLLECTED, person), counted)
    return _operation(
        about, OperationKind.TRANSFER, SystemArticle.HANDOVER, entry, TwoDates(day, None)
    )


def statement_line(
    about: About, bank: str, amount: Money, day: date, *, incoming: bool, own_transfer: bool
) -> Operation:
    """A bank's line, posted at once: against suspense, or in transit between own accounts."""
    place = Account(AccountKind.BANK, bank)
    if own_transfer:
        opposite, article = Account(AccountKind.TRANSIT, "own"), SystemArticle.OWN_TRANSFER
    else:
        opposite, article = Account(AccountKind.SUSPENSE, bank), SystemArticle.STATEMENT_LINE
    entry = Entry(place, opposite, amount) if incoming else Entry(opposite, place, amount)
    return _operation(about, OperationKind.STATEMENT, article, entry, TwoDates(day, None))


def settlement_net(about: About, bank: str, clearing: Account, net: Money, day: date) -> Operation:
    """The net sum that an acquirer or a loan bank paid for a batch; closes the line's suspense."""
    entry = Entry(Account(AccountKind.SUSPENSE, bank), clearing, net)
    return _operation(
        about, OperationKind.TRANSFER, SystemArticle.SETTLEMENT, entry, TwoDates(day, None)
    )


def settlement_fee(
    about: About, article: int, clearing: Account, fee: Money, day: date
) -> Operation:
    """The fee withheld from a deal's part of a settlement: a bank charge with its dimensions."""
    entry = Entry(Account.of_article(article), clearing, fee)
    return _operation(about, OperationKind.EXPENSE, article, entry, TwoDates(day, day))


def recognition(about: About, price: Money, day: date) -> Operation:
    """The deal is done: its price is earned on that day (accrual basis only)."""
    assert about.deal
    entry = Entry(
        Account(AccountKind.CLIENT, about.deal), Account.of_article(SystemArticle.SALES), price
    )
    return _operation(
        about, OperationKind.RECOGNITION, SystemArticle.SALES, entry, TwoDates(None, day)
    )


def deal_refund(
    about: About, place: Account, amount: Money, day: date, *, recognised: bool
) -> Operation:
    """Money back to a client: negative revenue of its day, contra-revenue if already recognised."""
    assert about.deal
    if recognised:
        opposite, dates = Account.of_article(SystemArticle.SALES), TwoDates(day, day)
    else:
        opposite, dates = Account(AccountKind.CLIENT, about.deal), TwoDates(day, None)
    return _operation(
        about, OperationKind.REFUND, SystemArticle.SALES, Entry(opposite, place, amount), dates
    )


def transfer(
    about: About, article: int, source: Account, target: Account, amount: Money, day: date
) -> Operation:
    """Own money from one place to another."""
    entry = Entry(target, source, amount)
    return _operation(about, OperationKind.TRANSFER, article, entry, TwoDates(day, None))


def own_transfer(
    about: About, source: Account, target: Account, amount: Money, day: date
) -> Operation:
    """A transfer between own accounts under the system's article for it."""
    return transfer(about, SystemArticle.OWN_TRANSFER, source, target, amount, day)


def opening(about: About, place: Account, amount: Money, day: date, *, owed: bool) -> Operation:
    """The balance of an account on the eve of the books; `owed` when it is negative."""
    start = Account(AccountKind.OPENING, "all")
    entry = Entry(start, place, amount) if owed else Entry(place, start, amount)
    return _operation(
        about, OperationKind.OPENING, SystemArticle.OPENING_BALANCE, entry, TwoDates(day, None)
    )


def _two_dates(
    about: About,
    kind: OperationKind,
    article: int,
    way: tuple[Account, Account, Account],
    amount: Money,
    dates: TwoDates,
) -> tuple[Operation, ...]:
    debit, between, credit = way
    if dates.paid_on == dates.accrued_on:
        return (_operation(about, kind, article, Entry(debit, credit, amount), dates),)
    # The article's side belongs to the accrual, the place of the money to the payment.
    money_is_debit = debit.kind is not AccountKind.ARTICLE
    halves = (
        (Entry(debit, between, amount), money_is_debit),
        (Entry(between, credit, amount), not money_is_debit),
    )
    result = []
    for entry, is_payment in halves:
        day = dates.paid_on if is_payment else dates.accrued_on
        if day:
            suffix = "paid" if is_payment else "accrued"
            half = TwoDates(day, None) if is_payment else TwoDates(None, day)
            result.append(_operation(about, kind, article, entry, half, suffix))
    return tuple(result)


def _operation(
    about: About,
    kind: OperationKind,
    article: int,
    entry: Entry,
    dates: TwoDates,
    suffix: str = "",
) -> Operation:
    return Operation(
        key=f"{about.key}:{suffix}" if suffix else about.key,
        kind=kind,
        article=int(article),
        entries=(entry,),
        paid_on=dates.paid_on,
        accrued_on=dates.accrued_on,
        dimensions=about.dimensions,
        deal=about.deal,
        contract_no=about.contract_no,
        counterparty=about.counterparty,
        comment=about.comment,
        author=about.author,
        original_day=about.original_day,
    )

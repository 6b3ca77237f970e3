"""The raw lines of the books as an hledger journal, one per basis; hledger does the sums.

    2026-01-15 * line:17  ; deal:amocrm%3A17, manager:Анна
        assets:collected:p3        15000.00 RUB
        revenue:Продажи           -15000.00 RUB

Accounts are named by class, so that hledger classifies by the name: `assets` (desks, banks, cards,
clearing, accountable people), `liabilities` (clients, suppliers, balances), `revenue` and
`other-income`, `expenses:<line of the ladder>`, `equity` (openings, what is left out of profit,
what the owner took). Costs before net profit have their part as a level of its own.

Cash basis: every operation with `paid_on`, on that day. A movement between money and anything else
has the operation's article on its other side, as the cash P&L reads it; a line that moves no money
stands between two `equity:unpaid` accounts.
Accrual basis: every operation with `accrued_on`, on that day, its accounts as posted; an operation
that was only paid is there on the day of payment, so that the balances are whole, and an article
in it, which the accrual P&L does not read, is `equity:unaccrued`.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import date

from app.exports.safe_names import safe_name, safe_tag, safe_words
from ledger.accounts import Account, AccountKind
from ledger.articles import Article, PnlLine
from ledger.chain import Sealed
from ledger.money import Money
from ledger.operations import Entry, Operation
from store.reports import Basis

__all__ = ["hledger_journal", "ladder_account"]

_TYPES = {
    "assets": "A",
    "liabilities": "L",
    "equity": "E",
    "revenue": "R",
    "other-income": "R",
    "expenses": "X",
}
# What the company owes, or is owed by those who trade with it; all other places are its own.
_LIABILITIES = {
    AccountKind.CLIENT,
    AccountKind.BALANCE,
    AccountKind.SUPPLIER,
    AccountKind.SUSPENSE,
}
_LADDER = {
    PnlLine.REVENUE: "revenue",
    PnlLine.OTHER_INCOME: "other-income",
    PnlLine.OTHER_EXPENSE: "expenses:other",
    PnlLine.AFTER_NET_PROFIT: "equity:after_net_profit",
}


async def hledger_journal(
    chain: AsyncIterator[Sealed],
    articles: Mapping[int, Article],
    basis: Basis,
    currency: str,
) -> AsyncIterator[str]:
    """The journal, piece by piece: a heading, then a transaction for each operation."""
    yield _heading(currency)
    async for sealed in chain:
        operation = sealed.operation
        day = _day(operation, basis)
        if day is not None:
            yield _transaction(operation, day, _lines(operation, articles, basis))


def ladder_account(line: PnlLine) -> str:
    """The account under which everything of a ladder line stands."""
    return _LADDER.get(line, f"expenses:{line.value}")


def _heading(currency: str) -> str:
    kinds = "".join(f"account {name}  ; type:{kind}\n" for name, kind in _TYPES.items())
    return f"commodity 1000.00 {currency}\n{kinds}\n"


def _day(operation: Operation, basis: Basis) -> date | None:
    if basis is Basis.CASH:
        return operation.paid_on
    return operation.accrued_on or operation.paid_on


def _transaction(operation: Operation, day: date, lines: Iterator[tuple[str, Money]]) -> str:
    tags = [*operation.dimensions]
    if operation.deal:
        tags.append(("deal", operation.deal))
    comment = ", ".join(f"{_tag_name(name)}:{safe_tag(value)}" for name, value in tags)
    first = f"{day} * {safe_words(operation.key)}" + (f"  ; {comment}" if comment else "")
    body = [f"    {account}  {amount.plain} {amount.currency}" for account, amount in lines]
    return "\n".join([first, *body, "", ""])


def _tag_name(name: str) -> str:
    return safe_tag(name).replace(" ", "%20")


def _lines(
    operation: Operation, articles: Mapping[int, Article], basis: Basis
) -> Iterator[tuple[str, Money]]:
    for entry in operation.entries:
        if basis is Basis.CASH:
            debit, credit = _paid_sides(entry, operation, articles)
        else:
            debit, credit = _accrued_sides(entry, operation, articles)
        yield debit, entry.amount
        yield credit, -entry.amount


def _paid_sides(
    entry: Entry, operation: Operation, articles: Mapping[int, Article]
) -> tuple[str, str]:
    debit, credit = entry.debit, entry.credit
    if debit.is_cash_basis and credit.is_cash_basis:
        return _place(debit), _place(credit)
    if not debit.is_cash_basis and not credit.is_cash_basis:
        return f"equity:unpaid:{_place(debit)}", f"equity:unpaid:{_place(credit)}"
    meant = _article(articles[operation.article])
    if debit.is_cash_basis:
        return _place(debit), meant
    return meant, _place(credit)


def _accrued_sides(
    entry: Entry, operation: Operation, articles: Mapping[int, Article]
) -> tuple[str, str]:
    def name(account: Account) -> str:
        if account.kind is not AccountKind.ARTICLE:
            return _place(account)
        article = _article(articles[int(account.ref)])
        return article if operation.accrued_on else f"equity:unaccrued:{article}"

    return name(entry.debit), name(entry.credit)


def _article(article: Article) -> str:
    """The account of an article: its place on the ladder, then its name."""
    name = safe_name(article.name)
    if article.line is None:
        return f"equity:{article.type or article.direction}:{name}"
    if article.line is PnlLine.BEFORE_NET_PROFIT:
        part = article.before_net.value if article.before_net else "other"
        return f"{ladder_account(article.line)}:{part}:{name}"
    return f"{ladder_account(article.line)}:{name}"


def _place(account: Account) -> str:
    """The account of any other place, under its class and kind."""
    if account.kind is AccountKind.OPENING:
        return f"equity:opening:{safe_name(account.ref)}"
    group = "liabilities" if account.kind in _LIABILITIES else "assets"
    return f"{group}:{account.kind}:{safe_name(account.ref)}"

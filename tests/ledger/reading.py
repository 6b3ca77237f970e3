"""Operations read back as text and as reports, the way the tests compare them.

expense 407 500.00 article:407 <- desk:main | paid 2026-01-15 accrued 2026-01-15 | -500.00 -500.00

The last two figures are the effect on the cash basis and on the accrual basis.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from ledger.accounts import Account
from ledger.articles import Article
from ledger.balances import balances
from ledger.cash_flow import CashFlow, Movement, cash_flow
from ledger.money import Money
from ledger.operations import Entry, Operation, OperationKind
from ledger.pnl import Fact, Report, by_dimension, by_month, placed_at
from ledger.seed import SEEDED_ARTICLES

ARTICLES: Mapping[int, Article] = {article.id: article for article in SEEDED_ARTICLES}


def day(text: str) -> date:
    return date.fromisoformat(text)


def place(text: str) -> Account:
    return Account.parse(text)


def rub(text: str) -> Money:
    whole, _, part = text.replace(" ", "").partition(".")
    return Money(int(whole) * 100 + int(part.ljust(2, "0") or 0))


def written(*operations: Operation) -> list[str]:
    return [_line(operation) for operation in operations]


def rows(text: str) -> list[str]:
    """The lines of a hand-written ledger, with single spaces."""
    return [" ".join(line.split()) for line in text.strip().splitlines()]


def standing(operations: Iterable[Operation]) -> dict[str, str]:
    """Every account that is not empty, in roubles."""
    sums = balances(operations)
    return {str(account): Money(sums[account]).plain for account in sorted(sums) if sums[account]}


def facts(
    operations: Iterable[Operation],
    basis: str,
    by: str | None = None,
    articles: Mapping[int, Article] = ARTICLES,
) -> list[Fact]:
    """What a report of profit adds up: by a dimension, or by month."""
    found = []
    for operation in operations:
        article = articles[operation.article]
        is_cash = basis == "cash"
        effect = operation.cash_effect if is_cash else operation.accrual_effect
        on = operation.paid_on if is_cash else operation.accrued_on
        if article.line and on:
            value = dict(operation.dimensions).get(by or "")
            placed = placed_at(value, article.line, operation.deal is not None)
            group = placed if by else f"{on:%Y-%m}"
            found.append(Fact(group, article.line, effect, article.before_net))
    return found


def profit(
    operations: Iterable[Operation],
    basis: str = "cash",
    by: str | None = None,
    articles: Mapping[int, Article] = ARTICLES,
) -> Report:
    summands = facts(operations, basis, by, articles)
    months = sorted({fact.group or "" for fact in summands})
    return by_dimension(summands) if by else by_month(summands, months)


def money_moved(
    operations: Iterable[Operation],
    first: date,
    last: date,
    articles: Mapping[int, Article] = ARTICLES,
) -> CashFlow:
    """The cash flow of a span of days; opening balances entered inside it count as openings."""
    openings: dict[Account, int] = {}
    moves: list[Movement] = []
    for operation in operations:
        if operation.paid_on is None or operation.paid_on > last:
            continue
        sides = [
            move for entry in operation.entries for move in _sides(operation, entry, articles)
        ]
        if operation.paid_on >= first and operation.kind is not OperationKind.OPENING:
            moves.extend(sides)
            continue
        for move in sides:
            was = openings.get(move.account, 0)
            openings[move.account] = was + move.came - move.went
    return cash_flow(openings, moves)


def _sides(operation: Operation, entry: Entry, articles: Mapping[int, Article]) -> list[Movement]:
    article = articles[operation.article]
    inside = entry.debit.is_cash_flow and entry.credit.is_cash_flow
    activity = None if inside else article.activity
    minor = entry.amount.minor
    both = (
        Movement(entry.debit, article.name, activity, minor, 0),
        Movement(entry.credit, article.name, activity, 0, minor),
    )
    return [move for move in both if move.account.is_cash_flow]


def _line(operation: Operation) -> str:
    entries = ", ".join(f"{entry.debit} <- {entry.credit}" for entry in operation.entries)
    paid, accrued = operation.paid_on or "-", operation.accrued_on or "-"
    effects = f"{Money(operation.cash_effect).plain} {Money(operation.accrual_effect).plain}"
    head = f"{operation.kind} {operation.article} {operation.amount.plain} {entries}"
    return f"{head} | paid {paid} accrued {accrued} | {effects}"

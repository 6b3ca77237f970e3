"""The cash-flow statement (ДДС): what came in and went out by activity, and where the money is.

    opening + in − out = closing = the sum of the accounts' closings

Only movements by `paid_on`. A movement between two accounts of the statement is a transfer: it
nets to zero. Unexplained statement lines and own transfers that arrived on one side only stand in
accounts of their own («Невыясненные», «Переводы в пути»), so bank accounts agree with the bank.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ledger.accounts import Account
from ledger.articles import Activity

__all__ = ["AccountFlow", "ActivityFlow", "ArticleFlow", "CashFlow", "Movement", "cash_flow"]


@dataclass(frozen=True, slots=True)
class Movement:
    """What an article did to an account of the statement, minor units.

    `came` and `went` are positive. For a transfer (`activity` None) they are its two directions.
    """

    account: Account
    article: str
    activity: Activity | None
    came: int
    went: int


@dataclass(frozen=True, slots=True)
class ArticleFlow:
    """One article inside an activity, minor units."""

    article: str
    came: int
    went: int


@dataclass(frozen=True, slots=True)
class ActivityFlow:
    """One activity: its sums and articles by name."""

    came: int
    went: int
    articles: tuple[ArticleFlow, ...]


@dataclass(frozen=True, slots=True)
class AccountFlow:
    """One account: opening + came − went + transfers = closing."""

    account: Account
    opening: int
    came: int
    went: int
    transfers: int
    closing: int


@dataclass(frozen=True, slots=True)
class CashFlow:
    """The whole statement of a period."""

    opening: int
    closing: int
    activities: Mapping[Activity, ActivityFlow]
    accounts: tuple[AccountFlow, ...]


def cash_flow(openings: Mapping[Account, int], movements: Iterable[Movement]) -> CashFlow:
    """Build the statement from balances at the start and the movements of the period."""
    moves = list(movements)
    accounts = tuple(
        _account_flow(account, openings.get(account, 0), moves)
        for account in sorted({*openings, *(move.account for move in moves)})
    )
    shown = tuple(flow for flow in accounts if flow.opening or flow.closing or _moved(flow))
    activities = {activity: _activity_flow(activity, moves) for activity in Activity}
    statement = CashFlow(
        opening=sum(flow.opening for flow in accounts),
        closing=sum(flow.closing for flow in accounts),
        activities=activities,
        accounts=shown,
    )
    change = sum(flow.came - flow.went for flow in activities.values())
    assert statement.opening + change == statement.closing
    return statement


def _moved(flow: AccountFlow) -> bool:
    return bool(flow.came or flow.went or flow.transfers)


def _account_flow(account: Account, opening: int, moves: list[Movement]) -> AccountFlow:
    own = [move for move in moves if move.account == account]
    came = sum(move.came for move in own if move.activity)
    went = sum(move.went for move in own if move.activity)
    transfers = sum(move.came - move.went for move in own if not move.activity)
    return AccountFlow(account, opening, came, went, transfers, opening + came - went + transfers)


def _activity_flow(activity: Activity, moves: list[Movement]) -> ActivityFlow:
    sums: dict[str, tuple[int, int]] = {}
    for move in moves:
        if move.activity is activity:
            came, went = sums.get(move.article, (0, 0))
            sums[move.article] = (came + move.came, went + move.went)
    articles = tuple(ArticleFlow(name, *sums[name]) for name in sorted(sums))
    return ActivityFlow(
        sum(flow.came for flow in articles), sum(flow.went for flow in articles), articles
    )

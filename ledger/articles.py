"""Articles: what an operation is for, with OkoCRM's attributes, and the set every company starts with.

An article has a direction (income, expense, transfer), for income and expense a type that places
it on the ladder of the profit and loss statement, and an activity that places it in the cash flow.
OkoCRM knows 3 types of income and 8 of expense; a refund has no article of its own, it is a
negative payment (facts of the field: domain 4.1, 4.2).
"""

from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "Activity",
    "Article",
    "ArticleType",
    "BeforeNet",
    "Direction",
    "PnlLine",
    "pnl_line",
    "type_fits",
]


class Direction(StrEnum):
    """Which way the money of an article goes."""

    INCOME = "income"
    EXPENSE = "expense"
    TRANSFER = "transfer"


class Activity(StrEnum):
    """The section of the cash-flow statement."""

    OPERATING = "operating"
    INVESTING = "investing"
    FINANCING = "financing"


class ArticleType(StrEnum):
    """OkoCRM's types of articles; `other` and `excluded` exist for income and expense alike."""

    REVENUE = "revenue"
    PRODUCTION = "production"
    SELLING = "selling"
    ADMINISTRATIVE = "administrative"
    BANK_FEES = "bank_fees"
    OTHER = "other"
    BEFORE_NET_PROFIT = "before_net_profit"
    AFTER_NET_PROFIT = "after_net_profit"
    EXCLUDED = "excluded"


class BeforeNet(StrEnum):
    """What a cost between EBITDA and net profit is; printed apart on the accrual basis."""

    DEPRECIATION = "depreciation"
    INTEREST = "interest"
    TAX = "tax"
    OTHER = "other"


class PnlLine(StrEnum):
    """The lines of the ladder that amounts are added to; subtotals are computed from them."""

    REVENUE = "revenue"
    PRODUCTION = "production"
    SELLING = "selling"
    ADMINISTRATIVE = "administrative"
    BANK_FEES = "bank_fees"
    OTHER_INCOME = "other_income"
    OTHER_EXPENSE = "other_expense"
    BEFORE_NET_PROFIT = "before_net_profit"
    AFTER_NET_PROFIT = "after_net_profit"


@dataclass(frozen=True, slots=True)
class Article:
    """One line of the article tree.

    `id` never changes and is never used again; `name` may be changed. `type` and `activity` are
    None for transfers. A used article is switched off (`active`), never deleted.
    """

    id: int
    name: str
    direction: Direction
    type: ArticleType | None
    activity: Activity | None
    parent: int | None = None
    before_net: BeforeNet | None = None
    description: str = ""
    active: bool = True

    def __post_init__(self) -> None:
        assert self.name.strip()
        assert type_fits(self.direction, self.type)
        assert (self.activity is None) == (self.direction is Direction.TRANSFER)
        assert self.before_net is None or self.type is ArticleType.BEFORE_NET_PROFIT

    @property
    def line(self) -> PnlLine | None:
        """Where the article stands on the ladder; None when it stays outside of it."""
        return pnl_line(self.direction, self.type)


_TYPES: dict[Direction, set[ArticleType | None]] = {
    Direction.INCOME: {ArticleType.REVENUE, ArticleType.OTHER, ArticleType.EXCLUDED},
    Direction.EXPENSE: {*ArticleType} - {ArticleType.REVENUE},
    Direction.TRANSFER: {None},
}


def type_fits(direction: Direction, article_type: ArticleType | None) -> bool:
    """Whether a direction may have that type: 3 for income, 8 for expense, none for transfers."""
    return article_type in _TYPES[direction]


def pnl_line(direction: Direction, article_type: ArticleType | None) -> PnlLine | None:
    """The ladder line of a type: `other` income and expense differ, `excluded` has none."""
    if article_type is None or article_type is ArticleType.EXCLUDED:
        return None
    if article_type is ArticleType.OTHER:
        income = direction is Direction.INCOME
        return PnlLine.OTHER_INCOME if income else PnlLine.OTHER_EXPENSE
    return PnlLine(article_type.value)

"""Which article and which money place a row means, new ones included.

articles   by name. A name with another type than the known article has is another article: it is
           entered as «Аренда (производственные)», because one article stands on one line of the
           profit and loss statement. A new article needs its type and its activity.
accounts   by name or code. A new name becomes a money place: of which kind its words say
           («Касса …», «Банк …» or an account number, «Карта …», «Эквайринг …»), else a desk.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ledger.accounts import Account, AccountKind
from ledger.articles import Activity, Article, ArticleType, Direction, type_fits
from ledger.seed import SystemArticle
from store.records import MoneyPlace
from usecases.operation_table.problems import ProblemCode
from usecases.operation_table.rows import OperationRow
from usecases.operation_table.words import Column, RowKind, folded

__all__ = ["BadWord", "Catalogue"]


@dataclass(frozen=True, slots=True)
class BadWord:
    """A column whose word cannot be used, and why."""

    column: Column
    code: ProblemCode
    fact: str = ""


_DIRECTIONS = {
    RowKind.INCOME: Direction.INCOME,
    RowKind.REFUND: Direction.INCOME,
    RowKind.EXPENSE: Direction.EXPENSE,
    RowKind.TRANSFER: Direction.TRANSFER,
}
# What a row without an article means; an income must say what it is.
_DEFAULTS = {
    RowKind.REFUND: SystemArticle.SALES,
    RowKind.EXPENSE: SystemArticle.UNSORTED,
    RowKind.TRANSFER: SystemArticle.OWN_TRANSFER,
}
_TYPE_NAMES = {
    ArticleType.REVENUE: "выручка",
    ArticleType.PRODUCTION: "производственные",
    ArticleType.SELLING: "коммерческие",
    ArticleType.ADMINISTRATIVE: "управленческие",
    ArticleType.BANK_FEES: "услуги банков",
    ArticleType.OTHER: "прочие",
    ArticleType.BEFORE_NET_PROFIT: "до чистой прибыли",
    ArticleType.AFTER_NET_PROFIT: "после чистой прибыли",
    ArticleType.EXCLUDED: "не учитывать",
}
_DIRECTION_NAMES = {
    Direction.INCOME: "доход",
    Direction.EXPENSE: "расход",
    Direction.TRANSFER: "перемещение",
}
_ACTIVITY_NAMES = {
    Activity.OPERATING: "операционная",
    Activity.INVESTING: "инвестиционная",
    Activity.FINANCING: "финансовая",
}
# The first word, or part of it, that tells the kind of a new money place.
_PLACE_WORDS = (
    (AccountKind.DESK, ("касса", "наличн", "desk", "cash")),
    (AccountKind.BANK, ("банк", "расчетн", "р/с", "bank")),
    (AccountKind.CARD, ("карт", "card")),
    (AccountKind.CLEARING, ("эквайр", "терминал", "acquir", "clearing")),
)
_ACCOUNT_NUMBER = re.compile(r"(?<!\d)\d{20}(?!\d)")


@dataclass(slots=True)
class Catalogue:
    """Articles and places while a table is read; what is new is kept apart, in order."""

    articles: dict[str, Article]
    places: dict[str, MoneyPlace]
    next_article_id: int
    desk: Account
    new_articles: list[Article] = field(default_factory=list)
    new_places: list[MoneyPlace] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        articles: Iterable[Article],
        places: Iterable[MoneyPlace],
        next_article_id: int,
        desk: Account,
    ) -> "Catalogue":
        """Index what the books know; of two names that read alike the older one is meant."""
        by_name: dict[str, Article] = {}
        for article in articles:
            by_name.setdefault(folded(article.name), article)
        by_word: dict[str, MoneyPlace] = {}
        for place in places:
            by_word.setdefault(folded(place.name), place)
            by_word.setdefault(folded(str(place.account)), place)
        return cls(by_name, by_word, next_article_id, desk)

    def article(self, row: OperationRow) -> Article | BadWord:
        """The article of a row, new if need be."""
        direction = _DIRECTIONS[row.kind]
        if not row.article:
            default = _DEFAULTS.get(row.kind)
            if default is None:
                return BadWord(Column.ARTICLE, ProblemCode.EMPTY)
            return next(one for one in self.articles.values() if one.id == default)
        if row.article_type is not None and not type_fits(direction, row.article_type.type):
            fact = _DIRECTION_NAMES[direction]
            return BadWord(Column.ARTICLE_TYPE, ProblemCode.TYPE_DOES_NOT_FIT, fact)
        for name in _names(row, direction):
            known = self.articles.get(folded(name))
            if known is None:
                return self._new_article(row, direction, name)
            if _means(known, row, direction):
                off = BadWord(Column.ARTICLE, ProblemCode.ARTICLE_OFF, known.name)
                return known if known.active else off
        known = self.articles[folded(row.article)]
        return BadWord(
            Column.ARTICLE, ProblemCode.WRONG_DIRECTION, _DIRECTION_NAMES[known.direction]
        )

    def account(self, name: str, column: Column) -> Account | BadWord:
        """The place that a name means, new if need be; no name means the main desk."""
        if not name:
            return self.desk
        known = self.places.get(folded(name))
        if known is not None:
            if known.account.is_money:
                return known.account
            return BadWord(column, ProblemCode.NOT_MONEY, known.name)
        number = _ACCOUNT_NUMBER.search(name)
        kind = AccountKind.BANK if number else _kind_of(name)
        place = MoneyPlace(Account(kind, number[0] if number else name), name)
        twin = self.places.get(folded(str(place.account)))
        if twin is not None:
            return twin.account
        self.places[folded(name)] = self.places[folded(str(place.account))] = place
        self.new_places.append(place)
        return place.account

    def _new_article(
        self, row: OperationRow, direction: Direction, name: str
    ) -> Article | BadWord:
        if direction is not Direction.TRANSFER:
            if row.article_type is None:
                return BadWord(Column.ARTICLE, ProblemCode.UNKNOWN_ARTICLE, row.article)
            if row.activity is None:
                return BadWord(Column.ACTIVITY, ProblemCode.UNKNOWN_ARTICLE, row.article)
        typed = None if direction is Direction.TRANSFER else row.article_type
        article = Article(
            id=self.next_article_id,
            name=name,
            direction=direction,
            type=typed.type if typed else None,
            activity=row.activity if typed else None,
            before_net=typed.before_net if typed else None,
        )
        self.next_article_id += 1
        self.articles[folded(name)] = article
        self.new_articles.append(article)
        return article


def _names(row: OperationRow, direction: Direction) -> list[str]:
    """The names under which the row's article may be known, the plain one first."""
    if row.article_type is None:
        return [row.article]
    words = [_TYPE_NAMES[row.article_type.type], _DIRECTION_NAMES[direction]]
    if row.activity is not None:
        words.append(_ACTIVITY_NAMES[row.activity])
    tails = [", ".join(words[: count + 1]) for count in range(len(words))]
    return [row.article, *(f"{row.article} ({tail})" for tail in tails)]


def _means(known: Article, row: OperationRow, direction: Direction) -> bool:
    """Whether a known article is the row's: what the row says of it must be so."""
    if known.direction is not direction:
        return False
    if row.article_type is not None and row.article_type.type is not known.type:
        return False
    return row.activity is None or known.activity is None or row.activity is known.activity


def _kind_of(name: str) -> AccountKind:
    first = folded(name).partition(" ")[0]
    for kind, beginnings in _PLACE_WORDS:
        if first.startswith(beginnings):
            return kind
    return AccountKind.DESK

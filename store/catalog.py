"""Articles, remembered words, money places and dimension values."""

from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from ledger.accounts import Account, AccountKind
from ledger.articles import Activity, Article, ArticleType, BeforeNet, Direction
from ledger.operations import OperationKind
from ledger.seed import FIRST_OWN_ARTICLE_ID
from store.records import MoneyPlace
from store.tables import metadata

__all__ = ["Catalog"]

_articles = metadata.tables["articles"]
_aliases = metadata.tables["aliases"]
_accounts = metadata.tables["accounts"]
_values = metadata.tables["dimension_values"]
_operations = metadata.tables["operations"]
RECENT_OPERATIONS = 1000


class Catalog:
    """The lists that people pick from."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Made by the unit of work."""
        self._connection = connection

    async def articles(self) -> dict[int, Article]:
        """All articles by id, in the order of ids."""
        rows = await self._connection.execute(select(_articles).order_by(_articles.c.id))
        return {row.id: _article(row) for row in rows}

    async def article(self, article_id: int) -> Article | None:
        """One article."""
        query = select(_articles).where(_articles.c.id == article_id)
        row = (await self._connection.execute(query)).first()
        return _article(row) if row else None

    async def add_article(self, article: Article) -> None:
        """A new article."""
        await self._connection.execute(
            insert(_articles).values(
                id=article.id,
                name=article.name,
                direction=article.direction.value,
                type=article.type.value if article.type else None,
                activity=article.activity.value if article.activity else None,
                parent=article.parent,
                before_net=article.before_net.value if article.before_net else None,
                description=article.description,
                active=article.active,
            )
        )

    async def next_article_id(self) -> int:
        """The id of the next article that is not the system's."""
        newest = await self._connection.scalar(select(func.max(_articles.c.id)))
        return max(int(newest or 0) + 1, FIRST_OWN_ARTICLE_ID)

    async def alias(self, word: str) -> int | None:
        """The article remembered for a word or phrase (folded by the caller)."""
        query = select(_aliases.c.article_id).where(_aliases.c.word == word)
        return await self._connection.scalar(query)

    async def remember(self, word: str, article_id: int) -> None:
        """From now on that word means that article."""
        changed = await self._connection.execute(
            update(_aliases).where(_aliases.c.word == word).values(article_id=article_id)
        )
        if not changed.rowcount:
            await self._connection.execute(
                insert(_aliases).values(word=word, article_id=article_id)
            )

    async def frequent_expenses(self, author: str, limit: int) -> list[int]:
        """Expense articles by how often that person used them lately, the most frequent first.

        Lately: among their newest `RECENT_OPERATIONS` operations, so that an answer takes the
        same time in the tenth year.
        """
        recent = (
            select(_operations.c.article_id, _operations.c.kind)
            .where(_operations.c.author == author)
            .order_by(_operations.c.number.desc())
            .limit(RECENT_OPERATIONS)
            .subquery()
        )
        query = (
            select(recent.c.article_id)
            .where(recent.c.kind == OperationKind.EXPENSE.value)
            .group_by(recent.c.article_id)
            .order_by(func.count().desc(), recent.c.article_id)
            .limit(limit)
        )
        return list(await self._connection.scalars(query))

    async def places(self) -> list[MoneyPlace]:
        """All money places by code."""
        rows = await self._connection.execute(select(_accounts).order_by(_accounts.c.code))
        return [MoneyPlace(Account.parse(row.code), row.name, row.active) for row in rows]

    async def place_named(self, name: str) -> MoneyPlace | None:
        """The money place with that name or code."""
        where = (_accounts.c.name == name) | (_accounts.c.code == name)
        row = (await self._connection.execute(select(_accounts).where(where))).first()
        return MoneyPlace(Account.parse(row.code), row.name, row.active) if row else None

    async def add_place(self, place: MoneyPlace) -> None:
        """A new money place; a known code keeps its name."""
        known = await self._connection.scalar(
            select(_accounts.c.code).where(_accounts.c.code == str(place.account))
        )
        if known is None:
            await self._connection.execute(
                insert(_accounts).values(
                    code=str(place.account), name=place.name, active=place.active
                )
            )

    async def bank_accounts(self) -> list[str]:
        """The numbers of the company's own bank accounts."""
        return [
            place.account.ref
            for place in await self.places()
            if place.account.kind is AccountKind.BANK
        ]

    async def dimension_values(self) -> list[tuple[str, int, str]]:
        """All values: dimension, integer id, name; in the order of ids."""
        rows = await self._connection.execute(select(_values).order_by(_values.c.id))
        return [(row.dimension, row.id, row.name) for row in rows]


def _article(row: Row[Any]) -> Article:
    return Article(
        id=row.id,
        name=row.name,
        direction=Direction(row.direction),
        type=ArticleType(row.type) if row.type else None,
        activity=Activity(row.activity) if row.activity else None,
        parent=row.parent,
        before_net=BeforeNet(row.before_net) if row.before_net else None,
        description=row.description,
        active=row.active,
    )

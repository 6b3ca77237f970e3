"""Brings a database to the newest schema, step by step, and fills a new one with the seed."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from ledger.accounts import Account, AccountKind
from ledger.seed import SEEDED_ARTICLES
from store.database import Store
from store.records import MoneyPlace

__all__ = ["MAIN_DESK", "alembic_config", "migrate"]

MAIN_DESK = Account(AccountKind.DESK, "main")
# Where the product itself puts money; bank accounts come with their statements.
SEEDED_PLACES = (
    MoneyPlace(MAIN_DESK, "Касса"),
    MoneyPlace(Account(AccountKind.CARD, "main"), "Карта"),
    MoneyPlace(Account(AccountKind.CLEARING, "acquirer"), "Деньги в пути от банка"),
)


async def migrate(store: Store) -> None:
    """Upgrade the schema (Alembic) and seed articles and money places; safe to repeat."""
    await store.run_sync(_upgrade)
    async with store.write("seed") as unit:
        known = await unit.catalog.articles()
        for article in SEEDED_ARTICLES:
            if article.id not in known:
                await unit.catalog.add_article(article)
        for place in SEEDED_PLACES:
            await unit.catalog.add_place(place)


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration on an open connection; there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    command.upgrade(alembic_config(connection), "head")

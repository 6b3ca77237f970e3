"""Opens the books for a command: configuration, database, migrations; closes them afterwards.

Whatever a person can mend (a wrong key, a folder that cannot be written to, a server that is
down) is refused with one sentence. Without a configuration the books are the embedded SQLite file
`var/kopeyka.db` under KOPEYKA_HOME, created with the seeded articles on first use.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from app.config import BadConfig, Config, home, load_config
from app.own_rules import own_rules
from app.refusals import Refused
from store.database import Store
from usecases.company import Company
from world.clock import Clock, SystemClock
from world.identity import SystemIds

__all__ = ["Books", "ConfigOption", "configuration", "open_books"]

ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="Файл настроек; без него — config.toml дома.")
]


@dataclass(frozen=True, slots=True)
class Books:
    """The open books and the rules of the company that they belong to."""

    store: Store
    company: Company
    config: Config
    clock: Clock


def configuration(path: Path | None, *, needed: bool = False) -> Config:
    """The configuration, or `Refused` with a sentence for each thing that is wrong in it."""
    try:
        return load_config(path, needed=needed)
    except BadConfig as bad:
        raise Refused(*bad.sentences) from bad
    except OSError as error:
        raise Refused(f"Файл настроек не открывается: {error.strerror}.") from error


@asynccontextmanager
async def open_books(config_path: Path | None) -> AsyncIterator[Books]:
    """Open the books, brought to the newest schema, and close them when the block ends."""
    from store.migrate import migrate

    config = configuration(config_path)
    company = own_rules(config, home())
    clock = SystemClock()
    url = config.database_url(home())
    with _refusing(url):
        store = Store(url, clock, SystemIds())
    try:
        with _refusing(url):
            await migrate(store)
        with _refusing_busy():
            yield Books(store, company, config, clock)
    finally:
        await store.close()


@contextmanager
def _refusing(url: str) -> Iterator[None]:
    """Turn what a database says when it cannot be opened into a sentence."""
    from alembic.util import CommandError
    from sqlalchemy.exc import SQLAlchemyError

    mendable: tuple[type[Exception], ...] = (
        OSError,
        SQLAlchemyError,
        CommandError,
        *_server_errors(url),
    )
    try:
        yield
    except mendable as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Refused(f"Книги {_hidden(url)} не открываются: {reason}") from error


@contextmanager
def _refusing_busy() -> Iterator[None]:
    from sqlalchemy.exc import OperationalError

    try:
        yield
    except OperationalError as error:
        raise Refused(f"База занята или недоступна, повторите позже: {error.orig}") from error


def _server_errors(url: str) -> tuple[type[Exception], ...]:
    if not url.startswith("postgresql"):
        return ()
    from asyncpg import InterfaceError, PostgresError

    return (PostgresError, InterfaceError)


def _hidden(url: str) -> str:
    """The address without its password."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "(адрес database.url не разобран)"

"""`backup DIR`: a checked copy of the books into a folder, while the bot runs too."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from app.books import ConfigOption, open_books
from app.copy_words import refusal_of
from app.output import say
from app.refusals import Refused, Status
from store.backup import backup
from store.copies import BackedUp

__all__ = ["command"]


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Папка для копий.")],
    config: ConfigOption = None,
) -> int:
    """Make a copy."""
    asyncio.run(_backup(folder, config))
    return Status.DONE


async def _backup(folder: Path, config: Path | None) -> None:
    async with open_books(config) as books:
        try:
            outcome = await backup(books.store, folder)
        except OSError as error:
            raise Refused(f"В папку {folder} не записать: {error.strerror}.") from error
    if not isinstance(outcome, BackedUp):
        raise refusal_of(outcome)
    say(f"Копия проверена: {outcome.file}, операций {outcome.operations}.")

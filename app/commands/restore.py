"""`restore FILE [--replace]`: the books become those of a copy; the bot must not run meanwhile.

Books that hold operations are replaced only when told to, with `--replace`.
"""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from app.books import ConfigOption, configuration
from app.config import home
from app.copy_words import refusal_of
from app.files import read_bytes
from app.output import say
from app.refusals import Refused, Status
from store.backup import restore
from store.copies import Restored
from world.clock import SystemClock
from world.identity import SystemIds

__all__ = ["command"]


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Файл копии.")],
    replace: Annotated[bool, typer.Option("--replace", help="Заменить книги.")] = False,
    config: ConfigOption = None,
) -> int:
    """Go back to a copy."""
    read_bytes(file, 1)
    asyncio.run(_restore(file, config, replace=replace))
    return Status.DONE


async def _restore(file: Path, config: Path | None, *, replace: bool) -> None:
    url = configuration(config).database_url(home())
    try:
        outcome = await restore(file, url, SystemClock(), SystemIds(), replace=replace)
    except OSError as error:
        raise Refused(f"Книги не восстановить: {error.strerror}.") from error
    if not isinstance(outcome, Restored):
        raise refusal_of(outcome)
    say(f"Книги восстановлены из {file}: операций {outcome.operations}.")

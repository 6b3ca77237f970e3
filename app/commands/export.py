"""`export --hledger FILE [--basis cash|accrual]`: the books for another program."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from app.books import ConfigOption, open_books
from app.commands.asking import basis_given
from app.files import writable
from app.output import say
from app.refusals import Refused, Status
from store.reports import Basis

__all__ = ["command"]


def command(
    hledger: Annotated[Path | None, typer.Option("--hledger", help="Журнал hledger.")] = None,
    basis: Annotated[str, typer.Option("--basis", help="cash или accrual.")] = "cash",
    config: ConfigOption = None,
) -> int:
    """Export the books."""
    if hledger is None:
        raise Refused("Куда выгрузить? Нужно --hledger FILE.")
    asyncio.run(_export_hledger(hledger, basis_given(basis), config))
    return Status.DONE


async def _export_hledger(path: Path, basis: Basis, config: Path | None) -> None:
    from app.exports.hledger import hledger_journal

    async with open_books(config) as books, books.store.read() as unit:
        part = writable(path)
        articles = await unit.catalog.articles()
        currency = books.company.currency.value
        with part.open("w", encoding="utf-8") as file:
            async for piece in hledger_journal(unit.journal.all(), articles, basis, currency):
                file.write(piece)
        part.replace(path)
    say(f"Журнал hledger записан: {path}")

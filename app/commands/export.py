"""`export BOOK.xlsx` and `export --hledger FILE [--basis cash|accrual]`: for other programs."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from app.books import ConfigOption, open_books
from app.commands.asking import basis_given
from app.files import writable, write_bytes
from app.output import say
from app.refusals import Refused, Status
from store.reports import Basis

__all__ = ["command"]


def command(
    book: Annotated[Path | None, typer.Argument(metavar="BOOK.xlsx", help="Книга Excel.")] = None,
    hledger: Annotated[Path | None, typer.Option("--hledger", help="Журнал hledger.")] = None,
    basis: Annotated[str | None, typer.Option("--basis", help="cash или accrual.")] = None,
    config: ConfigOption = None,
) -> int:
    """Export the books as a workbook with formulas, or as raw lines for hledger."""
    if (book is None) == (hledger is None):
        raise Refused("Выгрузка одна за раз: export BOOK.xlsx или export --hledger FILE.")
    if hledger is not None:
        asyncio.run(_export_hledger(hledger, basis_given(basis or Basis.CASH), config))
    if book is not None:
        if basis is not None:
            raise Refused("--basis — для --hledger; в книге основание выбирают в самой таблице.")
        if book.suffix.lower() != ".xlsx":
            raise Refused(f"{book}: книга записывается только как .xlsx.")
        asyncio.run(_export_book(book, config))
    return Status.DONE


async def _export_book(path: Path, config: Path | None) -> None:
    from app.exports.workbook import book_bytes

    async with open_books(config) as books, books.store.read() as unit:
        write_bytes(path, await book_bytes(unit, books.company))
    say(f"Книга записана: {path}")


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

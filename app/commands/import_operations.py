"""`import-operations FILE [--dry-run] [--json]`: a table of operations, the whole file or nothing."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from app.books import ConfigOption, open_books
from app.files import read_bytes
from app.operation_words import problem_reason, problem_sentence, unreadable_sentence
from app.output import complain, print_json, say
from app.refusals import Refused, Status
from usecases.import_operations import (
    BadRows,
    Brought,
    ImportOperationsOutcome,
    import_operations,
)
from usecases.operation_table.grid import TABLE_BYTES_MAX, Unreadable

__all__ = ["command"]


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Таблица CSV или XLSX.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Только проверить.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Документ JSON.")] = False,
    config: ConfigOption = None,
) -> int:
    """Bring a table in."""
    content = read_bytes(file, TABLE_BYTES_MAX)
    outcome = asyncio.run(_import(content, config, dry_run=dry_run))
    match outcome:
        case Unreadable(reason):
            raise Refused(unreadable_sentence(file.name, reason))
        case BadRows():
            _refuse(file, outcome, json=json)
            return Status.UNUSABLE
        case Brought():
            _tell(file, outcome, json=json)
            return Status.DONE


async def _import(
    content: bytes, config: Path | None, *, dry_run: bool
) -> ImportOperationsOutcome:
    async with open_books(config) as books:
        unit_of_work = books.store.read() if dry_run else books.store.write("import-operations")
        async with unit_of_work as unit:
            return await import_operations(unit, books.company, content, dry_run=dry_run)


def _refuse(file: Path, outcome: BadRows, *, json: bool) -> None:
    complain(f"{file.name}: ничего не внесено, исправьте строки ({len(outcome.problems)}):")
    for problem in outcome.problems:
        complain(problem_sentence(problem))
    if json:
        problems = [
            {
                "row": one.row,
                "column": one.column,
                "code": one.code.value,
                "reason": problem_reason(one),
            }
            for one in outcome.problems
        ]
        print_json({"file": file.name, "imported": 0, "known": 0, "problems": problems})


def _tell(file: Path, outcome: Brought, *, json: bool) -> None:
    if json:
        document = {
            "file": file.name,
            "dry_run": outcome.dry_run,
            "rows": outcome.rows,
            "imported": 0 if outcome.dry_run else outcome.new,
            "new": outcome.new,
            "known": outcome.known,
            "articles": [article.name for article in outcome.articles],
            "accounts": [
                {"name": place.name, "code": str(place.account)} for place in outcome.places
            ],
            "problems": [],
        }
        print_json(document)
        return
    verb = "будет внесено" if outcome.dry_run else "внесено"
    say(f"{file.name}: строк {outcome.rows}, {verb} {outcome.new}, уже было {outcome.known}.")
    if outcome.articles:
        say("Новые статьи: " + ", ".join(article.name for article in outcome.articles))
    if outcome.places:
        named = [f"{place.name} ({place.account})" for place in outcome.places]
        say("Новые места денег: " + ", ".join(named))

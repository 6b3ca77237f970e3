"""`import-statement FILE… [--account NAME]`: bank statements into the books, each file whole.

`--account` names the account that the statements are of. A name that is not in the books yet is
given to the account of the statement; a known one must be that account, or the file is refused.
"""

import asyncio
import hashlib
from pathlib import Path
from typing import Annotated

import typer

from app.books import Books, ConfigOption, open_books
from app.commands.asking import words_given
from app.commands.statement import VERDICTS
from app.files import read_bytes
from app.output import complain, say
from app.refusals import Refused, Status
from banking.formats.read import STATEMENT_BYTES_MAX, read_statements
from ledger.accounts import Account, AccountKind
from store.records import MoneyPlace
from store.unit import UnitOfWork
from usecases.company import Company
from usecases.statements import (
    DroppedFile,
    Imported,
    LinesOfClosedMonth,
    StatementRefused,
    import_statement,
)

__all__ = ["command"]

FILE_ID_CHARS = 32


def command(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Файлы выписок.")],
    account: Annotated[str | None, typer.Option("--account", help="Имя счёта.")] = None,
    config: ConfigOption = None,
) -> int:
    """Take each file in; a refused one does not stop the others and makes the exit status 2."""
    name = words_given(account, "--account") if account is not None else ""
    return asyncio.run(_import(files, name, config))


async def _import(files: list[Path], account: str, config: Path | None) -> Status:
    status = Status.DONE
    async with open_books(config) as books:
        for path in files:
            try:
                content = read_bytes(path, STATEMENT_BYTES_MAX)
                file = DroppedFile(_file_id(content), path.name, content)
                await _take(books, file, account)
            except Refused as refused:
                for sentence in refused.sentences:
                    complain(sentence)
                status = Status.UNUSABLE
    return status


def _file_id(content: bytes) -> str:
    """The same content is the same drop, under whatever name."""
    return hashlib.sha256(content).hexdigest()[:FILE_ID_CHARS]


async def _take(books: Books, file: DroppedFile, account: str) -> None:
    async with books.store.write("import-statement") as unit:
        if account:
            await _name_account(unit, books.company, file, account)
        outcome = await import_statement(unit, books.company, None, file)
    match outcome:
        case Imported():
            _show(file.name, outcome)
        case StatementRefused(statement):
            # Of an archive this names the member.
            raise Refused(f"{statement.file}: {statement.problems[0].text}")
        case LinesOfClosedMonth(moves):
            lines = [
                f"  {move.day} {move.amount.human} {move.source.counterparty}" for move in moves
            ]
            raise Refused(
                f"{file.name}: строк в закрытых месяцах — {len(moves)}, ничего не внесено. "
                "Откройте месяц (reopen-period) и повторите.",
                *lines,
            )
        case _:
            raise AssertionError(outcome)


async def _name_account(unit: UnitOfWork, company: Company, file: DroppedFile, name: str) -> None:
    own_accounts = await unit.catalog.bank_accounts()
    statements = read_statements(file.name, file.content, own_accounts, company.profiles)
    known = await unit.catalog.place_named(name)
    number = known.account.ref if known else name
    own = {one.account for statement in statements for one in statement.accounts if one.account}
    if not own:
        return
    if known is not None or name in own:
        if number not in own:
            raise Refused(
                f"{file.name}: это выписка счёта {', '.join(sorted(own))}, а не «{name}»."
            )
        return
    if len(own) > 1:
        raise Refused(
            f"{file.name}: в файле счета {', '.join(sorted(own))}; --account — для одного."
        )
    place = Account(AccountKind.BANK, own.pop())
    named = {one.account: one.name for one in await unit.catalog.places()}.get(place)
    if named is not None:
        raise Refused(f"{file.name}: счёт {place.ref} уже называется «{named}», а не «{name}».")
    await unit.catalog.add_place(MoneyPlace(place, name))


def _show(name: str, outcome: Imported) -> None:
    say(
        f"{name}: новых строк {outcome.new}, уже было {outcome.known}, разнесено само "
        f"{outcome.automatic}; ждёт разбора {outcome.left}."
    )
    if outcome.doubtful:
        say(
            f"Сомнительных строк {outcome.doubtful}: возможно, они уже внесены из другого источника. "
            "Пока не внесены; решает бухгалтер на карточке выписки у бота."
        )
    for member in outcome.members:
        statement = member.statement
        say(f"Выписка {statement.file}: {VERDICTS[statement.verdict]}.")
        for problem in statement.problems:
            say(f"  строка {problem.line}: {problem.text}")

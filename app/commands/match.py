"""`match --payments payments.json --statement FILE [--json]`: matching without a database."""

import json as json_format
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from app.config import home
from app.files import read_bytes
from app.output import print_json, print_table
from app.profiles import own_profiles
from app.refusals import Refused, Status
from app.wordings import words_of
from banking.formats.read import STATEMENT_BYTES_MAX, read_statements
from banking.formats.records import StatementLine, Verdict
from banking.matching.as_json import BadInput, MatchInput, proposals_json, read_input
from banking.matching.match import match
from banking.matching.reasons import say as say_reason
from banking.matching.records import MatchContext, MatchVerdict, Proposal

__all__ = ["command"]

PAYMENTS_BYTES_MAX = 50 * 1024 * 1024
WORDS_BYTES_MAX = 1024 * 1024
_VERDICTS = {
    MatchVerdict.AUTO: "точно",
    MatchVerdict.SUGGEST: "похоже",
    MatchVerdict.NONE: "не найдено",
    MatchVerdict.NOT_CLIENT: "не от клиента",
}


def command(
    payments: Annotated[Path, typer.Option("--payments", help="Ожидаемые платежи, JSON.")],
    statement: Annotated[Path, typer.Option("--statement", help="Файл выписки.")],
    words: Annotated[Path | None, typer.Option("--words", help="Свои слова, TOML.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Документ JSON.")] = False,
) -> int:
    """Match every line of the statement with the open payments."""
    given = _payments(payments)
    context = given.context if words is None else _with_words(given.context, words)
    content = read_bytes(statement, STATEMENT_BYTES_MAX)
    lines = _lines(statement.name, content, given.context.own_accounts)
    proposals = match(lines, given.payments, context)
    if json:
        print_json(proposals_json(proposals))
    else:
        _show(lines, proposals)
    return Status.DONE


def _lines(name: str, content: bytes, own: Collection[str]) -> tuple[StatementLine, ...]:
    """The lines of the statement; those of an archive are numbered through its members."""
    lines: list[StatementLine] = []
    for read in read_statements(name, content, own, own_profiles(home())):
        if read.verdict is Verdict.REFUSED:
            raise Refused(f"{read.file}: {read.problems[0].text}")
        before = lines[-1].line if lines else 0
        lines.extend(replace(line, line=before + line.line) for line in read.lines)
    return tuple(lines)


def _payments(path: Path) -> MatchInput:
    content = read_bytes(path, PAYMENTS_BYTES_MAX)
    if len(content) > PAYMENTS_BYTES_MAX:
        raise Refused(f"{path.name}: файл больше {PAYMENTS_BYTES_MAX // 1024 // 1024} МБ.")
    try:
        # Amounts written as numbers keep their digits.
        document = json_format.loads(content.decode("utf-8-sig"), parse_float=str)
    except (ValueError, RecursionError) as error:
        raise Refused(f"{path.name}: это не JSON в UTF-8: {error}.") from error
    given = read_input(document)
    if isinstance(given, BadInput):
        raise Refused(f"{path.name}: {given.where} — нужно: {given.wanted}.")
    return given


def _with_words(context: MatchContext, path: Path) -> MatchContext:
    content = read_bytes(path, WORDS_BYTES_MAX)
    return replace(context, words=context.words.joined(words_of(path.name, content)))


def _show(lines: tuple[StatementLine, ...], proposals: list[Proposal]) -> None:
    headings = ["№", "День", "От кого", "Ответ", "Платежи", "Почему", "Сумма"]
    rows = [
        [
            str(line.line),
            line.day.isoformat(),
            line.counterparty,
            _VERDICTS[proposal.verdict],
            ", ".join(f"{link.payment}: {link.amount.human}" for link in proposal.links),
            "; ".join(say_reason(reason) for reason in proposal.reasons),
            line.amount.human,
        ]
        for line, proposal in zip(lines, proposals, strict=True)
    ]
    print_table("Сопоставление", headings, rows, words=6)

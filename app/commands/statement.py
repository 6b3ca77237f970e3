"""`statement FILE… [--json]`: what bank statements say, without a database."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from app.config import home
from app.files import read_bytes
from app.output import complain, print_json, print_table, say
from app.profiles import own_profiles
from app.refusals import Refused, Status
from banking.formats.as_json import statement_json
from banking.formats.read import STATEMENT_BYTES_MAX, read_statement, read_statements
from banking.formats.records import StatementFile, Verdict

__all__ = ["VERDICTS", "command"]

VERDICTS = {
    Verdict.OK: "сходится",
    Verdict.NOT_RECONCILED: "не сходится",
    Verdict.NOT_VERIFIABLE: "проверить нечем",
    Verdict.REFUSED: "не принята",
}


def command(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Файлы выписок.")],
    json: Annotated[bool, typer.Option("--json", help="Документ JSON.")] = False,
) -> int:
    """Read each file; a refused one does not stop the others and makes the exit status 2.

    An archive is answered member by member.
    """
    documents: list[dict[str, Any]] = []
    profiles = own_profiles(home())
    status = Status.DONE
    for path in files:
        try:
            content = read_bytes(path, STATEMENT_BYTES_MAX)
        except Refused as refused:
            documents.append(_unopened(path, refused.sentences[0]))
            complain(refused.sentences[0])
            status = Status.UNUSABLE
            continue
        for statement in read_statements(path.name, content, profiles=profiles):
            documents.append(statement_json(statement))
            if statement.verdict is Verdict.REFUSED:
                complain(f"{statement.file}: {statement.problems[0].text}")
                status = Status.UNUSABLE
            elif not json:
                _show(statement)
    if json:
        print_json({"files": documents})
    return status


def _unopened(path: Path, sentence: str) -> dict[str, Any]:
    """A file that could not be opened, as a refused one."""
    nothing = replace(read_statement(path.name, b""), problems=())
    problem = {"line": 0, "code": "unreadable", "text": sentence}
    return {**statement_json(nothing), "problems": [problem]}


def _show(statement: StatementFile) -> None:
    title = f"{statement.file}: {statement.documents} док., {VERDICTS[statement.verdict]}"
    headings = ["Счёт", "С", "По", "Начало", "Пришло", "Ушло", "Конец"]
    rows = [
        [
            one.account or "счёт не назван",
            str(one.first_day or "—"),
            str(one.last_day or "—"),
            one.opening.human if one.opening else "—",
            one.documents_in.human,
            one.documents_out.human,
            one.closing.human if one.closing else "—",
        ]
        for one in statement.accounts
    ]
    print_table(title, headings, rows, words=3)
    for control in statement.controls:
        if not control.ok:
            when = f" за {control.day}" if control.day else ""
            say(f"Не сходится {control.account}{when}: {control.difference.human}")
    for problem in statement.problems:
        say(f"Строка {problem.line}: {problem.text}")

"""`demo`: the whole product on this machine with nothing set up; `demo --check` proves it."""

import asyncio
import logging
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.files import write_bytes
from app.logs import configure_logs
from app.output import print_json, say
from app.refusals import Refused, Status

if TYPE_CHECKING:
    from app.demo_check import Played

__all__ = ["command", "summary"]

PORT = 8080
BOOK, REPORT, CHATS = "book.xlsx", "report.json", "chats.md"
# What a person is told of the counts; programs get all of them.
COUNTED = {
    "deals": "сделок",
    "payments": "платежей",
    "handovers": "сдач кассы",
    "refunds": "возвратов",
    "lines": "строк выписки",
    "updates": "действий в чатах",
    "operations": "операций",
    "notes": "примечаний в CRM",
    "rows": "строк Журнала",
}
DIFFERENCES_SHOWN = 5
CHECKS_SHOWN = 20


def command(  # noqa: PLR0913, PLR0917 - Typer's way: one parameter for each option of the contract
    port: Annotated[int, typer.Option("--port", help="На каком порту показать страницу.")] = PORT,
    days: Annotated[int, typer.Option("--days", help="Сколько дней сыграть, от 1 до 90.")] = 90,
    seed: Annotated[int, typer.Option("--seed", help="Имена, минуты и порядок внутри дня.")] = 1,
    check: Annotated[
        bool, typer.Option("--check", help="Сыграть и сверить, без страницы.")
    ] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Куда положить книгу и отчёт.")] = None,
    sabotage: Annotated[str, typer.Option("--sabotage", help="Что испортить перед сверкой.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Один документ JSON.")] = False,
) -> int:
    """Play the demo company; with `--check` compare the five books and give 0 or 1."""
    from sandbox.demo.calendar import STANDARD_DAYS

    if not 1 <= days <= STANDARD_DAYS:
        raise Refused(f"--days: подойдёт от 1 до {STANDARD_DAYS}, а дано {days}.")
    if not check and (sabotage or out or json):
        raise Refused("--sabotage, --out и --json работают вместе с --check.")
    if not check:
        from app.demo_page import show_demo

        return asyncio.run(show_demo(port, days, seed))
    return _check(days, seed, sabotage, out, json=json)


def _check(days: int, seed: int, sabotage: str, out: Path | None, *, json: bool) -> int:
    from app.demo_check import CheckOptions, check_demo
    from app.progress import days_bar
    from sandbox.demo.sabotage import NothingToDamageError, Sabotage

    if sabotage and sabotage not in set(Sabotage):
        raise Refused(f"--sabotage: «{sabotage}» нет; есть: {', '.join(Sabotage)}.")
    options = CheckOptions(days, seed, Sabotage(sabotage) if sabotage else None)
    configure_logs(logging.ERROR)
    if out is not None:
        _make(out)
    try:
        with days_bar(days) as progress:
            played = asyncio.run(check_demo(options, progress))
    except NothingToDamageError as error:
        raise Refused(f"--sabotage: {error}. Возьмите больше дней.") from error
    if out is not None:
        report = dumps(played.document, ensure_ascii=False, indent=1)
        write_bytes(out / BOOK, played.book)
        write_bytes(out / REPORT, report.encode())
        write_bytes(out / CHATS, played.chats.encode())
    if json:
        print_json(played.document)
    else:
        for sentence in summary(played, out):
            say(sentence)
    return int(Status.DONE if played.ok else Status.ANSWER_IS_NO)


def summary(played: "Played", out: Path | None) -> list[str]:
    """What a person reads at the end: what was played, what differs, where the files are."""
    from app.demo_check import difference_words

    counts = ", ".join(f"{words} {played.counts[name]}" for name, words in COUNTED.items())
    lines = [f"Сыграно: {counts}."]
    if played.damage is not None:
        lines.append(f"Испорчено нарочно: {played.damage.words}.")
        lines += [
            f"  найдено: {difference_words(one)}" for one in played.named[:DIFFERENCES_SHOWN]
        ]
        if not played.named:
            lines.append("  НЕ найдено ни одной книгой.")
    failed = [one for one in played.checks if not one.ok]
    lines += [f"✗ {one.name}: {one.detail}" for one in failed[:CHECKS_SHOWN]]
    if len(failed) > CHECKS_SHOWN:
        lines.append(f"… и ещё {len(failed) - CHECKS_SHOWN}")
    lines.append(f"Проверок: {len(played.checks)}, не прошло: {len(failed)}.")
    books = "Пять книг сходятся до копейки." if played.ok else "Книги или итоги не сходятся."
    lines.append(books)
    if out is not None:
        lines.append(f"Книга, отчёт и переписка: {out}")
    return lines


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"--out: папку {folder} не создать: {error.strerror}.") from error

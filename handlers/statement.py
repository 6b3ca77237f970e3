"""A statement file dropped into the chat: what came in, what was wrong with it, what is left."""

from typing import assert_never

from aiogram import F, Router
from aiogram.types import Message

from banking.formats.records import Control, StatementFile, Verdict
from handlers.common import may, say_not_allowed
from handlers.delivery import Delivery, Document, TooBig
from handlers.drawn import joined
from handlers.texts import Html, Texts
from usecases.access import NotAllowed, Verb
from usecases.statements import (
    DroppedFile,
    Imported,
    LinesOfClosedMonth,
    StatementRefused,
    import_statement,
)

__all__ = ["statement_router"]

LISTED_MAX = 10


def statement_router() -> Router:
    """Dropped documents."""
    router = Router(name="statement")
    router.message.register(_dropped, F.document)
    return router


async def _dropped(_message: Message, delivery: Delivery) -> None:
    if not await may(delivery, Verb.IMPORT_STATEMENT):
        return
    match delivery.document:
        case Document(file_id, name, content):
            file = DroppedFile(f"telegram-{file_id}", name, content)
            await _import(delivery, file)
        case TooBig(name):
            await delivery.answer("statement-too-big", name=name)
        case None:
            await delivery.answer("statement-unreadable")
        case _:
            assert_never(delivery.document)


async def _import(delivery: Delivery, file: DroppedFile) -> None:
    outcome = await import_statement(delivery.unit, delivery.company, delivery.actor, file)
    match outcome:
        case Imported():
            await delivery.say(_imported(delivery.texts, outcome))
        case StatementRefused(statement):
            head = delivery.texts.html("statement-refused", name=file.name)
            await delivery.say(joined([head, *_problems(delivery.texts, statement)]))
        case LinesOfClosedMonth(moves):
            texts = delivery.texts
            lines: list[str] = [texts.html("statement-closed-month", name=file.name)]
            lines += [
                texts.html("statement-closed-line", day=one.day, amount=one.amount)
                for one in moves[:LISTED_MAX]
            ]
            if len(moves) > LISTED_MAX:
                lines.append(texts.html("and-more", count=len(moves) - LISTED_MAX))
            await delivery.say(joined(lines))
        case NotAllowed():
            await say_not_allowed(delivery, outcome)
        case _:
            assert_never(outcome)


def _imported(texts: Texts, outcome: Imported) -> Html:
    lines: list[str] = [
        texts.html(
            "statement-imported",
            new=outcome.new,
            known=outcome.known,
            automatic=outcome.automatic,
            left=outcome.left,
        ),
    ]
    if outcome.doubtful:
        lines.append(texts.html("statement-doubtful", count=outcome.doubtful))
    for member in outcome.members[:LISTED_MAX]:
        if len(outcome.members) > 1:
            name, new, known = member.statement.file, member.new, member.known
            lines.append(texts.html("statement-member", name=name, new=new, known=known))
        lines += _checked(texts, member.statement)
    if len(outcome.members) > LISTED_MAX:
        lines.append(texts.html("and-more", count=len(outcome.members) - LISTED_MAX))
    return joined(lines)


def _checked(texts: Texts, statement: StatementFile) -> list[Html]:
    lines = [texts.html(f"statement-{statement.verdict.value}")]
    broken = [one for one in statement.controls if not one.ok]
    lines += [_control(texts, one) for one in broken[:LISTED_MAX]]
    for account in statement.accounts:
        if account.closing is not None:
            number, closing = account.account, account.closing
            lines.append(texts.html("statement-closing", account=number, closing=closing))
    return [*lines, *_problems(texts, statement)]


def _control(texts: Texts, control: Control) -> Html:
    name = texts.plain(f"control-{control.name.value}")
    account, difference = control.account, control.difference
    if control.day is None:
        return texts.html("statement-control", account=account, name=name, difference=difference)
    return texts.html(
        "statement-control-day",
        account=account,
        day=control.day,
        name=name,
        difference=difference,
    )


def _problems(texts: Texts, statement: StatementFile) -> list[Html]:
    lines = [
        texts.html("statement-problem", line=one.line, text=one.text)
        if one.line
        else texts.html("statement-problem-whole", text=one.text)
        for one in statement.problems[:LISTED_MAX]
    ]
    if len(statement.problems) > LISTED_MAX:
        lines.append(texts.html("and-more", count=len(statement.problems) - LISTED_MAX))
    if statement.verdict is Verdict.REFUSED:
        lines.append(texts.html("statement-advice"))
    return lines

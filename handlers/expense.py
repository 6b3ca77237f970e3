"""The owner's and the accountant's own spending: one line records it, a tap corrects it.

    owner> 500 такси
    bot  > −500 ₽ · Транспорт · такси · Касса · 2 марта 2026
           [Отменить] [Статья]
           [Вчера] [Ещё раз]

The expense's id is made of the chat, the message and the line, so the same message is the same
expense for ever; an edited message takes the former lines back and records its new ones.
"""

from datetime import timedelta
from typing import assert_never

from aiogram import F, Router
from aiogram.types import Message

from handlers.articles import article_pages
from handlers.common import Pressed, bad_amount_words, may, say_month_closed, say_not_allowed
from handlers.delivery import Delivery
from handlers.expense_line import (
    LINES_MAX,
    BadDay,
    BadLine,
    ExpenseLine,
    NotExpenses,
    ReadOutcome,
    TooManyLines,
    read_expenses,
)
from handlers.keys import Act, Press, mark
from ledger.articles import Direction
from ledger.money import BadAmount
from store.journal import DiffersFrom
from usecases.access import NotAllowed, Verb
from usecases.expenses import (
    AlreadyUndone,
    Changed,
    ChangeOutcome,
    NoSuchArticle,
    NoSuchExpense,
    Recorded,
    RecordExpense,
    change_article,
    change_day,
    expense_state,
    record_expense,
    undo_expense,
)
from usecases.posting import MonthClosed
from usecases.telling import show

__all__ = ["expense_router"]

# Names of the editions of an edited message, in the settings.
_EDITION = "expense-edition:{chat}-{message}"
REPEAT_MARK_CHARS = 6


def expense_router() -> Router:
    """Everything about expenses; comes after the questions that expect a sum."""
    router = Router(name="expense")
    router.message.register(_typed, F.text, ~F.text.startswith("/"), _reads_as_money)
    router.edited_message.register(_edited, F.text)
    router.callback_query.register(_undo, Pressed(Act.EXPENSE_UNDO, 1))
    router.callback_query.register(_articles, Pressed(Act.EXPENSE_ARTICLES, 2))
    router.callback_query.register(_article, Pressed(Act.EXPENSE_ARTICLE, 2))
    router.callback_query.register(_yesterday, Pressed(Act.EXPENSE_YESTERDAY, 1))
    router.callback_query.register(_again, Pressed(Act.EXPENSE_AGAIN, 1))
    return router


async def _reads_as_money(message: Message, delivery: Delivery) -> bool:
    return not isinstance(_read(message, delivery), NotExpenses)


def _read(message: Message, delivery: Delivery) -> ReadOutcome:
    """The message's expenses; «today» is the day on which it was typed, not edited or worked."""
    typed_on = delivery.company.today(message.date)
    return read_expenses(message.text or "", typed_on, delivery.company.currency)


async def _typed(message: Message, delivery: Delivery) -> None:
    read = _read(message, delivery)
    if not isinstance(read, tuple):
        await _say_unread(delivery, read)
        return
    ids = [_expense_id(message, line) for line in range(1, len(read) + 1)]
    await _record(delivery, list(zip(ids, read, strict=True)))


async def _edited(message: Message, delivery: Delivery) -> None:
    name = _EDITION.format(chat=message.chat.id, message=message.message_id)
    edition = int(await delivery.unit.upkeep.setting(name) or 0)
    former = await _standing(delivery, message, edition)
    if not former:
        await delivery.answer("edit-not-an-expense")
        return
    read = _read(message, delivery)
    if not isinstance(read, tuple):
        await _say_unread(delivery, read)
        await delivery.answer("edit-changed-nothing")
        return
    if sorted(map(str, read)) == sorted(map(str, former.values())):
        return
    for expense in former:
        outcome = await undo_expense(delivery.unit, delivery.actor, expense)
        if not isinstance(outcome, Changed):
            await _changed(delivery, outcome, "")
            return
    await delivery.unit.upkeep.set_setting(name, edition + 1)
    ids = [_expense_id(message, line, edition + 1) for line in range(1, len(read) + 1)]
    await _record(delivery, list(zip(ids, read, strict=True)))


async def _record(delivery: Delivery, lines: list[tuple[str, ExpenseLine]]) -> None:
    for expense, line in lines:
        command = RecordExpense(expense, line.amount, line.words, line.day)
        outcome = await record_expense(delivery.unit, delivery.actor, command)
        match outcome:
            case Recorded():
                await show(delivery.unit, f"expense:{expense}", [delivery.actor])
            case NotAllowed():
                await say_not_allowed(delivery, outcome)
                return
            case MonthClosed():
                await say_month_closed(delivery, outcome)
            case DiffersFrom():
                await delivery.answer("expense-differs")
            case _:
                assert_never(outcome)


async def _undo(_query: object, press: Press, delivery: Delivery) -> None:
    outcome = await undo_expense(delivery.unit, delivery.actor, press.args[0])
    await _changed(delivery, outcome, "expense-undone")


async def _articles(_query: object, press: Press, delivery: Delivery) -> None:
    expense, page = press.args
    if not await may(delivery, Verb.RECORD_EXPENSE):
        return
    state = await expense_state(delivery.unit, expense)
    if state is None:
        await delivery.tell("expense-none")
        return
    number = int(page) if page.isdecimal() else 0
    keyboard = article_pages(
        await delivery.unit.catalog.articles(),
        Direction.EXPENSE,
        number,
        delivery.texts,
        (
            lambda article: Press(Act.EXPENSE_ARTICLE, (expense, str(article))),
            lambda other: Press(Act.EXPENSE_ARTICLES, (expense, str(other))),
        ),
    )
    operation = state.sealed.operation
    words = f" ({operation.comment})" if operation.comment else ""
    html = delivery.texts.html("expense-choose-article", amount=operation.amount, words=words)
    await delivery.page(f"expense:{expense}", html, keyboard)


async def _article(_query: object, press: Press, delivery: Delivery) -> None:
    expense, article = press.args
    number = int(article) if article.isdecimal() else 0
    outcome = await change_article(delivery.unit, delivery.actor, expense, number)
    await _changed(delivery, outcome, "expense-article-changed")
    if isinstance(outcome, Changed) and not await delivery.pressed_card(f"expense:{expense}"):
        named = await delivery.unit.catalog.article(outcome.operation.article)
        assert named is not None
        await delivery.turn(delivery.texts.html("expense-article-chosen", article=named.name))


async def _yesterday(_query: object, press: Press, delivery: Delivery) -> None:
    day = delivery.today - timedelta(days=1)
    outcome = await change_day(delivery.unit, delivery.actor, press.args[0], day)
    await _changed(delivery, outcome, "expense-day-changed")


async def _again(_query: object, press: Press, delivery: Delivery) -> None:
    if not await may(delivery, Verb.RECORD_EXPENSE):
        return
    state = await expense_state(delivery.unit, press.args[0])
    if state is None or state.sealed.operation.author != delivery.actor.name:
        await delivery.tell("expense-none")
        return
    operation = state.sealed.operation
    repeat = _repeat_id(press.args[0], str(delivery.today))
    if await expense_state(delivery.unit, repeat) is not None:
        await delivery.tell("expense-repeated-already")
        return
    line = ExpenseLine(operation.amount, operation.comment, delivery.today)
    await _record(delivery, [(repeat, line)])
    repeated = await expense_state(delivery.unit, repeat)
    if repeated is not None and repeated.sealed.operation.article != operation.article:
        await change_article(delivery.unit, delivery.actor, repeat, operation.article)


async def _changed(delivery: Delivery, outcome: ChangeOutcome, done: str) -> None:
    match outcome:
        case Changed():
            delivery.toast(done)
        case AlreadyUndone(reversal):
            await delivery.tell("expense-undone-already", amount=reversal.operation.amount)
        case NoSuchExpense():
            await delivery.tell("expense-none")
        case NoSuchArticle():
            await delivery.tell("article-none")
        case NotAllowed():
            await say_not_allowed(delivery, outcome)
        case MonthClosed():
            await say_month_closed(delivery, outcome)
        case _:
            assert_never(outcome)


async def _say_unread(delivery: Delivery, read: BadLine | TooManyLines | NotExpenses) -> None:
    match read:
        case BadLine(number, text, problem):
            await delivery.answer(
                "expense-bad-line", number=number, text=text[:100], why=_why(delivery, problem)
            )
        case TooManyLines(lines_max):
            await delivery.answer("expense-too-many-lines", count=lines_max)
        case NotExpenses():
            await delivery.answer("unknown-text")


def _why(delivery: Delivery, problem: BadAmount | BadDay) -> str:
    if isinstance(problem, BadDay):
        return delivery.texts.plain(f"bad-day-{problem.reason.value}", text=problem.text)
    return bad_amount_words(delivery.texts, problem)


async def _standing(delivery: Delivery, message: Message, edition: int) -> dict[str, ExpenseLine]:
    """The expenses of an edition that are not undone, as if they had been typed."""
    found = {}
    for line in range(1, LINES_MAX + 1):
        expense = _expense_id(message, line, edition)
        state = await expense_state(delivery.unit, expense)
        if state is not None and state.reversal is None:
            operation = state.sealed.operation
            typed = ExpenseLine(operation.amount, operation.comment, operation.days[0])
            found[expense] = typed
    return found


def _expense_id(message: Message, line: int, edition: int = 0) -> str:
    tail = f"e{edition}" if edition else ""
    return f"{message.chat.id}-{message.message_id}-{line}{tail}"


def _repeat_id(expense: str, day: str) -> str:
    """The id of the one repeat of a card on a day: two quick taps are one expense."""
    root = expense.partition("~")[0]
    return f"{root}~{mark(f'{expense} {day}')[:REPEAT_MARK_CHARS]}"

"""Walking through unexplained statement lines: one card at a time, the next one follows."""

from collections.abc import Sequence
from typing import assert_never

from aiogram import Router
from aiogram.types import Message

from handlers.articles import article_pages
from handlers.common import Pressed, asked, may, say_not_allowed
from handlers.delivery import Delivery
from handlers.draw_lines import readings
from handlers.handover import say_resolved
from handlers.keys import Act, Press
from handlers.texts import Texts
from ledger.articles import Direction
from store.records import BankLine
from usecases.access import NotAllowed, Verb
from usecases.explain import (
    AlreadyExplained,
    AsArticle,
    AsPayments,
    AsRefund,
    Explained,
    ExplainOutcome,
    Explanation,
    NoSuchLine,
    SumDiffers,
    WrongThing,
    explain,
)
from usecases.proposals import propose_for
from usecases.reports import unexplained
from usecases.telling import redraw

__all__ = ["lines_menu", "lines_router"]


def lines_menu(texts: Texts) -> Router:
    """«Разобрать»."""
    router = Router(name="lines-menu")
    router.message.register(_first, asked(texts, "key-explain", "explain"))
    return router


def lines_router() -> Router:
    """Presses on lines."""
    router = Router(name="lines")
    router.callback_query.register(_first, Pressed(Act.LINES, 0))
    router.callback_query.register(_option, Pressed(Act.LINE_OPTION, 2))
    router.callback_query.register(_articles, Pressed(Act.LINE_ARTICLES, 2))
    router.callback_query.register(_article, Pressed(Act.LINE_ARTICLE, 2))
    router.callback_query.register(_refund, Pressed(Act.LINE_REFUND, 2))
    router.callback_query.register(_leave, Pressed(Act.LINE_LEAVE, 1))
    return router


async def _first(_event: Message | object, delivery: Delivery) -> None:
    if await may(delivery, Verb.EXPLAIN_LINE):
        await _show_after(delivery, None)


async def _leave(_query: object, press: Press, delivery: Delivery) -> None:
    if await may(delivery, Verb.EXPLAIN_LINE):
        await _show_after(delivery, _number(press.args[0]))


async def _option(_query: object, press: Press, delivery: Delivery) -> None:
    if not await may(delivery, Verb.EXPLAIN_LINE):
        return
    line = _number(press.args[0])
    found = readings(await propose_for(delivery.unit, delivery.company, line))
    picked = [one for one in found if one.mark == press.args[1]]
    explained = await delivery.unit.pending.resolution(f"line:{line}")
    if not picked and explained is None:
        # What the person saw is not what would be booked now: show it anew, book nothing.
        await redraw(delivery.unit, f"line:{line}")
        await delivery.tell("line-changed")
        return
    links = tuple((link.payment, link.amount) for link in picked[0].links) if picked else ()
    fee = picked[0].fee if picked else None
    explanation = AsPayments(links, fee) if fee else AsPayments(links)
    await _explain(delivery, line, explanation)


async def _articles(_query: object, press: Press, delivery: Delivery) -> None:
    if not await may(delivery, Verb.EXPLAIN_LINE):
        return
    line = await delivery.unit.statements.line(_number(press.args[0]))
    if line is None:
        await delivery.tell("line-none")
        return
    name = str(line.id)
    keyboard = article_pages(
        await delivery.unit.catalog.articles(),
        Direction.INCOME if line.incoming else Direction.EXPENSE,
        _number(press.args[1]),
        delivery.texts,
        (
            lambda article: Press(Act.LINE_ARTICLE, (name, str(article))),
            lambda page: Press(Act.LINE_ARTICLES, (name, str(page))),
        ),
    )
    html = delivery.texts.html(
        "line-choose-article", amount=line.amount, name=line.counterparty, day=line.day
    )
    await delivery.page(line.thing, html, keyboard)


async def _article(_query: object, press: Press, delivery: Delivery) -> None:
    article = await delivery.unit.catalog.article(_number(press.args[1]))
    explanation = AsArticle(_number(press.args[1]))
    outcome = await _explain(delivery, _number(press.args[0]), explanation)
    if isinstance(outcome, Explained) and article is not None:
        await delivery.turn(delivery.texts.html("expense-article-chosen", article=article.name))


async def _refund(_query: object, press: Press, delivery: Delivery) -> None:
    await _explain(delivery, _number(press.args[0]), AsRefund(press.args[1]))


async def _explain(delivery: Delivery, line: int, explanation: Explanation) -> ExplainOutcome:
    outcome = await explain(delivery.unit, delivery.company, delivery.actor, line, explanation)
    match outcome:
        case Explained():
            delivery.toast("line-explained")
            await _show_after(delivery, line)
        case AlreadyExplained(resolution):
            await say_resolved(delivery, resolution)
        case NoSuchLine():
            await delivery.tell("line-none")
        case SumDiffers(amount, explained):
            await delivery.tell("line-sum-differs", line=amount, explained=explained)
        case WrongThing():
            await delivery.tell("line-wrong-thing")
        case NotAllowed():
            await say_not_allowed(delivery, outcome)
        case _:
            assert_never(outcome)
    return outcome


async def _show_after(delivery: Delivery, line: int | None) -> None:
    """Show the next unexplained line after this one in the order of the walk."""
    waiting = [one.line for one in await unexplained(delivery.unit, delivery.company)]
    following = await _following(delivery, waiting, line)
    if following is not None:
        await delivery.show_below(following.thing)
    elif waiting and line is not None:
        await delivery.answer("lines-end", count=len(waiting))
    else:
        await delivery.answer("lines-none")


async def _following(
    delivery: Delivery, waiting: Sequence[BankLine], line: int | None
) -> BankLine | None:
    if line is None:
        return waiting[0] if waiting else None
    current = await delivery.unit.statements.line(line)
    if current is None:
        return waiting[0] if waiting else None
    # The walk goes by day, then by id, as `usecases.reports.unexplained` lists them.
    place = (current.day, current.id)
    return next((one for one in waiting if (one.day, one.id) > place), None)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() else 0

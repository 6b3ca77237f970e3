"""Walking through unexplained statement lines: one card at a time, the next one follows.

    vera< +5 000 ₽ · 2 марта 2026 · № 18 …
          [✓ Подтвердить: ООО Ромашка, договор К-102, 5 000 ₽]
          [Разделить] [Не клиент / статья]
          [Отклонить предложение] [Пропустить]

What is explained may be taken back, and may teach a rule; both stand on its card.
"""

from collections.abc import Sequence
from typing import assert_never

from aiogram import Router
from aiogram.types import Message

from handlers.articles import article_pages
from handlers.automatic import automatic_page
from handlers.common import Pressed, asked, may, say_month_closed, say_not_allowed
from handlers.delivery import Delivery
from handlers.draw_lines import readings
from handlers.handover import say_resolved
from handlers.keys import Act, Press, mark
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
    Why,
    WrongThing,
    explain,
)
from usecases.posting import MonthClosed
from usecases.proposals import NothingToReject, Rejected, propose_for, reading_name, reject
from usecases.reports import unexplained
from usecases.rules import AlreadyTaught, NothingToTeach, Taught, teach
from usecases.telling import redraw
from usecases.undo import (
    AlreadyUndone,
    BalanceUsed,
    NotExplained,
    RefundStands,
    Undone,
    undo_explanation,
)

__all__ = ["explain_and_go_on", "lines_menu", "lines_router"]

_BY_HAND = Why()


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
    router.callback_query.register(_choose, Pressed(Act.LINE_CHOOSE, 2))
    router.callback_query.register(_reject, Pressed(Act.LINE_REJECT, 2))
    router.callback_query.register(_undo, Pressed(Act.LINE_UNDO, 2))
    router.callback_query.register(_teach, Pressed(Act.LINE_TEACH, 1))
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
    picked = next((one for one in found if one.mark == press.args[1]), None)
    if picked is None:
        await _changed(delivery, line)
        return
    links = tuple((link.payment, link.amount) for link in picked.links)
    why = Why(picked.reasons, picked.rules)
    await explain_and_go_on(delivery, line, AsPayments(links, picked.fee), why)


async def _choose(_query: object, press: Press, delivery: Delivery) -> None:
    """The article that a taught rule proposes."""
    if not await may(delivery, Verb.EXPLAIN_LINE):
        return
    line, article = _number(press.args[0]), _number(press.args[1])
    proposal = await propose_for(delivery.unit, delivery.company, line)
    if proposal is None or proposal.article != article or proposal.links:
        await _changed(delivery, line)
        return
    why = Why(proposal.reasons, proposal.rules)
    await explain_and_go_on(delivery, line, AsArticle(article), why)


async def _changed(delivery: Delivery, line: int) -> None:
    """What the person saw is not what would be booked now: show it anew, book nothing."""
    explained = await delivery.unit.pending.resolution(f"line:{line}")
    if explained is not None:
        await say_resolved(delivery, explained)
        return
    await redraw(delivery.unit, f"line:{line}")
    await delivery.tell("line-changed")


async def _reject(_query: object, press: Press, delivery: Delivery) -> None:
    if not await may(delivery, Verb.EXPLAIN_LINE):
        return
    line = _number(press.args[0])
    proposal = await propose_for(delivery.unit, delivery.company, line)
    name = reading_name(proposal.links, proposal.article) if proposal else ""
    if mark(name) != press.args[1]:
        await _changed(delivery, line)
        return
    outcome = await reject(delivery.unit, delivery.company, delivery.actor, line, name)
    match outcome:
        case Rejected():
            delivery.toast("line-rejected")
        case NothingToReject():
            await _changed(delivery, line)
        case NotAllowed():
            await say_not_allowed(delivery, outcome)
        case _:
            assert_never(outcome)


async def _undo(_query: object, press: Press, delivery: Delivery) -> None:
    line, attempt = _number(press.args[0]), _number(press.args[1])
    outcome = await undo_explanation(delivery.unit, delivery.actor, line, attempt)
    match outcome:
        case Undone(undone):
            delivery.toast("line-undone")
            if not await delivery.pressed_card(undone.thing):
                # Pressed in the list of what was explained at once.
                await delivery.turn(*await automatic_page(delivery, undone.file, 0))
                await delivery.show_below(undone.thing)
        case AlreadyUndone(retraction):
            when = delivery.texts.time(retraction.at)
            await delivery.tell("already-undone", by=retraction.by, when=when)
        case NotExplained():
            await delivery.tell("line-not-explained")
        case MonthClosed():
            await say_month_closed(delivery, outcome)
        case RefundStands(refund):
            await delivery.tell("line-refund-stands", amount=refund.amount)
        case BalanceUsed(left):
            await delivery.tell("line-balance-used", left=left)
        case NotAllowed():
            await say_not_allowed(delivery, outcome)
        case _:
            assert_never(outcome)


async def _teach(_query: object, press: Press, delivery: Delivery) -> None:
    line = _number(press.args[0])
    outcome = await teach(delivery.unit, delivery.company, delivery.actor, line)
    match outcome:
        case Taught(rule):
            delivery.toast("rule-taught", pattern=rule.lesson.pattern, title=rule.lesson.title)
            await redraw(delivery.unit, f"line:{line}")
        case AlreadyTaught(rule):
            await delivery.tell("rule-known", by=rule.by, at=rule.at)
        case NothingToTeach():
            await delivery.tell("rule-nothing")
        case NotAllowed():
            await say_not_allowed(delivery, outcome)
        case _:
            assert_never(outcome)


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
    outcome = await explain_and_go_on(delivery, _number(press.args[0]), explanation)
    if isinstance(outcome, Explained) and article is not None:
        await delivery.turn(delivery.texts.html("expense-article-chosen", article=article.name))


async def _refund(_query: object, press: Press, delivery: Delivery) -> None:
    await explain_and_go_on(delivery, _number(press.args[0]), AsRefund(press.args[1]))


async def explain_and_go_on(
    delivery: Delivery, line: int, explanation: Explanation, why: Why = _BY_HAND
) -> ExplainOutcome:
    """Explain a line, say what came of it and show the next one."""
    actor = delivery.actor
    outcome = await explain(delivery.unit, delivery.company, actor, line, explanation, why)
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

"""«Разделить»: one line is several payments, of several clients too, and parts to articles.

    vera: Разделить
    vera< Строка 20 000 ₽. Напишите части, каждую с новой строки: 15000 К-1027 …
    vera> 15000 К-1027
    vera< • 15 000 ₽ — Иванов, договор К-1027
          Осталось разделить: 5 000 ₽
    vera> 5000 К-1028
    vera< … Всё разделено.
          [✓ Записать]

The parts wait in the conversation only; what is recorded is checked again by the use case.
"""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message

from handlers.articles import article_pages
from handlers.common import Pressed, ask, bad_amount_words, may
from handlers.delivery import Delivery
from handlers.drawn import joined
from handlers.handover import say_resolved
from handlers.keys import Act, Key, Press, Style, mark
from handlers.lines import explain_and_go_on
from handlers.split_parts import (
    Kept,
    OwesLess,
    added,
    candidates,
    explanation_of,
    found_part,
    is_settlement,
    kept_of,
    said_part,
    shelved,
    sum_of,
    who_pays,
)
from handlers.split_text import BadPart, read_parts
from ledger.articles import Direction
from ledger.money import BadAmount, Money, parse_amount
from store.records import BankLine, PartKind
from usecases.access import Verb
from usecases.deals import remaining
from usecases.explain import Explained

__all__ = ["Splitting", "split_forms", "split_router"]


class Splitting(StatesGroup):
    """Parts are typed or chosen; of a chosen one the sum is asked."""

    parts = State()
    sum = State()


def split_forms() -> Router:
    """What is typed."""
    router = Router(name="split-forms")
    router.message.register(_typed, Splitting.parts, F.text, ~F.text.startswith("/"))
    router.message.register(_sum, Splitting.sum, F.text, ~F.text.startswith("/"))
    return router


def split_router() -> Router:
    """What is pressed."""
    router = Router(name="split")
    router.callback_query.register(_begin, Pressed(Act.LINE_SPLIT, 1))
    router.callback_query.register(_payment, Pressed(Act.SPLIT_PAYMENT, 2))
    router.callback_query.register(_articles, Pressed(Act.SPLIT_ARTICLES, 2))
    router.callback_query.register(_article, Pressed(Act.SPLIT_ARTICLE, 2))
    router.callback_query.register(_rest, Pressed(Act.SPLIT_REST, 1))
    router.callback_query.register(_done, Pressed(Act.SPLIT_DONE, 1))
    return router


async def _begin(_query: object, press: Press, delivery: Delivery, state: FSMContext) -> None:
    if not await may(delivery, Verb.EXPLAIN_LINE):
        return
    line = await _open_line(delivery, press.args[0])
    if line is not None:
        await state.set_state(Splitting.parts)
        await state.set_data({"line": line.id, "parts": []})
        await _show(delivery, line, [])


async def _typed(message: Message, delivery: Delivery, state: FSMContext) -> None:
    data = await state.get_data()
    line = await _typed_for(delivery, state)
    if line is None:
        return
    read = read_parts(message.text or "", line.amount.currency)
    if isinstance(read, BadPart):
        await ask(delivery, "split-unclear", text=read.text)
        return
    kept = kept_of(data["parts"])
    for typed in read:
        found = await found_part(delivery, line, typed, kept)
        if isinstance(found, OwesLess):
            await ask(delivery, "split-owes-less", text=typed.words, owed=found.owed)
            return
        if found is None:
            await ask(delivery, "split-not-found", text=typed.words)
            return
        kept = added(kept, found)
    await _keep(delivery, state, line, kept)


async def _payment(_query: object, press: Press, delivery: Delivery, state: FSMContext) -> None:
    await _choose(delivery, state, press.args[0], PartKind.PAYMENT, press.args[1])


async def _article(_query: object, press: Press, delivery: Delivery, state: FSMContext) -> None:
    await _choose(delivery, state, press.args[0], PartKind.ARTICLE, press.args[1])


async def _articles(_query: object, press: Press, delivery: Delivery) -> None:
    if not await may(delivery, Verb.EXPLAIN_LINE):
        return
    line = await _open_line(delivery, press.args[0])
    if line is None:
        return
    name, page = str(line.id), press.args[1]
    keyboard = article_pages(
        await delivery.unit.catalog.articles(),
        Direction.INCOME if line.incoming else Direction.EXPENSE,
        int(page) if page.isdecimal() else 0,
        delivery.texts,
        (
            lambda article: Press(Act.SPLIT_ARTICLE, (name, str(article))),
            lambda number: Press(Act.SPLIT_ARTICLES, (name, str(number))),
        ),
    )
    html = delivery.texts.html(
        "line-choose-article", amount=line.amount, name=line.counterparty, day=line.day
    )
    await delivery.say(html, keyboard)


async def _choose(
    delivery: Delivery, state: FSMContext, line_id: str, kind: PartKind, wanted: str
) -> None:
    """A part was chosen from a list: ask how much."""
    if not await may(delivery, Verb.EXPLAIN_LINE):
        return
    line = await _splitting(delivery, state, line_id)
    if line is None:
        return
    ref, name, owed = wanted, "", line.amount
    if kind is PartKind.PAYMENT:
        payments = await delivery.unit.pending.open_payments()
        payment = next((one for one in payments if mark(one.id) == wanted), None)
        if payment is None:
            await delivery.tell("line-wrong-thing")
            return
        ref, owed = payment.id, await remaining(delivery.unit, payment)
        name = await who_pays(delivery, payment)
    else:
        article = await delivery.unit.catalog.article(int(wanted) if wanted.isdecimal() else 0)
        if article is None:
            await delivery.tell("line-wrong-thing")
            return
        name = article.name
    data = await state.get_data()
    left = line.amount.minor - sum_of(kept_of(data["parts"]))
    await state.set_state(Splitting.sum)
    await state.update_data({"kind": kind.value, "ref": ref})
    rest = Money(max(min(left, owed.minor), 0), line.amount.currency)
    press = Press(Act.SPLIT_REST, (line_id,))
    keys = (
        [[Key(delivery.texts.plain("key-split-rest", amount=rest), press)]] if rest.minor else []
    )
    cancel = [Key(delivery.texts.plain("key-cancel"), Press(Act.CANCEL))]
    await delivery.say(delivery.texts.html("split-how-much", name=name), [*keys, cancel])


async def _sum(message: Message, delivery: Delivery, state: FSMContext) -> None:
    data = await state.get_data()
    line = await _typed_for(delivery, state)
    if line is None:
        return
    amount = parse_amount((message.text or "").strip(), line.amount.currency)
    if isinstance(amount, BadAmount):
        await ask(delivery, "sum-unclear", why=bad_amount_words(delivery.texts, amount))
        return
    part = Kept(PartKind(data["kind"]), data["ref"], amount.minor)
    await _keep(delivery, state, line, added(kept_of(data["parts"]), [part]))


async def _rest(_query: object, press: Press, delivery: Delivery, state: FSMContext) -> None:
    if not await may(delivery, Verb.EXPLAIN_LINE):
        return
    line = await _splitting(delivery, state, press.args[0])
    data = await state.get_data()
    if line is None:
        return
    if "ref" not in data:
        await delivery.tell("stale-button")
        return
    left = line.amount.minor - sum_of(kept_of(data["parts"]))
    if data["kind"] == PartKind.PAYMENT.value:
        payment = await delivery.unit.pending.payment(data["ref"])
        assert payment is not None
        left = min(left, (await remaining(delivery.unit, payment)).minor)
    if left > 0:
        part = Kept(PartKind(data["kind"]), data["ref"], left)
        await _keep(delivery, state, line, added(kept_of(data["parts"]), [part]))
    else:
        await delivery.tell("stale-button")


async def _done(_query: object, press: Press, delivery: Delivery, state: FSMContext) -> None:
    if not await may(delivery, Verb.EXPLAIN_LINE):
        return
    line = await _splitting(delivery, state, press.args[0])
    if line is None:
        return
    kept = kept_of((await state.get_data())["parts"])
    parts: list[str] = [await said_part(delivery, line, one) for one in kept]
    explanation = await explanation_of(delivery, line, kept)
    await state.clear()
    outcome = await explain_and_go_on(delivery, line.id, explanation)
    if isinstance(outcome, Explained):
        await delivery.turn(joined([*parts, delivery.texts.html("split-saved")]))


async def _keep(delivery: Delivery, state: FSMContext, line: BankLine, kept: list[Kept]) -> None:
    """Keep the parts while they fit into the line; what goes beyond it is not taken."""
    over = sum_of(kept) - line.amount.minor
    await state.set_state(Splitting.parts)
    data = await state.get_data()
    if over > 0 and not await is_settlement(delivery, kept):
        await state.set_data({"line": line.id, "parts": data["parts"]})
        explained = Money(sum_of(kept), line.amount.currency)
        await ask(delivery, "split-too-much", line=line.amount, explained=explained)
        return
    await state.set_data({"line": line.id, "parts": shelved(kept)})
    await _show(delivery, line, kept)


async def _show(delivery: Delivery, line: BankLine, kept: list[Kept]) -> None:
    """The parts so far, and what may be pressed."""
    texts, name = delivery.texts, str(line.id)
    left = line.amount.minor - sum_of(kept)
    cancel = Key(texts.plain("key-cancel"), Press(Act.CANCEL))
    lines: list[str] = [await said_part(delivery, line, one) for one in kept]
    save = Press(Act.SPLIT_DONE, (name,))
    if left <= 0:
        if left:
            fee = Money(-left, line.amount.currency)
            lines.append(texts.html("line-fee", fee=fee))
        key = Key(texts.plain("key-split-save"), save, Style.SUCCESS)
        await delivery.say(joined([*lines, texts.html("split-whole")]), [[key], [cancel]])
        return
    rest = Money(left, line.amount.currency)
    lines.append(
        texts.html("split-left", left=rest)
        if kept
        else texts.html("split-begin" if line.incoming else "split-begin-out", amount=rest)
    )
    keys = [[key] for key in await candidates(delivery, line, kept)]
    article = Key(texts.plain("key-split-article"), Press(Act.SPLIT_ARTICLES, (name, "0")))
    await delivery.say(joined(lines), [*keys, [article, cancel]])


async def _open_line(delivery: Delivery, line_id: str) -> BankLine | None:
    """The line, while it is unexplained; else the person is told who was first."""
    number = int(line_id) if line_id.isdecimal() and line_id.isascii() else 0
    line = await delivery.unit.statements.line(number)
    if line is None:
        await delivery.tell("line-none")
        return None
    resolution = await delivery.unit.pending.resolution(line.thing)
    if resolution is None:
        return line
    await say_resolved(delivery, resolution)
    return None


async def _typed_for(delivery: Delivery, state: FSMContext) -> BankLine | None:
    """The line of this conversation, which ends when the line or the person may no more."""
    line = None
    if await may(delivery, Verb.EXPLAIN_LINE):
        line = await _open_line(delivery, str((await state.get_data())["line"]))
    if line is None:
        await state.clear()
    return line


async def _splitting(delivery: Delivery, state: FSMContext, line_id: str) -> BankLine | None:
    """The line that is being split in this conversation; a button of another one is old."""
    line = await _open_line(delivery, line_id)
    if line is not None and (await state.get_data()).get("line") != line.id:
        await delivery.tell("stale-button")
        return None
    return line

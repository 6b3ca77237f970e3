"""Lines of a statement that may be in the books already: a person says which, or that none is.

+15 000 ₽ · 2 марта 2026 · № —
поступление
Похоже на: +15 000 ₽ · 2 марта 2026 · № 128, Иванов
[Та же строка: № 128, Иванов]
[Другая, внести]
"""

from typing import assert_never

from aiogram import Router

from handlers.common import Pressed, may, say_month_closed, say_not_allowed
from handlers.delivery import Delivery
from handlers.drawn import joined
from handlers.handover import say_resolved
from handlers.keys import Act, Key, Keyboard, Press, mark
from handlers.texts import Html
from store.faces import LineDoubt
from store.records import BankLine
from usecases.access import NotAllowed, Verb
from usecases.doubts import (
    DecideOutcome,
    DoubtDecided,
    DoubtDecidedBefore,
    NoSuchDoubt,
    NotItsCandidate,
    decide_doubt,
)
from usecases.posting import MonthClosed

__all__ = ["doubts_page", "doubts_router"]

CANDIDATES_MAX = 4
PURPOSE_CHARS_MAX = 200


def doubts_router() -> Router:
    """«Сомнительные» and the two decisions."""
    router = Router(name="doubts")
    router.callback_query.register(_open, Pressed(Act.DOUBTS, 1))
    router.callback_query.register(_same, Pressed(Act.DOUBT_SAME, 2))
    router.callback_query.register(_other, Pressed(Act.DOUBT_OTHER, 1))
    return router


async def doubts_page(delivery: Delivery, file: str) -> tuple[Html, Keyboard]:
    """The oldest doubt of a file, and how many there are."""
    texts = delivery.texts
    waiting = [one for one in await delivery.unit.faces.open_doubts() if one.line.file == file]
    if not waiting:
        return texts.html("doubts-none"), []
    doubt = waiting[0]
    found = [await delivery.unit.statements.line(one) for one in doubt.candidates]
    lines: list[str] = [
        texts.html("doubts-head", count=len(waiting)),
        "\N{ZERO WIDTH SPACE}",
        _shown(delivery, doubt.line),
        texts.html("doubt-may-be"),
    ]
    keys: list[list[Key]] = []
    for line in [one for one in found if one is not None][:CANDIDATES_MAX]:
        lines.append(_shown(delivery, line))
        number, name = line.number or "—", line.counterparty or texts.plain("client-unnamed")
        label = texts.plain("key-doubt-same", number=number, name=name)
        keys.append([Key(label, Press(Act.DOUBT_SAME, (str(doubt.id), str(line.id))))])
    other = Press(Act.DOUBT_OTHER, (str(doubt.id),))
    return joined(lines), [*keys, [Key(texts.plain("key-doubt-other"), other)]]


async def _open(_query: object, press: Press, delivery: Delivery) -> None:
    if not await may(delivery, Verb.EXPLAIN_LINE):
        return
    waiting = await delivery.unit.faces.open_doubts()
    file = next((one.line.file for one in waiting if mark(one.line.file) == press.args[0]), None)
    if file is None:
        await delivery.tell("doubts-none")
        return
    await delivery.page(f"import:{file}", *await doubts_page(delivery, file))


async def _same(_query: object, press: Press, delivery: Delivery) -> None:
    doubt, line = press.args
    await _decide(delivery, _id(doubt), _id(line))


async def _other(_query: object, press: Press, delivery: Delivery) -> None:
    await _decide(delivery, _id(press.args[0]), None)


async def _decide(delivery: Delivery, doubt_id: int, same_as: int | None) -> None:
    doubt = await delivery.unit.faces.doubt(doubt_id)
    outcome = await decide_doubt(delivery.unit, delivery.actor, doubt_id, same_as)
    await _answer(delivery, outcome)
    if isinstance(outcome, DoubtDecided | DoubtDecidedBefore) and doubt is not None:
        await _go_on(delivery, doubt)


async def _go_on(delivery: Delivery, doubt: LineDoubt) -> None:
    file = doubt.line.file
    await delivery.page(f"import:{file}", *await doubts_page(delivery, file))


async def _answer(delivery: Delivery, outcome: DecideOutcome) -> None:
    match outcome:
        case DoubtDecided():
            delivery.toast("doubt-decided")
        case DoubtDecidedBefore(resolution):
            await say_resolved(delivery, resolution)
        case NoSuchDoubt() | NotItsCandidate():
            await delivery.tell("doubt-unknown")
        case MonthClosed():
            await say_month_closed(delivery, outcome)
        case NotAllowed():
            await say_not_allowed(delivery, outcome)
        case _:
            assert_never(outcome)


def _id(text: str) -> int:
    """An id out of a press; 0, which nothing has, for anything else."""
    return int(text) if text.isdecimal() and text.isascii() else 0


def _shown(delivery: Delivery, line: BankLine) -> Html:
    texts = delivery.texts
    sign = "+" if line.incoming else "−"
    number, name = line.number or "—", line.counterparty or texts.plain("client-unnamed")
    head = texts.html("line-card", sign=sign, amount=line.amount, day=line.day, number=number)
    inn = texts.plain("line-inn", inn=line.inn) if line.inn else ""
    payer = texts.html("line-counterparty", name=name, inn=inn)
    words = line.purpose[:PURPOSE_CHARS_MAX]
    purpose = texts.html("line-purpose", purpose=words) if words else ""
    return joined([head, payer, purpose])

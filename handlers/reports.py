"""Short reports for a phone: the day, the month, what did not come, what nobody explained."""

from aiogram import Router
from aiogram.filters import CommandObject
from aiogram.types import Message

from handlers.common import Pressed, asked, may
from handlers.delivery import Delivery
from handlers.drawn import joined
from handlers.exceptions import late_lines, waiting_lines
from handlers.keys import Act, Key, Press
from handlers.texts import Texts
from ledger.money import Money
from ledger.months import Month
from store.reports import Basis
from usecases.access import Verb
from usecases.reports import pnl_report, unconfirmed, unexplained
from usecases.today import today_figures

__all__ = ["reports_menu", "reports_router"]

LISTED_MAX = 15


def reports_menu(texts: Texts) -> Router:
    """Keys and commands of reports."""
    router = Router(name="reports")
    router.message.register(_today, asked(texts, "key-today", "today"))
    router.message.register(_month, asked(texts, "key-month", "month"))
    router.message.register(_unconfirmed, asked(texts, "key-unconfirmed", "unconfirmed"))
    router.message.register(_unexplained, asked(texts, "key-unexplained", "unexplained"))
    return router


def reports_router() -> Router:
    """Presses that open a list."""
    router = Router(name="reports-presses")
    router.callback_query.register(_unconfirmed, Pressed(Act.UNCONFIRMED, 0))
    return router


async def _today(_message: Message, delivery: Delivery) -> None:
    if not await may(delivery, Verb.SEE_REPORTS):
        return
    texts = delivery.texts
    day = await today_figures(delivery.unit, delivery.company)
    lines: list[str] = [
        texts.html("today-head", day=day.day),
        texts.html("today-moves", came=day.came, went=day.went),
    ]
    for place, known_as, held in day.places:
        name = known_as or texts.plain(f"place-{place.kind.value}")
        lines.append(texts.html("today-place", name=name, amount=held))
    for person in day.people[:LISTED_MAX]:
        held = person.collected + person.pending
        if held.minor:
            lines.append(texts.html("today-person", name=person.person, amount=held))
    lines.append(texts.html("today-waiting", count=day.waiting, amount=day.waiting_sum))
    lines.append(texts.html("today-unexplained", count=day.unexplained))
    await delivery.say(joined(lines))


async def _month(
    _message: Message, delivery: Delivery, command: CommandObject | None = None
) -> None:
    if not await may(delivery, Verb.SEE_REPORTS):
        return
    asked_for = command.args if command else None
    month = Month.parse(asked_for) if asked_for else Month.of(delivery.today)
    if month is None:
        await delivery.answer("month-unclear", text=(asked_for or "")[:40])
        return
    texts = delivery.texts
    report = await pnl_report(delivery.unit, Basis.CASH, first=month, last=month)
    assert report is not None
    figures = report[0].total.lines()
    head = texts.html("month-head", month=texts.month(month.first_day))
    currency = delivery.company.currency
    rows = [
        texts.html(f"pnl-{name.replace('_', '-')}", amount=Money(minor, currency))
        for name, minor in figures.items()
        if minor or name in {"revenue", "net_profit"}
    ]
    await delivery.say(joined([head, *rows, texts.html("month-basis")]))


async def _unconfirmed(_event: Message | object, delivery: Delivery) -> None:
    if not await may(delivery, Verb.SEE_EXCEPTIONS):
        return
    rows = await unconfirmed(delivery.unit, delivery.company)
    if rows:
        await delivery.say(joined(late_lines(rows, delivery.texts)))
    else:
        await delivery.answer("unconfirmed-none")


async def _unexplained(_message: Message, delivery: Delivery) -> None:
    if not await may(delivery, Verb.SEE_EXCEPTIONS):
        return
    texts = delivery.texts
    rows = await unexplained(delivery.unit, delivery.company)
    if not rows:
        await delivery.answer("unexplained-none")
        return
    key = Key(texts.plain("key-explain"), Press(Act.LINES))
    await delivery.say(joined(waiting_lines(rows, texts)), [[key]])

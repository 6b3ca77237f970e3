"""What people are told without asking.

owner        the day's head of the books, what does not arrive, and in December the next year's
             spreadsheet that is not there yet
accountant   each morning: what was expected and not received, what was received and not explained

The head goes outside of the database every night, so that a rewritten history shows (DESIGN 3).
"""

from dataclasses import dataclass

from handlers.delivery import note_entity
from handlers.drawn import joined
from handlers.exceptions import late_lines, waiting_lines
from handlers.keys import Act, Key, Keyboard, Press, Style, inline_markup
from handlers.texts import Html, Texts, Value
from store.records import Person, Role
from store.unit import UnitOfWork
from usecases.company import Company
from usecases.nightly import publish_head
from usecases.reports import unconfirmed, unexplained
from usecases.telling import TELEGRAM
from usecases.troubles import troubles

__all__ = [
    "SpreadsheetYears",
    "tell_exceptions",
    "tell_head",
    "tell_next_year",
    "tell_troubles",
]

HASH_CHARS = 16
TRIES_BEFORE_ALARM = 4
TOLD = "told-troubles"


@dataclass(frozen=True, slots=True)
class SpreadsheetYears:
    """The years that have a spreadsheet of their own, and whom to share a further one with."""

    years: frozenset[int]
    email: str


async def tell_head(unit: UnitOfWork, texts: Texts) -> None:
    """Publish the chain's head: kept, and sent to the owners; nothing while the books are empty."""
    head = await publish_head(unit)
    if head is not None:
        number, digest = head
        name = f"head-{number}"
        await _tell(unit, texts, name, "day-head", count=number, hash=digest[:HASH_CHARS])


async def tell_troubles(unit: UnitOfWork, texts: Texts) -> None:
    """Tell the owners of deliveries that keep failing or were given up; once for each trouble."""
    failing = await unit.outbox.failing(TRIES_BEFORE_ALARM) | await troubles(unit)
    dead = len(await unit.outbox.dead()) + len(await unit.inbox.dead())
    told: dict[str, str] = await unit.upkeep.setting(TOLD) or {}
    for channel, reason in failing.items():
        if told.get(channel) != reason:
            name = f"trouble-{channel}-{unit.now():%Y%m%d%H%M%S}"
            where = _where(channel, texts)
            await _tell(unit, texts, name, "trouble", where=where, reason=reason)
    if dead and told.get("dead") != str(dead):
        name = f"dead-{dead}-{unit.now():%Y%m%d%H%M%S}"
        await _tell(unit, texts, name, "trouble-dead", count=dead)
    now = failing | ({"dead": str(dead)} if dead else {})
    if now != told:
        await unit.upkeep.set_setting(TOLD, now)


def _where(channel: str, texts: Texts) -> str:
    """What people call a channel; of several spreadsheets the year's or the value's."""
    name, _, label = channel.partition(":")
    return (
        texts.plain(f"channel-{name}-of", label=label) if label else texts.plain(f"channel-{name}")
    )


async def tell_next_year(
    unit: UnitOfWork, texts: Texts, company: Company, ahead: SpreadsheetYears
) -> None:
    """Tell the owners that there is no spreadsheet for the next year, and how to make one."""
    today = company.today(unit.now())
    if today.year + 1 in ahead.years:
        return
    name = f"next-year-{today.isoformat()}"
    await _tell(unit, texts, name, "next-year", year=str(today.year + 1), email=ahead.email)


async def tell_exceptions(unit: UnitOfWork, texts: Texts, company: Company) -> None:
    """Tell the accountants of both lists of exceptions; nothing on a day without any."""
    late = [one for one in await unconfirmed(unit, company) if one.days_late]
    waiting = await unexplained(unit, company)
    if not late and not waiting:
        return
    lines: list[str] = [texts.html("morning-head")]
    lines += late_lines(late, texts) if late else [texts.html("morning-none-late")]
    lines += waiting_lines(waiting, texts) if waiting else [texts.html("unexplained-none")]
    keys = []
    if waiting:
        keys.append(Key(texts.plain("key-explain"), Press(Act.LINES), Style.PRIMARY))
    if late:
        keys.append(Key(texts.plain("key-unconfirmed"), Press(Act.UNCONFIRMED)))
    name = f"exceptions-{company.today(unit.now()).isoformat()}"
    for person in await unit.people.all(Role.ACCOUNTANT):
        await _note(unit, person, name, joined(lines), [keys])


async def _tell(unit: UnitOfWork, texts: Texts, name: str, text: str, **values: Value) -> None:
    html = texts.html(text, **values)
    for owner in await unit.people.all(Role.OWNER):
        await _note(unit, owner, name, html)


async def _note(
    unit: UnitOfWork, person: Person, name: str, html: Html, keyboard: Keyboard = ()
) -> None:
    if person.telegram_id is None or not person.reachable or not person.active:
        return
    chat = person.telegram_id
    payload = {"html": str(html), "inline": inline_markup(keyboard)}
    await unit.outbox.put(TELEGRAM, note_entity(chat, name), lane=str(chat), payload=payload)

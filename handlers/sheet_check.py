"""The spreadsheet's check in words: asked for by the owner, told when something was found."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from aiogram import Router
from aiogram.types import Message

from handlers.common import command, say_not_allowed
from handlers.delivery import Delivery, note_entity
from handlers.texts import Html, Texts
from store.records import Role
from store.unit import UnitOfWork
from usecases.access import NotAllowed
from usecases.sheet_watch import CheckAsked, ask_check
from usecases.telling import TELEGRAM

__all__ = ["CheckWords", "sheet_menu", "tell_check"]

# Below Telegram's 4096 after the marks of HTML are read.
CHARS_MAX = 3500
MESSAGES_MAX = 5


@dataclass(frozen=True, slots=True)
class CheckWords:
    """What a check found in one spreadsheet: sentences for people, plain text.

    `label` tells it from others, `fresh` are the sentences that nobody was told yet. A spreadsheet
    that could not be read has one sentence and no rows.
    """

    label: str
    rows: int
    cells: int
    sentences: tuple[str, ...]
    fresh: Collection[str]


def sheet_menu() -> Router:
    """The command."""
    router = Router(name="sheet-check")
    router.message.register(_check, command("check"))
    return router


async def tell_check(
    unit: UnitOfWork, texts: Texts, words: Iterable[CheckWords], chats: Collection[int]
) -> None:
    """Answer whoever asked with everything, and tell the owners what is new."""
    all_ = list(words)
    stamp = f"{unit.now():%Y%m%d%H%M%S%f}"
    for chat in sorted(chats):
        lines = [line for one in all_ for line in _lines(texts, one, one.sentences)]
        await _send(unit, texts, chat, f"check-{stamp}", lines)
    fresh = [
        line
        for one in all_
        if one.fresh
        for line in _lines(texts, one, [each for each in one.sentences if each in one.fresh])
    ]
    if not fresh:
        return
    for owner in await unit.people.all(Role.OWNER):
        chat_of = owner.telegram_id
        if chat_of is not None and chat_of not in chats and owner.active and owner.reachable:
            await _send(unit, texts, chat_of, f"meddling-{stamp}", fresh)


async def _check(_message: Message, delivery: Delivery) -> None:
    if not delivery.setting.has_sheet:
        await delivery.answer("check-no-sheet")
        return
    outcome = await ask_check(delivery.unit, delivery.actor, delivery.sender.chat)
    match outcome:
        case CheckAsked():
            await delivery.answer("check-asked")
        case NotAllowed():
            await say_not_allowed(delivery, outcome)
        case _:
            assert_never(outcome)


def _lines(texts: Texts, words: CheckWords, sentences: Iterable[str]) -> Iterator[Html]:
    where = texts.plain("channel-sheet")
    if words.label:
        where = texts.plain("channel-sheet-of", label=words.label)
    said = list(sentences)
    if not said:
        yield texts.html("check-agrees", where=where, rows=words.rows, cells=words.cells)
        return
    yield texts.html("check-found", where=where)
    for one in said:
        yield texts.html("check-line", text=one)


async def _send(
    unit: UnitOfWork, texts: Texts, chat: int, name: str, lines: Iterable[Html]
) -> None:
    pages = _pages(list(lines))
    if len(pages) > MESSAGES_MAX:
        left = sum(len(page) for page in pages[MESSAGES_MAX:])
        pages = [*pages[:MESSAGES_MAX], [texts.html("and-more", count=left)]]
    for number, page in enumerate(pages):
        payload = {"html": "\n".join(page), "inline": []}
        entity = note_entity(chat, f"{name}-{number}")
        await unit.outbox.put(TELEGRAM, entity, lane=str(chat), payload=payload)


def _pages(lines: list[Html]) -> list[list[Html]]:
    pages: list[list[Html]] = [[]]
    length = 0
    for line in lines:
        if length + len(line) > CHARS_MAX and pages[-1]:
            pages.append([])
            length = 0
        pages[-1].append(line)
        length += len(line) + 1
    return pages

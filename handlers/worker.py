"""Works the inbox: one update, one transaction, in which its effect and its mark commit together.

    before   documents are downloaded, because no HTTP may happen inside the transaction
    inside   the handlers of aiogram, the use cases they call, the answers as outbox rows, the mark
    after    toasts, as well as it goes

An update that raises is rolled back and tried again, five times in all; then it is dead, the
person is told that nothing was recorded, and the owner that it happened, by incident number.
"""

import json
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import ClientDecodeError, TelegramAPIError

from handlers.delivery import Delivery, Document, Sender, Setting, Toast, TooBig, note_entity
from handlers.fetch import fetch_document
from handlers.intake import ALLOWED_UPDATES, SOURCE
from handlers.storage import current_unit
from store.database import Store
from store.records import InboxRow, Person, Role
from store.unit import UnitOfWork
from usecases.access import Verb, allowed
from usecases.telling import TELEGRAM
from world.points import reached

__all__ = ["UpdateWorker"]

log = structlog.get_logger()
BATCH_ROWS_MAX = 20
TRIES_MAX = 5
WAIT_S = 2
TOAST_TIMEOUT_S = 10


@dataclass(frozen=True, slots=True)
class _Event:
    """The parts of a raw update that do not depend on its kind."""

    raw: Mapping[str, Any]
    user: int
    chat: int
    name: str
    message: int | None
    query: str | None


class UpdateWorker:
    """Takes stored updates to the handlers."""

    def __init__(self, bot: Bot, store: Store, dispatcher: Dispatcher, setting: Setting) -> None:
        """Made by the composition root."""
        self._bot = bot
        self._store = store
        self._dispatcher = dispatcher
        self._setting = setting

    async def run_once(self) -> int:
        """Work the first due update of each chat; how many there were (0: nothing is due)."""
        async with self._store.read() as unit:
            rows = await unit.inbox.next(SOURCE, BATCH_ROWS_MAX)
        for row in rows:
            await self._work(row)
        return len(rows)

    async def _work(self, row: InboxRow) -> None:
        event = _event(row)
        try:
            document = await self._fetched(event)
            reached("update:before-handler")
            toasts = await self._handled(row, event, document)
        except Exception as error:  # noqa: BLE001 - the last resort: no update may stop the others
            await self._failed(row, event, error)
            return
        if event.query is not None:
            await self._answered(event.query, toasts)

    async def _fetched(self, event: _Event) -> Document | TooBig | None:
        if "document" not in event.raw.get("message", {}):
            return None
        async with self._store.read() as unit:
            person = await unit.people.by_telegram(event.user)
        # Only for those who may drop one: a stranger must not fill the memory.
        if person is None or not allowed(person, Verb.IMPORT_STATEMENT):
            return None
        return await fetch_document(self._bot, event.raw)

    async def _handled(
        self, row: InboxRow, event: _Event, document: Document | TooBig | None
    ) -> list[Toast]:
        async with self._store.write("update") as unit:
            if await unit.inbox.is_done(row):
                return []
            delivery = Delivery(
                unit=unit,
                setting=self._setting,
                sender=Sender(
                    update=int(row.id),
                    chat=event.chat,
                    user=event.user,
                    name=event.name,
                    message=event.message,
                    received_at=row.received_at,
                    pressed=event.query is not None,
                ),
                person=await _person(unit, event),
                document=document,
            )
            token = current_unit.set(unit)
            try:
                await self._dispatcher.feed_raw_update(
                    self._bot, dict(event.raw), delivery=delivery
                )
            finally:
                current_unit.reset(token)
            await unit.inbox.done(row)
        return delivery.toasts or [Toast()]

    async def _answered(self, query: str, toasts: list[Toast]) -> None:
        for toast in toasts[:1]:
            reached("press:before-call")
            try:
                await self._bot.answer_callback_query(
                    query, toast.text, show_alert=toast.alert, request_timeout=TOAST_TIMEOUT_S
                )
            except (TelegramAPIError, ClientDecodeError) as error:
                # A press may be answered for seconds only; what it did is on the card anyway.
                log.info("a press was not answered", reason=str(error))
            reached("press:after-call")

    async def _failed(self, row: InboxRow, event: _Event, error: Exception) -> None:
        trace = "".join(traceback.format_exception(error))
        log.error("an update raised", update=row.id, tries=row.tries + 1, trace=trace)
        dead = row.tries + 1 >= TRIES_MAX
        wait = None if dead else timedelta(seconds=WAIT_S ** (row.tries + 1))
        async with self._store.write("update:failed") as unit:
            await unit.inbox.failed(row, f"{type(error).__name__}: {error}", wait)
            if dead:
                await self._report(unit, row, event)

    async def _report(self, unit: UnitOfWork, row: InboxRow, event: _Event) -> None:
        texts = self._setting.texts
        log.error("an update was given up", incident=row.id)
        if event.user:
            await _note(unit, event.user, row, texts.html("incident-person", number=row.id))
        for owner in await unit.people.all(Role.OWNER):
            if owner.telegram_id is not None:
                html = texts.html("incident-owner", number=row.id, name=event.name)
                await _note(unit, owner.telegram_id, row, html)


def _event(row: InboxRow) -> _Event:
    raw = json.loads(row.body)
    name = next((name for name in ALLOWED_UPDATES if isinstance(raw.get(name), dict)), "")
    body = raw.get(name, {})
    user = body.get("from", {})
    message = body.get("message", {}) if name == "callback_query" else body
    chat = message.get("chat", {}).get("id", user.get("id", 0))
    said = f"{user.get('first_name', '')} {user.get('last_name', '')}".strip()
    return _Event(
        raw=raw,
        user=int(user.get("id", 0)),
        chat=int(chat),
        name=said,
        message=message.get("message_id"),
        query=body.get("id") if name == "callback_query" else None,
    )


async def _person(unit: UnitOfWork, event: _Event) -> Person | None:
    person = await unit.people.by_telegram(event.user)
    if person is None or person.reachable or "my_chat_member" in event.raw:
        return person
    # Whoever writes to the bot lets it write back.
    person = replace(person, reachable=True)
    await unit.people.save(person)
    return person


async def _note(unit: UnitOfWork, chat: int, row: InboxRow, html: str) -> None:
    entity = note_entity(chat, f"incident-{row.id}")
    payload = {"html": html, "inline": []}
    await unit.outbox.put(TELEGRAM, entity, lane=str(chat), payload=payload)

"""Somebody stopped the bot: nothing more is written to them, and the owner is told."""

from handlers.delivery import note_entity
from handlers.texts import Texts
from store.records import Role
from store.unit import UnitOfWork
from usecases.people import mark_unreachable
from usecases.telling import TELEGRAM

__all__ = ["lose_contact"]


async def lose_contact(unit: UnitOfWork, texts: Texts, telegram_id: int) -> None:
    """Mark a person unreachable, once, and tell the owners; a stranger is nobody's loss."""
    person = await unit.people.by_telegram(telegram_id)
    if person is None or not person.reachable:
        return
    await mark_unreachable(unit, telegram_id)
    html = texts.html("lost-contact", name=person.name)
    for owner in await unit.people.all(Role.OWNER):
        if owner.telegram_id is not None and owner.reachable:
            chat = owner.telegram_id
            entity = note_entity(chat, f"lost-{person.id}-{unit.now():%Y%m%d%H%M%S}")
            payload = {"html": str(html), "inline": []}
            await unit.outbox.put(TELEGRAM, entity, lane=str(chat), payload=payload)

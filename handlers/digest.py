"""What the owner is told without asking: the day's head of the books, and what does not arrive.

The head goes outside of the database every night, so that a rewritten history shows (DESIGN 3).
"""

from handlers.delivery import note_entity
from handlers.texts import Texts, Value
from store.records import Role
from store.unit import UnitOfWork
from usecases.nightly import publish_head
from usecases.telling import TELEGRAM
from usecases.troubles import troubles

__all__ = ["tell_head", "tell_troubles"]

HASH_CHARS = 16
TRIES_BEFORE_ALARM = 4
TOLD = "told-troubles"


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
            where = texts.plain(f"channel-{channel}")
            await _tell(unit, texts, name, "trouble", where=where, reason=reason)
    if dead and told.get("dead") != str(dead):
        name = f"dead-{dead}-{unit.now():%Y%m%d%H%M%S}"
        await _tell(unit, texts, name, "trouble-dead", count=dead)
    now = failing | ({"dead": str(dead)} if dead else {})
    if now != told:
        await unit.upkeep.set_setting(TOLD, now)


async def _tell(unit: UnitOfWork, texts: Texts, name: str, text: str, **values: Value) -> None:
    html = texts.html(text, **values)
    for owner in await unit.people.all(Role.OWNER):
        if owner.telegram_id is not None and owner.reachable:
            chat = owner.telegram_id
            payload = {"html": str(html), "inline": []}
            entity = note_entity(chat, name)
            await unit.outbox.put(TELEGRAM, entity, lane=str(chat), payload=payload)

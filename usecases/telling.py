"""Telling people: a card about a thing is drawn from the books when it is sent, never stored words.

Whoever changes a thing has its cards redrawn; the Telegram channel edits the known message or
sends a new one, and keeps the accepted text as the fifth book.
"""

from collections.abc import Iterable

from store.records import Person, Role
from store.unit import UnitOfWork

__all__ = ["TELEGRAM", "card_entity", "parse_card_entity", "redraw", "show", "show_role"]

TELEGRAM = "telegram"


def card_entity(thing: str, chat: int) -> str:
    """The outbox entity of a card."""
    return f"card:{chat}:{thing}"


def parse_card_entity(entity: str) -> tuple[int, str] | None:
    """Chat and thing of a card's entity; None for other entities."""
    if not entity.startswith("card:"):
        return None
    chat, _, thing = entity.removeprefix("card:").partition(":")
    return int(chat), thing


async def show(unit: UnitOfWork, thing: str, people: Iterable[Person]) -> None:
    """Show a card about a thing to these people, and keep it up to date from now on."""
    for person in people:
        if person.telegram_id is not None and person.reachable and person.active:
            await unit.cards.follow(thing, person.telegram_id)
            await _queue(unit, thing, person.telegram_id)


async def show_role(unit: UnitOfWork, thing: str, *roles: Role) -> None:
    """Show a card to everybody of these roles."""
    for role in roles:
        await show(unit, thing, await unit.people.all(role))


async def redraw(unit: UnitOfWork, thing: str) -> None:
    """The thing changed: bring every card about it up to date."""
    for card in await unit.cards.of(thing):
        await _queue(unit, thing, card.chat)


async def _queue(unit: UnitOfWork, thing: str, chat: int) -> None:
    await unit.outbox.put(TELEGRAM, card_entity(thing, chat), lane=str(chat))

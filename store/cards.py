"""Cards: the latest message about each thing in each chat, exactly as Telegram accepted it.

They are the fifth book: what people were told is compared with what is true.
"""

from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from store.records import Card
from store.tables import metadata
from world.clock import Clock

__all__ = ["Cards"]

_cards = metadata.tables["cards"]


class Cards:
    """Remembers what was told where."""

    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        """Made by the unit of work."""
        self._connection = connection
        self._clock = clock

    async def get(self, thing: str, chat: int) -> Card | None:
        """The latest message about a thing in a chat."""
        query = select(_cards).where(_cards.c.thing == thing, _cards.c.chat == chat)
        row = (await self._connection.execute(query)).first()
        return _card(row) if row else None

    async def of(self, thing: str) -> list[Card]:
        """The messages about a thing in all chats."""
        query = select(_cards).where(_cards.c.thing == thing).order_by(_cards.c.chat)
        return [_card(row) for row in await self._connection.execute(query)]

    async def all(self) -> list[Card]:
        """Every message that is the latest about its thing, by thing and chat."""
        query = select(_cards).order_by(_cards.c.thing, _cards.c.chat)
        return [_card(row) for row in await self._connection.execute(query)]

    async def tell(self, thing: str, chat: int, message: int | None, text: str) -> None:
        """Telegram accepted this text about the thing; `message` None keeps the known one."""
        values: dict[str, Any] = {"text": text, "told_at": self._clock.now()}
        if message is not None:
            values["message"] = message
        changed = await self._connection.execute(
            update(_cards).where(_cards.c.thing == thing, _cards.c.chat == chat).values(values)
        )
        if not changed.rowcount:
            await self._connection.execute(
                insert(_cards), {"thing": thing, "chat": chat, "message": message} | values
            )

    async def follow(self, thing: str, chat: int) -> None:
        """From now on that chat is told about the thing; nothing was sent yet."""
        if await self.get(thing, chat) is None:
            await self._connection.execute(
                insert(_cards).values(thing=thing, chat=chat, message=None, text="")
            )

    async def detach(self, thing: str, chat: int) -> None:
        """The message cannot be edited any more: the next telling is a new message."""
        await self._connection.execute(
            update(_cards)
            .where(_cards.c.thing == thing, _cards.c.chat == chat)
            .values(message=None)
        )


def _card(row: Row[Any]) -> Card:
    return Card(row.thing, row.chat, row.message, row.text, row.told_at)

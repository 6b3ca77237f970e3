"""What people were told as a book: the latest card about each thing against what is true now."""

from handlers.teller import Teller
from store.database import Store
from usecases.audit import BookCheck, Difference

__all__ = ["ToldBook"]

SHOWN_CHARS = 200


class ToldBook:
    """Compares the cards that Telegram accepted with the books."""

    def __init__(self, teller: Teller) -> None:
        """Made by the composition root."""
        self._teller = teller

    async def check(self, store: Store) -> BookCheck:
        """Draw every card again; a card that would look different now is `told-differs`."""
        differences = []
        compared = 0
        async with store.read() as unit:
            for card in await unit.cards.all():
                if card.message is None:
                    continue
                true = await self._teller.text_of(unit, card.thing, card.chat)
                if true is None:
                    continue
                compared += 1
                if true != card.text:
                    thing = f"{card.thing} chat {card.chat}"
                    sides = true[:SHOWN_CHARS], card.text[:SHOWN_CHARS]
                    differences.append(
                        Difference(("ledger", "told"), thing, "told-differs", *sides)
                    )
        return BookCheck("told", {"cards": str(compared)}, tuple(differences))

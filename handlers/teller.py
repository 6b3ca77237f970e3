"""What people are to be told now: the card of a thing for one chat, drawn from the books."""

from handlers.draw import draw_card
from handlers.drawn import Drawn
from handlers.texts import Texts
from store.unit import UnitOfWork
from usecases.cards import LineCard, facts_of
from usecases.company import Company

__all__ = ["Teller"]


class Teller:
    """Draws cards for the channel that sends them and for the audit that compares them."""

    def __init__(self, company: Company, texts: Texts) -> None:
        """Made by the composition root."""
        self._company = company
        self._texts = texts

    async def draw(self, unit: UnitOfWork, thing: str, chat: int) -> Drawn | None:
        """The card as it must look now; None when that chat is told nothing of the thing.

        Nothing is told to people who left or blocked the bot, and of things that are not there.
        """
        viewer = await unit.people.by_telegram(chat)
        if viewer is None or not viewer.active or not viewer.reachable:
            return None
        facts = await facts_of(unit, self._company, thing, viewer)
        return draw_card(facts, viewer, self._texts) if facts else None

    async def text_of(self, unit: UnitOfWork, thing: str, chat: int) -> str | None:
        """The text that the chat must have been told last, for the audit.

        None where there is nothing to compare: `draw` gives none, or the thing is a statement line
        that nobody explained yet, whose proposal moves with every other payment.
        """
        viewer = await unit.people.by_telegram(chat)
        if viewer is None or not viewer.active or not viewer.reachable:
            return None
        facts = await facts_of(unit, self._company, thing, viewer)
        if facts is None or (isinstance(facts, LineCard) and facts.resolution is None):
            return None
        return draw_card(facts, viewer, self._texts).html

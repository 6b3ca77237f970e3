"""One update on its way: the transaction it is worked in, who sent it, and the answers it makes.

Answers are outbox rows of the same transaction, so that what is said and what is true commit
together; toasts are collected and shown, if it still can be, after the commit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from handlers.keys import Key, Keyboard, Menu, inline_markup, reply_markup
from handlers.texts import Html, Texts, Value
from store.records import Person
from store.unit import UnitOfWork
from usecases.company import Company
from usecases.telling import TELEGRAM, show

__all__ = [
    "Delivery",
    "Document",
    "Sender",
    "Setting",
    "Toast",
    "TooBig",
    "note_entity",
    "page_entity",
]

TOAST_CHARS_MAX = 200


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was dropped, downloaded before the transaction began."""

    id: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class TooBig:
    """A file that Telegram does not give to bots (over 20 MB)."""

    name: str


@dataclass(frozen=True, slots=True)
class Toast:
    """The answer to a press; `alert` waits until it is read."""

    text: str = ""
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What is the same for every update of this bot; `has_sheet`: it keeps a spreadsheet."""

    company: Company
    texts: Texts
    bot_username: str
    has_sheet: bool = False


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent an update, as Telegram authenticated them; `message` is what they wrote or pressed."""

    update: int
    chat: int
    user: int
    name: str
    message: int | None
    received_at: datetime
    pressed: bool = False


@dataclass(slots=True)
class Delivery:
    """What a handler works with."""

    unit: UnitOfWork
    setting: Setting
    sender: Sender
    person: Person | None
    document: Document | TooBig | None = None
    toasts: list[Toast] = field(default_factory=list)
    _notes: int = 0

    @property
    def texts(self) -> Texts:
        """The texts of the company's language."""
        return self.setting.texts

    @property
    def company(self) -> Company:
        """The company's rules."""
        return self.setting.company

    @property
    def actor(self) -> Person:
        """The person who works here; strangers never get past `handlers/start.py`."""
        assert self.person is not None
        return self.person

    @property
    def today(self) -> date:
        """The business's day on which the update arrived, not the one on which it is worked."""
        return self.company.today(self.sender.received_at)

    def start_link(self, payload: str) -> str:
        """A link that opens this bot with a payload."""
        return f"https://t.me/{self.setting.bot_username}?start={payload}"

    async def say(self, html: Html, keyboard: Keyboard = (), menu: Menu | None = None) -> None:
        """Answer in the chat."""
        self._notes += 1
        name = f"{self.sender.update}-{self._notes}"
        markup = {"reply": reply_markup(menu)} if menu else {"inline": inline_markup(keyboard)}
        payload = {"html": str(html)} | markup
        entity = note_entity(self.sender.chat, name)
        lane = str(self.sender.chat)
        await self.unit.outbox.put(TELEGRAM, entity, lane=lane, payload=payload, merge=False)

    async def answer(self, name: str, /, **values: Value) -> None:
        """Answer with a text."""
        await self.say(self.texts.html(name, **values))

    async def tell(self, name: str, /, **values: Value) -> None:
        """Answer a press with an alert, anything else with a message."""
        if self.sender.pressed:
            self.alert(name, **values)
        else:
            await self.answer(name, **values)

    async def turn(self, html: Html, keyboard: Keyboard = ()) -> None:
        """Turn the pressed message into another page."""
        if self.sender.message is None:
            await self.say(html, keyboard)
        else:
            await self._page(self.sender.message, html, keyboard, anew=True)

    async def page(self, thing: str, html: Html, keyboard: Keyboard) -> None:
        """Turn the pressed message into a page, unless it is the card of the thing.

        A card stays what it is: its page comes as a message of its own.
        """
        if await self.pressed_card(thing):
            await self.say(html, keyboard)
        else:
            await self.turn(html, keyboard)

    async def pressed_card(self, thing: str) -> bool:
        """Whether the pressed message is the card of a thing, or may be.

        A card that was sent a moment ago is in people's hands before its message is known here.
        """
        card = await self.unit.cards.get(thing, self.sender.chat)
        return card is not None and card.message in {None, self.sender.message}

    def toast(self, name: str, /, **values: Value) -> None:
        """Answer the press with words that pass by."""
        self.toasts.append(Toast(self.texts.plain(name, **values)[:TOAST_CHARS_MAX]))

    def alert(self, name: str, /, **values: Value) -> None:
        """Answer the press with words that wait until they are read."""
        text = self.texts.plain(name, **values)
        self.toasts.append(Toast(text[:TOAST_CHARS_MAX], alert=True))

    async def show_below(self, thing: str) -> None:
        """Show a card as the newest message of the chat; an older one of it says so."""
        card = await self.unit.cards.get(thing, self.sender.chat)
        if card is not None and card.message is not None:
            await self._page(card.message, self.texts.html("card-moved"), (), anew=False)
            await self.unit.cards.detach(thing, self.sender.chat)
        await show(self.unit, thing, [self.actor])

    async def _page(
        self, message: int, html: Html, keyboard: Sequence[Sequence[Key]], *, anew: bool
    ) -> None:
        """`anew`: it is an answer, so it must arrive even where the message cannot be turned."""
        entity = page_entity(self.sender.chat, message)
        payload = {"html": str(html), "inline": inline_markup(keyboard), "anew": anew}
        lane = str(self.sender.chat)
        await self.unit.outbox.put(TELEGRAM, entity, lane=lane, payload=payload, merge=False)


def note_entity(chat: int, name: str) -> str:
    """The outbox entity of a message that is sent once and never changed."""
    return f"note:{chat}:{name}"


def page_entity(chat: int, message: int) -> str:
    """The outbox entity of a menu that becomes another page."""
    return f"page:{chat}:{message}"

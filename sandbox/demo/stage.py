"""Where the demo is played: phones, the CRM, the bank, one clock, and a product that nobody looks into.

Everything the scenario learns, it learns as people do: from messages, deals, cells. `check` keeps
what was found; the command prints the names of what failed.
"""

from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from itertools import takewhile
from typing import Protocol

from sandbox.demo.calendar import date_of
from sandbox.demo.company import STAFF, Staff
from sandbox.servers import Sandbox
from sandbox.telegram.people import Button, Phone, SeenMessage
from world.clock import VirtualClock
from world.identity import Chance

__all__ = ["Check", "Product", "Stage", "StageError", "button", "decimal", "plain", "roubles"]

PAUSE = timedelta(seconds=7)


class StageError(AssertionError):
    """Somebody could not do what the scenario wanted; the text says what they saw instead."""

    def __init__(self, who: str, wanted: str, seen: str) -> None:
        self.who = who
        super().__init__(f"{who}: {wanted}; on the screen: {seen}")


class Product(Protocol):
    """The program under the demo."""

    async def settle(self) -> None:
        """Work until everything that people wait for is done (the spreadsheet may lag)."""
        ...

    async def settle_all(self) -> None:
        """Work until everything is delivered, the spreadsheet included."""
        ...

    async def new_day(self) -> None:
        """Do what is done by period: nights, hours."""
        ...

    @property
    def owner_code(self) -> str:
        """What the console printed at the first start."""
        ...


@dataclass(frozen=True, slots=True)
class Check:
    """Something that had to be so at a moment of the scenario."""

    name: str
    ok: bool
    detail: str = ""


@dataclass(slots=True)
class Stage:
    """One run of the scenario; `leads` and `clients` are by contract's number.

    `tapped` keeps the cashier's message and the button's data of each manager's handover, by day.
    """

    sandbox: Sandbox
    clock: VirtualClock
    product: Product
    chance: Chance
    day: int = 1
    checks: list[Check] = field(default_factory=list)
    leads: dict[int, int] = field(default_factory=dict)
    clients: dict[int, str] = field(default_factory=dict)
    tapped: dict[tuple[str, int], tuple[int, str]] = field(default_factory=dict)

    @property
    def phones(self) -> dict[str, Phone]:
        """The phones by their owners' names."""
        return {one.name: self.phone(one.name) for one in STAFF}

    def phone(self, who: str) -> Phone:
        """Somebody's phone."""
        one: Staff = next(one for one in STAFF if one.name == who)
        return self.sandbox.telegram.phone(one.user_id, one.name)

    def check(self, name: str, ok: bool, detail: str = "") -> None:
        """Keep what was found."""
        self.checks.append(Check(f"{date_of(self.day):%d.%m} {name}", ok, "" if ok else detail))

    async def settle(self) -> None:
        """Let the product answer; people take a moment, too."""
        await self.product.settle()
        self.clock.advance(PAUSE)

    async def say(self, who: str, text: str) -> list[SeenMessage]:
        """Type a text; the messages that came back."""
        return await self._answered(who, self.phone(who).say(text))

    async def drop(self, who: str, name: str, data: bytes) -> list[SeenMessage]:
        """Drop a file into the chat; the messages that came back."""
        return await self._answered(who, self.phone(who).drop_file(name, data))

    async def open_link(self, who: str, link: str) -> list[SeenMessage]:
        """Follow a link to the bot; the messages that came back."""
        return await self._answered(who, self.phone(who).open_link(link))

    async def press(self, who: str, label: str, message: SeenMessage) -> list[SeenMessage]:
        """Tap the button of a message whose label begins so; the messages that came back."""
        found = button(message, label)
        if found is None:
            labels = [one.label for row in message.buttons for one in row]
            raise StageError(who, f"wants to tap «{label}»", f"{message.text!r} {labels}")
        phone = self.phone(who)
        return await self._answered(who, phone.press(found.label, message_id=message.message_id))

    def seen(self, who: str, *fragments: str) -> SeenMessage:
        """The latest message of the bot with these words in it."""
        for message in self.phone(who).newest_first():
            if message.from_bot and all(one in plain(message.text) for one in fragments):
                return message
        raise StageError(who, f"looks for {fragments}", self.phone(who).last.text)

    def fresh(self, who: str, message: SeenMessage) -> SeenMessage:
        """The same message as it stands now."""
        return self.phone(who).message(message.message_id)

    def toast(self, who: str) -> str:
        """What the latest tap was answered."""
        toasts = self.phone(who).toasts
        return plain(toasts[-1].text) if toasts else ""

    async def _answered(self, who: str, act: Awaitable[object]) -> list[SeenMessage]:
        phone = self.phone(who)
        newest = next(phone.newest_first(), None)
        before = newest.message_id if newest else 0
        await act
        await self.settle()
        answers = list(takewhile(lambda one: one.message_id > before, phone.newest_first()))
        return [one for one in reversed(answers) if one.from_bot]


def button(message: SeenMessage, label: str) -> Button | None:
    """The first button whose label begins so."""
    found = (one for row in message.buttons for one in row if plain(one.label).startswith(label))
    return next(found, None)


def plain(text: str) -> str:
    """A text with ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def roubles(minor: int) -> str:
    """A sum as the bot writes it: `64 500,50 ₽`, with ordinary spaces."""
    whole, part = divmod(minor, 100)
    return f"{whole:,}".replace(",", " ") + (f",{part:02d}" if part else "") + " ₽"


def decimal(minor: int) -> Decimal:
    """A sum as it is typed into the CRM."""
    return Decimal(minor) / 100

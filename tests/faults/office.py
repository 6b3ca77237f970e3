"""The whole house in this process, its stand-ins on the loopback, one clock that a script moves."""

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from app.config import Config
from app.house import House, World, build_house
from app.serve import prepare
from crm_sync.protocol import CrmError
from sandbox.amocrm import company as at
from sandbox.faults import Faults
from sandbox.servers import Sandbox
from sandbox.telegram.people import Phone, SeenMessage
from store.migrate import MAIN_DESK
from store.records import Person, Role
from tests.crash.tally import Tally
from tests.crash.town import PEOPLE, START, Town, configuration, data_of, plain, says
from world.clock import VirtualClock
from world.identity import SeededIds, seeded_chance

__all__ = ["Office", "open_office", "raw_words"]

ROLES = {
    "owner": (Role.OWNER, None),
    "anna": (Role.MANAGER, f"amocrm:{at.ANNA_ID}"),
    "olga": (Role.CASHIER, None),
    "vera": (Role.ACCOUNTANT, None),
}
SWEEP_EVERY = timedelta(seconds=6)
WAIT = timedelta(seconds=1)
SWEEPS_MAX = 200
# Words that only a program says: none of them may reach a person.
RAW = re.compile(
    r"Traceback|Error|Exception|aiogram|aiohttp|sqlalchemy|http|HTTP|nginx|Bad Gateway|timeout"
    r"|Telegram server says|None\b|\{|\}"
)
LINK = re.compile(r"https://t\.me/\S+")


@dataclass(slots=True)
class Office:
    """The house and the town around it."""

    house: House
    town: Town

    @property
    def tally(self) -> Tally:
        """What people did."""
        return self.town.tally

    @property
    def faults(self) -> Faults:
        """What goes wrong."""
        return self.town.sandbox.faults

    def phone(self, name: str) -> Phone:
        """Somebody's phone."""
        return self.town.phones[name]

    async def settle(self) -> None:
        """Everything that is due is done, whatever went wrong on the way.

        Telegram is asked only while something waits there: it holds hasty questions for seconds.
        """
        assert self.house.telegram is not None
        await self.house.telegram.poller.run_once()
        while self.phone("owner")._state.updates.waiting():
            await self.house.telegram.poller.run_once()
        while (pause := await self._pause()) is not None:
            self.town.clock.advance(pause)
            while await self.house.work():
                pass

    async def _pause(self) -> timedelta | None:
        """How long until something is due; None: nothing is left."""
        async with self.house.store.read() as unit:
            due = await unit.outbox.next_due()
            waiting = await unit.inbox.open_count()
        if due is None and not waiting:
            return None
        pause = due - self.town.clock.now() if due else WAIT
        return max(pause, timedelta())

    async def sweep(self) -> None:
        """The CRM is asked what changed, as often as the ticker would until it answers."""
        assert self.house.crm is not None
        for _ in range(SWEEPS_MAX):
            self.town.clock.advance(SWEEP_EVERY)
            with suppress(CrmError):
                await self.house.crm.intake.sweep()
                return
        raise AssertionError(f"the CRM did not answer {SWEEPS_MAX} times")

    def seen(self, name: str, *words: str, button: str = "") -> SeenMessage:
        """The latest message with these words, and a button if one is named."""
        for one in reversed(self.phone(name).messages):
            if says(one, words) and (not button or data_of(one, button)):
                return one
        texts = [plain(one.text) for one in self.phone(name).messages[-3:]]
        raise AssertionError(f"{name} does not see {words} {button}; the last: {texts}")

    async def press(self, name: str, *words: str, button: str) -> None:
        """Press a button and let the house work."""
        message = self.seen(name, *words, button=button)
        await self.town.press(self.phone(name), message, button)
        await self.settle()

    async def say(self, name: str, text: str) -> int:
        """Say something and let the house work."""
        message = await self.phone(name).say(text)
        await self.settle()
        return message


def raw_words(office: Office) -> list[str]:
    """Messages and toasts that let a program's words through."""
    phones = office.town.phones.values()
    said = [plain(one.text) for phone in phones for one in phone.messages if one.from_bot]
    shown = [toast.text for phone in phones for toast in phone.toasts]
    return [one for one in [*said, *shown] if RAW.search(LINK.sub("", one))]


@asynccontextmanager
async def open_office(home: Path, template: Path) -> AsyncIterator[Office]:
    """An office in which everybody has joined; `template` are migrated books."""
    clock = VirtualClock(START)
    sandbox = Sandbox(clock, Faults(chance=seeded_chance(1)))
    phones = {name: sandbox.telegram.phone(*PEOPLE[name]) for name in ROLES}
    (home / "var").mkdir(parents=True)
    shutil.copyfile(template, home / "var" / "kopeyka.db")
    async with sandbox.running() as urls:
        town = Town(sandbox, clock, seeded_chance(1), phones, patience_s=1)
        shape = configuration(town, dict(urls), home, sheet=True)
        shape["telegram"]["poll_timeout_s"] = 0
        # Half of all calls may fail: dead letters are another test's business.
        shape["outbox"]["attempts_max"] = 1000
        config = Config.model_validate(shape)
        house = build_house(config, World(home, clock, SeededIds(7), seeded_chance(7)))
        office = Office(house, town)
        await _join(office)
        await prepare(house)
        await office.settle()
        yield office
        await house.close()


async def _join(office: Office) -> None:
    async with office.house.store.write("test") as unit:
        for name, (role, user) in ROLES.items():
            number, called = PEOPLE[name]
            await unit.people.add(Person(f"p{number}", called, role, number, user, MAIN_DESK))
    for phone in office.town.phones.values():
        await phone.open_bot()

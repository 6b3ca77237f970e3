"""An office for the tests of the bot: people with phones, the real bot, Telegram on the loopback."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from banking.matching.records import STRICT
from handlers.build import Telegram, TelegramSettings, build_telegram
from handlers.poller import Polled
from sandbox.chat_script import play
from sandbox.faults import Faults, parse_rules
from sandbox.servers import run_standins
from sandbox.telegram.people import Phone
from sandbox.telegram.standin import TelegramStandin
from store.database import Store
from store.records import Role
from usecases.company import Company
from usecases.dispatch import Dispatcher, Limits
from usecases.people import invite, owner_code
from world.clock import VirtualClock
from world.identity import seeded_chance

__all__ = ["BOT", "Office", "open_office"]

BOT = "kopeyka_bot"
# So that there is something left for a person to explain.
CAUTIOUS = Company(automatic=STRICT)
TOKEN = "42:TEST"
IDS = {"owner": 11, "anna": 12, "boris": 13, "olga": 14, "vera": 15, "stranger": 99}
NAMES = {
    "owner": "Игорь",
    "anna": "Анна",
    "boris": "Борис",
    "olga": "Ольга",
    "vera": "Вера",
    "stranger": "Чужой",
}
ROLES = {
    "anna": Role.MANAGER,
    "boris": Role.MANAGER,
    "olga": Role.CASHIER,
    "vera": Role.ACCOUNTANT,
}


_TAP = re.compile(r"^\s*[a-z]+: .*$", re.MULTILINE)
_SUM_SPACE = re.compile(r"(?<=\d) (?=\d{3}\b|₽)")


@dataclass(slots=True)
class Office:
    """The bot, its Telegram and its books."""

    standin: TelegramStandin
    telegram: Telegram
    store: Store
    clock: VirtualClock
    faults: Faults
    outbox: Dispatcher
    company: Company
    phones: dict[str, Phone]

    async def settle(self) -> None:
        """Everything that is due is done: updates taken in and worked, the outbox delivered."""
        while True:
            busy = False
            # An idle poll would be held back for seconds, as by the real server.
            if self.standin.waiting_updates:
                polled = await self.telegram.poller.run_once()
                busy = isinstance(polled, Polled) and polled.updates > 0
            while await self.telegram.worker.run_once():
                busy = True
            while await self.outbox.run_once():
                busy = True
            if not busy:
                return

    async def play(self, script: str | None) -> None:
        """Play a transcript."""
        assert script is not None
        # Sums on buttons have no-break spaces; a transcript is typed with plain ones.
        typed = _TAP.sub(lambda tap: _SUM_SPACE.sub("\N{NO-BREAK SPACE}", tap[0]), script)
        await play(typed, self.phones, self.settle)

    def break_down(self, spec: str) -> None:
        """Put faults in force."""
        self.faults.replace(parse_rules(spec))

    async def open_for(self, *names: str) -> None:
        """The owner starts by the console's code and invites these people."""
        async with self.store.write("test") as unit:
            code = await owner_code(unit)
        if code is not None:
            await self.phones["owner"].open_bot(code)
            await self.settle()
        for name in names:
            async with self.store.write("test") as unit:
                owner = await unit.people.by_telegram(IDS["owner"])
                assert owner is not None
                user = f"amocrm:{7000 + IDS[name]}" if ROLES[name] is Role.MANAGER else None
                invited = await invite(unit, self.company, owner, ROLES[name], user)
            await self.phones[name].open_bot(f"i_{invited.token}")
            await self.settle()


@asynccontextmanager
async def open_office(
    store: Store, clock: VirtualClock, company: Company = CAUTIOUS, *, has_sheet: bool = False
) -> AsyncIterator[Office]:
    """An office with nobody in it; at the end Telegram has nothing to complain about."""
    faults = Faults()
    standin = TelegramStandin(clock, faults, token=TOKEN, bot_username=BOT)
    async with run_standins({"telegram": standin.app}) as urls:
        settings = TelegramSettings(
            TOKEN, BOT, urls["telegram"], timeout_s=5, poll_s=0, has_sheet=has_sheet
        )
        telegram = build_telegram(settings, store, clock, company)
        outbox = Dispatcher(store, telegram.channel, clock, seeded_chance(1), Limits())
        phones = {name: standin.phone(IDS[name], NAMES[name]) for name in IDS}
        yield Office(standin, telegram, store, clock, faults, outbox, company, phones)
        await telegram.bot.session.close()
    assert standin.violations == []

"""The composition root: from a configuration, a clock, ids and chance to a house that runs.

The demo and the tests hand the same function the stand-ins' addresses and a virtual clock. Nothing
here decides anything; parts that the configuration leaves out are simply absent.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from app.config import Config
from app.crm import CrmFace, build_crm
from app.feeds import FeedFace, build_feeds
from app.loops import Bell
from app.own_rules import own_rules
from app.sheet import SheetFace, build_sheet
from handlers.build import Telegram, TelegramSettings, build_telegram
from handlers.told import ToldBook
from store.database import Store
from store.duty import Duty
from usecases.audit import AuditReport, OutsideBook, audit
from usecases.company import Company
from usecases.dispatch import Channel, Dispatcher, Limits
from world.clock import Clock
from world.identity import Chance, Ids

__all__ = ["House", "World", "build_house"]

REST_S = 1.0
ROUNDS_MAX = 10_000


@dataclass(frozen=True, slots=True)
class World:
    """What is given from outside: where the house stands, time, identity and chance."""

    home: Path
    clock: Clock
    ids: Ids
    chance: Chance


@dataclass(slots=True)
class House:
    """The product, put together. `settle` works everything that is due; `loops` do so for ever."""

    config: Config
    company: Company
    world: World
    store: Store
    duty: Duty
    bell: Bell = field(default_factory=Bell)
    telegram: Telegram | None = None
    sheet: SheetFace | None = None
    crm: CrmFace | None = None
    feeds: list[FeedFace] = field(default_factory=list)
    dispatchers: list[Dispatcher] = field(default_factory=list)

    @property
    def books(self) -> list[OutsideBook]:
        """The books outside of the store, for the audit."""
        found: list[OutsideBook | None] = [
            self.sheet.book if self.sheet else None,
            self.crm.book if self.crm else None,
            ToldBook(self.telegram.teller) if self.telegram else None,
        ]
        return [one for one in found if one is not None]

    async def audit(self) -> AuditReport:
        """Compare all books."""
        return await audit(self.store, self.books)

    async def work(self) -> int:
        """One round of everything that is due, except for asking Telegram; how much was done."""
        done = await self.telegram.worker.run_once() if self.telegram else 0
        done += await self.crm.intake.work_webhooks() if self.crm else 0
        for dispatcher in self.dispatchers:
            done += await dispatcher.run_once()
        done += await self.sheet.follow() if self.sheet else 0
        return done

    async def settle(self) -> None:
        """Take what waits at Telegram and work until nothing is left, waiting through the clock."""
        for _ in range(ROUNDS_MAX):
            if self.telegram:
                await self.telegram.poller.run_once()
            if await self.work():
                continue
            async with self.store.read() as unit:
                due = await unit.outbox.next_due()
                waiting = await unit.inbox.open_count()
            if due is None and not waiting:
                return
            pause = (due - self.world.clock.now()) if due else timedelta(seconds=REST_S)
            await self.world.clock.sleep(max(pause.total_seconds(), 0.05))
        raise AssertionError("the house does not come to rest")

    async def close(self) -> None:
        """Close every connection."""
        if self.telegram:
            await self.telegram.bot.session.close()
        if self.crm:
            await self.crm.client.close()
        for one in self.feeds:
            await one.feed.close()
        if self.sheet:
            await asyncio.to_thread(self.sheet.close)
        await self.duty.give_up()
        await self.store.close()


def build_house(config: Config, world: World) -> House:
    """Put the product together; opens no connection yet."""
    store = Store(config.database_url(world.home), world.clock, world.ids)
    company = own_rules(config, world.home)
    house = House(config, company, world, store, Duty(store))
    if config.telegram:
        settings = TelegramSettings(
            token=config.telegram.token.get_secret_value(),
            bot_username=config.telegram.bot_username,
            api_base=config.telegram.api_base or None,
            poll_s=config.telegram.poll_timeout_s,
            has_sheet=config.sheet is not None,
        )
        house.telegram = build_telegram(settings, store, world.clock, company)
    if config.amocrm:
        house.crm = build_crm(config.amocrm, store, world.clock, company)
    house.feeds = build_feeds(config, store, world.clock, company)
    if config.sheet:
        house.sheet = build_sheet(config.sheet, store, world.clock, company)
    channels: list[Channel | None] = [
        house.telegram.channel if house.telegram else None,
        house.crm.channel if house.crm else None,
        house.sheet.years if house.sheet else None,
    ]
    limits = Limits(
        attempts_max=config.outbox.attempts_max,
        wait_s_min=config.outbox.wait_s_min,
        wait_s_max=config.outbox.wait_s_max,
        lease=timedelta(seconds=config.outbox.lease_s),
    )
    house.dispatchers = [
        Dispatcher(store, channel, world.clock, world.chance, limits)
        for channel in channels
        if channel is not None
    ]
    return house

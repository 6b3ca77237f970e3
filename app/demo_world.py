"""The demo's world: the sandbox, one virtual clock, and the real product against it.

    async with demo_world(DemoOptions(home, seed=1)) as world:
        await play(world.stage, scenario(), 90, progress)

Everything goes over real HTTP on the loopback: aiogram, gspread, the CRM's client, webhooks.
"""

import json
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web

from app.config import Config
from app.house import House, World, build_house
from app.rounds import SHEET_CHECK, ticks_of
from app.serve import prepare
from cabinet.webhooks import HookSettings, build_webhooks
from handlers.intake import arrival_of
from sandbox.amocrm.hooks import HOOK_SETTINGS
from sandbox.demo.calendar import at
from sandbox.demo.company import COMPANY, STAFF, amocrm_settings
from sandbox.demo.stage import Stage
from sandbox.faults import Faults
from sandbox.servers import SERVICE_ACCOUNT_FILE, Sandbox
from world.clock import VirtualClock
from world.identity import SeededIds, seeded_chance

__all__ = ["DemoOptions", "DemoWorld", "demo_config", "demo_world", "listening"]

HOOK_SECRET = "demo-webhook-secret"  # noqa: S105 - of a stand-in on the loopback
HOOKS_HEARD = ("add_lead", "update_lead", "status_lead", "delete_lead", "restore_lead")
ROUNDS_MAX = 1000
PAUSE_S_MIN = 0.05
LATER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """`home` is an empty directory for the books; the seed makes ids, names and minutes."""

    home: Path
    seed: int = 1


@dataclass(slots=True)
class DemoWorld:
    """A running sandbox with the product on it; it is what the scenario calls `Product`."""

    sandbox: Sandbox
    clock: VirtualClock
    house: House
    owner_code: str
    stage: Stage = field(init=False)

    async def settle(self) -> None:
        """Work until chats and the CRM are answered; the spreadsheet may lag."""
        await self._settle(with_sheet=False)

    async def settle_all(self) -> None:
        """Work until everything has arrived, the spreadsheet's heartbeat included, and is checked."""
        if self.house.sheet is not None:
            await self.house.sheet.beat_when_due()
        await self._settle(with_sheet=True)
        for tick in ticks_of(self.house):
            if tick.name == SHEET_CHECK:
                await tick.step()
        await self._settle(with_sheet=True)

    async def new_day(self) -> None:
        """Do what is looked at from time to time: jobs by period, a sweep of the CRM.

        The spreadsheet is read back when it is up to date (`settle_all`): every night it would cost
        more than all the rest of the story, and nobody has touched it.
        """
        for tick in ticks_of(self.house):
            if tick.name != SHEET_CHECK:
                await tick.step()
        await self.settle()

    async def _settle(self, *, with_sheet: bool) -> None:
        """Work what is due until nothing is; a look costs less than asking everybody in turn."""
        for _ in range(ROUNDS_MAX):
            await self.sandbox.amocrm.hooks.settle()
            if self.sandbox.telegram.waiting_updates:
                assert self.house.telegram is not None
                await self.house.telegram.poller.run_once()
            came, due = await self._look(with_sheet=with_sheet)
            if came and await self._worked():
                continue
            now = self.clock.now()
            ready = [
                one for one in self.house.dispatchers if due.get(one.channel.name, LATER) <= now
            ]
            for dispatcher in ready:
                await dispatcher.run_once()
            if ready:
                continue
            if not came and not due:
                return
            waits = min((at - now for at in due.values()), default=timedelta(seconds=1))
            await self.clock.sleep(max(waits.total_seconds(), PAUSE_S_MIN))
        raise AssertionError("the demo does not come to rest")

    async def _look(self, *, with_sheet: bool) -> tuple[int, dict[str, datetime]]:
        """How many arrivals wait, and when each channel that holds something may go on."""
        async with self.house.store.read() as unit:
            came, due = await unit.inbox.open_count(), await unit.outbox.dues()
        if self.house.sheet and not with_sheet:
            due.pop(self.house.sheet.channel.name, None)
        return came, due

    async def _worked(self) -> int:
        """Work what came from chats and the CRM; how much of it was due."""
        house = self.house
        assert house.telegram is not None
        assert house.crm is not None
        return await house.telegram.worker.run_once() + await house.crm.intake.work_webhooks()


@asynccontextmanager
async def demo_world(options: DemoOptions) -> AsyncIterator[DemoWorld]:
    """Start the sandbox and the product on an empty home; stop both when the block ends."""
    clock = VirtualClock(at(1, 8))
    sandbox = Sandbox(clock, Faults(), seed=options.seed)
    async with sandbox.running() as urls:
        port = _free_port()
        config = demo_config(sandbox, urls, options.home, port)
        chance = seeded_chance(options.seed)
        given = World(options.home, clock, SeededIds(options.seed), chance)
        house = build_house(config, given)
        world = DemoWorld(sandbox, clock, house, owner_code="")
        try:
            world.owner_code = (await prepare(house)).owner_code or ""
            assert world.owner_code
            world.stage = Stage(sandbox, clock, world, seeded_chance(options.seed))
            for one in STAFF:
                sandbox.telegram.phone(one.user_id, one.name)
            destination = f"http://127.0.0.1:{port}/hooks/crm/{HOOK_SECRET}"
            heard = [one for one in HOOKS_HEARD if one in HOOK_SETTINGS]
            sandbox.amocrm.hooks.subscribe(destination, heard)
            yield world
        finally:
            # The house may have been restarted meanwhile.
            await world.house.close()


@asynccontextmanager
async def listening(world: DemoWorld) -> AsyncIterator[None]:
    """Hear the CRM's webhooks while the block runs, as a served house does by itself."""
    hooks = HookSettings(crm_secret=HOOK_SECRET)
    app = build_webhooks(world.house.store, hooks, arrival_of, world.house.bell.ring)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", world.house.config.web.port).start()
    try:
        yield
    finally:
        await runner.cleanup()


def demo_config(
    sandbox: Sandbox, urls: Mapping[str, str], home: Path, webhook_port: int
) -> Config:
    """The configuration that points the product at the stand-ins; writes the account's file."""
    found = sandbox.connections(urls)
    account = home / SERVICE_ACCOUNT_FILE
    home.mkdir(parents=True, exist_ok=True)
    account.write_text(json.dumps(sandbox.service_account), encoding="utf-8")
    account.chmod(0o600)
    given: dict[str, Any] = {
        "company": COMPANY,
        "telegram": {
            "token": found["telegram"]["token"],
            "bot_username": found["telegram"]["bot_username"],
            "api_base": found["telegram"]["base_url"],
            "poll_timeout_s": 0,
        },
        "sheet": {
            "spreadsheet_id": found["google_sheets"]["spreadsheet_id"],
            "service_account_file": account,
            "api_base": found["google_sheets"]["base_url"],
        },
        "amocrm": {
            "base_url": found["amocrm"]["base_url"],
            "token": found["amocrm"]["token"],
            "webhook_secret": HOOK_SECRET,
            **amocrm_settings(),
        },
        # The accountant of the story decides herself what is only likely: that is what it shows.
        "statements": {"automatic": "contract"},
        "web": {"host": "127.0.0.1", "port": webhook_port},
    }
    return Config.model_validate(given)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

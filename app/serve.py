"""Runs a house until it is told to stop: poller or webhook, loops, ticks; stops within seconds."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog
from aiohttp import web
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from app.house import House
from app.loops import run_loops
from cabinet.webhooks import HookSettings, build_webhooks
from handlers.intake import arrival_of
from handlers.poller import PollerStopped
from store.migrate import migrate
from usecases.people import owner_code
from world.clock import SystemClock

__all__ = ["Started", "prepare", "serve", "stop_on_signals"]

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Started:
    """What the console should say: the code that makes the owner, None when there is one."""

    owner_code: str | None


async def prepare(house: House) -> Started:
    """Bring the books to the newest schema and the spreadsheet to the newest template."""
    await migrate(house.store)
    async with house.store.write("start") as unit:
        code = await owner_code(unit)
        if house.store.is_sqlite:
            # The embedded database has one instance: whoever claimed rows is gone.
            await unit.outbox.take_back()
    if house.sheet:
        await house.sheet.install()
    return Started(code)


async def serve(house: House, stop: asyncio.Event) -> PollerStopped | None:
    """Work until `stop`; gives the reason when Telegram says that polling makes no sense."""
    stopped: list[PollerStopped] = []

    async def poll() -> None:
        assert house.telegram
        outcome = await house.telegram.poller.run(stop, house.bell.ring)
        if outcome is not None:
            stopped.append(outcome)
            stop.set()

    async with _ticking(house), _listening(house):
        polling = None
        if house.telegram and house.config.telegram and house.config.telegram.mode == "polling":
            polling = asyncio.create_task(poll(), name="poller")
        await run_loops(house.loops(), house.bell, stop)
        if polling is not None:
            # A held poll has stored everything it acknowledged: it may be cut off.
            polling.cancel()
            await asyncio.gather(polling, return_exceptions=True)
    return stopped[0] if stopped else None


def stop_on_signals(stop: asyncio.Event) -> None:
    """SIGTERM and Ctrl-C end the house in good order."""
    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, stop.set)


@asynccontextmanager
async def _ticking(house: House) -> AsyncIterator[None]:
    scheduler = AsyncIOScheduler(timezone="UTC")
    for tick in house.ticks():
        # Once now, and then by interval.
        scheduler.add_job(tick.step, name=f"{tick.name} at start", misfire_grace_time=None)
        scheduler.add_job(
            tick.step,
            "interval",
            seconds=tick.rest_s,
            name=tick.name,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
            # What fell due while the process was down is looked at now, not after the first rest.
            next_run_time=SystemClock().now(),
        )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


@asynccontextmanager
async def _listening(house: House) -> AsyncIterator[None]:
    telegram, crm = house.config.telegram, house.config.amocrm
    secret = telegram.webhook_secret if telegram and telegram.mode == "webhook" else None
    hooks = HookSettings(
        telegram_secret=secret.get_secret_value() if secret else None,
        crm_secret=crm.webhook_secret.get_secret_value() if crm and crm.webhook_secret else None,
    )
    if hooks.telegram_secret is None and hooks.crm_secret is None:
        yield
        return
    app = build_webhooks(house.store, hooks, arrival_of, house.bell.ring)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, house.config.web.host, house.config.web.port)
    await site.start()
    try:
        yield
    finally:
        await runner.cleanup()

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
from app.loops import Step, run_loops
from app.rounds import loops_of, ticks_of
from cabinet.webhooks import HookSettings, build_webhooks
from handlers.intake import arrival_of
from handlers.poller import PollerStopped
from store.migrate import migrate
from usecases.people import owner_code
from world.clock import SystemClock

__all__ = ["Started", "prepare", "serve", "stop_on_signals"]

log = structlog.get_logger()
FINISH_S_MAX = 8


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
        outcome = await house.telegram.poller.run(stop, house.bell.ring, house.duty.held)
        if outcome is not None:
            stopped.append(outcome)
            stop.set()

    async with _ticking(house), _listening(house), asyncio.TaskGroup() as tasks:
        tasks.create_task(run_loops(loops_of(house), house.bell, stop))
        if house.telegram and house.config.telegram and house.config.telegram.mode == "polling":
            tasks.create_task(poll(), name="poller")
    return stopped[0] if stopped else None


def stop_on_signals(stop: asyncio.Event) -> None:
    """SIGTERM and Ctrl-C end the house in good order."""
    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, stop.set)


@asynccontextmanager
async def _ticking(house: House) -> AsyncIterator[None]:
    scheduler = AsyncIOScheduler(timezone="UTC")
    turns: set[asyncio.Task[int]] = set()
    for tick in ticks_of(house):
        scheduler.add_job(
            _turn,
            "interval",
            args=(_on_duty(house, tick.step), turns),
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
        scheduler.pause()
        if turns:
            await asyncio.wait(turns, timeout=FINISH_S_MAX)
        scheduler.shutdown(wait=False)


def _on_duty(house: House, step: Step) -> Step:
    async def turn() -> int:
        return await step() if await house.duty.held() else 0

    return turn


async def _turn(step: Step, turns: set[asyncio.Task[int]]) -> None:
    # A query that is cancelled under way leaves a connection that nobody can close any more, and
    # the scheduler's only way to stop is to cancel: so it cancels this wait and not the step.
    task = asyncio.ensure_future(step())
    turns.add(task)
    task.add_done_callback(turns.discard)
    await asyncio.shield(task)


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

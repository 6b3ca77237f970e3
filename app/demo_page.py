"""`bot.py demo`: the demo company with its history, alive, behind a page in the browser.

The history is played on the standing clock; then the product is restarted, as it would be in
production, on a clock that runs, and works by itself while the page looks at the stand-ins.
"""

import asyncio
import socket
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from pathlib import Path

from aiohttp import web

from app.demo_world import DemoOptions, DemoWorld, demo_world, listening
from app.house import House, build_house
from app.output import say
from app.progress import days_bar
from app.refusals import Refused, Status
from app.serve import serve, stop_on_signals
from confirmations.payments import Method
from sandbox.bank.company import MAIN_ACCOUNT, SECOND_ACCOUNT
from sandbox.demo.calendar import MOSCOW, date_of
from sandbox.demo.company import STAFF
from sandbox.demo.deals import load_deals
from sandbox.demo.play import play
from sandbox.demo.scenario import scenario
from sandbox.demo.tomorrow import Expected, Tomorrow, next_working_day
from sandbox.page.app import build_page
from sandbox.page.waiting import build_waiting
from sandbox.page.world import DemoPerson, StatementFileOffer
from sandbox.servers import Sandbox
from world.clock import Clock
from world.identity import SeededIds

__all__ = ["LiveWorld", "alive", "expected_of", "serving", "show_demo"]

HOST = "127.0.0.1"
POLL_S = 20
# The restarted product makes ids of its own.
IDS_AFTER_RESTART = 7919
MORNING = time(9)
# How long a browser's open connections are waited for.
CLOSING_S = 1.0
_METHODS = {
    Method.BANK_TRANSFER: "bank",
    Method.TERMINAL: "term",
    Method.CREDIT_AGREEMENT: "cred",
}


@dataclass(slots=True)
class LiveWorld:
    """What the page needs of the world (`sandbox.page.world.DemoWorld`)."""

    played: DemoWorld
    house: House
    tomorrow: Tomorrow
    _going_on: bool = field(default=False)

    @property
    def sandbox(self) -> Sandbox:
        """The stand-ins."""
        return self.played.sandbox

    @property
    def clock(self) -> Clock:
        """The clock of everybody."""
        return self.played.clock

    @property
    def people(self) -> Sequence[DemoPerson]:
        """The phones in their order."""
        return [DemoPerson(one.user_id, one.name, one.role_title) for one in STAFF]

    @property
    def spreadsheet_id(self) -> str:
        """The spreadsheet."""
        return self.sandbox.spreadsheet_id

    async def next_day(self) -> list[StatementFileOffer]:
        """Clients pay what they owe through the bank; the next working morning comes."""
        self._going_on = True
        try:
            self.tomorrow.pay(await expected_of(self.house))
            today = self.sandbox.bank.today
            following = next_working_day(today)
            self.played.clock.advance_to(datetime.combine(following, MORNING, MOSCOW))
            data = self.sandbox.bank.statement_of([MAIN_ACCOUNT, SECOND_ACCOUNT], today, today)
            return [StatementFileOffer(f"kl_to_1c_{today:%d%m}.txt", data)]
        finally:
            self._going_on = False

    def busy(self) -> str | None:
        """What is going on just now."""
        return "Наступает следующий день" if self._going_on else None


async def show_demo(port: int, days: int, seed: int) -> int:
    """Play the days, then serve the page until Ctrl-C."""
    _must_be_free(port)
    stop = asyncio.Event()
    with tempfile.TemporaryDirectory(prefix="kopeyka-demo-") as home:
        async with demo_world(DemoOptions(Path(home), seed)) as world:
            await _history(world, days, port)
            stop_on_signals(stop)
            async with alive(world, days, seed, stop) as live, serving(build_page(live), port):
                say(f"Демо: http://{HOST}:{port} — откройте в браузере. Закончить: Ctrl-C")
                await stop.wait()
    return int(Status.DONE)


@asynccontextmanager
async def alive(
    world: DemoWorld, days: int, seed: int, stop: asyncio.Event
) -> AsyncIterator[LiveWorld]:
    """Let the clock run and the product work by itself while the block runs."""
    await world.house.close()
    telegram = world.house.config.telegram
    assert telegram is not None
    held = telegram.model_copy(update={"poll_timeout_s": POLL_S})
    config = world.house.config.model_copy(update={"telegram": held})
    given = replace(world.house.world, ids=SeededIds(seed + IDS_AFTER_RESTART))
    world.house = build_house(config, given)
    world.clock.flow()
    live = LiveWorld(world, world.house, Tomorrow(world.sandbox, _in_the_bank(days)))
    at_work = asyncio.create_task(serve(world.house, stop))
    try:
        yield live
    finally:
        stop.set()
        await at_work


@asynccontextmanager
async def serving(page: web.Application, port: int) -> AsyncIterator[None]:
    """Answer browsers on this machine's own address while the block runs."""
    runner = web.AppRunner(page, access_log=None, shutdown_timeout=CLOSING_S)
    await runner.setup()
    await web.TCPSite(runner, HOST, port, reuse_address=True).start()
    try:
        yield
    finally:
        await runner.cleanup()


async def expected_of(house: House) -> list[Expected]:
    """The payments that are to come through a bank."""
    found = []
    async with house.store.read() as unit:
        for payment in await unit.pending.open_payments():
            deal = await unit.deals.get(payment.slot.deal)
            claim = payment.claim
            if deal is None or claim.method not in _METHODS:
                continue
            found.append(
                Expected(
                    id=f"{deal.contract_no} {claim.amount.minor}",
                    method=_METHODS[claim.method],
                    minor=claim.amount.minor,
                    on=claim.expected_on,
                    client=deal.client,
                    contract=deal.contract_no,
                    salon=dict(deal.dimensions).get("salon", ""),
                )
            )
    return found


def _in_the_bank(days: int) -> set[str]:
    """What the history has paid already, though nobody may have confirmed it yet."""
    return {
        f"{deal.contract} {pay.minor}"
        for deal in load_deals()
        for pay in deal.payments
        if pay.paid is not None and (pay.shown or pay.paid) <= days
    }


async def _history(world: DemoWorld, days: int, port: int) -> None:
    say(f"Играем историю с {date_of(1):%d.%m.%Y} по {date_of(days):%d.%m.%Y}.")
    over = 0

    def one_more(day: int) -> None:
        nonlocal over
        over = day
        progress(day)

    async with listening(world), serving(build_waiting(lambda: (over, days)), port):
        say(f"Видно, как она играется: http://{HOST}:{port}")
        with days_bar(days) as progress:
            await play(world.stage, scenario(), days, one_more)


def _must_be_free(port: int) -> None:
    """Before minutes of play, not after them."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Refused(f"Порт {port} занят. Возьмите другой: --port {port + 1}") from error

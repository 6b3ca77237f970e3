"""A campaign of kills: lives are borne, killed at random moments or at named points, and counted."""

import asyncio
import json
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sandbox.amocrm import company as at
from sandbox.faults import parse_rules
from tests.crash.banking import bank_on_and_on
from tests.crash.keeper import KILLED, Keeper, keeper
from tests.crash.life import Order
from tests.crash.marks import Marks
from tests.crash.points_of_source import promised_points
from tests.crash.selling import Manager, sell_on_and_on
from tests.crash.spending import open_town, spend_on_and_on
from tests.crash.town import Town, configuration, subscribe, town

__all__ = ["Campaign", "campaign_of"]

BEFORE_ANY = "(before the first point)"
# While lives are killed every second, a person may have to wait for long.
PATIENCE_S = 900
# A machine needs some time to start again; the world's clock says so, and quotas recover.
RESTART = timedelta(seconds=2)
DAY = timedelta(hours=25)
# What every life begins with, in its order.
START = tuple(
    f"{what}:{end}"
    for what in ("migrate", "seed", "start")
    for end in ("before-commit", "after-commit")
)
# Points that only trouble leads to.
TROUBLE = {
    "update:failed": "telegram/getFile:server_error",
    "crm:webhook-failed": "amocrm/GET leads/{id}:server_error",
}
WRONG_TOKEN = "trouble"


@dataclass(slots=True)
class Campaign:
    """Kills and what they were counted at."""

    town: Town
    keeper: Keeper
    config: dict[str, Any]
    home: Path
    marks: Marks
    rest_s: float
    kills: Counter[str] = field(default_factory=Counter)
    lives: int = 0
    broken: str = ""
    people: list[asyncio.Task[None]] = field(default_factory=list)

    async def opening(self) -> None:
        """Kill at every point of a quiet life before anybody is there: start, jobs, template.

        A job is due once in its period: before each of these lives a day passes.
        """
        for point in START:
            assert await self.kill_at(point, within_s=15), f"never reached: {point}"
        await self.live_for(5)
        for point in [one for one in self.marks.counts if not self.kills[one]]:
            for _ in range(2):
                self.town.clock.advance(DAY)
                if self.kills[point] or await self.kill_at(point, within_s=5):
                    break

    async def people_come(self) -> None:
        """From now on the scripted people act."""
        code = await self.first_code()
        self.people = [asyncio.create_task(self._act(code))]

    async def first_code(self) -> str:
        """A first life prints the code that makes its bearer the owner."""
        await self.live_for(1.0)
        return self._owner_code()

    async def while_alive(self, script: Awaitable[None]) -> None:
        """A life that lasts as long as a script, and is stopped in good order."""
        await self._bear(None, 1)
        await script
        assert await self.keeper.stop() == 0, self.keeper.story()

    async def kill_at_random(self, longest_s: float) -> None:
        """One life, killed from outside after some time, counted at the last point it reached."""
        await self._bear(None, 1)
        # Short lives are as likely as long ones are common: the start must be hit as well.
        span = longest_s * self.town.chance.random() ** 1.5
        status = await self.keeper.ended(span)
        assert status is None, f"a life ended by itself: {status}\n{self.keeper.story()}"
        await self._killed(await self.keeper.kill())

    async def kill_at(self, point: str, within_s: float, nth: int = 1) -> bool:
        """One life that kills itself at a point; False when it was not reached in that time.

        A life that does not get there is killed all the same, and counted where it stood.
        """
        with self._trouble(point) as config:
            await self._bear(point, nth, config)
            status = await self.keeper.ended(within_s)
            there = status is not None
            await self._killed(status if status is not None else await self.keeper.kill())
        return there

    async def live_for(self, seconds: float) -> None:
        """A life that is stopped in good order."""
        await self._bear(None, 1)
        await self.keeper.ended(seconds)
        assert await self.keeper.stop() == 0, self.keeper.story()

    async def close(self, within_s: float) -> None:
        """A last life in which people finish what they are at; then SIGTERM."""
        self.town.closing = True
        await self._bear(None, 1)
        try:
            await asyncio.wait_for(asyncio.gather(*self.people), within_s)
        except (TimeoutError, AssertionError) as trouble:
            parts = [repr(trouble), self.table(), self._left_over(), self.keeper.story()]
            raise AssertionError("\n".join(parts)) from trouble
        assert await self.keeper.stop() == 0, self.keeper.story()

    def check_people(self) -> None:
        """Somebody who waited in vain says so at once."""
        for one in self.people:
            if one.done():
                one.result()

    def missing(self) -> list[str]:
        """Points that were reached and at which nobody was killed, promised ones never reached."""
        reached = self.marks.counts
        never = [
            name
            for name, pattern in promised_points().items()
            if not any(pattern.fullmatch(one) for one in reached)
        ]
        return [*(one for one in reached if not self.kills[one]), *never]

    def table(self) -> str:
        """Points and kills, as many as lives."""
        rows = [f"{point:<44}{count:>6}" for point, count in sorted(self.kills.items())]
        total = f"{'all':<44}{sum(self.kills.values()):>6}"
        return "\n".join(["kills by the last point reached", *rows, total])

    async def _act(self, code: str) -> None:
        town = self.town
        await open_town(town, code)
        async with asyncio.TaskGroup() as tasks:
            for script in (
                spend_on_and_on(town, "owner", self.rest_s),
                sell_on_and_on(town, Manager("anna", at.ANNA_ID), self.rest_s),
                sell_on_and_on(town, Manager("boris", at.BORIS_ID), self.rest_s),
                bank_on_and_on(town, self.rest_s),
            ):
                tasks.create_task(script)

    async def _bear(
        self, kill_at: str | None, nth: int, config: dict[str, Any] | None = None
    ) -> None:
        self.check_people()
        self.lives += 1
        self.town.clock.advance(RESTART)
        self.marks.forget_last()
        subscribe(self.town, self.config["web"]["port"])
        now = self.town.clock.now().isoformat()
        marks = str(self.home / "marks")
        order = Order(
            config or self.config,
            str(self.home),
            now,
            self.lives,
            marks,
            kill_at,
            nth,
            self.broken,
        )
        await self.keeper.bear(order)

    async def _killed(self, status: int) -> None:
        assert status == KILLED, f"a life ended by itself: {status}\n{self.keeper.story()}"
        self.kills[self.marks.last or BEFORE_ANY] += 1

    @contextmanager
    def _trouble(self, point: str) -> Iterator[dict[str, Any]]:
        """What goes wrong in a life that shall get to a point; gives its configuration."""
        what = point.rpartition(":")[0]
        self.town.sandbox.faults.replace(parse_rules(TROUBLE.get(what, "")))
        wrong = {"amocrm": self.config["amocrm"] | {"token": "withdrawn"}}
        yield self.config | (wrong if what == WRONG_TOKEN else {})
        self.town.sandbox.faults.replace(())

    def _left_over(self) -> str:
        """What everybody saw last and what the books still wait for."""
        seen = [
            f"{name} {message.message_id}: {message.text[:150]!r}"
            for name, phone in self.town.phones.items()
            for message in phone.messages[-3:]
        ]
        with closing(sqlite3.connect(self.home / "var" / "kopeyka.db")) as books:
            inbox = books.execute("SELECT * FROM inbox WHERE done_at IS NULL").fetchall()
            outbox = books.execute("SELECT * FROM outbox WHERE done_at IS NULL").fetchall()
        return "\n".join([*seen, *map(str, inbox), *map(str, outbox)])

    def _owner_code(self) -> str:
        """What the console would show."""
        with closing(sqlite3.connect(self.home / "var" / "kopeyka.db")) as books:
            found = books.execute("SELECT value FROM settings WHERE name = 'owner-code'")
            return str(json.loads(found.fetchone()[0]))


@asynccontextmanager
async def campaign_of(
    home: Path, seed: int, *, sheet: bool, rest_s: float = 0.1
) -> AsyncIterator[Campaign]:
    """A town and a zygote; nobody acts yet and nothing lives."""
    async with town(seed, PATIENCE_S) as (place, urls), keeper(home / "lives.log") as keep:
        config = configuration(place, urls, home, sheet=sheet)
        marks = Marks(home / "marks")
        yield Campaign(place, keep, config, home, marks, rest_s)
        marks.close()

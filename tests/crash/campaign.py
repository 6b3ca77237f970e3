"""A campaign of kills: lives are borne, killed at random moments or at named points, and counted."""

import asyncio
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sandbox.amocrm import company as at
from sandbox.faults import parse_rules
from tests.crash.banking import bank_on_and_on
from tests.crash.keeper import KILLED, Keeper
from tests.crash.life import Order
from tests.crash.marks import Marks
from tests.crash.points_of_source import promised_points
from tests.crash.selling import Manager, sell_on_and_on
from tests.crash.spending import open_town, spend_on_and_on
from tests.crash.town import Town, subscribe

__all__ = ["Campaign"]

BEFORE_ANY = "(before the first point)"
LOOK_S = 0.02
# A machine needs some time to start again; the world's clock says so, and quotas recover.
RESTART = timedelta(seconds=2)
# Points of a life's first second come in this order; each kill leaves the next one to be reached.
OPENING = (
    *(
        f"{what}:{end}"
        for what in ("migrate", "seed", "start")
        for end in ("before-commit", "after-commit")
    ),
    *(
        f"{what}:{end}"
        for job in ("expire-handovers", "publish-head", "forget-old")
        for what in (job.removesuffix("-handovers"), f"job:{job}")
        for end in ("before-commit", "after-commit")
    ),
)
# Points that only trouble leads to.
TROUBLE = {
    "update:failed": "telegram/getFile:server_error",
    "crm:webhook-failed": "amocrm/GET leads/{id}:server_error",
}


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
    people: list[asyncio.Task[None]] = field(default_factory=list)

    async def opening(self) -> None:
        """Kill at every point of a start and of the jobs, before anybody is there."""
        for point in OPENING:
            assert await self.kill_at(point, within_s=15), f"never reached: {point}"

    async def people_come(self) -> None:
        """From now on the scripted people act."""
        await self.live_for(1.0)
        code = self._owner_code()
        self.people = [asyncio.create_task(self._act(code))]

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
        with self._trouble(point):
            await self._bear(point, nth)
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
            raise AssertionError(f"{trouble}\n{self.table()}\n{self.keeper.story()}") from trouble
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

    async def _bear(self, kill_at: str | None, nth: int) -> None:
        self.check_people()
        self.lives += 1
        self.town.clock.advance(RESTART)
        self.marks.forget_last()
        subscribe(self.town, self.config["web"]["port"])
        now = self.town.clock.now().isoformat()
        marks = str(self.home / "marks")
        order = Order(self.config, str(self.home), now, self.lives, marks, kill_at, nth)
        await self.keeper.bear(order)

    async def _killed(self, status: int) -> None:
        assert status == KILLED, f"a life ended by itself: {status}\n{self.keeper.story()}"
        self.kills[self.marks.last or BEFORE_ANY] += 1

    @contextmanager
    def _trouble(self, point: str) -> Iterator[None]:
        spec = TROUBLE.get(point.rpartition(":")[0], "")
        self.town.sandbox.faults.replace(parse_rules(spec))
        yield
        self.town.sandbox.faults.replace(())

    def _owner_code(self) -> str:
        """What the console would show."""
        with closing(sqlite3.connect(self.home / "var" / "kopeyka.db")) as books:
            found = books.execute("SELECT value FROM settings WHERE name = 'owner-code'")
            return str(json.loads(found.fetchone()[0]))

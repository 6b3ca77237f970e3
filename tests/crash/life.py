"""One life of the product: the real house over real HTTP, until it is stopped or killed.

Everything heavy is imported by this module's head, so that a zygote pays for it once.
"""

import asyncio
import os
import signal
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.config import Config
from app.house import World, build_house
from app.logs import configure_logs
from app.serve import prepare, serve, stop_on_signals
from tests.crash.broken import Broken, break_house
from tests.crash.marks import Marks
from world.clock import VirtualClock
from world.identity import SystemIds, seeded_chance
from world.points import listen

__all__ = ["Order", "live"]


@dataclass(frozen=True, slots=True)
class Order:
    """What a life is told: where it stands, what time it is, and where it kills itself.

    `at` is the instant of the world's clock; from there it runs at the machine's pace. `broken`
    names a broken copy of the delivery, for the test of the test.
    """

    config: dict[str, Any]
    home: str
    at: str
    seed: int
    marks: str
    kill_at: str | None = None
    nth: int = 1
    broken: str = ""


def live(order: Order) -> None:
    """Serve until SIGTERM, or die at the ordered point."""
    configure_logs()
    listen(_Killer(Marks(Path(order.marks)), order))
    clock = VirtualClock(datetime.fromisoformat(order.at))
    clock.flow()
    asyncio.run(_serve(order, clock))


async def _serve(order: Order, clock: VirtualClock) -> None:
    stop = asyncio.Event()
    stop_on_signals(stop)
    world = World(Path(order.home), clock, SystemIds(), seeded_chance(order.seed))
    house = build_house(Config.model_validate(order.config), world)
    if order.broken:
        break_house(house, Broken(order.broken))
    await prepare(house)
    stopped = await serve(house, stop)
    assert stopped is None, stopped
    await house.close()


class _Killer:
    def __init__(self, marks: Marks, order: Order) -> None:
        self._marks = marks
        self._order = order
        self._reached: Counter[str] = Counter()

    def __call__(self, name: str) -> None:
        self._marks.reach(name)
        self._reached[name] += 1
        if name == self._order.kill_at and self._reached[name] == self._order.nth:
            os.kill(os.getpid(), signal.SIGKILL)

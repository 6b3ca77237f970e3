"""An event of the demo: when, what people do, and what it must do to profit."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import IntEnum

from sandbox.demo.effects import Effect
from sandbox.demo.stage import Stage

__all__ = ["Act", "Event", "Phase"]

Act = Callable[[Stage], Awaitable[None]]


class Phase(IntEnum):
    """The parts of a day, in order; inside a part the seed shuffles. Each begins at its hour."""

    DOORS = 8
    SALES = 9
    BANK = 11
    CASH = 12
    STATEMENT = 14
    EXPLAIN = 15
    DESK = 16
    DONE = 17
    EVENING = 18


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the scenario."""

    day: int
    phase: Phase
    name: str
    act: Act
    effects: tuple[Effect, ...] = ()

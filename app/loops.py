"""Steps that are done again and again: one loop each, woken when there is work, ended by a stop.

A step returns how much it did; a loop goes on at once while there is work and rests otherwise. An
error the step did not expect is logged with its incident and the loop goes on after a pause: one
broken channel must not stop the others.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

__all__ = ["Bell", "Loop", "Step", "run_loops"]

log = structlog.get_logger()
PAUSE_AFTER_ERROR_S = 5

Step = Callable[[], Awaitable[int]]


class Bell:
    """Wakes every loop that rests."""

    def __init__(self) -> None:
        """Nobody rests yet."""
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Something was stored: let everybody look."""
        event, self._event = self._event, asyncio.Event()
        event.set()

    async def heard(self, within_s: float) -> None:
        """Rest until the bell rings, or so long."""
        try:
            await asyncio.wait_for(self._event.wait(), within_s)
        except TimeoutError:
            return


@dataclass(frozen=True, slots=True)
class Loop:
    """A step, its name for the log, and how long it rests when there was nothing to do."""

    name: str
    step: Step
    rest_s: float


async def run_loops(loops: list[Loop], bell: Bell, stop: asyncio.Event) -> None:
    """Run all loops until `stop`; each finishes the step it is in."""
    async with asyncio.TaskGroup() as tasks:
        for loop in loops:
            tasks.create_task(_run(loop, bell, stop), name=loop.name)
        await stop.wait()
        bell.ring()


async def _run(loop: Loop, bell: Bell, stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            done = await loop.step()
        except Exception:
            # The last resort of a loop: whatever went wrong, the others go on.
            log.exception("a step failed", loop=loop.name)
            await _rest(stop, PAUSE_AFTER_ERROR_S)
            continue
        if done:
            # Whatever was done may be work for the next loop.
            bell.ring()
        elif not stop.is_set():
            await bell.heard(loop.rest_s)


async def _rest(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return

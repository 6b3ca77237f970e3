"""From the commit of an operation to its row in the spreadsheet: one a second, and a burst.

The bot's outbox, dispatcher, channel and quota against the stand-in with Google's quota, on one virtual
clock that commits the operations which fall due whenever somebody waits. A call takes as long as
Google's was measured to (facts: sheets 1.1: 250–450 ms); the machine's own time is not in it.
Against the same bot without its outbox: an `append_row` for each operation, one after another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ledger.operations import Operation
from sandbox.google_sheets.served import served
from sheets.problems import Problem
from sheets.transport import Reply, SheetsTransport
from sheets.writer import SheetChannel
from store.database import Store
from tests.bench import ledgers
from tests.bench.figures import Figure
from usecases.dispatch import Dispatcher, Limits
from usecases.posting import post_many
from world.clock import VirtualClock
from world.identity import seeded_chance

PER_MINUTE = 60
CALL_S = 0.35
REST_S = 1.0
STEADY = 300
BURST = 1000
NOW = datetime(2026, 1, 2, tzinfo=UTC)
OTHER = "append_row each, reckoned"


@dataclass(frozen=True)
class Lags:
    """Seconds from commit to cell: half of the operations, 95 of 100, all."""

    half: float
    most: float
    longest: float


class Day(VirtualClock):
    """A clock on which operations are committed at their instants, whoever waits meanwhile."""

    def __init__(self, due: Sequence[tuple[datetime, list[Operation]]]) -> None:
        """`due` in the order of time; `committed` says when each operation was, by its number."""
        super().__init__(NOW)
        self.store: Store | None = None
        self.committed: list[datetime] = []
        self._due = list(due)

    @property
    def is_over(self) -> bool:
        """Whether everything was committed."""
        return not self._due

    async def sleep(self, seconds: float) -> None:
        """Move on, committing what falls due on the way."""
        end = self.now() + timedelta(seconds=seconds)
        while self._due and self._due[0][0] <= end:
            await self._commit()
        self.advance_to(end)

    async def rest(self, seconds: float) -> None:
        """Wait so long, or until something is committed: then the bell rings."""
        end = self.now() + timedelta(seconds=seconds)
        if self._due and self._due[0][0] <= end:
            await self._commit()
        else:
            self.advance_to(end)

    async def _commit(self) -> None:
        at, operations = self._due.pop(0)
        self.advance_to(at)
        assert self.store is not None
        async with self.store.write("bench") as unit:
            await post_many(unit, operations)
        self.committed += [self.now()] * len(operations)


class SlowTransport(SheetsTransport):
    """Calls take as long as Google's."""

    def __init__(self, account: dict, book: str, clock: Day, base: str) -> None:
        super().__init__(account, book, clock, base_url=base)
        self._day = clock

    async def batch_update(self, requests_: list[dict[str, Any]]) -> Reply | Problem:
        """As it is, and then the time that it would have taken."""
        reply = await super().batch_update(requests_)
        await self._day.sleep(CALL_S)
        return reply


async def measure(folder: Path, scale: float) -> list[Figure]:
    """Five minutes of one operation a second; a burst alone, and one after a minute's writes."""
    steady, burst = max(int(STEADY * scale), 90), max(int(BURST * scale), 20)
    start = NOW + timedelta(minutes=5)
    one_by_one = [start + timedelta(seconds=at) for at in range(steady)]
    before = [start - timedelta(seconds=50 - at) for at in range(50)]
    return [
        *_figures(
            f"one a second, {steady} s", await _lags(folder / "a.db", one_by_one), one_by_one
        ),
        *_figures(
            f"burst of {burst}", await _lags(folder / "b.db", [start] * burst), [start] * burst
        ),
        *_figures(
            f"burst of {burst} after 50 writes",
            await _lags(folder / "c.db", before + [start] * burst),
            before + [start] * burst,
        ),
    ]


def _figures(said: str, ours: Lags, instants: Sequence[datetime]) -> list[Figure]:
    other = _one_by_one(instants)
    return [
        Figure(f"lag, {said}: half below", "s", ours.half, other.half, OTHER),
        Figure(f"lag, {said}: 95 % below", "s", ours.most, other.most, OTHER),
        Figure(f"lag, {said}: longest", "s", ours.longest, other.longest, OTHER),
    ]


async def _lags(file: Path, instants: Sequence[datetime]) -> Lags:
    given = ledgers.operations(len(instants))
    by_instant: dict[datetime, list[Operation]] = {}
    for at, operation in zip(instants, given, strict=True):
        by_instant.setdefault(at, []).append(operation)
    clock = Day(sorted(by_instant.items()))
    store = await ledgers.books(file, clock, 0)
    clock.store = store
    standin = ledgers.standin(clock, PER_MINUTE)
    with served(standin.app) as base:
        desk = ledgers.desk(standin, base, "lag")
        transport = SlowTransport(desk.account, desk.book, clock, base)
        channel = SheetChannel(store, transport, ledgers.SETTINGS)
        dispatcher = Dispatcher(store, channel, clock, seeded_chance(1), Limits())
        await channel.install()
        lags: list[float] = []
        while len(lags) < len(instants):
            if not await dispatcher.run_once():
                await clock.rest(REST_S)
            there = clock.now()
            lags += [
                (there - one).total_seconds() for one in clock.committed[len(lags) : channel.upto]
            ]
        transport.close()
    await store.close()
    return _of(lags)


def _one_by_one(instants: Sequence[datetime]) -> Lags:
    """A call for each operation, the next one behind it; 60 a minute, refused ones not counted."""
    lags: list[float] = []
    done: list[datetime] = []
    for at in sorted(instants):
        begun = max(at, done[-1]) if done else at
        if len(done) >= PER_MINUTE:
            begun = max(begun, done[-PER_MINUTE] + timedelta(minutes=1))
        done.append(begun + timedelta(seconds=CALL_S))
        lags.append((done[-1] - at).total_seconds())
    return _of(lags)


def _of(lags: Sequence[float]) -> Lags:
    ranked = sorted(lags)
    return Lags(ranked[len(ranked) // 2], ranked[len(ranked) * 95 // 100], ranked[-1])

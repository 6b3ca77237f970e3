"""A spreadsheet that no queue drives: brought up to date from the cursor that it bears itself.

    the books' head is 730, its marker says 720   →   the rows of 721 … 730 that it holds, one request
    nothing new is its own, no carried balance, list or report changed   →   nothing is written

Years that are over, the year to come and people's own spreadsheets follow in this way. The cursor
is written with the rows in one request: whoever dies begins where it stands, and a write whose answer
was lost is made again at the same places.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sheets.facts import BookFacts
from sheets.problems import Busy, Problem
from sheets.writer import BATCH_ROWS_MAX, Installed, SheetChannel, Work
from store.scopes import held_after, held_before
from world.clock import Clock

__all__ = ["KEPT_FREE", "Follower", "awaited", "catch_up"]

# Calls of every minute that stay free for the spreadsheet of the present year.
KEPT_FREE = 20
# Сверка turns red after thirty minutes of silence; three beats fit into that.
BEAT_EVERY = timedelta(minutes=9)
_WAIT_MIN, _WAIT_MAX = timedelta(seconds=10), timedelta(minutes=5)


@dataclass(slots=True)
class Follower:
    """One spreadsheet that follows, and how it goes with it.

    `problem` is what kept it back last, `failures` how often in a row.
    """

    channel: SheetChannel
    clock: Clock
    problem: Problem | None = None
    failures: int = 0
    _seen: int = field(default=-1)
    _beaten_at: datetime | None = field(default=None)
    _after: datetime | None = field(default=None)

    async def step(self) -> int:
        """Write one batch if something is missing or a heartbeat is due; how many writes were made."""
        now = self.clock.now()
        if self._after is not None and now < self._after:
            return 0
        beat = self._beaten_at is None or now >= self._beaten_at + BEAT_EVERY
        head = await _head(self.channel)
        if not beat and head == self._seen:
            return 0
        outcome = await catch_up(self.channel, beat=beat)
        if not isinstance(outcome, int):
            self._failed(outcome, now)
            return 0
        self.problem, self.failures, self._after = None, 0, None
        if beat:
            self._beaten_at = now
        if self.channel.upto >= head:
            self._seen = head
        return outcome

    def _failed(self, problem: Problem, now: datetime) -> None:
        self.problem = problem
        self.failures += 1
        wait = min(_WAIT_MIN * 2 ** min(self.failures - 1, 10), _WAIT_MAX)
        if isinstance(problem, Busy):
            wait = timedelta(seconds=problem.after_s)
        self._after = now + wait


async def catch_up(channel: SheetChannel, *, beat: bool = False) -> int | Problem:
    """Write the next rows behind the cursor and what differs; how many requests were needed.

    `beat` writes even when nothing differs, so that Сверка shows a living bot.
    """
    async with channel.turn:
        wrote = 0
        if not channel.is_known:
            facts = (await channel.read([], 0)).facts
            waits = channel.surprises.before_write(facts.read_at)
            if waits is not None:
                return waits
            installed = await channel.install_from(facts)
            if not isinstance(installed, Installed):
                return channel.surprises.noted(installed, facts.read_at)
            wrote = 1
        numbers, upto = await _missing(channel)
        if not (numbers or wrote or beat or _may_differ(channel)):
            channel.pass_over(upto)
            return 0
        work = await _read(channel, numbers, upto)
        if not (numbers or wrote or beat or channel.differs(work.facts)):
            channel.pass_over(upto)
            return 0
        problem = await channel.write(work, numbers, "catch-up", upto)
        return problem or wrote + 1


async def awaited(channel: SheetChannel, facts: BookFacts, upto: int) -> BookFacts:
    """The books as a spreadsheet with this cursor shows them: for one that follows, what it lacks."""
    if not channel.follows:
        return facts
    async with channel.store.read() as unit:
        before = await held_before(unit, channel.settings.scope, upto + 1, channel.counted)
    return replace(facts, waiting=max(facts.rows - before.operations, 0))


async def _head(channel: SheetChannel) -> int:
    async with channel.store.read() as unit:
        head = await unit.journal.head()
        return head[0] if head else 0


async def _missing(channel: SheetChannel) -> tuple[Sequence[int], int]:
    """The next operations that have no row yet, and the cursor behind them."""
    async with channel.store.read() as unit:
        head = await unit.journal.head()
        scope = channel.settings.scope
        numbers = await held_after(unit, scope, channel.upto, BATCH_ROWS_MAX)
        if len(numbers) == BATCH_ROWS_MAX:
            return numbers, numbers[-1]
        return numbers, max(head[0] if head else 0, channel.upto)


def _may_differ(channel: SheetChannel) -> bool:
    """Whether an operation that has no row there can change something: carried balances only."""
    scope = channel.settings.scope
    return scope.first_year is not None and scope.only is None


async def _read(channel: SheetChannel, numbers: Sequence[int], upto: int) -> Work:
    work = await channel.read(numbers, 0)
    return replace(work, facts=await awaited(channel, work.facts, upto))

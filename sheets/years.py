"""One spreadsheet a year behind one channel of the outbox: the clock says which one is written now.

    31.12.2026 23:59   →   the spreadsheet of 2026        01.01.2027 00:00   →   that of 2027

Nothing is switched by anybody. Before a spreadsheet is written as the present one for the first time
it is brought up to date from its own cursor, so that nothing is lost between two of them; an
operation of another year has its row elsewhere (`sheets.following`) and counts as delivered.
"""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sheets.following import catch_up
from sheets.problems import outcome_of
from sheets.writer import SheetChannel
from store.records import OutboxRow
from store.unit import UnitOfWork
from usecases.dispatch import DeliveryOutcome
from world.clock import Clock, business_day

__all__ = ["YearsChannel"]


class YearsChannel:
    """The spreadsheets of the years, each with its scope; together they leave no year out."""

    def __init__(self, years: Sequence[SheetChannel], clock: Clock, zone: ZoneInfo) -> None:
        """Made by the composition root; nothing is asked of Google yet."""
        assert years
        self.spreadsheets = tuple(years)
        self._clock = clock
        self._zone = zone
        self._ready: SheetChannel | None = years[0] if len(years) == 1 else None

    @property
    def name(self) -> str:
        """The channel's name in the outbox."""
        return self.present.name

    @property
    def batch_rows_max(self) -> int:
        """How many rows one request holds."""
        return self.present.batch_rows_max

    @property
    def present(self) -> SheetChannel:
        """The spreadsheet whose years hold today."""
        today = business_day(self._clock.now(), self._zone)
        return next(one for one in self.spreadsheets if one.settings.scope.counts(today))

    async def deliver(self, rows: Sequence[OutboxRow]) -> Sequence[DeliveryOutcome]:
        """Write into the present spreadsheet; at first what it missed while it was not."""
        channel = self.present
        channel.follows, channel.transport.keep_free = False, 0
        while channel is not self._ready:
            outcome = await catch_up(channel)
            if not isinstance(outcome, int):
                return [outcome_of(outcome)] * len(rows)
            if not outcome:
                self._ready = channel
        return await channel.deliver(rows)

    async def settled(self, unit: UnitOfWork, row: OutboxRow, outcome: DeliveryOutcome) -> None:
        """As the present year's spreadsheet settles it."""
        await self.present.settled(unit, row, outcome)

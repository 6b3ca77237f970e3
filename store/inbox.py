"""The inbox: whatever comes from outside is kept before it is acknowledged, and worked once.

Rows are known by their own id (a set, never a high-water mark: ids of Telegram restart after a
silent week, webhooks come out of order). A lane is worked in order, lanes beside each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from store.pages import pages
from store.records import InboxRow
from store.tables import metadata
from world.clock import Clock

__all__ = ["Arrival", "Inbox"]

_inbox = metadata.tables["inbox"]
KEEP_DONE_DAYS = 7


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that came: source, its own id, the lane it must keep order in, the raw body."""

    source: str
    id: str
    lane: str
    body: str


class Inbox:
    """Keeps arrivals and what became of them."""

    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        """Made by the unit of work."""
        self._connection = connection
        self._clock = clock

    async def keep(self, arrivals: Iterable[Arrival]) -> int:
        """Keep new arrivals in the order given; known ids are passed over. How many were new."""
        order = await self._connection.scalar(select(func.max(_inbox.c.order))) or 0
        now = self._clock.now()
        kept = 0
        for page in pages(arrivals):
            known = await self._known(page)
            fresh: dict[tuple[str, str], Arrival] = {}
            for one in page:
                if (one.source, one.id) not in known:
                    fresh.setdefault((one.source, one.id), one)
            rows = [
                {"source": one.source, "id": one.id, "lane": one.lane, "body": one.body}
                | {"received_at": now, "due_at": now, "tries": 0, "error": "", "order": place}
                for place, one in enumerate(fresh.values(), order + kept + 1)
            ]
            if rows:
                await self._connection.execute(insert(_inbox), rows)
            kept += len(rows)
        return kept

    async def next(self, source: str, limit: int) -> list[InboxRow]:
        """The first open row of each lane that is due, in order of arrival.

        A row that waits for its next try holds up its lane, and no other.
        """
        # Two plain questions, each one pass over the open rows. Asked as one ("none earlier in its
        # lane"), a planner that misjudges a queue takes the square of the backlog.
        first = func.min(_inbox.c.order)
        lanes = select(first).where(_inbox.c.source == source, _open()).group_by(_inbox.c.lane)
        firsts = list(await self._connection.scalars(lanes.order_by(first)))
        due: list[InboxRow] = []
        for page in pages(firsts):
            query = (
                select(_inbox)
                .where(_inbox.c.source == source, _inbox.c.order.in_(page))
                .where(_inbox.c.due_at <= self._clock.now())
                .order_by(_inbox.c.order)
            )
            due += [_row(row) for row in await self._connection.execute(query)]
            if len(due) >= limit:
                break
        return due[:limit]

    async def done(self, row: InboxRow) -> None:
        """The row had its effect; call this in the transaction of the effect."""
        await self._connection.execute(
            update(_inbox).where(_this(row.source, row.id)).values(done_at=self._clock.now())
        )

    async def is_done(self, row: InboxRow) -> bool:
        """Whether the row had its effect already (another instance may have been first)."""
        done = select(_inbox.c.done_at).where(_this(row.source, row.id))
        return await self._connection.scalar(done) is not None

    async def failed(self, row: InboxRow, error: str, wait: timedelta | None) -> None:
        """The row raised: try again after `wait`, or never (None): it is dead and reported."""
        now = self._clock.now()
        values: dict[str, Any] = {"tries": row.tries + 1, "error": error}
        values |= {"dead_at": now} if wait is None else {"due_at": now + wait}
        await self._connection.execute(
            update(_inbox).where(_this(row.source, row.id)).values(values)
        )

    async def dead(self) -> list[InboxRow]:
        """Rows that were given up, oldest first."""
        query = select(_inbox).where(_inbox.c.dead_at.is_not(None)).order_by(_inbox.c.order)
        return [_row(row) for row in await self._connection.execute(query)]

    async def open_count(self) -> int:
        """How many rows wait for their effect."""
        query = select(func.count()).select_from(_inbox).where(_open())
        return int(await self._connection.scalar(query) or 0)

    async def purge(self) -> None:
        """Forget rows that were done more than a week ago."""
        horizon = self._clock.now() - timedelta(days=KEEP_DONE_DAYS)
        await self._connection.execute(_inbox.delete().where(_inbox.c.done_at < horizon))

    async def _known(self, arrivals: Sequence[Arrival]) -> set[tuple[str, str]]:
        query = select(_inbox.c.source, _inbox.c.id).where(
            _inbox.c.source.in_({one.source for one in arrivals}),
            _inbox.c.id.in_([one.id for one in arrivals]),
        )
        return {(row[0], row[1]) for row in await self._connection.execute(query)}


def _this(source: str, row_id: str) -> Any:
    return (_inbox.c.source == source) & (_inbox.c.id == row_id)


def _open() -> Any:
    return _inbox.c.done_at.is_(None) & _inbox.c.dead_at.is_(None)


def _row(row: Row[Any]) -> InboxRow:
    return InboxRow(row.source, row.id, row.lane, row.body, row.received_at, row.tries)

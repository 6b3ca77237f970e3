"""The outbox: what must reach the outside, named by entity, claimed with a lease, bounded in tries.

A row is claimed before the call and settled after it. A claim that was never settled (the process
died) means that the call may have arrived: the row comes back `uncertain`, and each channel has
its own rule for that (facts: reliability 2).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from store.columns import Instant
from store.pages import PAGE_ROWS, pages
from store.records import OutboxRow
from store.tables import metadata
from world.clock import Clock
from world.identity import Ids

__all__ = ["Outbox"]

_outbox = metadata.tables["outbox"]
KEEP_DONE_DAYS = 7


class Outbox:
    """Queues and settles deliveries."""

    def __init__(self, connection: AsyncConnection, clock: Clock, ids: Ids) -> None:
        """Made by the unit of work."""
        self._connection = connection
        self._clock = clock
        self._ids = ids

    async def put(
        self, channel: str, entity: str, *, lane: str = "", payload: Any = None, merge: bool = True
    ) -> None:
        """Queue an entity for a channel, once while it waits (`merge`); lanes keep their order.

        The same entity with another payload is another row: nothing that was asked for is lost.
        """
        if merge and await self._waits(channel, entity, payload):
            return
        now = self._clock.now()
        await self._connection.execute(
            insert(_outbox).values(
                channel=channel,
                lane=lane or entity,
                entity=entity,
                payload=payload,
                created_at=now,
                due_at=now,
                attempts=0,
                uncertain=False,
                reason="",
            )
        )

    async def claim(self, channel: str, limit: int, lease: timedelta) -> list[OutboxRow]:
        """Take due rows for `lease`; in each lane only the first ones, never past a claimed one."""
        now = self._clock.now()
        ready = await self._ready(channel, limit, now)
        if not ready:
            return []
        # Somebody else's transaction may hold some of them at this very moment.
        query = select(_outbox.c.id).where(_outbox.c.id.in_(ready))
        found = list(await self._connection.scalars(query.with_for_update(skip_locked=True)))
        if not found:
            return []
        values = {
            "claim": self._ids.new(),
            "claimed_until": now + lease,
            "attempts": _outbox.c.attempts + 1,
            # A claim that was never settled: the call may have been made.
            "uncertain": or_(_outbox.c.uncertain, _outbox.c.claim.is_not(None)),
        }
        await self._connection.execute(
            update(_outbox).where(_outbox.c.id.in_(found)).values(values)
        )
        return await self._rows(_outbox.c.id.in_(found))

    async def done(self, rows: Sequence[OutboxRow]) -> None:
        """The rows arrived. A row that somebody else claimed meanwhile is left to them."""
        await self._settle(rows, {"done_at": self._clock.now(), "reason": ""})

    async def retry(
        self, rows: Sequence[OutboxRow], due_at: datetime, reason: str, *, uncertain: bool
    ) -> None:
        """Try again at `due_at`; `uncertain` when this attempt may have arrived."""
        values: dict[str, Any] = {"due_at": due_at, "reason": reason}
        if uncertain:
            values["uncertain"] = True
        await self._settle(rows, values)

    async def put_back(self, rows: Sequence[OutboxRow]) -> None:
        """The rows were claimed and not tried: they wait as before, the attempt is not counted."""
        await self._settle(rows, {"attempts": _outbox.c.attempts - 1})

    async def bury(self, rows: Sequence[OutboxRow], reason: str) -> None:
        """Give the rows up; they stay as dead letters until somebody drives them again."""
        await self._settle(rows, {"dead_at": self._clock.now(), "reason": reason})

    async def take_back(self) -> int:
        """Free every claim at once, as uncertain; how many. Only for the sole instance's start.

        Whoever claimed them died, so there is nothing to wait for until the leases lapse.
        """
        values = {"claim": None, "claimed_until": None, "uncertain": True}
        statement = update(_outbox).where(_open(), _outbox.c.claim.is_not(None)).values(values)
        return int((await self._connection.execute(statement)).rowcount)

    async def revive(self) -> int:
        """Queue all dead letters again; how many there were."""
        values = {"dead_at": None, "attempts": 0, "due_at": self._clock.now()}
        statement = update(_outbox).where(_outbox.c.dead_at.is_not(None)).values(values)
        return int((await self._connection.execute(statement)).rowcount)

    async def dead(self) -> list[OutboxRow]:
        """Dead letters, oldest first."""
        return await self._rows(_outbox.c.dead_at.is_not(None))

    async def failing(self, attempts_min: int) -> dict[str, str]:
        """By channel, why its oldest open row that was tried so often has not arrived."""
        query = (
            select(_outbox.c.channel, _outbox.c.reason)
            .where(_open(), _outbox.c.attempts >= attempts_min, _outbox.c.reason != "")
            .order_by(_outbox.c.id.desc())
        )
        return {row.channel: row.reason for row in await self._connection.execute(query)}

    async def open_count(self, channel: str | None = None) -> int:
        """How many rows have not arrived."""
        query = select(func.count()).select_from(_outbox).where(_open())
        if channel is not None:
            query = query.where(_outbox.c.channel == channel)
        return int(await self._connection.scalar(query) or 0)

    async def next_due(self, channel: str | None = None) -> datetime | None:
        """When an open row may be tried next, of one channel or of all; None: all arrived."""
        found = await self.dues()
        if channel is not None:
            return found.get(channel)
        return min(found.values(), default=None)

    async def dues(self) -> dict[str, datetime]:
        """When each channel that holds open rows may try the next one.

        Only the first row of each lane counts, since the ones behind it wait for it whatever
        their own time; a claimed row may be tried again when its lease lapses.
        """
        lanes = (_outbox.c.channel, _outbox.c.lane)
        firsts = select(func.min(_outbox.c.id)).where(_open()).group_by(*lanes)
        instant = func.coalesce(_outbox.c.claimed_until, _outbox.c.due_at)
        due: dict[str, datetime] = {}
        for page in pages(list(await self._connection.scalars(firsts))):
            query = select(_outbox.c.channel, func.min(instant, type_=Instant)).where(
                _outbox.c.id.in_(page)
            )
            for name, at in await self._connection.execute(query.group_by(_outbox.c.channel)):
                due[name] = min(at, due.get(name, at))
        return due

    async def purge(self) -> None:
        """Forget rows that arrived more than a week ago."""
        horizon = self._clock.now() - timedelta(days=KEEP_DONE_DAYS)
        await self._connection.execute(_outbox.delete().where(_outbox.c.done_at < horizon))

    async def _ready(self, channel: str, limit: int, now: datetime) -> list[int]:
        """The first rows that may be claimed: due, not claimed, behind nothing that waits.

        Plain questions, each one pass over the open rows, for the reason given in `Inbox.next`.
        """
        mine = (_outbox.c.channel == channel) & _open()
        waits = or_(_outbox.c.claimed_until > now, _outbox.c.due_at > now)
        first = func.min(_outbox.c.id)
        lanes = select(_outbox.c.lane, first).where(mine, waits).group_by(_outbox.c.lane)
        held_up = {row[0]: row[1] for row in await self._connection.execute(lanes)}
        free = or_(_outbox.c.claimed_until.is_(None), _outbox.c.claimed_until <= now)
        query = (
            select(_outbox.c.id, _outbox.c.lane)
            .where(mine, free, _outbox.c.due_at <= now)
            .order_by(_outbox.c.id)
            .limit(PAGE_ROWS)
        )
        ready: list[int] = []
        after = 0
        while page := (await self._connection.execute(query.where(_outbox.c.id > after))).all():
            ready += [row.id for row in page if row.id < held_up.get(row.lane, row.id + 1)]
            if len(ready) >= limit or len(page) < PAGE_ROWS:
                break
            after = page[-1].id
        return ready[:limit]

    async def _waits(self, channel: str, entity: str, payload: Any) -> bool:
        query = select(_outbox.c.id).where(
            _outbox.c.channel == channel,
            _outbox.c.entity == entity,
            _outbox.c.payload.is_(None) if payload is None else _outbox.c.payload == payload,
            _outbox.c.claim.is_(None),
            _open(),
        )
        return (await self._connection.execute(query.limit(1))).first() is not None

    async def _settle(self, rows: Sequence[OutboxRow], values: dict[str, Any]) -> None:
        for claim in sorted({row.claim for row in rows}):
            ids = [row.id for row in rows if row.claim == claim]
            await self._connection.execute(
                update(_outbox)
                .where(_outbox.c.id.in_(ids), _outbox.c.claim == claim)
                .values(values | {"claim": None, "claimed_until": None})
            )

    async def _rows(self, where: Any) -> list[OutboxRow]:
        query = select(_outbox).where(where).order_by(_outbox.c.id)
        return [_row(row) for row in await self._connection.execute(query)]


def _open() -> Any:
    return _outbox.c.done_at.is_(None) & _outbox.c.dead_at.is_(None)


def _row(row: Row[Any]) -> OutboxRow:
    return OutboxRow(
        id=row.id,
        channel=row.channel,
        lane=row.lane,
        entity=row.entity,
        payload=row.payload,
        created_at=row.created_at,
        attempts=row.attempts,
        uncertain=row.uncertain,
        claim=row.claim or "",
    )

"""The outbox: what must reach the outside, named by entity, claimed with a lease, bounded in tries.

A row is claimed before the call and settled after it. A claim that was never settled (the process
died) means that the call may have arrived: the row comes back `uncertain`, and each channel has
its own rule for that (facts: reliability 2).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

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
        """Queue an entity for a channel, once while it waits (`merge`); lanes keep their order."""
        if merge and await self._waits(channel, entity):
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
        claim = self._ids.new()
        earlier = _outbox.alias()
        blocked = exists().where(
            and_(
                earlier.c.channel == _outbox.c.channel,
                earlier.c.lane == _outbox.c.lane,
                earlier.c.id < _outbox.c.id,
                earlier.c.done_at.is_(None),
                earlier.c.dead_at.is_(None),
                or_(earlier.c.claimed_until > now, earlier.c.due_at > now),
            )
        )
        ready = or_(_outbox.c.claimed_until.is_(None), _outbox.c.claimed_until <= now)
        query = (
            select(_outbox.c.id, _outbox.c.claim)
            .where(_outbox.c.channel == channel, _open(), _outbox.c.due_at <= now, ready)
            .where(~blocked)
            .order_by(_outbox.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        found = (await self._connection.execute(query)).all()
        for row in found:
            values: dict[str, Any] = {
                "claim": claim,
                "claimed_until": now + lease,
                "attempts": _outbox.c.attempts + 1,
            }
            # A claim that was never settled: the call may have been made.
            if row.claim is not None:
                values["uncertain"] = True
            await self._connection.execute(
                update(_outbox).where(_outbox.c.id == row.id).values(values)
            )
        return await self._rows(_outbox.c.claim == claim)

    async def done(self, rows: Sequence[OutboxRow]) -> None:
        """The rows arrived. A row that somebody else claimed meanwhile is left to them."""
        now = self._clock.now()
        for row in rows:
            await self._settle(row, {"done_at": now, "reason": ""})

    async def retry(
        self, rows: Sequence[OutboxRow], due_at: datetime, reason: str, *, uncertain: bool
    ) -> None:
        """Try again at `due_at`; `uncertain` when this attempt may have arrived."""
        for row in rows:
            values: dict[str, Any] = {"due_at": due_at, "reason": reason}
            if uncertain:
                values["uncertain"] = True
            await self._settle(row, values)

    async def bury(self, rows: Sequence[OutboxRow], reason: str) -> None:
        """Give the rows up; they stay as dead letters until somebody drives them again."""
        for row in rows:
            await self._settle(row, {"dead_at": self._clock.now(), "reason": reason})

    async def revive(self) -> int:
        """Queue all dead letters again; how many there were."""
        values = {"dead_at": None, "attempts": 0, "due_at": self._clock.now()}
        statement = update(_outbox).where(_outbox.c.dead_at.is_not(None)).values(values)
        return int((await self._connection.execute(statement)).rowcount)

    async def dead(self) -> list[OutboxRow]:
        """Dead letters, oldest first."""
        return await self._rows(_outbox.c.dead_at.is_not(None))

    async def open_count(self, channel: str | None = None) -> int:
        """How many rows have not arrived."""
        query = select(func.count()).select_from(_outbox).where(_open())
        if channel is not None:
            query = query.where(_outbox.c.channel == channel)
        return int(await self._connection.scalar(query) or 0)

    async def next_due(self) -> datetime | None:
        """When the next open row may be tried."""
        due = select(func.min(_outbox.c.due_at)).where(_open(), _outbox.c.claim.is_(None))
        lapse = select(func.min(_outbox.c.claimed_until)).where(_open())
        instants = [await self._connection.scalar(due), await self._connection.scalar(lapse)]
        return min((one for one in instants if one is not None), default=None)

    async def purge(self) -> None:
        """Forget rows that arrived more than a week ago."""
        horizon = self._clock.now() - timedelta(days=KEEP_DONE_DAYS)
        await self._connection.execute(_outbox.delete().where(_outbox.c.done_at < horizon))

    async def _waits(self, channel: str, entity: str) -> bool:
        query = select(_outbox.c.id).where(
            _outbox.c.channel == channel,
            _outbox.c.entity == entity,
            _outbox.c.claim.is_(None),
            _open(),
        )
        return (await self._connection.execute(query.limit(1))).first() is not None

    async def _settle(self, row: OutboxRow, values: dict[str, Any]) -> None:
        await self._connection.execute(
            update(_outbox)
            .where(_outbox.c.id == row.id, _outbox.c.claim == row.claim)
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

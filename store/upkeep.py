"""What keeps the house: closed periods, audit entries, settings, jobs, states of conversations."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from ledger.months import Month
from ledger.periods import Periods, Reopening
from store.records import AuditEntry
from store.tables import metadata
from world.clock import Clock

__all__ = ["Upkeep"]

_events = metadata.tables["period_events"]
_audit = metadata.tables["audit_entries"]
_settings = metadata.tables["settings"]
_jobs = metadata.tables["jobs"]
_fsm = metadata.tables["fsm"]


class Upkeep:
    """Small shelves that every room needs now and then."""

    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        """Made by the unit of work."""
        self._connection = connection
        self._clock = clock

    async def periods(self) -> Periods:
        """What is closed, from the record of closings and reopenings."""
        closed: Month | None = None
        reopenings: list[Reopening] = []
        for row in await self._connection.execute(select(_events).order_by(_events.c.id)):
            month = Month.parse(row.month)
            assert month is not None
            if row.event == "close":
                closed = max(closed, month) if closed else month
                reopenings = [one for one in reopenings if one.month != month]
            else:
                reopenings.append(Reopening(month, row.until, row.who, row.why))
        return Periods(closed, tuple(reopenings))

    async def close_month(self, month: Month, who: str) -> None:
        """Record that a month and all before it are closed."""
        await self._event("close", month, who, "", None)

    async def reopen_month(self, reopening: Reopening) -> None:
        """Record an exception to a closed month."""
        await self._event("reopen", reopening.month, reopening.who, reopening.why, reopening.until)

    async def audit(self, who: str, verb: str, thing: str, details: Any = None) -> None:
        """Write who did what, in the transaction of the change."""
        await self._connection.execute(
            insert(_audit).values(
                at=self._clock.now(), who=who, verb=verb, thing=thing, details=details or {}
            )
        )

    async def audit_of(self, thing: str) -> list[AuditEntry]:
        """What was done to a thing, in order."""
        query = select(_audit).where(_audit.c.thing == thing).order_by(_audit.c.id)
        return [
            AuditEntry(row.at, row.who, row.verb, row.thing, row.details)
            for row in await self._connection.execute(query)
        ]

    async def setting(self, name: str) -> Any:
        """A value the product keeps for itself; None when it was never set."""
        query = select(_settings.c.value).where(_settings.c.name == name)
        return await self._connection.scalar(query)

    async def set_setting(self, name: str, value: Any) -> None:
        """Keep a value."""
        changed = await self._connection.execute(
            update(_settings).where(_settings.c.name == name).values(value=value)
        )
        if not changed.rowcount:
            await self._connection.execute(insert(_settings).values(name=name, value=value))

    async def job_done(self, job: str, period: str) -> bool:
        """Whether a job was done for a period (a day, a month)."""
        query = select(_jobs.c.done_at).where(_jobs.c.job == job, _jobs.c.period == period)
        return await self._connection.scalar(query) is not None

    async def finish_job(self, job: str, period: str) -> None:
        """The job is done for that period and will not be started for it again."""
        await self._connection.execute(
            insert(_jobs).values(job=job, period=period, done_at=self._clock.now(), error="")
        )

    async def conversation(self, key: str) -> tuple[str | None, dict[str, Any]]:
        """The state and data of a conversation; nothing important lives only here."""
        row = (await self._connection.execute(select(_fsm).where(_fsm.c.key == key))).first()
        return (row.state, row.data) if row else (None, {})

    async def set_conversation(self, key: str, state: str | None, data: dict[str, Any]) -> None:
        """Keep the state of a conversation; an empty one is forgotten."""
        await self._connection.execute(_fsm.delete().where(_fsm.c.key == key))
        if state is not None or data:
            await self._connection.execute(insert(_fsm).values(key=key, state=state, data=data))

    async def _event(
        self, event: str, month: Month, who: str, why: str, until: datetime | None
    ) -> None:
        await self._connection.execute(
            insert(_events).values(
                event=event,
                month=str(month),
                who=who,
                why=why,
                until=until,
                at=self._clock.now(),
            )
        )

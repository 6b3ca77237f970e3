"""Jobs by period: what is due is decided by rows, the scheduler only ticks.

A job is done once for its period (a day, an hour), whether the process was up or not; after three
months of downtime it runs once, not ninety times, since each of these jobs looks at the present.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from store.database import Store
from usecases.company import Company
from world.clock import Clock

__all__ = ["Job", "Jobs", "hourly", "nightly"]

log = structlog.get_logger()
NIGHT_HOUR = 3

Period = Callable[[datetime, Company], str | None]


def hourly(now: datetime, company: Company) -> str | None:
    """Due once in each hour of the business's clock."""
    return now.astimezone(company.zone).strftime("%Y-%m-%dT%H")


def nightly(now: datetime, company: Company) -> str | None:
    """Due once a day, from three at night on."""
    local = now.astimezone(company.zone)
    return local.date().isoformat() if local.hour >= NIGHT_HOUR else None


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do once for each period; `period` gives None while nothing is due."""

    name: str
    period: Period
    action: Callable[[], Awaitable[object]]


class Jobs:
    """Runs what is due."""

    def __init__(self, store: Store, clock: Clock, company: Company, jobs: list[Job]) -> None:
        """Made by the composition root."""
        self._store = store
        self._clock = clock
        self._company = company
        self._jobs = jobs

    async def run_due(self) -> int:
        """Run every job that is due and was not done for its period; how many ran."""
        ran = 0
        for job in self._jobs:
            period = job.period(self._clock.now(), self._company)
            if period is None:
                continue
            async with self._store.read() as unit:
                done = await unit.upkeep.job_done(job.name, period)
            if done:
                continue
            await job.action()
            ran += 1
            async with self._store.write(f"job:{job.name}") as unit:
                if not await unit.upkeep.job_done(job.name, period):
                    await unit.upkeep.finish_job(job.name, period)
        return ran

"""Jobs by period: what is due is decided by rows, the scheduler only ticks.

A job is done once for its period (a day, an hour), whether the process was up or not; after three
months of downtime it runs once, not ninety times, since each of these jobs looks at the present.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from handlers.digest import (
    SpreadsheetYears,
    tell_exceptions,
    tell_head,
    tell_next_year,
    tell_troubles,
)
from handlers.texts import Texts
from store.database import Store
from usecases.company import Company
from usecases.handovers import expire_handovers
from usecases.nightly import forget_old
from usecases.sheet_watch import want_check
from world.clock import Clock

__all__ = ["Job", "Jobs", "december_weeks", "hourly", "mornings", "nightly", "standard_jobs"]

log = structlog.get_logger()
NIGHT_HOUR = 3
MORNING_HOUR = 8
DECEMBER = 12

Period = Callable[[datetime, Company], str | None]


def hourly(now: datetime, company: Company) -> str | None:
    """Due once in each hour of the business's clock."""
    return now.astimezone(company.zone).strftime("%Y-%m-%dT%H")


def nightly(now: datetime, company: Company) -> str | None:
    """Due once a day, from three at night on."""
    local = now.astimezone(company.zone)
    return local.date().isoformat() if local.hour >= NIGHT_HOUR else None


def mornings(now: datetime, company: Company) -> str | None:
    """Due once a day, from eight in the morning on."""
    local = now.astimezone(company.zone)
    return local.date().isoformat() if local.hour >= MORNING_HOUR else None


def december_weeks(now: datetime, company: Company) -> str | None:
    """Due once a week of December, from eight in the morning of the first day on."""
    local = now.astimezone(company.zone)
    if local.month != DECEMBER or local.hour < MORNING_HOUR:
        return None
    return f"{local.year}-12-week-{(local.day - 1) // 7 + 1}"


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


def standard_jobs(
    store: Store,
    clock: Clock,
    company: Company,
    texts: Texts | None,
    *,
    sheet: SpreadsheetYears | None = None,
) -> Jobs:
    """What is done by period; without Telegram (`texts` None) nobody is told anything."""

    async def in_one(what: str, action: Callable[..., Awaitable[object]], *more: Any) -> None:
        async with store.write(what) as unit:
            await action(unit, *more)

    jobs = [
        Job("expire-handovers", hourly, lambda: in_one("expire", expire_handovers)),
        Job("forget-old", nightly, lambda: in_one("forget", forget_old)),
    ]
    if sheet is not None:
        jobs.append(Job("check-sheet", nightly, lambda: in_one("check-sheet", want_check)))
    if texts is not None:
        words = (tell_exceptions, texts, company)
        jobs.append(Job("tell-exceptions", mornings, lambda: in_one("exceptions", *words)))
        jobs.append(Job("tell-head", nightly, lambda: in_one("head", tell_head, texts)))
        jobs.append(Job("tell-troubles", hourly, lambda: in_one("troubles", tell_troubles, texts)))
    if texts is not None and sheet is not None:
        ahead = (tell_next_year, texts, company, sheet)
        jobs.append(Job("next-year", december_weeks, lambda: in_one("next-year", *ahead)))
    return Jobs(store, clock, company, jobs)

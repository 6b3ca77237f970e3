"""Closing a month and, by exception, opening it again: who, why, until when."""

from dataclasses import dataclass
from datetime import datetime

from ledger.months import Month
from ledger.periods import Reopening
from store.records import Person
from store.unit import UnitOfWork
from usecases.access import NotAllowed, Verb, refusal
from usecases.company import Company

__all__ = [
    "MonthNotOver",
    "NotClosed",
    "PeriodClosed",
    "Reopened",
    "close_period",
    "reopen_period",
]


@dataclass(frozen=True, slots=True)
class PeriodClosed:
    """The month, and every month before it, refuses every writer now."""

    through: Month


@dataclass(frozen=True, slots=True)
class MonthNotOver:
    """A month that still goes on cannot be closed."""

    month: Month


@dataclass(frozen=True, slots=True)
class Reopened:
    """The month may be written to until that instant."""

    reopening: Reopening


@dataclass(frozen=True, slots=True)
class NotClosed:
    """The month is open already; nothing was recorded."""

    month: Month


async def close_period(
    unit: UnitOfWork, company: Company, actor: Person | None, month: Month
) -> PeriodClosed | MonthNotOver | NotAllowed:
    """Close a month and all before it; closing again changes nothing.

    `actor` None is the command line, whose user owns the machine.
    """
    refused = refusal(actor, Verb.CLOSE_PERIOD) if actor else None
    if refused is not None:
        return refused
    if company.today(unit.now()) <= month.last_day:
        return MonthNotOver(month)
    who = actor.name if actor else "консоль"
    await unit.upkeep.close_month(month, who)
    await unit.upkeep.audit(who, "closed", f"month:{month}")
    return PeriodClosed(month)


async def reopen_period(
    unit: UnitOfWork, actor: Person | None, month: Month, why: str, until: datetime
) -> Reopened | NotClosed | NotAllowed:
    """Open one closed month again until an instant (UTC), with a reason that is kept."""
    refused = refusal(actor, Verb.CLOSE_PERIOD) if actor else None
    if refused is not None:
        return refused
    assert why.strip()
    if not (await unit.upkeep.periods()).is_closed(month.first_day, unit.now()):
        return NotClosed(month)
    who = actor.name if actor else "консоль"
    reopening = Reopening(month, until, who, why.strip())
    await unit.upkeep.reopen_month(reopening)
    await unit.upkeep.audit(who, "reopened", f"month:{month}", {"why": why.strip()})
    return Reopened(reopening)

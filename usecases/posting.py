"""The single write path of the ledger: period, key, chain, audit entry, row of the spreadsheet.

a person dates an operation into a closed month  -> MonthClosed, nothing is written
a confirmation concerns a closed month           -> dated today, the original day kept beside it
the same key again                               -> AlreadyPosted; other content: DiffersFrom
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ledger.operations import Operation
from store.journal import AlreadyPosted, AppendOutcome, DiffersFrom, Posted
from store.pages import pages
from store.unit import UnitOfWork

__all__ = [
    "SHEET",
    "MonthClosed",
    "PostOutcome",
    "dated_openly",
    "post",
    "post_all",
    "post_many",
]

SHEET = "sheet"
# Every row of the journal goes through one lane: the spreadsheet has one writer.
SHEET_LANE = "journal"


@dataclass(frozen=True, slots=True)
class MonthClosed:
    """The day lies in a closed month; nothing was written."""

    day: date


PostOutcome = Posted | AlreadyPosted | DiffersFrom | MonthClosed


async def post(unit: UnitOfWork, operation: Operation) -> PostOutcome:
    """Post one operation. Checked in this order: AlreadyPosted, DiffersFrom, MonthClosed."""
    known = await unit.journal.get(operation.key)
    if known is None:
        closed = (await unit.upkeep.periods()).closed_days(operation.days, unit.now())
        if closed:
            return MonthClosed(closed[0])
    outcome = await unit.journal.append(operation)
    if isinstance(outcome, Posted):
        number = outcome.sealed.number
        await unit.outbox.put(SHEET, f"operation:{number}", lane=SHEET_LANE)
        await unit.upkeep.audit(operation.author, "posted", operation.key, {"number": number})
    return outcome


async def post_all(unit: UnitOfWork, operations: Sequence[Operation]) -> None:
    """Post operations whose period and keys the caller has made sure of."""
    for operation in operations:
        outcome = await post(unit, operation)
        assert isinstance(outcome, Posted | AlreadyPosted), outcome


async def post_many(unit: UnitOfWork, operations: Sequence[Operation]) -> list[AppendOutcome]:
    """Post the operations of an import in bulk; the caller has made sure of their periods."""
    outcomes: list[AppendOutcome] = []
    for page in pages(operations):
        for outcome in await unit.journal.append_many(page):
            outcomes.append(outcome)
            if isinstance(outcome, Posted):
                # A new number waits nowhere yet: there is nothing to merge with.
                entity = f"operation:{outcome.sealed.number}"
                await unit.outbox.put(SHEET, entity, lane=SHEET_LANE, merge=False)
    return outcomes


async def dated_openly(unit: UnitOfWork, operation: Operation, today: date) -> Operation:
    """Move the dates that lie in closed months to today, keeping the original day beside them.

    For confirmations of what happened earlier: the fact is late, the money is real (DESIGN 8).
    """
    periods = await unit.upkeep.periods()
    closed = periods.closed_days(operation.days, unit.now())
    if not closed:
        return operation

    def opened(day: date | None) -> date | None:
        return today if day in closed else day

    return replace(
        operation,
        paid_on=opened(operation.paid_on),
        accrued_on=opened(operation.accrued_on),
        original_day=closed[0],
    )

"""Correcting operations by the ledger's rule: the standing version is reversed, the next one posted.

    correct(7 «Транспорт» -> «Реклама»)   -> 41 reverses 7, 42 is 7 with the new article
    newest(key of 7)                      -> 42

What refers to an operation by the key that it was posted under finds the version that stands by
`newest`: who takes back the explanation of a bank line reverses 42, not 7.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from confirmations.resolution import read_attempt
from ledger.chain import Sealed
from ledger.operations import Operation, reverse
from ledger.versions import next_version
from store.journal import AlreadyPosted, Posted
from store.unit import UnitOfWork
from usecases.posting import MonthClosed, post
from usecases.telling import redraw

__all__ = ["Corrected", "KeyTaken", "correct", "newest"]


@dataclass(frozen=True, slots=True)
class Corrected:
    """What stood, what took it back, what stands now."""

    old: Sealed
    reversal: Sealed
    new: Sealed


@dataclass(frozen=True, slots=True)
class KeyTaken:
    """A person gave another operation the key of the next version; nothing was written."""

    key: str


async def newest(unit: UnitOfWork, key: str) -> Sealed | None:
    """The version of an operation that was posted last; None when there is no such operation."""
    found = await unit.journal.get(key)
    while found is not None and await unit.journal.reversal_of(found.operation.key) is not None:
        following = await unit.journal.get(next_version(found.operation.key))
        if following is None:
            return found
        found = following
    return found


async def correct(
    unit: UnitOfWork, changes: Sequence[tuple[Sealed, Operation]], author: str, why: str
) -> list[Corrected] | MonthClosed | KeyTaken:
    """Reverse each standing operation on its own days and post what it should have been.

    All of them or none. `author` signs the reversals; the corrected operations keep the author of
    the first ones, so that a person's expense stays theirs. Order: MonthClosed, KeyTaken.
    """
    periods = await unit.upkeep.periods()
    days = [day for old, new in changes for day in (*old.operation.days, *new.days)]
    closed = periods.closed_days(days, unit.now())
    if closed:
        return MonthClosed(closed[0])
    keys = [next_version(old.operation.key) for old, _ in changes]
    for key in keys:
        if await unit.journal.get(key) is not None:
            return KeyTaken(key)
    done = []
    for (old, new), key in zip(changes, keys, strict=True):
        reversal = await _posted(unit, _back(old.operation, author, why))
        done.append(Corrected(old, reversal, await _posted(unit, replace(new, key=key))))
        thing = _thing_of(key)
        if thing:
            await redraw(unit, thing)
    return done


def _thing_of(key: str) -> str:
    """The thing whose card shows the operation's article or words; empty when none does."""
    if key.startswith("expense:"):
        return key.rpartition("#")[0]
    name, found, _ = key.partition(":article")
    return read_attempt(name)[0] if found and name.startswith("line:") else ""


def _back(operation: Operation, author: str, why: str) -> Operation:
    """The reversal, dated as what it reverses in each basis: no month changes by a correction."""
    back = reverse(operation, f"{operation.key}:reversal", operation.days[0], author, why)
    return replace(back, paid_on=operation.paid_on, accrued_on=operation.accrued_on)


async def _posted(unit: UnitOfWork, operation: Operation) -> Sealed:
    outcome = await post(unit, operation)
    assert isinstance(outcome, Posted | AlreadyPosted), outcome
    return outcome.sealed

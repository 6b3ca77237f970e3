"""The books checked from the first operation to the last: chain, derived columns, reversals.

A row that was changed, deleted, inserted or moved breaks the chain at its number. What is derived
from an operation and kept beside it for the reports (amount, effects, dimension links) is not in
the hash, so it is computed anew and compared. The chain cannot show that its end was cut off or
that all of it was rewritten: the head published elsewhere does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select

from ledger.chain import FIRST_HASH, Broken, Sealed, verify
from store.pages import PAGE_ROWS
from store.tables import metadata
from store.unit import UnitOfWork

__all__ = [
    "ChainBroken",
    "DerivedDiffers",
    "Flaw",
    "Integrity",
    "NumbersMissing",
    "ReversesNothing",
    "Unreadable",
    "check",
]

_operations = metadata.tables["operations"]
_links = metadata.tables["operation_dimensions"]
_values = metadata.tables["dimension_values"]
# What a changed byte may turn into when the row is read back into records.
_UNREADABLE = (ValueError, TypeError, KeyError, AssertionError)


@dataclass(frozen=True, slots=True)
class ChainBroken:
    """The first operation whose hash does not follow from it and the one before."""

    broken: Broken


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The first operation that cannot be read back at all."""

    number: int


@dataclass(frozen=True, slots=True)
class DerivedDiffers:
    """What is kept beside an operation is not what follows from it."""

    number: int
    column: str


@dataclass(frozen=True, slots=True)
class ReversesNothing:
    """A reversal of an operation that is not in the books."""

    number: int


@dataclass(frozen=True, slots=True)
class NumbersMissing:
    """There are operations that no dense numbering from 1 leads to."""

    counted: int
    followed: int


Flaw = ChainBroken | Unreadable | DerivedDiffers | ReversesNothing | NumbersMissing


@dataclass(frozen=True, slots=True)
class Integrity:
    """How many operations were followed, the hash of the last one, and what is wrong."""

    operations: int
    head: str
    flaws: tuple[Flaw, ...]


async def check(unit: UnitOfWork) -> Integrity:
    """Follow the books from the start; stops at the first break of the chain."""
    flaws: list[Flaw] = []
    followed, head = 0, FIRST_HASH
    while page := await _page(unit, followed, flaws):
        broken = verify(page, head, after=followed)
        if broken is not None:
            flaws.append(ChainBroken(broken))
            break
        flaws += await _derived(unit, page)
        followed, head = page[-1].number, page[-1].hash
    counted = await unit.journal.count()
    if not flaws and counted != followed:
        flaws.append(NumbersMissing(counted, followed))
    flaws += [ReversesNothing(number) for number in await _reversals_of_nothing(unit)]
    return Integrity(followed, head, tuple(flaws))


async def _page(unit: UnitOfWork, after: int, flaws: list[Flaw]) -> list[Sealed]:
    try:
        return await unit.journal.between(after + 1, after + PAGE_ROWS)
    except _UNREADABLE:
        flaws.append(Unreadable(await _first_unreadable(unit, after)))
        return []


async def _first_unreadable(unit: UnitOfWork, after: int) -> int:
    for number in range(after + 1, after + PAGE_ROWS + 1):
        try:
            await unit.journal.by_number(number)
        except _UNREADABLE:
            return number
    raise AssertionError


async def _derived(unit: UnitOfWork, page: Sequence[Sealed]) -> list[Flaw]:
    low, high = page[0].number, page[-1].number
    columns = ("amount", "cash_effect", "accrual_effect")
    query = select(_operations.c.number, *(_operations.c[name] for name in columns)).where(
        _operations.c.number.between(low, high)
    )
    kept = {row[0]: tuple(row[1:]) for row in await unit.connection.execute(query)}
    linked = await _linked(unit, low, high)
    flaws: list[Flaw] = []
    for sealed in page:
        operation, number = sealed.operation, sealed.number
        true = (operation.amount.minor, operation.cash_effect, operation.accrual_effect)
        if true != kept[number]:
            pairs = zip(columns, true, kept[number], strict=True)
            flaws += [DerivedDiffers(number, name) for name, one, other in pairs if one != other]
        if tuple(sorted(linked.get(number, []))) != operation.dimensions:
            flaws.append(DerivedDiffers(number, "dimensions"))
    return flaws


async def _linked(unit: UnitOfWork, low: int, high: int) -> dict[int, list[tuple[str, str]]]:
    query = (
        select(_links.c.number, _links.c.dimension, _values.c.dimension, _values.c.name)
        .join(_values, _values.c.id == _links.c.value_id)
        .where(_links.c.number.between(low, high))
    )
    linked: dict[int, list[tuple[str, str]]] = {}
    for number, dimension, owner, name in await unit.connection.execute(query):
        # A value of another dimension is as wrong as another value.
        linked.setdefault(number, []).append((dimension, name if owner == dimension else ""))
    return linked


async def _reversals_of_nothing(unit: UnitOfWork) -> list[int]:
    reversed_ = _operations.alias()
    query = (
        select(_operations.c.number)
        .where(_operations.c.reverses.is_not(None))
        .where(~exists().where(reversed_.c.key == _operations.c.reverses))
        .order_by(_operations.c.number)
    )
    return list(await unit.connection.scalars(query))

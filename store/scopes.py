"""Which operations a spreadsheet holds: those of some years, or of one value of a dimension.

An operation is of a year when either of its dates lies in it; the effect on a basis counts in the
year of that basis's date alone, so that every kopeck is counted in exactly one year. Dates and
dimensions of an operation never change: what a scope holds, it holds for ever, in the order of
numbers, and an operation's place in it never changes either.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true

from ledger.operations import Operation
from ledger.pnl import UNSPECIFIED
from store.reports import Only
from store.tables import metadata
from store.unit import UnitOfWork

__all__ = [
    "EVERYTHING",
    "Before",
    "Counted",
    "Scope",
    "articles_held",
    "held",
    "held_after",
    "held_before",
    "held_between",
    "places_held",
    "values_held",
]

_operations = metadata.tables["operations"]
_entries = metadata.tables["entries"]
_links = metadata.tables["operation_dimensions"]
_values = metadata.tables["dimension_values"]


@dataclass(frozen=True, slots=True)
class Scope:
    """Years, each end open when it is None, and a named value of a dimension, if it is one's own."""

    first_year: int | None = None
    last_year: int | None = None
    only: Only | None = None

    def __post_init__(self) -> None:
        assert (
            self.first_year is None or self.last_year is None or self.first_year <= self.last_year
        )
        assert self.only is None or self.only.value not in {None, "", UNSPECIFIED}

    @property
    def is_everything(self) -> bool:
        """Whether nothing lies outside."""
        return self.first_year is None and self.last_year is None and self.only is None

    @property
    def first_day(self) -> date | None:
        """The first day of the years."""
        return date(self.first_year, 1, 1) if self.first_year else None

    @property
    def last_day(self) -> date | None:
        """The last day of the years."""
        return date(self.last_year, 12, 31) if self.last_year else None

    @property
    def filters(self) -> tuple[Only, ...]:
        """The filters of the reports of this scope."""
        return (self.only,) if self.only else ()

    @property
    def code(self) -> str:
        """A text that another scope does not have; empty for everything."""
        if self.is_everything:
            return ""
        own = f"{self.only.dimension}={self.only.value}" if self.only else ""
        return f"{self.first_year or ''}-{self.last_year or ''} {own}"

    def clipped(self, year: int) -> int:
        """The year of the scope that is nearest to a year."""
        year = year if self.first_year is None else max(year, self.first_year)
        return year if self.last_year is None else min(year, self.last_year)

    def counts(self, day: date | None) -> bool:
        """Whether what happened on a day counts here; nothing does without a day."""
        return day is not None and day.year == self.clipped(day.year)

    def holds(self, operation: Operation) -> bool:
        """Whether an operation has a row here."""
        if self.only is not None:
            own = dict(operation.dimensions).get(self.only.dimension)
            if own != self.only.value:
                return False
        return self.counts(operation.paid_on) or self.counts(operation.accrued_on)


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Before:
    """How many operations, and entries of them, a scope holds before a place."""

    operations: int = 0
    entries: int = 0


def held(scope: Scope) -> ColumnElement[bool]:
    """`Scope.holds` in SQL, for queries over operations."""
    wanted: list[ColumnElement[bool]] = [true()]
    if scope.first_year or scope.last_year:
        days = (_operations.c.paid_on, _operations.c.accrued_on)
        wanted.append(or_(*(_between(day, scope) for day in days)))
    if scope.only is not None:
        links, values = _links.alias("own_links"), _values.alias("own_values")
        own = (
            select(links.c.number)
            .select_from(links.join(values, values.c.id == links.c.value_id))
            .where(
                links.c.number == _operations.c.number,
                links.c.dimension == scope.only.dimension,
                values.c.name == scope.only.value,
            )
        )
        wanted.append(exists(own))
    return and_(*wanted)


class Counted:
    """Remembers how many there were before a number: operations are only ever added.

    So who asks again and again counts those in between, not the whole ledger.
    """

    def __init__(self) -> None:
        """Before the first operation there is nothing."""
        self.number = 1
        self.before = Before()

    def remember(self, number: int, before: Before) -> None:
        """From now on it is counted from there, if that is further on."""
        if number > self.number:
            self.number, self.before = number, before


async def held_before(
    unit: UnitOfWork, scope: Scope, number: int, counted: Counted | None = None
) -> Before:
    """What the scope holds of the operations before a number."""
    known = counted or Counted()
    first, last = sorted((known.number, number))
    between = await _held_from(unit, scope, first, last)
    sign = 1 if number > known.number else -1
    before = Before(
        known.before.operations + sign * between.operations,
        known.before.entries + sign * between.entries,
    )
    known.remember(number, before)
    return before


async def held_after(unit: UnitOfWork, scope: Scope, number: int, limit: int) -> list[int]:
    """The numbers of the first operations behind a number that the scope holds."""
    query = (
        select(_operations.c.number)
        .where(_operations.c.number > number, held(scope))
        .order_by(_operations.c.number)
        .limit(limit)
    )
    return list(await unit.connection.scalars(query))


async def held_between(unit: UnitOfWork, scope: Scope, first: int, last: int) -> list[int]:
    """The numbers of the operations at places of the scope, from one, both included."""
    query = (
        select(_operations.c.number)
        .where(held(scope))
        .order_by(_operations.c.number)
        .offset(first - 1)
        .limit(last - first + 1)
    )
    return list(await unit.connection.scalars(query))


async def places_held(
    unit: UnitOfWork, scope: Scope, numbers: Collection[int], counted: Counted | None = None
) -> dict[int, Before]:
    """What the scope holds before each of these operations; those outside of it are left out."""
    if not numbers:
        return {}
    first, last = min(numbers), max(numbers)
    before = await held_before(unit, scope, first, counted)
    query = (
        select(_operations.c.number, func.count())
        .select_from(_operations.join(_entries, _operations.c.number == _entries.c.number))
        .where(_operations.c.number.between(first, last), held(scope))
        .group_by(_operations.c.number)
        .order_by(_operations.c.number)
    )
    wanted, found = set(numbers), {}
    for number, entries in await unit.connection.execute(query):
        if number in wanted:
            found[number] = before
        before = Before(before.operations + 1, before.entries + entries)
    return found


async def articles_held(unit: UnitOfWork, scope: Scope, *, paid: bool) -> set[int]:
    """The articles of the scope's operations; `paid`: of those whose payment counts in it."""
    counted = _between(_operations.c.paid_on, scope) if paid else true()
    query = select(_operations.c.article_id).where(held(scope), counted).distinct()
    return set(await unit.connection.scalars(query))


async def values_held(unit: UnitOfWork, scope: Scope) -> set[int]:
    """The ids of the dimension values that the scope's operations have."""
    query = (
        select(_links.c.value_id)
        .select_from(_links.join(_operations, _operations.c.number == _links.c.number))
        .where(held(scope))
        .distinct()
    )
    return set(await unit.connection.scalars(query))


async def _held_from(unit: UnitOfWork, scope: Scope, first: int, last: int) -> Before:
    """How many there are from a number until before another."""
    where = and_(_operations.c.number >= first, _operations.c.number < last, held(scope))
    rows = await unit.connection.scalar(select(func.count()).where(where))
    entries = (
        select(func.count())
        .select_from(_entries.join(_operations, _operations.c.number == _entries.c.number))
        .where(where)
    )
    return Before(int(rows or 0), int(await unit.connection.scalar(entries) or 0))


def _between(day: Any, scope: Scope) -> ColumnElement[bool]:
    """`Scope.counts` in SQL: never true of a date that is not there."""
    ends: list[ColumnElement[bool]] = [day.is_not(None)]
    if scope.first_day:
        ends.append(day >= scope.first_day)
    if scope.last_day:
        ends.append(day <= scope.last_day)
    return and_(*ends)

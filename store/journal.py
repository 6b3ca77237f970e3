"""The journal: operations appended once by key, sealed in a chain, never changed."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from ledger.accounts import Account
from ledger.chain import FIRST_HASH, Sealed, seal
from ledger.money import Currency, Money
from ledger.operations import Entry, Operation, OperationKind, difference
from store.pages import PAGE_ROWS, pages
from store.tables import metadata
from world.clock import Clock

__all__ = ["AlreadyPosted", "AppendOutcome", "DiffersFrom", "Journal", "Posted"]

_operations = metadata.tables["operations"]
_entries = metadata.tables["entries"]
_values = metadata.tables["dimension_values"]
_links = metadata.tables["operation_dimensions"]


@dataclass(frozen=True, slots=True)
class Posted:
    """The operation is in the books at this place."""

    sealed: Sealed


@dataclass(frozen=True, slots=True)
class AlreadyPosted:
    """The same operation was posted before; nothing was written."""

    sealed: Sealed


@dataclass(frozen=True, slots=True)
class DiffersFrom:
    """Another operation has the key; `field` is the first one that differs. Nothing was written."""

    sealed: Sealed
    field: str


AppendOutcome = Posted | AlreadyPosted | DiffersFrom


class Journal:
    """Appends and reads operations. Numbers are dense from 1: number n is row n of the sheet."""

    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        """Made by the unit of work."""
        self._connection = connection
        self._clock = clock

    async def append(self, operation: Operation) -> AppendOutcome:
        """Post an operation; the same key again returns the first outcome.

        A replay is compared field by field except for the author, who may be anybody that
        pressed the same thing. Period rules are the caller's (`usecases.posting`).
        """
        return (await self.append_many([operation]))[0]

    async def append_many(self, operations: Sequence[Operation]) -> list[AppendOutcome]:
        """Post operations in that order, with the outcome of each, as `append` one by one would.

        For imports: a few statements for all of them. A thousand at a time is a good measure.
        """
        known = await self._known([operation.key for operation in operations])
        number, last = await self.head() or (0, FIRST_HASH)
        now = self._clock.now()
        outcomes: list[AppendOutcome] = []
        fresh: list[Sealed] = []
        for operation in operations:
            before = known.get(operation.key)
            if before is not None:
                outcomes.append(_replayed(before, operation))
                continue
            number += 1
            sealed = seal(last, number, operation, now)
            last = sealed.hash
            known[operation.key] = sealed
            fresh.append(sealed)
            outcomes.append(Posted(sealed))
        if fresh:
            await self._insert(fresh)
        return outcomes

    async def get(self, key: str) -> Sealed | None:
        """The operation of a key."""
        row = (
            await self._connection.execute(select(_operations).where(_operations.c.key == key))
        ).first()
        return (await self._sealed([row]))[0] if row else None

    async def reversal_of(self, key: str) -> Sealed | None:
        """The operation that reverses the one of this key."""
        query = select(_operations).where(_operations.c.reverses == key)
        row = (await self._connection.execute(query)).first()
        return (await self._sealed([row]))[0] if row else None

    async def head(self) -> tuple[int, str] | None:
        """The number and the hash of the newest operation; None while the books are empty."""
        query = (
            select(_operations.c.number, _operations.c.hash)
            .order_by(_operations.c.number.desc())
            .limit(1)
        )
        row = (await self._connection.execute(query)).first()
        return (row.number, row.hash) if row else None

    async def between(self, first: int, last: int) -> list[Sealed]:
        """The operations with those numbers, both included, in order."""
        query = (
            select(_operations)
            .where(_operations.c.number.between(first, last))
            .order_by(_operations.c.number)
        )
        return await self._sealed((await self._connection.execute(query)).all())

    async def numbered(self, numbers: Iterable[int]) -> list[Sealed]:
        """The operations with any numbers, in order; those that do not exist are left out."""
        found: list[Sealed] = []
        for page in pages(sorted(set(numbers))):
            query = (
                select(_operations)
                .where(_operations.c.number.in_(page))
                .order_by(_operations.c.number)
            )
            found += await self._sealed((await self._connection.execute(query)).all())
        return found

    async def by_number(self, number: int) -> Sealed | None:
        """The operation at that place of the chain."""
        found = await self.between(number, number)
        return found[0] if found else None

    async def all(self) -> AsyncIterator[Sealed]:
        """Every operation in the chain's order, page by page."""
        first = 1
        while page := await self.between(first, first + PAGE_ROWS - 1):
            for sealed in page:
                yield sealed
            first += PAGE_ROWS

    async def of_deal(self, deal: str) -> list[Sealed]:
        """The operations that concern a deal, in order."""
        query = (
            select(_operations).where(_operations.c.deal == deal).order_by(_operations.c.number)
        )
        return await self._sealed((await self._connection.execute(query)).all())

    async def newest_of_author(self, author: str, limit: int) -> list[Sealed]:
        """The newest operations that a person wrote, newest first."""
        query = (
            select(_operations)
            .where(_operations.c.author == author)
            .order_by(_operations.c.number.desc())
            .limit(limit)
        )
        return await self._sealed((await self._connection.execute(query)).all())

    async def dimension_ids(self, operation: Operation) -> Mapping[str, int]:
        """The integer id of each dimension value of an operation, by dimension."""
        return {name: await self._value_id(name, value) for name, value in operation.dimensions}

    async def count(self) -> int:
        """How many operations there are."""
        return int(
            await self._connection.scalar(select(func.count()).select_from(_operations)) or 0
        )

    async def _known(self, keys: Iterable[str]) -> dict[str, Sealed]:
        known: dict[str, Sealed] = {}
        for page in pages(keys):
            query = select(_operations).where(_operations.c.key.in_(page))
            for sealed in await self._sealed((await self._connection.execute(query)).all()):
                known[sealed.operation.key] = sealed
        return known

    async def _insert(self, chain: Sequence[Sealed]) -> None:
        execute = self._connection.execute
        await execute(insert(_operations), [_operation_row(sealed) for sealed in chain])
        await execute(insert(_entries), [row for sealed in chain for row in _entry_rows(sealed)])
        pairs = {pair for sealed in chain for pair in sealed.operation.dimensions}
        ids = {pair: await self._value_id(*pair) for pair in sorted(pairs)}
        rows = [
            {"number": sealed.number, "dimension": pair[0], "value_id": ids[pair]}
            for sealed in chain
            for pair in sealed.operation.dimensions
        ]
        if rows:
            await execute(insert(_links), rows)

    async def _value_id(self, dimension: str, name: str) -> int:
        where = (_values.c.dimension == dimension) & (_values.c.name == name)
        found = await self._connection.scalar(select(_values.c.id).where(where))
        if found is None:
            statement = insert(_values).values(dimension=dimension, name=name)
            found = await self._connection.scalar(statement.returning(_values.c.id))
        assert isinstance(found, int)
        return found

    async def _sealed(self, rows: Any) -> list[Sealed]:
        if not rows:
            return []
        numbers = [row.number for row in rows]
        low, high = min(numbers), max(numbers)
        dense = high - low + 1 == len(numbers)
        where = _entries.c.number.between(low, high) if dense else _entries.c.number.in_(numbers)
        query = select(_entries).where(where).order_by(_entries.c.number, _entries.c.position)
        lines: dict[int, list[Any]] = {}
        for line in await self._connection.execute(query):
            lines.setdefault(line.number, []).append(line)
        return [_read(row, lines[row.number]) for row in rows]


# The same few accounts come again and again, and reading a million of them takes seconds.
_account = lru_cache(maxsize=10_000)(Account.parse)


def _replayed(before: Sealed, operation: Operation) -> AlreadyPosted | DiffersFrom:
    field = difference(before.operation, operation, ignore=("author",))
    return DiffersFrom(before, field) if field else AlreadyPosted(before)


def _entry_rows(sealed: Sealed) -> list[dict[str, Any]]:
    return [
        {
            "number": sealed.number,
            "position": position,
            "debit": str(entry.debit),
            "credit": str(entry.credit),
            "amount": entry.amount.minor,
        }
        for position, entry in enumerate(sealed.operation.entries)
    ]


def _operation_row(sealed: Sealed) -> dict[str, Any]:
    operation = sealed.operation
    return {
        "number": sealed.number,
        "key": operation.key,
        "kind": operation.kind.value,
        "article_id": operation.article,
        "paid_on": operation.paid_on,
        "accrued_on": operation.accrued_on,
        "original_day": operation.original_day,
        "amount": operation.amount.minor,
        "currency": operation.amount.currency.value,
        "cash_effect": operation.cash_effect,
        "accrual_effect": operation.accrual_effect,
        "dimensions": [list(pair) for pair in operation.dimensions],
        "deal": operation.deal,
        "contract_no": operation.contract_no,
        "counterparty": operation.counterparty,
        "comment": operation.comment,
        "author": operation.author,
        "reverses": operation.reverses,
        "recorded_at": sealed.recorded_at,
        "hash_version": sealed.version,
        "hash": sealed.hash,
    }


def _read(row: Row[Any], lines: list[Any]) -> Sealed:
    currency = Currency(row.currency)
    operation = Operation(
        key=row.key,
        kind=OperationKind(row.kind),
        article=row.article_id,
        entries=tuple(
            Entry(_account(line.debit), _account(line.credit), Money(line.amount, currency))
            for line in lines
        ),
        paid_on=row.paid_on,
        accrued_on=row.accrued_on,
        dimensions=tuple((name, value) for name, value in row.dimensions),
        deal=row.deal,
        contract_no=row.contract_no,
        counterparty=row.counterparty,
        comment=row.comment,
        author=row.author,
        original_day=row.original_day,
        reverses=row.reverses,
    )
    return Sealed(row.number, operation, row.recorded_at, row.hash_version, row.hash)

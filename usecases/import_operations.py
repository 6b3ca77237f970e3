"""A table of operations comes in: the whole file or nothing, and a second time changes nothing.

a bad row anywhere                  -> BadRows with every bad cell, nothing is written
a row that is in the books already  -> counted as known; with other content it is a bad row
a new row in a closed month         -> a bad row
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ledger.articles import Article
from ledger.operations import Operation, difference
from ledger.periods import Periods
from store.journal import Posted
from store.records import MoneyPlace
from store.unit import UnitOfWork
from usecases.company import Company
from usecases.operation_table.catalogue import BadWord, Catalogue
from usecases.operation_table.grid import Unreadable, read_grid
from usecases.operation_table.posting import (
    AUTHOR,
    Resolved,
    content_key,
    key_base,
    keys_of,
    operations_of,
)
from usecases.operation_table.problems import ProblemCode, RowProblem
from usecases.operation_table.rows import OperationRow, Table, read_table
from usecases.operation_table.words import Column
from usecases.posting import post_many

__all__ = ["BadRows", "Brought", "ImportOperationsOutcome", "import_operations"]

# Reading the books through costs about a tenth of a look-up for each operation.
OPERATIONS_READ_PER_LOOKUP = 8


@dataclass(frozen=True, slots=True)
class Brought:
    """The table is in the books, or would be (`dry_run`).

    Of `rows` rows `new` were posted, the others were there already; `articles` and `places` are
    those that the table added.
    """

    rows: int
    new: int
    articles: tuple[Article, ...]
    places: tuple[MoneyPlace, ...]
    dry_run: bool

    @property
    def known(self) -> int:
        """Rows that were in the books already."""
        return self.rows - self.new


@dataclass(frozen=True, slots=True)
class BadRows:
    """Every bad cell, in the order of rows; nothing was written."""

    problems: tuple[RowProblem, ...]


ImportOperationsOutcome = Brought | BadRows | Unreadable


async def import_operations(
    unit: UnitOfWork, company: Company, content: bytes, *, dry_run: bool
) -> ImportOperationsOutcome:
    """Bring in a table (CSV or XLSX). Order: Unreadable, BadRows.

    Only the command line asks for this; its user owns the machine.
    """
    grid = await asyncio.to_thread(read_grid, content)
    if isinstance(grid, Unreadable):
        return grid
    table = await asyncio.to_thread(read_table, grid, company.dimensions, company.currency)
    plan = await _plan(unit, company, table)
    if plan.problems:
        return BadRows(tuple(sorted(plan.problems, key=lambda one: one.row)))
    if not dry_run:
        await _write(unit, plan)
    return Brought(
        rows=plan.rows,
        new=plan.new,
        articles=tuple(plan.catalogue.new_articles),
        places=tuple(plan.catalogue.new_places),
        dry_run=dry_run,
    )


@dataclass(slots=True)
class _Plan:
    catalogue: Catalogue
    periods: Periods
    problems: list[RowProblem]
    rows: int = 0
    new: int = 0
    operations: list[Operation] = field(default_factory=list)
    occurrences: Counter[str] = field(default_factory=Counter)


async def _plan(unit: UnitOfWork, company: Company, table: Table) -> _Plan:
    catalogue = Catalogue.of(
        (await unit.catalog.articles()).values(),
        await unit.catalog.places(),
        await unit.catalog.next_article_id(),
        company.desk,
    )
    plan = _Plan(catalogue, await unit.upkeep.periods(), list(table.problems))
    rows: list[tuple[OperationRow, str, tuple[Operation, ...]]] = []
    for row in table.rows:
        found = _resolve(catalogue, row)
        if isinstance(found, BadWord):
            plan.problems.append(RowProblem(row.number, found.column, found.code, found.fact))
            continue
        base = _base(plan, found)
        rows.append((row, base, operations_of(found, base)))
    wanted = {key for _, base, _ in rows for key in keys_of(base)}
    known = await _in_books(unit, wanted)
    for row, base, made in rows:
        plan.rows += 1
        before = [known[key] for key in keys_of(base) if key in known]
        if before:
            _compare(plan, row, before, made)
        else:
            _add(plan, unit, row, made)
            known |= {operation.key: operation for operation in made}
    return plan


def _resolve(catalogue: Catalogue, row: OperationRow) -> Resolved | BadWord:
    article = catalogue.article(row)
    if isinstance(article, BadWord):
        return article
    account = catalogue.account(row.account, Column.ACCOUNT)
    if isinstance(account, BadWord):
        return account
    if not row.to_account:
        return Resolved(row, article, account, None)
    target = catalogue.account(row.to_account, Column.TO_ACCOUNT)
    if isinstance(target, BadWord):
        return target
    if target == account:
        return BadWord(Column.TO_ACCOUNT, ProblemCode.SAME_ACCOUNT)
    return Resolved(row, article, account, target)


def _base(plan: _Plan, found: Resolved) -> str:
    if found.row.key:
        return key_base(found.row.key)
    content = content_key(found)
    plan.occurrences[content] += 1
    return f"import:{content}#{plan.occurrences[content]}"


async def _in_books(unit: UnitOfWork, wanted: set[str]) -> dict[str, Operation]:
    """What was posted under these keys: looked up one by one, or all books read once."""
    head = await unit.journal.head()
    if head is None:
        return {}
    if head[0] > len(wanted) * OPERATIONS_READ_PER_LOOKUP:
        found = [await unit.journal.get(key) for key in sorted(wanted)]
        return {one.operation.key: one.operation for one in found if one is not None}
    return {
        sealed.operation.key: sealed.operation
        async for sealed in unit.journal.all()
        if sealed.operation.key in wanted
    }


def _compare(
    plan: _Plan, row: OperationRow, before: Sequence[Operation], made: Sequence[Operation]
) -> None:
    column = _differing(before, made)
    if column is not None:
        plan.problems.append(RowProblem(row.number, column, ProblemCode.DIFFERS, row.key))


def _add(plan: _Plan, unit: UnitOfWork, row: OperationRow, made: Sequence[Operation]) -> None:
    now = unit.now()
    for operation in made:
        for column, day in (
            (Column.PAID_ON, operation.paid_on),
            (Column.ACCRUED_ON, operation.accrued_on),
        ):
            if day is not None and plan.periods.is_closed(day, now):
                fact = day.isoformat()
                problem = RowProblem(row.number, column, ProblemCode.MONTH_CLOSED, fact)
                plan.problems.append(problem)
    plan.new += 1
    plan.operations += made


def _differing(before: Sequence[Operation], made: Sequence[Operation]) -> str | None:
    """The column in which a row differs from what its key was posted with; None when equal."""
    for column in (Column.PAID_ON, Column.ACCRUED_ON):
        days = [{getattr(one, column.value) for one in some} - {None} for some in (before, made)]
        if days[0] != days[1]:
            return column
    pairs = list(zip(*(sorted(some, key=_key) for some in (before, made)), strict=True))
    if any(old.key != new.key for old, new in pairs):
        # Of the same days only a transfer has other keys: it has no part of its own for each day.
        return Column.KIND
    for old, new in pairs:
        name = difference(old, new, ignore=("author",))
        if name is not None:
            return _column_of(name, old, new)
    return None


def _key(operation: Operation) -> str:
    return operation.key


def _column_of(name: str, old: Operation, new: Operation) -> str:
    match name:
        case "entries":
            return Column.AMOUNT if old.amount != new.amount else Column.ACCOUNT
        case "dimensions":
            return min(set(old.dimensions) ^ set(new.dimensions))[0]
        case _:
            return name


async def _write(unit: UnitOfWork, plan: _Plan) -> None:
    for article in plan.catalogue.new_articles:
        await unit.catalog.add_article(article)
    for place in plan.catalogue.new_places:
        await unit.catalog.add_place(place)
    for outcome in await post_many(unit, plan.operations):
        assert isinstance(outcome, Posted), outcome
    facts = {"rows": plan.rows, "new": plan.new}
    await unit.upkeep.audit(AUTHOR, "imported", "operations", facts)

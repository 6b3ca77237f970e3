"""Tables of operations brought into the books of a test."""

from collections.abc import Sequence

from ledger.chain import Sealed
from store.database import Store
from usecases.company import Company
from usecases.import_operations import BadRows, Brought, import_operations
from usecases.operation_table.grid import Unreadable

__all__ = ["COMPANY", "bad", "bring", "brought", "entries", "posted"]

COMPANY = Company()


def csv_of(text: str) -> bytes:
    """`a | b` lines as a CSV file."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return "\n".join("\t".join(cells) for cells in lines).encode()


async def bring(
    store: Store, text: str, *, dry_run: bool = False
) -> Brought | BadRows | Unreadable:
    async with store.write("test") as unit:
        return await import_operations(unit, COMPANY, csv_of(text), dry_run=dry_run)


async def brought(store: Store, text: str) -> Brought:
    """The table must come in."""
    outcome = await bring(store, text)
    assert isinstance(outcome, Brought), outcome
    return outcome


async def bad(store: Store, text: str) -> list[str]:
    """The table must not come in: `row column code fact` of each bad cell, and no operation."""
    before = await posted(store)
    outcome = await bring(store, text)
    assert isinstance(outcome, BadRows), outcome
    assert await posted(store) == before
    return [f"{one.row} {one.column} {one.code} {one.fact}".strip() for one in outcome.problems]


async def posted(store: Store) -> list[Sealed]:
    async with store.read() as unit:
        return [sealed async for sealed in unit.journal.all()]


def entries(sealed: Sequence[Sealed]) -> list[str]:
    """`kind paid accrued debit ← credit amount` of each operation."""
    return [
        f"{one.operation.kind} {one.operation.paid_on or '–'} {one.operation.accrued_on or '–'} "
        f"{entry.debit} ← {entry.credit} {entry.amount.plain}"
        for one in sealed
        for entry in one.operation.entries
    ]

"""The auditor: reads the tables with plain SQL and says whether the books hold together.

Called at the end of every test of the store. It shares no query with the product; what must be
true of a single operation is asked of `ledger`.
"""

from collections import Counter
from typing import Any

from sqlalchemy import text

from confirmations.resolution import attempt_name, read_attempt
from ledger.chain import verify
from store.database import Store
from store.integrity import check
from store.unit import UnitOfWork

__all__ = ["assert_coherent", "assert_store_coherent"]


async def assert_store_coherent(store: Store) -> None:
    async with store.read() as unit:
        await assert_coherent(unit)


async def assert_coherent(unit: UnitOfWork) -> None:
    await _assert_entries_balance(unit)
    await _assert_columns_follow(unit)
    await _assert_reversals_undo(unit)
    await _assert_endings_belong(unit)
    found = await check(unit)
    assert found.flaws == ()


async def _assert_entries_balance(unit: UnitOfWork) -> None:
    sums: Counter[str] = Counter()
    for row in await _rows(unit, "SELECT debit, credit, amount FROM entries"):
        assert row.amount > 0
        sums[row.debit] += row.amount
        sums[row.credit] -= row.amount
    assert sum(sums.values()) == 0
    assert {str(account): held for account, held in (await unit.reports.balances()).items()} == (
        dict(sums)
    )


async def _assert_columns_follow(unit: UnitOfWork) -> None:
    chain = [sealed async for sealed in unit.journal.all()]
    rows = await _rows(unit, "SELECT * FROM operations ORDER BY number")
    assert verify(chain) is None
    assert [row.number for row in rows] == list(range(1, len(chain) + 1))
    for sealed, row in zip(chain, rows, strict=True):
        assert row.cash_effect == sealed.operation.cash_effect
        assert row.accrual_effect == sealed.operation.accrual_effect
        assert row.amount == sealed.operation.amount.minor


async def _assert_reversals_undo(unit: UnitOfWork) -> None:
    by_key = {sealed.operation.key: sealed.operation async for sealed in unit.journal.all()}
    for operation in by_key.values():
        if operation.reverses is not None:
            first = by_key[operation.reverses]
            assert operation.cash_effect == -first.cash_effect
            assert operation.accrual_effect == -first.accrual_effect


async def _assert_endings_belong(unit: UnitOfWork) -> None:
    known = {
        f"{kind}:{row.id}"
        for kind, table in (
            ("payment", "payments"),
            ("handover", "handovers"),
            ("refund", "refunds"),
            ("line", "statement_lines"),
            ("doubt", "statement_doubts"),
        )
        for row in await _rows(unit, f"SELECT id FROM {table}")
    }
    ended = {row.thing for row in await _rows(unit, "SELECT thing FROM resolutions")}
    assert {read_attempt(name)[0] for name in ended} <= known
    taken_back = await _rows(unit, "SELECT thing, attempt FROM retractions")
    assert {attempt_name(row.thing, row.attempt) for row in taken_back} <= ended


async def _rows(unit: UnitOfWork, query: str) -> list[Any]:
    return list((await unit.connection.execute(text(query))).all())

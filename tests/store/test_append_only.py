"""What was decided is never changed: the databases refuse it, whatever the statement."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from confirmations.refunds import Refund
from confirmations.resolution import Ending, Resolution, Retraction
from ledger.money import Money
from ledger.months import Month
from store.database import Store
from store.faces import LineFace
from store.tables import APPEND_ONLY
from tests.store.books import (
    NOW,
    append,
    cash_payment,
    deal,
    expense,
    explanation,
    handover,
    line,
    person,
)
from tests.store.coherent import assert_store_coherent

CHANGE = {
    "update": "UPDATE {table} SET {column} = {column}",
    "delete": "DELETE FROM {table}",
}


@pytest.mark.parametrize("table", APPEND_ONLY)
async def test_a_decided_row_is_neither_changed_nor_deleted(store: Store, table: str) -> None:
    await _fill(store)

    for action in ("update", "delete"):
        await _refused(store, table, action)

    await assert_store_coherent(store)


@pytest.mark.parametrize("table", APPEND_ONLY)
async def test_a_decided_row_is_not_replaced_in_sqlite(sqlite_store: Store, table: str) -> None:
    await _fill(sqlite_store)

    with pytest.raises(DBAPIError, match=f"{table} is append-only"):
        await _execute(sqlite_store, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")

    await assert_store_coherent(sqlite_store)


@pytest.mark.parametrize("table", APPEND_ONLY)
async def test_a_table_of_decisions_is_not_truncated_in_postgresql(
    postgres_store: Store, table: str
) -> None:
    await _fill(postgres_store)

    with pytest.raises(DBAPIError, match="is append-only"):
        await _execute(postgres_store, f"TRUNCATE {table} CASCADE")

    await assert_store_coherent(postgres_store)


async def _refused(store: Store, table: str, action: str) -> None:
    async with store.read() as unit:
        rows = await unit.connection.execute(text(f"SELECT * FROM {table}"))
        assert rows.first() is not None
        column = f'"{next(iter(rows.keys()))}"'
    with pytest.raises(DBAPIError, match=f"{table} is append-only"):
        await _execute(store, CHANGE[action].format(table=table, column=column))


async def _execute(store: Store, statement: str) -> None:
    async with store.write("test") as unit:
        await unit.connection.execute(text(statement))


async def _fill(store: Store) -> None:
    payment = cash_payment()
    await append(store, expense())
    async with store.write("test") as unit:
        await unit.deals.save(deal())
        await unit.people.add(person())
        await unit.pending.add_payment(payment)
        await unit.pending.add_handover(handover("h1", [payment]))
        await unit.pending.add_refund(Refund("b1", "y1", Money(100), "брак", "p1", NOW))
        await unit.pending.resolve(Resolution("payment:y1", Ending.CONFIRMED, "Ольга", NOW))
        await unit.pending.take_back(Retraction("payment:y1", 1, "Вера", NOW))
        await unit.statements.add_file("f1", "выписка.txt", b"1C")
        added = await unit.statements.add_line(line())
        await unit.faces.add(added.id, LineFace(added.day, "1", None, "", "", None, "f1"))
        await unit.faces.add_doubt("key|1", [added.id], line("i2"), None)
        await unit.explanations.add(explanation(added.id))
        await unit.explanations.reject(added.id, "y1", "Вера")
        await unit.upkeep.close_month(Month(2026, 1), "Вера")
        await unit.upkeep.audit("Вера", "close", "month:2026-01")

"""Whatever is tampered with behind the product's back is found and named."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from store.database import Store
from store.integrity import (
    ChainBroken,
    DerivedDiffers,
    Flaw,
    Integrity,
    NumbersMissing,
    ReversesNothing,
    Unreadable,
    check,
)
from store.unit import UnitOfWork
from tests.store.books import append, expense, random_operations
from tests.store.coherent import assert_store_coherent

OPERATIONS = 12
HASHED = {
    "key": "UPDATE operations SET key = key || '.' WHERE number = {n}",
    "kind": "UPDATE operations SET kind = 'income' WHERE number = {n}",
    "unknown kind": "UPDATE operations SET kind = 'expensf' WHERE number = {n}",
    "article": "UPDATE operations SET article_id = 401 WHERE number = {n}",
    "paid_on": "UPDATE operations SET paid_on = '2026-03-03' WHERE number = {n}",
    "accrued_on": "UPDATE operations SET accrued_on = NULL WHERE number = {n}",
    "original_day": "UPDATE operations SET original_day = '2026-03-01' WHERE number = {n}",
    "currency": "UPDATE operations SET currency = 'KZT' WHERE number = {n}",
    "dimensions": "UPDATE operations SET dimensions = '[]' WHERE number = {n}",
    "torn dimensions": "UPDATE operations SET dimensions = '[[' WHERE number = {n}",
    "deal": "UPDATE operations SET deal = 'amocrm:2' WHERE number = {n}",
    "contract": "UPDATE operations SET contract_no = ' ' WHERE number = {n}",
    "counterparty": "UPDATE operations SET counterparty = 'X' WHERE number = {n}",
    "comment": "UPDATE operations SET comment = 'Такси' WHERE number = {n}",
    "author": "UPDATE operations SET author = 'Вeра' WHERE number = {n}",
    "reverses": "UPDATE operations SET reverses = 'e1' WHERE number = {n}",
    "instant": "UPDATE operations SET recorded_at = '2026-03-02T06:00:00.000001+00:00'"
    " WHERE number = {n}",
    "version": "UPDATE operations SET hash_version = 2 WHERE number = {n}",
    "hash": "UPDATE operations SET hash = substr(hash, 2) || substr(hash, 1, 1) WHERE number = {n}",
    "debit": "UPDATE entries SET debit = 'article:401' WHERE number = {n}",
    "credit": "UPDATE entries SET credit = 'desk:mainn' WHERE number = {n}",
    "unknown account": "UPDATE entries SET credit = 'desc:main' WHERE number = {n}",
    "amount": "UPDATE entries SET amount = amount + 1 WHERE number = {n}",
    "one entry fewer": "DELETE FROM entries WHERE number = {n}",
    "one entry more": "INSERT INTO entries VALUES ({n}, 1, 'desk:main', 'card:a', 1)",
}
DERIVED = {
    "amount": "UPDATE operations SET amount = amount + 1 WHERE number = {n}",
    "cash_effect": "UPDATE operations SET cash_effect = -cash_effect WHERE number = {n}",
    "accrual_effect": "UPDATE operations SET accrual_effect = 0 WHERE number = {n}",
    "dimensions": "DELETE FROM operation_dimensions WHERE number = {n} AND dimension = 'салон'",
}


@pytest.fixture
async def booked(store: Store) -> Store:
    """Twelve expenses, all different."""
    operations = [replace(expense(f"e{n}", 100 * n), deal="amocrm:1") for n in range(1, 13)]
    await append(store, *operations)
    return store


async def test_sound_books_have_no_flaw(store: Store) -> None:
    outcomes = await append(store, *random_operations(9, 50))

    async with store.read() as unit:
        assert await check(unit) == Integrity(50, outcomes[-1].sealed.hash, ())
    await assert_store_coherent(store)


@pytest.mark.parametrize("number", [1, 7, OPERATIONS])
@pytest.mark.parametrize("mutant", HASHED)
async def test_a_change_of_what_is_hashed_is_found_at_its_number(
    booked: Store, mutant: str, number: int
) -> None:
    flaw = (await _flaws(booked, HASHED[mutant].format(n=number)))[0]

    match flaw:
        case ChainBroken(broken):
            assert broken.number == number
        case _:
            assert flaw == Unreadable(number)
    await assert_store_coherent(booked)


@pytest.mark.parametrize("column", DERIVED)
async def test_a_change_of_what_is_derived_is_found_by_column(booked: Store, column: str) -> None:
    flaws = await _flaws(booked, DERIVED[column].format(n=7))

    assert flaws == (DerivedDiffers(7, column),)
    await assert_store_coherent(booked)


async def test_a_renamed_dimension_value_is_found(booked: Store) -> None:
    flaws = await _flaws(booked, "UPDATE dimension_values SET name = 'Тула' WHERE name = 'Тверь'")

    assert flaws[0] == DerivedDiffers(1, "dimensions")
    assert len(flaws) == OPERATIONS
    await assert_store_coherent(booked)


@pytest.mark.parametrize("number", [1, 7])
async def test_a_deleted_operation_is_found(booked: Store, number: int) -> None:
    deletions = [
        f"DELETE FROM {table} WHERE number = {number}"
        for table in ("operation_dimensions", "entries", "operations")
    ]

    flaw = (await _flaws(booked, *deletions))[0]

    assert isinstance(flaw, ChainBroken)
    assert flaw.broken.number == number
    await assert_store_coherent(booked)


async def test_two_operations_that_changed_places_are_found(booked: Store) -> None:
    swap = [
        f"UPDATE operations SET {column} = CASE number WHEN 4 THEN {five} ELSE {four} END"
        " WHERE number IN (4, 5)"
        for column, four, five in (
            ("comment", "'такси 4'", "'такси 5'"),
            ("hash", await _hash(booked, 4), await _hash(booked, 5)),
        )
    ]

    flaw = (await _flaws(booked, *swap))[0]

    assert isinstance(flaw, ChainBroken)
    assert flaw.broken.number == 4
    await assert_store_coherent(booked)


async def test_an_operation_beside_the_numbering_is_found(booked: Store) -> None:
    columns = "article_id, currency, dimensions, contract_no, counterparty, comment, author"
    rest = "kind, paid_on, amount, cash_effect, accrual_effect, recorded_at, hash_version, hash"
    stray = (
        f"INSERT INTO operations (number, key, {columns}, {rest})"
        f" SELECT 9000, 'stray', {columns}, {rest} FROM operations WHERE number = 1"
    )

    assert await _flaws(booked, stray) == (NumbersMissing(OPERATIONS + 1, OPERATIONS),)
    await assert_store_coherent(booked)


async def test_a_reversal_of_nothing_is_found(tmp_path: Path, sqlite_store: Store) -> None:
    await append(sqlite_store, expense())
    # Another program need not have SQLite look at foreign keys.
    with closing(sqlite3.connect(tmp_path / "books.db", isolation_level=None)) as intruder:
        intruder.execute("DROP TRIGGER operations_no_update")
        intruder.execute("UPDATE operations SET reverses = 'e7'")

    async with sqlite_store.read() as unit:
        assert ReversesNothing(1) in (await check(unit)).flaws


async def _flaws(store: Store, *statements: str) -> tuple[Flaw, ...]:
    """What is found after a tampering that is rolled back at the end."""
    async with store.read() as unit:
        await _disarm(unit, store)
        for statement in statements:
            await unit.connection.execute(text(statement))
        return (await check(unit)).flaws


async def _disarm(unit: UnitOfWork, store: Store) -> None:
    for table in ("operations", "entries", "operation_dimensions"):
        if store.is_sqlite:
            await unit.connection.execute(text(f"DROP TRIGGER {table}_no_update"))
            await unit.connection.execute(text(f"DROP TRIGGER {table}_no_delete"))
        else:
            await unit.connection.execute(text(f"DROP TRIGGER {table}_no_change ON {table}"))


async def _hash(store: Store, number: int) -> str:
    async with store.read() as unit:
        sealed = await unit.journal.by_number(number)
    assert sealed is not None
    return f"'{sealed.hash}'"

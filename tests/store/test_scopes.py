"""Which operations a spreadsheet holds, in Python and in SQL, and where they stand in it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from ledger.chain import Sealed
from ledger.operations import Operation
from store.database import Store
from store.reports import Only
from store.scopes import (
    EVERYTHING,
    Before,
    Counted,
    Scope,
    articles_held,
    held_after,
    held_before,
    held_between,
    places_held,
    values_held,
)
from tests.sheets.ledgers import Books, ledgers
from tests.sheets.test_workbook import hostile_books
from usecases.posting import post_all

EAGLE = Only("manager", "Орёл")
SPLITS = [(Scope(None, 2025, only), Scope(2026, None, only)) for only in (None, EAGLE)]


async def posted(store: Store, books: Books) -> list[Sealed]:
    async with store.write("test") as unit:
        await post_all(unit, [one.operation for one in books.sealed])
    return list(books.sealed)


@pytest.mark.parametrize(
    ("paid", "accrued", "holding"),
    [
        (date(2026, 12, 31), date(2026, 12, 31), {2026}),
        (date(2027, 1, 1), date(2026, 12, 31), {2026, 2027}),
        (date(2026, 5, 1), date(2028, 1, 1), {2026, 2028}),
        (None, date(2027, 1, 1), {2027}),
        (date(2025, 1, 1), None, {2025}),
    ],
)
def test_a_year_holds_what_was_paid_or_accrued_in_it(
    paid: date | None, accrued: date | None, holding: set[int]
) -> None:
    operation = _operation(paid, accrued)
    years = range(2024, 2030)
    assert {year for year in years if Scope(year, year).holds(operation)} == holding
    assert EVERYTHING.holds(operation)


@given(ledgers())
def test_every_effect_counts_in_exactly_one_year(books: Books) -> None:
    scopes = [Scope(None, 2024), Scope(2025, 2025), Scope(2026, None)]
    for one in books.sealed:
        operation = one.operation
        for day in operation.days:
            assert [scope.counts(day) for scope in scopes].count(True) == 1
        assert any(scope.holds(operation) for scope in scopes)


def test_scopes_that_hold_other_rows_have_other_codes() -> None:
    only = Only("salon", "Орёл")
    scopes = [
        EVERYTHING,
        *(Scope(*years) for years in ((2026, None), (None, 2026), (2026, 2026), (2027, None))),
        *(Scope(None, None, one) for one in (EAGLE, only)),
    ]
    assert len({scope.code for scope in scopes}) == len(scopes)
    assert EVERYTHING.code == ""


@pytest.mark.parametrize("scope", [EVERYTHING, *(one for pair in SPLITS for one in pair)])
async def test_the_database_finds_the_same_operations(store: Store, scope: Scope) -> None:
    chain = await posted(store, hostile_books())
    held = [one for one in chain if scope.holds(one.operation)]
    numbers = [one.number for one in held]
    assert len(held) > 0
    async with store.read() as unit:
        assert await held_after(unit, scope, 0, 10_000) == numbers
        assert await held_after(unit, scope, numbers[0], 2) == numbers[1:3]
        assert await held_between(unit, scope, 2, 4) == numbers[1:4]
        entries = sum(len(one.operation.entries) for one in held)
        assert await held_before(unit, scope, chain[-1].number + 1) == Before(len(held), entries)
        articles = {one.operation.article for one in held}
        assert await articles_held(unit, scope, paid=False) == articles
        paid = {one.operation.article for one in held if scope.counts(one.operation.paid_on)}
        assert await articles_held(unit, scope, paid=True) == paid


async def test_an_operations_place_counts_those_of_its_scope_alone(store: Store) -> None:
    chain = await posted(store, hostile_books())
    for scope in SPLITS[0]:
        held = [one for one in chain if scope.holds(one.operation)]
        some = [one.number for one in chain][1::3]
        async with store.read() as unit:
            found = await places_held(unit, scope, some)
            assert await places_held(unit, scope, []) == {}
        by_hand = {
            one.number: Before(place, sum(len(each.operation.entries) for each in held[:place]))
            for place, one in enumerate(held)
            if one.number in some
        }
        assert found == by_hand


async def test_who_remembers_places_counts_the_same(sqlite_store: Store) -> None:
    chain = await posted(sqlite_store, hostile_books())
    scope, counted = SPLITS[0][1], Counted()
    async with sqlite_store.read() as unit:
        for number in (9, 30, 31, 12, 1, len(chain) + 1, 3):
            fresh = await held_before(unit, scope, number)
            assert await held_before(unit, scope, number, counted) == fresh
        assert counted.number == len(chain) + 1
        some = [4, 5, 20]
        found = await places_held(unit, scope, some, counted)
        assert found == await places_held(unit, scope, some)


async def test_only_the_values_of_own_operations_are_named(sqlite_store: Store) -> None:
    chain = await posted(sqlite_store, hostile_books())
    own = [one.operation for one in chain if Scope(only=EAGLE).holds(one.operation)]
    async with sqlite_store.read() as unit:
        found = await values_held(unit, Scope(only=EAGLE))
        names = {
            (code, name): number for code, number, name in await unit.catalog.dimension_values()
        }
    assert found == {names[pair] for operation in own for pair in operation.dimensions}


def _operation(paid: date | None, accrued: date | None) -> Operation:
    first = hostile_books().sealed[0].operation
    return replace(first, paid_on=paid, accrued_on=accrued)

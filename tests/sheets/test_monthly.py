"""Свод as the store adds it up, against the rows of Журнал added up by hand."""

import pytest

from ledger.operations import Operation
from ledger.seed import SEEDED_ARTICLES
from sheets.books_rows import read_rows
from sheets.facts import Settings
from sheets.monthly import Tally, read_monthly
from sheets.tabs.journal_tab import JournalShape
from store.database import Store
from store.reports import Only
from store.scopes import Scope
from tests.sheets.ledgers import SETTINGS, ZONE, added_up
from tests.sheets.tabs.test_cash_tab import books
from tests.sheets.test_workbook import hostile_books
from usecases.posting import post_all

ARTICLES = {one.id: one for one in SEEDED_ARTICLES}
# A place of one of the two lists where only the other one has come to.
NOTHING = (None,) * 7
EAGLE = Only("manager", "Орёл")
BOOKS = [
    SETTINGS,
    Settings(SETTINGS.dimensions, ZONE, scope=Scope(2026, 2026)),
    Settings(SETTINGS.dimensions[1:], ZONE, scope=Scope(None, None, EAGLE)),
]


def operations() -> list[Operation]:
    """Hostile names, then every sort of movement: transfers, openings, several entries, reversals."""
    return [*(one.operation for one in hostile_books().sealed), *books()]


async def post(store: Store, some: list[Operation]) -> None:
    async with store.write("test") as unit:
        await post_all(unit, some)


async def counted(store: Store, tally: Tally) -> tuple:
    async with store.read() as unit:
        return await read_monthly(unit, ARTICLES, tally)


async def by_hand(store: Store, settings: Settings) -> tuple:
    async with store.read() as unit:
        sealed = [one async for one in unit.journal.all()]
        rows = await read_rows(unit, sealed, settings)
    return added_up(rows.journal, JournalShape(settings.dimensions), rows.moves)


@pytest.mark.parametrize("settings", BOOKS, ids=["whole", "a year", "own"])
async def test_the_rows_are_those_of_the_journal_added_up(
    store: Store, settings: Settings
) -> None:
    await post(store, operations())
    rows = await counted(store, Tally(settings.dimensions, settings.scope))
    assert rows == await by_hand(store, settings)
    assert rows


async def test_counting_in_steps_changes_no_place_and_gives_the_same(sqlite_store: Store) -> None:
    tally, places = Tally(SETTINGS.dimensions), []
    made = operations()
    for start in range(0, len(made), 7):
        await post(sqlite_store, made[start : start + 7])
        rows = await counted(sqlite_store, tally)
        keys = [[(*row[:3], *row[5:9]), row[12:17]] for row in rows]
        for (before, moved), (after, moved_after) in zip(places, keys, strict=False):
            assert before in {after, NOTHING}
            assert moved in {moved_after, NOTHING[:5]}
        places = keys
    assert tally.number == len(made)
    assert rows == await counted(sqlite_store, Tally(SETTINGS.dimensions))
    assert rows == await counted(sqlite_store, tally)


async def test_empty_books_have_no_rows(sqlite_store: Store) -> None:
    assert await counted(sqlite_store, Tally(SETTINGS.dimensions)) == ()

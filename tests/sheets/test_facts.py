"""The reading of the store against the same operations read by hand."""

from dataclasses import replace
from datetime import date

from sheets.facts import read_facts
from store.database import Store
from store.reports import Basis
from tests.sheets.ledgers import SETTINGS, Books, sealed
from tests.sheets.tabs.test_cash_tab import moved
from tests.sheets.test_workbook import hostile_books
from usecases.posting import post_all


async def posted(store: Store, books: Books) -> None:
    async with store.write("test") as unit:
        await post_all(unit, [one.operation for one in books.sealed])


async def test_what_is_read_from_the_store_is_what_the_operations_say(store: Store) -> None:
    books = hostile_books()
    await posted(store, books)
    async with store.read() as unit:
        facts = await read_facts(unit, SETTINGS, delivering=3)
    assert facts.head_number == len(books.sealed)
    assert facts.waiting == len(books.sealed) - 3
    assert facts.months == books.months
    named = {code: [one.name for one in values] for code, values in facts.values.items()}
    by_hand = {code: [one.name for one in values] for code, values in books.values.items()}
    assert named == by_hand
    for basis in Basis:
        found = [facts.totals[basis][month].lines() for month in facts.months]
        assert found == [pnl.lines() for _, pnl in books.monthly(basis).rows]


async def test_empty_books_show_the_present_year(sqlite_store: Store) -> None:
    async with sqlite_store.read() as unit:
        facts = await read_facts(unit, SETTINGS)
    assert [str(month) for month in (facts.months[0], facts.months[-1])] == ["2026-01", "2026-12"]
    assert (facts.head_number, facts.head_hash) == (0, "")


async def test_a_date_of_another_century_adds_its_year_alone(sqlite_store: Store) -> None:
    typo = moved("typo", 401, date(2099, 3, 1), ("article:401", "desk:main", 500))
    right = moved("right", 401, date(2026, 3, 1), ("article:401", "desk:main", 500))
    async with sqlite_store.write("test") as unit:
        await post_all(unit, [typo, right])
        facts = await read_facts(unit, SETTINGS)
    assert {month.year for month in facts.months} == {2026, 2099}
    assert len(facts.months) == 24
    assert sum(pnl.net_profit for pnl in facts.totals[Basis.CASH].values()) == -1000


def test_the_journal_grows_by_a_thousand_rows() -> None:
    facts = sealed([]).facts
    sizes = [replace(facts, head_number=number).capacity for number in (0, 1, 999, 1000, 1001)]
    assert sizes == [1000, 1000, 1000, 2000, 2000]

"""Rows of a part of the books stand where they stand in the rows of all of them."""

import pytest

from sheets.books_rows import read_rows
from store.database import Store
from tests.sheets.ledgers import SETTINGS
from tests.sheets.tabs.test_cash_tab import books
from usecases.posting import post_all


@pytest.mark.parametrize("numbers", [[4], [5, 6], [2, 4, 9], [10]])
async def test_a_part_has_the_rows_of_the_whole(sqlite_store: Store, numbers: list[int]) -> None:
    async with sqlite_store.write("test") as unit:
        await post_all(unit, books())
    async with sqlite_store.read() as unit:
        everything = [sealed async for sealed in unit.journal.all()]
        whole = await read_rows(unit, everything, SETTINGS)
        chosen = [one for one in everything if one.number in numbers]
        part = await read_rows(unit, chosen, SETTINGS)
    assert [one.place for one in whole.moves] == list(range(1, 15))
    assert part.moves == [one for one in whole.moves if one.cells[0] in numbers]
    assert part.journal == [one for one in whole.journal if one.number in numbers]

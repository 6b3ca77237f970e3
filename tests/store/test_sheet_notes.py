"""What people wrote beside rows is kept by spreadsheet, operation and column."""

from store.database import Store
from store.sheet_notes import keep_notes, kept_notes
from tests.store.books import append, expense
from tests.store.coherent import assert_store_coherent


async def test_what_was_seen_last_is_what_is_kept(store: Store) -> None:
    await append(store, expense())
    first = {(1, "comment"): {"note": "спросить"}, (1, "+1"): {"value": {"numberValue": 5}}}
    async with store.write("test") as unit:
        await keep_notes(unit, "book", first)
        await keep_notes(unit, "other", {(1, "+1"): {"note": "чужое"}})
    async with store.read() as unit:
        assert await kept_notes(unit, "book") == first

    then = {(1, "comment"): {"note": "спросил"}}
    async with store.write("test") as unit:
        await keep_notes(unit, "book", then)
        await keep_notes(unit, "book", then)
    async with store.read() as unit:
        assert await kept_notes(unit, "book") == then
        assert await kept_notes(unit, "other") == {(1, "+1"): {"note": "чужое"}}
        assert await kept_notes(unit, "none") == {}
    await assert_store_coherent(store)

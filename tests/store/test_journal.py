"""The journal: append once, replay, differ, reverse; dense numbers, one chain, no changes."""

from dataclasses import fields, replace
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from ledger.accounts import Account
from ledger.chain import FIRST_HASH, seal
from ledger.money import Money
from ledger.operations import Entry, Operation, OperationKind, reverse
from store.database import Store
from store.journal import AlreadyPosted, DiffersFrom, Posted
from tests.store.books import NOW, TODAY, append, expense, random_operations
from tests.store.coherent import assert_store_coherent
from world.clock import VirtualClock

ALTERED = {
    "kind": OperationKind.INCOME,
    "article": 401,
    "entries": (Entry(Account.of_article(407), Account.parse("card:anna"), Money(50_000)),),
    "paid_on": date(2026, 3, 1),
    "accrued_on": None,
    "dimensions": (("город", "Тула"),),
    "deal": "amocrm:9",
    "contract_no": "К-18",
    "counterparty": "ООО «Такси»",
    "comment": "метро",
    "original_day": date(2026, 2, 1),
    "reverses": "e0",
}


async def test_an_appended_operation_reads_back_as_it_was(store: Store) -> None:
    operation = replace(expense(), deal="amocrm:1", original_day=date(2026, 2, 27))

    posted = (await append(store, operation))[0]

    async with store.read() as unit:
        read = await unit.journal.get("e1")
    assert read == seal(FIRST_HASH, 1, operation, NOW)
    assert posted == Posted(read)
    await assert_store_coherent(store)


async def test_the_same_key_again_returns_the_first_outcome(
    store: Store, clock: VirtualClock
) -> None:
    first = (await append(store, expense()))[0]
    await clock.sleep(60)

    again = (await append(store, replace(expense(), author="Пётр")))[0]

    assert again == AlreadyPosted(first.sealed)
    async with store.read() as unit:
        assert await unit.journal.count() == 1
    await assert_store_coherent(store)


def test_every_field_but_the_key_and_the_author_is_altered_below() -> None:
    assert {*ALTERED, "key", "author"} == {field.name for field in fields(Operation)}


@pytest.mark.parametrize("field", ALTERED)
async def test_the_same_key_with_another_content_is_refused_by_field(
    sqlite_store: Store, field: str
) -> None:
    first = (await append(sqlite_store, expense()))[0]

    refused = (await append(sqlite_store, replace(expense(), **{field: ALTERED[field]})))[0]

    assert refused == DiffersFrom(first.sealed, field)
    async with sqlite_store.read() as unit:
        assert await unit.journal.count() == 1
    await assert_store_coherent(sqlite_store)


async def test_numbers_are_dense_and_the_head_is_the_newest(store: Store) -> None:
    outcomes = await append(store, *random_operations(1, 40))

    async with store.read() as unit:
        head = await unit.journal.head()
        seen = [sealed.number async for sealed in unit.journal.all()]
    assert seen == list(range(1, 41))
    assert head == (40, outcomes[-1].sealed.hash)
    await assert_store_coherent(store)


async def test_a_rolled_back_append_leaves_no_gap(store: Store) -> None:
    await append(store, expense("e1"))
    with pytest.raises(ZeroDivisionError):
        await _append_and_fail(store, expense("e2"))

    posted = (await append(store, expense("e3")))[0]

    assert posted.sealed.number == 2
    await assert_store_coherent(store)


async def test_appending_many_gives_the_outcomes_of_appending_one_by_one(store: Store) -> None:
    operations = random_operations(3, 60)
    repeated = [operations[7], replace(operations[8], comment="другое")]

    async with store.write("test") as unit:
        outcomes = await unit.journal.append_many([*operations, *repeated])

    posted = outcomes[:60]
    assert [one.sealed.operation for one in posted if isinstance(one, Posted)] == operations
    assert outcomes[60] == AlreadyPosted(posted[7].sealed)
    assert outcomes[61] == DiffersFrom(posted[8].sealed, "comment")
    await assert_store_coherent(store)


async def test_appending_many_knows_what_was_there_before(store: Store) -> None:
    operations = random_operations(4, 30)
    await append(store, *operations[:10])

    async with store.write("test") as unit:
        outcomes = await unit.journal.append_many(operations)

    assert [type(outcome) for outcome in outcomes] == [AlreadyPosted] * 10 + [Posted] * 20
    await assert_store_coherent(store)


async def test_a_reversal_is_found_by_what_it_reverses(store: Store) -> None:
    undo = reverse(expense(), "r1", TODAY, "Вера", "дважды")
    await append(store, expense(), undo)

    async with store.read() as unit:
        found = await unit.journal.reversal_of("e1")
        assert found is not None
        assert found.operation == undo
        assert await unit.journal.reversal_of("r1") is None
        assert not any((await unit.reports.balances()).values())
    await assert_store_coherent(store)


async def test_the_database_refuses_a_second_reversal(store: Store) -> None:
    await append(store, expense(), reverse(expense(), "r1", TODAY, "Вера", ""))

    with pytest.raises(IntegrityError):
        await append(store, reverse(expense(), "r2", TODAY, "Вера", ""))

    await assert_store_coherent(store)


async def test_the_database_refuses_a_reversal_of_nothing(store: Store) -> None:
    with pytest.raises(IntegrityError):
        await append(store, reverse(expense("unknown"), "r1", TODAY, "Вера", ""))

    await assert_store_coherent(store)


async def test_operations_are_found_by_deal_and_by_author(store: Store) -> None:
    operations = random_operations(5, 50)
    await append(store, *operations)

    async with store.read() as unit:
        of_deal = [one.operation for one in await unit.journal.of_deal("amocrm:1")]
        newest = [one.operation for one in await unit.journal.newest_of_author("Вера", 5)]
    assert of_deal == [one for one in operations if one.deal == "amocrm:1"]
    assert newest == [one for one in reversed(operations) if one.author == "Вера"][:5]
    await assert_store_coherent(store)


async def test_long_words_are_kept_by_both_databases(store: Store) -> None:
    word = "ы" * 700
    operation = replace(
        expense(f"line:{word}"), contract_no=word, author=word, dimensions=(("салон", word),)
    )

    await append(store, operation)

    async with store.read() as unit:
        read = await unit.journal.get(operation.key)
        assert read is not None
        assert read.operation == operation
    await assert_store_coherent(store)


async def _append_and_fail(store: Store, operation: Operation) -> None:
    async with store.write("test") as unit:
        await unit.journal.append(operation)
        raise ZeroDivisionError

"""Statement lines are kept once by identity; balances and files as the bank gave them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from confirmations.resolution import Ending, Resolution
from ledger.money import Money
from store.database import Store
from store.records import BankLine, StatedBalance
from tests.store.books import NOW, TODAY, line
from tests.store.coherent import assert_store_coherent

ACCOUNT = line().account


@pytest.fixture
async def filed(store: Store) -> Store:
    """Books with a file that lines may come from."""
    async with store.write("test") as unit:
        await unit.statements.add_file("f1", "выписка.txt", b"abc")
    return store


async def test_a_file_is_kept_as_it_came_and_once(filed: Store) -> None:
    async with filed.write("test") as unit:
        again = await unit.statements.add_file("f1", "другое.txt", b"")
        assert again == await unit.statements.file("f1")
    assert (again.name, again.content) == ("выписка.txt", b"abc")
    assert again.sha256.startswith("ba7816bf8f01cfea")
    await assert_store_coherent(filed)


async def test_a_line_reads_back_with_an_id_of_its_own(filed: Store) -> None:
    kept = [await _add(filed, line(f"i{number}")) for number in range(3)]

    async with filed.read() as unit:
        assert await unit.statements.line(kept[1].id) == kept[1]
        assert await unit.statements.all_lines() == kept
    assert [replace(one, id=0) for one in kept] == [line(f"i{number}") for number in range(3)]
    assert len({one.id for one in kept}) == 3
    await assert_store_coherent(filed)


async def test_an_identity_is_kept_once(filed: Store) -> None:
    await _add(filed, line())

    with pytest.raises(IntegrityError):
        await _add(filed, replace(line(), day=date(2026, 1, 1)))

    await assert_store_coherent(filed)


async def test_a_line_of_no_file_is_refused(store: Store) -> None:
    with pytest.raises(IntegrityError):
        await _add(store, line())

    await assert_store_coherent(store)


async def test_known_identities_are_told_from_a_long_list(filed: Store) -> None:
    await _add(filed, line("i1"))

    async with filed.read() as unit:
        many = [f"unknown-{number}" for number in range(40_000)]
        assert await unit.statements.known([*many, "i1"]) == {"i1"}
        assert await unit.statements.known([]) == set()
    await assert_store_coherent(filed)


async def test_what_nobody_explained_is_listed(filed: Store) -> None:
    first, second = await _add(filed, line("i1")), await _add(filed, line("i2"))
    await _add(filed, replace(line("i3"), own_transfer=True))

    async with filed.write("test") as unit:
        await unit.pending.resolve(Resolution(first.thing, Ending.CONFIRMED, "Вера", NOW))

    async with filed.read() as unit:
        assert await unit.statements.unexplained() == [second]
    await assert_store_coherent(filed)


async def test_a_newer_statement_replaces_the_stated_balance(filed: Store) -> None:
    first = StatedBalance(ACCOUNT, TODAY, Money(0), Money(-500))
    second = StatedBalance(ACCOUNT, TODAY, Money(0), Money(700))
    async with filed.write("test") as unit:
        await unit.statements.state_balance(first, "f1")
        await unit.statements.state_balance(second, "f1")

    async with filed.read() as unit:
        assert await unit.statements.stated_balances() == [second]
    await assert_store_coherent(filed)


async def test_the_newest_day_of_an_account(filed: Store) -> None:
    for days in (2, 0, 1):
        await _add(filed, line(f"i{days}", day=TODAY + timedelta(days=days)))

    async with filed.read() as unit:
        assert await unit.statements.last_day(ACCOUNT) == TODAY + timedelta(days=2)
        assert await unit.statements.last_day("none") is None
    await assert_store_coherent(filed)


async def _add(store: Store, one: BankLine) -> BankLine:
    async with store.write("test") as unit:
        return await unit.statements.add_line(one)

"""People are found by what authenticated them; a link is used once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from store.database import Store
from store.records import Link, LinkPurpose, Person, Role
from tests.store.books import NOW, person
from tests.store.coherent import assert_store_coherent

ANNA = replace(person("anna"), telegram_id=7_000_000_001, crm_user_id="amocrm:7001")
OLGA = person("olga", Role.CASHIER)


async def test_a_person_is_found_by_id_telegram_and_crm(store: Store) -> None:
    await _add(store, ANNA, OLGA)

    async with store.read() as unit:
        assert await unit.people.get("anna") == ANNA
        assert await unit.people.by_telegram(7_000_000_001) == ANNA
        assert await unit.people.by_crm_user("amocrm:7001") == ANNA
        assert await unit.people.by_telegram(1) is None
    await assert_store_coherent(store)


async def test_active_people_are_listed_by_name_and_role(store: Store) -> None:
    await _add(store, OLGA, ANNA)

    async with store.write("test") as unit:
        assert await unit.people.all() == [ANNA, OLGA]
        assert await unit.people.all(Role.CASHIER) == [OLGA]
        await unit.people.save(replace(ANNA, active=False))
        assert await unit.people.all() == [OLGA]
    await assert_store_coherent(store)


@pytest.mark.parametrize("field", ["telegram_id", "crm_user_id"])
async def test_an_outside_id_belongs_to_one_person(store: Store, field: str) -> None:
    await _add(store, ANNA)

    with pytest.raises(IntegrityError):
        await _add(store, replace(OLGA, **{field: getattr(ANNA, field)}))

    await assert_store_coherent(store)


async def test_a_link_reads_back_and_is_spent_once(store: Store, another_store: Store) -> None:
    await _add_link(store, _link("a"))

    async with store.read() as unit:
        assert await unit.people.link("a") == _link("a")
        assert await unit.people.link("b") is None
    spent = await asyncio.gather(
        *(_spend(one, f"p{number}") for number, one in enumerate([store, another_store] * 5))
    )

    async with store.read() as unit:
        used = await unit.people.link("a")
    assert used is not None
    assert [name for name in spent if name] == [used.used_by]
    assert used.used_at == NOW
    await assert_store_coherent(store)


async def test_a_new_link_spends_the_earlier_one_to_the_same_thing(store: Store) -> None:
    other = replace(_link("c"), thing="handover:2")
    for link in (_link("a"), other, _link("b")):
        await _add_link(store, link)

    async with store.read() as unit:
        first, second = await unit.people.link("a"), await unit.people.link("b")
        assert await unit.people.link("c") == other
    assert first is not None
    assert second is not None
    assert (first.used_by, second.used_by) == ("replaced", None)
    await assert_store_coherent(store)


def _link(token_hash: str) -> Link:
    until = NOW + timedelta(days=1)
    return Link(token_hash, LinkPurpose.HANDOVER, "handover:1", Role.CASHIER, "p1", NOW, until)


async def _add(store: Store, *people: Person) -> None:
    async with store.write("test") as unit:
        for one in people:
            await unit.people.add(one)


async def _add_link(store: Store, link: Link) -> None:
    async with store.write("test") as unit:
        await unit.people.add_link(link)


async def _spend(store: Store, name: str) -> str | None:
    async with store.write("test") as unit:
        return name if await unit.people.spend_link(_link("a"), name, NOW) else None

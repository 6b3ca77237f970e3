"""Deals as the CRM showed them last."""

from dataclasses import replace
from datetime import timedelta

from store.database import Store
from tests.store.books import TODAY, deal
from tests.store.coherent import assert_store_coherent


async def test_a_deal_reads_back_as_it_was_saved_last(store: Store) -> None:
    newer = replace(deal(), price=None, done_on=TODAY + timedelta(days=1), client_inn="7707083893")
    async with store.write("test") as unit:
        await unit.deals.save(deal())
        assert await unit.deals.get("amocrm:1") == deal()
        await unit.deals.save(newer)
        assert await unit.deals.get("amocrm:1") == newer
        assert await unit.deals.get("amocrm:2") is None
    await assert_store_coherent(store)


async def test_a_price_of_nothing_is_not_a_missing_price(store: Store) -> None:
    free = replace(deal(), price=replace(deal().price, minor=0))
    async with store.write("test") as unit:
        await unit.deals.save(free)
        assert await unit.deals.get("amocrm:1") == free
    await assert_store_coherent(store)


async def test_all_deals_come_by_id(store: Store) -> None:
    async with store.write("test") as unit:
        for number in (2, 3, 1):
            await unit.deals.save(deal(number))
        assert await unit.deals.all() == [deal(1), deal(2), deal(3)]
    await assert_store_coherent(store)

"""Bulk sums for the spreadsheet against the one-by-one reading of the same books."""

from datetime import date

import pytest

from confirmations.payments import Claim, Method, Payment, Slot
from ledger.accounts import Account
from ledger.money import Money
from ledger.posting import About, client_payment
from store.database import Store
from store.sheet_sums import (
    all_payments,
    arrived,
    entries_before,
    sales_by_deal,
    used_articles,
)
from tests.store.books import deal

DAY = date(2026, 2, 14)
DESK = Account.parse("desk:main")


@pytest.fixture
async def sold(store: Store) -> Store:
    """Two payments of two deals, one of them expected as well."""
    async with store.write("test") as unit:
        for key, sale, minor in (("payment:p1:cash", "amocrm:1", 500), ("other", "amocrm:2", 70)):
            await unit.journal.append(
                client_payment(About(key, "Вера", deal=sale), DESK, Money(minor), DAY)
            )
        await unit.deals.save(deal(1))
        claim = Claim(Money(900), Method.CASH, DAY, "p3")
        await unit.pending.add_payment(Payment("p1", Slot("amocrm:1", "prepayment"), 1, claim))
    return store


async def test_sums_by_deal_articles_and_entries(sold: Store) -> None:
    async with sold.read() as unit:
        assert await sales_by_deal(unit, 101) == {"amocrm:1": 500, "amocrm:2": 70}
        assert await used_articles(unit) == {101}
        assert [await entries_before(unit, number) for number in (1, 2, 3)] == [0, 1, 2]


async def test_what_came_for_payments_of_some_deals(sold: Store) -> None:
    async with sold.read() as unit:
        assert await arrived(unit, ["amocrm:1", "amocrm:2"]) == [
            ("payment:p1:cash", "payment", 500)
        ]
        assert await arrived(unit, []) == []


async def test_every_expected_payment_is_listed(sold: Store) -> None:
    async with sold.read() as unit:
        assert await all_payments(unit) == await unit.pending.open_payments()

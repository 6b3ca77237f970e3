"""Bulk sums for the spreadsheet against the one-by-one reading of the same books."""

from dataclasses import replace
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
    operation_years,
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


async def test_the_years_of_either_date_and_none_between(store: Store) -> None:
    days = (
        (date(2026, 1, 1), None),
        (date(1999, 12, 31), date(2000, 1, 1)),
        (None, date(2099, 5, 5)),
    )
    async with store.write("test") as unit:
        assert await operation_years(unit) == []
        for number, (paid, accrued) in enumerate(days):
            made = client_payment(About(f"k{number}", "Вера", deal="d"), DESK, Money(5), DAY)
            await unit.journal.append(replace(made, paid_on=paid, accrued_on=accrued))
    async with store.read() as unit:
        assert await operation_years(unit) == [1999, 2000, 2026, 2099]


async def test_what_came_for_payments_of_some_deals(sold: Store) -> None:
    async with sold.read() as unit:
        assert await arrived(unit, ["amocrm:1", "amocrm:2"]) == [
            ("payment:p1:cash", "payment", 500)
        ]
        assert await arrived(unit, []) == []


async def test_every_expected_payment_is_listed(sold: Store) -> None:
    async with sold.read() as unit:
        assert await all_payments(unit) == await unit.pending.open_payments()

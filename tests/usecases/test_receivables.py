"""What deals still owe."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ledger.accounts import Account
from ledger.money import Money
from ledger.posting import About, client_payment
from store.database import Store
from tests.store.books import TODAY, append, deal
from usecases.company import Company
from usecases.receivables import Bucket, Receivable, receivables

DESK = Account.parse("desk:main")


async def owed(store: Store) -> list[Receivable]:
    async with store.read() as unit:
        return await receivables(unit, Company())


async def test_a_deal_owes_its_price_less_what_was_paid(sqlite_store: Store) -> None:
    paid = client_payment(About("p", "Вера", deal="amocrm:1"), DESK, Money(40_000_00), TODAY)
    async with sqlite_store.write("test") as unit:
        await unit.deals.save(deal(1))
    await append(sqlite_store, paid)

    [row] = await owed(sqlite_store)

    assert (row.price, row.confirmed) == (Money(100_000_00), Money(40_000_00))
    assert (row.due, row.since, row.bucket) == (Money(60_000_00), TODAY, Bucket.MONTH)


async def test_deals_that_owe_nothing_or_have_no_price_are_left_out(sqlite_store: Store) -> None:
    paid = client_payment(About("p", "Вера", deal="amocrm:1"), DESK, Money(100_000_00), TODAY)
    async with sqlite_store.write("test") as unit:
        await unit.deals.save(deal(1))
        await unit.deals.save(replace(deal(2), price=None))
    await append(sqlite_store, paid)

    assert await owed(sqlite_store) == []


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (0, Bucket.MONTH),
        (30, Bucket.MONTH),
        (31, Bucket.TWO_MONTHS),
        (60, Bucket.TWO_MONTHS),
        (90, Bucket.THREE_MONTHS),
        (91, Bucket.OLDER),
        (None, Bucket.UNKNOWN),
    ],
)
async def test_a_debt_is_as_old_as_its_done_deal(
    sqlite_store: Store, days: int | None, bucket: Bucket
) -> None:
    done_on = None if days is None else TODAY - timedelta(days=days)
    async with sqlite_store.write("test") as unit:
        await unit.deals.save(replace(deal(1), done_on=done_on, contract_date=None))

    assert [row.bucket for row in await owed(sqlite_store)] == [bucket]

"""Which accounts and articles the cash-flow tabs list."""

from sheets.cash_facts import read_cash
from store.database import Store
from tests.sheets.ledgers import ARTICLES
from tests.sheets.tabs.test_cash_tab import books
from usecases.posting import post_all


async def test_accounts_have_names_and_balances_and_articles_an_activity(
    sqlite_store: Store,
) -> None:
    async with sqlite_store.write("test") as unit:
        await post_all(unit, books())
    async with sqlite_store.read() as unit:
        cash = await read_cash(unit, ARTICLES, len(books()))
        balances = await unit.reports.balances()
    assert {one.account: one.balance for one in cash.accounts} == {
        account: minor for account, minor in balances.items() if account.is_cash_flow
    }
    assert cash.balance == sum(one.balance for one in cash.accounts)
    assert {one.id for one in cash.articles} == {101, 401, 402, 501}


async def test_empty_books_have_nothing(sqlite_store: Store) -> None:
    async with sqlite_store.read() as unit:
        cash = await read_cash(unit, ARTICLES, 0)
    assert (cash.accounts, cash.articles, cash.entries) == ((), (), 0)

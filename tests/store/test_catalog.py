"""Articles, remembered words, money places and dimension values."""

import pytest
from sqlalchemy.exc import IntegrityError

from ledger.accounts import Account
from ledger.articles import Activity, Article, ArticleType, BeforeNet, Direction
from ledger.operations import Operation
from ledger.seed import FIRST_OWN_ARTICLE_ID, SEEDED_ARTICLES
from store.catalog import RECENT_OPERATIONS
from store.database import Store
from store.records import MoneyPlace
from tests.store.books import append, expense
from tests.store.coherent import assert_store_coherent

OWN = Article(
    id=1000,
    name="Лизинг",
    direction=Direction.EXPENSE,
    type=ArticleType.BEFORE_NET_PROFIT,
    activity=Activity.FINANCING,
    parent=702,
    before_net=BeforeNet.INTEREST,
    description="автомобили",
    active=False,
)
BANK = MoneyPlace(Account.parse("bank:40702810900000000001"), "Расчётный", active=False)


async def test_a_new_article_reads_back_beside_the_seed(store: Store) -> None:
    async with store.write("test") as unit:
        assert await unit.catalog.next_article_id() == FIRST_OWN_ARTICLE_ID
        await unit.catalog.add_article(OWN)
        assert await unit.catalog.article(1000) == OWN
        assert await unit.catalog.article(1001) is None
        assert await unit.catalog.next_article_id() == 1001
        assert list((await unit.catalog.articles()).values()) == [*SEEDED_ARTICLES, OWN]
    await assert_store_coherent(store)


async def test_a_word_means_the_article_it_was_given_last(store: Store) -> None:
    async with store.write("test") as unit:
        assert await unit.catalog.alias("такси") is None
        await unit.catalog.remember("такси", 407)
        await unit.catalog.remember("такси", 401)
        assert await unit.catalog.alias("такси") == 401
    await assert_store_coherent(store)


async def test_a_place_is_found_by_name_and_code(store: Store) -> None:
    async with store.write("test") as unit:
        await unit.catalog.add_place(BANK)
        await unit.catalog.add_place(MoneyPlace(BANK.account, "Другое имя"))
        assert await unit.catalog.place_named("Расчётный") == BANK
        assert await unit.catalog.place_named(str(BANK.account)) == BANK
        assert await unit.catalog.place_named("Другое имя") is None
        names = [place.name for place in await unit.catalog.places()]
        assert names == ["Расчётный", "Карта", "Деньги в пути от банка", "Касса"]
        assert await unit.catalog.bank_accounts() == ["40702810900000000001"]
    await assert_store_coherent(store)


async def test_two_places_of_one_name_are_refused(store: Store) -> None:
    with pytest.raises(IntegrityError):
        await _add_place(store, MoneyPlace(Account.parse("card:anna"), "Касса"))

    await assert_store_coherent(store)


async def test_frequent_articles_are_those_of_the_person_and_of_late(store: Store) -> None:
    old = [_of_article(f"o{number}", 401) for number in range(50)]
    new = [
        _of_article(f"n{number}", 407 if number % 3 else 301)
        for number in range(RECENT_OPERATIONS)
    ]
    async with store.write("test") as unit:
        await unit.journal.append_many(old)
        assert await unit.catalog.frequent_expenses("Вера", 3) == [401]
        await unit.journal.append_many(new)

        assert await unit.catalog.frequent_expenses("Вера", 3) == [407, 301]
        assert await unit.catalog.frequent_expenses("Вера", 1) == [407]
        assert await unit.catalog.frequent_expenses("Пётр", 3) == []
    await assert_store_coherent(store)


async def test_dimension_values_keep_their_first_id(store: Store) -> None:
    await append(store, expense("e1"), expense("e2"))

    async with store.read() as unit:
        values = await unit.catalog.dimension_values()
        ids = await unit.journal.dimension_ids(expense())
    assert sorted((name, value) for name, _, value in values) == list(expense().dimensions)
    assert ids == {name: value_id for name, value_id, _ in values}
    await assert_store_coherent(store)


def _of_article(key: str, article: int) -> Operation:
    return expense(key, article=article)


async def _add_place(store: Store, place: MoneyPlace) -> None:
    async with store.write("test") as unit:
        await unit.catalog.add_place(place)

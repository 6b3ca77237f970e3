"""Which article and which place a row means."""

import pytest

from ledger.articles import Activity, Article, ArticleType, BeforeNet, Direction
from store.database import Store
from tests.usecases.table_room import bad, brought, entries, posted

HEADING = "kind|paid_on|accrued_on|amount|article|article_type|activity|account\n"
DATES = "2026-01-15|2026-01-15|5"


def cost(article: str, kind: str = "", activity: str = "", account: str = "Касса") -> str:
    return f"{HEADING}expense|{DATES}|{article}|{kind}|{activity}|{account}"


async def added(store: Store, *rows: str) -> list[Article]:
    table = HEADING + "\n".join(row.removeprefix(HEADING) for row in rows)
    return list((await brought(store, table)).articles)


async def test_a_known_article_needs_nothing_but_its_name(sqlite_store: Store) -> None:
    assert await added(sqlite_store, cost("  аренда ОФИСА")) == []


async def test_a_new_article_needs_its_type_and_its_activity(sqlite_store: Store) -> None:
    assert await bad(sqlite_store, cost("Вода")) == ["2 article unknown-article Вода"]
    assert await bad(sqlite_store, cost("Вода", "прочие")) == ["2 activity unknown-article Вода"]

    [article] = await added(sqlite_store, cost("Вода", "прочие", "операционная"))

    assert (article.id, article.name) == (1000, "Вода")
    assert (article.direction, article.type) == (Direction.EXPENSE, ArticleType.OTHER)


async def test_an_article_of_one_file_is_added_once(sqlite_store: Store) -> None:
    row = cost("Вода", "прочие", "операционная")

    assert len(await added(sqlite_store, row, row, cost("вода"))) == 1


async def test_what_a_cost_before_net_profit_is_is_kept(sqlite_store: Store) -> None:
    row = cost("КПН", "до чистой прибыли: налоги", "операционная")

    [article] = await added(sqlite_store, row)

    assert article.before_net is BeforeNet.TAX


async def test_the_same_name_with_another_type_is_another_article(sqlite_store: Store) -> None:
    rows = [
        cost("Аренда", "управленческие", "операционная"),
        cost("Аренда", "производственные", "операционная"),
        cost("Аренда офиса", "коммерческие", "операционная"),
        cost("Аренда", "производственные", "инвестиционная"),
    ]

    names = [article.name for article in await added(sqlite_store, *rows)]

    assert names == [
        "Аренда",
        "Аренда (производственные)",
        "Аренда офиса (коммерческие)",
        "Аренда (производственные, расход)",
    ]
    assert await added(sqlite_store, *rows) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f"income|{DATES}||||Касса", "2 article empty"),
        (f"income|{DATES}|Транспорт|||Касса", "2 article wrong-direction расход"),
        (f"refund|{DATES}|Транспорт|||Касса", "2 article wrong-direction расход"),
        (
            f"expense|{DATES}|X|выручка|операционная|Касса",
            "2 article_type type-does-not-fit расход",
        ),
        (
            f"income|{DATES}|X|коммерческие|операционная|К",
            "2 article_type type-does-not-fit доход",
        ),
        (f"expense|{DATES}|Старое|||Касса", "2 article article-off Старое"),
    ],
)
async def test_an_article_that_does_not_suit_the_row(
    sqlite_store: Store, row: str, said: str
) -> None:
    kind, activity = ArticleType.OTHER, Activity.OPERATING
    old = Article(1500, "Старое", Direction.EXPENSE, kind, activity, active=False)
    async with sqlite_store.write("test") as unit:
        await unit.catalog.add_article(old)

    assert await bad(sqlite_store, HEADING + row) == [said]


async def test_an_expense_without_an_article_is_unsorted_never_dropped(
    sqlite_store: Store,
) -> None:
    await brought(sqlite_store, cost(""))

    assert (await posted(sqlite_store))[0].operation.article == 400


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Касса", "desk:main"),
        ("desk:main", "desk:main"),
        ("касса Тверь", "desk:касса Тверь"),
        ("Сейф", "desk:Сейф"),
        ("Банк Альфа", "bank:Банк Альфа"),
        ("Расчётный", "bank:Расчётный"),
        ("Альфа 40702810900000000001", "bank:40702810900000000001"),
        ("Карта Анны", "card:Карта Анны"),
        ("Эквайринг Т", "clearing:Эквайринг Т"),
    ],
)
async def test_the_words_of_an_account_say_what_it_is(
    sqlite_store: Store, name: str, code: str
) -> None:
    await brought(sqlite_store, cost("Транспорт", account=name))

    [entry] = entries(await posted(sqlite_store))
    assert entry.endswith(f"← {code} 5.00")


async def test_an_account_is_added_once_however_it_is_typed(sqlite_store: Store) -> None:
    first = await brought(sqlite_store, cost("Транспорт", account="Банк Альфа"))
    again = await brought(sqlite_store, cost("Связь и интернет", account="банк  альфа"))

    assert [place.name for place in first.places] == ["Банк Альфа"]
    assert again.places == ()


async def test_a_transfer_to_the_same_account_is_refused(sqlite_store: Store) -> None:
    heading = "kind|paid_on|amount|account|to_account\n"

    told = await bad(sqlite_store, f"{heading}transfer|2026-01-15|5|Касса|касса")

    assert told == ["2 to_account same-account"]

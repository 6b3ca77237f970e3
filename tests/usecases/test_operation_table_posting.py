"""What each kind of row posts."""

import pytest

from store.database import Store
from tests.usecases.table_room import brought, entries, posted
from usecases.operation_table.posting import key_base, keys_of

BOTH, PAID, ACCRUED = "2026-01-15|2026-01-15", "2026-01-15|", "|2026-01-15"
TWO = "2026-01-15|2026-02-15"
A, B = "2026-01-15", "2026-02-15"


@pytest.mark.parametrize(
    ("kind", "dates", "posts"),
    [
        ("expense", BOTH, [f"expense {A} {A} article:407 ← desk:main 5.00"]),
        ("expense", PAID, [f"expense {A} – supplier:ООО ← desk:main 5.00"]),
        ("expense", ACCRUED, [f"expense – {A} article:407 ← supplier:ООО 5.00"]),
        (
            "expense",
            TWO,
            [
                f"expense – {B} article:407 ← supplier:ООО 5.00",
                f"expense {A} – supplier:ООО ← desk:main 5.00",
            ],
        ),
        ("income", BOTH, [f"income {A} {A} desk:main ← article:101 5.00"]),
        ("income", PAID, [f"income {A} – desk:main ← client:ООО 5.00"]),
        ("income", ACCRUED, [f"income – {A} client:ООО ← article:101 5.00"]),
        ("refund", BOTH, [f"refund {A} {A} article:101 ← desk:main 5.00"]),
        ("refund", PAID, [f"refund {A} – client:ООО ← desk:main 5.00"]),
        ("refund", ACCRUED, [f"refund – {A} article:101 ← client:ООО 5.00"]),
    ],
)
async def test_each_kind_and_each_date(
    sqlite_store: Store, kind: str, dates: str, posts: list[str]
) -> None:
    article = "Транспорт" if kind == "expense" else "Продажи"
    heading = "kind|paid_on|accrued_on|amount|article|counterparty\n"

    await brought(sqlite_store, f"{heading}{kind}|{dates}|5|{article}|ООО")

    assert entries(await posted(sqlite_store)) == posts


async def test_with_a_deal_its_own_accounts_stand_between(sqlite_store: Store) -> None:
    rows = f"expense|{PAID}|5|Подрядчики|17\nincome|{PAID}|9|Продажи|17"

    await brought(sqlite_store, f"kind|paid_on|accrued_on|amount|article|deal\n{rows}")

    assert entries(await posted(sqlite_store)) == [
        f"expense {A} – deferred:17 ← desk:main 5.00",
        f"income {A} – desk:main ← client:17 9.00",
    ]


async def test_a_transfer_moves_money_and_is_in_no_profit(sqlite_store: Store) -> None:
    row = f"transfer|{BOTH}|5|Касса|Банк Альфа"

    await brought(sqlite_store, f"kind|paid_on|accrued_on|amount|account|to_account\n{row}")

    assert entries(await posted(sqlite_store)) == [
        f"transfer {A} – bank:Банк Альфа ← desk:main 5.00"
    ]


async def test_an_operation_carries_everything_that_the_row_says(sqlite_store: Store) -> None:
    await brought(
        sqlite_store,
        """
        Ключ | Вид   | Дата оплаты | Сумма | Статья  | Менеджер | Город | Сделка | Клиент | Примечание
        k 7  | доход | 15.01.2026  | 5     | Продажи | Анна  П. |       | 17     | Иванов | =1+1
        """,
    )

    [sealed] = await posted(sqlite_store)
    operation = sealed.operation
    assert operation.key == "import:k 7:paid"
    assert operation.dimensions == (("manager", "Анна П."),)
    assert (operation.deal, operation.counterparty) == ("17", "Иванов")
    assert (operation.comment, operation.author) == ("=1+1", "консоль")


def test_a_persons_key_never_reaches_into_our_parts() -> None:
    assert key_base("a") in keys_of(key_base("a"))
    assert not set(keys_of(key_base("a"))) & set(keys_of(key_base("a:paid")))
    assert key_base("a:b") != key_base("a%3Ab")

"""A table of operations: the whole file or nothing, once."""

from datetime import datetime, timedelta

import pytest

from ledger.months import Month
from ledger.periods import Reopening
from store.database import Store
from store.reports import Basis
from tests.store.books import append, random_operations
from tests.store.coherent import assert_coherent
from tests.usecases.table_room import bad, bring, brought, posted
from usecases.import_operations import Brought
from usecases.posting import SHEET
from usecases.reports import pnl_report
from world.clock import VirtualClock

TABLE = """
key | kind    | paid_on    | accrued_on | amount | article      | manager | comment
1   | income  | 2026-01-15 | 2026-01-15 | 500    | Продажи      | Анна    | касса
2   | expense | 2026-01-16 | 2026-02-16 | 120    | Аренда офиса |         |
3   | refund  | 2026-01-17 |            | 30     |              | Анна    |
"""
KEYLESS = "\n".join(line.partition("|")[2] for line in TABLE.strip().splitlines())


@pytest.mark.parametrize("table", [TABLE, KEYLESS])
async def test_a_table_comes_in_once(store: Store, table: str) -> None:
    first = await brought(store, table)
    operations = await posted(store)
    again = await brought(store, table)

    assert (first.rows, first.new, first.known) == (3, 3, 0)
    assert (again.rows, again.new, again.known) == (3, 0, 3)
    assert len(operations) == 4
    assert await posted(store) == operations
    async with store.read() as unit:
        await assert_coherent(unit)


async def test_every_operation_gets_its_row_in_the_spreadsheet(store: Store) -> None:
    await brought(store, TABLE)
    await brought(store, TABLE)

    async with store.read() as unit:
        assert await unit.outbox.open_count(SHEET) == 4


async def test_equal_rows_without_keys_are_two_operations(store: Store) -> None:
    twice = KEYLESS + "\n" + KEYLESS.splitlines()[1]

    assert (await brought(store, KEYLESS)).new == 3
    assert (await brought(store, twice)).new == 1
    assert (await brought(store, twice)).new == 0


async def test_a_refund_takes_revenue_back_on_each_of_its_dates(store: Store) -> None:
    await brought(
        store,
        """
        kind   | paid_on    | accrued_on | amount | article | city
        income | 2026-01-15 | 2026-01-15 | 500    | Продажи | Тверь
        refund | 2026-01-20 | 2026-01-20 | 30     |         | Тверь
        refund | 2026-02-20 | 2026-03-20 | 7      | Продажи | Тверь
        """,
    )

    async with store.read() as unit:
        reports = [await pnl_report(unit, basis) for basis in Basis]
    rows = [{value: pnl.net_profit for value, pnl in one[0].rows} for one in reports if one]
    assert rows == [
        {"2026-01": 470_00, "2026-02": -7_00},
        {"2026-01": 470_00, "2026-02": 0, "2026-03": -7_00},
    ]


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("500 ", "501 ", "2 amount"),
        ("2026-01-15 | 2026-01-15", "2026-01-14 | 2026-01-15", "2 paid_on"),
        ("2026-01-15 | 2026-01-15", "2026-01-15 | ", "2 accrued_on"),
        ("2026-02-16", "2026-02-17", "3 accrued_on"),
        ("income ", "refund ", "2 kind"),
        ("Аренда офиса", "Транспорт", "3 article"),
        ("Продажи      | Анна", "Продажи      | Борис", "2 manager"),
        ("| касса", "| банк", "2 comment"),
    ],
)
async def test_the_same_key_with_other_content_names_the_column(
    sqlite_store: Store, old: str, new: str, column: str
) -> None:
    await brought(sqlite_store, TABLE)

    told = await bad(sqlite_store, TABLE.replace(old, new))

    assert [one.partition(" differs ")[0] for one in told] == [column]


async def test_an_expense_cannot_become_a_transfer_under_its_key(sqlite_store: Store) -> None:
    heading = "key|kind|paid_on|amount|account|to_account\n"
    await brought(sqlite_store, heading + "k|expense|2026-01-15|5|Касса|")

    told = await bad(sqlite_store, heading + "k|transfer|2026-01-15|5|Касса|Банк")

    assert told == ["2 kind differs k"]


async def test_a_key_twice_in_a_file_counts_once_or_is_a_difference(sqlite_store: Store) -> None:
    line = TABLE.strip().splitlines()[1]

    assert await bad(sqlite_store, TABLE + line.replace("500", "600")) == ["5 amount differs 1"]
    outcome = await brought(sqlite_store, TABLE + line)
    assert (outcome.rows, outcome.new) == (4, 3)


async def test_keys_that_look_like_our_own_parts_stay_apart(sqlite_store: Store) -> None:
    heading = "key|kind|paid_on|accrued_on|amount|article\n"
    rows = "a|expense|2026-01-15|2026-02-15|5|Транспорт\na:paid|expense|2026-01-15||7|Транспорт"

    assert (await brought(sqlite_store, heading + rows)).new == 2
    assert (await brought(sqlite_store, heading + rows)).new == 0


async def test_a_dry_run_counts_and_writes_nothing(sqlite_store: Store) -> None:
    async with sqlite_store.write("test") as unit:
        before = await unit.catalog.articles()
    row = "\n4|income|2026-01-18||5|Пени|Анна|"

    tried = await bring(sqlite_store, TABLE + row.replace("Пени", "Продажи"), dry_run=True)

    assert isinstance(tried, Brought)
    assert (tried.new, tried.dry_run) == (4, True)
    assert await posted(sqlite_store) == []
    async with sqlite_store.read() as unit:
        assert await unit.catalog.articles() == before


async def test_one_bad_row_keeps_the_whole_file_out(sqlite_store: Store) -> None:
    rows = "4 | income | 2026-01-18 | | 12,5,0 | Продажи | |\n5 | gift | | | 5 | | |"

    assert await bad(sqlite_store, TABLE + rows) == [
        "5 amount bad-amount unclear",
        "6 kind bad-kind gift",
        "6 paid_on no-date",
    ]


async def test_a_closed_month_refuses_what_is_new_and_only_that(
    store: Store, clock: VirtualClock
) -> None:
    await brought(store, TABLE)
    async with store.write("test") as unit:
        await unit.upkeep.close_month(Month(2026, 1), "Игорь")
    row = "4|expense|2026-02-01|2026-01-31|5|Транспорт||"

    assert await bad(store, TABLE + row) == ["5 accrued_on month-closed 2026-01-31"]
    assert (await brought(store, TABLE)).new == 0

    until: datetime = clock.now() + timedelta(days=1)
    async with store.write("test") as unit:
        await unit.upkeep.reopen_month(Reopening(Month(2026, 1), until, "Игорь", "чеки"))
    assert (await brought(store, TABLE + row)).new == 1


async def test_a_few_rows_are_looked_up_in_long_books_as_in_short_ones(
    sqlite_store: Store,
) -> None:
    await append(sqlite_store, *random_operations(1, 200))
    await brought(sqlite_store, TABLE)
    few = "\n".join(TABLE.strip().splitlines()[:2])

    assert (await brought(sqlite_store, few)).new == 0
    assert await bad(sqlite_store, few.replace("500", "501")) == ["2 amount differs 1"]

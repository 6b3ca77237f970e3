"""ДДС: its formulas give the cash-flow report of any months to the kopeck."""

from datetime import date

from ledger.accounts import Account
from ledger.articles import Activity
from ledger.money import Money
from ledger.months import Month
from ledger.operations import Entry, Operation, OperationKind, reverse
from sheets.export import export_workbook
from sheets.facts import BookFacts, read_facts
from sheets.tabs.cash_tab import CASH_PERIOD, cash_figures
from sheets.tabs.inputs import month_serial
from store.database import Store
from tests.sheets.computing import formualizer_reader, kopecks
from tests.sheets.ledgers import SETTINGS
from usecases.posting import post_all
from usecases.reports import cash_flow_report

TAB = "ДДС"
FROM, TO = ((TAB, area.row, area.column) for area in CASH_PERIOD.entries)
PERIODS = ((1, 12), (1, 1), (2, 3), (3, 3), (4, 12), (12, 12))


def moved(key: str, article: int, day: date | None, *entries: tuple[str, str, int]) -> Operation:
    """An operation between places named as the store names them."""
    return Operation(
        key=key,
        kind=OperationKind.OPENING if "opening:all" in entries[0] else OperationKind.EXPENSE,
        article=article,
        entries=tuple(
            Entry(Account.parse(debit), Account.parse(credit), Money(minor))
            for debit, credit, minor in entries
        ),
        paid_on=day,
        accrued_on=None if day else date(2026, 2, 1),
    )


def books() -> list[Operation]:
    """Openings, several accounts in one operation, transfers, reversals, and an accrual."""
    fee = moved(
        "fee",
        501,
        date(2026, 2, 5),
        ("article:501", "clearing:acquirer", 1_001),
        ("article:501", "bank:1", 202),
        ("suspense:1", "bank:1", 7),
    )
    opened = moved("o1", 954, date(2026, 2, 1), ("desk:main", "opening:all", 100_000))
    return [
        opened,
        moved("o2", 954, date(2026, 3, 9), ("bank:1", "opening:all", 5_000_000)),
        moved("sale", 101, date(2026, 1, 7), ("collected:p1", "client:amocrm:1", 30_000)),
        fee,
        moved("hand", 952, date(2026, 3, 1), ("desk:main", "collected:p1", 29_900)),
        moved("issue", 402, date(2026, 3, 2), ("issued:p1", "desk:main", 900)),
        moved("rent", 401, date(2026, 3, 31), ("article:401", "desk:main", 12_345)),
        moved("later", 401, None, ("article:401", "supplier:x", 777)),
        reverse(fee, "fee back", date(2026, 3, 3), "Вера", "ошибка"),
        reverse(opened, "o1 back", date(2026, 4, 3), "Вера", "ошибка"),
    ]


async def assert_equals_the_report(store: Store) -> BookFacts:
    """Every chosen period of the exported workbook against the use case."""
    content = await export_workbook(store, SETTINGS)
    async with store.read() as unit:
        facts = await read_facts(unit, SETTINGS, live=False)
        year = facts.months[0].year
        for period in PERIODS:
            first, last = (Month(year, number) for number in period)
            typed = {FROM: month_serial(first), TO: month_serial(last)}
            read = formualizer_reader(content, typed)
            expected = cash_figures(facts, await cash_flow_report(unit, first, last))
            shown = {place: kopecks(read(TAB, *place)) for place in expected}
            assert shown == expected, period
    return facts


async def test_the_formulas_equal_the_report_in_every_period(sqlite_store: Store) -> None:
    async with sqlite_store.write("test") as unit:
        await post_all(unit, books())
    facts = await assert_equals_the_report(sqlite_store)
    assert facts.cash.entries == 14
    assert {one.activity for one in facts.cash.articles} >= {Activity.OPERATING}


async def test_the_expected_figures_are_the_reports_own(sqlite_store: Store) -> None:
    async with sqlite_store.write("test") as unit:
        await post_all(unit, books())
    async with sqlite_store.read() as unit:
        facts = await read_facts(unit, SETTINGS)
        statement = await cash_flow_report(unit, Month(2026, 3), Month(2026, 3))
    figures = cash_figures(facts, statement)
    row = {column: minor for (line, column), minor in figures.items() if line == 4}
    assert row == {1: 5_128_797, 2: 0, 3: 12_042, 4: 0, 5: 5_116_755}


async def test_books_without_operations_show_an_empty_statement(sqlite_store: Store) -> None:
    facts = await assert_equals_the_report(sqlite_store)
    assert facts.cash.accounts == ()

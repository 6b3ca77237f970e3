"""A manager's own spreadsheet: the figures are the filtered report's, and nobody else's stand in it."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest

from confirmations.payments import Method
from ledger.accounts import Account
from ledger.articles import Activity, Article, ArticleType, Direction
from ledger.money import Money
from ledger.months import Month
from ledger.operations import Entry, Operation, OperationKind, dimensions
from sheets.check.self_check import CheckReport, self_check
from sheets.export import export_workbook
from sheets.facts import Settings, read_facts
from sheets.figures import Chosen, dimension_figures, pnl_figures
from sheets.own import hidden_names, linked_person
from sheets.tabs.inputs import BASIS_WORDS
from store.database import Store
from store.reports import Basis, Only
from store.scopes import EVERYTHING, Scope
from tests.sheets.computing import formualizer_reader, kopecks
from tests.sheets.google import SETTINGS
from tests.sheets.spreadsheets import Spreadsheets, open_spreadsheets
from tests.usecases.company_room import a_deal, claim, hire
from usecases.posting import post_all
from usecases.reports import pnl_report
from world.clock import VirtualClock

ALL, ANNAS = "book-all", "book-anna"
ONLY = Only("manager", "Анна")
DAY = date(2026, 2, 14)
DIMENSIONS = tuple(one for one in SETTINGS.dimensions if one.code != "manager")
OWN = Settings(DIMENSIONS, SETTINGS.zone, scope=Scope(only=ONLY))
ALL_FIELDS = (
    "properties,sheets(properties,protectedRanges,conditionalFormats,bandedRanges,charts,"
    "filterViews,data(rowData(values(userEnteredValue,effectiveValue,note,dataValidation))))"
)
# Words and sums that tell of somebody else, or of all of them together.
FOREIGN = ("Борис", "Ольга", "Вера", "amocrm:2", "К-1002", "Сидоров", "Тверь", "Премия", "ИП Ким")
FOREIGN_SUMS = (31_313_31, 77_077, 5_005_50, 31_313_31 + 10_101, 9_009_09, 100_200_30)


def operation(key: str, article: int, minor: int, manager: str = "", **values: str) -> Operation:
    """An expense from the desk, or a payment for a deal when there is one."""
    deal = values.pop("deal", None)
    cost = Account.of_article(article), Account.parse("desk:main")
    paid = Account.parse("card:boris"), Account.parse(f"client:{deal}")
    debit, credit = paid if deal else cost
    named = {"manager": manager, "city": values.pop("city", "")}
    return Operation(
        key=key,
        kind=OperationKind.PAYMENT if deal else OperationKind.EXPENSE,
        article=article,
        entries=(Entry(debit, credit, Money(minor)),),
        paid_on=DAY,
        accrued_on=DAY,
        dimensions=dimensions({code: value for code, value in named.items() if value}),
        deal=deal,
        author=values.pop("author", "Анна"),
        **values,
    )


OPERATIONS = (
    operation("a1", 101, 10_101, "Анна", deal="amocrm:1", city="Казань", author="Борис"),
    operation("a2", 407, 2_002, "Анна", comment="такси вместе с Борис, отдал борис"),
    operation("b1", 101, 31_313_31, "Борис", deal="amocrm:2", city="Тверь", author="Вера"),
    operation("b2", 990, 77_077, "Борис", comment="Премия Борису", counterparty="ИП Ким"),
    operation("c1", 401, 5_005_50, comment="аренда на всех"),
    operation("a3", 101, 303, "Анна", deal="amocrm:1", city="Казань"),
)


async def fill(store: Store) -> None:
    """Two managers with deals, cash and costs, and the common costs."""
    await hire(store)
    async with store.write("test") as unit:
        premium = Article(
            990, "Премия Бориса", Direction.EXPENSE, ArticleType.SELLING, Activity.OPERATING
        )
        await unit.catalog.add_article(premium)
        annas, boriss = a_deal(1), a_deal(2, client="Сидоров", manager="Борис", city="Тверь")
        boriss = replace(boriss, manager_crm_id="amocrm:8")
        await claim(unit, annas, {"prepayment": ("1234.50", Method.CASH)}, holder="p2")
        await claim(unit, boriss, {"prepayment": ("9009.09", Method.CASH)}, holder="p3")
        collected = Entry(
            Account.parse("collected:p3"), Account.parse("client:amocrm:2"), Money(100_200_30)
        )
        cash = replace(OPERATIONS[2], key="b3", entries=(collected,))
        await post_all(unit, [*OPERATIONS, cash])


@pytest.fixture
async def books(sqlite_store: Store, clock: VirtualClock) -> AsyncIterator[Spreadsheets]:
    await fill(sqlite_store)
    scopes = {ALL: EVERYTHING, ANNAS: Scope(only=ONLY)}
    async with open_spreadsheets(sqlite_store, clock, scopes) as opened:
        await opened.follow()
        yield opened


def numbers_of(value: object) -> set[float]:
    """Every number anywhere in a JSON document."""
    match value:
        case dict():
            return {number for one in value.values() for number in numbers_of(one)}
        case list():
            return {number for one in value for number in numbers_of(one)}
        case bool():
            return set()
        case int() | float():
            return {float(value)}
        case _:
            return set()


async def test_nothing_of_others_was_ever_written_there(books: Spreadsheets) -> None:
    reply = await books.channels[ANNAS].transport.get(ALL_FIELDS)
    sent = [call.body for call in books.writes(ANNAS)]
    for document in (reply.body, *sent):
        text = json.dumps(document, ensure_ascii=False)
        assert not [word for word in FOREIGN if word.casefold() in text.casefold()]
        shown = numbers_of(document)
        assert not [minor for minor in FOREIGN_SUMS if shown & {minor / 100, -minor / 100}]
    assert "Казань" in json.dumps(reply.body, ensure_ascii=False)


async def test_the_tabs_are_those_that_tell_of_oneself(books: Spreadsheets) -> None:
    titles = [one.title for one in books.google.standin.shelf(ANNAS).book.sheets]
    assert titles[:11] == [
        *("Начало", "ОПиУ", "Города", "Каналы", "Платежи", "Долги", "Подотчёт"),
        *("Журнал", "Справочники", "Сверка", "Свод"),
    ]
    assert set(titles[11:]) <= {"_служебный", "Лист1", "Sheet1"}
    assert books.numbers(ANNAS) == [1, 2, 6]
    assert books.shown(ANNAS, "Журнал", 1, 7) == "Карта"
    assert books.shown(ANNAS, "Начало", 1, 0) == "Только своё: Анна."


async def test_own_deals_debts_and_cash_are_there(books: Spreadsheets) -> None:
    first = 4
    assert [books.shown(ANNAS, "Платежи", row, 10) for row in (first, first + 1)] == [
        "amocrm:1",
        None,
    ]
    assert [books.shown(ANNAS, "Долги", row, 8) for row in (first, first + 1)] == [
        "amocrm:1",
        None,
    ]
    assert books.shown(ANNAS, "Платежи", first, 6) == 1234.5
    assert [books.shown(ANNAS, "Подотчёт", row, 0) for row in (first, first + 1)] == ["Анна", None]
    assert books.shown(ANNAS, "Подотчёт", first, 2) == 1234.5


async def test_it_is_true_to_the_last_cell(books: Spreadsheets) -> None:
    assert books.verdict(ANNAS) == "СХОДИТСЯ"
    report = await self_check(books.channels[ANNAS], heal=False)
    assert isinstance(report, CheckReport)
    assert report.differences == ()


async def test_all_figures_are_those_of_the_filtered_report(sqlite_store: Store) -> None:
    await fill(sqlite_store)
    content = await export_workbook(sqlite_store, OWN)
    for basis in Basis:
        typed = {
            (tab, 1, column): BASIS_WORDS[basis] for tab, column in (("ОПиУ", 1), ("Города", 3))
        }
        read = formualizer_reader(content, typed)
        async with sqlite_store.read() as unit:
            facts = await read_facts(unit, OWN, live=False)
            chosen = Chosen(basis, facts.months[0], facts.months[-1], (ONLY,))
            months = await pnl_figures(unit, facts, chosen)
            cities = await dimension_figures(unit, facts, DIMENSIONS[0], chosen)
            found = await pnl_report(unit, basis, None, Month(2026, 1), Month(2026, 12), (ONLY,))
        assert {place: kopecks(read("ОПиУ", *place)) for place in months} == months
        assert {place: kopecks(read("Города", *place)) for place in cities} == cities
        assert found is not None
        total = found[0].total.lines()
        assert [kopecks(read("ОПиУ", 4 + row, 13)) for row in range(13)] == list(total.values())
        assert total["revenue"] == (10_404 if basis is Basis.CASH else 0)
        assert read("Сверка", 1, 1) == "СХОДИТСЯ"


async def test_a_manager_is_the_person_whom_the_crm_knows_by_that_name(
    sqlite_store: Store,
) -> None:
    await fill(sqlite_store)
    async with sqlite_store.read() as unit:
        anna = await linked_person(unit, ONLY)
        nobody = await linked_person(unit, Only("manager", "Кто-то"))
        a_city = await linked_person(unit, Only("city", "Анна"))
        hidden = await hidden_names(unit, Scope(only=ONLY))
        open_to_all = await hidden_names(unit, EVERYTHING)
    assert (anna.id if anna else None, nobody, a_city, open_to_all) == ("p2", None, None, None)
    assert hidden is not None
    assert hidden.names == {"Игорь", "Борис", "Ольга", "Мария"}


async def test_without_a_person_behind_the_name_nobodys_cash_is_shown(
    sqlite_store: Store,
) -> None:
    await fill(sqlite_store)
    a_city = Settings(
        SETTINGS.dimensions[:1], SETTINGS.zone, scope=Scope(only=Only("city", "Казань"))
    )
    async with sqlite_store.read() as unit:
        facts = await read_facts(unit, a_city)
    assert (facts.waiting_for.people, facts.waiting_for.of_person) == ((), False)
    assert [one.deal.id for one in facts.waiting_for.debts] == ["amocrm:1"]

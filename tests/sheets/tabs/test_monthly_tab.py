"""Reports over Свод show what they show over Журнал, which is what the books say.

KOPEYKA_LONG=1    200 random ledgers instead of 10
"""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.months import Month
from sheets.books_rows import BookRows, read_rows
from sheets.export import export_workbook
from sheets.facts import BookFacts, read_facts
from sheets.formulas import Dialect, Node, render
from sheets.model import Book
from sheets.tabs.cash_tab import cash_figures
from sheets.tabs.dimension_tab import DIMENSION_INPUTS
from sheets.tabs.inputs import month_serial
from sheets.tabs.monthly_tab import MonthlyShape, monthly_tab, touched
from sheets.tabs.moves_tab import MoveImage, Moves, move_images
from sheets.tabs.pnl_tab import PNL_INPUTS
from sheets.tabs.template import template
from sheets.workbook import workbook_bytes
from store.database import Store
from tests.sheets.choosing import any_choice, typed_before, typed_into
from tests.sheets.computing import Reader, Sheet, formualizer_reader, kopecks
from tests.sheets.ledgers import (
    ARTICLES,
    SETTINGS,
    SHAPE,
    Books,
    added_up,
    every_article,
    ledgers,
    sealed,
)
from tests.sheets.office import office_reader
from tests.sheets.tabs.test_cash_tab import FROM, PERIODS, TAB, TO
from tests.sheets.tabs.test_cash_tab import books as cash_books
from tests.sheets.test_choices import (
    CHOICES_EACH,
    CODES,
    LONG,
    RANDOM,
    TITLES,
    assert_statement,
    assert_tab,
    chosen_on_all,
)
from tests.sheets.test_rows import spent
from usecases.posting import post_all
from usecases.reports import cash_flow_report
from world.identity import seeded_chance

REPORTS = ("pnl", "board", *(f"by:{code}" for code in CODES))


def long_facts(books: Books) -> BookFacts:
    """Any operation is above the threshold; a file does not count the minutes."""
    return replace(books.facts, settings=replace(SETTINGS, direct_rows_max=0), written_at=None)


def formulas(book: Book, key: str) -> set[str]:
    cells = book.by_key[key].cells.values()
    return {render(one.value, Dialect.GOOGLE) for one in cells if isinstance(one.value, Node)}


def board(read: Reader) -> list[object]:
    """Everything that Пульт shows."""
    return [read("Пульт", row, column) for row in range(60) for column in range(12)]


@settings(RANDOM, max_examples=200 if LONG else 10)
@given(ledgers(), st.integers(0, 10**6))
def test_every_report_over_monthly_sums_equals_the_ledger(books: Books, seed: int) -> None:
    sheet = Sheet(workbook_bytes(template(long_facts(books)), books.rows))
    short = Sheet(workbook_bytes(template(replace(books.facts, written_at=None)), books.rows))
    chance = seeded_chance(seed)
    for _ in range(CHOICES_EACH):
        chosen = any_choice(books.facts, chance)
        typed = {**chosen_on_all(books, chosen), ("Пульт", 1, 1): 45_000 + chance.randrange(2000)}
        read = sheet.after(typed)
        assert_statement(read, books, chosen)
        for code in CODES:
            assert_tab(read, books, code, chosen)
        assert read("Сверка", 1, 1) == "СХОДИТСЯ", chosen
        assert board(read) == board(short.after(typed))


@settings(RANDOM, max_examples=1)
@given(books=ledgers(size=60), seed=st.integers(0, 10**6))
def test_libreoffice_agrees_over_monthly_sums(
    tmp_path_factory: pytest.TempPathFactory, books: Books, seed: int
) -> None:
    chosen = any_choice(books.facts, seeded_chance(seed))
    typed = typed_into(TITLES["pnl"], PNL_INPUTS, books.facts, chosen)
    for code in CODES:
        typed |= typed_into(TITLES[f"by:{code}"], DIMENSION_INPUTS, books.facts, chosen)
    book = typed_before(template(long_facts(books)), typed)
    read = office_reader(workbook_bytes(book, books.rows), tmp_path_factory.mktemp("office"))
    assert_statement(read, books, chosen)
    for code in CODES:
        assert_tab(read, books, code, chosen)
    assert read("Сверка", 1, 1) == "СХОДИТСЯ"


@pytest.mark.parametrize("key", REPORTS)
def test_reports_of_a_long_journal_do_not_read_it(key: str) -> None:
    long, short = template(long_facts(every_article())), template(every_article().facts)
    assert not [one for one in formulas(long, key) if "Журнал" in one]
    assert [one for one in formulas(long, key) if "Свод" in one]
    assert not [one for one in formulas(short, key) if "Свод" in one]


async def test_the_cash_flow_over_monthly_sums_equals_the_report(sqlite_store: Store) -> None:
    async with sqlite_store.write("test") as unit:
        await post_all(unit, cash_books())
    content = await export_workbook(sqlite_store, replace(SETTINGS, direct_rows_max=0))
    async with sqlite_store.read() as unit:
        facts = await read_facts(unit, SETTINGS, live=False)
        for period in PERIODS:
            first, last = (Month(facts.months[0].year, number) for number in period)
            typed = {FROM: month_serial(first), TO: month_serial(last)}
            read = formualizer_reader(content, typed)
            expected = cash_figures(facts, await cash_flow_report(unit, first, last))
            assert {place: kopecks(read(TAB, *place)) for place in expected} == expected, period
            assert read("Сверка", 1, 1) == "СХОДИТСЯ"


async def test_a_kopeck_of_money_in_the_sums_is_red(sqlite_store: Store) -> None:
    async with sqlite_store.write("test") as unit:
        await post_all(unit, cash_books())
    settings = replace(SETTINGS, direct_rows_max=0)
    async with sqlite_store.read() as unit:
        facts = await read_facts(unit, settings, live=False)
        rows = await read_rows(unit, [one async for one in unit.journal.all()], settings)
    for amount, word in ((0, "СХОДИТСЯ"), (1, "РАСХОДИТСЯ")):
        first = (*facts.monthly[0][:-1], facts.monthly[0][-1] + Decimal(amount).scaleb(-2))
        damaged = replace(facts, monthly=(first, *facts.monthly[1:]), waiting=0)
        content = workbook_bytes(template(damaged), rows.journal, rows.moves)
        assert Sheet(content).after({})("Сверка", 1, 1) == word


@pytest.mark.parametrize("key", ["cash", "board", "accounts"])
def test_money_of_a_long_journal_is_not_read_row_by_row(key: str) -> None:
    long, short = template(long_facts(every_article())), template(every_article().facts)
    assert not [one for one in formulas(long, key) if "_движения" in one]
    assert not [one for one in formulas(short, key) if "Свод" in one]


def test_the_threshold_is_passed_by_the_row_behind_it() -> None:
    facts = sealed([replace(spent(), key=f"e-{number}") for number in range(3)]).facts
    at = [replace(facts, settings=replace(SETTINGS, direct_rows_max=rows)) for rows in (2, 3)]
    assert [one.reads_monthly for one in at] == [True, False]


def test_the_same_columns_stand_in_the_same_order_as_the_rows_cells() -> None:
    shape = MonthlyShape(SETTINGS.dimensions)
    row = added_up(sealed([spent()]).rows, SHAPE)[0]
    assert len(row) == len(shape.columns)
    tab = monthly_tab(shape, (row,), 1000, "Свод")
    assert tab.columns == len(row)
    assert tab.body == (row,)
    ref = shape.column("line", 1000, "Свод")
    assert render(ref, Dialect.GOOGLE) == "='Свод'!$C$2:$C$1001"
    moves = Moves(1000, "Свод", None, shape.moves)
    assert render(moves.of("amount"), Dialect.GOOGLE) == "='Свод'!$R$2:$R$1001"


@RANDOM
@given(ledgers())
def test_an_operation_touches_the_rows_that_change_with_it(books: Books) -> None:
    rows = books.rows
    for count in range(1, len(rows) + 1):
        own = BookRows(rows[count - 1 : count], moves_of(books, count))
        before, after = (
            added_up(
                rows[:end], SHAPE, [one for n in range(1, end + 1) for one in moves_of(books, n)]
            )
            for end in (count - 1, count)
        )
        changed = {
            place: row
            for place, row in enumerate(after, 1)
            if place > len(before) or before[place - 1] != row
        }
        assert touched(own, SHAPE, after) == changed


def moves_of(books: Books, number: int) -> list[MoveImage]:
    """The rows of _движения of one operation."""
    return move_images(books.sealed[number - 1], number - 1, ARTICLES)

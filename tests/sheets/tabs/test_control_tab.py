"""Сверка: green only when everything agrees and the bot is alive."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import formualizer
import pytest

from ledger.articles import PnlLine
from ledger.months import Month
from ledger.pnl import Pnl
from sheets.facts import BookFacts
from sheets.model import Book, Cell
from sheets.tabs.monthly_tab import MonthlyShape
from sheets.tabs.template import template
from sheets.workbook import workbook_bytes
from store.reports import Basis
from tests.sheets.ledgers import NOW, SETTINGS, SHAPE, Books, sealed
from tests.sheets.test_rows import spent

KOPECK = Decimal("0.01")


def books() -> Books:
    return sealed([replace(spent(), key=f"e-{number}") for number in range(3)])


def verdict(book: Book, rows: list, now: datetime = NOW) -> object:
    """What the cell shows at an instant; NOW() tells Moscow's wall clock."""
    workbook = formualizer.load_workbook_bytes(workbook_bytes(book, rows))
    workbook.set_deterministic_clock(now.astimezone(UTC), deterministic_timezone="+03:00")
    workbook.evaluate_all()
    return workbook.get_value("Сверка", 2, 2)


def shown(facts: BookFacts, rows: list, minutes: int = 0) -> object:
    return verdict(template(facts), rows, NOW + timedelta(minutes=minutes))


def test_books_that_agree_are_green() -> None:
    assert shown(books().facts, books().rows) == "СХОДИТСЯ"


def test_one_kopeck_in_a_row_is_red() -> None:
    row = books().rows[1]
    place = SHAPE.places["cash_effect"]
    cells = list(row.cells)
    cells[place] += KOPECK
    rows = [books().rows[0], replace(row, cells=tuple(cells)), books().rows[2]]
    assert shown(books().facts, rows) == "РАСХОДИТСЯ"


@pytest.mark.parametrize("rows_max", [0, 20_000])
@pytest.mark.parametrize("basis", ["cash", "accrual"])
def test_one_kopeck_in_the_monthly_sums_is_red(basis: str, rows_max: int) -> None:
    place = MonthlyShape(SETTINGS.dimensions).places[f"{basis}_effect"]
    facts = replace(books().facts, settings=replace(SETTINGS, direct_rows_max=rows_max))
    assert shown(facts, books().rows) == "СХОДИТСЯ"
    damaged = tuple(
        (*row[:place], row[place] + KOPECK, *row[place + 1 :]) if row[place] else row
        for row in facts.monthly
    )
    assert shown(replace(facts, monthly=damaged), books().rows) == "РАСХОДИТСЯ"


@pytest.mark.parametrize("rows_max", [0, 20_000])
def test_one_kopeck_in_a_row_of_a_long_journal_is_red(rows_max: int) -> None:
    facts = replace(books().facts, settings=replace(SETTINGS, direct_rows_max=rows_max))
    place = SHAPE.places["accrual_effect"]
    cells = list(books().rows[1].cells)
    cells[place] += KOPECK
    rows = [books().rows[0], replace(books().rows[1], cells=tuple(cells)), books().rows[2]]
    assert shown(facts, rows) == "РАСХОДИТСЯ"


@pytest.mark.parametrize("rows_max", [0, 20_000])
@pytest.mark.parametrize("basis", Basis)
def test_one_kopeck_in_the_control_totals_of_the_books_is_red(basis: Basis, rows_max: int) -> None:
    facts = replace(books().facts, settings=replace(SETTINGS, direct_rows_max=rows_max))
    month = Month(2026, 7)
    one_more = Pnl({PnlLine.REVENUE: 1})
    totals = {**facts.totals, basis: {**facts.totals[basis], month: one_more}}
    assert shown(replace(facts, totals=totals), books().rows) == "РАСХОДИТСЯ"


def test_sums_of_a_month_that_is_not_shown_are_red() -> None:
    facts = books().facts
    far = (9133, *facts.monthly[0][1:])
    assert shown(replace(facts, monthly=(*facts.monthly, far)), books().rows) == "РАСХОДИТСЯ"


def test_a_missing_row_is_red_and_yellow_while_rows_wait() -> None:
    rows = books().rows[:2]
    assert shown(books().facts, rows) == "РАСХОДИТСЯ"
    assert shown(replace(books().facts, waiting=1), rows) == "ДОПИСЫВАЕТСЯ"


@pytest.mark.parametrize(("minutes", "word"), [(30, "СХОДИТСЯ"), (31, "БОТ МОЛЧИТ")])
def test_a_silent_bot_is_red_after_half_an_hour(minutes: int, word: str) -> None:
    assert shown(books().facts, books().rows, minutes) == word


def test_a_figure_typed_over_a_report_is_red() -> None:
    book = template(books().facts)
    pnl = book.by_key["pnl"]
    damaged = replace(pnl, cells={**pnl.cells, (8, 2): Cell(1)})
    tabs = tuple(damaged if tab.key == "pnl" else tab for tab in book.tabs)
    assert verdict(Book(tabs, book.signature), books().rows) == "РАСХОДИТСЯ"


def test_a_broken_formula_is_red_not_blank() -> None:
    book = template(books().facts)
    title = f"by:{SETTINGS.dimensions[0].code}"
    tab = book.by_key[title]
    damaged = replace(tab, cells={**tab.cells, (1, 3): Cell("по любви")})
    tabs = tuple(damaged if one.key == title else one for one in book.tabs)
    assert verdict(Book(tabs, book.signature), books().rows) == "РАСХОДИТСЯ"


def test_a_row_of_another_century_is_red() -> None:
    facts = books().facts
    shifted = [replace(one, cells=_in_1925(one.cells)) for one in books().rows]
    assert shown(facts, shifted) == "РАСХОДИТСЯ"


def _in_1925(cells: tuple) -> tuple:
    places = {SHAPE.places["cash_month"], SHAPE.places["accrual_month"]}
    return tuple(9133 if place in places else cell for place, cell in enumerate(cells))


def test_an_exported_file_does_not_count_minutes() -> None:
    facts = replace(books().facts, written_at=None)
    assert shown(facts, books().rows, minutes=10_000) == "СХОДИТСЯ"

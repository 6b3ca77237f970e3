"""The xlsx file: text as text, the same figures in a second engine, the look carried over."""

import io
from dataclasses import replace
from pathlib import Path

from openpyxl import Workbook, load_workbook

from ledger.operations import dimensions
from sheets.export import export_workbook
from sheets.tabs.template import template
from sheets.workbook import workbook_bytes
from store.database import Store
from store.reports import Basis
from tests.sheets.computing import formualizer_reader, kopecks, pnl_columns
from tests.sheets.ledgers import HOSTILE, SETTINGS, SHAPE, Books, sealed
from tests.sheets.office import office_reader
from tests.sheets.tabs.test_template import TITLES, assert_dimensions
from tests.sheets.test_rows import spent
from usecases.posting import post_all


def hostile_books() -> Books:
    """One expense and one payment for every hostile name, in two years."""
    operations = []
    for number, name in enumerate(HOSTILE):
        values = dimensions({"manager": name, "city": HOSTILE[-number]})
        operation = replace(spent(), key=f"e-{number}", dimensions=values, comment=name)
        day = operation.days[0].replace(year=2025 + number % 2, month=1 + number % 12)
        operations.append(replace(operation, paid_on=day))
        income = replace(operation, key=f"p-{number}", article=101, deal="amocrm:1")
        swapped = replace(
            income.entries[0], debit=income.entries[0].credit, credit=income.entries[0].debit
        )
        operations.append(replace(income, entries=(swapped,)))
    return sealed(operations)


def opened(books: Books) -> Workbook:
    return load_workbook(io.BytesIO(workbook_bytes(template(books.facts), books.rows)))


def test_peoples_text_is_a_string_in_every_tab() -> None:
    workbook = opened(hostile_books())
    comments = [row[SHAPE.places["comment"]] for row in workbook["Журнал"].iter_rows(min_row=2)]
    assert {cell.data_type for cell in comments} == {"s"}
    rows = workbook["Менеджеры"].iter_rows(min_row=5)
    names = [row[0] for row in rows if row[0].value is not None]
    assert {cell.data_type for cell in names} == {"s"}
    assert [cell.quotePrefix for cell in names if str(cell.value).startswith("=")] == [True] * 2


def test_no_formula_holds_anything_that_people_wrote() -> None:
    formulas = [
        str(cell.value)
        for sheet in opened(hostile_books()).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert formulas
    assert not [one for one in formulas if "IMPORTXML" in one or "<b>" in one]


def test_the_look_is_carried_over() -> None:
    workbook = opened(hostile_books())
    assert workbook.sheetnames == [tab.title for tab in template(hostile_books().facts).tabs]
    assert workbook["_служебный"].sheet_state == "hidden"
    assert workbook["Журнал"].freeze_panes == "B2"
    assert workbook["Журнал"]["B2"].number_format == "dd.mm.yyyy"
    assert workbook["Менеджеры"].column_dimensions["B"].hidden
    assert workbook["ОПиУ"].row_dimensions[3].hidden


def test_libreoffice_computes_the_same_kopecks(tmp_path: Path) -> None:
    books = hostile_books()
    read = office_reader(workbook_bytes(template(books.facts), books.rows), tmp_path)
    report = books.monthly(Basis.CASH)
    expected = [*(pnl.lines() for _, pnl in report.rows), report.total.lines()]
    assert pnl_columns(read, TITLES["pnl"], len(books.months)) == expected
    assert_dimensions(read, books, Basis.CASH, 0, len(books.months) - 1)


async def test_the_stores_books_are_exported(sqlite_store: Store) -> None:
    async with sqlite_store.write("test") as unit:
        await post_all(unit, [one.operation for one in hostile_books().sealed])
    content = await export_workbook(sqlite_store, SETTINGS)
    read = formualizer_reader(content, {})
    total = hostile_books().monthly(Basis.CASH).total.net_profit
    assert kopecks(read("ОПиУ", 14, 25)) == total
    assert read("Сверка", 1, 1) == "СХОДИТСЯ"

"""What goes over the wire: text only as text, neighbours together, people's entries left alone."""

from dataclasses import replace
from decimal import Decimal

import pytest

from sheets import wire
from sheets.formulas import Function, call
from sheets.model import Area, Value
from sheets.tabs.journal_tab import JournalShape, journal_tab
from sheets.tabs.palette import ENTRY
from sheets.tabs.template import template
from tests.sheets.ledgers import HOSTILE, SHAPE, Books
from tests.sheets.test_workbook import hostile_books


@pytest.mark.parametrize("text", HOSTILE)
def test_peoples_text_is_a_string_whatever_it_begins_with(text: str) -> None:
    assert wire.cell_data(text) == {"userEnteredValue": {"stringValue": text}}


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        (Decimal("500.05"), {"numberValue": 500.05}),
        (Decimal("-0.01"), {"numberValue": -0.01}),
        (Decimal("99999999999.99"), {"numberValue": 99999999999.99}),
        (7, {"numberValue": 7}),
        (call(Function.MAX, 1, 2), {"formulaValue": "=MAX(1;2)"}),
    ],
)
def test_numbers_and_formulas_have_their_own_kinds(value: Value, sent: dict) -> None:
    assert wire.cell_data(value) == {"userEnteredValue": sent}


def test_neighbouring_rows_share_one_request_and_repeats_are_sent_once() -> None:
    rows = hostile_books().rows
    requests = wire.journal_rows([rows[6], rows[0], rows[1], rows[1], rows[2]])
    starts = [one["updateCells"]["start"]["rowIndex"] for one in requests]
    sizes = [len(one["updateCells"]["rows"]) for one in requests]
    assert (starts, sizes) == ([1, 7], [3, 1])


def test_values_go_around_the_entries_of_people() -> None:
    pnl = template(Books(()).facts).by_key["pnl"]
    written = set()
    for request in wire.values(pnl):
        start = request["updateCells"]["start"]
        for down, row in enumerate(request["updateCells"]["rows"]):
            for right, _ in enumerate(row["values"]):
                written.add((start["rowIndex"] + down, start["columnIndex"] + right))
    entries = {place for place, cell in pnl.cells.items() if cell.entry}
    assert entries == {(1, column) for column in range(1, 9)}
    assert not written & entries
    assert set(pnl.cells) - entries <= written


def test_no_formula_of_the_template_has_what_a_russian_locale_misreads() -> None:
    book = template(hostile_books().facts)
    for tab in book.tabs:
        for request in wire.values(tab):
            for row in request["updateCells"]["rows"]:
                for cell in row["values"]:
                    formula = cell.get("userEnteredValue", {}).get("formulaValue", "")
                    assert "," not in formula
                    assert "{" not in formula
                    assert "." not in formula


def test_what_people_may_edit_in_the_journal_is_blue_and_open() -> None:
    tab = journal_tab(SHAPE, 100, "Журнал")
    open_columns = {area.column for area in tab.guard.open_areas}
    assert open_columns == SHAPE.editable
    assert SHAPE.places["amount"] not in open_columns
    blue = {one.area.column for one in tab.styles if one.style.ink == ENTRY.ink}
    assert blue == SHAPE.editable


def test_a_drop_down_of_an_older_template_is_taken_away() -> None:
    tab = replace(journal_tab(JournalShape(()), 10, "Ж"), retired=(Area(1, 3, 1, 1),))
    found = [one["setDataValidation"] for one in wire.look(tab) if "setDataValidation" in one]
    assert [one["range"]["startColumnIndex"] for one in found] == [3]
    assert "rule" not in found[0]

"""Archives that claim to be workbooks, and what their cells say."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from banking.formats.records import ProblemCode
from banking.formats.tables.workbook import UNPACKED_BYTES_MAX, is_workbook, read_workbook
from tests.banking.tables import saved, sber


def archive(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)
    return out.getvalue()


def test_only_an_archive_with_content_types_is_a_workbook():
    assert is_workbook(sber())
    assert not is_workbook(archive(kl_to_1c="1CClientBankExchange"))
    assert not is_workbook(b"PK\x03\x04 and nothing")


def test_a_bomb_is_refused_before_it_is_unpacked():
    content = b"0" * (UNPACKED_BYTES_MAX + 1)
    bomb = archive(**{"[Content_Types].xml": "<a/>", "xl/worksheets/sheet1.xml": content})
    assert len(bomb) < 1_000_000
    assert read_workbook(bomb) is ProblemCode.TOO_LARGE


def test_an_archive_with_nothing_of_a_workbook_is_damaged():
    assert read_workbook(archive(**{"[Content_Types].xml": "<a/>"})) is (
        ProblemCode.STRUCTURE_DAMAGED
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1500, "1500"),
        (1500.0, "1500"),
        (12500.5, "12500.5"),
        (100.1, "100.1"),
        (12.345, "12.345"),
        (-22.5, "-22.5"),
        (date(2026, 1, 31), "2026-01-31"),
        ("  текст ", "текст"),
    ],
)
def test_a_typed_cell_becomes_the_text_that_means_the_same(value, text):
    book = Workbook()
    book.active["A1"] = value
    grids = read_workbook(saved(book))
    assert grids[0].rows[0].cells[0] == text


def test_an_account_that_lost_its_digits_is_not_invented():
    book = Workbook()
    book.active["A1"] = 4.0702810900000002e19
    assert "e+" in read_workbook(saved(book))[0].rows[0].cells[0].casefold()


def test_hidden_sheets_are_not_read():
    book = Workbook()
    book.active["A1"] = "видно"
    book.create_sheet("скрытый").sheet_state = "hidden"
    assert len(read_workbook(saved(book))) == 1


def test_a_row_a_million_rows_further_down_is_damage_and_not_a_long_wait():
    book = Workbook()
    book.active["A1"] = "здесь"
    book.active["A1000000"] = "там"
    assert read_workbook(saved(book)) is ProblemCode.STRUCTURE_DAMAGED


def test_a_row_number_that_never_comes_ends_the_reading():
    book = Workbook()
    book.active["A1"], book.active["A2"] = "здесь", "там"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'<row r="2"', b'<row r="9999999999999"'))
    assert read_workbook(out.getvalue()) is ProblemCode.STRUCTURE_DAMAGED

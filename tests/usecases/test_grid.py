"""CSV and XLSX files as rows of text cells."""

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from usecases.operation_table.grid import Flaw, Grid, Unreadable, UnreadableReason, read_grid

ROWS = [("Дата", "Сумма", "Кто"), ("31.01.2026", "12 500,50", "Ёж; и «К»")]


def cells(content: bytes) -> list[tuple[str, ...]]:
    grid = read_grid(content)
    assert isinstance(grid, Grid), grid
    return [row.cells for row in grid.rows]


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def computed(content: bytes, value: str) -> bytes:
    """The workbook as a spreadsheet program saves it: with the formula's value beside it."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, re.sub(rb"<v ?/>|<v></v>", f"<v>{value}</v>".encode(), data))
    return target.getvalue()


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_a_csv_is_read_whoever_saved_it(delimiter: str, encoding: str) -> None:
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in ROWS)

    assert cells(text.encode(encoding)) == ROWS


def test_quotes_lines_and_blank_rows_in_a_csv() -> None:
    grid = read_grid('\nа;б\n"1 ""и"" 2";"две\nстроки"\n;\n3;4'.encode())

    assert isinstance(grid, Grid)
    assert [(row.number, row.cells) for row in grid.rows] == [
        (2, ("а", "б")),
        (3, ('1 "и" 2', "две\nстроки")),
        (5, ("3", "4")),
    ]


def test_a_workbooks_typed_cells_become_the_text_that_means_the_same() -> None:
    late = datetime(2026, 2, 1, 23, 59)  # noqa: DTZ001 - a cell knows no zone
    typed = [date(2026, 1, 31), late, 12500.5, 1500, 0.1 + 0.2, "17", 1e6]

    found = cells(workbook(["a"] * 7, [*typed]))

    assert found[1] == ("2026-01-31", "2026-02-01", "12500.5", "1500", "0.3", "17", "1000000")


@settings(max_examples=40, deadline=None)
@given(st.decimals(min_value=0, max_value=10**11, places=2))
def test_every_kopeck_of_a_number_survives_the_workbook(amount: Decimal) -> None:
    [(text,)] = cells(workbook([amount]))

    assert Decimal(text) == amount


def test_a_formula_counts_by_its_saved_value_and_without_one_not_at_all() -> None:
    fresh = workbook(["сумма"], ["=1+2"])

    assert cells(computed(fresh, "3")) == [("сумма",), ("3",)]
    grid = read_grid(fresh)
    assert isinstance(grid, Grid)
    assert grid.rows[1].flaws == {0: Flaw.FORMULA}


def test_an_error_in_a_workbook_is_no_text() -> None:
    grid = read_grid(workbook(["сумма", "б"], ["#N/A", "#мне"]))

    assert isinstance(grid, Grid)
    assert grid.rows[1].flaws == {0: Flaw.ERROR}


def test_the_first_sheet_that_can_be_seen_is_read() -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["скрыто"])
    book.create_sheet("Операции").append(["видно"])
    book.worksheets[0].sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)

    assert cells(target.getvalue()) == [("видно",)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", UnreadableReason.EMPTY),
        (b"\n;;\n", UnreadableReason.EMPTY),
        (b"%PDF-1.7", UnreadableReason.NOT_A_TABLE),
        (b"<html>", UnreadableReason.NOT_A_TABLE),
        (b"\xd0\xcf\x11\xe0", UnreadableReason.OLD_EXCEL),
        (b"a;b\x00", UnreadableReason.DAMAGED_TEXT),
        (b"\x98\xff", UnreadableReason.DAMAGED_TEXT),
        (b'a;"b', UnreadableReason.DAMAGED_QUOTES),
        (b"PK\x03\x04", UnreadableReason.DAMAGED_WORKBOOK),
    ],
)
def test_what_is_no_table_is_told_apart(content: bytes, reason: UnreadableReason) -> None:
    assert read_grid(content) == Unreadable(reason)


@settings(max_examples=40, deadline=None)
@given(cut=st.integers(min_value=4, max_value=4000))
def test_a_workbook_cut_anywhere_is_damaged(cut: int) -> None:
    content = workbook(["a"], [1])

    assert read_grid(content[: min(cut, len(content) - 30)]) == Unreadable(
        UnreadableReason.DAMAGED_WORKBOOK
    )


def test_an_archive_without_a_workbook_is_damaged() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("readme.txt", "hello")

    assert read_grid(target.getvalue()) == Unreadable(UnreadableReason.DAMAGED_WORKBOOK)

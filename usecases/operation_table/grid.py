r"""CSV and XLSX files as rows of text cells, the content deciding which it is.

"Дата;Сумма\n31.01.2026;12 500,50"   -> ("Дата", "Сумма"), ("31.01.2026", "12 500,50")
an XLSX cell with the number 12500.5  -> "12500.5"; with a date: "2026-01-31"
an XLSX formula without its value     -> "", with the flaw `formula`: opened and saved in a
                                         spreadsheet program it gets one
"""

import codecs
import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Context, Decimal
from enum import StrEnum
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

__all__ = [
    "TABLE_BYTES_MAX",
    "Flaw",
    "Grid",
    "GridRow",
    "Unreadable",
    "UnreadableReason",
    "read_grid",
]

TABLE_BYTES_MAX = 50 * 1024 * 1024
UNPACKED_BYTES_MAX = 500 * 1024 * 1024
ROWS_MAX = 200_000
_DELIMITERS = ";,\t"
# A spreadsheet program keeps fifteen digits of a number; what lies behind them is not the person's.
_DIGITS = Context(prec=15)


class Flaw(StrEnum):
    """Why a cell of a workbook has no usable value."""

    FORMULA = "formula"
    ERROR = "error"


class UnreadableReason(StrEnum):
    """Why a file is not a table at all."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    TOO_MANY_ROWS = "too-many-rows"
    OLD_EXCEL = "old-excel"
    NOT_A_TABLE = "not-a-table"
    DAMAGED_TEXT = "damaged-text"
    DAMAGED_QUOTES = "damaged-quotes"
    DAMAGED_WORKBOOK = "damaged-workbook"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The file cannot be read as a table."""

    reason: UnreadableReason


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: its number as a spreadsheet program shows it (from 1), its cells, their flaws."""

    number: int
    cells: tuple[str, ...]
    flaws: Mapping[int, Flaw] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Grid:
    """All rows that are not empty, in order; the first one is the heading."""

    rows: tuple[GridRow, ...]


def read_grid(content: bytes) -> Grid | Unreadable:
    """Read a table: XLSX, or CSV in UTF-8 or cp1251 with `;`, `,` or tabs between the cells."""
    if len(content) > TABLE_BYTES_MAX:
        return Unreadable(UnreadableReason.TOO_LARGE)
    if content.startswith(b"PK\x03\x04"):
        found = _read_workbook(content)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        return Unreadable(UnreadableReason.OLD_EXCEL)
    else:
        found = _read_text(content)
    if isinstance(found, Unreadable):
        return found
    rows = tuple(row for row in found if row.flaws or any(cell.strip() for cell in row.cells))
    if not rows:
        return Unreadable(UnreadableReason.EMPTY)
    if len(rows) > ROWS_MAX:
        return Unreadable(UnreadableReason.TOO_MANY_ROWS)
    return Grid(rows)


def _read_text(content: bytes) -> list[GridRow] | Unreadable:
    text = _decoded(content)
    if text is None:
        return Unreadable(UnreadableReason.DAMAGED_TEXT)
    if text.startswith(("%PDF", "<!DOCTYPE", "<html", "<?xml")):
        return Unreadable(UnreadableReason.NOT_A_TABLE)
    try:
        delimiter = max(_DELIMITERS, key=lambda one: len(_first_record(text, one)))
        records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return [GridRow(number, tuple(cells)) for number, cells in enumerate(records, start=1)]
    except csv.Error:
        return Unreadable(UnreadableReason.DAMAGED_QUOTES)


def _decoded(content: bytes) -> str | None:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1251"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\x00" in text else text
    return None


def _first_record(text: str, delimiter: str) -> list[str]:
    records = csv.reader(io.StringIO(text.lstrip(), newline=""), delimiter=delimiter)
    return next(records, [])


def _read_workbook(content: bytes) -> list[GridRow] | Unreadable:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(one.file_size for one in archive.infolist()) > UNPACKED_BYTES_MAX:
                return Unreadable(UnreadableReason.TOO_LARGE)
        with warnings.catch_warnings():
            # What openpyxl cannot show (drop-downs, colours) is not read here anyway.
            warnings.simplefilter("ignore")
            return _sheet_rows(_sheet(content, values=True), _sheet(content, values=False))
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        ParseError,
        OSError,
        EOFError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
    ):
        # All of these come out of openpyxl for a file that was cut or is no workbook.
        return Unreadable(UnreadableReason.DAMAGED_WORKBOOK)


def _sheet(content: bytes, *, values: bool) -> Iterable[Sequence[Any]]:
    """The cells of the first visible sheet, with values, or with formulas as they were typed."""
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=values)
    sheets = [one for one in book.worksheets if one.sheet_state == "visible"]
    sheet: Any = sheets[0]
    sheet.reset_dimensions()
    rows: Iterable[Sequence[Any]] = sheet.iter_rows()
    return rows


def _sheet_rows(
    values: Iterable[Sequence[Any]], typed: Iterable[Sequence[Any]]
) -> list[GridRow] | Unreadable:
    rows: list[GridRow] = []
    for number, (cells, formulas) in enumerate(zip(values, typed, strict=True), start=1):
        if number > ROWS_MAX:
            return Unreadable(UnreadableReason.TOO_MANY_ROWS)
        flaws = {
            position: flaw
            for position, (cell, formula) in enumerate(zip(cells, formulas, strict=True))
            if (flaw := _flaw(cell, formula)) is not None
        }
        rows.append(GridRow(number, tuple(_text(cell.value) for cell in cells), flaws))
    return rows


def _flaw(cell: Any, formula: Any) -> Flaw | None:
    if formula.value is not None and cell.value is None:
        return Flaw.FORMULA
    return Flaw.ERROR if cell.data_type == "e" else None


def _text(value: Any) -> str:
    """A typed cell as the text that means the same; numbers keep every digit they show."""
    match value:
        case None:
            return ""
        case bool() | str():
            return str(value)
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
    digits = str(value)
    if not digits.lstrip("-")[:1].isdigit():
        return digits
    try:
        number = _DIGITS.plus(Decimal(digits))
    except ArithmeticError:
        return digits
    # normalize() writes 1500 as 1.5E+3; "f" writes it back as people do.
    return f"{number.normalize():f}"

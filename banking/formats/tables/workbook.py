"""XLSX workbooks as grids, one for each visible sheet, without trusting the archive.

Sizes are looked at before anything is unpacked, and what is unpacked stops at the size that was
said. A formula counts by the value that was saved with it.
"""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from banking.formats.records import ProblemCode
from banking.formats.tables.grid import COLUMNS_MAX, ROWS_MAX, Grid, Row

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["UNPACKED_BYTES_MAX", "is_workbook", "read_workbook"]

UNPACKED_BYTES_MAX = 100 * 1024 * 1024
_MEMBERS_MAX = 2000
_SHEETS_MAX = 20
_CELLS_MAX = 10_000_000
_GAP_ROWS_MAX = 2000
_EMPTY_ROWS_MAX = 50_000
_CELL_CHARS_MAX = 4000
_CONTENT_TYPES = "[Content_Types].xml"
# All of these come out of zipfile and openpyxl for a file that was cut or changed.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


def is_workbook(data: bytes) -> bool:
    """Whether these bytes are an archive with a workbook inside, whole or damaged.

    A zip with statements in it has no list of content types, so it is no workbook.
    """
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _CONTENT_TYPES in archive.namelist()
    except _BROKEN:
        return _CONTENT_TYPES.encode() in data[:4096]


def read_workbook(data: bytes) -> list[Grid] | ProblemCode:
    """Read every visible sheet: grids, or `too-large` or `structure-damaged`."""
    try:
        if _is_too_large(data):
            return ProblemCode.TOO_LARGE
        with warnings.catch_warnings():
            # What openpyxl cannot show (drop-downs, colours) is not read here anyway.
            warnings.simplefilter("ignore")
            return _grids(data)
    except _BROKEN:
        return ProblemCode.STRUCTURE_DAMAGED


def _is_too_large(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        # zipfile stops reading a member at the size that its entry states.
        return (
            len(members) > _MEMBERS_MAX
            or sum(one.file_size for one in members) > UNPACKED_BYTES_MAX
        )


def _grids(data: bytes) -> list[Grid] | ProblemCode:
    # Imported late: half of the start-up time of a command that reads no workbook.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return _sheets(load_workbook(io.BytesIO(data), read_only=True, data_only=True))
    except InvalidFileException:
        return ProblemCode.STRUCTURE_DAMAGED


def _sheets(book: "Workbook") -> list[Grid] | ProblemCode:
    grids: list[Grid] = []
    try:
        for sheet in book.worksheets[:_SHEETS_MAX]:
            if sheet.sheet_state != "visible" or not hasattr(sheet, "reset_dimensions"):
                continue
            sheet.reset_dimensions()
            rows = _rows(sheet.iter_rows(max_col=COLUMNS_MAX, values_only=True))
            if rows is None:
                return ProblemCode.STRUCTURE_DAMAGED
            grids.append(Grid(rows, title=str(sheet.title)))
    finally:
        book.close()
    return grids


def _rows(values: Iterable[Sequence[object]]) -> tuple[Row, ...] | None:
    """The filled rows; None when there are too many, or an impossible gap between two of them."""
    rows: list[Row] = []
    seen = filled = 0
    for number, cells in enumerate(values, start=1):
        # One damaged row number makes openpyxl invent a million empty rows before it.
        if number - filled > _EMPTY_ROWS_MAX:
            return None
        if cells.count(None) == len(cells):
            continue
        seen += len(cells)
        if number > ROWS_MAX or seen > _CELLS_MAX or number - filled > _GAP_ROWS_MAX:
            return None
        filled = number
        texts = tuple([_text(cell) for cell in cells])
        if any(texts):
            rows.append(Row(number, texts))
    return tuple(rows)


def _text(value: object) -> str:
    """A typed cell as the text that means the same; a number keeps every digit it has."""
    match value:
        case None:
            return ""
        case bool() | str() | int():
            return str(value).strip()[:_CELL_CHARS_MAX]
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
    digits = str(value)
    if not digits.lstrip("-")[:1].isdigit():
        return digits
    if "e+" in digits:
        # Fifteen digits at most are true here: better unreadable than an invented account.
        return digits
    return f"{Decimal(digits).normalize():f}"

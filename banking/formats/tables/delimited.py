"""CSV text as a grid: the encoding and the delimiter are found, quotes are not trusted.

A quote that is never closed would swallow the rows after it. Where the quotes of the whole text
do not agree, every line is read by itself.
"""

import csv
import io
from collections.abc import Iterator

from banking.formats.tables.grid import COLUMNS_MAX, ROWS_MAX, Grid, Row

__all__ = ["HEAD_ROWS", "candidates", "head_of", "is_text", "read_delimited"]

HEAD_ROWS = 60
_HEAD_BYTES = 64 * 1024
_DELIMITERS = ";\t,"
_BLANKS = " \t\u00a0\u202f\ufeff"
_FIELD_CHARS_MAX = 100_000
_LOST = "\ufffd"


def is_text(data: bytes) -> bool:
    """Whether the beginning can be text at all: no control bytes but those of UTF-16."""
    head = data[:_HEAD_BYTES]
    if _wide(head):
        return True
    return not any(byte in head for byte in b"\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f")


def candidates(data: bytes) -> tuple[str, ...]:
    """The encodings worth trying, the likeliest first."""
    wide = _wide(data[:_HEAD_BYTES])
    return (wide,) if wide else ("utf-8", "cp1251", "cp866")


def head_of(data: bytes, encoding: str) -> Grid:
    """The first rows only, to see what is in them."""
    text = data[:_HEAD_BYTES].decode(encoding, errors="replace").removeprefix("\ufeff")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[:HEAD_ROWS]
    return _grid("\n".join(lines), encoding, lost=0)


def read_delimited(data: bytes, encoding: str) -> Grid | None:
    """All rows in this encoding; None when there are more than ROWS_MAX."""
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    if text.count("\n") + text.count("\r") > 2 * ROWS_MAX:
        return None
    grid = _grid(text, encoding, text.count(_LOST))
    return grid if len(grid.rows) <= ROWS_MAX else None


def _wide(head: bytes) -> str:
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    odd, even = head[1:200:2], head[0:200:2]
    if not head or len(odd) < 8:  # noqa: PLR2004 - too little to tell
        return ""
    if b"\x00" not in even and odd.count(0) * 4 > len(odd):
        return "utf-16-le"
    if b"\x00" not in odd and even.count(0) * 4 > len(even):
        return "utf-16-be"
    return ""


def _grid(text: str, encoding: str, lost: int) -> Grid:
    delimiter = _delimiter(text)
    rows = _whole(text, delimiter)
    if rows is None:
        rows = _by_line(text, delimiter)
    return Grid(
        tuple(row for row in rows if any(row.cells)),
        "utf-16" if encoding.startswith("utf-16") else encoding,
        letters_lost=lost,
        is_even=True,
    )


def _delimiter(text: str) -> str:
    """The one that cuts the widest line of the beginning into most cells."""
    lines = text[:_HEAD_BYTES].splitlines()[:HEAD_ROWS]
    return max(_DELIMITERS, key=lambda one: max((line.count(one) for line in lines), default=0))


def _whole(text: str, delimiter: str) -> list[Row] | None:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    try:
        for cells in reader:
            if any(_swallowed(cell, delimiter, len(cells)) for cell in cells):
                return None
            rows.append(Row(reader.line_num, _clean(cells)))
    except csv.Error:
        return None
    return rows


def _swallowed(cell: str, delimiter: str, columns: int) -> bool:
    """Whether a cell with several lines holds what looks like rows of the table."""
    if "\n" not in cell and "\r" not in cell:
        return False
    return any(line.count(delimiter) * 2 >= columns for line in cell.splitlines())


def _by_line(text: str, delimiter: str) -> list[Row]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [
        Row(number, _clean(_cells(line, delimiter)))
        for number, line in enumerate(lines, start=1)
        if line
    ]


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(_strict(line, delimiter), [])
    except csv.Error:
        return line[:_FIELD_CHARS_MAX].split(delimiter)


def _strict(line: str, delimiter: str) -> Iterator[list[str]]:
    return iter(csv.reader([line], delimiter=delimiter, strict=True))


def _clean(cells: list[str]) -> tuple[str, ...]:
    return tuple([cell.strip(_BLANKS) for cell in cells[: COLUMNS_MAX + 1]])

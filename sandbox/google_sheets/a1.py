"""A1 notation: `'Sheet 1'!A2:C`, and the rectangles it means. Indexes are zero-based, half-open."""

import re
from dataclasses import dataclass
from typing import Any

__all__ = [
    "A1Range",
    "Box",
    "box_a1",
    "column_letters",
    "column_number",
    "quote_title",
    "read_a1",
    "unquote_title",
]

COLUMNS_MAX = 18_278
_PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*")
_R1C1 = re.compile(r"[Rr]([1-9]\d{0,6})[Cc]([1-9]\d{0,4})")
_END = re.compile(r"\$?([A-Za-z]{0,3})\$?(\d{0,7})")


@dataclass(frozen=True, slots=True)
class A1Range:
    """What a range says before a grid is known: None is an open end."""

    title: str | None
    row0: int | None = None
    row1: int | None = None
    column0: int | None = None
    column1: int | None = None

    @property
    def whole(self) -> bool:
        """Only a sheet is named."""
        return (self.row0, self.row1, self.column0, self.column1) == (None,) * 4


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of cells: `row0 <= row < row1`."""

    row0: int
    row1: int
    column0: int
    column1: int

    @property
    def height(self) -> int:
        """Rows."""
        return self.row1 - self.row0

    @property
    def width(self) -> int:
        """Columns."""
        return self.column1 - self.column0

    def contains(self, row: int, column: int) -> bool:
        """Whether a cell lies inside."""
        return self.row0 <= row < self.row1 and self.column0 <= column < self.column1

    def meets(self, other: "Box") -> bool:
        """Whether the two share a cell."""
        rows = self.row0 < other.row1 and other.row0 < self.row1
        return rows and self.column0 < other.column1 and other.column0 < self.column1

    def covers(self, other: "Box") -> bool:
        """Whether the other lies wholly inside."""
        rows = self.row0 <= other.row0 and other.row1 <= self.row1
        return rows and self.column0 <= other.column0 and other.column1 <= self.column1

    def as_grid_range(self, sheet_id: int) -> dict[str, Any]:
        """As a `GridRange`."""
        return {
            "sheetId": sheet_id,
            "startRowIndex": self.row0,
            "endRowIndex": self.row1,
            "startColumnIndex": self.column0,
            "endColumnIndex": self.column1,
        }


def column_letters(index: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """A is 0, AA is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def quote_title(title: str) -> str:
    """A sheet's name as Google writes it in a range."""
    if _PLAIN_TITLE.fullmatch(title) and not _LIKE_A_CELL.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def unquote_title(text: str) -> str:
    """A sheet's name from a range, quoted or not."""
    is_quoted = len(text) > 1 and text.startswith("'") and text.endswith("'")
    return text[1:-1].replace("''", "'") if is_quoted else text


def box_a1(title: str, box: Box) -> str:
    """The range of a rectangle as Google writes it: `Sheet1!A1:B2`, one cell without a colon."""
    first = f"{column_letters(box.column0)}{box.row0 + 1}"
    last = f"{column_letters(box.column1 - 1)}{box.row1}"
    cells = first if first == last else f"{first}:{last}"
    return f"{quote_title(title)}!{cells}"


def read_a1(text: str) -> A1Range | None:
    """What a range says; None when it cannot be a range, a title alone has no rectangle."""
    title, cells = _split(text)
    if cells is None:
        return A1Range(title) if title is not None else None
    parts = cells.split(":")
    if len(parts) > 2:
        return None
    ends = [_end(part) for part in parts]
    if any(end is None for end in ends):
        return None
    first, last = ends[0], ends[-1]
    assert first is not None
    assert last is not None
    if len(parts) == 1 and None in first:
        return None
    rows = _interval(first[0], last[0])
    columns = _interval(first[1], last[1])
    return A1Range(title, *rows, *columns)


def _split(text: str) -> tuple[str | None, str | None]:
    quoted = re.fullmatch(r"'((?:[^']|'')*)'(?:!(.*))?", text, re.DOTALL)
    if quoted:
        return quoted[1].replace("''", "'"), quoted[2]
    if "!" in text:
        title, cells = text.rsplit("!", 1)
        return title, cells
    return text, None


def _end(text: str) -> tuple[int | None, int | None] | None:
    numbered = _R1C1.fullmatch(text)
    if numbered is not None:
        return int(numbered[1]) - 1, int(numbered[2]) - 1
    found = _END.fullmatch(text)
    if found is None or not (found[1] or found[2]) or found[2] == "0":
        return None
    column = column_number(found[1]) if found[1] else None
    if column is not None and column >= COLUMNS_MAX:
        return None
    return int(found[2]) - 1 if found[2] else None, column


def _interval(first: int | None, last: int | None) -> tuple[int | None, int | None]:
    if first is not None and last is not None and first > last:
        first, last = last, first
    return first, None if last is None else last + 1

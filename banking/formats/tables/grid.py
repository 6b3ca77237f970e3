"""A statement's table as rows of text cells, whatever file it came in.

"31.01.2026;-22 500"                   -> Row(7, ("31.01.2026", "-22 500"))
an XLSX cell with the number 12500.5   -> "12500.5"; with a date: "2026-01-31"
"""

import re
from dataclasses import dataclass

__all__ = ["COLUMNS_MAX", "ROWS_MAX", "Grid", "Row", "fold"]

ROWS_MAX = 300_000
COLUMNS_MAX = 200
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file (from 1) and its cells, blanks around them taken off."""

    number: int
    cells: tuple[str, ...]

    def cell(self, position: int | None) -> str:
        """The cell at this position; empty when the row is shorter or there is no such column."""
        return self.cells[position] if position is not None and position < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Grid:
    """All rows that are not empty, in order.

    `title` is the name of the sheet. `is_even` says that a row of another width than the heading
    is a damaged one: true for text, where a lost or an extra delimiter moves the cells.
    """

    rows: tuple[Row, ...]
    encoding: str | None = None
    title: str = ""
    letters_lost: int = 0
    is_even: bool = False


def fold(text: str) -> str:
    """A heading as it is compared: «Номер  счёта:» and «номер счета» are one, «№» is «N»."""
    plain = _BLANKS.sub(" ", text.casefold().replace("ё", "е").replace("№", "n "))
    return _BLANKS.sub(" ", plain).strip(" :*.\"'")

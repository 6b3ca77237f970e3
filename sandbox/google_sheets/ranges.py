"""From the text of a range to a sheet and a rectangle, with Google's refusals."""

import re
from typing import Any

from sandbox.google_sheets.a1 import (
    A1Range,
    Box,
    box_a1,
    column_letters,
    quote_title,
    read_a1,
    unquote_title,
)
from sandbox.google_sheets.errors import ApiError, NotModelledError, invalid
from sandbox.google_sheets.model import Book, Sheet

__all__ = ["check_grid_range", "exceeds", "inside", "lookup"]


_RELATIVE = re.compile(r"[RC]\[-?\d+\]", re.IGNORECASE)


def lookup(book: Book, text: str) -> tuple[Sheet, Box]:
    """The sheet and rectangle of an A1 range, a sheet's title or a named range.

    A start outside the grid is refused; an end outside is cut, as Google does for reading.
    """
    if "!" not in text and not text.startswith("'"):
        bare = _bare(book, text)
        if bare is not None:
            return bare
    named = _named_on_its_sheet(book, text)
    if named is not None:
        return named
    a1 = read_a1(text)
    sheet = book.sheet_titled(a1.title) if a1 is not None and a1.title is not None else None
    if a1 is None and _RELATIVE.search(text):
        raise NotModelledError("a range in relative R1C1 notation")
    if a1 is None or sheet is None:
        raise invalid(f"Unable to parse range: {text}")
    return sheet, _cut(sheet, a1)


def inside(sheet: Sheet, box: Box) -> None:
    """Refuse a rectangle that does not fit into the grid."""
    if not sheet.box.covers(box):
        raise exceeds(sheet, box_a1(sheet.title, box))


def exceeds(sheet: Sheet, shown: str) -> ApiError:
    """Google's refusal of a place outside the grid."""
    return invalid(
        f"Range ({shown}) exceeds grid limits. Max rows: {sheet.row_count}, "
        f"max columns: {sheet.column_count}"
    )


def check_grid_range(book: Book, grid_range: dict[str, Any]) -> tuple[Sheet, Box]:
    """The sheet and rectangle of a `GridRange` that must lie in the grid and hold a cell."""
    sheet, box = book.grid_box(grid_range)
    if box.row0 >= box.row1 or box.column0 >= box.column1 or min(box.row0, box.column0) < 0:
        shown = {key: value for key, value in grid_range.items() if key != "sheetId" or value}
        raise invalid(f"The range is empty or has its end before its start: {shown}")
    inside(sheet, box)
    return sheet, box


def _named_on_its_sheet(book: Book, text: str) -> tuple[Sheet, Box] | None:
    """`Sheet1!Totals`, the way gspread asks for a named range of its tab."""
    title, _, name = text.rpartition("!")
    named = book.named_range(name) if title else None
    if named is None:
        return None
    sheet, box = book.grid_box(named["range"])
    same = book.sheet_titled(unquote_title(title)) is sheet
    return (sheet, box) if same else None


def _bare(book: Book, text: str) -> tuple[Sheet, Box] | None:
    named = book.named_range(text)
    if named is not None:
        return book.grid_box(named["range"])
    sheet = book.sheet_titled(text)
    if sheet is not None:
        return sheet, sheet.box
    cells = read_a1(f"!{text}")
    if cells is None:
        return None
    first = next(one for one in book.sheets if not one.properties.get("hidden"))
    return first, _cut(first, cells)


def _cut(sheet: Sheet, a1: A1Range) -> Box:
    box = Box(
        a1.row0 or 0,
        sheet.row_count if a1.row1 is None else a1.row1,
        a1.column0 or 0,
        sheet.column_count if a1.column1 is None else a1.column1,
    )
    if box.row0 >= sheet.row_count or box.column0 >= sheet.column_count:
        raise exceeds(sheet, _shown(sheet, a1))
    return box


def _shown(sheet: Sheet, a1: A1Range) -> str:
    ends = [
        ("" if column is None else column_letters(column)) + ("" if row is None else str(row + 1))
        for column, row in (
            (a1.column0, a1.row0),
            (
                None if a1.column1 is None else a1.column1 - 1,
                None if a1.row1 is None else a1.row1 - 1,
            ),
        )
    ]
    cells = ends[0] if ends[0] == ends[1] else ":".join(end for end in ends if end)
    return f"{quote_title(sheet.title)}!{cells}"

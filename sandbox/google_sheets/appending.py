"""Where `values.append` writes: it looks for a table in the range, and that is how rows drift."""

from sandbox.google_sheets.a1 import Box
from sandbox.google_sheets.dimensions import insert_lines
from sandbox.google_sheets.model import Book, Sheet

__all__ = ["free_place", "make_room", "tables"]


def free_place(sheet: Sheet, box: Box) -> tuple[Box | None, tuple[int, int]]:
    """The table found in the range, and the first cell below it.

    Without a table the values go to the start of the range. Of several tables the last wins, which
    is why a row with a gap makes the next one start further right.
    """
    found = [table for table in tables(sheet) if table.meets(box)]
    if not found:
        return None, (box.row0, box.column0)
    last = max(found, key=lambda table: (table.row1, table.column0))
    return last, (last.row1, last.column0)


def make_room(book: Book, sheet: Sheet, box: Box, *, insert: bool) -> None:
    """Let the grid hold the new rows: inserted ones, or more of them at the end."""
    if insert and box.row0 < sheet.row_count and box.height:
        insert_lines(book, sheet, "ROWS", box.row0, box.height)
    rows, columns = max(box.row1, sheet.row_count), max(box.column1, sheet.column_count)
    if (rows, columns) != (sheet.row_count, sheet.column_count):
        sheet.resize(rows=rows, columns=columns)
        book.check_size()


def tables(sheet: Sheet) -> list[Box]:
    """Groups of cells with values that touch, corners included, as rectangles."""
    filled = {
        (row, column)
        for row, cells in sheet.rows.items()
        for column, cell in cells.items()
        if cell.value is not None
    }
    boxes: list[Box] = []
    while filled:
        group = _group(filled)
        rows = [row for row, _ in group]
        columns = [column for _, column in group]
        boxes.append(Box(min(rows), max(rows) + 1, min(columns), max(columns) + 1))
    return _joined(boxes)


def _group(filled: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Take one group of touching cells out of the set."""
    waiting = [filled.pop()]
    group: list[tuple[int, int]] = []
    while waiting:
        row, column = waiting.pop()
        group.append((row, column))
        for near_row in (row - 1, row, row + 1):
            for near_column in (column - 1, column, column + 1):
                near = (near_row, near_column)
                if near in filled:
                    filled.remove(near)
                    waiting.append(near)
    return group


def _joined(boxes: list[Box]) -> list[Box]:
    """Rectangles that touch or overlap are one table."""
    result: list[Box] = []
    for box in sorted(boxes, key=lambda one: (one.row0, one.column0)):
        merged = box
        while True:
            near = [one for one in result if _touches(one, merged)]
            if not near:
                break
            result = [one for one in result if one not in near]
            merged = _around([*near, merged])
        result.append(merged)
    return result


def _touches(one: Box, other: Box) -> bool:
    wider = Box(one.row0 - 1, one.row1 + 1, one.column0 - 1, one.column1 + 1)
    return wider.meets(other)


def _around(boxes: list[Box]) -> Box:
    return Box(
        min(box.row0 for box in boxes),
        max(box.row1 for box in boxes),
        min(box.column0 for box in boxes),
        max(box.column1 for box in boxes),
    )

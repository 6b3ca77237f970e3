"""Requests about rows and columns: insert, delete, append, move, sizes."""

from sandbox.google_sheets.batch.work import (
    Handler,
    Work,
    clean,
    dimension_of,
    fields_of,
    line_count,
    line_sizes,
    span_of,
)
from sandbox.google_sheets.dimensions import delete_lines, insert_lines, move_lines
from sandbox.google_sheets.errors import NotModelledError, invalid
from sandbox.google_sheets.glyphs import POINTS, text_width
from sandbox.google_sheets.masks import merge
from sandbox.google_sheets.model import Cell, Json, Sheet

__all__ = ["KINDS", "PIXELS"]

# The size of a row and of a column that nobody has changed.
PIXELS = {"ROWS": 21, "COLUMNS": 100}
_SIZE_FIELDS = frozenset(("pixelSize", "hiddenByUser"))


def insert_dimension(work: Work, request: Json) -> Json:
    """`insertDimension`: new rows take the format of the row before, or of the row after."""
    sheet, dimension, start, end = span_of(work, request.get("range") or {})
    before = bool(request.get("inheritFromBefore"))
    size = line_count(sheet, dimension)
    if start > size or start >= end:
        raise invalid(f"range.startIndex[{start}] must be less than the size of the grid[{size}]")
    if before and start == 0:
        raise invalid("inheritFromBefore cannot be true when inserting at index 0.")
    insert_lines(work.book, sheet, dimension, start, end - start)
    _inherit(sheet, dimension, (start, end), start - 1 if before else end)
    return {}


def delete_dimension(work: Work, request: Json) -> Json:
    """`deleteDimension`: not all of them, and no frozen rows without the rest."""
    sheet, dimension, start, end = span_of(work, request.get("range") or {})
    size = line_count(sheet, dimension)
    if start >= size or start >= end or end > size:
        raise invalid(
            f"Cannot delete a {'row' if dimension == 'ROWS' else 'column'} that doesn't exist. "
            f"Tried to delete index {max(start, end - 1)} but there are only {size}."
        )
    if end - start >= size:
        word = "rows" if dimension == "ROWS" else "columns"
        raise invalid(f"You can't delete all the {word} on the sheet.")
    frozen_key = "frozenRowCount" if dimension == "ROWS" else "frozenColumnCount"
    frozen = int(sheet.properties["gridProperties"].get(frozen_key) or 0)
    frozen_gone = max(0, min(end, frozen) - start)
    if frozen and size - (end - start) <= frozen - frozen_gone:
        raise invalid("Sorry, it is not possible to delete all non-frozen rows.")
    delete_lines(work.book, sheet, dimension, start, end - start)
    return {}


def move_dimension(work: Work, request: Json) -> Json:
    """`moveDimension`: the place is counted before the lines are taken out."""
    sheet, dimension, start, end = span_of(work, request.get("source") or {})
    size = line_count(sheet, dimension)
    to = int(request.get("destinationIndex") or 0)
    if start >= end or end > size:
        raise invalid(f"source.endIndex[{end}] must not exceed the size of the grid[{size}]")
    if not 0 <= to <= size:
        raise invalid(f"destinationIndex[{to}] must not exceed the size of the grid[{size}]")
    if _crosses(work, sheet, dimension, (start, end), to):
        raise invalid("You can't move a part of merged cells.")
    move_lines(work.book, sheet, dimension, (start, end), to)
    return {}


def append_dimension(work: Work, request: Json) -> Json:
    """`appendDimension`: that many more at the end, every time it is asked."""
    sheet = work.book.sheet(int(request.get("sheetId") or 0))
    length = int(request.get("length") or 0)
    if length < 1:
        raise invalid("length must be greater than 0.")
    if dimension_of(request) == "ROWS":
        sheet.resize(rows=sheet.row_count + length)
    else:
        sheet.resize(columns=sheet.column_count + length)
    work.book.check_size()
    return {}


def update_dimension_properties(work: Work, request: Json) -> Json:
    """`updateDimensionProperties`: width, height, hidden."""
    if request.get("dataSourceSheetRange"):
        raise NotModelledError("updateDimensionProperties of a data source")
    mask = fields_of(request, "DimensionProperties", _SIZE_FIELDS)
    sheet, dimension, start, end = span_of(work, request.get("range") or {})
    size = line_count(sheet, dimension)
    if end > size or start >= end:
        raise invalid(f"range.endIndex[{end}] must not exceed the size of the grid[{size}]")
    sizes = line_sizes(sheet, dimension)
    wanted = clean(request.get("properties") or {})
    if "pixelSize" in mask and int(wanted.get("pixelSize") or 0) < 0:
        raise invalid("pixelSize must not be negative.")
    for index in range(start, end):
        sizes[index] = merge(sizes.get(index, {}), wanted, mask)
    return {}


def auto_resize(work: Work, request: Json) -> Json:
    """`autoResizeDimensions`: columns as wide as their longest text, rows as high as usual."""
    if request.get("dataSourceSheetDimensions"):
        raise NotModelledError("autoResizeDimensions of a data source")
    sheet, dimension, start, end = span_of(work, request.get("dimensions") or {})
    size = line_count(sheet, dimension)
    if end > size:
        raise invalid(f"dimensions.endIndex[{end}] must not exceed the size of the grid[{size}]")
    if dimension == "ROWS":
        for index in range(start, end):
            sheet.row_sizes.pop(index, None)
        return {}
    for column in range(start, end):
        widths = [
            _text_width(work, sheet, row, column)
            for row, cells in sheet.rows.items()
            if column in cells
        ]
        if widths:
            old = sheet.column_sizes.get(column, {})
            sheet.column_sizes[column] = {**old, "pixelSize": max(widths)}
    return {}


def _text_width(work: Work, sheet: Sheet, row: int, column: int) -> int:
    look = (sheet.cell(row, column).format or {}).get("textFormat") or {}
    shown = work.reader.formatted(sheet, row, column)
    size = float(look.get("fontSize") or POINTS)
    return text_width(shown, points=size, bold=bool(look.get("bold")))


def _crosses(work: Work, sheet: Sheet, dimension: str, span: tuple[int, int], to: int) -> bool:
    """Whether a merge would be torn: moved in part, or with other lines put inside."""
    for merged in sheet.merges:
        box = work.book.grid_box(merged)[1]
        ends = (box.row0, box.row1) if dimension == "ROWS" else (box.column0, box.column1)
        meets = ends[0] < span[1] and span[0] < ends[1]
        is_whole = span[0] <= ends[0] and ends[1] <= span[1]
        if (meets and not is_whole) or ends[0] < to < ends[1]:
            return True
    return False


def _inherit(sheet: Sheet, dimension: str, span: tuple[int, int], source: int) -> None:
    """New lines look like a neighbour: formats, choices and sizes, no values."""
    sizes = line_sizes(sheet, dimension)
    if "pixelSize" in sizes.get(source, {}):
        sizes.update({index: {"pixelSize": sizes[source]["pixelSize"]} for index in range(*span)})
    if dimension == "ROWS":
        looks = {column: _look(cell) for column, cell in sheet.rows.get(source, {}).items()}
        for row in range(*span):
            sheet.put_cells(row, looks)
        return
    for row, cells in list(sheet.rows.items()):
        if source in cells:
            sheet.put_cells(row, dict.fromkeys(range(*span), _look(cells[source])))


def _look(cell: Cell) -> Cell:
    return Cell(format=cell.format, validation=cell.validation)


KINDS: dict[str, Handler] = {
    "insertDimension": insert_dimension,
    "deleteDimension": delete_dimension,
    "appendDimension": append_dimension,
    "updateDimensionProperties": update_dimension_properties,
    "autoResizeDimensions": auto_resize,
    "moveDimension": move_dimension,
}

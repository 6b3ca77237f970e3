"""Requests about rows and columns: insert, delete, append, sizes, groups."""

from sandbox.google_sheets.batch.work import Handler, Work, clean, fields_of
from sandbox.google_sheets.dimensions import delete_lines, insert_lines
from sandbox.google_sheets.errors import invalid
from sandbox.google_sheets.glyphs import POINTS, text_width
from sandbox.google_sheets.masks import merge
from sandbox.google_sheets.model import Json, Sheet

__all__ = ["KINDS", "PIXELS"]

# The size of a row and of a column that nobody has changed.
PIXELS = {"ROWS": 21, "COLUMNS": 100}
_SIZE_FIELDS = frozenset(("pixelSize", "hiddenByUser"))
DEPTH_MAX = 8


def insert_dimension(work: Work, request: Json) -> Json:
    """`insertDimension`: new rows take the format of the row before, or of the row after."""
    sheet, dimension, start, end = _span(work, request.get("range") or {})
    before = bool(request.get("inheritFromBefore"))
    size = _count(sheet, dimension)
    if start > size or start >= end:
        raise invalid(f"range.startIndex[{start}] must be less than the size of the grid[{size}]")
    if before and start == 0:
        raise invalid("inheritFromBefore cannot be true when inserting at index 0.")
    insert_lines(work.book, sheet, dimension, start, end - start)
    _inherit(sheet, dimension, (start, end), start - 1 if before else end)
    return {}


def delete_dimension(work: Work, request: Json) -> Json:
    """`deleteDimension`: not all of them, and no frozen rows without the rest."""
    sheet, dimension, start, end = _span(work, request.get("range") or {})
    size = _count(sheet, dimension)
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
    if frozen_gone:
        grid = {**sheet.properties["gridProperties"], frozen_key: frozen - frozen_gone}
        if not grid[frozen_key]:
            grid.pop(frozen_key)
        sheet.properties = {**sheet.properties, "gridProperties": grid}
    return {}


def append_dimension(work: Work, request: Json) -> Json:
    """`appendDimension`: that many more at the end, every time it is asked."""
    sheet = work.book.sheet(int(request.get("sheetId") or 0))
    length = int(request.get("length") or 0)
    if length < 1:
        raise invalid("length must be greater than 0.")
    if _dimension(request) == "ROWS":
        sheet.resize(rows=sheet.row_count + length)
    else:
        sheet.resize(columns=sheet.column_count + length)
    work.book.check_size()
    return {}


def update_dimension_properties(work: Work, request: Json) -> Json:
    """`updateDimensionProperties`: width, height, hidden."""
    mask = fields_of(request, "DimensionProperties", _SIZE_FIELDS)
    sheet, dimension, start, end = _span(work, request.get("range") or {})
    size = _count(sheet, dimension)
    if end > size or start >= end:
        raise invalid(f"range.endIndex[{end}] must not exceed the size of the grid[{size}]")
    sizes = _sizes(sheet, dimension)
    wanted = clean(request.get("properties") or {})
    if "pixelSize" in mask and int(wanted.get("pixelSize") or 0) < 0:
        raise invalid("pixelSize must not be negative.")
    for index in range(start, end):
        sizes[index] = merge(sizes.get(index, {}), wanted, mask)
    return {}


def auto_resize(work: Work, request: Json) -> Json:
    """`autoResizeDimensions`: columns as wide as their longest text, rows as high as usual."""
    sheet, dimension, start, end = _span(work, request.get("dimensions") or {})
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


def add_group(work: Work, request: Json) -> Json:
    """`addDimensionGroup`: groups of one depth side by side."""
    sheet, dimension, start, end = _span(work, request.get("range") or {})
    groups = _groups(sheet, dimension)
    wanted = {"sheetId": sheet.id, "dimension": dimension, "startIndex": start, "endIndex": end}
    around = [one for one in groups if _covers(one["range"], start, end)]
    crossing = [
        one
        for one in groups
        if one not in around
        and int(one["range"]["startIndex"]) < end
        and start < int(one["range"]["endIndex"])
    ]
    if crossing or len(around) >= DEPTH_MAX:
        raise invalid("Groups that cross each other or are too deep are not possible.")
    groups.append({"range": wanted, "depth": len(around) + 1})
    # Seen in the recordings: the first group of columns puts its button behind the group.
    control = "rowGroupControlAfter" if dimension == "ROWS" else "columnGroupControlAfter"
    grid = {**sheet.properties["gridProperties"], control: True}
    sheet.properties = {**sheet.properties, "gridProperties": grid}
    return {"addDimensionGroup": {"dimensionGroups": list(groups)}}


def delete_group(work: Work, request: Json) -> Json:
    """`deleteDimensionGroup`: the deepest group of exactly that range."""
    sheet, dimension, start, end = _span(work, request.get("range") or {})
    groups = _groups(sheet, dimension)
    same = [
        one
        for one in groups
        if (one["range"]["startIndex"], one["range"]["endIndex"]) == (start, end)
    ]
    if not same:
        raise invalid("There is no group at the requested range.")
    groups.remove(max(same, key=lambda one: int(one["depth"])))
    left = {"dimensionGroups": list(groups)} if groups else {}
    return {"deleteDimensionGroup": left}


def _text_width(work: Work, sheet: Sheet, row: int, column: int) -> int:
    look = (sheet.cell(row, column).format or {}).get("textFormat") or {}
    shown = work.reader.formatted(sheet, row, column)
    size = float(look.get("fontSize") or POINTS)
    return text_width(shown, points=size, bold=bool(look.get("bold")))


def _span(work: Work, named: Json) -> tuple[Sheet, str, int, int]:
    sheet = work.book.sheet(int(named.get("sheetId") or 0))
    dimension = _dimension(named)
    start = int(named.get("startIndex") or 0)
    end = named.get("endIndex")
    stop = _count(sheet, dimension) if end is None else int(end)
    if start < 0 or stop < start:
        raise invalid(f"The range is not possible: {start} to {stop}.")
    return sheet, dimension, start, stop


def _dimension(named: Json) -> str:
    dimension = named.get("dimension")
    if dimension not in ("ROWS", "COLUMNS"):
        raise invalid("No dimension specified.")
    return str(dimension)


def _count(sheet: Sheet, dimension: str) -> int:
    return sheet.row_count if dimension == "ROWS" else sheet.column_count


def _sizes(sheet: Sheet, dimension: str) -> dict[int, Json]:
    return sheet.row_sizes if dimension == "ROWS" else sheet.column_sizes


def _groups(sheet: Sheet, dimension: str) -> list[Json]:
    return sheet.row_groups if dimension == "ROWS" else sheet.column_groups


def _covers(outer: Json, start: int, end: int) -> bool:
    return int(outer["startIndex"]) <= start and end <= int(outer["endIndex"])


def _inherit(sheet: Sheet, dimension: str, span: tuple[int, int], source: int) -> None:
    """New lines look like a neighbour: formats and sizes, no values."""
    sizes = _sizes(sheet, dimension)
    if source in sizes:
        sizes.update({index: dict(sizes[source]) for index in range(*span)})
    if dimension != "ROWS":
        return
    for column, cell in sheet.rows.get(source, {}).items():
        if cell.format is None:
            continue
        for row in range(*span):
            sheet.put(row, column, type(cell)(format=cell.format))


KINDS: dict[str, Handler] = {
    "insertDimension": insert_dimension,
    "deleteDimension": delete_dimension,
    "appendDimension": append_dimension,
    "updateDimensionProperties": update_dimension_properties,
    "autoResizeDimensions": auto_resize,
    "addDimensionGroup": add_group,
    "deleteDimensionGroup": delete_group,
}

"""`spreadsheets.get`: the spreadsheet as Google shows it, with grid data and field masks."""

from collections.abc import Sequence

from sandbox.google_sheets.a1 import Box
from sandbox.google_sheets.batch.lines import PIXELS
from sandbox.google_sheets.batch.tabs import properties_of
from sandbox.google_sheets.batch.work import shown_range
from sandbox.google_sheets.masks import Mask, pick
from sandbox.google_sheets.model import Json, Row, Sheet
from sandbox.google_sheets.ranges import lookup
from sandbox.google_sheets.rendering import Reader

__all__ = ["spreadsheet"]

_KEPT = {
    "conditionalFormats": "conditional_formats",
    "filterViews": "filter_views",
    "protectedRanges": "protected_ranges",
    "charts": "charts",
    "bandedRanges": "banded_ranges",
    "rowGroups": "row_groups",
    "columnGroups": "column_groups",
    "developerMetadata": "metadata",
    "merges": "merges",
}


def spreadsheet(reader: Reader, texts: list[str], mask: Mask | None, *, grid: bool) -> Json:
    """The reply: a mask decides about grid data by naming it, `grid` decides without a mask."""
    book = reader.book
    boxes: dict[int, list[Box]] = {}
    for text in texts:
        sheet, box = lookup(book, text)
        boxes.setdefault(sheet.id, []).append(_cut(sheet, box))
    with_data = grid if mask is None else _names_data(mask)
    effects = mask is None or _reaches(mask, _TO_EFFECTS)
    sheets = [
        _sheet(reader, sheet, boxes.get(sheet.id, [sheet.box]) if with_data else None, effects)
        for sheet in book.sheets
        if not texts or sheet.id in boxes
    ]
    reply: Json = {
        "spreadsheetId": book.id,
        "properties": book.properties,
        "sheets": sheets,
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{book.id}/edit",
    }
    if book.named_ranges:
        reply["namedRanges"] = shown_range(book.named_ranges)
    if book.metadata:
        reply["developerMetadata"] = book.metadata
    result: Json = reply if mask is None else pick(reply, mask)
    return result


def _sheet(reader: Reader, sheet: Sheet, boxes: list[Box] | None, effects: bool) -> Json:
    shown: Json = {"properties": properties_of(reader.book, sheet)}
    for name, attribute in _KEPT.items():
        kept = getattr(sheet, attribute)
        if kept:
            shown[name] = shown_range(kept)
    if sheet.basic_filter is not None:
        shown["basicFilter"] = shown_range(sheet.basic_filter)
    if boxes is not None:
        shown["data"] = [_grid(reader, sheet, box, effects) for box in boxes]
    return shown


def _grid(reader: Reader, sheet: Sheet, box: Box, effects: bool) -> Json:
    data: Json = {}
    if box.row0:
        data["startRow"] = box.row0
    if box.column0:
        data["startColumn"] = box.column0
    rows = _rows(reader, sheet, box, effects)
    if rows:
        data["rowData"] = rows
    data["rowMetadata"] = _sizes(sheet.row_sizes, range(box.row0, box.row1), PIXELS["ROWS"])
    columns = range(box.column0, box.column1)
    data["columnMetadata"] = _sizes(sheet.column_sizes, columns, PIXELS["COLUMNS"])
    return data


def _rows(reader: Reader, sheet: Sheet, box: Box, effects: bool) -> list[Json]:
    used = [row for row in sheet.rows if box.row0 <= row < box.row1]
    lines = []
    for row in range(box.row0, max(used, default=box.row0 - 1) + 1):
        cells = _within(sheet.rows.get(row, {}), box)
        last = max(cells, default=box.column0 - 1)
        values = [
            reader.cell_data(sheet, row, column, with_effects=effects)
            for column in range(box.column0, last + 1)
        ]
        lines.append({"values": values} if values else {})
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _within(cells: Row, box: Box) -> list[int]:
    return [column for column in cells if box.column0 <= column < box.column1]


def _sizes(sizes: dict[int, Json], span: range, usual: int) -> list[Json]:
    return [{"pixelSize": usual, **sizes.get(index, {})} for index in span]


def _names_data(mask: Mask) -> bool:
    if "*" in mask:
        return True
    sheets = mask.get("sheets")
    return sheets is not None and (not sheets or "*" in sheets or "data" in sheets)


_TO_EFFECTS = ("sheets", "data", "rowData", "values", "effectiveFormat")


def _reaches(mask: Mask, path: Sequence[str]) -> bool:
    """Whether a mask asks for the thing at a path, or for something that holds it."""
    if not mask or "*" in mask or not path:
        return True
    below = mask.get(path[0])
    return below is not None and _reaches(below, path[1:])


def _cut(sheet: Sheet, box: Box) -> Box:
    return Box(
        box.row0, min(box.row1, sheet.row_count), box.column0, min(box.column1, sheet.column_count)
    )

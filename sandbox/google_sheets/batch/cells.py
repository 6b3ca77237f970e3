"""Requests that write cells: values, formats, notes, validation, merges."""

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sandbox.google_sheets.a1 import Box, box_a1
from sandbox.google_sheets.batch.work import Handler, Work, clean, fields_of
from sandbox.google_sheets.conditions import Use, check_condition
from sandbox.google_sheets.errors import NotModelledError, invalid
from sandbox.google_sheets.formats import merge_format
from sandbox.google_sheets.locales import read_formula
from sandbox.google_sheets.masks import Mask
from sandbox.google_sheets.model import EMPTY, Book, Cell, Formula, Json, Sheet, Value
from sandbox.google_sheets.ranges import check_grid_range, exceeds
from sandbox.google_sheets.references import moved
from sandbox.google_sheets.typed import enter_raw

__all__ = ["KINDS"]

_CELL_FIELDS = frozenset(("userEnteredValue", "userEnteredFormat", "note", "dataValidation"))
# Members that are written whole: a mask that reaches into them would leave a half-written cell.
_WHOLE = ("userEnteredValue", "dataValidation")
_BORDERS = ("top", "bottom", "left", "right")


def update_cells(work: Work, request: Json) -> Json:
    """`updateCells` at a start or over a range; without rows the masked fields are cleared."""
    book = work.book
    mask = _cell_mask(request)
    rows = request.get("rows") or []
    if request.get("start") is not None:
        start = request["start"]
        sheet = book.sheet(int(start.get("sheetId") or 0))
        box = _box_at(
            sheet, int(start.get("rowIndex") or 0), int(start.get("columnIndex") or 0), rows
        )
    elif request.get("range") is not None:
        sheet, box = check_grid_range(book, request["range"])
        if len(rows) > box.height or _width(rows) > box.width:
            raise invalid("The data is larger than the range it is written to.")
    else:
        raise invalid("Either 'start' or 'range' must be set.")
    _write(book, sheet, box, rows, mask)
    if request.get("range") is not None:
        _clear_uncovered(book, sheet, box, rows, mask)
    return {}


def append_cells(work: Work, request: Json) -> Json:
    """`appendCells`: below the last row that has a value in any column."""
    book = work.book
    mask = _cell_mask(request)
    if request.get("tableId") is not None:
        raise NotModelledError("appendCells to a table")
    sheet = book.sheet(int(request.get("sheetId") or 0))
    rows = request.get("rows") or []
    filled = [
        row
        for row, cells in sheet.rows.items()
        if any(cell.value is not None for cell in cells.values())
    ]
    first = max(filled, default=-1) + 1
    height, width = first + len(rows), _width(rows)
    sheet.resize(rows=max(sheet.row_count, height), columns=max(sheet.column_count, width))
    book.check_size()
    _write(book, sheet, Box(first, height, 0, width), rows, mask)
    return {}


def repeat_cell(work: Work, request: Json) -> Json:
    """`repeatCell`: one cell over a range; a formula moves along as if copied."""
    book = work.book
    mask = _cell_mask(request)
    sheet, box = check_grid_range(book, request.get("range") or {})
    data = request.get("cell") or {}
    _refuse_unmodelled(data, mask)
    model = _masked(EMPTY, data, mask, book)
    for row, line in _lines(box):
        changed = {}
        for column in line:
            cell = _masked(sheet.cell(row, column), data, mask, book)
            if isinstance(model.value, Formula) and cell.value == model.value:
                cell = replace(
                    cell, value=moved(model.value, row - box.row0, column - box.column0)
                )
            changed[column] = cell
        sheet.put_cells(row, changed)
    return {}


def set_data_validation(work: Work, request: Json) -> Json:
    """`setDataValidation`: without a rule the validation is taken away."""
    sheet, box = check_grid_range(work.book, request.get("range") or {})
    rule = _rule(work.book, request.get("rule"))
    with_filtered = bool(request.get("filteredRowsIncluded"))
    for row, line in _lines(box):
        if not with_filtered and sheet.row_sizes.get(row, {}).get("hiddenByFilter"):
            continue
        sheet.put_cells(
            row,
            {column: replace(sheet.cell(row, column), validation=rule) for column in line},
        )
    return {}


def update_borders(work: Work, request: Json) -> Json:
    """`updateBorders`: outer and inner lines of a range."""
    sheet, box = check_grid_range(work.book, request.get("range") or {})
    wanted = clean(request)
    for row, line in _lines(box):
        changed = {}
        for column in line:
            sides = _sides(wanted, box, row, column)
            new = {"borders": sides}
            mask: Mask = {"borders": {side: {} for side in sides}}
            cell = sheet.cell(row, column)
            changed[column] = replace(cell, format=merge_format(cell.format, new, mask))
        sheet.put_cells(row, changed)
    return {}


def merge_cells(work: Work, request: Json) -> Json:
    """`mergeCells`: only the value of the first cell of a merge stays."""
    sheet, box = check_grid_range(work.book, request.get("range") or {})
    parts = {
        "MERGE_ALL": [box],
        "MERGE_ROWS": [Box(row, row + 1, box.column0, box.column1) for row, _ in _lines(box)],
        "MERGE_COLUMNS": [
            Box(box.row0, box.row1, column, column + 1)
            for column in range(box.column0, box.column1)
        ],
    }[request.get("mergeType") or "MERGE_ALL"]
    for merge in sheet.merges:
        old = work.book.grid_box(merge)[1]
        if old.meets(box) and not box.covers(old):
            raise invalid("You must select all cells in a merged range to merge or unmerge them.")
    _unmerge(work.book, sheet, box)
    for part in parts:
        if part.height * part.width > 1:
            sheet.merges.append(part.as_grid_range(sheet.id))
            _keep_first(sheet, part)
    return {}


def unmerge_cells(work: Work, request: Json) -> Json:
    """`unmergeCells`: every merge that lies in the range."""
    sheet, box = check_grid_range(work.book, request.get("range") or {})
    for merge in sheet.merges:
        old = work.book.grid_box(merge)[1]
        if old.meets(box) and not box.covers(old):
            raise invalid("You must select all cells in a merged range to merge or unmerge them.")
    _unmerge(work.book, sheet, box)
    return {}


def _cell_mask(request: Json) -> Mask:
    mask = fields_of(request, "CellData", _CELL_FIELDS)
    for name in _WHOLE:
        if mask.get(name) and "*" not in mask[name]:
            raise NotModelledError(f"field mask CellData.{name}.{next(iter(mask[name]))}")
    return mask


def _write(book: Book, sheet: Sheet, box: Box, rows: list[Json], mask: Mask) -> None:
    for offset in range(box.height):
        data = (rows[offset].get("values") or []) if offset < len(rows) else []
        row = box.row0 + offset
        changed = {}
        for index, one in enumerate(data):
            _refuse_unmodelled(one or {}, mask)
            column = box.column0 + index
            changed[column] = _masked(sheet.cell(row, column), one or {}, mask, book)
        if changed:
            sheet.put_cells(row, changed)


def _clear_uncovered(book: Book, sheet: Sheet, box: Box, rows: list[Json], mask: Mask) -> None:
    """In a range, cells without data lose the masked fields."""
    for row, column, cell in list(sheet.used(box)):
        offset = row - box.row0
        width = len(rows[offset].get("values") or []) if offset < len(rows) else 0
        if column - box.column0 >= width:
            sheet.put(row, column, _masked(cell, {}, mask, book))


def _masked(cell: Cell, data: Json, mask: Mask, book: Book) -> Cell:
    every = "*" in mask
    result = cell
    if every or "userEnteredValue" in mask:
        result = replace(result, value=_value(data.get("userEnteredValue"), book.locale))
    if every or "userEnteredFormat" in mask:
        new = clean(data.get("userEnteredFormat") or {})
        below = {} if every else mask["userEnteredFormat"]
        result = replace(result, format=merge_format(cell.format, new, below))
    if every or "note" in mask:
        result = replace(result, note=data.get("note") or "")
    if every or "dataValidation" in mask:
        result = replace(result, validation=_rule(book, data.get("dataValidation")))
    return result


def _refuse_unmodelled(data: Json, mask: Mask) -> None:
    read_only = ("effectiveValue", "formattedValue", "effectiveFormat", "hyperlink")
    for name, value in data.items():
        masked = "*" in mask or name in mask
        if masked and value is not None and name not in _CELL_FIELDS and name not in read_only:
            raise NotModelledError(f"cell member {name}")


def _value(entered: Json | None, locale: str) -> Value:
    if not entered:
        return None
    name, value = next(iter(entered.items()))
    match name:
        case "stringValue":
            return enter_raw(EMPTY, str(value)).value
        case "numberValue":
            number = float(value)
            if not math.isfinite(number):
                raise invalid(f"Invalid number: {value}")
            return int(number) if number.is_integer() and abs(number) < 2**53 else number
        case "boolValue":
            return bool(value)
        case "formulaValue":
            return _formula(str(value), locale)
    raise invalid(f"Cannot write a cell with {name}.")


def _formula(text: str, locale: str) -> Formula:
    if not text.startswith("="):
        raise invalid("Formula must start with '='.")
    return read_formula(text, locale)


def _rule(book: Book, wanted: Json | None) -> Json | None:
    if not wanted:
        return None
    rule: Json = clean(wanted)
    check_condition(book, rule.get("condition") or {}, Use.VALIDATION)
    return rule


def _box_at(sheet: Sheet, row: int, column: int, rows: list[Json]) -> Box:
    box = Box(row, row + len(rows), column, column + _width(rows))
    if min(row, column) < 0 or not sheet.box.covers(
        Box(row, max(box.row1, row + 1), column, max(box.column1, column + 1))
    ):
        shown = f"{sheet.title}!R{row + 1}C{column + 1}"
        raise exceeds(sheet, _shown(sheet, box, shown))
    return box


def _shown(sheet: Sheet, box: Box, fallback: str) -> str:
    return box_a1(sheet.title, box) if box.height and box.width else fallback


def _width(rows: list[Json]) -> int:
    return max((len(row.get("values") or []) for row in rows), default=0)


def _lines(box: Box) -> Iterator[tuple[int, range]]:
    for row in range(box.row0, box.row1):
        yield row, range(box.column0, box.column1)


def _sides(wanted: Json, box: Box, row: int, column: int) -> dict[str, Any]:
    edges = {
        "top": row == box.row0,
        "bottom": row == box.row1 - 1,
        "left": column == box.column0,
        "right": column == box.column1 - 1,
    }
    sides: dict[str, Any] = {}
    for side in _BORDERS:
        inner = "innerHorizontal" if side in ("top", "bottom") else "innerVertical"
        name = side if edges[side] else inner
        if name in wanted:
            style = wanted[name]
            sides[side] = None if style.get("style") in (None, "NONE") else style
    return sides


def _unmerge(book: Book, sheet: Sheet, box: Box) -> None:
    sheet.merges = [one for one in sheet.merges if not book.grid_box(one)[1].meets(box)]


def _keep_first(sheet: Sheet, box: Box) -> None:
    """The first value moves to the corner, the others go."""
    values = [cell.value for _, _, cell in sheet.used(box) if cell.value is not None]
    for row, column, cell in list(sheet.used(box)):
        sheet.put(row, column, replace(cell, value=None))
    if values:
        sheet.set_value(box.row0, box.column0, values[0])


KINDS: dict[str, Handler] = {
    "updateCells": update_cells,
    "appendCells": append_cells,
    "repeatCell": repeat_cell,
    "setDataValidation": set_data_validation,
    "updateBorders": update_borders,
    "mergeCells": merge_cells,
    "unmergeCells": unmerge_cells,
}

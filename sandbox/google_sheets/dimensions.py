"""Rows and columns that come, go and move, with everything that refers to them."""

from collections.abc import Callable
from typing import Any, TypeVar

from sandbox.google_sheets.model import Book, Formula, Json, Row, Sheet
from sandbox.google_sheets.references import Shift, shifted

__all__ = ["change_formulas", "delete_lines", "insert_lines"]

Line = TypeVar("Line")

_ROW_KEYS = ("startRowIndex", "endRowIndex")
_COLUMN_KEYS = ("startColumnIndex", "endColumnIndex")
_GRID_KEYS = frozenset(("sheetId", *_ROW_KEYS, *_COLUMN_KEYS))


def insert_lines(book: Book, sheet: Sheet, dimension: str, at: int, count: int) -> None:
    """Put empty rows or columns in at `at`; references behind move, references around grow."""
    _shift(book, sheet, Shift(sheet.title, dimension == "ROWS", at, count))


def delete_lines(book: Book, sheet: Sheet, dimension: str, at: int, count: int) -> None:
    """Take rows or columns out; references to nothing else become #REF!."""
    _shift(book, sheet, Shift(sheet.title, dimension == "ROWS", at, -count))


def change_formulas(book: Book, change: Callable[[Formula, str], Formula]) -> None:
    """Rewrite every formula of the book; the second argument is the title of its sheet."""
    for sheet in book.sheets:
        for row, cells in list(sheet.rows.items()):
            changed: Row = {}
            for column, cell in cells.items():
                if not isinstance(cell.value, Formula):
                    continue
                formula = change(cell.value, sheet.title)
                if formula is not cell.value:
                    changed[column] = _with_value(cell, formula)
            if changed:
                sheet.put_cells(row, changed)


def _with_value(cell: Any, formula: Formula) -> Any:
    return type(cell)(formula, cell.format, cell.note, cell.validation)


def _shift(book: Book, sheet: Sheet, shift: Shift) -> None:
    if shift.rows:
        sheet.rows = _moved(sheet.rows, shift)
        sheet.row_sizes = _moved(sheet.row_sizes, shift)
        sheet.resize(rows=sheet.row_count + shift.count)
    else:
        sheet.rows = {row: _moved(cells, shift) for row, cells in sheet.rows.items()}
        sheet.rows = {row: cells for row, cells in sheet.rows.items() if cells}
        sheet.column_sizes = _moved(sheet.column_sizes, shift)
        sheet.resize(columns=sheet.column_count + shift.count)
    _shift_objects(book, sheet, shift)
    change_formulas(book, lambda formula, home: shifted(formula, home, shift))
    book.check_size()


def _moved(lines: dict[int, Line], shift: Shift) -> dict[int, Line]:
    result: dict[int, Line] = {}
    for index, line in lines.items():
        if index < shift.at:
            result[index] = line
        elif index >= shift.at - min(shift.count, 0):
            result[index + shift.count] = line
    return result


def _shift_objects(book: Book, sheet: Sheet, shift: Shift) -> None:
    book.named_ranges = _shift_all(book.named_ranges, sheet.id, shift)
    book.metadata = _shift_all(book.metadata, sheet.id, shift)
    for one in book.sheets:
        one.merges = _shift_all(one.merges, sheet.id, shift)
        one.protected_ranges = _shift_all(one.protected_ranges, sheet.id, shift)
        one.banded_ranges = _shift_all(one.banded_ranges, sheet.id, shift)
        one.filter_views = _shift_all(one.filter_views, sheet.id, shift)
        one.conditional_formats = _shift_all(one.conditional_formats, sheet.id, shift)
        one.row_groups = _shift_all(one.row_groups, sheet.id, shift)
        one.column_groups = _shift_all(one.column_groups, sheet.id, shift)
        one.metadata = _shift_all(one.metadata, sheet.id, shift)
        one.charts = _shift_all(one.charts, sheet.id, shift)
        if one.basic_filter is not None:
            kept = _shift_all([one.basic_filter], sheet.id, shift)
            one.basic_filter = kept[0] if kept else None


def _shift_all(objects: list[Json], sheet_id: int, shift: Shift) -> list[Json]:
    changed = (_shift_value(item, sheet_id, shift) for item in objects)
    return [item for item in changed if item is not None]


def _shift_value(value: Any, sheet_id: int, shift: Shift) -> Any:
    """The value with its grid ranges moved; None when an object's range is gone."""
    if isinstance(value, list):
        moved = [_shift_value(item, sheet_id, shift) for item in value]
        return [item for item in moved if item is not None] or (None if value else value)
    if not isinstance(value, dict):
        return value
    if _is_grid_range(value):
        same = int(value.get("sheetId") or 0) == sheet_id
        return _shift_range(value, shift) if same else value
    if _is_dimension_range(value):
        same = int(value.get("sheetId") or 0) == sheet_id
        return _shift_dimension(value, shift) if same else value
    result = {}
    for key, item in value.items():
        changed = _shift_value(item, sheet_id, shift)
        if changed is None and item is not None:
            return None
        result[key] = changed
    return result


def _is_dimension_range(value: Json) -> bool:
    return "dimension" in value and "startIndex" in value


def _is_grid_range(value: Json) -> bool:
    return bool(value) and set(value) <= _GRID_KEYS and len(value) > 1


def _shift_range(value: Json, shift: Shift) -> Json | None:
    start_key, end_key = _ROW_KEYS if shift.rows else _COLUMN_KEYS
    start, end = value.get(start_key), value.get(end_key)
    new_start = None if start is None else _edge(int(start), shift, start=True)
    new_end = None if end is None else _edge(int(end), shift, start=False)
    if new_end is not None and new_end <= (new_start or 0):
        return None
    edges = {start_key: new_start, end_key: new_end}
    return {**value, **{key: edge for key, edge in edges.items() if edge is not None}}


def _shift_dimension(value: Json, shift: Shift) -> Json | None:
    if (value["dimension"] == "ROWS") != shift.rows:
        return value
    start = _edge(int(value["startIndex"]), shift, start=True)
    end = _edge(int(value["endIndex"]), shift, start=False)
    return {**value, "startIndex": start, "endIndex": end} if start < end else None


def _edge(edge: int, shift: Shift, *, start: bool) -> int:
    if shift.count > 0:
        return edge + shift.count if (edge >= shift.at if start else edge > shift.at) else edge
    return edge if edge <= shift.at else max(shift.at, edge + shift.count)

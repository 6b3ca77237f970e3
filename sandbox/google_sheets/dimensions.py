"""Rows and columns that come, go and move, with everything that refers to them."""

from typing import Any, TypeVar

from sandbox.google_sheets.charts import without_lost_sources
from sandbox.google_sheets.model import Book, Json, Sheet
from sandbox.google_sheets.references import shifted
from sandbox.google_sheets.rewriting import change_formulas
from sandbox.google_sheets.shifts import Change, Move, Shift

__all__ = ["delete_lines", "insert_lines", "move_lines"]

Line = TypeVar("Line")

_ROW_KEYS = ("startRowIndex", "endRowIndex")
_COLUMN_KEYS = ("startColumnIndex", "endColumnIndex")
_GRID_KEYS = frozenset(("sheetId", *_ROW_KEYS, *_COLUMN_KEYS))


def insert_lines(book: Book, sheet: Sheet, dimension: str, at: int, count: int) -> None:
    """Put empty rows or columns in at `at`; references behind move, references around grow."""
    _change(book, sheet, Shift(sheet.title, dimension == "ROWS", at, count), count)


def delete_lines(book: Book, sheet: Sheet, dimension: str, at: int, count: int) -> None:
    """Take rows or columns out; references to nothing else become #REF!."""
    _change(book, sheet, Shift(sheet.title, dimension == "ROWS", at, -count), -count)


def move_lines(book: Book, sheet: Sheet, dimension: str, span: tuple[int, int], to: int) -> None:
    """Move rows or columns before the line that is at `to` now; references follow them."""
    if not span[0] <= to <= span[1]:
        _change(book, sheet, Move(sheet.title, dimension == "ROWS", *span, to), 0)


def _change(book: Book, sheet: Sheet, change: Change, growth: int) -> None:
    if change.rows:
        sheet.rows = _moved(sheet.rows, change)
        sheet.row_sizes = _moved(sheet.row_sizes, change)
        sheet.resize(rows=sheet.row_count + growth)
    else:
        sheet.rows = {row: _moved(cells, change) for row, cells in sheet.rows.items()}
        sheet.rows = {row: cells for row, cells in sheet.rows.items() if cells}
        sheet.column_sizes = _moved(sheet.column_sizes, change)
        sheet.resize(columns=sheet.column_count + growth)
    _change_frozen(sheet, change)
    _change_objects(book, sheet, change)
    change_formulas(book, lambda formula, home: shifted(formula, home, change))
    book.check_size()


def _moved(lines: dict[int, Line], change: Change) -> dict[int, Line]:
    result: dict[int, Line] = {}
    for index, line in lines.items():
        span = change.span(index, index + 1)
        if span is not None:
            assert span[0] is not None
            result[span[0]] = line
    return result


def _change_frozen(sheet: Sheet, change: Change) -> None:
    """The frozen lines are the first ones: a line put in among them is frozen, too."""
    if isinstance(change, Move):
        return
    key = "frozenRowCount" if change.rows else "frozenColumnCount"
    grid = dict(sheet.properties["gridProperties"])
    frozen = int(grid.pop(key, 0) or 0)
    span = change.span(0, frozen) if change.count < 0 else (0, frozen)
    left = 0 if span is None else int(span[1] or 0)
    if change.count > 0 and change.at < frozen:
        left += change.count
    if left:
        grid[key] = left
    sheet.properties = {**sheet.properties, "gridProperties": grid}


def _change_objects(book: Book, sheet: Sheet, change: Change) -> None:
    names = _changed(book.named_ranges, sheet.id, change)
    book.lost_names |= {one["namedRangeId"]: one["name"] for one in names if "range" not in one}
    book.named_ranges = [one for one in names if "range" in one]
    for one in book.sheets:
        one.merges = [
            merge for merge in _changed(one.merges, sheet.id, change) if _cells(merge) > 1
        ]
        for name, kept in _HELD_BY.items():
            objects = _changed(getattr(one, name), sheet.id, change)
            setattr(one, name, [item for item in objects if item.get(kept)])
        one.metadata = [
            item
            for item in _changed(one.metadata, sheet.id, change)
            if item["location"].get("dimensionRange")
            or item["location"]["locationType"] == "SHEET"
        ]
        charts = _changed(one.charts, sheet.id, change)
        one.charts = [without_lost_sources(chart) for chart in charts]
        if one.basic_filter is not None:
            changed = _value(one.basic_filter, sheet.id, change)
            one.basic_filter = changed if "range" in changed else None
    if not change.rows:
        _change_filter_columns(sheet, change)


# What an object cannot be without: it goes when that is gone.
_HELD_BY = {
    "protected_ranges": "range",
    "banded_ranges": "range",
    "filter_views": "range",
    "conditional_formats": "ranges",
    "row_groups": "range",
    "column_groups": "range",
}


def _changed(objects: list[Json], sheet_id: int, change: Change) -> list[Json]:
    values = (_value(item, sheet_id, change) for item in objects)
    return [item for item in values if item is not None]


def _value(value: Any, sheet_id: int, change: Change) -> Any:
    """The value with its ranges where they are now; lost ones are left out."""
    if isinstance(value, list):
        items = (_value(item, sheet_id, change) for item in value)
        return [item for item in items if item is not None]
    if not isinstance(value, dict):
        return value
    here = int(value.get("sheetId") or 0) == sheet_id
    if _is_grid_range(value):
        return _grid_range(value, change) if here else value
    if "dimension" in value and "startIndex" in value:
        return _dimension_range(value, change) if here else value
    result = {}
    for key, item in value.items():
        changed = _anchor(item, sheet_id, change) if key == "anchorCell" else None
        changed = changed or _value(item, sheet_id, change)
        if changed is not None:
            result[key] = changed
    return result


def _is_grid_range(value: Json) -> bool:
    return bool(value) and set(value) <= _GRID_KEYS and len(value) > 1


def _grid_range(value: Json, change: Change) -> Json | None:
    keys = _ROW_KEYS if change.rows else _COLUMN_KEYS
    ends = [None if value.get(key) is None else int(value[key]) for key in keys]
    span = change.span(ends[0], ends[1])
    if span is None or (span[1] is not None and span[1] <= (span[0] or 0)):
        return None
    edges = dict(zip(keys, span, strict=True))
    return {**value, **{key: edge for key, edge in edges.items() if edge is not None}}


def _dimension_range(value: Json, change: Change) -> Json | None:
    if (value["dimension"] == "ROWS") != change.rows:
        return value
    span = change.span(int(value["startIndex"]), int(value["endIndex"]))
    return None if span is None else {**value, "startIndex": span[0], "endIndex": span[1]}


def _anchor(cell: Json, sheet_id: int, change: Change) -> Json | None:
    """The corner of something drawn over the cells: it stays when its line goes."""
    key = "rowIndex" if change.rows else "columnIndex"
    if int(cell.get("sheetId") or 0) != sheet_id:
        return cell
    index = int(cell.get(key) or 0)
    span = change.span(index, index + 1)
    at = change.at if span is None and isinstance(change, Shift) else int((span or (0,))[0] or 0)
    rest = {name: value for name, value in cell.items() if name != key}
    return {**rest, key: at} if at else rest


def _cells(merge: Json) -> int:
    rows = int(merge["endRowIndex"]) - int(merge.get("startRowIndex") or 0)
    return rows * (int(merge["endColumnIndex"]) - int(merge.get("startColumnIndex") or 0))


def _change_filter_columns(sheet: Sheet, change: Change) -> None:
    sheet.filter_views = [_refiltered(view, change) for view in sheet.filter_views]
    if sheet.basic_filter is not None:
        sheet.basic_filter = _refiltered(sheet.basic_filter, change)


def _refiltered(wanted: Json, change: Change) -> Json:
    """A filter whose columns are told by number, after columns moved."""

    def column(index: Any) -> int | None:
        span = change.span(int(index), int(index) + 1)
        return None if span is None else span[0]

    result = dict(wanted)
    for name, key in (("sortSpecs", "dimensionIndex"), ("filterSpecs", "columnIndex")):
        if name in wanted:
            moved = [(column(one.get(key) or 0), one) for one in wanted[name]]
            result[name] = [{**one, key: at} for at, one in moved if at is not None]
    if "criteria" in wanted:
        pairs = [(column(index), one) for index, one in wanted["criteria"].items()]
        result["criteria"] = {str(at): one for at, one in pairs if at is not None}
    return result

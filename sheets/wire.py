"""The workbook's model as Google's requests: pure dictionaries for one `batchUpdate`.

Values go by `updateCells` with the mask `userEnteredValue`, so a person's colours and notes stay;
text only ever as `stringValue`. Rows that hold a person's entry cells are written around them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sheets.formulas import Dialect, Node, Ref, render
from sheets.model import (
    Area,
    Cell,
    Choice,
    FilterView,
    Guard,
    Rule,
    Styled,
    Tab,
    Value,
)
from sheets.monthly import MonthlyRow
from sheets.rows import RowImage
from sheets.tabs.journal_tab import HEADING_ROWS, SHEET_ID
from sheets.tabs.monthly_tab import MONTHLY_HEADING_ROWS, MONTHLY_SHEET_ID
from sheets.tabs.moves_tab import MOVES_HEADING_ROWS, MOVES_SHEET_ID, MoveImage
from sheets.tabs.palette import BAND
from sheets.tabs.styling import colour, google_format

__all__ = [
    "Request",
    "add_tab",
    "band",
    "cell_data",
    "choice",
    "clear",
    "clear_from",
    "entries",
    "grid_range",
    "guard",
    "journal_rows",
    "look",
    "monthly_rows",
    "move_rows",
    "rows_again",
    "rule",
    "values",
    "view",
    "wipe",
]

Request = dict[str, Any]
_VALUE = "userEnteredValue"


def cell_data(value: Value) -> dict[str, Any]:
    """One cell: text, number or our own formula; None empties it."""
    match value:
        case None:
            return {}
        case Node():
            return {_VALUE: {"formulaValue": render(value, Dialect.GOOGLE)}}
        case str():
            return {_VALUE: {"stringValue": value}}
        case Decimal():
            # The nearest double prints as the same two decimals: sums are below 2^53 kopecks.
            return {_VALUE: {"numberValue": float(value)}}
        case int():
            return {_VALUE: {"numberValue": value}}


def journal_rows(images: Sequence[RowImage]) -> list[Request]:
    """Rows of Журнал at their fixed places; neighbours share one request."""
    return _at_places(SHEET_ID, HEADING_ROWS, {one.place: one.cells for one in images})


def move_rows(images: Sequence[MoveImage]) -> list[Request]:
    """Rows of _движения at their fixed places."""
    rows = {one.place: one.cells for one in images}
    return _at_places(MOVES_SHEET_ID, MOVES_HEADING_ROWS, rows)


def monthly_rows(rows: Mapping[int, MonthlyRow]) -> list[Request]:
    """Rows of Свод by their places from one."""
    return _at_places(MONTHLY_SHEET_ID, MONTHLY_HEADING_ROWS, rows)


def values(tab: Tab) -> list[Request]:
    """Every cell of the tab but the entries, which are people's."""
    rows, columns = tab.used
    requests: list[Request] = []
    block: list[list[Value]] = []
    for row in range(rows):
        cells = [tab.cells.get((row, column), Cell(None)) for column in range(columns)]
        if any(cell.entry for cell in cells):
            requests += _block(tab, row - len(block), block)
            requests += [_update(tab.id, row, start, [part]) for start, part in _around(cells)]
            block = []
        else:
            block.append([cell.value for cell in cells])
    return requests + _block(tab, rows - len(block), block)


def rows_again(old: Tab, new: Tab) -> list[Request]:
    """The rows of a keyed tab that differ from what it holds, each whole."""
    places = old.cells.keys() | new.cells.keys()
    differ = {place[0] for place in places if old.cells.get(place) != new.cells.get(place)}
    nothing = Cell(None)
    rows = {
        row + 1: [new.cells.get((row, column), nothing).value for column in range(new.columns)]
        for row in differ
    }
    return _at_places(new.id, 0, rows)


def entries(tab: Tab) -> list[Request]:
    """The first content of the entry cells, for a new tab or after a person broke one."""
    return [
        _update(tab.id, row, column, [[cell.value]])
        for (row, column), cell in tab.cells.items()
        if cell.entry
    ]


def clear(tab: Tab, row: int, rows: int) -> Request:
    """Empty the values of whole rows."""
    return _emptied(tab, Area(row, 0, rows, tab.columns))


def clear_from(tab: Tab, row: int) -> Request:
    """Empty the values of all rows from one on, however many the grid has."""
    return _emptied(tab, Area(row, 0, None, tab.columns))


def wipe(tab: Tab, columns: int) -> list[Request]:
    """Empty all values of a tab and of `columns` columns, but for the entries, which are people's."""
    entries = sorted({row for (row, _), cell in tab.cells.items() if cell.entry})
    requests: list[Request] = []
    start = 0
    for row in [*entries, None]:
        if row is None or start < row:
            area = Area(start, 0, None if row is None else row - start, columns)
            requests.append(_emptied(tab, area))
        if row is not None:
            last = max(column for line, column in tab.cells if line == row)
            if last + 1 < columns:
                requests.append(_emptied(tab, Area(row, last + 1, 1, columns - last - 1)))
            start = row + 1
    return requests


def add_tab(tab: Tab, index: int) -> Request:
    """A new tab with our id, at its place among ours."""
    properties = {
        "sheetId": tab.id,
        "title": tab.title,
        "index": index,
        "hidden": tab.hidden,
        "gridProperties": {
            "rowCount": tab.rows,
            "columnCount": tab.columns,
            "frozenRowCount": tab.frozen_rows,
            "frozenColumnCount": tab.frozen_columns,
        },
        "tabColorStyle": {"rgbColor": colour(tab.colour)},
    }
    return {"addSheet": {"properties": properties}}


def look(tab: Tab) -> list[Request]:
    """Formats, widths, gridlines, hidden lines and drop-downs."""
    return [
        _gridlines(tab),
        *(_repeat_style(tab, styled) for styled in tab.styles),
        *_widths(tab),
        *(_hide(tab, "COLUMNS", start, end) for start, end in tab.hidden_columns),
        *(_hide(tab, "ROWS", start, end) for start, end in tab.hidden_rows),
        *(choice(tab, one) for one in tab.choices),
        *({"setDataValidation": {"range": grid_range(tab.id, one)}} for one in tab.retired),
    ]


def _gridlines(tab: Tab) -> Request:
    properties = {"sheetId": tab.id, "gridProperties": {"hideGridlines": not tab.gridlines}}
    fields = "gridProperties.hideGridlines"
    return {"updateSheetProperties": {"properties": properties, "fields": fields}}


def choice(tab: Tab, one: Choice) -> Request:
    """A drop-down in one cell."""
    where = grid_range(tab.id, Area(one.row, one.column, 1, 1))
    if isinstance(one.options, Ref):
        kind = "ONE_OF_RANGE"
        listed = [{"userEnteredValue": render(one.options, Dialect.GOOGLE)}]
    else:
        kind = "ONE_OF_LIST"
        listed = [{"userEnteredValue": option} for option in one.options]
    rule = {"condition": {"type": kind, "values": listed}, "strict": True, "showCustomUi": True}
    return {"setDataValidation": {"range": where, "rule": rule}}


def guard(tab: Tab, one: Guard, email: str) -> dict[str, Any]:
    """A protection of the whole tab; Google chooses its id, the description is ours."""
    protected: dict[str, Any] = {
        "range": {"sheetId": tab.id},
        "description": one.name,
        "warningOnly": one.warning,
    }
    if one.open_areas:
        protected["unprotectedRanges"] = [grid_range(tab.id, area) for area in one.open_areas]
    if not one.warning:
        protected["editors"] = {"users": [email]}
    return protected


def rule(tab: Tab, one: Rule) -> dict[str, Any]:
    """A conditional format by a formula."""
    condition = {
        "type": "CUSTOM_FORMULA",
        "values": [{"userEnteredValue": render(one.condition, Dialect.GOOGLE)}],
    }
    shown, _ = google_format(one.style)
    return {
        "ranges": [grid_range(tab.id, one.area)],
        "booleanRule": {"condition": condition, "format": shown},
    }


def band(tab: Tab, area: Area) -> dict[str, Any]:
    """Alternating rows; the id is the tab's own, a tab has one banding of ours."""
    return {
        "bandedRangeId": tab.id,
        "range": grid_range(tab.id, area),
        "rowProperties": {
            "headerColorStyle": {"rgbColor": colour("37474F")},
            "firstBandColorStyle": {"rgbColor": colour("FFFFFF")},
            "secondBandColorStyle": {"rgbColor": colour(BAND)},
        },
    }


def view(tab: Tab, one: FilterView) -> dict[str, Any]:
    """A filter view over rows down to the end of the grid."""
    area = replace(one.area, rows=one.area.rows or tab.rows - one.area.row)
    shown: dict[str, Any] = {
        "filterViewId": one.id,
        "title": one.title,
        "range": grid_range(tab.id, area),
    }
    if one.only:
        condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": one.only}]}
        criteria = {"columnIndex": one.column, "filterCriteria": {"condition": condition}}
        shown["filterSpecs"] = [criteria]
    if one.newest_by is not None:
        shown["sortSpecs"] = [{"dimensionIndex": one.newest_by, "sortOrder": "DESCENDING"}]
    return shown


def grid_range(sheet_id: int, area: Area) -> dict[str, int]:
    """Google's half-open range; without `rows` it has no lower end."""
    shown = {
        "sheetId": sheet_id,
        "startRowIndex": area.row,
        "startColumnIndex": area.column,
        "endColumnIndex": area.column + area.columns,
    }
    if area.rows is not None:
        shown["endRowIndex"] = area.row + area.rows
    return shown


def _at_places(
    sheet_id: int, heading_rows: int, rows: Mapping[int, Sequence[Value]]
) -> list[Request]:
    """Rows by their number from one; those that follow one another share a request."""
    runs: list[list[int]] = []
    for number in sorted(rows):
        if runs and runs[-1][-1] + 1 == number:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [
        _update(sheet_id, heading_rows + run[0] - 1, 0, [rows[number] for number in run])
        for run in runs
    ]


def _emptied(tab: Tab, area: Area) -> Request:
    return {"repeatCell": {"range": grid_range(tab.id, area), "cell": {}, "fields": _VALUE}}


def _block(tab: Tab, row: int, lines: list[list[Value]]) -> list[Request]:
    return [_update(tab.id, row, 0, lines)] if lines else []


def _update(sheet_id: int, row: int, column: int, lines: Iterable[Iterable[Value]]) -> Request:
    return {
        "updateCells": {
            "start": {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column},
            "rows": [{"values": [cell_data(value) for value in line]} for line in lines],
            "fields": _VALUE,
        }
    }


def _around(cells: Sequence[Cell]) -> list[tuple[int, list[Value]]]:
    """The stretches of a row between the entries."""
    parts: list[tuple[int, list[Value]]] = []
    for column, cell in enumerate(cells):
        if cell.entry:
            continue
        if parts and parts[-1][0] + len(parts[-1][1]) == column:
            parts[-1][1].append(cell.value)
        else:
            parts.append((column, [cell.value]))
    return parts


def _repeat_style(tab: Tab, styled: Styled) -> Request:
    shown, fields = google_format(styled.style)
    mask = ",".join(f"userEnteredFormat.{field}" for field in fields)
    return {
        "repeatCell": {
            "range": grid_range(tab.id, styled.area),
            "cell": {"userEnteredFormat": shown},
            "fields": mask,
        }
    }


def _widths(tab: Tab) -> list[Request]:
    runs: list[tuple[int, int, int]] = []
    for column, width in enumerate(tab.widths):
        if runs and runs[-1][2] == width:
            runs[-1] = (runs[-1][0], column + 1, width)
        else:
            runs.append((column, column + 1, width))
    return [
        _dimension(tab, "COLUMNS", start, end, {"pixelSize": width}) for start, end, width in runs
    ]


def _hide(tab: Tab, dimension: str, start: int, end: int) -> Request:
    return _dimension(tab, dimension, start, end, {"hiddenByUser": True})


def _dimension(
    tab: Tab, dimension: str, start: int, end: int, properties: Mapping[str, object]
) -> Request:
    lines = {"sheetId": tab.id, "dimension": dimension, "startIndex": start, "endIndex": end}
    return {
        "updateDimensionProperties": {
            "range": lines,
            "properties": dict(properties),
            "fields": ",".join(properties),
        }
    }

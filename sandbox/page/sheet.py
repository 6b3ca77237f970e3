"""The spreadsheet for the page: the tabs, and the rows in view of one of them as people see them.

GET  /api/sheet?tab=7&from=0&rows=120    `from=end` shows the last rows
POST /api/sheet/cell                     {"tab": 7, "cell": "B2", "value": "2026"}
GET  /api/sheet/book.xlsx
"""

import re

from aiohttp import web

from sandbox.google_sheets.a1 import Box, quote_title
from sandbox.google_sheets.api import Shelf
from sandbox.google_sheets.engine import CellError
from sandbox.google_sheets.model import Cell, Sheet
from sandbox.google_sheets.numbers import section_colour
from sandbox.google_sheets.ranges import lookup
from sandbox.google_sheets.rendering import Reader
from sandbox.google_sheets.workbook_file import xlsx
from sandbox.page.charts import charts_of
from sandbox.page.replies import Json, RefusedActError, attachment, read_object
from sandbox.page.styles import Looks, colour
from sandbox.page.world import DemoWorld

__all__ = ["SheetView"]

ROWS_MAX = 300
END = "end"
CHOICES_MAX = 200
ROW_PX = 21
_INKS: dict[str, Json] = {
    "black": {},
    "blue": {"blue": 1},
    "cyan": {"green": 1, "blue": 1},
    "green": {"green": 1},
    "magenta": {"red": 1, "blue": 1},
    "red": {"red": 1},
    "white": {"red": 1, "green": 1, "blue": 1},
    "yellow": {"red": 1, "green": 1},
}
_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")


class SheetView:
    """The handlers of `/api/sheet`."""

    def __init__(self, world: DemoWorld) -> None:
        """They look at the world's spreadsheet."""
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """Every path of the spreadsheet."""
        return [
            web.get("/api/sheet", self._show),
            web.get("/api/sheet/book.xlsx", self._file),
            web.post("/api/sheet/cell", self._edit),
        ]

    async def _show(self, request: web.Request) -> web.Response:
        shelf = self._shelf()
        tabs = [sheet for sheet in shelf.book.sheets if not sheet.properties.get("hidden")]
        if not tabs:
            raise RefusedActError("В таблице нет ни одной вкладки", 404)
        wanted = int(request.query.get("tab", tabs[0].id))
        sheet = next((one for one in tabs if one.id == wanted), tabs[0])
        count = min(max(int(request.query.get("rows", "120")), 1), ROWS_MAX)
        asked = request.query.get("from", "0")
        first = max(_used(sheet)[0] - count if asked == END else int(asked), 0)
        return web.json_response(
            {
                "revision": shelf.book.revision,
                "title": shelf.book.properties["title"],
                "tabs": [_tab(one) for one in tabs],
                "tab": sheet.id,
                **_grid(shelf.reader, sheet, range(first, first + count)),
            }
        )

    async def _edit(self, request: web.Request) -> web.Response:
        body = await read_object(request)
        shelf, cell = self._shelf(), str(body["cell"]).upper()
        if not _CELL.fullmatch(cell):
            raise RefusedActError("Такой ячейки нет", 400)
        title = quote_title(shelf.book.sheet(int(body["tab"])).title)
        people = self._world.sandbox.google_sheets
        people.edit_cell(shelf.book.id, f"{title}!{cell}", str(body["value"]))
        return web.json_response({"revision": shelf.book.revision})

    async def _file(self, _request: web.Request) -> web.Response:
        shelf = self._shelf()
        return attachment(f"{shelf.book.properties['title']}.xlsx", xlsx(shelf.book))

    def _shelf(self) -> Shelf:
        shelf = self._world.sandbox.google_sheets.shelves.get(self._world.spreadsheet_id)
        if shelf is None:
            raise RefusedActError("Таблицы пока нет", 404)
        return shelf


def _tab(sheet: Sheet) -> Json:
    style = sheet.properties.get("tabColorStyle") or sheet.properties.get("tabColor")
    return {"id": sheet.id, "title": sheet.title, "color": colour(style)}


def _grid(reader: Reader, sheet: Sheet, rows: range) -> Json:
    grid = sheet.properties["gridProperties"]
    frozen = int(grid.get("frozenRowCount") or 0)
    used = _used(sheet)
    columns = [_column(sheet, index) for index in range(used[1])]
    looks = Looks()
    cells = [
        _cell(reader, sheet, (row, column), looks)
        for part in (range(frozen), range(max(frozen, rows.start), rows.stop))
        for row, column, _ in sheet.used(Box(part.start, part.stop, 0, used[1]))
        if columns[column]["width"]
    ]
    return {
        "rows": used[0],
        "columns": columns,
        "frozen_rows": frozen,
        "frozen_columns": int(grid.get("frozenColumnCount") or 0),
        "hide_gridlines": bool(grid.get("hideGridlines")),
        "row_sizes": {
            str(row): _height(size) for row, size in sheet.row_sizes.items() if row < used[0]
        },
        "merges": [_merge(one) for one in sheet.merges],
        "from": rows.start,
        "to": min(rows.stop, used[0]),
        "looks": looks.all,
        "cells": cells,
        "charts": charts_of(reader, sheet),
        "locale": reader.book.locale,
    }


def _used(sheet: Sheet) -> tuple[int, int]:
    """Rows and columns up to the last one with something in it or a chart over it."""
    rows = [
        row
        for row, cells in sheet.rows.items()
        if any(c.value is not None for c in cells.values())
    ]
    columns = [max(cells) for cells in sheet.rows.values() if cells]
    charts = [chart["position"]["overlayPosition"] for chart in sheet.charts]
    below = [_index(one, "rowIndex") + int(one["heightPixels"]) // ROW_PX + 1 for one in charts]
    beside = [_index(one, "columnIndex") for one in charts]
    return (
        min(max([*rows, *below], default=0) + 1, sheet.row_count),
        min(max([*columns, *beside], default=0) + 1, sheet.column_count),
    )


def _index(over: Json, key: str) -> int:
    return int(over["anchorCell"].get(key) or 0)


def _column(sheet: Sheet, index: int) -> Json:
    size = sheet.column_sizes.get(index, {})
    hidden = bool(size.get("hiddenByUser"))
    return {"width": 0 if hidden else int(size.get("pixelSize", 100))}


def _height(size: Json) -> int:
    is_hidden = size.get("hiddenByUser") or size.get("hiddenByFilter")
    return 0 if is_hidden else int(size.get("pixelSize", ROW_PX))


def _merge(merge: Json) -> list[int]:
    ends = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
    return [int(merge.get(name) or 0) for name in ends]


def _cell(reader: Reader, sheet: Sheet, place: tuple[int, int], looks: Looks) -> Json:
    """`r` row, `c` column, `t` text, `k` kind (n, e, b), `l` look, `f` as entered, `o` choices."""
    row, column = place
    cell = sheet.cell(row, column)
    shown: Json = {"r": row, "c": column}
    look = looks.number(_seen(reader, sheet, place))
    if look >= 0:
        shown["l"] = look
    if cell.value is not None:
        shown["t"] = reader.formatted(sheet, row, column)
        shown |= _kind(reader, sheet, row, column)
        entered = str(reader.rendered(sheet, row, column, ("FORMULA", "FORMATTED_STRING")))
        if entered != shown["t"]:
            shown["f"] = entered
    if cell.validation:
        shown["o"] = _choices(reader, sheet, cell)
    if cell.note:
        shown["n"] = cell.note
    return shown


def _seen(reader: Reader, sheet: Sheet, place: tuple[int, int]) -> Json:
    """The format in sight; a number's own pattern may colour it, and then it does."""
    seen = reader.effects(sheet).format(*place)
    value = reader.computed(sheet, *place)
    pattern = reader.pattern(sheet.cell(*place))
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    ink = section_colour(float(value or 0), pattern) if is_number and pattern else None
    if ink is None:
        return seen
    text = {**(seen.get("textFormat") or {}), "foregroundColorStyle": {"rgbColor": _INKS[ink]}}
    return {**seen, "textFormat": text}


def _kind(reader: Reader, sheet: Sheet, row: int, column: int) -> Json:
    value = reader.computed(sheet, row, column)
    if isinstance(value, CellError):
        return {"k": "e"}
    if isinstance(value, bool):
        return {"k": "b"}
    return {"k": "n"} if isinstance(value, int | float) else {}


def _choices(reader: Reader, sheet: Sheet, cell: Cell) -> list[str]:
    condition = (cell.validation or {}).get("condition") or {}
    values = [str(one.get("userEnteredValue") or "") for one in condition.get("values") or []]
    if condition.get("type") == "ONE_OF_LIST":
        return values[:CHOICES_MAX]
    if condition.get("type") != "ONE_OF_RANGE" or not values:
        return []
    home, box = lookup(reader.book, _with_title(sheet, values[0].removeprefix("=")))
    texts = (reader.formatted(home, row, column) for row, column, _ in home.used(box))
    return [text for text in texts if text][:CHOICES_MAX]


def _with_title(sheet: Sheet, text: str) -> str:
    return text if "!" in text else f"{quote_title(sheet.title)}!{text}"

"""The stand-in's own calls under `/_standin/`: seed, remove, share, show. Never under faults."""

from typing import Any

from aiohttp import web

from sandbox.google_sheets.a1 import Box
from sandbox.google_sheets.api import Access, Shelf
from sandbox.google_sheets.engine import CellError
from sandbox.google_sheets.errors import ApiError
from sandbox.google_sheets.model import Json, Sheet
from sandbox.google_sheets.people import People
from sandbox.google_sheets.rendering import Reader
from sandbox.google_sheets.wishes import meddle
from sandbox.google_sheets.workbook_file import xlsx

__all__ = ["Admin"]

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LATEST = 50


class Admin:
    """Handlers over a stand-in."""

    def __init__(self, standin: Any) -> None:
        self._standin = standin

    def routes(self) -> list[web.RouteDef]:
        """The routes to add to an application."""
        base = "/_standin/spreadsheets"
        return [
            web.get("/_standin/report", self._report),
            web.get(base, self._list),
            web.post(base, self._create),
            web.delete(base + "/{id}", self._delete),
            web.post(base + "/{id}/share", self._share),
            web.post(base + "/{id}/people", self._people),
            web.get(base + "/{id}/grid", self._grid),
            web.get(base + "/{id}/book.xlsx", self._file),
        ]

    async def _create(self, request: web.Request) -> web.Response:
        try:
            seed = await request.json()
            self._standin.create(seed)
        except (ApiError, ValueError, TypeError, AttributeError) as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response({"spreadsheetId": seed["spreadsheetId"]})

    async def _delete(self, request: web.Request) -> web.Response:
        self._standin.remove(request.match_info["id"])
        return web.json_response({})

    async def _list(self, _: web.Request) -> web.Response:
        shown = [
            {
                "spreadsheetId": shelf.book.id,
                "title": shelf.book.properties["title"],
                "access": shelf.access,
            }
            for shelf in self._standin.shelves.values()
        ]
        return web.json_response({"spreadsheets": shown})

    async def _share(self, request: web.Request) -> web.Response:
        """Body `{"access": "writer" | "reader" | "denied"}`."""
        try:
            access = Access((await request.json())["access"])
        except (KeyError, TypeError, ValueError) as error:
            return web.json_response({"error": str(error)}, status=400)
        self._shelf(request).access = access
        return web.json_response({"access": access})

    async def _people(self, request: web.Request) -> web.Response:
        """What a person does with a mouse: `{"do": "delete_row", "sheet": "Журнал", "row": 3}`."""
        book = self._shelf(request).book
        try:
            meddle(self._standin, book.id, await request.json())
        except (ApiError, KeyError, TypeError, ValueError) as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response({"revision": book.revision})

    async def _report(self, _: web.Request) -> web.Response:
        standin = self._standin
        return web.json_response(
            {"violations": standin.violations[-LATEST:], "notModelled": standin.not_modelled}
        )

    async def _grid(self, request: web.Request) -> web.Response:
        """Every tab with values as a person sees them.

        `?sheet=TITLE` shows the cells of one tab only, `&from=0&rows=200` that many of its rows.
        """
        shelf = self._shelf(request)
        wanted = request.query.get("sheet")
        try:
            first = int(request.query.get("from", "0"))
            last = first + int(request.query.get("rows", "10000000"))
        except ValueError:
            return web.json_response({"error": "from and rows are numbers"}, status=400)
        shown = [
            _tab(shelf.reader, sheet, range(first, last))
            if wanted is None or sheet.title == wanted
            else {"properties": sheet.properties}
            for sheet in shelf.book.sheets
        ]
        return web.json_response(
            {
                "spreadsheetId": shelf.book.id,
                "properties": shelf.book.properties,
                "revision": shelf.book.revision,
                "sheets": shown,
            }
        )

    async def _file(self, request: web.Request) -> web.Response:
        shelf = self._shelf(request)
        return web.Response(
            body=xlsx(shelf.book),
            content_type=XLSX_TYPE,
            headers={"Content-Disposition": 'attachment; filename="book.xlsx"'},
        )

    def _shelf(self, request: web.Request) -> Shelf:
        people: People = self._standin
        try:
            return people.shelf(request.match_info["id"])
        except KeyError:
            raise web.HTTPNotFound(text="no such spreadsheet") from None


def _tab(reader: Reader, sheet: Sheet, rows: range) -> Json:
    tab: Json = {"properties": sheet.properties}
    names = ("merges", "charts", "conditional_formats", "banded_ranges", "protected_ranges")
    tab |= {name: getattr(sheet, name) for name in names}
    tab["columnSizes"] = {str(index): size for index, size in sheet.column_sizes.items()}
    tab["rowSizes"] = {str(index): size for index, size in sheet.row_sizes.items()}
    box = Box(rows.start, rows.stop, 0, sheet.column_count)
    tab["usedRows"] = max(sheet.rows, default=-1) + 1
    tab["cells"] = [_cell(reader, sheet, row, column) for row, column, _ in sheet.used(box)]
    return tab


def _cell(reader: Reader, sheet: Sheet, row: int, column: int) -> Json:
    cell = sheet.cell(row, column)
    value = reader.computed(sheet, row, column)
    shown: Json = {"row": row, "column": column}
    if value is not None:
        shown["text"] = reader.formatted(sheet, row, column)
        shown["value"] = value.value if isinstance(value, CellError) else value
    data = reader.cell_data(sheet, row, column)
    if "formulaValue" in data.get("userEnteredValue", {}):
        shown["formula"] = data["userEnteredValue"]["formulaValue"]
    seen = reader.effects(sheet).format(row, column)
    if seen:
        shown["format"] = seen
    if cell.note:
        shown["note"] = cell.note
    if cell.validation:
        shown["validation"] = cell.validation
    return shown

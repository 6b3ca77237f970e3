"""People who meddle: what somebody does to the spreadsheet with a mouse, between two calls.

No quota, no bearer, no schema: a person is not the API. The person owns the spreadsheet, so no
protection stops them. Rows and columns are counted from 1, as a person sees them; ranges are A1
with the tab, `Журнал!A2:N500`. What the browser itself refuses (two tabs of one name, the last
visible tab hidden, sorting merged cells) raises `ApiError`, an unknown tab `KeyError`.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace

from sandbox.google_sheets.a1 import Box
from sandbox.google_sheets.api import Access, Shelf
from sandbox.google_sheets.batch.dispatch import KINDS
from sandbox.google_sheets.batch.moves import sort_rows
from sandbox.google_sheets.batch.work import Work
from sandbox.google_sheets.errors import ApiError, NotModelledError, invalid
from sandbox.google_sheets.model import Json, Scalar, Sheet
from sandbox.google_sheets.ranges import inside, lookup
from sandbox.google_sheets.typed import enter

__all__ = ["People"]

PERSON = "person@example.com"


class People(ABC):
    """What people do; the stand-in is one of these."""

    @abstractmethod
    def shelf(self, spreadsheet_id: str) -> Shelf:
        """The spreadsheet with its share; `KeyError` when there is none."""

    def sort_range(
        self, spreadsheet_id: str, text: str, column: int, *, descending: bool = False
    ) -> None:
        """Sort a range by a column counted from 1: whole cells move, notes and formats too."""
        shelf = self.shelf(spreadsheet_id)
        sheet, box = lookup(shelf.book, text)
        bounded = Box(box.row0, min(box.row1, sheet.row_count), box.column0, box.column1)
        if any(shelf.book.grid_box(merge)[1].meets(bounded) for merge in sheet.merges):
            raise invalid("You can't sort a range with vertical merges.")
        sort_rows(self._work(shelf), sheet, bounded, [(column - 1, descending)])
        shelf.book.touch()

    def insert_row(self, spreadsheet_id: str, title: str, row: int, count: int = 1) -> None:
        """Insert empty rows above a row; they look like that row."""
        self._lines(spreadsheet_id, "insertDimension", title, ("ROWS", row, count))

    def delete_row(self, spreadsheet_id: str, title: str, row: int, count: int = 1) -> None:
        """Delete rows from a row on."""
        self._lines(spreadsheet_id, "deleteDimension", title, ("ROWS", row, count))

    def insert_column(self, spreadsheet_id: str, title: str, column: int, count: int = 1) -> None:
        """Insert empty columns to the left of a column; they look like that column."""
        self._lines(spreadsheet_id, "insertDimension", title, ("COLUMNS", column, count))

    def delete_column(self, spreadsheet_id: str, title: str, column: int, count: int = 1) -> None:
        """Delete columns from a column on."""
        self._lines(spreadsheet_id, "deleteDimension", title, ("COLUMNS", column, count))

    def hide_lines(
        self, spreadsheet_id: str, title: str, span: Sequence[int], **how: bool
    ) -> None:
        """Hide columns `(first, count)`, or rows with `rows=True`; `shown=True` shows them again."""
        dimension = "ROWS" if how.get("rows") else "COLUMNS"
        lines = self._span(self.shelf(spreadsheet_id), title, (dimension, span[0], span[1]))
        hidden = {"hiddenByUser": not how.get("shown")}
        request: Json = {"range": lines, "properties": hidden, "fields": "hiddenByUser"}
        self._do(spreadsheet_id, "updateDimensionProperties", request)

    def edit_cell(self, spreadsheet_id: str, text: str, value: Scalar) -> None:
        """Type a value into a cell such as `Журнал!F12`; an empty text clears it.

        A drop-down that refuses other values does not stop it, as it does not stop a paste.
        """
        self.paste(spreadsheet_id, text, [[value]])

    def paste(self, spreadsheet_id: str, text: str, rows: Sequence[Sequence[Scalar]]) -> None:
        """Paste a block of plain text at a cell: read as if typed, formats and notes stay."""
        shelf = self.shelf(spreadsheet_id)
        sheet, box = lookup(shelf.book, text)
        width = max(len(line) for line in rows)
        inside(sheet, Box(box.row0, box.row0 + len(rows), box.column0, box.column0 + width))
        for row, line in enumerate(rows, box.row0):
            entered = {
                column: enter(sheet.cell(row, column), value, shelf.book.locale)
                for column, value in enumerate(line, box.column0)
            }
            sheet.put_cells(row, entered)
        shelf.book.touch()

    def copy_block(self, spreadsheet_id: str, source: str, target: str) -> None:
        """Copy cells and paste them over others: values, formats, notes and drop-downs come along."""
        book = self.shelf(spreadsheet_id).book
        (home, taken), (sheet, box) = lookup(book, source), lookup(book, target)
        request: Json = {
            "source": taken.as_grid_range(home.id),
            "destination": box.as_grid_range(sheet.id),
            "pasteType": "PASTE_NORMAL",
        }
        self._do(spreadsheet_id, "copyPaste", request)

    def clear(self, spreadsheet_id: str, text: str) -> None:
        """Select and press Delete: values go, formats, notes and drop-downs stay."""
        self._over(spreadsheet_id, text, {}, "userEnteredValue")

    def set_note(self, spreadsheet_id: str, text: str, note: str) -> None:
        """Write a note at a cell, or change it; an empty one takes it away."""
        shelf = self.shelf(spreadsheet_id)
        sheet, box = lookup(shelf.book, text)
        cell = replace(sheet.cell(box.row0, box.column0), note=note)
        sheet.put(box.row0, box.column0, cell)
        shelf.book.touch()

    def format_cells(self, spreadsheet_id: str, text: str, kind: str, pattern: str) -> None:
        """Choose another number format, such as `NUMBER` `0.0`; a tab alone means all its cells."""
        shown = {"numberFormat": {"type": kind, "pattern": pattern}}
        self._over(
            spreadsheet_id, text, {"userEnteredFormat": shown}, "userEnteredFormat.numberFormat"
        )

    def fill(self, spreadsheet_id: str, text: str, colour: Json) -> None:
        """Fill cells with a colour, `{"red": 1}`."""
        shown = {"backgroundColorStyle": {"rgbColor": colour}}
        fields = "userEnteredFormat.backgroundColorStyle"
        self._over(spreadsheet_id, text, {"userEnteredFormat": shown}, fields)

    def drop_choice(self, spreadsheet_id: str, text: str) -> None:
        """Take the drop-downs off cells."""
        book = self.shelf(spreadsheet_id).book
        sheet, box = lookup(book, text)
        self._do(spreadsheet_id, "setDataValidation", {"range": box.as_grid_range(sheet.id)})

    def merge(self, spreadsheet_id: str, text: str) -> None:
        """Merge cells; only the first value stays."""
        book = self.shelf(spreadsheet_id).book
        sheet, box = lookup(book, text)
        request = {"range": box.as_grid_range(sheet.id), "mergeType": "MERGE_ALL"}
        self._do(spreadsheet_id, "mergeCells", request)

    def add_tab(self, spreadsheet_id: str, title: str) -> None:
        """Make a tab of one's own, behind the others."""
        self._do(spreadsheet_id, "addSheet", {"properties": {"title": title}})

    def rename_tab(self, spreadsheet_id: str, title: str, new_title: str) -> None:
        """Give a tab another name; formulas follow."""
        self._properties(spreadsheet_id, title, "title", {"title": new_title})

    def delete_tab(self, spreadsheet_id: str, title: str) -> None:
        """Delete a tab; formulas that looked at it are #REF!."""
        found = self._sheet(self.shelf(spreadsheet_id), title)
        self._do(spreadsheet_id, "deleteSheet", {"sheetId": found.id})

    def duplicate_tab(self, spreadsheet_id: str, title: str) -> None:
        """Make a copy of a tab beside it."""
        found = self._sheet(self.shelf(spreadsheet_id), title)
        self._do(spreadsheet_id, "duplicateSheet", {"sourceSheetId": found.id})

    def move_tab(self, spreadsheet_id: str, title: str, place: int) -> None:
        """Drag a tab to a place counted from 1."""
        book = self.shelf(spreadsheet_id).book
        found = self._sheet(self.shelf(spreadsheet_id), title)
        # The API counts the new place before the tab is taken from the old one.
        index = place if book.sheets.index(found) < place - 1 else place - 1
        self._properties(spreadsheet_id, title, "index", {"index": index})

    def hide_tab(self, spreadsheet_id: str, title: str, *, hidden: bool = True) -> None:
        """Hide a tab, or show it again."""
        self._properties(spreadsheet_id, title, "hidden", {"hidden": hidden})

    def freeze(self, spreadsheet_id: str, title: str, rows: int = 0, columns: int = 0) -> None:
        """Freeze that many rows and columns; none unfreezes."""
        frozen = {"frozenRowCount": rows, "frozenColumnCount": columns}
        fields = "gridProperties.frozenRowCount,gridProperties.frozenColumnCount"
        self._properties(spreadsheet_id, title, fields, {"gridProperties": frozen})

    def delete_chart(self, spreadsheet_id: str, title: str, number: int = 1) -> None:
        """Delete a chart of a tab, counted from 1."""
        charts = self._sheet(self.shelf(spreadsheet_id), title).charts
        found = _nth(charts, number)["chartId"]
        self._do(spreadsheet_id, "deleteEmbeddedObject", {"objectId": found})

    def delete_filter_view(self, spreadsheet_id: str, title: str, number: int = 1) -> None:
        """Delete a filter view of a tab, counted from 1."""
        views = self._sheet(self.shelf(spreadsheet_id), title).filter_views
        found = _nth(views, number)["filterViewId"]
        self._do(spreadsheet_id, "deleteFilterView", {"filterId": found})

    def delete_conditional_format(self, spreadsheet_id: str, title: str, number: int = 1) -> None:
        """Delete a conditional format of a tab, counted from 1."""
        found = self._sheet(self.shelf(spreadsheet_id), title)
        _nth(found.conditional_formats, number)
        request = {"sheetId": found.id, "index": number - 1}
        self._do(spreadsheet_id, "deleteConditionalFormatRule", request)

    def delete_banding(self, spreadsheet_id: str, title: str, number: int = 1) -> None:
        """Take alternating colours off, counted from 1."""
        bands = self._sheet(self.shelf(spreadsheet_id), title).banded_ranges
        found = _nth(bands, number)["bandedRangeId"]
        self._do(spreadsheet_id, "deleteBanding", {"bandedRangeId": found})

    def filter_all(self, spreadsheet_id: str, text: str) -> None:
        """Switch the filter on for everybody over a range."""
        book = self.shelf(spreadsheet_id).book
        sheet, box = lookup(book, text)
        wanted = {"filter": {"range": box.as_grid_range(sheet.id)}}
        self._do(spreadsheet_id, "setBasicFilter", wanted)

    def change_locale(self, spreadsheet_id: str, locale: str) -> None:
        """Choose another locale, `en_US`; formulas stay what they are, new ones read otherwise."""
        request = {"properties": {"locale": locale}, "fields": "locale"}
        self._do(spreadsheet_id, "updateSpreadsheetProperties", request)

    def change_zone(self, spreadsheet_id: str, zone: str) -> None:
        """Choose another time zone, `Asia/Tokyo`."""
        request = {"properties": {"timeZone": zone}, "fields": "timeZone"}
        self._do(spreadsheet_id, "updateSpreadsheetProperties", request)

    def protect(self, spreadsheet_id: str, text: str) -> None:
        """Protect a range for oneself alone: the service account may not write there."""
        shelf = self.shelf(spreadsheet_id)
        sheet, box = lookup(shelf.book, text)
        request: Json = {"protectedRange": {"range": box.as_grid_range(sheet.id)}}
        self._do(spreadsheet_id, "addProtectedRange", request)
        # The flag tells the service account about itself.
        sheet.protected_ranges[-1].pop("requestingUserCanEdit")

    def lift_protection(self, spreadsheet_id: str, title: str) -> None:
        """Take every protection off a tab."""
        shelf = self.shelf(spreadsheet_id)
        self._sheet(shelf, title).protected_ranges.clear()
        shelf.book.touch()

    def set_share(self, spreadsheet_id: str, access: Access) -> None:
        """Give the service account a share, narrow it or take it away."""
        self.shelf(spreadsheet_id).access = access

    def _lines(
        self, spreadsheet_id: str, kind: str, title: str, span: tuple[str, int, int]
    ) -> None:
        lines = self._span(self.shelf(spreadsheet_id), title, span)
        self._do(spreadsheet_id, kind, {"range": lines})

    def _span(self, shelf: Shelf, title: str, span: tuple[str, int, int]) -> Json:
        dimension, first, count = span
        start, end = first - 1, first - 1 + count
        sheet_id = self._sheet(shelf, title).id
        lines = {"dimension": dimension, "startIndex": start, "endIndex": end}
        return {"sheetId": sheet_id, **lines}

    def _over(self, spreadsheet_id: str, text: str, cell: Json, fields: str) -> None:
        sheet, box = lookup(self.shelf(spreadsheet_id).book, text)
        # An open range such as `Журнал!C:C` ends with the grid.
        cut = Box(
            box.row0,
            min(box.row1, sheet.row_count),
            box.column0,
            min(box.column1, sheet.column_count),
        )
        request = {"range": cut.as_grid_range(sheet.id), "cell": cell, "fields": fields}
        self._do(spreadsheet_id, "repeatCell", request)

    def _properties(self, spreadsheet_id: str, title: str, fields: str, wanted: Json) -> None:
        sheet_id = self._sheet(self.shelf(spreadsheet_id), title).id
        request = {"properties": {"sheetId": sheet_id, **wanted}, "fields": fields}
        self._do(spreadsheet_id, "updateSheetProperties", request)

    def _do(self, spreadsheet_id: str, kind: str, request: Json) -> None:
        """What the browser sends is what the API takes; a refusal leaves everything as it was."""
        shelf = self.shelf(spreadsheet_id)
        before = shelf.book.copy()
        try:
            KINDS[kind](self._work(shelf), request)
        except (ApiError, NotModelledError):
            shelf.book = before
            raise
        shelf.book.touch()

    def _sheet(self, shelf: Shelf, title: str) -> Sheet:
        sheet = shelf.book.sheet_titled(title)
        if sheet is None:
            raise KeyError(title)
        return sheet

    def _work(self, shelf: Shelf) -> Work:
        taken = [
            number
            for sheet in shelf.book.sheets
            for number in (
                sheet.id,
                *(one["protectedRangeId"] for one in sheet.protected_ranges),
                *(one["chartId"] for one in sheet.charts),
                *(one["filterViewId"] for one in sheet.filter_views),
                *(one["bandedRangeId"] for one in sheet.banded_ranges),
            )
        ]
        fresh = iter(range(max([0, *taken]) + 1, 2**31))
        return Work(shelf.reader, PERSON, lambda: next(fresh))


def _nth(objects: Sequence[Json], number: int) -> Json:
    if not 1 <= number <= len(objects):
        raise KeyError(number)
    return objects[number - 1]

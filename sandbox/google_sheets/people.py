"""People who meddle: what somebody does to the spreadsheet with a mouse, between two calls.

No quota, no bearer, no schema: a person is not the API. Rows and columns are counted from 1, as a
person sees them.
"""

from abc import ABC, abstractmethod

from sandbox.google_sheets.a1 import Box
from sandbox.google_sheets.api import Access, Shelf
from sandbox.google_sheets.batch.moves import sort_rows
from sandbox.google_sheets.batch.objects import KINDS as OBJECTS
from sandbox.google_sheets.batch.tabs import KINDS as TABS
from sandbox.google_sheets.batch.work import Work
from sandbox.google_sheets.dimensions import delete_lines, insert_lines
from sandbox.google_sheets.model import Json, Scalar, Sheet
from sandbox.google_sheets.ranges import lookup
from sandbox.google_sheets.typed import enter

__all__ = ["People"]

PERSON = "person@example.com"


class People(ABC):
    """What people do; the stand-in is one of these. An unknown title raises `ApiError`."""

    @abstractmethod
    def shelf(self, spreadsheet_id: str) -> Shelf:
        """The spreadsheet with its share; `KeyError` when there is none."""

    def sort_range(
        self, spreadsheet_id: str, text: str, column: int, *, descending: bool = False
    ) -> None:
        """Sort a range such as `Журнал!A2:N500` by a column counted from 1."""
        shelf = self.shelf(spreadsheet_id)
        sheet, box = lookup(shelf.book, text)
        bounded = Box(box.row0, min(box.row1, sheet.row_count), box.column0, box.column1)
        sort_rows(self._work(shelf), sheet, bounded, [(column - 1, descending)])
        shelf.book.touch()

    def insert_row(self, spreadsheet_id: str, title: str, row: int, count: int = 1) -> None:
        """Insert empty rows above a row counted from 1."""
        shelf = self.shelf(spreadsheet_id)
        insert_lines(shelf.book, self._sheet(shelf, title), "ROWS", row - 1, count)
        shelf.book.touch()

    def delete_row(self, spreadsheet_id: str, title: str, row: int, count: int = 1) -> None:
        """Delete rows from a row counted from 1."""
        shelf = self.shelf(spreadsheet_id)
        delete_lines(shelf.book, self._sheet(shelf, title), "ROWS", row - 1, count)
        shelf.book.touch()

    def edit_cell(self, spreadsheet_id: str, text: str, value: Scalar) -> None:
        """Type a value into a cell such as `Журнал!F12`; an empty text clears it."""
        shelf = self.shelf(spreadsheet_id)
        sheet, box = lookup(shelf.book, text)
        cell = sheet.cell(box.row0, box.column0)
        sheet.put(box.row0, box.column0, enter(cell, value, shelf.book.locale))
        shelf.book.touch()

    def rename_tab(self, spreadsheet_id: str, title: str, new_title: str) -> None:
        """Give a tab another name; formulas follow."""
        shelf = self.shelf(spreadsheet_id)
        properties: Json = {"sheetId": self._sheet(shelf, title).id, "title": new_title}
        request = {"properties": properties, "fields": "title"}
        TABS["updateSheetProperties"](self._work(shelf), request)
        shelf.book.touch()

    def delete_tab(self, spreadsheet_id: str, title: str) -> None:
        """Delete a tab; formulas that looked at it are #REF!."""
        shelf = self.shelf(spreadsheet_id)
        TABS["deleteSheet"](self._work(shelf), {"sheetId": self._sheet(shelf, title).id})
        shelf.book.touch()

    def change_locale(self, spreadsheet_id: str, locale: str) -> None:
        """Choose another locale, `en_US`; formulas stay what they are, new ones read otherwise."""
        shelf = self.shelf(spreadsheet_id)
        request = {"properties": {"locale": locale}, "fields": "locale"}
        TABS["updateSpreadsheetProperties"](self._work(shelf), request)
        shelf.book.touch()

    def protect(self, spreadsheet_id: str, text: str) -> None:
        """Protect a range for oneself alone: the service account may not write there."""
        shelf = self.shelf(spreadsheet_id)
        sheet, box = lookup(shelf.book, text)
        request: Json = {"protectedRange": {"range": box.as_grid_range(sheet.id)}}
        OBJECTS["addProtectedRange"](self._work(shelf), request)
        # The flag tells the service account about itself.
        sheet.protected_ranges[-1].pop("requestingUserCanEdit")
        shelf.book.touch()

    def lift_protection(self, spreadsheet_id: str, title: str) -> None:
        """Take every protection off a tab."""
        shelf = self.shelf(spreadsheet_id)
        self._sheet(shelf, title).protected_ranges.clear()
        shelf.book.touch()

    def set_share(self, spreadsheet_id: str, access: Access) -> None:
        """Give the service account a share, narrow it or take it away."""
        self.shelf(spreadsheet_id).access = access

    def _sheet(self, shelf: Shelf, title: str) -> Sheet:
        sheet = shelf.book.sheet_titled(title)
        if sheet is None:
            raise KeyError(title)
        return sheet

    def _work(self, shelf: Shelf) -> Work:
        taken = [
            one["protectedRangeId"]
            for sheet in shelf.book.sheets
            for one in sheet.protected_ranges
        ]
        return Work(shelf.reader, PERSON, lambda: max([0, *taken]) + 1)

"""What a spreadsheet is made of: cells, sheets, the book.

Rows are replaced, never changed in place, so that a copy of a book is cheap and whoever computes
from it sees by identity which rows are new. Objects that are only kept and shown again (charts,
filters, protections) stay in Google's JSON.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from sandbox.google_sheets.a1 import COLUMNS_MAX, Box
from sandbox.google_sheets.errors import invalid

__all__ = ["EMPTY", "Book", "Cell", "Formula", "Json", "Row", "Scalar", "Sheet", "Value"]

Json = dict[str, Any]
Scalar = str | int | float | bool | None

CELLS_MAX = 10_000_000
_revisions = count(1)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in canonical writing: `,` between arguments, `.` in numbers.

    `broken` keeps what could not be parsed in the locale of its day; it shows #ERROR!.
    """

    text: str
    broken: bool = False


Value = Scalar | Formula


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as entered; the format and the validation are Google's JSON, never changed."""

    value: Value = None
    format: Json | None = None
    note: str = ""
    validation: Json | None = None


EMPTY = Cell()
Row = dict[int, Cell]


@dataclass(slots=True)
class Sheet:
    """One tab; `properties` has everything but the index."""

    properties: Json
    rows: dict[int, Row] = field(default_factory=dict)
    row_sizes: dict[int, Json] = field(default_factory=dict)
    column_sizes: dict[int, Json] = field(default_factory=dict)
    merges: list[Json] = field(default_factory=list)
    row_groups: list[Json] = field(default_factory=list)
    column_groups: list[Json] = field(default_factory=list)
    basic_filter: Json | None = None
    conditional_formats: list[Json] = field(default_factory=list)
    filter_views: list[Json] = field(default_factory=list)
    protected_ranges: list[Json] = field(default_factory=list)
    banded_ranges: list[Json] = field(default_factory=list)
    charts: list[Json] = field(default_factory=list)
    metadata: list[Json] = field(default_factory=list)

    @property
    def id(self) -> int:
        """The sheet's number, chosen by the caller or by us."""
        return int(self.properties["sheetId"])

    @property
    def title(self) -> str:
        """The name on the tab."""
        return str(self.properties["title"])

    @property
    def row_count(self) -> int:
        """Rows of the grid."""
        return int(self.properties["gridProperties"]["rowCount"])

    @property
    def column_count(self) -> int:
        """Columns of the grid."""
        return int(self.properties["gridProperties"]["columnCount"])

    @property
    def box(self) -> Box:
        """The whole grid."""
        return Box(0, self.row_count, 0, self.column_count)

    def resize(self, *, rows: int | None = None, columns: int | None = None) -> None:
        """Change the size of the grid; content outside is the caller's business."""
        grid = dict(self.properties["gridProperties"])
        grid["rowCount"] = self.row_count if rows is None else rows
        grid["columnCount"] = self.column_count if columns is None else columns
        self.properties = {**self.properties, "gridProperties": grid}

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a place, `EMPTY` when there is nothing."""
        return self.rows.get(row, {}).get(column, EMPTY)

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Put a cell; an empty one leaves nothing behind."""
        self.put_cells(row, {column: cell})

    def put_cells(self, row: int, cells: Row) -> None:
        """Put several cells of one row."""
        merged = {**self.rows.get(row, {}), **cells}
        kept = {column: cell for column, cell in merged.items() if cell != EMPTY}
        if kept:
            self.rows[row] = kept
        else:
            self.rows.pop(row, None)

    def set_value(self, row: int, column: int, value: Value) -> None:
        """Enter a value and keep the rest of the cell."""
        self.put(row, column, replace(self.cell(row, column), value=value))

    def used(self, box: Box) -> Iterator[tuple[int, int, Cell]]:
        """The cells of a rectangle that hold something, row by row."""
        rows = sorted(row for row in self.rows if box.row0 <= row < box.row1)
        for row in rows:
            cells = self.rows[row]
            for column in sorted(cells):
                if box.column0 <= column < box.column1:
                    yield row, column, cells[column]

    def copy(self) -> "Sheet":
        """A copy that shares the unchangeable rows."""
        kept = {
            name: deepcopy(getattr(self, name))
            for name in Sheet.__dataclass_fields__
            if name != "rows"
        }
        return Sheet(**kept, rows=dict(self.rows))


@dataclass(slots=True)
class Book:
    """One spreadsheet."""

    id: str
    properties: Json
    sheets: list[Sheet]
    named_ranges: list[Json] = field(default_factory=list)
    metadata: list[Json] = field(default_factory=list)
    # Names by id whose range is gone: nobody lists them, and nobody may take them again.
    lost_names: dict[str, str] = field(default_factory=dict)
    revision: int = field(default_factory=lambda: next(_revisions))

    @property
    def locale(self) -> str:
        """The locale that reads and shows formulas, numbers and dates."""
        return str(self.properties["locale"])

    def touch(self) -> None:
        """Tell that something changed; revisions are never used twice."""
        self.revision = next(_revisions)

    def copy(self) -> "Book":
        """A copy to go back to when a batch fails."""
        return Book(
            self.id,
            deepcopy(self.properties),
            [sheet.copy() for sheet in self.sheets],
            deepcopy(self.named_ranges),
            deepcopy(self.metadata),
            dict(self.lost_names),
            self.revision,
        )

    def sheet(self, sheet_id: int) -> Sheet:
        """The sheet with an id; raises Google's refusal."""
        for sheet in self.sheets:
            if sheet.id == sheet_id:
                return sheet
        raise invalid(f"No grid with id: {sheet_id}")

    def sheet_titled(self, title: str) -> Sheet | None:
        """The sheet with a title; Google compares titles without case."""
        wanted = title.casefold()
        return next((one for one in self.sheets if one.title.casefold() == wanted), None)

    def named_range(self, name: str) -> Json | None:
        """The named range with a name."""
        wanted = name.casefold()
        return next((one for one in self.named_ranges if one["name"].casefold() == wanted), None)

    def grid_box(self, grid_range: Json) -> tuple[Sheet, Box]:
        """The sheet and the rectangle of a `GridRange`; it is cut by nothing, see `inside`."""
        sheet = self.sheet(int(grid_range.get("sheetId") or 0))
        ends = [
            int(grid_range[name]) if grid_range.get(name) is not None else other
            for name, other in (
                ("startRowIndex", 0),
                ("endRowIndex", sheet.row_count),
                ("startColumnIndex", 0),
                ("endColumnIndex", sheet.column_count),
            )
        ]
        return sheet, Box(*ends)

    def check_size(self) -> None:
        """Refuse more cells than a spreadsheet may have."""
        cells = sum(sheet.row_count * sheet.column_count for sheet in self.sheets)
        if cells > CELLS_MAX:
            raise invalid(
                "This action would increase the number of cells in the workbook above the limit "
                f"of {CELLS_MAX} cells."
            )
        if any(sheet.column_count > COLUMNS_MAX for sheet in self.sheets):
            raise invalid(f"A sheet cannot have more than {COLUMNS_MAX} columns.")

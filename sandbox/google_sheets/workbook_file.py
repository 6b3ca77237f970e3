"""A spreadsheet as xlsx: values, formulas, looks, rules and charts; for Calc, Excel and the page.

What Excel cannot hold is told another way: banding becomes fills, a tab's name loses the signs
that Excel forbids (formulas follow), control characters go.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from sandbox.google_sheets.a1 import Box, box_a1
from sandbox.google_sheets.effects import band_colour
from sandbox.google_sheets.model import Book, Formula, Json, Sheet
from sandbox.google_sheets.references import renamed
from sandbox.google_sheets.rendering import pattern_of
from sandbox.google_sheets.rewriting import change_formulas
from sandbox.google_sheets.workbook_charts import add_charts
from sandbox.google_sheets.workbook_looks import argb, dress, fill
from sandbox.google_sheets.workbook_rules import add_rules, add_validations

__all__ = ["xlsx"]

TITLE_CHARACTERS_MAX = 31
COLUMN_PX = 100
ROW_PX = 21
POINTS_PER_PIXEL = 0.75
# What Excel counts widths in: the digits of its usual font, and the padding of a cell.
DIGIT_PX = 7
CELL_PADDING_PX = 5
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def xlsx(book: Book) -> bytes:
    """The workbook; formulas are in English with commas, without cached values."""
    shown = _with_possible_titles(book)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    _use_arial(workbook)
    targets = {sheet.id: workbook.create_sheet(sheet.title) for sheet in shown.sheets}
    for sheet in shown.sheets:
        _sheet(shown, targets[sheet.id], sheet)
    for named in shown.named_ranges:
        home, box = shown.grid_box(named["range"])
        title, cells = box_a1(home.title, box).rsplit("!", 1)
        fixed = re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", cells)
        name = DefinedName(named["name"], attr_text=f"{title}!{fixed}")
        workbook.defined_names[named["name"]] = name
    visible = [i for i, one in enumerate(workbook.worksheets) if one.sheet_state == "visible"]
    workbook.active = visible[0] if visible else 0
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _use_arial(workbook: Any) -> None:
    """Arial ten is what a cell without a font of its own is written in."""
    usual = Font(name="Arial", size=10)
    workbook._fonts = IndexedList([usual])  # noqa: SLF001 - there is no other way to the first font
    workbook._named_styles["Normal"].font = usual  # noqa: SLF001 - as above


def _with_possible_titles(book: Book) -> Book:
    """A copy whose tabs have names that Excel takes: short, without some signs, all different."""
    copy = book.copy()
    taken: set[str] = set()
    for sheet in copy.sheets:
        old = sheet.title
        title = _possible(old, taken)
        taken.add(title.casefold())
        if title != old:
            sheet.properties = {**sheet.properties, "title": title}
            change_formulas(copy, lambda one, _, pair=(old, title): renamed(one, *pair))  # type: ignore[misc]  # the default binds the loop's names
    return copy


def _possible(title: str, taken: set[str]) -> str:
    clean = ILLEGAL_CHARACTERS_RE.sub("", _FORBIDDEN.sub("_", title)).strip("'") or "_"
    short, number = clean[:TITLE_CHARACTERS_MAX], 2
    while short.casefold() in taken:
        ending = f" {number}"
        short = clean[: TITLE_CHARACTERS_MAX - len(ending)] + ending
        number += 1
    return short


def _sheet(book: Book, target: Worksheet, sheet: Sheet) -> None:
    _view(target, sheet)
    _lines(target, sheet)
    for place, colour in _bands(book, sheet):
        target.cell(place[0] + 1, place[1] + 1).fill = fill(colour)
    for row, column, _ in sheet.used(sheet.box):
        _cell(book, target, sheet, (row, column))
    for merge in sheet.merges:
        target.merge_cells(
            start_row=merge["startRowIndex"] + 1,
            end_row=merge["endRowIndex"],
            start_column=merge["startColumnIndex"] + 1,
            end_column=merge["endColumnIndex"],
        )
    add_rules(book, target, sheet)
    add_validations(book, target, sheet)
    add_charts(book, target, sheet)


def _view(target: Worksheet, sheet: Sheet) -> None:
    if sheet.properties.get("hidden"):
        target.sheet_state = "hidden"
    grid = sheet.properties["gridProperties"]
    frozen_rows = int(grid.get("frozenRowCount") or 0)
    frozen_columns = int(grid.get("frozenColumnCount") or 0)
    if frozen_rows or frozen_columns:
        target.freeze_panes = f"{get_column_letter(frozen_columns + 1)}{frozen_rows + 1}"
    colour = argb(sheet.properties.get("tabColorStyle") or sheet.properties.get("tabColor"))
    if colour:
        target.sheet_properties.tabColor = colour
    target.sheet_view.showGridLines = not grid.get("hideGridlines")
    target.sheet_view.rightToLeft = bool(sheet.properties.get("rightToLeft"))
    # On paper: as wide as one sheet lying on its side, as long as needed.
    target.page_setup.orientation = "landscape"
    target.page_setup.fitToHeight = 0
    target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if frozen_rows:
        target.print_title_rows = f"1:{frozen_rows}"
    if sheet.basic_filter is not None:
        cells = box_a1("S", _box(sheet.basic_filter["range"]))
        target.auto_filter.ref = cells.rsplit("!", 1)[1]


def _lines(target: Worksheet, sheet: Sheet) -> None:
    target.sheet_format.defaultColWidth = _width(COLUMN_PX)
    target.sheet_format.defaultRowHeight = ROW_PX * POINTS_PER_PIXEL
    target.sheet_format.customHeight = True
    columns = _depths(sheet.column_groups)
    for column in {*sheet.column_sizes, *columns}:
        size = sheet.column_sizes.get(column, {})
        line = target.column_dimensions[get_column_letter(column + 1)]
        line.width = _width(int(size.get("pixelSize", COLUMN_PX)))
        line.hidden = bool(size.get("hiddenByUser"))
        line.outlineLevel = min(columns.get(column, 0), 7)
    rows = _depths(sheet.row_groups)
    for row in {*sheet.row_sizes, *rows}:
        size = sheet.row_sizes.get(row, {})
        height = target.row_dimensions[row + 1]
        if "pixelSize" in size:
            height.height = size["pixelSize"] * POINTS_PER_PIXEL
        height.hidden = bool(size.get("hiddenByUser") or size.get("hiddenByFilter"))
        height.outlineLevel = min(rows.get(row, 0), 7)


def _width(pixels: int) -> float:
    return max(pixels - CELL_PADDING_PX, 0) / DIGIT_PX


def _depths(groups: list[Json]) -> dict[int, int]:
    depths: dict[int, int] = {}
    for group in groups:
        for index in range(group["range"]["startIndex"], group["range"]["endIndex"]):
            depths[index] = max(depths.get(index, 0), int(group["depth"]))
    return depths


def _bands(book: Book, sheet: Sheet) -> Iterator[tuple[tuple[int, int], Json]]:
    """The fill of every banded cell down to the last used row."""
    last = max(sheet.rows, default=-1) + 1
    for banding in sheet.banded_ranges:
        box = book.grid_box(banding["range"])[1]
        for row in range(box.row0, min(box.row1, last)):
            for column in range(box.column0, box.column1):
                colour = band_colour(banding, box, row, column)
                if colour is not None:
                    yield (row, column), colour


def _cell(book: Book, target: Worksheet, sheet: Sheet, place: tuple[int, int]) -> None:
    row, column = place
    cell = sheet.cell(row, column)
    shown: Any = target.cell(row + 1, column + 1)
    assert not isinstance(shown, MergedCell)
    if isinstance(cell.value, Formula):
        shown.value = '="#ERROR!"' if cell.value.broken else cell.value.text
    elif isinstance(cell.value, str):
        shown.value = ILLEGAL_CHARACTERS_RE.sub("", cell.value)
        # Text stays text whatever it starts with.
        shown.data_type = "s"
    else:
        shown.value = cell.value
    dress(shown, cell.format or {}, pattern_of(cell, book.locale))
    if cell.note:
        shown.comment = Comment(ILLEGAL_CHARACTERS_RE.sub("", cell.note), "")


def _box(grid_range: Json) -> Box:
    return Box(
        int(grid_range["startRowIndex"]),
        int(grid_range["endRowIndex"]),
        int(grid_range["startColumnIndex"]),
        int(grid_range["endColumnIndex"]),
    )

"""A spreadsheet as xlsx: values, formulas, number formats; for Calc, Excel and the demo page."""

import io
import re
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from sandbox.google_sheets.a1 import box_a1
from sandbox.google_sheets.model import Book, Cell, Formula, Json, Sheet

__all__ = ["xlsx"]

PIXELS_PER_CHARACTER = 7.0


def xlsx(book: Book) -> bytes:
    """The workbook; formulas are in English with commas, without cached values."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for sheet in book.sheets:
        _sheet(workbook.create_sheet(sheet.title), sheet)
    for named in book.named_ranges:
        home, box = book.grid_box(named["range"])
        title, cells = box_a1(home.title, box).rsplit("!", 1)
        fixed = re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", cells)
        name = DefinedName(named["name"], attr_text=f"{title}!{fixed}")
        workbook.defined_names[named["name"]] = name
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _sheet(target: Worksheet, sheet: Sheet) -> None:
    if sheet.properties.get("hidden"):
        target.sheet_state = "hidden"
    grid = sheet.properties["gridProperties"]
    frozen_rows = int(grid.get("frozenRowCount") or 0)
    frozen_columns = int(grid.get("frozenColumnCount") or 0)
    if frozen_rows or frozen_columns:
        target.freeze_panes = f"{get_column_letter(frozen_columns + 1)}{frozen_rows + 1}"
    for row, column, cell in sheet.used(sheet.box):
        _cell(target, row, column, cell)
    for column, size in sheet.column_sizes.items():
        letter = get_column_letter(column + 1)
        if "pixelSize" in size:
            target.column_dimensions[letter].width = size["pixelSize"] / PIXELS_PER_CHARACTER
        target.column_dimensions[letter].hidden = bool(size.get("hiddenByUser"))
    for merge in sheet.merges:
        target.merge_cells(
            start_row=merge["startRowIndex"] + 1,
            end_row=merge["endRowIndex"],
            start_column=merge["startColumnIndex"] + 1,
            end_column=merge["endColumnIndex"],
        )


def _cell(target: Worksheet, row: int, column: int, cell: Cell) -> None:
    shown = target.cell(row + 1, column + 1)
    if shown.__class__.__name__ == "MergedCell":
        return
    if isinstance(cell.value, Formula):
        shown.value = '="#ERROR!"' if cell.value.broken else cell.value.text
    else:
        shown.value = cell.value
        if isinstance(cell.value, str):
            # Text stays text whatever it starts with.
            shown.data_type = "s"
    if cell.format:
        _format(shown, cell.format)


def _format(shown: Any, wanted: Json) -> None:
    pattern = (wanted.get("numberFormat") or {}).get("pattern")
    if pattern:
        shown.number_format = pattern
    text = wanted.get("textFormat") or {}
    colour = _argb(text.get("foregroundColor"))
    shown.font = Font(bold=text.get("bold"), italic=text.get("italic"), color=colour)
    background = _argb(wanted.get("backgroundColor"))
    if background:
        shown.fill = PatternFill("solid", fgColor=background)
    align = wanted.get("horizontalAlignment")
    if align:
        shown.alignment = Alignment(horizontal=align.lower())


def _argb(colour: Json | None) -> str | None:
    if colour is None:
        return None
    parts = (round(255 * float(colour.get(name) or 0)) for name in ("red", "green", "blue"))
    return "FF" + "".join(f"{part:02X}" for part in parts)

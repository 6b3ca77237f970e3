"""The same workbook as an xlsx file: formulas with commas, no values computed, text as text.

Files without cached values are computed by whoever opens them (facts: sheets 5).
"""

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.formatting.rule import Rule as XlsxRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from sheets.formulas import Dialect, Node, Ref, a1, render
from sheets.model import (
    Area,
    Book,
    Choice,
    Rule,
    Style,
    Styled,
    Tab,
    Value,
)
from sheets.rows import RowImage
from sheets.tabs.journal_tab import HEADING_ROWS
from sheets.tabs.lettering import lines_of, longest_text
from sheets.tabs.moves_tab import MOVES_HEADING_ROWS, MoveImage
from sheets.tabs.palette import BAND
from sheets.workbook_charts import draw_charts

__all__ = ["workbook_bytes"]

XlsxCell = Cell | MergedCell

# Excel counts widths in characters of its default font, about seven pixels each.
PIXELS_PER_CHAR = 7
# Readers of xlsx take `_x0041_` for a letter; the underscore itself must be written so.
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_MARKS = ("=", "+", "-", "@", "'", "\t", "\r")
# The font of Google's cells; without a name each program would choose its own.
FONT, FONT_POINTS = "Arial", 10
LINE_POINTS, ROW_POINTS = 12.75, 15.75
_STRIPE = PatternFill("solid", fgColor=BAND)
_MIDDLE = {wrap: Alignment(wrap_text=wrap, vertical="center") for wrap in (False, True)}


def workbook_bytes(book: Book, rows: Iterable[RowImage], moves: Iterable[MoveImage] = ()) -> bytes:
    """Print the workbook with the rows of Журнал and _движения at their places."""
    file = Workbook()
    # Widths count in letters of the first font, and openpyxl offers no way to choose it.
    file._fonts = IndexedList([Font(name=FONT, size=FONT_POINTS)])  # type: ignore[attr-defined]  # noqa: SLF001 - see above
    first = file.active
    assert first is not None
    file.remove(first)
    images = list(rows)
    for tab in book.tabs:
        sheet = file.create_sheet(tab.title)
        _fill(sheet, tab)
        _guide(sheet, tab, HEADING_ROWS + len(images) if tab.key == "journal" else tab.rows)
        _format(sheet, tab, tab.used[0])
        _printable(sheet)
        looks = _looks(tab)
        for row, values in enumerate(tab.body, tab.frozen_rows + 1):
            _row(sheet, row, values, looks)
        if tab.key == "journal":
            for image in images:
                _row(sheet, HEADING_ROWS + image.place, image.cells, looks)
        if tab.key == "moves":
            for move in moves:
                for column, value in enumerate(move.cells, 1):
                    _put(sheet.cell(MOVES_HEADING_ROWS + move.place, column), value)
    draw_charts(file, book)
    file.calculation.fullCalcOnLoad = True
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def _printable(sheet: Worksheet) -> None:
    """On paper a tab is as wide as the page, and as long as it is."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _fill(sheet: Worksheet, tab: Tab) -> None:
    for (row, column), cell in tab.cells.items():
        _put(sheet.cell(row + 1, column + 1), cell.value)
    for column, width in enumerate(tab.widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width / PIXELS_PER_CHAR
    for start, end in tab.hidden_columns:
        for column in range(start + 1, end + 1):
            sheet.column_dimensions[get_column_letter(column)].hidden = True
    for start, end in tab.hidden_rows:
        for row in range(start + 1, end + 1):
            sheet.row_dimensions[row].hidden = True
    sheet.sheet_format.defaultRowHeight = ROW_POINTS
    sheet.sheet_format.customHeight = True
    sheet.sheet_view.showGridLines = tab.gridlines
    sheet.print_options.gridLines = tab.gridlines
    sheet.freeze_panes = a1(tab.frozen_rows, tab.frozen_columns)
    sheet.sheet_properties.tabColor = tab.colour
    sheet.sheet_state = "hidden" if tab.hidden else "visible"


def _guide(sheet: Worksheet, tab: Tab, last: int) -> None:
    """What helps people on a tab: colours by condition, drop-downs, bands, filters."""
    for rule in tab.rules:
        sheet.conditional_formatting.add(_range(rule.area, last), _rule(rule))
    for choice in tab.choices:
        sheet.add_data_validation(_choice(choice))
    for band in tab.bands:
        _stripes(sheet, band, last)
    for view in tab.views[:1]:
        # A file has no filter views; the heading gets the arrows to filter and sort by.
        sheet.auto_filter.ref = _range(view.area, last)


def _row(
    sheet: Worksheet, row: int, values: Iterable[Value], looks: Mapping[int, tuple[Style, int]]
) -> None:
    lines = 1
    for column, value in enumerate(values):
        if value is not None:
            cell = sheet.cell(row, column + 1)
            _put(cell, value)
            style, width = looks.get(column, (Style(), 0))
            if style.pattern is not None and not isinstance(value, str):
                cell.number_format = style.pattern.value
            cell.alignment = _MIDDLE[bool(style.wrap)]
            if style.ink is not None:
                cell.font = Font(FONT, FONT_POINTS, color=style.ink)
            if style.wrap and isinstance(value, str):
                lines = max(lines, lines_of(value, width, bold=False))
    _grow(sheet, row, lines)


def _grow(sheet: Worksheet, row: int, lines: int) -> None:
    """A workbook's rows do not grow by themselves as Google's do."""
    if lines > 1:
        sheet.row_dimensions[row].height = ROW_POINTS + (lines - 1) * LINE_POINTS


def _looks(tab: Tab) -> dict[int, tuple[Style, int]]:
    """The style of each column that goes down to the end, and the column's width."""
    looks: dict[int, tuple[Style, int]] = {}
    for styled in tab.styles:
        column, style = styled.area.column, styled.style
        if styled.area.rows is not None:
            continue
        if style.pattern is not None:
            looks[column] = (style, tab.widths[column])
        elif style.ink is not None and column in looks:
            looks[column] = (replace(looks[column][0], ink=style.ink), tab.widths[column])
    return looks


def _put(cell: XlsxCell, value: Value) -> None:
    """A text stays a text: openpyxl would take `=…` for a formula and `#N/A` for an error."""
    match value:
        case None:
            return
        case Node():
            cell.value = render(value, Dialect.XLSX)
        case str():
            cell.value = _ESCAPE.sub("_x005F_", value)
            cell.data_type = "s"
            if value.startswith(_MARKS):
                # An editor that retypes the cell must not make a formula of it.
                setattr(cell, "quotePrefix", True)  # noqa: B010 - the stubs call it read-only
        case int() | Decimal():
            cell.value = value


def _format(sheet: Worksheet, tab: Tab, last: int) -> None:
    wrapped: set[tuple[int, int]] = set()
    for styled in tab.styles:
        area = styled.area
        end = last if area.rows is None else min(last, area.row + area.rows)
        for row in range(area.row + 1, end + 1):
            for column in range(area.column + 1, area.column + area.columns + 1):
                _dress(sheet.cell(row, column), styled)
                if styled.style.wrap:
                    wrapped.add((row, column))
    for row, lines in _lines(sheet, tab, wrapped).items():
        _grow(sheet, row, lines)


def _lines(sheet: Worksheet, tab: Tab, wrapped: Iterable[tuple[int, int]]) -> dict[int, int]:
    """How many lines the longest wrapped text of each row takes."""
    lines: dict[int, int] = {}
    for row, column in wrapped:
        cell = tab.cells.get((row - 1, column - 1))
        value = longest_text(cell.value) if cell and isinstance(cell.value, Node) else None
        text = value if cell is None or value else cell.value
        if isinstance(text, str) and column <= len(tab.widths):
            bold = bool(sheet.cell(row, column).font.bold)
            taken = lines_of(text, tab.widths[column - 1], bold=bold)
            lines[row] = max(lines.get(row, 1), taken)
    return lines


def _dress(cell: XlsxCell, styled: Styled) -> None:
    """Only what is set, as Google does it: the rest stays as an earlier style left it."""
    style = styled.style
    if style.pattern is not None:
        cell.number_format = style.pattern.value
    if style.fill is not None:
        cell.fill = PatternFill("solid", fgColor=style.fill)
    if style.ink is not None or style.bold is not None:
        before = cell.font
        bold = before.bold if style.bold is None else style.bold
        cell.font = Font(FONT, FONT_POINTS, bold=bold, color=style.ink or before.color)
    set_now = (style.align, style.wrap, style.middle)
    if any(one is not None for one in set_now):
        before_it = cell.alignment
        cell.alignment = Alignment(
            horizontal=style.align.value.lower() if style.align else before_it.horizontal,
            wrap_text=before_it.wrap_text if style.wrap is None else style.wrap,
            vertical="center" if style.middle else before_it.vertical,
        )


def _font(style: Style) -> Font:
    return Font(bold=style.bold, color=style.ink)


def _stripes(sheet: Worksheet, area: Area, last: int) -> None:
    """Every second row below the heading, as Google's banding: fills of cells lie over it."""
    end = min(last, area.row + (area.rows or last))
    for row in range(area.row + 3, end + 1, 2):
        for column in range(area.column + 1, area.column + area.columns + 1):
            sheet.cell(row, column).fill = _STRIPE


def _rule(rule: Rule) -> XlsxRule:
    formula = render(rule.condition, Dialect.XLSX).removeprefix("=")
    fill = PatternFill("solid", bgColor=rule.style.fill) if rule.style.fill else None
    look = DifferentialStyle(font=_font(rule.style), fill=fill)
    return XlsxRule(type="expression", dxf=look, formula=[formula])


def _choice(choice: Choice) -> DataValidation:
    if isinstance(choice.options, Ref):
        formula = render(choice.options, Dialect.XLSX)
    else:
        formula = '"' + ",".join(choice.options) + '"'
    validation = DataValidation(type="list", formula1=formula, allow_blank=True)
    # Strict, as in Google: what is not in the list is refused.
    validation.showErrorMessage = True
    validation.add(a1(choice.row, choice.column))
    return validation


def _range(area: Area, last: int) -> str:
    end = max(last, area.row + 1) if area.rows is None else area.row + area.rows
    return f"{a1(area.row, area.column)}:{a1(end - 1, area.column + area.columns - 1)}"

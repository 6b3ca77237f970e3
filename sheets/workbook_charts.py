"""The charts of the workbook in a file, as near to Google's as xlsx knows them."""

from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.axis import NumericAxis, TextAxis
from openpyxl.chart.data_source import NumFmt
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.text import (
    CharacterProperties,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)
from openpyxl.worksheet.worksheet import Worksheet

from sheets.formulas import a1
from sheets.model import Area, Book, Chart, ChartKind, Series, Tab

__all__ = ["draw_charts"]

PIXELS_PER_CM = 37.8
# Hundredths of a point.
TITLE_SIZE, AXIS_SIZE = 1100, 800


def draw_charts(file: Workbook, book: Book) -> None:
    """The charts of all tabs; the sheets bear the tabs' titles."""
    for tab in book.tabs:
        _draw(file, book, tab)


def _draw(file: Workbook, book: Book, tab: Tab) -> None:
    for one in tab.charts:
        home = _sheet_of(file, (book.by_key[one.source] if one.source else tab).title)
        bars, lines = BarChart(), LineChart()
        bars.type = "bar" if one.kind is ChartKind.BAR else "col"
        for each in one.series:
            _series(home, one, each, lines if each.line else bars)
        if lines.series:
            lines.y_axis.axId = 200
            lines.y_axis.crosses = "max"
            lines.y_axis.majorGridlines = None
            bars += lines
        if lines.series:
            _axis(lines.y_axis, "0%")
        _axis(bars.x_axis, "mm.yy" if one.kind is not ChartKind.BAR else "General")
        _axis(bars.y_axis, "#,##0")
        bars.x_axis.tickLblSkip = 1
        bars.title = _title(one.title)
        width, height = one.size
        bars.width = round(width / PIXELS_PER_CM)
        bars.height = round(height / PIXELS_PER_CM)
        if len(one.series) == 1:
            bars.legend = None
        else:
            assert bars.legend is not None
            bars.legend.position = "b"
        _sheet_of(file, tab.title).add_chart(bars, a1(*one.anchor))


def _sheet_of(file: Workbook, title: str) -> Worksheet:
    found = file[title]
    assert isinstance(found, Worksheet)
    return found


def _series(home: Worksheet, one: Chart, each: Series, drawn: BarChart | LineChart) -> None:
    names = one.domain
    drawn.add_data(_cells(home, each.area), titles_from_data=True)
    drawn.set_categories(_cells(home, Area(names.row + 1, names.column, (names.rows or 2) - 1, 1)))
    look = drawn.series[-1].graphicalProperties
    if each.line:
        look.line.solidFill = each.colour
    else:
        look.solidFill = each.colour
    # Without it newer Excel hides the axes.
    drawn.x_axis.delete = drawn.y_axis.delete = False


def _cells(home: Worksheet, area: Area) -> Reference:
    return Reference(
        home,
        min_col=area.column + 1,
        min_row=area.row + 1,
        max_col=area.column + area.columns,
        max_row=area.row + (area.rows or 1),
    )


def _title(words: str) -> Title:
    font = CharacterProperties(sz=TITLE_SIZE, b=True)
    run = RegularTextRun(rPr=font, t=words)
    line = Paragraph(pPr=ParagraphProperties(defRPr=font), r=[run])
    return Title(tx=Text(rich=RichText(p=[line])), overlay=False)


def _axis(axis: TextAxis | NumericAxis, pattern: str) -> None:
    """Small letters; numbers without the kopecks of the cells."""
    font = CharacterProperties(sz=AXIS_SIZE)
    line = Paragraph(pPr=ParagraphProperties(defRPr=font), endParaRPr=font)
    axis.txPr = RichText(p=[line])
    axis.numFmt = NumFmt(formatCode=pattern, sourceLinked=False)

"""Charts of a tab in an xlsx file: columns, bars, lines, areas, points, pies, a second axis.

A kind without a plan is left out of the file, as Google leaves out what Excel does not know.
"""

from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.chart import (
    AreaChart,
    BarChart,
    DoughnutChart,
    LineChart,
    PieChart,
    Reference,
    ScatterChart,
    Series,
)
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.text import (
    CharacterProperties,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.worksheet.worksheet import Worksheet

from sandbox.google_sheets.a1 import Box, box_a1
from sandbox.google_sheets.chart_plans import (
    USUAL_COLOURS,
    ChartPlan,
    SeriesPlan,
    Shape,
    cells_of,
    plan_of,
)
from sandbox.google_sheets.model import Book, Json, Sheet
from sandbox.google_sheets.rendering import pattern_of

__all__ = ["add_charts"]

LINE_WIDTH_EMU = 25_400
EMU_PER_PIXEL = 9_525
GAP_PERCENT = 60
PALE = "D9D9D9"
INK = "37474F"
# Sizes of letters in hundredths of a point.
TITLE_SIZE = 1200
AXIS_SIZE = 900
_LEGENDS = {"BOTTOM_LEGEND": "b", "TOP_LEGEND": "t", "LEFT_LEGEND": "l", "RIGHT_LEGEND": "r"}
_GROUPINGS = {"STACKED": "stacked", "PERCENT_STACKED": "percentStacked"}
_RIGHT_AXIS = 200


def add_charts(book: Book, target: Worksheet, sheet: Sheet) -> None:
    """Draw the charts of a tab at their places."""
    for one in sheet.charts:
        plan = plan_of(one["spec"])
        if plan is None or not plan.series:
            continue
        drawn = _pie(book, target, plan) if plan.shape is Shape.PIE else _basic(book, target, plan)
        drawn.title = _title(plan.title, TITLE_SIZE)
        drawn.legend.position = _LEGENDS.get(plan.legend, "r")
        if plan.legend == "NO_LEGEND":
            drawn.legend = None
        drawn.anchor = _place(one["position"]["overlayPosition"])
        target.add_chart(drawn)


def _basic(book: Book, target: Worksheet, plan: ChartPlan) -> Any:
    groups: dict[tuple[Shape, bool], list[SeriesPlan]] = {}
    for series in plan.series:
        groups.setdefault((series.shape, series.right), []).append(series)
    # Lines lie above columns, and the left axis is the first one.
    order = sorted(groups, key=lambda key: (key[1], key[0] is Shape.LINE))
    parts = [_part(book, target, plan, groups[key]) for key in order]
    main = parts[0]
    for (_, right), part in zip(order[1:], parts[1:], strict=True):
        if right and not order[0][1]:
            part.y_axis.axId = _RIGHT_AXIS
            part.y_axis.crosses = "max"
            part.y_axis.majorGridlines = None
        main += part
    return main


def _part(book: Book, target: Worksheet, plan: ChartPlan, series: list[SeriesPlan]) -> Any:
    part = _empty(series[0].shape, plan.stacked)
    for one in series:
        part.series.append(_series(book, target, plan, one))
    if plan.domain is not None and series[0].shape is not Shape.SCATTER:
        part.set_categories(_reference(book, target, plan, plan.domain))
    side = "RIGHT_AXIS" if series[0].right else "LEFT_AXIS"
    flat = series[0].shape is Shape.BAR
    heights, names = ("BOTTOM_AXIS", "LEFT_AXIS") if flat else (side, "BOTTOM_AXIS")
    part.y_axis.title = _title(plan.axis_titles.get(heights), AXIS_SIZE)
    part.x_axis.title = _title(plan.axis_titles.get(names), AXIS_SIZE)
    part.y_axis.number_format = _axis_format(book, plan, series[0])
    # Without this the axes are there and not drawn.
    part.x_axis.delete = part.y_axis.delete = False
    # Names stay at the edge, though a column below zero reaches past its axis.
    part.x_axis.tickLblPos = "low"
    part.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=PALE))
    if flat:
        part.x_axis.scaling.orientation = "maxMin"
        part.y_axis.crosses = "max"
    return part


def _empty(shape: Shape, stacked: str) -> Any:
    grouping = _GROUPINGS.get(stacked)
    part: Any = LineChart()
    match shape:
        case Shape.COLUMN | Shape.BAR:
            part = BarChart(gapWidth=GAP_PERCENT)
            part.type = "bar" if shape is Shape.BAR else "col"
            if grouping:
                part.grouping, part.overlap = grouping, 100
        case Shape.AREA:
            part = AreaChart()
            part.grouping = grouping or "standard"
        case Shape.SCATTER:
            part = ScatterChart()
            part.style = 13
    return part


def _series(book: Book, target: Worksheet, plan: ChartPlan, one: SeriesPlan) -> Any:
    values = _reference(book, target, plan, one.source)
    if one.shape is Shape.SCATTER and plan.domain is not None:
        made = Series(values, _reference(book, target, plan, plan.domain))
        made.graphicalProperties.line.noFill = True
    else:
        made = Series(values)
        made.graphicalProperties.line.solidFill = one.colour
        if one.shape is Shape.LINE:
            made.graphicalProperties.line.width = LINE_WIDTH_EMU
            made.smooth = False
        else:
            made.graphicalProperties.solidFill = one.colour
    sheet, heads, _ = cells_of(book, plan, one.source)
    if heads:
        row, column = heads[-1]
        cell = box_a1(sheet.title, Box(row, row + 1, column, column + 1))
        made.tx = SeriesLabel(strRef=StrRef(cell))
    return made


def _pie(book: Book, target: Worksheet, plan: ChartPlan) -> Any:
    made = DoughnutChart(holeSize=round(plan.hole * 100)) if plan.hole else PieChart()
    series = plan.series[0]
    values = Series(_reference(book, target, plan, series.source))
    for index in range(len(cells_of(book, plan, series.source)[2])):
        point = DataPoint(idx=index)
        point.graphicalProperties.solidFill = USUAL_COLOURS[index % len(USUAL_COLOURS)]
        values.dPt.append(point)
    made.series.append(values)
    if plan.domain is not None:
        made.set_categories(_reference(book, target, plan, plan.domain))
    return made


def _reference(book: Book, target: Worksheet, plan: ChartPlan, source: Json) -> Reference:
    """The cells behind the headings; hidden ones among them are left out by whoever draws."""
    sheet, box = book.grid_box(source)
    upright = box.height >= box.width
    workbook: Any = target.parent
    return Reference(
        workbook[sheet.title],
        min_row=box.row0 + 1 + (plan.headers if upright else 0),
        max_row=box.row1,
        min_col=box.column0 + 1 + (0 if upright else plan.headers),
        max_col=box.column1,
    )


def _axis_format(book: Book, plan: ChartPlan, series: SeriesPlan) -> str:
    """Shares as shares, sums without kopecks: an axis has little room."""
    sheet, _, cells = cells_of(book, plan, series.source)
    pattern = pattern_of(sheet.cell(*cells[0]), book.locale) if cells else None
    return "0%" if "%" in (pattern or "") else "#,##0"


def _title(text: str | None, size: int) -> Title | None:
    if not text:
        return None
    look = CharacterProperties(sz=size, b=False, solidFill=INK)
    line = Paragraph(
        pPr=ParagraphProperties(defRPr=look), r=[RegularTextRun(rPr=look, t=_plain(text))]
    )
    return Title(tx=Text(rich=RichText(p=[line])), overlay=False)


def _plain(text: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub("", text)


def _place(over: Json) -> OneCellAnchor:
    cell = over["anchorCell"]
    corner = AnchorMarker(
        col=int(cell.get("columnIndex") or 0),
        colOff=int(over.get("offsetXPixels") or 0) * EMU_PER_PIXEL,
        row=int(cell.get("rowIndex") or 0),
        rowOff=int(over.get("offsetYPixels") or 0) * EMU_PER_PIXEL,
    )
    size = XDRPositiveSize2D(
        int(over["widthPixels"]) * EMU_PER_PIXEL, int(over["heightPixels"]) * EMU_PER_PIXEL
    )
    return OneCellAnchor(_from=corner, ext=size)

"""The charts of a tab for the page: texts and numbers, so that the page only has to draw.

{"id": 1, "kind": "COLUMN", "title": "Оборот", "row": 20, "column": 0, "dx": 0, "dy": 0,
 "width": 560, "height": 340, "legend": "BOTTOM_LEGEND", "stacked": "NOT_STACKED", "hole": 0,
 "axes": {"LEFT_AXIS": "₽"}, "names": ["Янв", "Фев"],
 "series": [{"name": "Оборот", "kind": "COLUMN", "color": "#1f77b4", "right": false,
             "percent": false, "values": [125.5, null], "texts": ["125,50", ""]}]}
"""

from typing import Any

from sandbox.google_sheets.chart_plans import ChartPlan, SeriesPlan, cells_of, plan_of
from sandbox.google_sheets.model import Sheet
from sandbox.google_sheets.rendering import Reader
from sandbox.page.replies import Json

__all__ = ["charts_of"]

POINTS_MAX = 400


def charts_of(reader: Reader, sheet: Sheet) -> list[Json]:
    """Every chart that lies over a tab; one whose kind nobody draws comes with `kind` null."""
    return [_chart(reader, one) for one in sheet.charts]


def _chart(reader: Reader, one: Json) -> Json:
    over = one["position"]["overlayPosition"]
    cell = over["anchorCell"]
    place = {
        "id": one["chartId"],
        "row": int(cell.get("rowIndex") or 0),
        "column": int(cell.get("columnIndex") or 0),
        "dx": int(over.get("offsetXPixels") or 0),
        "dy": int(over.get("offsetYPixels") or 0),
        "width": int(over["widthPixels"]),
        "height": int(over["heightPixels"]),
        "title": str(one["spec"].get("title") or ""),
    }
    plan = plan_of(one["spec"])
    if plan is None:
        return {**place, "kind": None, "names": [], "series": []}
    return {
        **place,
        "kind": plan.shape,
        "legend": plan.legend,
        "stacked": plan.stacked,
        "hole": plan.hole,
        "axes": plan.axis_titles,
        "names": _names(reader, plan),
        "series": [_series(reader, plan, each) for each in plan.series],
    }


def _names(reader: Reader, plan: ChartPlan) -> list[str]:
    if plan.domain is None:
        return []
    sheet, _, cells = cells_of(reader.book, plan, plan.domain)
    return [reader.formatted(sheet, *cell) for cell in cells[:POINTS_MAX]]


def _series(reader: Reader, plan: ChartPlan, series: SeriesPlan) -> Json:
    sheet, heads, cells = cells_of(reader.book, plan, series.source)
    shown = cells[:POINTS_MAX]
    pattern = reader.pattern(sheet.cell(*cells[0])) if cells else None
    return {
        "name": reader.formatted(sheet, *heads[-1]) if heads else "",
        "kind": series.shape,
        "color": f"#{series.colour.lower()}",
        "right": series.right,
        "percent": "%" in (pattern or ""),
        "values": [_number(reader.computed(sheet, *cell)) for cell in shown],
        "texts": [reader.formatted(sheet, *cell) for cell in shown],
    }


def _number(value: Any) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else None

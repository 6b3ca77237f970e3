"""Requests about what is drawn over the cells: banding, conditional formats, charts."""

from typing import Any

from sandbox.google_sheets.batch.work import Handler, Work, clean, fields_of
from sandbox.google_sheets.charts import sources
from sandbox.google_sheets.conditions import Use, check_condition, check_gradient
from sandbox.google_sheets.errors import NotModelledError, invalid
from sandbox.google_sheets.formats import with_styles
from sandbox.google_sheets.masks import merge
from sandbox.google_sheets.model import Book, Json, Sheet
from sandbox.google_sheets.ranges import inside

__all__ = ["KINDS"]

_CHART_KINDS = (
    "basicChart",
    "pieChart",
    "scorecardChart",
    "histogramChart",
    "treemapChart",
    "waterfallChart",
    "bubbleChart",
    "candlestickChart",
    "orgChart",
)


def add_banding(work: Work, request: Json) -> Json:
    """`addBanding`: two bandings never overlap; the id may be chosen by the caller."""
    book = work.book
    wanted = with_styles(clean(request.get("bandedRange") or {}))
    banded_id = wanted.get("bandedRangeId")
    if banded_id is None:
        banded_id = work.new_id()
    elif any(
        one["bandedRangeId"] == banded_id for sheet in book.sheets for one in sheet.banded_ranges
    ):
        raise invalid(f"A banded range with id {banded_id} already exists.")
    if not wanted.get("rowProperties") and not wanted.get("columnProperties"):
        raise invalid("Must specify rowProperties or columnProperties.")
    sheet = _check_banding(book, wanted.get("range") or {}, None)
    banded = {**wanted, "bandedRangeId": banded_id}
    sheet.banded_ranges.append(banded)
    return {"addBanding": {"bandedRange": banded}}


def update_banding(work: Work, request: Json) -> Json:
    """`updateBanding`."""
    mask = fields_of(request, "BandedRange")
    wanted = with_styles(clean(request.get("bandedRange") or {}))
    sheet, old = _banding(work.book, wanted.get("bandedRangeId"))
    new = {**merge(old, wanted, mask), "bandedRangeId": old["bandedRangeId"]}
    _check_banding(work.book, new.get("range") or {}, old)
    sheet.banded_ranges[sheet.banded_ranges.index(old)] = new
    return {}


def delete_banding(work: Work, request: Json) -> Json:
    """`deleteBanding`."""
    sheet, old = _banding(work.book, request.get("bandedRangeId"))
    sheet.banded_ranges.remove(old)
    return {}


def add_conditional_format(work: Work, request: Json) -> Json:
    """`addConditionalFormatRule`: at an index, rules behind it move on."""
    rule = with_styles(clean(request.get("rule") or {}))
    sheet = _check_rule(work.book, rule)
    index = int(request.get("index") or 0)
    if not 0 <= index <= len(sheet.conditional_formats):
        raise invalid(f"No conditional format on sheet: {sheet.id} at index: {index}")
    sheet.conditional_formats.insert(index, rule)
    return {}


def update_conditional_format(work: Work, request: Json) -> Json:
    """`updateConditionalFormatRule`: replaces a rule, or moves it."""
    index = int(request.get("index") or 0)
    if request.get("rule") is None:
        sheet = work.book.sheet(int(request.get("sheetId") or 0))
        old = _rule_at(sheet, index)
        to = int(request.get("newIndex") or 0)
        _rule_at(sheet, to)
        sheet.conditional_formats.pop(index)
        sheet.conditional_formats.insert(to, old)
        shown: Json = {"oldRule": old, "oldIndex": index, "newRule": old, "newIndex": to}
    else:
        rule = with_styles(clean(request["rule"]))
        sheet = _check_rule(work.book, rule)
        old = _rule_at(sheet, index)
        sheet.conditional_formats[index] = rule
        shown = {"oldRule": old, "oldIndex": index, "newRule": rule, "newIndex": index}
    shown = {key: value for key, value in shown.items() if value != 0}
    return {"updateConditionalFormatRule": shown}


def delete_conditional_format(work: Work, request: Json) -> Json:
    """`deleteConditionalFormatRule`: rules behind it move up."""
    sheet = work.book.sheet(int(request.get("sheetId") or 0))
    index = int(request.get("index") or 0)
    rule = _rule_at(sheet, index)
    sheet.conditional_formats.pop(index)
    return {"deleteConditionalFormatRule": {"rule": rule}}


def add_chart(work: Work, request: Json) -> Json:
    """`addChart`: kept and shown again; the sources must lie in the grid."""
    book = work.book
    wanted = with_styles(clean(request.get("chart") or {}))
    chart_id = wanted.get("chartId")
    if chart_id is None:
        chart_id = work.new_id()
    elif any(one["chartId"] == chart_id for sheet in book.sheets for one in sheet.charts):
        raise invalid(f"The chart id {chart_id} is already in use.")
    _check_spec(book, wanted.get("spec") or {})
    sheet, position = _position(book, wanted.get("position") or {})
    chart = {"chartId": chart_id, "spec": wanted["spec"], "position": position}
    sheet.charts.append(chart)
    return {"addChart": {"chart": chart}}


def update_chart_spec(work: Work, request: Json) -> Json:
    """`updateChartSpec`: the whole specification at once."""
    sheet, old = _chart(work.book, request.get("chartId"))
    spec = with_styles(clean(request.get("spec") or {}))
    _check_spec(work.book, spec)
    sheet.charts[sheet.charts.index(old)] = {**old, "spec": spec}
    return {}


def move_embedded_object(work: Work, request: Json) -> Json:
    """`updateEmbeddedObjectPosition`."""
    sheet, old = _chart(work.book, request.get("objectId"))
    wanted = clean(request.get("newPosition") or {})
    if wanted.get("overlayPosition") is not None:
        mask = fields_of(request, "OverlayPosition")
        over = merge(old["position"].get("overlayPosition") or {}, wanted["overlayPosition"], mask)
        wanted = {"overlayPosition": over}
    home, position = _position(work.book, wanted)
    sheet.charts.remove(old)
    home.charts.append({**old, "position": position})
    return {"updateEmbeddedObjectPosition": {"position": position}}


def delete_embedded_object(work: Work, request: Json) -> Json:
    """`deleteEmbeddedObject`."""
    sheet, old = _chart(work.book, request.get("objectId"))
    sheet.charts.remove(old)
    return {}


def _check_banding(book: Book, wanted: Json, own: Json | None) -> Sheet:
    sheet, box = book.grid_box(wanted)
    inside(sheet, box)
    for other in sheet.banded_ranges:
        if other is not own and book.grid_box(other["range"])[1].meets(box):
            raise invalid(
                "You cannot add alternating background colors to a range that already has "
                "alternating background colors."
            )
    return sheet


def _banding(book: Book, wanted: Any) -> tuple[Sheet, Json]:
    for sheet in book.sheets:
        for one in sheet.banded_ranges:
            if one["bandedRangeId"] == wanted:
                return sheet, one
    raise invalid(f"No banding with id: {wanted}")


def _check_rule(book: Book, rule: Json) -> Sheet:
    ranges = rule.get("ranges") or []
    if not ranges:
        raise invalid("A conditional format rule must have at least one range.")
    if ("booleanRule" in rule) == ("gradientRule" in rule):
        raise invalid("Exactly one of booleanRule and gradientRule must be set.")
    if "booleanRule" in rule:
        check_condition(book, rule["booleanRule"].get("condition") or {}, Use.FORMAT)
    else:
        check_gradient(rule["gradientRule"])
    boxes = [book.grid_box(one) for one in ranges]
    for sheet, box in boxes:
        inside(sheet, box)
    if len({sheet.id for sheet, _ in boxes}) != 1:
        raise invalid("All ranges of a conditional format rule must be on the same sheet.")
    return boxes[0][0]


def _rule_at(sheet: Sheet, index: int) -> Json:
    if not 0 <= index < len(sheet.conditional_formats):
        raise invalid(f"No conditional format on sheet: {sheet.id} at index: {index}")
    return sheet.conditional_formats[index]


def _check_spec(book: Book, spec: Json) -> None:
    kinds = [kind for kind in _CHART_KINDS if spec.get(kind) is not None]
    if len(kinds) != 1:
        raise invalid("Chart spec must have exactly one chart type.")
    for source in sources(spec):
        sheet, box = book.grid_box(source)
        inside(sheet, box)
        if kinds == ["basicChart"] and min(box.height, box.width) != 1:
            raise invalid("Chart source ranges must be one row or one column wide.")


def _position(book: Book, wanted: Json) -> tuple[Sheet, Json]:
    over = wanted.get("overlayPosition")
    if wanted.get("newSheet") or over is None:
        raise NotModelledError("a chart on a sheet of its own")
    cell = over.get("anchorCell") or {}
    sheet = book.sheet(int(cell.get("sheetId") or 0))
    row, column = int(cell.get("rowIndex") or 0), int(cell.get("columnIndex") or 0)
    if not sheet.box.contains(row, column):
        raise invalid(f"The anchor cell is outside the grid: {row}, {column}")
    anchor = {"sheetId": sheet.id, **({"rowIndex": row} if row else {})}
    anchor |= {"columnIndex": column} if column else {}
    size = {"widthPixels": 600, "heightPixels": 371, **over}
    return sheet, {"overlayPosition": {**size, "anchorCell": anchor}}


def _chart(book: Book, wanted: Any) -> tuple[Sheet, Json]:
    for sheet in book.sheets:
        for one in sheet.charts:
            if one["chartId"] == wanted:
                return sheet, one
    raise invalid(f"No embedded object with id: {wanted}")


KINDS: dict[str, Handler] = {
    "addBanding": add_banding,
    "updateBanding": update_banding,
    "deleteBanding": delete_banding,
    "addConditionalFormatRule": add_conditional_format,
    "updateConditionalFormatRule": update_conditional_format,
    "deleteConditionalFormatRule": delete_conditional_format,
    "addChart": add_chart,
    "updateChartSpec": update_chart_spec,
    "updateEmbeddedObjectPosition": move_embedded_object,
    "deleteEmbeddedObject": delete_embedded_object,
}

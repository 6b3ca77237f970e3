"""A chart of the model as Google's request: drawn for the first time, or its specification again."""

from typing import Any

from sheets.model import Area, Book, Chart, ChartKind, Tab
from sheets.tabs.styling import colour
from sheets.wire import Request, grid_range

__all__ = ["chart"]

# A chart is as wide as a phone; Google's own size would break most titles.
TITLE_POINTS = 12


def chart(book: Book, tab: Tab, one: Chart, *, new: bool) -> Request:
    """A chart drawn for the first time, or its specification again; its place is people's."""
    home = book.by_key[one.source] if one.source else tab

    def data(area: Area) -> dict[str, Any]:
        return {"sourceRange": {"sources": [grid_range(home.id, area)]}}

    bars = one.kind is ChartKind.BAR
    series = []
    for each in one.series:
        left = "BOTTOM_AXIS" if bars else "LEFT_AXIS"
        axis = "RIGHT_AXIS" if each.right else left
        drawn = {
            "series": data(each.area),
            "targetAxis": axis,
            "colorStyle": {"rgbColor": colour(each.colour)},
        }
        if one.kind is ChartKind.COMBO:
            drawn["type"] = "LINE" if each.line else "COLUMN"
        series.append(drawn)
    basic = {
        "chartType": one.kind.value,
        "legendPosition": "BOTTOM_LEGEND" if len(series) > 1 else "NO_LEGEND",
        "headerCount": 1,
        "domains": [{"domain": data(one.domain)}],
        "series": series,
    }
    small = {"bold": True, "fontSize": TITLE_POINTS}
    spec = {"title": one.title, "titleTextFormat": small, "basicChart": basic}
    if not new:
        return {"updateChartSpec": {"chartId": one.id, "spec": spec}}
    anchor = {"sheetId": tab.id, "rowIndex": one.anchor[0], "columnIndex": one.anchor[1]}
    width, height = one.size
    place = {"anchorCell": anchor, "widthPixels": width, "heightPixels": height}
    drawn_one = {"chartId": one.id, "spec": spec, "position": {"overlayPosition": place}}
    return {"addChart": {"chart": drawn_one}}

"""What a chart's specification asks to be drawn, whoever draws it: the page or the xlsx file.

Basic charts (columns, bars, lines, areas, points and their combinations) and pies. For the other
kinds there is no plan: they are kept and given back, nobody here draws them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sandbox.google_sheets.a1 import Box
from sandbox.google_sheets.model import Book, Json, Sheet

__all__ = ["USUAL_COLOURS", "Cells", "ChartPlan", "SeriesPlan", "Shape", "cells_of", "plan_of"]

# The accents of the spreadsheet's theme, in their order.
USUAL_COLOURS = ("4285F4", "EA4335", "FBBC04", "34A853", "FF6D01", "46BDC6")
Cells = list[tuple[int, int]]


class Shape(StrEnum):
    """How one series is drawn."""

    COLUMN = "COLUMN"
    BAR = "BAR"
    LINE = "LINE"
    AREA = "AREA"
    SCATTER = "SCATTER"
    PIE = "PIE"


_SHAPES = frozenset(Shape)


@dataclass(frozen=True, slots=True)
class SeriesPlan:
    """One series: where its numbers are, its colour as `RRGGBB`, and its axis."""

    source: Json
    shape: Shape
    colour: str
    right: bool


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """A chart: texts, the categories, the series, and how they stand together."""

    shape: Shape
    title: str
    legend: str
    domain: Json | None
    series: tuple[SeriesPlan, ...]
    headers: int
    stacked: str
    hole: float
    axis_titles: dict[str, str]
    skips: frozenset[str]


def plan_of(spec: Json) -> ChartPlan | None:
    """The plan of a `ChartSpec`; None for a kind that nobody here draws."""
    if spec.get("basicChart") is not None:
        return _basic(spec, spec["basicChart"])
    if spec.get("pieChart") is not None:
        return _pie(spec, spec["pieChart"])
    return None


def cells_of(book: Book, plan: ChartPlan, source: Json) -> tuple[Sheet, Cells, Cells]:
    """The sheet, the heading cells and the data cells of a source, hidden lines left out."""
    sheet, box = book.grid_box(source)
    cells = [
        (row, column)
        for row, column in _line(box)
        if not (_is_hidden(sheet.row_sizes.get(row)) and "ROWS" in plan.skips)
        and not (_is_hidden(sheet.column_sizes.get(column)) and "COLUMNS" in plan.skips)
    ]
    return sheet, cells[: plan.headers], cells[plan.headers :]


def _basic(spec: Json, basic: Json) -> ChartPlan:
    kind = str(basic.get("chartType") or "COLUMN")
    shape = {"COMBO": Shape.COLUMN, "STEPPED_AREA": Shape.AREA}.get(kind) or Shape(kind)
    series = []
    for index, one in enumerate(basic.get("series") or []):
        source = _source(one.get("series"))
        if source is None:
            continue
        own = str(one.get("type") or shape)
        series.append(
            SeriesPlan(
                source,
                Shape(own) if own in _SHAPES else shape,
                _rgb(one) or USUAL_COLOURS[index % len(USUAL_COLOURS)],
                one.get("targetAxis") == "RIGHT_AXIS",
            )
        )
    domains = [_source(one.get("domain")) for one in basic.get("domains") or []]
    titles = {
        str(one["position"]): str(one["title"])
        for one in basic.get("axis") or []
        if one.get("title") and one.get("position")
    }
    return ChartPlan(
        shape=shape,
        title=str(spec.get("title") or ""),
        legend=str(basic.get("legendPosition") or "BOTTOM_LEGEND"),
        domain=domains[0] if domains else None,
        series=tuple(series),
        headers=int(basic.get("headerCount") or 0),
        stacked=str(basic.get("stackedType") or "NOT_STACKED"),
        hole=0.0,
        axis_titles=titles,
        skips=_skips(spec),
    )


def _pie(spec: Json, pie: Json) -> ChartPlan:
    source = _source(pie.get("series"))
    series = () if source is None else (SeriesPlan(source, Shape.PIE, USUAL_COLOURS[0], False),)
    return ChartPlan(
        shape=Shape.PIE,
        title=str(spec.get("title") or ""),
        legend=str(pie.get("legendPosition") or "RIGHT_LEGEND"),
        domain=_source(pie.get("domain")),
        series=series,
        headers=0,
        stacked="NOT_STACKED",
        hole=float(pie.get("pieHole") or 0),
        axis_titles={},
        skips=_skips(spec),
    )


def _source(data: Json | None) -> Json | None:
    """The first range of a `ChartData`; a chart over several ranges is drawn from the first."""
    found = ((data or {}).get("sourceRange") or {}).get("sources") or []
    return found[0] if found else None


def _skips(spec: Json) -> frozenset[str]:
    how = str(spec.get("hiddenDimensionStrategy") or "SKIP_HIDDEN_ROWS_AND_COLUMNS")
    return frozenset(word for word in ("ROWS", "COLUMNS") if word in how)


def _line(box: Box) -> Iterator[tuple[int, int]]:
    for row in range(box.row0, box.row1):
        for column in range(box.column0, box.column1):
            yield row, column


def _is_hidden(size: Json | None) -> bool:
    return bool(size and (size.get("hiddenByUser") or size.get("hiddenByFilter")))


def _rgb(one: Json) -> str | None:
    colour = (one.get("colorStyle") or {}).get("rgbColor") or one.get("color")
    if colour is None:
        return None
    parts = (round(255 * float(colour.get(name) or 0)) for name in ("red", "green", "blue"))
    return "".join(f"{part:02X}" for part in parts)

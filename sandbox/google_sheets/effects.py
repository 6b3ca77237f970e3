"""The format that a person sees: banding below the cell's own format, conditions above it."""

from typing import Any

from sandbox.google_sheets.a1 import Box
from sandbox.google_sheets.engine import Engine
from sandbox.google_sheets.gradients import Gradient
from sandbox.google_sheets.holding import Holding
from sandbox.google_sheets.model import Book, Json, Sheet

__all__ = ["Effects", "band_colour"]


class Effects:
    """The effective formats of one sheet as it stands now."""

    def __init__(self, book: Book, engine: Engine, sheet: Sheet) -> None:
        self._sheet = sheet
        self._holding = Holding(book, engine, sheet)
        self._bands = [(book.grid_box(one["range"])[1], one) for one in sheet.banded_ranges]
        self._rules: list[tuple[list[Box], Json | Gradient]] = []
        for rule in sheet.conditional_formats:
            boxes = [book.grid_box(one)[1] for one in rule["ranges"]]
            if "booleanRule" in rule:
                self._rules.append((boxes, rule["booleanRule"]))
            else:
                values = _values(book, engine, sheet, boxes)
                self._rules.append((boxes, Gradient(rule["gradientRule"], values, self._holding)))

    def format(self, row: int, column: int) -> Json:
        """What differs from the spreadsheet's default format."""
        result = self._band(row, column)
        result |= self._sheet.cell(row, column).format or {}
        for boxes, rule in self._rules:
            if not any(box.contains(row, column) for box in boxes):
                continue
            above = self._above(rule, boxes[0], row, column)
            if above is not None:
                # The first rule that holds wins, as in Sheets.
                return _over(result, above)
        return result

    def _above(self, rule: Json | Gradient, box: Box, row: int, column: int) -> Json | None:
        """The format that a rule lays over a cell; None when it does not hold."""
        if isinstance(rule, Gradient):
            return rule.format(row, column)
        step = (row - box.row0, column - box.column0)
        holds = self._holding.holds(rule["condition"], (row, column), step)
        return rule.get("format") or {} if holds else None

    def _band(self, row: int, column: int) -> Json:
        for box, banding in self._bands:
            if box.contains(row, column):
                colour = band_colour(banding, box, row, column)
                return {"backgroundColor": colour} if colour is not None else {}
        return {}


def band_colour(banding: Json, box: Box, row: int, column: int) -> Any:
    """Headings and footings come before bands, first bands before second ones, rows first."""
    lines = (
        (banding.get("rowProperties") or {}, row - box.row0, box.height),
        (banding.get("columnProperties") or {}, column - box.column0, box.width),
    )
    names = [(bands, _band_name(bands, index, size)) for bands, index, size in lines if bands]
    for name in ("headerColor", "footerColor", "firstBandColor", "secondBandColor"):
        for bands, found in names:
            if found == name and name in bands:
                return bands[name]
    return None


def _values(
    book: Book, engine: Engine, sheet: Sheet, boxes: list[Box]
) -> dict[tuple[int, int], Any]:
    return {
        (row, column): engine.value(book, sheet, row, column)
        for box in boxes
        for row, column, _ in sheet.used(box)
    }


def _over(below: Json, above: Json) -> Json:
    """One format over another; the text's members are laid over one by one."""
    text = {**(below.get("textFormat") or {}), **(above.get("textFormat") or {})}
    return {**below, **above, **({"textFormat": text} if text else {})}


def _band_name(bands: Json, index: int, size: int) -> str:
    has_header = "headerColor" in bands
    if has_header and index == 0:
        return "headerColor"
    if "footerColor" in bands and index == size - 1:
        return "footerColor"
    return "firstBandColor" if (index - has_header) % 2 == 0 else "secondBandColor"

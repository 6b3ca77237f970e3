"""The format that a person sees: banding below the cell's own format, conditions above it."""

from typing import Any

from sandbox.google_sheets.a1 import Box
from sandbox.google_sheets.engine import CellError, Computed, Engine
from sandbox.google_sheets.model import EMPTY, Book, Formula, Json, Sheet
from sandbox.google_sheets.references import moved
from sandbox.google_sheets.typed import enter

__all__ = ["Effects"]


class Effects:
    """The effective formats of one sheet as it stands now."""

    def __init__(self, book: Book, engine: Engine, sheet: Sheet) -> None:
        self._book = book
        self._engine = engine
        self._sheet = sheet
        self._bands = [(book.grid_box(one["range"])[1], one) for one in sheet.banded_ranges]
        self._rules = [
            ([book.grid_box(one)[1] for one in rule["ranges"]], rule["booleanRule"])
            for rule in sheet.conditional_formats
            if "booleanRule" in rule
        ]

    def format(self, row: int, column: int) -> Json:
        """What differs from the spreadsheet's default format."""
        result = self._band(row, column)
        result |= self._sheet.cell(row, column).format or {}
        for boxes, rule in self._rules:
            inside = any(box.contains(row, column) for box in boxes)
            if inside and self._holds(rule["condition"], boxes[0], row, column):
                # The first rule that holds wins, as in Sheets.
                return _over(result, rule.get("format") or {})
        return result

    def _band(self, row: int, column: int) -> Json:
        for box, banding in self._bands:
            if box.contains(row, column) and "rowProperties" in banding:
                colour = _band_colour(banding["rowProperties"], box, row)
                return {"backgroundColor": colour} if colour is not None else {}
        return {}

    def _holds(self, condition: Json, box: Box, row: int, column: int) -> bool:
        value = self._engine.value(self._book, self._sheet, row, column)
        step = (row - box.row0, column - box.column0)
        wanted = [
            self._wanted(one.get("userEnteredValue") or "", step)
            for one in condition.get("values") or []
        ]
        kind = str(condition["type"])
        if kind == "CUSTOM_FORMULA":
            return wanted[0] is True or (_is_number(wanted[0]) and wanted[0] != 0)
        if kind in ("BLANK", "NOT_BLANK"):
            return (value in (None, "")) == (kind == "BLANK")
        if kind.startswith("NUMBER_"):
            return _number_holds(kind, value, wanted)
        if kind.startswith("TEXT_"):
            return _text_holds(kind, value, wanted)
        return False

    def _wanted(self, text: str, step: tuple[int, int]) -> Computed:
        value = enter(EMPTY, text, self._book.locale).value
        if isinstance(value, Formula):
            return self._engine.ad_hoc(self._book, self._sheet, moved(value, *step))
        return value


def _over(below: Json, above: Json) -> Json:
    """One format over another; the text's members are laid over one by one."""
    text = {**(below.get("textFormat") or {}), **(above.get("textFormat") or {})}
    return {**below, **above, **({"textFormat": text} if text else {})}


def _band_colour(properties: Json, box: Box, row: int) -> Any:
    header = properties.get("headerColor")
    footer = properties.get("footerColor")
    if header is not None and row == box.row0:
        return header
    if footer is not None and row == box.row1 - 1:
        return footer
    first = box.row0 + (header is not None)
    name = "firstBandColor" if (row - first) % 2 == 0 else "secondBandColor"
    return properties.get(name)


def _number_holds(kind: str, value: Computed, wanted: list[Computed]) -> bool:
    if not _is_number(value) or not all(_is_number(one) for one in wanted):
        return False
    number, bounds = float(value or 0), [float(one or 0) for one in wanted]
    match kind.removeprefix("NUMBER_"):
        case "GREATER":
            return number > bounds[0]
        case "GREATER_THAN_EQ":
            return number >= bounds[0]
        case "LESS":
            return number < bounds[0]
        case "LESS_THAN_EQ":
            return number <= bounds[0]
        case "EQ":
            return number == bounds[0]
        case "NOT_EQ":
            return number != bounds[0]
        case "BETWEEN":
            return bounds[0] <= number <= bounds[1]
        case "NOT_BETWEEN":
            return not bounds[0] <= number <= bounds[1]
    return False


def _text_holds(kind: str, value: Computed, wanted: list[Computed]) -> bool:
    if isinstance(value, CellError) or not wanted:
        return False
    text = "" if value is None else str(value).casefold()
    part = str(wanted[0]).casefold()
    match kind.removeprefix("TEXT_"):
        case "CONTAINS":
            return part in text
        case "NOT_CONTAINS":
            return part not in text
        case "STARTS_WITH":
            return text.startswith(part)
        case "ENDS_WITH":
            return text.endswith(part)
        case "EQ":
            return text == part
    return False


def _is_number(value: Computed) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)

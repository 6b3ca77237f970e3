"""Conditional formats and drop-downs of a tab in an xlsx file."""

from collections.abc import Iterable
from typing import Any

from openpyxl.formatting import rule as rules
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from sandbox.google_sheets.a1 import Box, box_a1
from sandbox.google_sheets.locales import read_formula
from sandbox.google_sheets.model import EMPTY, Book, Formula, Json, Sheet
from sandbox.google_sheets.typed import enter
from sandbox.google_sheets.workbook_looks import argb, fill, font

__all__ = ["add_rules", "add_validations"]

LIST_CHARACTERS_MAX = 255
# The library's own makers have no types.
_CELL_IS: Any = rules.CellIsRule
_FORMULA: Any = rules.FormulaRule
_SCALE: Any = rules.ColorScaleRule
MESSAGE_CHARACTERS_MAX = 255
_OPERATORS = {
    "GREATER": "greaterThan",
    "GREATER_THAN_EQ": "greaterThanOrEqual",
    "LESS": "lessThan",
    "LESS_THAN_EQ": "lessThanOrEqual",
    "EQ": "equal",
    "NOT_EQ": "notEqual",
    "BETWEEN": "between",
    "NOT_BETWEEN": "notBetween",
    "BEFORE": "lessThan",
    "AFTER": "greaterThan",
    "ON_OR_BEFORE": "lessThanOrEqual",
    "ON_OR_AFTER": "greaterThanOrEqual",
}
_RELATIVE = {
    "PAST_YEAR": "EDATE(TODAY(),-12)",
    "PAST_MONTH": "EDATE(TODAY(),-1)",
    "PAST_WEEK": "TODAY()-7",
    "YESTERDAY": "TODAY()-1",
    "TODAY": "TODAY()",
    "TOMORROW": "TODAY()+1",
}
_POINTS = {"MIN": "min", "MAX": "max", "NUMBER": "num", "PERCENT": "percent"}


def add_rules(book: Book, target: Worksheet, sheet: Sheet) -> None:
    """The conditional formats in their order; as in Sheets the first one that holds wins."""
    for rule in sheet.conditional_formats:
        boxes = [book.grid_box(one)[1] for one in rule["ranges"]]
        first = f"{get_column_letter(boxes[0].column0 + 1)}{boxes[0].row0 + 1}"
        made = (
            _boolean(book, rule["booleanRule"], first)
            if "booleanRule" in rule
            else _scale(book, rule["gradientRule"])
        )
        target.conditional_formatting.add(" ".join(_cells(box) for box in boxes), made)


def add_validations(book: Book, target: Worksheet, sheet: Sheet) -> None:
    """The drop-downs and other limits on what may be typed; a list too long for Excel is left out."""
    places: dict[int, tuple[Json, list[tuple[int, int]]]] = {}
    for row, column, cell in sheet.used(sheet.box):
        if cell.validation is not None:
            kept = places.setdefault(id(cell.validation), (cell.validation, []))
            kept[1].append((row, column))
    for rule, cells in places.values():
        first = f"{get_column_letter(cells[0][1] + 1)}{cells[0][0] + 1}"
        made = _validation(book, rule, first)
        if made is None:
            continue
        for box in _boxes(cells):
            made.add(_cells(box))
        target.add_data_validation(made)


def _boolean(book: Book, rule: Json, first: str) -> Any:
    look = rule.get("format") or {}
    background = look.get("backgroundColorStyle") or look.get("backgroundColor")
    style: Json = {"stopIfTrue": True}
    if background is not None:
        style["fill"] = fill(background)
        # In a rule the background is the colour behind the pattern.
        style["fill"].bgColor = style["fill"].fgColor
    if look.get("textFormat"):
        text = font(look["textFormat"])
        text.name = text.size = None
        style["font"] = text
    condition = rule["condition"]
    kind, _, relation = str(condition["type"]).partition("_")
    values = [_operand(book, one) for one in condition.get("values") or []]
    if kind in ("NUMBER", "DATE") and relation in _OPERATORS:
        return _CELL_IS(operator=_OPERATORS[relation], formula=values, **style)
    return _FORMULA(formula=[_formula(str(condition["type"]), values, first)], **style)


def _scale(book: Book, rule: Json) -> Any:
    parts: Json = {}
    for name, short in (("minpoint", "start"), ("midpoint", "mid"), ("maxpoint", "end")):
        if name in rule:
            point = rule[name]
            worth = enter(EMPTY, str(point.get("value") or ""), book.locale).value
            parts[f"{short}_type"] = _POINTS.get(point["type"], "percentile")
            parts[f"{short}_value"] = worth.text[1:] if isinstance(worth, Formula) else worth
            parts[f"{short}_color"] = argb(point.get("colorStyle") or point.get("color") or {})
    return _SCALE(**parts)


def _validation(book: Book, rule: Json, first: str) -> Any:
    condition = rule["condition"]
    kind, _, relation = str(condition["type"]).partition("_")
    values = [_operand(book, one) for one in condition.get("values") or []]
    made: Any = DataValidation(
        errorStyle="stop" if rule.get("strict") else "warning",
        allow_blank=True,
        showErrorMessage=True,
        showInputMessage=bool(rule.get("inputMessage")),
        prompt=str(rule.get("inputMessage") or "")[:MESSAGE_CHARACTERS_MAX] or None,
    )
    match condition["type"]:
        case "ONE_OF_LIST" | "BOOLEAN":
            texts = [
                str(one.get("userEnteredValue") or "") for one in condition.get("values") or []
            ]
            listed = ",".join(texts or ["TRUE", "FALSE"]).replace('"', '""')
            if len(listed) > LIST_CHARACTERS_MAX or any("," in text for text in texts):
                return None
            made.type, made.formula1 = "list", f'"{listed}"'
        case "ONE_OF_RANGE":
            text = str(condition["values"][0].get("userEnteredValue") or "")
            made.type = "list"
            made.formula1 = read_formula("=" + text.removeprefix("="), book.locale).text[1:]
        case _ if kind in ("NUMBER", "DATE") and relation in _OPERATORS:
            made.type = "decimal" if kind == "NUMBER" else "date"
            made.operator = _OPERATORS[relation]
            made.formula1, made.formula2 = values[0], values[1] if len(values) > 1 else None
        case _:
            made.type = "custom"
            made.formula1 = _formula(str(condition["type"]), values, first)
    return made


def _operand(book: Book, one: Json) -> str:
    """What a condition compares with, as a formula's operand: `5`, `"долг"`, `$B$9`."""
    if one.get("relativeDate"):
        return _RELATIVE[one["relativeDate"]]
    value = enter(EMPTY, str(one.get("userEnteredValue") or ""), book.locale).value
    if isinstance(value, Formula):
        return value.text[1:]
    if isinstance(value, str | None):
        return '"' + (value or "").replace('"', '""') + '"'
    return str(value).upper()


def _formula(kind: str, values: list[str], first: str) -> str:
    """A condition as a formula that is true where it holds, said about the first cell."""
    part = values[0] if values else '""'
    return {
        "CUSTOM_FORMULA": part,
        "BLANK": f"LEN({first})=0",
        "NOT_BLANK": f"LEN({first})>0",
        "TEXT_CONTAINS": f"ISNUMBER(SEARCH({part},{first}))",
        "TEXT_NOT_CONTAINS": f"ISERROR(SEARCH({part},{first}))",
        "TEXT_STARTS_WITH": f"LEFT({first},LEN({part}))={part}",
        "TEXT_ENDS_WITH": f"RIGHT({first},LEN({part}))={part}",
        "TEXT_EQ": f"{first}={part}",
        "TEXT_IS_EMAIL": f'ISNUMBER(SEARCH("?@?*.?*",{first}))',
        "TEXT_IS_URL": f'ISNUMBER(SEARCH("://",{first}))',
        "DATE_IS_VALID": f"ISNUMBER({first})",
    }[kind]


def _boxes(cells: Iterable[tuple[int, int]]) -> list[Box]:
    """The cells of one rule as upright strips, so that a column of them is one range."""
    boxes: list[Box] = []
    for row, column in sorted(cells, key=lambda cell: (cell[1], cell[0])):
        last = boxes[-1] if boxes else None
        if last is not None and (last.row1, last.column0) == (row, column):
            boxes[-1] = Box(last.row0, row + 1, column, column + 1)
        else:
            boxes.append(Box(row, row + 1, column, column + 1))
    return boxes


def _cells(box: Box) -> str:
    return box_a1("S", box).rsplit("!", 1)[1]

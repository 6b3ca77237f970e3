"""Conditions of validations and conditional formats: what Google refuses in them."""

import re

from sandbox.google_sheets.errors import invalid
from sandbox.google_sheets.locales import read_formula
from sandbox.google_sheets.model import Book, Json
from sandbox.google_sheets.ranges import lookup

__all__ = ["check_condition"]

# How many values a condition takes; the others take any number.
_COUNTS = {
    "BLANK": 0,
    "NOT_BLANK": 0,
    "TEXT_IS_EMAIL": 0,
    "TEXT_IS_URL": 0,
    "DATE_IS_VALID": 0,
    "CUSTOM_FORMULA": 1,
    "ONE_OF_RANGE": 1,
    "NUMBER_BETWEEN": 2,
    "NUMBER_NOT_BETWEEN": 2,
    "DATE_BETWEEN": 2,
    "DATE_NOT_BETWEEN": 2,
    **{
        f"NUMBER_{name}": 1
        for name in ("GREATER", "GREATER_THAN_EQ", "LESS", "LESS_THAN_EQ", "EQ", "NOT_EQ")
    },
    **{f"TEXT_{name}": 1 for name in ("CONTAINS", "NOT_CONTAINS", "STARTS_WITH", "ENDS_WITH")},
}
_TEXT_OR_TITLE = re.compile(r"\"(?:[^\"]|\"\")*\"")


def check_condition(book: Book, condition: Json, *, same_sheet: bool) -> None:
    """Refuse a condition that Google cannot read; `same_sheet` is the rule of formats."""
    kind = condition.get("type")
    if not kind or kind == "CONDITION_TYPE_UNSPECIFIED":
        raise invalid("The condition must have a type.")
    values = [value.get("userEnteredValue") for value in condition.get("values") or []]
    if kind in _COUNTS and len(values) != _COUNTS[kind] and None not in values:
        raise invalid(f"Invalid BooleanCondition: {kind} requires exactly {_COUNTS[kind]} values.")
    for value in values:
        if value is not None and str(value).startswith("="):
            _check_formula(book, str(value), same_sheet=same_sheet)
        elif kind == "CUSTOM_FORMULA":
            raise invalid(f"Invalid ConditionValue.userEnteredValue: {value}")
    if kind == "ONE_OF_RANGE":
        lookup(book, str(values[0]).removeprefix("=").replace("$", ""))


def _check_formula(book: Book, text: str, *, same_sheet: bool) -> None:
    if read_formula(text, book.locale).broken:
        raise invalid(f"Invalid ConditionValue.userEnteredValue: {text}")
    if same_sheet and "!" in _TEXT_OR_TITLE.sub("", text):
        raise invalid("Conditional format rule cannot reference a different sheet.")

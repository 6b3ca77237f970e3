"""Conditions of validations, conditional formats and filters: what Google refuses in them.

Which kind of condition may stand where, and with how many values, is said in the discovery
document, in the sentences that describe each kind; they are read from there.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from sandbox.google_sheets.errors import NotModelledError, invalid
from sandbox.google_sheets.locales import read_formula
from sandbox.google_sheets.model import Book, Json
from sandbox.google_sheets.ranges import lookup
from sandbox.google_sheets.schema import load_schema

__all__ = ["Use", "check_condition", "check_gradient"]

_TEXT_OR_TITLE = re.compile(r"\"(?:[^\"]|\"\")*\"")
_POINT_TYPES = ("MIN", "MAX", "NUMBER", "PERCENT", "PERCENTILE")


class Use(StrEnum):
    """What a condition is for, in the discovery document's words."""

    VALIDATION = "data validation"
    FORMAT = "conditional formatting"
    FILTER = "filters"


@dataclass(frozen=True, slots=True)
class _Kind:
    uses: frozenset[Use]
    counts: tuple[int, ...] | None


def check_condition(book: Book, condition: Json, use: Use) -> None:
    """Refuse a condition that Google cannot read, or that cannot stand there."""
    kind = condition.get("type")
    if not kind or kind == "CONDITION_TYPE_UNSPECIFIED":
        raise invalid("The condition must have a type.")
    if kind == "FILTER_EXPRESSION":
        raise NotModelledError(f"condition {kind}")
    known = _kinds()[str(kind)]
    if use not in known.uses:
        raise invalid(f"Invalid BooleanCondition: {kind} is not supported by {use}.")
    values = condition.get("values") or []
    if known.counts is not None and len(values) not in known.counts:
        wanted = " or ".join(str(count) for count in known.counts)
        raise invalid(f"Invalid BooleanCondition: {kind} requires exactly {wanted} values.")
    for value in values:
        _check_value(book, str(kind), value, use)


def check_gradient(gradient: Json) -> None:
    """Refuse a colour scale without its two ends, or with a point that has no value."""
    for name in ("minpoint", "maxpoint"):
        if not gradient.get(name):
            raise invalid(f"GradientRule.{name} must be set.")
    for name in ("minpoint", "midpoint", "maxpoint"):
        point = gradient.get(name)
        if point is None:
            continue
        if point.get("type") not in _POINT_TYPES:
            raise invalid(f"GradientRule.{name} must have a type.")
        if point["type"] not in ("MIN", "MAX") and not point.get("value"):
            raise invalid(f"GradientRule.{name} must have a value.")


def _check_value(book: Book, kind: str, value: Json, use: Use) -> None:
    if value.get("relativeDate"):
        if not kind.startswith("DATE_") or use is Use.VALIDATION:
            raise invalid(f"Relative dates are not supported by {kind} in {use}.")
        return
    text = value.get("userEnteredValue")
    if text is None:
        raise invalid("ConditionValue.userEnteredValue must be set.")
    if str(text).startswith("=") and kind != "ONE_OF_LIST":
        _check_formula(book, str(text), same_sheet=use is Use.FORMAT)
    elif kind == "CUSTOM_FORMULA":
        raise invalid(f"Invalid ConditionValue.userEnteredValue: {text}")
    if kind == "ONE_OF_RANGE":
        lookup(book, str(text).removeprefix("=").replace("$", ""))


def _check_formula(book: Book, text: str, *, same_sheet: bool) -> None:
    if read_formula(text, book.locale).broken:
        raise invalid(f"Invalid ConditionValue.userEnteredValue: {text}")
    if same_sheet and "!" in _TEXT_OR_TITLE.sub("", text):
        raise invalid("Conditional format rule cannot reference a different sheet.")


@cache
def _kinds() -> dict[str, _Kind]:
    member = load_schema().schemas["BooleanCondition"]["properties"]["type"]
    described = zip(member["enum"], member["enumDescriptions"], strict=True)
    return {name: _kind(text) for name, text in described}


def _kind(text: str) -> _Kind:
    """What a sentence like `Supported by filters. Requires no ConditionValues.` says."""
    supported = re.search(r"Supported by ([^.]*)\.", text)
    # Data sources are not modelled; what only they support is supported by nothing here.
    named = supported[1] if supported and "data source" not in supported[1] else ""
    counts: tuple[int, ...] | None = None
    for words, count in (
        ("no ConditionValues", (0,)),
        ("a single ConditionValue", (1,)),
        ("exactly two ConditionValues", (2,)),
        ("zero, one or two ConditionValues", (0, 1, 2)),
    ):
        if words in text:
            counts = count
    return _Kind(frozenset(use for use in Use if use in named), counts)

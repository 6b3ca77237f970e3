"""What a value becomes when it is typed in (USER_ENTERED), or put in as it is (RAW)."""

import math
import re
from dataclasses import replace
from datetime import datetime

from sandbox.google_sheets.errors import invalid
from sandbox.google_sheets.locales import (
    date_pattern,
    decimal_symbol,
    group_symbol,
    read_formula,
)
from sandbox.google_sheets.model import Cell, Json, Scalar
from sandbox.google_sheets.numbers import to_serial

__all__ = ["enter", "enter_raw", "number_format"]

CHARACTERS_MAX = 50_000
EXACT_INTEGER_MAX = 2**53
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def enter_raw(cell: Cell, value: Scalar) -> Cell:
    """Put a value in as it is; an empty text clears the value."""
    if isinstance(value, str) and len(value) > CHARACTERS_MAX:
        raise invalid(
            "Your input contains more than the maximum of 50000 characters in a single cell."
        )
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= EXACT_INTEGER_MAX:
        return replace(cell, value=_double(value))
    return replace(cell, value=None if value == "" else value)


def enter(cell: Cell, value: Scalar, locale: str) -> Cell:
    """Type a value in: formulas, numbers, dates, logical words; the rest is text."""
    if not isinstance(value, str) or value == "" or len(value) > CHARACTERS_MAX:
        return enter_raw(cell, value)
    if value.startswith("'"):
        return replace(cell, value=value[1:])
    if value.startswith("=") and len(value) > 1:
        return replace(cell, value=read_formula(value, locale))
    if _is_text(cell):
        return replace(cell, value=value)
    text = value.strip()
    if text.upper() in ("TRUE", "FALSE"):
        return replace(cell, value=text.upper() == "TRUE")
    number = _number(text, locale)
    if number is not None:
        return _with_format(cell, *number)
    day = _date(text, locale)
    if day is not None:
        return _with_format(cell, *day)
    return replace(cell, value=value)


def number_format(cell: Cell) -> Json | None:
    """The number format of a cell, if it has one."""
    found: Json | None = (cell.format or {}).get("numberFormat")
    return found


def _double(value: int) -> float:
    """A cell holds a double: more digits than fifteen are not kept."""
    try:
        return float(value)
    except OverflowError:
        raise invalid(f"Invalid number: {str(value)[:20]}…") from None


def _is_text(cell: Cell) -> bool:
    return (number_format(cell) or {}).get("type") == "TEXT"


def _with_format(cell: Cell, value: Scalar, kind: str, pattern: str) -> Cell:
    if not kind or number_format(cell) is not None:
        return replace(cell, value=value)
    shown = {**(cell.format or {}), "numberFormat": {"type": kind, "pattern": pattern}}
    return replace(cell, value=value, format=shown)


def _number(text: str, locale: str) -> tuple[Scalar, str, str] | None:
    decimal, group = decimal_symbol(locale), group_symbol(locale)
    groups = "[\u00a0\u202f ]" if group.isspace() else re.escape(group)
    shape = rf"[+-]?(\d+|\d{{1,3}}(?:{groups}\d{{3}})+)?({re.escape(decimal)}\d*)?(%)?"
    found = re.fullmatch(shape, text)
    if found is None or not re.search(r"\d", text):
        return _exponent(text, decimal)
    bare = re.sub(groups, "", text.rstrip("%")).replace(decimal, ".")
    number = float(bare) / (100 if found[3] else 1)
    if not math.isfinite(number):
        return None
    value = int(number) if number.is_integer() and abs(number) < 2**53 else number
    grouped = found[1] is not None and not found[1].isdigit()
    places = "0.00" if found[2] and len(found[2]) > 1 else "0"
    if found[3]:
        return value, "PERCENT", f"{places}%"
    return value, "NUMBER" if grouped else "", f"#,##{places}"


def _exponent(text: str, decimal: str) -> tuple[Scalar, str, str] | None:
    if re.fullmatch(rf"[+-]?\d+({re.escape(decimal)}\d+)?[eE][+-]?\d{{1,3}}", text):
        number = float(text.replace(decimal, "."))
        return (number, "SCIENTIFIC", "0.00E+00") if math.isfinite(number) else None
    return None


def _date(text: str, locale: str) -> tuple[Scalar, str, str] | None:
    iso = _ISO_DATE.fullmatch(text)
    if iso:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]), "yyyy-mm-dd")
    dotted = re.fullmatch(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})", text)
    if dotted is None:
        return None
    american = locale.startswith("en_US")
    if american != (dotted[2] == "/") and locale != "en_GB":
        return None
    first, second = int(dotted[1]), int(dotted[3])
    month, day = (first, second) if american else (second, first)
    return _day(int(dotted[4]), month, day, date_pattern(locale))


def _day(year: int, month: int, day: int, pattern: str) -> tuple[Scalar, str, str] | None:
    try:
        moment = datetime(year, month, day)  # noqa: DTZ001 - a day of the grid has no zone
    except ValueError:
        return None
    return to_serial(moment.date()), "DATE", pattern

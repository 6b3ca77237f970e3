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
# Two digits of a year below this belong to our century.
CENTURY_TURN = 30
_ENGLISH = {"TRUE": True, "FALSE": False}
_LOGICAL = {"ru": {"ИСТИНА": True, "ЛОЖЬ": False}}
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
    if _is_text(cell):
        return replace(cell, value=value)
    if value.startswith("=") and len(value) > 1:
        return replace(cell, value=read_formula(value, locale))
    text = value.strip()
    if text.upper() in _LOGICAL.get(locale[:2], {}) | _ENGLISH:
        return replace(cell, value=(_LOGICAL.get(locale[:2], {}) | _ENGLISH)[text.upper()])
    for read in (_number, _money, _moment):
        found = read(text, locale)
        if found is not None:
            return _with_format(cell, *found)
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


def _money(text: str, locale: str) -> tuple[Scalar, str, str] | None:
    """A number with the sign of its money: `1 500 ₽`, `$1,500.00`."""
    found = re.fullmatch(r"([+-]?)([$€])?\s?([\d.,\s]+?)\s?(₽|руб\.|€)?", text)
    if found is None or bool(found[2]) == bool(found[4]):
        return None
    number = _number(found[1] + found[3], locale)
    if number is None:
        return None
    places = "#,##0.00" if decimal_symbol(locale) in found[3] else "#,##0"
    before, after = found[2], found[4]
    pattern = f'"{before}"{places}' if before else f"{places}\\ [${after}]"
    return number[0], "CURRENCY", pattern


def _moment(text: str, locale: str) -> tuple[Scalar, str, str] | None:
    """A day, a time, or a day with a time."""
    day, _, clock = text.partition(" ")
    if ":" in day and not clock:
        time = _time(day)
        seconds = "h:mm:ss" if day.count(":") == 2 else "h:mm"
        return None if time is None else (time, "TIME", seconds)
    found = _date(day, locale)
    if found is None or not clock:
        return found
    time = _time(clock.strip())
    if time is None:
        return None
    serial = found[0]
    assert isinstance(serial, int)
    return serial + time, "DATE_TIME", f"{found[2]} h:mm:ss"


def _time(text: str) -> float | None:
    """The part of a day that has passed."""
    found = re.fullmatch(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?", text)
    if found is None or int(found[1]) > 23:
        return None
    return (int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0)) / 86_400


def _date(text: str, locale: str) -> tuple[Scalar, str, str] | None:
    iso = _ISO_DATE.fullmatch(text)
    if iso:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]), "yyyy-mm-dd")
    dotted = re.fullmatch(r"(\d{1,2})([./])(\d{1,2})\2(\d{4}|\d{2})", text)
    if dotted is None:
        return None
    american = locale.startswith("en_US")
    if american != (dotted[2] == "/") and locale != "en_GB":
        return None
    first, second = int(dotted[1]), int(dotted[3])
    month, day = (first, second) if american else (second, first)
    year = int(dotted[4])
    if len(dotted[4]) == 2:
        year += 2000 if year < CENTURY_TURN else 1900
    return _day(year, month, day, date_pattern(locale))


def _day(year: int, month: int, day: int, pattern: str) -> tuple[Scalar, str, str] | None:
    try:
        moment = datetime(year, month, day)  # noqa: DTZ001 - a day of the grid has no zone
    except ValueError:
        return None
    return to_serial(moment.date()), "DATE", pattern

"""How Google shows a value: number formats, dates as serial numbers, the plain form."""

import math
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

from babel.dates import format_date

from sandbox.google_sheets.locales import decimal_symbol, group_symbol

__all__ = [
    "from_serial",
    "is_date_pattern",
    "section_colour",
    "show_number",
    "show_plain",
    "to_serial",
]

EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
PLAIN_INTEGER_MAX = 1e15
# Enough digits for every double there is.
_WIDE = Context(prec=700)
_SECTION = re.compile(r"\"[^\"]*\"|\\.|\[[^\]]*\]|_.|\*.|.", re.DOTALL)
_COLOUR = re.compile(r"\[(Black|Blue|Cyan|Green|Magenta|Red|White|Yellow)\]", re.IGNORECASE)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_DATE_PART = re.compile(
    r"\"[^\"]*\"|\\.|\[h+\]|\[m+\]|\[s+\]|y+|m+|d+|h+|s+|0+|am/pm|a/p|.", re.IGNORECASE | re.DOTALL
)


def to_serial(moment: date | datetime) -> int | float:
    """Days since 1899-12-30; the fraction is the time."""
    if isinstance(moment, datetime):
        passed = moment.replace(tzinfo=UTC) - EPOCH
        return passed / timedelta(days=1)
    return (moment - EPOCH.date()).days


def from_serial(serial: float) -> datetime:
    """The moment of a serial number, to the second."""
    return EPOCH + timedelta(seconds=round(serial * 86_400))


def is_date_pattern(pattern: str) -> bool:
    """Whether a format shows a date or a time."""
    bare = re.sub(r"\"[^\"]*\"|\\.|\[[^\]]*\]|E[+-]0", "", pattern)
    return bool(re.search(r"[ymdhs]", bare, re.IGNORECASE)) and not re.search(r"[#?]", bare)


def show_plain(number: float, locale: str) -> str:
    """A number without a format: ten significant digits, whole numbers in full."""
    if isinstance(number, int) or (number.is_integer() and abs(number) < PLAIN_INTEGER_MAX):
        return str(int(number))
    if not math.isfinite(number):
        return "#NUM!"
    if abs(number) >= PLAIN_INTEGER_MAX or abs(number) < 1e-9:
        return f"{number:.6G}".replace(".", decimal_symbol(locale))
    text = f"{Decimal(f'{number:.9e}'):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", decimal_symbol(locale))


def show_number(number: float, pattern: str, locale: str) -> str:
    """A number by a pattern with up to four sections: above zero;below;zero;text."""
    if is_date_pattern(pattern):
        return _show_date(number, pattern, locale)
    chosen, sign = _chosen(number, pattern)
    if chosen.strip().lower() == "general":
        return show_plain(number, locale)
    shape = _shape(chosen)
    text, zero = _fill(abs(number), shape, locale)
    return text if zero else sign + text


def section_colour(number: float, pattern: str) -> str | None:
    """The colour that a pattern gives a number, `[Red]` below zero: its name in lower case."""
    if is_date_pattern(pattern):
        return None
    found = _COLOUR.search(_chosen(number, pattern)[0])
    return found[1].lower() if found else None


@dataclass(frozen=True, slots=True)
class _Shape:
    """A section taken apart: literals and digit places in order."""

    pieces: list[str]
    whole: int
    fraction: int
    fraction_min: int
    grouped: bool
    percent: int
    thousands: int


def _chosen(number: float, pattern: str) -> tuple[str, str]:
    """The section for a number, and the sign that it does not write itself."""
    sections = _sections(pattern)
    for section in sections:
        asked = _CONDITION.search(section)
        if asked is not None and _COMPARISONS[asked[1]](number, float(asked[2])):
            return section, "-" if number < 0 else ""
    free = [section for section in sections if not _CONDITION.search(section)] or sections[-1:]
    if len(free) < len(sections):
        return free[-1], "-" if number < 0 else ""
    if number < 0 and len(sections) > 1:
        return sections[1], ""
    if number == 0 and len(sections) > 2:
        return sections[2], ""
    return sections[0], "-" if number < 0 else ""


def _sections(pattern: str) -> list[str]:
    sections = [""]
    for piece in _SECTION.findall(pattern):
        if piece == ";":
            sections.append("")
        else:
            sections[-1] += piece
    return sections


def _shape(section: str) -> _Shape:
    pieces = [
        piece
        for piece in _SECTION.findall(section)
        if not piece.startswith("[") or piece.startswith("[$")
    ]
    point = next((i for i, piece in enumerate(pieces) if piece == "."), len(pieces))
    whole = [i for i in range(point) if pieces[i] in "#0?"]
    after = [pieces[i] for i in range(point, len(pieces)) if pieces[i] in "#0?"]
    inner = pieces[whole[0] : whole[-1]] if whole else []
    # Commas right behind the last digit place divide by a thousand each.
    last = max((i + 1 for i, piece in enumerate(pieces) if piece in "#0?"), default=0)
    commas = next((i for i in range(last, len(pieces)) if pieces[i] != ","), len(pieces)) - last
    thousands = commas if last else 0
    pieces = pieces[:last] + pieces[last + thousands :]
    return _Shape(
        pieces=pieces,
        whole=len(whole),
        fraction=len(after),
        fraction_min=len([piece for piece in after if piece == "0"]),
        grouped="," in inner,
        percent=pieces.count("%"),
        thousands=thousands,
    )


def _fill(number: float, shape: _Shape, locale: str) -> tuple[str, bool]:
    value = Decimal(repr(float(number))) * (100**shape.percent) / 1000**shape.thousands
    rounded = value.quantize(
        Decimal(1).scaleb(-shape.fraction), rounding=ROUND_HALF_UP, context=_WIDE
    )
    whole, _, fraction = f"{rounded:f}".partition(".")
    fraction = fraction[: shape.fraction_min] + fraction[shape.fraction_min :].rstrip("0")
    digits = "" if whole == "0" else whole
    places = _whole_places(digits, shape, locale)
    out: list[str] = []
    seen = 0
    seen_point = False
    for piece in shape.pieces:
        if piece == "." and not seen_point:
            seen_point = True
            out.append(
                (decimal_symbol(locale) if fraction or shape.fraction_min else "") + fraction
            )
        elif piece in ("#", "0", "?"):
            if not seen_point:
                out.append(places[seen])
                seen += 1
        elif piece == "," and shape.grouped and not seen_point:
            continue
        else:
            out.append(_literal(piece))
    return "".join(out), rounded == 0


def _whole_places(digits: str, shape: _Shape, locale: str) -> list[str]:
    """What each place left of the point shows; the first takes all that is left over."""
    marks = []
    for piece in shape.pieces:
        if piece == ".":
            break
        if piece in ("#", "0", "?"):
            marks.append(piece)
    places: list[str] = []
    group = group_symbol(locale) if shape.grouped else ""
    remaining = digits
    for index, mark in enumerate(reversed(marks)):
        leftmost = index == len(marks) - 1
        if leftmost:
            text = remaining or ("0" if mark == "0" else "")
            places.append(_grouped(text, index, group))
        else:
            digit, remaining = remaining[-1:], remaining[:-1]
            text = digit or ("0" if mark == "0" else "")
            places.append(_grouped(text, index, group))
    return list(reversed(places))


def _grouped(text: str, position: int, group: str) -> str:
    """Digits from `position` on, counted from the right, with a group mark after every third."""
    out = ""
    for offset, digit in enumerate(reversed(text)):
        place = position + offset
        mark = group if group and place and place % 3 == 0 else ""
        out = digit + mark + out
    return out


def _literal(piece: str) -> str:
    if piece.startswith("[$"):
        return piece[2:-1].split("-", maxsplit=1)[0]
    if piece.startswith('"'):
        return piece[1:-1]
    if piece.startswith("\\"):
        return piece[1:]
    if piece.startswith("_"):
        return " "
    return "" if piece.startswith("*") else piece


def _show_date(serial: float, pattern: str, locale: str) -> str:
    try:
        moment = from_serial(serial)
    except OverflowError:
        # No such day: the number as it is.
        return show_plain(serial, locale)
    parts = _DATE_PART.findall(pattern.split(";", maxsplit=1)[0])
    twelve = any(part.lower() in ("am/pm", "a/p") for part in parts)
    return "".join(
        _date_part(part, moment, (_is_minute(parts, index), twelve), locale)
        for index, part in enumerate(parts)
    )


def _is_minute(parts: list[str], index: int) -> bool:
    letters = [(i, part[0].lower()) for i, part in enumerate(parts) if part[0].lower() in "ymdhs"]
    here = next((n for n, (i, _) in enumerate(letters) if i == index), None)
    if here is None:
        return False
    before = letters[here - 1][1] if here else ""
    after = letters[here + 1][1] if here + 1 < len(letters) else ""
    return before == "h" or after == "s"


def _date_part(part: str, moment: datetime, time: tuple[bool, bool], locale: str) -> str:
    minute, twelve = time
    low = part.lower()
    if part.startswith(('"', "\\")):
        return _literal(part)
    if low in ("am/pm", "a/p"):
        return "AM" if moment.hour < 12 else "PM"
    match low[0]:
        case "y":
            return f"{moment.year:04d}" if len(low) > 2 else f"{moment.year % 100:02d}"
        case "m" if minute:
            return f"{moment.minute:0{min(len(low), 2)}d}"
        case "m":
            return _month(len(low), moment, locale)
        case "d" if len(low) > 2:
            return format_date(moment, "EEE" if len(low) == 3 else "EEEE", locale=locale)
        case "d":
            return f"{moment.day:0{len(low)}d}"
        case "h":
            hour = (moment.hour % 12 or 12) if twelve else moment.hour
            return f"{hour:0{min(len(low), 2)}d}"
        case "s":
            return f"{moment.second:0{min(len(low), 2)}d}"
    return part


def _month(length: int, moment: datetime, locale: str) -> str:
    if length <= 2:
        return f"{moment.month:0{length}d}"
    # A month beside a day declines in Russian; a month alone, the common heading, does not.
    return format_date(moment, "LLL" if length == 3 else "LLLL", locale=locale)

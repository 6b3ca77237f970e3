"""How a locale writes: separators of formulas and numbers, the usual date.

    ru_RU  =SUM(A1;1,5)   is kept as   =SUM(A1,1.5)   and is shown in en_US as   =SUM(A1,1.5)
    ru_RU  =SUM(A1,B1)    cannot be parsed: #ERROR!, as with the real thing

Function names are English in every locale (that is how the API takes them).
"""

import re
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol, get_group_symbol

from sandbox.google_sheets.model import Formula

__all__ = [
    "date_pattern",
    "decimal_symbol",
    "group_symbol",
    "known_locale",
    "read_formula",
    "show",
]

# A string, a quoted sheet name, a number, a separator, or anything else.
_TOKEN = re.compile(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|[A-Za-z_А-Яа-яЁё$][\w.$]*|.", re.DOTALL)
_NUMBER = re.compile(r"(\d)([.,])(\d)")
DATE_PATTERNS = {"en_US": "M/d/yyyy", "ru_RU": "dd.mm.yyyy", "en_GB": "dd/mm/yyyy"}


@cache
def known_locale(name: str) -> bool:
    """Whether there is such a locale; Google takes `en`, `ru_RU`, `fil`."""
    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return False
    return True


@cache
def decimal_symbol(locale: str) -> str:
    """What stands between whole and fraction."""
    return get_decimal_symbol(locale)


@cache
def group_symbol(locale: str) -> str:
    """What stands between thousands."""
    return get_group_symbol(locale)


def date_pattern(locale: str) -> str:
    """The date format that a typed or computed date gets."""
    return DATE_PATTERNS.get(locale, "dd.mm.yyyy")


def read_formula(text: str, locale: str) -> Formula:
    """A formula as typed in a locale, in canonical writing."""
    comma_decimal = decimal_symbol(locale) == ","
    pieces = _TOKEN.findall(text)
    result: list[str] = []
    for index, piece in enumerate(pieces):
        if piece == ";":
            result.append(",")
        elif piece == "," and comma_decimal:
            if not _between_digits(pieces, index):
                return Formula(text, broken=True)
            result.append(".")
        elif piece == "." and comma_decimal and _between_digits(pieces, index):
            return Formula(text, broken=True)
        elif piece == "\\" and comma_decimal:
            result.append(",")
        else:
            result.append(piece)
    return Formula("".join(result))


def show(formula: Formula, locale: str) -> str:
    """A formula as the locale writes it."""
    if formula.broken or decimal_symbol(locale) != ",":
        return formula.text
    pieces = _TOKEN.findall(formula.text)
    shown: list[str] = []
    depth = 0
    for index, piece in enumerate(pieces):
        depth += {"{": 1, "}": -1}.get(piece, 0)
        if piece == ",":
            shown.append("\\" if depth else ";")
        elif piece == "." and _between_digits(pieces, index):
            shown.append(",")
        else:
            shown.append(piece)
    return "".join(shown)


def _between_digits(pieces: list[str], index: int) -> bool:
    before = pieces[index - 1] if index else ""
    after = pieces[index + 1] if index + 1 < len(pieces) else ""
    return before.isdigit() and after.isdigit()

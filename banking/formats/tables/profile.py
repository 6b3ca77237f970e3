"""What a bank's table looks like, declared in a few lines of TOML; a new bank needs no code.

    name = "Банк, CSV"
    sign = "direction"                # signed | columns | direction
    [needed]                          # headings that must be there, each with its synonyms
    date = ["Дата проводки"]
    amount = ["Сумма операции в рублях"]
    direction = ["Направление"]
    [words]
    in = ["Входящий"]
    out = ["Исходящий"]

All keys stand in docs/spec-formats.md. Headings and words are compared folded (`grid.fold`).
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TypeVar

from banking.formats.tables.grid import fold

__all__ = [
    "BadProfile",
    "Fact",
    "Profile",
    "Role",
    "Sign",
    "packaged_profiles",
    "profile_from",
]


class Sign(StrEnum):
    """How the table says which way the money went."""

    SIGNED = "signed"
    COLUMNS = "columns"
    DIRECTION = "direction"


class Role(StrEnum):
    """What a column holds. `payer*` and `payee*` serve tables that name both sides.

    A `*_block` cell holds account, INN and name on lines of their own.
    """

    ACCOUNT = "account"
    DATE = "date"
    AMOUNT = "amount"
    DEBIT = "debit"
    CREDIT = "credit"
    DIRECTION = "direction"
    CURRENCY = "currency"
    STATUS = "status"
    NUMBER = "number"
    REFERENCE = "reference"
    TYPE = "type"
    PURPOSE = "purpose"
    COUNTERPARTY = "counterparty"
    COUNTERPARTY_INN = "counterparty_inn"
    COUNTERPARTY_ACCOUNT = "counterparty_account"
    PAYER = "payer"
    PAYER_INN = "payer_inn"
    PAYER_ACCOUNT = "payer_account"
    PAYER_BLOCK = "payer_block"
    PAYEE = "payee"
    PAYEE_INN = "payee_inn"
    PAYEE_ACCOUNT = "payee_account"
    PAYEE_BLOCK = "payee_block"


class Fact(StrEnum):
    """What may stand beside the table: labels, the value to the right or after a colon.

    `turnovers` and `count` have two values, under «Дебет» and «Кредит».
    """

    ACCOUNT = "account"
    PERIOD = "period"
    OPENING = "opening"
    CLOSING = "closing"
    CREDITED = "credited"
    DEBITED = "debited"
    TURNOVERS = "turnovers"
    COUNT = "count"


Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Profile:
    """One bank's table. Texts are folded; `dates` are patterns with named parts d, m, y."""

    name: str
    sign: Sign
    currency: str
    header_rows: int
    dates: tuple[re.Pattern[str], ...]
    needed: Mapping[Role, tuple[str, ...]]
    also: Mapping[Role, tuple[str, ...]]
    facts: Mapping[Fact, tuple[str, ...]]
    words_in: frozenset[str]
    words_out: frozenset[str]
    words_held: frozenset[str]


@dataclass(frozen=True, slots=True)
class BadProfile:
    """A profile that cannot be used, and why, for the person who wrote it."""

    source: str
    reason: str


_KEYS = frozenset(
    {"name", "sign", "currency", "header_rows", "dates", "needed", "also", "facts", "words"}
)
_SIGN_NEEDS = {
    Sign.SIGNED: ((Role.AMOUNT,),),
    Sign.COLUMNS: ((Role.DEBIT, Role.CREDIT),),
    Sign.DIRECTION: ((Role.AMOUNT,), (Role.DIRECTION,)),
}
_PARTS = {"dd": r"(?P<d>\d{1,2})", "mm": r"(?P<m>\d{1,2})", "yyyy": r"(?P<y>\d{4})"}
_PARTS["yy"] = r"(?P<y>\d{2})"
_DATE_PART = re.compile(r"dd|mm|yyyy|yy")
_TIME = r"(?:[ T]\s*\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?"


@cache
def packaged_profiles() -> tuple[Profile, ...]:
    """The profiles that come with the program, in the order of their file names."""
    folder = resources.files(__package__).joinpath("profiles")
    files = sorted(
        (one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name
    )
    profiles: list[Profile] = []
    for file in files:
        read = profile_from(file.name, file.read_text(encoding="utf-8"))
        assert isinstance(read, Profile), read
        profiles.append(read)
    return tuple(profiles)


def profile_from(source: str, text: str) -> Profile | BadProfile:
    """Read one profile; `source` is the name shown when something is wrong with it."""
    try:
        given = tomllib.loads(text)
        unknown = set(given) - _KEYS
        if unknown:
            return BadProfile(source, f"неизвестные ключи: {', '.join(sorted(unknown))}")
        return _profile(given)
    except tomllib.TOMLDecodeError as error:
        return BadProfile(source, f"это не TOML: {error}")
    except _Wrong as wrong:
        return BadProfile(source, wrong.reason)


class _Wrong(Exception):
    """Carries the reason up to `profile_from`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _profile(given: Mapping[str, object]) -> Profile:
    sign = _one_of(given.get("sign"), "sign", Sign)
    needed = _table(given, "needed", Role)
    words = _table(given, "words", _Way)
    if Role.DATE not in needed:
        raise _Wrong("в [needed] нет date")
    for roles in _SIGN_NEEDS[sign]:
        if not any(role in needed for role in roles):
            raise _Wrong(f"sign = {sign}: в [needed] нет {' или '.join(roles)}")
    if sign is Sign.DIRECTION and not (words.get(_Way.IN) and words.get(_Way.OUT)):
        raise _Wrong("sign = direction: в [words] нет in или out")
    header_rows = given.get("header_rows", 1)
    if header_rows not in (1, 2):
        raise _Wrong("header_rows: 1 или 2")
    return Profile(
        name=_text(given.get("name"), "name"),
        sign=sign,
        currency=_text(given.get("currency", "RUB"), "currency").upper(),
        header_rows=2 if header_rows == 2 else 1,  # noqa: PLR2004 - one or two
        dates=tuple(map(_pattern, _texts(given.get("dates", ["dd.mm.yyyy"]), "dates"))),
        needed=needed,
        also=_table(given, "also", Role),
        facts=_table(given, "facts", Fact),
        words_in=frozenset(words.get(_Way.IN, ())),
        words_out=frozenset(words.get(_Way.OUT, ())),
        words_held=frozenset(words.get(_Way.HELD, ())),
    )


_E = TypeVar("_E", bound=StrEnum)


class _Way(StrEnum):
    IN = "in"
    OUT = "out"
    HELD = "held"


def _one_of(value: object, key: str, kind: type[_E]) -> _E:
    if value not in set(kind):
        raise _Wrong(f"{key}: {', '.join(kind)}")
    return kind(str(value))


def _table(given: Mapping[str, object], key: str, kind: type[_E]) -> Mapping[_E, tuple[str, ...]]:
    table = given.get(key, {})
    if not isinstance(table, dict):
        raise _Wrong(f"{key}: нужна таблица [{key}]")
    return MappingProxyType(
        {
            _one_of(name, key, kind): tuple(map(fold, _texts(value, f"{key}.{name}")))
            for name, value in table.items()
        }
    )


def _texts(value: object, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise _Wrong(f"{key}: нужен список текстов")
    return tuple(_text(one, key) for one in value)


def _text(value: object, key: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Wrong(f"{key}: нужен текст")
    return value


def _pattern(form: str) -> re.Pattern[str]:
    parts = _DATE_PART.findall(form)
    if sorted(part[0] for part in parts) != ["d", "m", "y"]:
        raise _Wrong(f"dates: «{form}» не из dd, mm, yyyy")
    escaped = re.escape(form)
    return re.compile(_DATE_PART.sub(lambda found: _PARTS[found[0]], escaped) + _TIME)

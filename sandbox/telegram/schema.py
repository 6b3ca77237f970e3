"""The schema gate: every call is compared with the Bot API that the stand-in's file describes.

Breaches are sentences such as `sendMessage.text: 5000 characters, documented 1-4096`. Telegram
itself overlooks many of them; a test that ends with a breach has found a mistake of the bot.
"""

import json
import math
import pathlib
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from sandbox.telegram.markup import parse_html, utf16_length
from sandbox.telegram.wire import ATTACH, Call, JsonObject, RefusedError

__all__ = ["Breach", "BreachKind", "Schema", "load_schema"]

_FILE = pathlib.Path(__file__).with_name("bot_api.json")
_INTEGER = re.compile(r"-?[0-9]+")
_SCALARS: dict[str, type | tuple[type, ...]] = {
    "String": str,
    "Integer": int,
    "Boolean": bool,
    "True": bool,
    "Float": (int, float),
    "InputFile": str,
}


class BreachKind(StrEnum):
    """What sort of breach; Telegram refuses shapes and names, the rules of state refuse the rest."""

    UNKNOWN = "unknown"
    LIMIT = "limit"
    MISSING = "missing"
    SHAPE = "shape"
    NAME = "name"  # another value of a field that tells the members of a choice apart


@dataclass(frozen=True, slots=True)
class Breach:
    """One disagreement between a call and the documentation."""

    kind: BreachKind
    where: str
    words: str

    def __str__(self) -> str:
        return f"{self.where}: {self.words}"


@cache
def load_schema() -> "Schema":
    """The schema that lies beside this file."""
    return Schema(json.loads(_FILE.read_text(encoding="utf-8")))


class Schema:
    """Methods and types of one Bot API version."""

    def __init__(self, content: JsonObject) -> None:
        self.version: str = content["bot_api"]
        self.source_sha256: str = content["source_sha256"]
        self.all_methods = frozenset(content["all_methods"])
        self.methods: JsonObject = content["methods"]
        self._types: JsonObject = content["types"]
        self.update_kinds = frozenset(self._types["Update"]["fields"]) - {"update_id"}

    def decode(self, call: Call) -> Call:
        """Arguments in their documented types; what cannot be decoded stays text."""
        parameters = self.methods[call.method]["parameters"]
        arguments = {
            name: _decoded(value, parameters[name]["type"]) if name in parameters else value
            for name, value in call.arguments.items()
        }
        return Call(call.method, arguments, call.uploads)

    def breaches_of_call(self, call: Call) -> list[Breach]:
        """What of a decoded call is not as documented."""
        fields = self.methods[call.method]["parameters"]
        return self._object(fields, call.arguments, call.method, is_call=True)

    def breaches_of_value(self, type_text: str, value: object) -> list[Breach]:
        """What of a value is not as its type documents."""
        return self._value({"type": type_text}, value, type_text)

    def _object(
        self, fields: JsonObject, value: JsonObject, where: str, *, is_call: bool = False
    ) -> list[Breach]:
        found = []
        noun = "parameter" if is_call else "field"
        for name in value:
            if name not in fields:
                words = f"not a {noun} in Bot API {self.version}"
                found.append(Breach(BreachKind.UNKNOWN, f"{where}.{name}", words))
        for name, description in fields.items():
            here = f"{where}.{name}"
            if value.get(name) is None:
                if description.get("required"):
                    words = "missing, documented as required"
                    found.append(Breach(BreachKind.MISSING, here, words))
            else:
                found += self._value(description, value[name], here)
                found += _limits(description, value, name, here)
        return found

    def _value(self, description: JsonObject, value: object, where: str) -> list[Breach]:
        type_text: str = description["type"]
        if type_text.startswith("Array of "):
            return self._array(type_text.removeprefix("Array of "), value, where)
        attempts = [self._one(name, value, where) for name in type_text.split(" or ")]
        found = min(attempts, key=len)
        if not found and "const" in description and value != description["const"]:
            words = f"{value!r}, documented {description['const']!r}"
            return [Breach(BreachKind.NAME, where, words)]
        return found

    def _array(self, inner: str, value: object, where: str) -> list[Breach]:
        if not isinstance(value, list):
            words = f"{type(value).__name__}, documented Array of {inner}"
            return [Breach(BreachKind.SHAPE, where, words)]
        found: list[Breach] = []
        for index, item in enumerate(value):
            found += self._value({"type": inner}, item, f"{where}[{index}]")
        return found

    def _one(self, name: str, value: object, where: str) -> list[Breach]:
        if name.startswith("Array of "):
            return self._array(name.removeprefix("Array of "), value, where)
        if name in _SCALARS:
            return _scalar(name, value, where)
        if name == "KeyboardButton" and isinstance(value, str):
            return []  # docs, prose: for simple text buttons a String can be used instead
        if not isinstance(value, dict):
            return [Breach(BreachKind.SHAPE, where, f"{type(value).__name__}, documented {name}")]
        described = self._types[name]
        if "any_of" in described:
            attempts = [self._one(choice, value, where) for choice in described["any_of"]]
            # A wrong discriminator says that another member was meant, so it weighs most.
            return min(attempts, key=lambda breaches: (_misnamed(breaches), len(breaches)))
        return self._object(described["fields"], value, where)


def _decoded(value: Any, type_text: str) -> Any:
    if not isinstance(value, str):
        return value
    names = type_text.split(" or ") if not type_text.startswith("Array of ") else ["Array"]
    if names == ["String"] or ("InputFile" in names and value.startswith(ATTACH)):
        return value
    if "Integer" in names and _INTEGER.fullmatch(value):
        return int(value)
    if "String" in names:
        return value
    if names in (["Boolean"], ["True"]):
        # source: to_bool: true, yes and 1 in any case, everything else is false
        return value.lower() in {"true", "yes", "1"}
    try:
        return json.loads(value)
    except ValueError:
        return value


def _scalar(name: str, value: object, where: str) -> list[Breach]:
    wanted = _SCALARS[name]
    fits = isinstance(value, wanted) and (
        name in {"Boolean", "True"} or not isinstance(value, bool)
    )
    if name == "True":
        fits = value is True
    if fits:
        return []
    return [Breach(BreachKind.SHAPE, where, f"{type(value).__name__}, documented {name}")]


def _misnamed(breaches: list[Breach]) -> int:
    return sum(1 for breach in breaches if breach.kind is BreachKind.NAME)


def _limits(description: JsonObject, owner: JsonObject, name: str, where: str) -> list[Breach]:
    value = owner[name]
    measured: list[tuple[int, str, str]] = []
    if isinstance(value, str):
        text = _after_entities(owner, name) if description.get("after_entities") else value
        measured.append((utf16_length(text), "_chars", " characters"))
        measured.append((len(value.encode()), "_bytes", " bytes"))
    elif isinstance(value, list):
        measured.append((len(value), "_items", " items"))
    elif isinstance(value, int) and not isinstance(value, bool):
        measured.append((value, "", ""))
    return [
        Breach(BreachKind.LIMIT, where, f"{size}{noun}, documented {low}-{high}")
        for size, unit, noun in measured
        for low, high in [_range(description, unit)]
        if not low <= size <= high
    ]


def _range(description: JsonObject, unit: str) -> tuple[float, float]:
    return description.get(f"min{unit}", -math.inf), description.get(f"max{unit}", math.inf)


def _after_entities(owner: JsonObject, name: str) -> str:
    mode_of = {"quote": "quote_parse_mode"}
    if str(owner.get(mode_of.get(name, "parse_mode"), "")).lower() != "html":
        return str(owner[name])
    try:
        return parse_html(owner[name]).text
    except RefusedError:
        return "?"  # unparsable text has no length; the call is refused for that

"""The schema gate: Google's own discovery document, and its refusals for a wrong shape.

The document ships inside google-api-python-client and is read as a data file; nothing of that
package is imported. What is checked: route, query, JSON types, number ranges, enums, unknown
members, unions, field masks. What a request means is the business of the modules beside this one.
"""

import importlib.resources
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sandbox.google_sheets.errors import ApiError, Violation
from sandbox.google_sheets.masks import MaskSyntaxError, paths

__all__ = ["Method", "Schema", "load_schema"]

_RANGES = {
    "int32": (-(2**31), 2**31 - 1),
    "uint32": (0, 2**32 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint64": (0, 2**64 - 1),
}
_PROTO_NAMES = {
    "string": "TYPE_STRING",
    "boolean": "TYPE_BOOL",
    "number": "TYPE_DOUBLE",
    "integer": "TYPE_INT32",
}
# The document lists the members of a union as plain optional properties.
_UNIONS = {
    "Request": "kind",
    "ExtendedValue": "value",
    "ColorStyle": "kind",
    "DataFilter": "filter",
}
# `data` is the member of the request message that the body of a values call fills.
_BODY_NAMES = {"ValueRange": "data"}


@dataclass(frozen=True, slots=True)
class Method:
    """One API method of the document."""

    id: str
    http_method: str
    pattern: re.Pattern[str]
    parameters: Mapping[str, Any]
    request: str | None
    response: str | None


@cache
def load_schema() -> "Schema":
    """The document of the installed google-api-python-client."""
    folder = importlib.resources.files("googleapiclient")
    text = folder.joinpath("discovery_cache/documents/sheets.v4.json").read_text(encoding="utf-8")
    return Schema(json.loads(text))


class Schema:
    """The document, ready to judge traffic."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.schemas: dict[str, Any] = document["schemas"]
        self._shared: dict[str, Any] = document.get("parameters", {})
        self._methods = [_method(raw) for raw in _walk(document)]

    def find(self, http_method: str, raw_path: str) -> Method | None:
        """The method that serves a call; the path is still percent-encoded."""
        for method in self._methods:
            if method.http_method == http_method and method.pattern.fullmatch(raw_path):
                return method
        return None

    def check_request(
        self, method: Method, query: list[tuple[str, str]], body: object, *, has_body: bool
    ) -> None:
        """Pass, or raise Google's 400 with every violation."""
        violations = list(self._query(method, query))
        if has_body and method.request is None:
            text = "Invalid JSON payload received. Unknown name: Cannot find field."
            violations.append(Violation("", text))
        elif has_body and method.request is not None:
            place = _BODY_NAMES.get(method.request, "")
            violations += _Walk(self.schemas).message(body, method.request, place)
        if violations:
            message = "\n".join(violation.description for violation in violations)
            raise ApiError(400, message, tuple(violations))

    def check_reply(self, method: Method, body: object) -> list[str]:
        """Where a reply of ours is not what Google could have said."""
        if method.response is None:
            return []
        walk = _Walk(self.schemas, reply=True)
        found = walk.message(body, method.response, "")
        return [violation.description for violation in found]

    def unknown_member(self, root: str, path: list[str]) -> str | None:
        """The first name of a path that its message lacks."""
        schema: Any = {"$ref": root}
        for name in path:
            if name == "*":
                return None
            schema = self._resolve(schema)
            if schema.get("additionalProperties") is not None:
                schema = schema["additionalProperties"]
                continue
            known = schema.get("properties", {})
            if name not in known:
                return name
            schema = known[name]
        return None

    def _resolve(self, schema: Any) -> Any:
        while True:
            if "$ref" in schema:
                schema = self.schemas[schema["$ref"]]
            elif schema.get("type") == "array":
                schema = schema["items"]
            else:
                return schema

    def _query(self, method: Method, query: list[tuple[str, str]]) -> Iterator[Violation]:
        for name, value in query:
            spec = method.parameters.get(name) or self._shared.get(name)
            if spec is None or spec.get("location") == "path":
                text = (
                    f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query '
                    f"parameter. Field '{name}' could not be found in request message."
                )
                yield Violation("", text)
            elif name == "fields":
                yield from self._selection(method, value)
            elif not _parameter_fits(value, spec):
                yield _bad(_snake(name), _parameter_type(name, spec), value)

    def _selection(self, method: Method, text: str) -> Iterator[Violation]:
        assert method.response is not None
        try:
            wanted = paths(text)
        except MaskSyntaxError:
            yield Violation("fields", f"Error expanding 'fields' parameter: {text}")
            return
        for path in wanted:
            if self.unknown_member(method.response, path):
                shown = ".".join(path)
                yield Violation(
                    shown,
                    "Error expanding 'fields' parameter. Cannot find matching fields for path "
                    f"'{shown}'.",
                )


class _Walk:
    """Walks one JSON value along its schema."""

    def __init__(self, schemas: dict[str, Any], *, reply: bool = False) -> None:
        self._schemas = schemas
        self._reply = reply

    def message(self, value: Any, name: str, place: str) -> Iterator[Violation]:
        schema = self._schemas[name]
        if not isinstance(value, dict):
            yield _bad(place, f"type.googleapis.com/google.apps.sheets.v4.{name}", value)
            return
        yield from self._object(value, schema, place)
        if name in _UNIONS:
            members = [key for key in schema["properties"] if value.get(key) is not None]
            if len(members) > 1:
                union = f"oneof field '{_UNIONS[name]}' is already set. Cannot set '{members[1]}'"
                yield Violation(place, f"Invalid value at '{place}' (oneof), {union}")
        if name == "ValueRange":
            yield from self._cells(value.get("values"), place)

    def _value(self, value: Any, schema: Any, place: str) -> Iterator[Violation]:
        if value is None:
            if self._reply:
                yield Violation(place, f"null at {place}")
            return
        if "$ref" in schema:
            yield from self.message(value, schema["$ref"], place)
            return
        match schema.get("type"):
            case "any":
                return
            case "object":
                yield from self._map(value, schema, place)
            case "array":
                yield from self._array(value, schema, place)
            case kind:
                if not _scalar_fits(value, schema, reply=self._reply):
                    yield _bad(place, _scalar_type(str(kind), schema, place), value)

    def _object(self, value: dict[str, Any], schema: Any, place: str) -> Iterator[Violation]:
        known = schema.get("properties", {})
        for key, item in value.items():
            below = f"{place}.{_snake(key)}" if place else _snake(key)
            if key in known:
                yield from self._value(item, known[key], below)
                continue
            where = f" at '{place}'" if place else ""
            text = (
                f'Invalid JSON payload received. Unknown name "{key}"{where}: Cannot find field.'
            )
            yield Violation(place, text)

    def _map(self, value: Any, schema: Any, place: str) -> Iterator[Violation]:
        if not isinstance(value, dict):
            yield _bad(place, "type.googleapis.com/google.protobuf.Struct", value)
            return
        other = schema.get("additionalProperties", {"type": "any"})
        for key, item in value.items():
            yield from self._value(item, other, f"{place}[{key}]")

    def _array(self, value: Any, schema: Any, place: str) -> Iterator[Violation]:
        items = schema["items"]
        if not isinstance(value, list):
            nested = items.get("type") == "array"
            kind = "type.googleapis.com/google.protobuf.ListValue" if nested else "repeated"
            yield _bad(place, kind, value)
            return
        if items.get("type") == "any":
            return
        for index, item in enumerate(value):
            if item is None:
                kind = items.get("$ref") or items.get("type")
                yield _bad(f"{place}[{index}]", f"type.googleapis.com/{kind}", None)
            else:
                yield from self._value(item, items, f"{place}[{index}]")

    def _cells(self, rows: Any, place: str) -> Iterator[Violation]:
        """The schema lets a cell be anything; the API takes and gives scalars."""
        for index, row in enumerate(rows if isinstance(rows, list) else []):
            for column, cell in enumerate(row if isinstance(row, list) else []):
                if isinstance(cell, list | dict):
                    kind = "list_value" if isinstance(cell, list) else "struct_value"
                    text = f"Invalid values[{index}][{column}]: {kind}"
                    yield Violation(place, text)


def _walk(resource: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from resource.get("methods", {}).values()
    for inner in resource.get("resources", {}).values():
        yield from _walk(inner)


def _method(raw: dict[str, Any]) -> Method:
    pattern, position = "/", 0
    for match in re.finditer(r"\{\+?(\w+)\}", raw["path"]):
        pattern += re.escape(raw["path"][position : match.start()])
        # Only a range may hold a colon; it must not swallow ":append" either.
        inner = "(?:(?!:append$|:clear$)[^/])+" if match[1] == "range" else "[^/:]+"
        pattern += f"(?P<{match[1]}>{inner})"
        position = match.end()
    pattern += re.escape(raw["path"][position:])
    return Method(
        id=raw["id"].removeprefix("sheets."),
        http_method=raw["httpMethod"],
        pattern=re.compile(pattern),
        parameters=raw.get("parameters", {}),
        request=raw.get("request", {}).get("$ref"),
        response=raw.get("response", {}).get("$ref"),
    )


def _scalar_fits(value: Any, schema: Any, *, reply: bool) -> bool:
    form = schema.get("format", "")
    match schema.get("type"):
        case "string" if form in _RANGES:
            return _integer_fits(value, form, as_text=True)
        case "string":
            return isinstance(value, str) and value in schema.get("enum", [value])
        case "integer":
            return _integer_fits(value, form, as_text=not reply)
        case "number":
            return _number_fits(value, as_text=not reply)
        case "boolean":
            return isinstance(value, bool)
    return False


def _integer_fits(value: Any, form: str, *, as_text: bool) -> bool:
    number = value
    if (isinstance(value, str) and as_text and re.fullmatch(r"-?\d{1,20}", value)) or (
        isinstance(value, float) and value.is_integer()
    ):
        number = int(value)
    if isinstance(number, bool) or not isinstance(number, int):
        return False
    low, high = _RANGES.get(form, (number, number))
    return low <= number <= high


def _number_fits(value: Any, *, as_text: bool) -> bool:
    if isinstance(value, str):
        number = r"NaN|-?Infinity|-?\d+(\.\d+)?([eE][+-]?\d+)?"
        return as_text and bool(re.fullmatch(number, value))
    return isinstance(value, int | float) and not isinstance(value, bool)


def _scalar_type(kind: str, schema: Any, place: str) -> str:
    if "enum" in schema:
        return _enum_type(place.rsplit(".", 1)[-1])
    if schema.get("format") in _RANGES:
        return f"TYPE_{schema['format'].upper()}"
    return _PROTO_NAMES[kind]


def _parameter_fits(value: str, spec: Any) -> bool:
    if "enum" in spec:
        return value in spec["enum"]
    match spec.get("type"):
        case "boolean":
            return value.lower() in ("true", "false")
        case "integer":
            return bool(re.fullmatch(r"-?\d+", value))
    return True


def _parameter_type(name: str, spec: Any) -> str:
    return _enum_type(_snake(name)) if "enum" in spec else _PROTO_NAMES[spec["type"]]


def _enum_type(snake: str) -> str:
    pascal = "".join(part.capitalize() for part in snake.split("_"))
    return f"type.googleapis.com/google.apps.sheets.v4.{pascal}"


def _bad(place: str, kind: str, value: Any) -> Violation:
    if place:
        shown = json.dumps(value, ensure_ascii=False)
        return Violation(place, f"Invalid value at '{place}' ({kind}), {shown}")
    text = f"Invalid JSON payload received. Unexpected value for {kind.rsplit('.', 1)[-1]}."
    return Violation(place, text)


@cache
def _snake(name: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()

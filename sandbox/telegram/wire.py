"""The wire of the Bot API: how a call is read and how an answer or a refusal is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

__all__ = [
    "ATTACH",
    "Call",
    "JsonObject",
    "RefusedError",
    "Upload",
    "answer",
    "read_call",
    "refusal",
]

JsonObject = dict[str, Any]
ATTACH = "attach://"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in a multipart body."""

    name: str
    data: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method; arguments are as they came until the schema has decoded them."""

    method: str
    arguments: JsonObject
    uploads: Mapping[str, Upload] = field(default_factory=dict)


class RefusedError(Exception):
    """Telegram says no: an HTTP status and its own words, without the `Bad Request: ` prefix."""

    def __init__(self, code: int, words: str) -> None:
        """Keep the status and the words."""
        super().__init__(f"{code}: {words}")
        self.code = code
        self.words = words


# source: Client.cpp fail_query_with_error; other codes carry their words as they are.
_PREFIXES = {400: "Bad Request: ", 403: "Forbidden: "}


async def read_call(request: web.Request, method: str) -> Call:
    """Read query, urlencoded, multipart or JSON; the body wins over the query."""
    arguments: JsonObject = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json":
        arguments |= await _json_arguments(request)
    elif request.body_exists:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                uploads[name] = Upload(value.filename, value.file.read(), value.content_type)
                arguments.setdefault(name, ATTACH + name)
            elif isinstance(value, str):
                arguments[name] = value
    arguments = {
        name: value
        for name, value in arguments.items()
        if not _is_attachment(name, uploads, arguments)
    }
    return Call(method, arguments, uploads)


def answer(result: object, description: str | None = None) -> web.Response:
    """The envelope of a success."""
    body: JsonObject = {"ok": True, "result": result}
    if description is not None:
        body["description"] = description
    return web.json_response(body)


def refusal(code: int, words: str, parameters: JsonObject | None = None) -> web.Response:
    """The envelope of a refusal; the HTTP status repeats the code."""
    body: JsonObject = {
        "ok": False,
        "error_code": code,
        "description": _PREFIXES.get(code, "") + words,
    }
    if parameters is not None:
        body["parameters"] = parameters
    return web.json_response(body, status=code)


async def _json_arguments(request: web.Request) -> JsonObject:
    try:
        body = await request.json()
    except ValueError:
        raise RefusedError(400, "can't parse JSON object") from None  # assumed words
    if not isinstance(body, dict):
        raise RefusedError(400, "object expected")  # assumed words
    return {name: value for name, value in body.items() if value is not None}


def _is_attachment(name: str, uploads: Mapping[str, Upload], arguments: JsonObject) -> bool:
    """A part that another argument points to by `attach://name` is a file and no parameter."""
    if name not in uploads:
        return False
    pointer = ATTACH + name
    return any(pointer in str(value) for other, value in arguments.items() if other != name)

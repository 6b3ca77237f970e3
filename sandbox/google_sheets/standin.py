"""The Google Sheets stand-in: the gate of the API, in the order in which Google refuses.

fault, bearer, route, schema, quota, spreadsheet, share, meaning. A request kind, a field mask or a
method that is not modelled answers 501 and is remembered; so is every request that Google's schema
refuses. Both are logged as warnings, too: every test of the project listens and ends without one.
"""

import json
import logging
import zlib
from collections import deque
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote

from aiohttp import web

from sandbox.faults import FaultKind, FaultReplies, Faults, fault_middleware
from sandbox.google_sheets.admin import Admin
from sandbox.google_sheets.api import READS, Access, ApiCall, Shelf, answer
from sandbox.google_sheets.credentials import ACCOUNT
from sandbox.google_sheets.engine import Engine
from sandbox.google_sheets.errors import ApiError, NotModelledError, error_body
from sandbox.google_sheets.model import Json
from sandbox.google_sheets.oauth import Bearer, GrantRefusedError, TokenDesk
from sandbox.google_sheets.people import People
from sandbox.google_sheets.quota import Quota, quota_body
from sandbox.google_sheets.schema import Method, load_schema
from sandbox.google_sheets.seeding import new_book
from world.clock import Clock

__all__ = ["GoogleSheetsStandin", "SeenCall"]

SYSTEM = "google_sheets"
_LOG = logging.getLogger(__name__)
OPEN_TOKEN = "conformance"  # noqa: S105 - a name agreed with the conformance suite, no secret
BODY_BYTES_MAX = 10 * 1024 * 1024
CALLS_KEPT = 100
_NO_BEARER = (
    "Request is missing required authentication credential. Expected OAuth 2 access token, login "
    "cookie or other valid authentication credential. See "
    "https://developers.google.com/identity/sign-in/web/devconsole-project."
)
_BAD_BEARER = _NO_BEARER.replace(
    "is missing required authentication credential", "had invalid authentication credentials"
)


@dataclass(frozen=True, slots=True)
class SeenCall:
    """One API call as it arrived, for tests that look at what was sent."""

    method: str
    spreadsheet_id: str
    body: Json
    status: int


class GoogleSheetsStandin(People):
    """Google Sheets on localhost; `app` is served by whoever builds the house."""

    def __init__(
        self,
        clock: Clock,
        faults: Faults,
        *,
        quota_per_minute: int | None = 60,
        open_access: bool = False,
    ) -> None:
        """`quota_per_minute` counts reads and writes apart, None switches the quota off.

        `open_access` lets the bearer `conformance` in, for the replay of recorded traffic.
        """
        self.violations: list[str] = []
        self.not_modelled: list[str] = []
        self.calls: deque[SeenCall] = deque(maxlen=CALLS_KEPT)
        self.shelves: dict[str, Shelf] = {}
        self.tokens = TokenDesk(clock)
        self._clock = clock
        self._open_access = open_access
        self._quota = Quota(clock, quota_per_minute)
        self._ids = 0
        replies = FaultReplies(_too_many, _server_error, _OTHER_FAULTS)
        middleware = fault_middleware(SYSTEM, faults, clock, replies, _call_name)
        self.app = web.Application(middlewares=[middleware], client_max_size=BODY_BYTES_MAX)
        self.app.add_routes(Admin(self).routes())
        self.app.router.add_post("/token", self._token)
        self.app.router.add_route("*", "/v4/{rest:.*}", self._serve)

    def trust(self, info: dict[str, Any]) -> None:
        """Let a service account in, by the content of its JSON file."""
        self.tokens.trust(info)

    def create(self, seed: Json) -> Shelf:
        """Make a spreadsheet, or replace the one with the same id; see the admin call."""
        access = Access(seed.get("access") or Access.WRITER)
        shelf = Shelf(new_book(seed), Engine(self._clock), access)
        self.shelves[shelf.book.id] = shelf
        return shelf

    def remove(self, spreadsheet_id: str) -> None:
        """Remove a spreadsheet; an unknown id is no error."""
        self.shelves.pop(spreadsheet_id, None)

    def shelf(self, spreadsheet_id: str) -> Shelf:
        """The spreadsheet with its share; `KeyError` when there is none."""
        return self.shelves[spreadsheet_id]

    async def _token(self, request: web.Request) -> web.Response:
        form = {key: str(value) for key, value in (await request.post()).items()}
        try:
            return web.json_response(self.tokens.grant(form))
        except GrantRefusedError as error:
            refusal = {"error": error.error, "error_description": error.description}
            return web.json_response(refusal, status=400)

    async def _serve(self, request: web.Request) -> web.Response:
        raw_path, _, raw_query = request.raw_path.partition("?")
        body = await request.read()
        method = load_schema().find(request.method, raw_path)
        if method is None:
            return _html_not_found(raw_path)
        query = parse_qsl(raw_query, keep_blank_values=True)
        payload: Json = {}
        try:
            bearer = self._bearer(request)
            payload = self._checked(method, query, body)
            shown, status = self._answer(method, raw_path, query, payload, bearer), 200
        except ApiError as error:
            shown, status = error_body(error.status, error.message, error.violations), error.status
            if status == 429:
                shown = quota_body(write=method.id not in READS)
        except NotModelledError as error:
            self._note(self.not_modelled, error.what)
            text = f"The stand-in does not model: {error.what}"
            shown, status = error_body(501, text), 501
        spreadsheet_id = _path(method, raw_path).get("spreadsheetId", "")
        self.calls.append(SeenCall(method.id, spreadsheet_id, payload, status))
        return web.json_response(shown, status=status, dumps=_dumps)

    def _checked(self, method: Method, query: list[tuple[str, str]], body: bytes) -> Json:
        try:
            payload = json.loads(body, parse_constant=_no_number) if body.strip() else None
            # A half of a surrogate pair is no text, and could not be sent back.
            json.dumps(payload, ensure_ascii=False).encode() if b"\\u" in body else None
        except (ValueError, RecursionError):
            self._note(self.violations, f"{method.id}: the body is not JSON")
            raise ApiError(400, "Invalid JSON payload received. Unexpected token.") from None
        try:
            load_schema().check_request(method, query, payload, has_body=payload is not None)
        except ApiError as error:
            self._note(self.violations, f"{method.id}: {error.message}")
            raise
        checked: Json = payload or {}
        return checked

    def _answer(
        self,
        method: Method,
        raw_path: str,
        query: list[tuple[str, str]],
        payload: Json,
        bearer: Bearer,
    ) -> Json:
        write = method.id not in READS
        if not (bearer.writes if write else bearer.reads or bearer.writes):
            raise ApiError(403, "Request had insufficient authentication scopes.")
        if not self._quota.take(bearer.account, write=write):
            raise ApiError(429, "Quota exceeded")
        if method.id == "spreadsheets.create":
            # A service account has no Drive of its own to keep a file in.
            raise ApiError(403, "The caller does not have permission")
        path = _path(method, raw_path)
        shelf = self.shelves.get(path["spreadsheetId"])
        if shelf is None:
            raise ApiError(404, "Requested entity was not found.")
        if shelf.access is Access.DENIED or (write and shelf.access is Access.READER):
            raise ApiError(403, "The caller does not have permission")
        call = ApiCall(method.id, path, query, payload, bearer.account, self._new_id)
        reply = answer(shelf, call)
        for unknown in sorted(shelf.engine.unknown):
            self._note(self.not_modelled, unknown)
        shelf.engine.unknown.clear()
        problems = load_schema().check_reply(method, reply)
        assert not problems, problems
        return reply

    def _bearer(self, request: web.Request) -> Bearer:
        header = request.headers.get("Authorization", "")
        if not header.startswith("Bearer "):
            raise ApiError(401, _NO_BEARER)
        token = header.removeprefix("Bearer ")
        if self._open_access and token == OPEN_TOKEN:
            return Bearer(ACCOUNT, reads=True, writes=True, expires_at=self._clock.now())
        bearer = self.tokens.bearer(token)
        if bearer is None:
            raise ApiError(401, _BAD_BEARER)
        return bearer

    def _note(self, kept: list[str], what: str) -> None:
        """Remember what should not have been asked, and say so to whoever runs the stand-in."""
        kept.append(what)
        word = "violation" if kept is self.violations else "not modelled"
        _LOG.warning("%s: %s", word, what)

    def _new_id(self) -> int:
        """Numbers that look chosen by chance, as Google's do, and repeat from run to run."""
        self._ids += 1
        return zlib.crc32(str(self._ids).encode()) & 0x7FFF_FFFF


def _no_number(name: str) -> None:
    """NaN and Infinity are no JSON, though Python would read them."""
    raise ValueError(name)


def _path(method: Method, raw_path: str) -> dict[str, str]:
    found = method.pattern.fullmatch(raw_path)
    assert found is not None
    return {name: unquote(value) for name, value in found.groupdict().items()}


def _call_name(request: web.Request) -> str:
    if request.path == "/token":
        return "token"
    method = load_schema().find(request.method, request.raw_path.partition("?")[0])
    return method.id if method else f"{request.method} {request.path}"


def _html_not_found(path: str) -> web.Response:
    text = (
        "<!DOCTYPE html>\n<html lang=en><title>Error 404 (Not Found)!!1</title>"
        f"<p><b>404.</b> <ins>That's an error.</ins><p>The requested URL <code>{path}</code> "
        "was not found on this server."
    )
    return web.Response(status=404, text=text, content_type="text/html")


def _too_many() -> web.Response:
    return web.json_response(quota_body(write=True), status=429)


def _server_error() -> web.Response:
    text = "The service is currently unavailable."
    return web.json_response(error_body(503, text), status=503)


_OTHER_FAULTS = {
    FaultKind.INTERNAL: lambda: web.json_response(
        error_body(500, "Internal error encountered."), status=500
    ),
    FaultKind.UNAUTHORIZED: lambda: web.json_response(error_body(401, _BAD_BEARER), status=401),
    FaultKind.FORBIDDEN: lambda: web.json_response(
        error_body(403, "The caller does not have permission"), status=403
    ),
}


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

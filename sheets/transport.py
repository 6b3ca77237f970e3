"""One spreadsheet over gspread's HTTP client: timeouts, no inner retries, every outcome named.

gspread alone waits for ever, and its backing-off client posts again for ever (facts: sheets 2), so
only its session and addresses are used. All retries are the outbox's. A thread of its own keeps the
requests session to one thread; a bucket keeps to 50 writes a minute, whatever the outbox asks.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
import structlog
from google.auth import exceptions as auth_errors
from google.auth.transport.requests import AuthorizedSession
from google.oauth2.service_account import Credentials
from gspread.exceptions import APIError
from gspread.http_client import HTTPClient
from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL
from requests.adapters import HTTPAdapter
from urllib3.exceptions import NewConnectionError

from sheets.problems import (
    BadKey,
    Busy,
    NotFound,
    NotShared,
    Problem,
    RefusedByGoogle,
    Unanswered,
    Unreachable,
)
from sheets.quota import GOOGLE_PER_MINUTE, Quotas
from world.clock import Clock
from world.points import reached

__all__ = ["SCOPE", "Reply", "SheetsTransport", "TransportLimits"]

log = structlog.get_logger()

SCOPE = "https://www.googleapis.com/auth/spreadsheets"
HOST = "https://sheets.googleapis.com"
_JSON = {"Content-Type": "application/json; charset=utf-8"}
_AMBIGUOUS = range(500, 600)


@dataclass(frozen=True, slots=True)
class TransportLimits:
    """Bounds of every call; Google itself gives a request up after 180 s."""

    connect_timeout_s: float = 10
    read_timeout_s: float = 60
    writes_per_minute: int = 50
    reads_per_minute: int = 50
    throttled_s: int = 30

    def __post_init__(self) -> None:
        assert 0 < self.connect_timeout_s <= self.read_timeout_s
        assert 1 <= self.writes_per_minute <= GOOGLE_PER_MINUTE
        assert 1 <= self.reads_per_minute <= GOOGLE_PER_MINUTE


@dataclass(frozen=True, slots=True)
class Reply:
    """2xx with its JSON."""

    body: Mapping[str, Any]


class SheetsTransport:
    """Talks to one spreadsheet as a service account; one request in flight."""

    def __init__(
        self,
        account: Mapping[str, Any],
        spreadsheet_id: str,
        clock: Clock,
        *,
        base_url: str | None = None,
        limits: TransportLimits | None = None,
        quotas: Quotas | None = None,
    ) -> None:
        """`account` is the content of the service account's JSON file.

        `base_url` sends what is meant for Google to a stand-in; production leaves it out. All
        transports of one account share `quotas`; `keep_free` calls of a minute are left to others.
        """
        self.keep_free = 0
        self.spreadsheet_id = spreadsheet_id
        self.email = str(account["client_email"])
        self._clock = clock
        self._limits = limits or TransportLimits()
        self._account = account
        self._base_url = base_url
        self._client: HTTPClient | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sheets")
        self._quotas = quotas or Quotas(
            self._limits.reads_per_minute, self._limits.writes_per_minute
        )
        self._turn = asyncio.Lock()

    async def batch_update(self, requests_: list[dict[str, Any]]) -> Reply | Problem:
        """`spreadsheets.batchUpdate`: Google does all of it or nothing."""
        body = json.dumps({"requests": requests_}, ensure_ascii=False).encode()
        url = SPREADSHEET_BATCH_UPDATE_URL % self.spreadsheet_id
        async with self._turn:
            await self._quotas.writes.taken(self._clock, self.keep_free)
            reached("sheets:before-call")
            reply = await self._call(
                lambda client: client.request("post", url, data=body, headers=dict(_JSON))
            )
            reached("sheets:after-call")
        log.info("sheets write", requests=len(requests_), bytes=len(body), outcome=_name(reply))
        return reply

    async def get(self, fields: str, ranges: tuple[str, ...] = ()) -> Reply | Problem:
        """`spreadsheets.get` with a field mask, of the whole file or of A1 ranges."""
        url = SPREADSHEET_URL % self.spreadsheet_id
        params: dict[str, Any] = {"fields": fields}
        if ranges:
            params["ranges"] = list(ranges)
        async with self._turn:
            await self._quotas.reads.taken(self._clock, self.keep_free)
            return await self._call(lambda client: client.request("get", url, params=params))

    def close(self) -> None:
        """Let the thread and the connections go."""
        client = self._client
        if client is not None:
            self._thread.submit(client.session.close).result()
        self._thread.shutdown(wait=True)

    async def _call(self, call: Callable[[HTTPClient], requests.Response]) -> Reply | Problem:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._blocking, call)

    def _blocking(self, call: Callable[[HTTPClient], requests.Response]) -> Reply | Problem:
        try:
            client = self._connected()
        except ValueError as error:
            return BadKey(self.email, _short(error))
        try:
            return _read(call(client))
        except APIError as error:
            return self._refused(error)
        except (auth_errors.TransportError, requests.ConnectTimeout) as error:
            # The token or the connection is asked for before the request: nothing was sent.
            return Unreachable(type(error).__name__)
        except auth_errors.GoogleAuthError as error:
            if error.retryable or _is_page(error):
                return Unreachable(_short(error))
            return BadKey(self.email, _short(error))
        except requests.ConnectionError as error:
            return _disconnected(error)
        except requests.RequestException as error:
            return Unanswered(type(error).__name__)

    def _connected(self) -> HTTPClient:
        """The client, made in the thread that uses it."""
        if self._client is None:
            credentials = _Account.from_service_account_info(  # type: ignore[no-untyped-call]  # google-auth
                dict(self._account), scopes=[SCOPE]
            )
            patience_s = int(self._limits.read_timeout_s)
            session = AuthorizedSession(credentials, refresh_timeout=patience_s)  # type: ignore[no-untyped-call]  # google-auth
            if self._base_url is not None:
                session.mount(HOST, _Elsewhere(self._base_url))
            client = HTTPClient(credentials, session=session)
            client.set_timeout((self._limits.connect_timeout_s, self._limits.read_timeout_s))
            self._client = client
        return self._client

    def _refused(self, error: APIError) -> Problem:
        """Google's refusal; a 5xx may come after the effect."""
        status = error.response.status_code
        if status in _AMBIGUOUS:
            return Unanswered(f"HTTP {status}")
        match status:
            case 401:
                return BadKey(self.email, "401")
            case 403:
                return NotShared(self.email)
            case 404:
                return NotFound(self.email, self.spreadsheet_id)
            case 429:
                return Busy(self._limits.throttled_s)
            case _:
                return RefusedByGoogle(status, _short(error))


class _Account(Credentials):
    """A service account that asks Google for nothing but its token.

    google-auth would also look up in which regions the account may work: at another host, from a
    thread of its own on our session, with a scope we do not have.
    """

    def _is_regional_access_boundary_lookup_required(self) -> bool:
        return False

    def refresh(self, request: Any) -> None:
        """A 200 that holds no token, as a proxy's page does, is no answer; google-auth trips over it."""
        try:
            super().refresh(request)  # type: ignore[no-untyped-call]  # google-auth
        except (TypeError, AttributeError, ValueError) as error:
            problem = auth_errors.TransportError("no token in the answer")  # type: ignore[no-untyped-call]  # google-auth
            raise problem from error


class _Elsewhere(HTTPAdapter):
    """Sends what is meant for Google's host to another address."""

    def __init__(self, base_url: str) -> None:
        self._base = urlsplit(base_url)
        super().__init__()

    def send(
        self, request: requests.PreparedRequest, *args: Any, **kwargs: Any
    ) -> requests.Response:
        """Keep everything but scheme, host and port."""
        assert request.url is not None
        parts = urlsplit(request.url)
        request.url = urlunsplit((self._base.scheme, self._base.netloc, *parts[2:]))
        return super().send(request, *args, **kwargs)


def _read(response: requests.Response) -> Reply | Problem:
    try:
        body = response.json()
    except ValueError:
        return Unanswered("answer is not JSON")
    if not isinstance(body, dict):
        return Unanswered("answer is not an object")
    return Reply(body)


def _is_page(error: auth_errors.GoogleAuthError) -> bool:
    """A refusal that is not Google's JSON says nothing of the key: a proxy's page, for one."""
    refused = isinstance(error, auth_errors.RefreshError)
    return refused and not any(isinstance(one, Mapping) for one in error.args)


def _disconnected(error: requests.ConnectionError) -> Problem:
    """A connection that was never made sent nothing; one that broke may have."""
    cause = error.args[0] if error.args else None
    reason = getattr(cause, "reason", cause)
    if isinstance(reason, NewConnectionError):
        return Unreachable("connection refused or no such host")
    return Unanswered(type(error).__name__)


def _short(error: Exception) -> str:
    return str(error)[:300]


def _name(reply: Reply | Problem) -> str:
    return type(reply).__name__

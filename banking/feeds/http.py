"""HTTP to one bank: bearer token, timeouts, our pace, few attempts, and what each answer means.

Every call only reads, so it may be repeated. The token stands in one header and nowhere else: not
in an address, a log or an error; redirects are refused, since they would carry it elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import structlog

from banking.feeds.exact import NotJson, parse
from banking.feeds.protocol import (
    Failure,
    FeedRefused,
    FeedUnavailable,
    LimitReached,
    TokenRefused,
)
from store.database import Store
from world.clock import Clock
from world.points import reached

__all__ = ["BankHttp", "FeedError", "HttpSettings"]

log = structlog.get_logger()

OK = range(200, 300)
TOKEN_REFUSED = {401, 403}
TOO_MANY = 429
FIRST_SERVER_ERROR = 500
RETRY_AFTER_S = 2
WAIT_S_MAX = 10
ANSWER_BYTES_MAX = 32 * 1024 * 1024
CHUNK_BYTES = 64 * 1024
DETAIL_CHARS_MAX = 200


class FeedError(Exception):
    """A call came to nothing; `failure` says how."""

    def __init__(self, failure: Failure) -> None:
        """Built of facts only."""
        super().__init__(str(failure))
        self.failure = failure


@dataclass(frozen=True, slots=True)
class HttpSettings:
    """Where the bank is and how to enter it. The token is never printed."""

    base_url: str
    token: str = field(repr=False)
    call_every_ms: int = 100
    attempts_max: int = 3
    connect_timeout_s: int = 5
    total_timeout_s: int = 30
    headers: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        assert urlsplit(self.base_url).scheme in {"http", "https"}
        assert self.attempts_max > 0
        assert 0 < self.connect_timeout_s <= self.total_timeout_s


class BankHttp:
    """Calls that give a JSON tree with exact numbers, or raise `FeedError`."""

    def __init__(self, settings: HttpSettings, clock: Clock) -> None:
        """Opens no connection; the session is made with the first call."""
        self._settings = settings
        self._clock = clock
        self._free_at = clock.now()
        self._session: aiohttp.ClientSession | None = None

    async def call(
        self, method: str, path: str, query: Mapping[str, str] | None = None, body: Any = None
    ) -> Any:
        """Call until there is an answer that settles it, `attempts_max` times at most."""
        assert not Store.writing(), "no call to the outside inside a transaction"
        failure: Failure = FeedUnavailable("")
        for attempt in range(1, self._settings.attempts_max + 1):
            try:
                return await self._once(method, path, query, body)
            except FeedError as error:
                failure = error.failure
            wait_s = _wait_s(failure, attempt)
            log.info("a bank's call failed", call=f"{method} {path}", failure=str(failure))
            if wait_s is None or attempt == self._settings.attempts_max:
                break
            await self._clock.sleep(wait_s)
        raise FeedError(failure)

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _once(
        self, method: str, path: str, query: Mapping[str, str] | None, body: Any
    ) -> Any:
        await self._pace()
        url = f"{self._settings.base_url.rstrip('/')}/{path}"
        reached("feed:before-call")
        try:
            async with self._open().request(
                method, url, params=query, json=body, allow_redirects=False
            ) as answer:
                content = await _whole(answer)
                reached("feed:after-call")
                return _meaning(answer.status, answer.headers, content)
        except (aiohttp.ClientError, TimeoutError) as error:
            # The error's own words may quote the request.
            raise FeedError(FeedUnavailable(type(error).__name__)) from None

    async def _pace(self) -> None:
        now = self._clock.now()
        turn = max(self._free_at, now)
        self._free_at = turn + timedelta(milliseconds=self._settings.call_every_ms)
        wait = (turn - now).total_seconds()
        if wait > 0:
            await self._clock.sleep(wait)

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            settings = self._settings
            timeout = aiohttp.ClientTimeout(
                total=settings.total_timeout_s, connect=settings.connect_timeout_s
            )
            headers = {"Authorization": f"Bearer {settings.token}", **settings.headers}
            self._session = aiohttp.ClientSession(timeout=timeout, headers=headers)
        return self._session


def _wait_s(failure: Failure, attempt: int) -> int | None:
    """How long before the next attempt; None when another one makes no sense now."""
    match failure:
        case FeedUnavailable():
            return min(1 << (attempt - 1), WAIT_S_MAX)
        case LimitReached(after_s) if after_s <= WAIT_S_MAX:
            return after_s
        case _:
            return None


async def _whole(answer: aiohttp.ClientResponse) -> bytes:
    content = bytearray()
    async for chunk in answer.content.iter_chunked(CHUNK_BYTES):
        content += chunk
        if len(content) > ANSWER_BYTES_MAX:
            raise FeedError(FeedUnavailable(f"an answer over {ANSWER_BYTES_MAX} bytes"))
    return bytes(content)


def _meaning(status: int, headers: Mapping[str, str], content: bytes) -> Any:
    if status in TOKEN_REFUSED:
        raise FeedError(TokenRefused(status))
    if status == TOO_MANY:
        after = headers.get("Retry-After", "")
        raise FeedError(LimitReached(int(after) if after.isdecimal() else RETRY_AFTER_S))
    if status >= FIRST_SERVER_ERROR:
        raise FeedError(FeedUnavailable(f"status {status}"))
    if status not in OK:
        detail = content[:DETAIL_CHARS_MAX].decode("utf-8", "replace")
        raise FeedError(FeedRefused(status, detail))
    try:
        return parse(content)
    except NotJson as error:
        raise FeedError(FeedUnavailable(str(error))) from error

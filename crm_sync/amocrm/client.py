"""HTTP to one amoCRM account: bearer token, timeouts, our pace, and what each answer means.

Facts: apis/amocrm 1–3. 204 is an empty list; 429 and a 403 of a blocked account say "too fast";
a broken or missing answer to a write means that it may have been done.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from crm_sync.protocol import CrmRefused, CrmThrottled, CrmUnauthorised, CrmUnavailable
from store.database import Store
from world.clock import Clock
from world.points import reached

__all__ = ["AmoClient", "AmoSettings"]

OK = range(200, 300)
NO_CONTENT = 204
UNAUTHORISED = {401, 402}
TOO_MANY = 429
RETRY_AFTER_S = 2
CALL_EVERY_MS = 167
FIRST_SERVER_ERROR = 500
ANSWER_BYTES_MAX = 8 * 1024 * 1024
CHUNK_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class AmoSettings:
    """Where the account is and how to enter it. The token is never printed."""

    base_url: str
    token: str = field(repr=False)
    connect_timeout_s: int = 5
    total_timeout_s: int = 30

    def __post_init__(self) -> None:
        assert urlsplit(self.base_url).scheme in {"http", "https"}
        assert 0 < self.connect_timeout_s <= self.total_timeout_s


class AmoClient:
    """One request at a time becomes one answer or one `CrmError`; no retries here."""

    def __init__(self, settings: AmoSettings, clock: Clock) -> None:
        """Opens no connection; the session is made with the first call."""
        self._settings = settings
        self._clock = clock
        self._free_at = clock.now()
        self._session: aiohttp.ClientSession | None = None

    async def request(
        self, method: str, path: str, query: Mapping[str, str] | None = None, body: Any = None
    ) -> Any:
        """Call the API; the answer's JSON, or None for an empty one."""
        assert not Store.writing(), "no call to the outside inside a transaction"
        call = f"{method} {path}"
        url = f"{self._settings.base_url.rstrip('/')}/api/v4/{path}"
        await self._pace()
        reached("crm:before-call")
        try:
            async with self._open().request(
                method, url, params=query, json=body, allow_redirects=False
            ) as answer:
                content = await _whole(call, answer)
                result = _meaning(call, answer.status, answer.headers, content)
        except aiohttp.ClientConnectorError as error:
            raise CrmRefused(call, 0, str(error)) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise CrmUnavailable(call, type(error).__name__) from error
        reached("crm:after-call")
        return result

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _pace(self) -> None:
        """Keep to the limit of 7 calls a second, with one to spare for a person's own scripts."""
        now = self._clock.now()
        turn = max(self._free_at, now)
        self._free_at = turn + timedelta(milliseconds=CALL_EVERY_MS)
        wait = (turn - now).total_seconds()
        if wait > 0:
            await self._clock.sleep(wait)

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(
                total=self._settings.total_timeout_s, connect=self._settings.connect_timeout_s
            )
            headers = {"Authorization": f"Bearer {self._settings.token}"}
            self._session = aiohttp.ClientSession(timeout=timeout, headers=headers)
        return self._session


async def _whole(call: str, answer: aiohttp.ClientResponse) -> bytes:
    content = bytearray()
    async for chunk in answer.content.iter_chunked(CHUNK_BYTES):
        content += chunk
        if len(content) > ANSWER_BYTES_MAX:
            raise CrmUnavailable(call, f"an answer over {ANSWER_BYTES_MAX} bytes")
    return bytes(content)


def _meaning(call: str, status: int, headers: Mapping[str, str], content: bytes) -> Any:
    if status in UNAUTHORISED:
        raise CrmUnauthorised(call)
    if status == TOO_MANY:
        after = headers.get("Retry-After", "")
        raise CrmThrottled(int(after) if after.isdigit() else RETRY_AFTER_S)
    if status >= FIRST_SERVER_ERROR:
        raise CrmUnavailable(call, f"status {status}")
    if status not in OK:
        raise CrmRefused(call, status, content[:300].decode("utf-8", "replace"))
    if status == NO_CONTENT or not content.strip():
        return None
    try:
        return json.loads(content)
    except ValueError as error:
        raise CrmUnavailable(call, "the answer is not JSON") from error

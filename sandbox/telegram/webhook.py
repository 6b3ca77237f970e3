"""Webhook delivery: updates are pushed in order per lane and tried again until they expire."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp

from sandbox.telegram.updates import Update, UpdateQueue
from sandbox.telegram.wire import Call, JsonObject, RefusedError
from world.clock import Clock
from world.identity import Chance

__all__ = ["Webhook"]

_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")  # source: do_set_webhook
_RESEND_S_MAX = 60  # source: WEBHOOK_MAX_RESEND_TIMEOUT; the cap is drawn from 60 to 120
_RETRY_AFTER_S_MAX = 3600  # source: on_update_error
_GONE_FOR = timedelta(hours=23)  # source: WEBHOOK_DROP_TIMEOUT
_PORTS = {80, 88, 443, 8443}  # docs: setWebhook
_RESPONSE_S = 60.0
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
# source: WebhookActor.cpp handle: not answered in a webhook's response
_NOT_IN_RESPONSE = ("get", "deletewebhook", "setwebhook", "close", "logout")
_HTTP_OK_MAX = 299


@dataclass(frozen=True, slots=True)
class _Failure:
    words: str
    retry_after_s: int = 0
    is_gone: bool = False


class Webhook:
    """The bot's webhook, if one is set."""

    def __init__(self, queue: UpdateQueue, clock: Clock, chance: Chance) -> None:
        self.url = ""
        self.on_method: Callable[[Call], Awaitable[object]] | None = None
        self._secret = ""
        self._max_connections = 40
        self._queue = queue
        self._clock = clock
        self._chance = chance
        self._session: aiohttp.ClientSession | None = None
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._places = asyncio.Semaphore(self._max_connections)
        self._last_error: tuple[datetime, str] | None = None
        self._gone_since: datetime | None = None
        queue.listeners.append(self._on_update)

    def set(self, arguments: JsonObject) -> None:
        """Point the webhook somewhere; raises `RefusedError` for a URL or secret Telegram refuses."""
        url, secret = str(arguments.get("url", "")), str(arguments.get("secret_token", ""))
        _check_url(url)
        if len(secret) > 256:
            raise RefusedError(400, "secret token is too long")  # source
        if not _SECRET.fullmatch(secret):
            raise RefusedError(400, "secret token contains unallowed characters")  # source
        self.url, self._secret = url, secret
        self._max_connections = min(max(arguments.get("max_connections", 40), 1), 100)
        self._places = asyncio.Semaphore(self._max_connections)
        self._last_error = self._gone_since = None
        for update in self._queue.waiting():
            self._on_update(update)

    def remove(self) -> None:
        """Stop pushing."""
        self.url = ""
        for task in self._lanes.values():
            task.cancel()
        self._lanes.clear()

    def info(self) -> JsonObject:
        """The answer of getWebhookInfo."""
        body: JsonObject = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._queue.waiting()),
        }
        if self.url:
            body["max_connections"] = self._max_connections
        if self._last_error is not None:
            body["last_error_date"] = int(self._last_error[0].timestamp())
            body["last_error_message"] = self._last_error[1]
        if self._queue.allowed:
            body["allowed_updates"] = self._queue.allowed
        return body

    async def close(self) -> None:
        """Stop pushing and close the connections."""
        tasks = list(self._lanes.values())
        self.remove()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _on_update(self, update: Update) -> None:
        task = self._lanes.get(update.lane)
        if self.url and (task is None or task.done()):
            self._lanes[update.lane] = asyncio.ensure_future(self._push_lane(update.lane))

    async def _push_lane(self, lane: str) -> None:
        """Push what waits in a lane, one after another, each until it is taken or expires."""
        while waiting := [update for update in self._queue.waiting() if update.lane == lane]:
            update, fails, delay_s = waiting[0], 0, 1
            while (failure := await self._push(update)) is not None:
                if failure.is_gone:
                    return
                wait_s = failure.retry_after_s
                if wait_s == 0 and fails > 0:
                    cap_s = self._chance.randint(_RESEND_S_MAX, 2 * _RESEND_S_MAX)
                    wait_s = delay_s = min(cap_s, delay_s * 2)
                fails += 1
                if self._clock.now() + timedelta(seconds=wait_s) > update.expires_at:
                    break
                await self._clock.sleep(wait_s)
            self._queue.forget(update.update_id)

    async def _push(self, update: Update) -> _Failure | None:
        async with self._places:
            failure = await self._post(update)
        now = self._clock.now()
        if failure is None:
            self._gone_since = None
            return None
        self._last_error = (now, failure.words)
        if not failure.is_gone:
            self._gone_since = None
            return failure
        self._gone_since = self._gone_since or now
        if now - self._gone_since > _GONE_FOR:
            self.url = ""
            return failure
        return _Failure(failure.words, failure.retry_after_s)

    async def _post(self, update: Update) -> _Failure | None:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=_RESPONSE_S)
            self._session = aiohttp.ClientSession(timeout=timeout)
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        body = update.as_json()
        self._queue.sent.append(body)
        try:
            async with self._session.post(
                self.url, json=body, headers=headers, allow_redirects=False
            ) as response:
                reply = await response.read()
                if 200 <= response.status <= _HTTP_OK_MAX:
                    await self._run_method(response.content_type, reply)
                    return None
                wait = response.headers.get("Retry-After", "0")
                return _Failure(
                    f"Wrong response from the webhook: {response.status} {response.reason}",
                    min(int(wait), _RETRY_AFTER_S_MAX) if wait.isdigit() else 0,
                    is_gone=response.status == HTTPStatus.GONE,
                )
        except (aiohttp.ClientError, TimeoutError) as error:
            return _Failure(f"Connection failed: {type(error).__name__}")  # assumed words

    async def _run_method(self, content_type: str, reply: bytes) -> None:
        """A response may carry one method; its result is told to nobody (source)."""
        if content_type != "application/json" or self.on_method is None:
            return
        try:
            body = json.loads(reply)
        except ValueError:
            return
        method = str(body.get("method", "")) if isinstance(body, dict) else ""
        if method and not method.lower().startswith(_NOT_IN_RESPONSE):
            arguments = {name: value for name, value in body.items() if name != "method"}
            await self.on_method(Call(method, arguments))


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    # Telegram wants HTTPS; on the loopback, where there is no certificate, HTTP is let through.
    is_local = parts.scheme == "http" and parts.hostname in _LOOPBACK
    if not (is_local or (parts.scheme == "https" and parts.hostname)):
        words = "bad webhook: An HTTPS URL must be provided for webhook"  # reported
        raise RefusedError(400, words)
    if not is_local and (parts.port or 443) not in _PORTS:
        words = "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"  # source
        raise RefusedError(400, words)

"""The routes that other systems post to: stored in the inbox, then answered; nothing else is done.

Telegram proves itself by the secret header (compared in constant time), amoCRM by an unguessable
path, since it signs nothing; of its body only ids are used later. A body that is too large, not
JSON or not from Telegram changes nothing and tells nothing.
"""

import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from aiohttp import web

from store.database import Store
from store.inbox import Arrival

__all__ = ["HookSettings", "build_webhooks"]

BODY_BYTES_MAX = 1024 * 1024
SECRET_CHARS_MIN = 16
HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=31536000",
}

MakeArrival = Callable[[object], Arrival | None]


@dataclass(frozen=True, slots=True)
class HookSettings:
    """Secrets of the routes; a route whose secret is None does not exist."""

    telegram_secret: str | None = field(default=None, repr=False)
    crm_secret: str | None = field(default=None, repr=False)
    crm_name: str = "amocrm"

    def __post_init__(self) -> None:
        for secret in (self.telegram_secret, self.crm_secret):
            assert secret is None or len(secret) >= SECRET_CHARS_MIN


def build_webhooks(
    store: Store, settings: HookSettings, telegram_arrival: MakeArrival, wake: Callable[[], None]
) -> web.Application:
    """The application with the routes; `wake` is called when something new was stored.

    `telegram_arrival` turns a raw update into an arrival, None when it is no update.
    """
    app = web.Application(client_max_size=BODY_BYTES_MAX, middlewares=[_with_headers])

    async def health(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    async def telegram(request: web.Request) -> web.Response:
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not _same(given, settings.telegram_secret):
            return web.Response(status=404)
        arrival = telegram_arrival(_json(await request.read()))
        if arrival is None:
            return web.Response(status=400)
        await _keep(store, arrival, wake)
        return web.Response()

    async def crm(request: web.Request) -> web.Response:
        if not _same(request.match_info["secret"], settings.crm_secret):
            return web.Response(status=404)
        body = (await request.read()).decode("utf-8", "replace")
        # amoCRM gives an event no id, and a repeat only reads the deal again.
        async with store.write("inbox") as unit:
            arrival = Arrival(settings.crm_name, unit.ids.new(), "webhooks", body)
            await unit.inbox.keep([arrival])
        wake()
        return web.Response()

    app.router.add_get("/health", health)
    if settings.telegram_secret:
        app.router.add_post("/hooks/telegram", telegram)
    if settings.crm_secret:
        app.router.add_post("/hooks/crm/{secret}", crm)
    return app


@web.middleware
async def _with_headers(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    try:
        response = await handler(request)
    except web.HTTPException as error:
        error.headers.update(HEADERS)
        raise
    response.headers.update(HEADERS)
    return response


async def _keep(store: Store, arrival: Arrival, wake: Callable[[], None]) -> None:
    async with store.write("inbox") as unit:
        await unit.inbox.keep([arrival])
    wake()


def _same(given: str, secret: str | None) -> bool:
    # Bytes, because compare_digest refuses text that is not ASCII.
    return secret is not None and hmac.compare_digest(given.encode(), secret.encode())


def _json(raw: bytes) -> object:
    try:
        return json.loads(raw)
    except ValueError:
        return None

"""What a browser sees at the page's address while the history is still being played.

    app = build_waiting(lambda: (12, 90))   # days over, days in all

`/api/version` says 503 with the progress; the waiting page asks it, and opens itself anew as soon
as the page proper (`sandbox.page.app`) answers there.
"""

from collections.abc import Callable
from pathlib import Path

from aiohttp import web

from sandbox.page.replies import headers

__all__ = ["build_waiting"]

STATIC = Path(__file__).parent / "static"
NOT_YET = 503


def build_waiting(progress: Callable[[], tuple[int, int]]) -> web.Application:
    """The page to serve in place of the page proper; `progress` gives days over and days in all."""

    async def index(_request: web.Request) -> web.FileResponse:
        return web.FileResponse(STATIC / "waiting.html")

    async def version(_request: web.Request) -> web.Response:
        done, days = progress()
        return web.json_response({"done": done, "days": days}, status=NOT_YET)

    app = web.Application()
    app.on_response_prepare.append(headers)
    app.add_routes(
        [
            web.get("/", index),
            web.get("/api/version", version),
            web.static("/static", STATIC),
        ]
    )
    return app

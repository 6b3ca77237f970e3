"""The page's own small server: static files, and `/api/` over the stand-ins of this process.

    app = build_page(world)                 # an aiohttp application to serve on the loopback
    GET /api/world                          who is who: once, when the page opens
    GET /api/version                        what has changed: several times a second, a few numbers

The rest of `/api/` is in `chats`, `sheet`, `deals` and `bank`. Reading is GET, doing is POST.
"""

from datetime import datetime
from pathlib import Path

from aiohttp import web

from sandbox.bank.people import MOSCOW
from sandbox.page.bank import Bank
from sandbox.page.chats import Chats
from sandbox.page.deals import Deals
from sandbox.page.replies import errors, headers
from sandbox.page.sheet import SheetView
from sandbox.page.versions import Versions
from sandbox.page.world import DemoWorld
from sandbox.servers import BOT_USERNAME

__all__ = ["build_page"]

STATIC = Path(__file__).parent / "static"
UPLOAD_BYTES_MAX = 20 * 1024 * 1024  # what a bot can download (docs: getFile)


def build_page(world: DemoWorld) -> web.Application:
    """The page over a running world; serve it on the loopback only, it asks for no password."""
    page = _Page(world)
    app = web.Application(middlewares=[errors], client_max_size=UPLOAD_BYTES_MAX)
    app.on_response_prepare.append(headers)
    app.add_routes(page.routes())
    return app


class _Page:
    """The parts of the page around one world."""

    def __init__(self, world: DemoWorld) -> None:
        self._world = world
        self._chats = Chats(world)
        self._deals = Deals(world)
        self._bank = Bank(world, self._chats)
        self._sheet = SheetView(world)
        self._versions = Versions(world)

    def routes(self) -> list[web.RouteDef | web.StaticDef]:
        return [
            web.get("/", self._index),
            web.get("/api/world", self._show_world),
            web.get("/api/version", self._version),
            *self._chats.routes(),
            *self._deals.routes(),
            *self._bank.routes(),
            *self._sheet.routes(),
            web.static("/static", STATIC),
        ]

    async def _index(self, _request: web.Request) -> web.FileResponse:
        return web.FileResponse(STATIC / "index.html")

    async def _show_world(self, _request: web.Request) -> web.Response:
        return web.json_response(
            {
                "bot": BOT_USERNAME,
                "company": self._world.sandbox.amocrm.crm.catalog.account.name,
                "people": [
                    {"user_id": one.user_id, "name": one.name, "role": one.role_title}
                    for one in self._world.people
                ],
                "crm": self._deals.catalog(),
            }
        )

    async def _version(self, _request: web.Request) -> web.Response:
        now: datetime = self._world.clock.now().astimezone(MOSCOW)
        return web.json_response(
            {
                "now": now.isoformat(timespec="seconds"),
                "busy": self._world.busy(),
                "phones": self._chats.versions(),
                "sheet": self._versions.sheet(),
                "deals": self._versions.deals(),
                "bank": f"{self._versions.bank()}/{self._bank.version}",
            }
        )

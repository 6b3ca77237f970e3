"""The page that stands in until the history has been played, in Chromium."""

import socket
from pathlib import Path

import pytest
from aiohttp import web
from playwright.async_api import Browser, expect

from app.demo_page import serving
from sandbox.page.waiting import build_waiting
from tests.e2e.chromium import NARROW, WIDE
from tests.e2e.visitor import Size

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1440", "390"])
async def test_it_counts_the_days_and_gives_way_to_the_page(
    chromium: Browser, size: Size, tmp_path: Path
) -> None:
    port, days = _free_port(), 12
    page = await chromium.new_page(viewport={"width": size[0], "height": size[1]})
    async with serving(build_waiting(lambda: (days, 90)), port):
        await page.goto(f"http://127.0.0.1:{port}")
        await expect(page.locator("#count")).to_have_text("День 12 из 90")
        days = 13
        await expect(page.locator("#count")).to_have_text("День 13 из 90")
        await expect(page.get_by_role("progressbar")).to_have_attribute("value", "13")
        await page.screenshot(path=tmp_path / "waiting.png")
    async with serving(_ready(), port):
        await expect(page.locator("body")).to_have_text("готово", timeout=10_000)
    await page.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _ready() -> web.Application:
    async def index(_request: web.Request) -> web.Response:
        return web.Response(text="<body>готово</body>", content_type="text/html")

    async def version(_request: web.Request) -> web.Response:
        return web.json_response({})

    app = web.Application()
    app.add_routes([web.get("/", index), web.get("/api/version", version)])
    return app

"""Chromium for the tests of pages: Debian's own, driven by Playwright."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright

WIDE = (1440, 900)
NARROW = (390, 844)
TIMEOUT_MS = 10_000
_MISSING = "Chromium is not here: install the Debian package `chromium`"
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]


@dataclass(slots=True)
class Watched:
    """A page and what went wrong in it."""

    page: Page
    errors: list[str] = field(default_factory=list)


def chromium_path() -> str:
    """Where Chromium is; without it the test is skipped, or fails when CI=true."""
    found = shutil.which("chromium")
    if found is None and os.environ.get("CI") == "true":
        pytest.fail(_MISSING)
    if found is None:
        pytest.skip(_MISSING)
    return found


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """A headless Chromium while the block runs."""
    path = chromium_path()
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield chromium
        await chromium.close()


@asynccontextmanager
async def visit(
    chromium: Browser, url: str, size: tuple[int, int], *, dark: bool = False
) -> AsyncIterator[Watched]:
    """Open a page in a window of that size; errors of its scripts and requests are collected."""
    context = await chromium.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        locale="ru-RU",
        has_touch=size == NARROW,
    )
    page = await context.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    watched = Watched(page)

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            watched.errors.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: watched.errors.append(str(error)))
    await page.goto(url)
    await page.wait_for_selector(".message")
    yield watched
    await context.close()

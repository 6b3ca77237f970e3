"""One Chromium for all tests of pages: starting it costs more than any of them."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser

from tests.e2e.chromium import browser


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """A headless Chromium; without one the test is skipped, or fails when CI=true."""
    async with browser() as started:
        yield started

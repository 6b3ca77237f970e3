"""Somebody who looks at the page and clicks, in a window of a given size."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Locator, Page

from tests.e2e.chromium import NARROW, visit
from tests.sandbox.page_world import OpenPage, open_page

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who looks at the page and clicks."""

    page: Page
    is_narrow: bool
    errors: list[str]

    def forgive(self, words: str) -> None:
        """Errors of the console with these words were meant."""
        self.errors[:] = [error for error in self.errors if words not in error]

    async def go(self, view: str) -> None:
        """Bring the chats or a panel into view."""
        if self.is_narrow:
            await self.page.locator(f"#dock [data-view={view}]").click()
        elif view != "chats":
            await self.page.locator(f"#tab-{view}").click()

    async def open_guide(self) -> None:
        """Unfold the guide where it is folded."""
        opener = self.page.get_by_role("button", name="Сценарии", exact=True)
        if await opener.get_attribute("aria-expanded") == "false":
            await opener.click()

    async def take(self, name: str) -> Locator:
        """A person's phone, in view."""
        await self.go("chats")
        if self.is_narrow:
            await self.page.locator(".person", has_text=name).click()
        return self.page.get_by_role("group", name=f"{name}, ")

    async def say(self, name: str, text: str) -> Locator:
        """Type into a phone; gives it."""
        phone = await self.take(name)
        box = phone.get_by_role("textbox")
        await box.fill(text)
        await box.press("Enter")
        return phone


@dataclass(frozen=True, slots=True)
class Guest(Visitor):
    """A visitor of the small world, who may also act behind the page's back."""

    served: OpenPage


@asynccontextmanager
async def visiting(
    chromium: Browser, size: Size, shots: Path, *, dark: bool = False
) -> AsyncIterator[Guest]:
    """Visit the page; it leaves a picture behind and must have complained about nothing."""
    async with (
        open_page(flowing=True) as served,
        visit(chromium, served.url, size, dark=dark) as watched,
    ):
        yield Guest(watched.page, size == NARROW, watched.errors, served)
        await watched.page.screenshot(path=shots / "page.png")
        assert not watched.errors, watched.errors

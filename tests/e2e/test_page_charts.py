"""Charts, notes and drop-downs of the spreadsheet in Chromium: at 1440 pixels and at 390."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.chromium import NARROW, WIDE
from tests.e2e.visitor import Guest, Size, visiting
from tests.sandbox.page_sheet import send
from tests.sandbox.rich_sheet import rich_requests

pytestmark = pytest.mark.asyncio(loop_scope="session")
SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1440", "390"])


@asynccontextmanager
async def board(chromium: Browser, size: Size, shots: Path) -> AsyncIterator[Guest]:
    """The page with the board in view."""
    async with visiting(chromium, size, shots) as visitor:
        send(visitor.served.world.sandbox, rich_requests())
        await visitor.go("sheet")
        await visitor.page.get_by_role("tab", name="Пульт").click()
        await expect(visitor.page.locator(".chart")).to_have_count(5)
        yield visitor


@SIZES
async def test_charts_are_drawn_with_axes_legend_and_title(
    chromium: Browser, size: Size, tmp_path: Path
) -> None:
    async with board(chromium, size, tmp_path) as visitor:
        combo = visitor.page.locator(".chart").first
        await combo.scroll_into_view_if_needed()

        await expect(combo.locator(".chart-title")).to_have_text("Маркетинг и оборот")
        await expect(combo.locator("rect[height]:not([rx])")).to_have_count(6)
        await expect(combo.locator("path[stroke='#ff7f0e']")).to_have_count(1)
        texts = await combo.locator("text").all_text_contents()
        assert {"2,5\N{NO-BREAK SPACE}млн", "300\N{NO-BREAK SPACE}тыс.", "Июн"} <= set(texts)
        assert {"Оборот", "Маркетинг", "Оборот, ₽"} <= set(texts)


@SIZES
async def test_a_chart_is_no_wider_than_the_window_and_no_text_leaves_it(
    chromium: Browser, size: Size, tmp_path: Path
) -> None:
    async with board(chromium, size, tmp_path) as visitor:
        for index in range(5):
            chart = visitor.page.locator(".chart").nth(index)
            await chart.scroll_into_view_if_needed()
            box = await chart.bounding_box()
            assert box is not None
            assert box["width"] <= size[0]
            for one in await chart.locator("text").all():
                inner = await one.bounding_box()
                assert inner is not None
                assert inner["x"] >= box["x"] - 1
                assert inner["x"] + inner["width"] <= box["x"] + box["width"] + 1


@SIZES
async def test_a_chart_follows_its_figures(chromium: Browser, size: Size, tmp_path: Path) -> None:
    async with board(chromium, size, tmp_path) as visitor:
        page, world = visitor.page, visitor.served.world
        world.sandbox.google_sheets.edit_cell(world.spreadsheet_id, "Пульт!A2", "Январь")

        await expect(
            page.locator(".chart").first.locator("text", has_text="Январь")
        ).to_have_count(1)


@SIZES
async def test_a_choice_recomputes_what_looks_at_it(
    chromium: Browser, size: Size, tmp_path: Path
) -> None:
    async with board(chromium, size, tmp_path) as visitor:
        page = visitor.page
        await page.locator("td[data-row='13'][data-column='1']").click()
        await page.get_by_label("Значение из списка").select_option("Борис Петров")

        shown = page.locator("td[data-row='14'][data-column='1']")
        await expect(shown).to_have_text("Борис Петров")


@SIZES
async def test_a_note_is_told_when_its_cell_is_chosen(
    chromium: Browser, size: Size, tmp_path: Path
) -> None:
    async with board(chromium, size, tmp_path) as visitor:
        page = visitor.page
        await page.locator("td[data-row='0'][data-column='4']").click()
        await expect(page.locator(".sheet-note")).to_contain_text("Доля рекламных расходов")
        await page.locator("td[data-row='1'][data-column='1']").click()

        await expect(page.locator(".sheet-note")).to_be_hidden()


@SIZES
async def test_frozen_lines_stay_and_charts_pass_below_them(
    chromium: Browser, size: Size, tmp_path: Path
) -> None:
    async with board(chromium, size, tmp_path) as visitor:
        page = visitor.page
        await page.locator(".grid-view").evaluate("node => node.scrollTo(0, 500)")

        head = page.locator("td[data-row='0'][data-column='0']")
        await expect(head).to_be_in_viewport()
        box = await head.bounding_box()
        assert box is not None
        # What lies on top in the middle of the heading is the heading itself.
        middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
        on_top = await page.evaluate(
            "([x, y]) => document.elementFromPoint(x, y).closest('td,figure').tagName", middle
        )
        assert on_top == "TD"

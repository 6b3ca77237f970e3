"""Spreadsheet, CRM, bank and the guide of the page in Chromium: at 1440 pixels and at 390."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.chromium import NARROW, WIDE
from tests.e2e.visitor import Size, Visitor, visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")
SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1440", "390"])


async def scrolled_sideways(visitor: Visitor) -> int:
    """By how many pixels the page is wider than its window."""
    width: int = await visitor.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return width


@SIZES
async def test_a_cell_shows_its_formula_and_tabs_switch(
    chromium: Browser, size: Size, tmp_path: Path
) -> None:
    async with visiting(chromium, size, tmp_path) as visitor:
        page = visitor.page
        await visitor.go("sheet")
        await page.locator(".grid td", has_text="449 730,00").click()
        await expect(page.get_by_label("Формула или значение")).to_have_value("=B3-B4")
        await page.get_by_role("tab", name="Журнал").click()

        await expect(page.locator(".grid td", has_text="28.02.2026").last).to_be_in_viewport()
        await expect(page.locator(".grid thead th").nth(1)).to_have_text("A")
        await expect(page.locator(".grid td", has_text="Дата").first).to_be_in_viewport()
        assert await scrolled_sideways(visitor) == 0


@SIZES
async def test_a_change_of_the_sheet_appears_by_itself(
    chromium: Browser, size: Size, tmp_path: Path
) -> None:
    async with visiting(chromium, size, tmp_path) as visitor:
        await visitor.go("sheet")
        await expect(visitor.page.locator(".grid td", has_text="540 018,00")).to_be_visible()
        sheets = visitor.served.world.sandbox.google_sheets
        sheets.edit_cell(visitor.served.world.spreadsheet_id, "Журнал!D2", "0")

        changed = visitor.page.locator(".grid td.is-changed", has_text="525 017,50")
        await expect(changed).to_be_visible()


async def test_a_long_tab_is_read_as_one_scrolls(chromium: Browser, tmp_path: Path) -> None:
    async with visiting(chromium, WIDE, tmp_path) as visitor:
        page = visitor.page
        await page.get_by_role("tab", name="Журнал").click()
        await expect(page.get_by_role("rowheader", name="221", exact=True)).to_be_in_viewport()
        await page.locator(".grid-view").evaluate("node => node.scrollTo(0, 0)")

        await expect(page.locator("td[data-row='1']", has_text="05.01.2026")).to_be_in_viewport()


@SIZES
async def test_a_value_is_chosen_from_a_list_and_typed(
    chromium: Browser, size: Size, tmp_path: Path
) -> None:
    async with visiting(chromium, size, tmp_path) as visitor:
        page = visitor.page
        await visitor.go("sheet")
        await page.get_by_role("tab", name="Сверка").click()
        await page.locator(".grid td", has_text="касса").click()
        await page.get_by_label("Значение из списка").select_option("начисление")
        await expect(page.locator(".grid td", has_text="начисление")).to_be_visible()
        await page.locator("td[data-row='1'][data-column='0']").click()
        await page.get_by_label("Формула или значение").fill("Строк всего")
        await page.get_by_role("button", name="Записать").click()

        await expect(page.locator(".grid td", has_text="Строк всего")).to_be_visible()


@SIZES
async def test_a_deal_is_added_and_moved(chromium: Browser, size: Size, tmp_path: Path) -> None:
    async with visiting(chromium, size, tmp_path) as visitor:
        page = visitor.page
        await visitor.go("crm")
        await page.get_by_role("button", name="Новая сделка").click()
        await page.get_by_role("button", name="Заполнить примером").click()
        await page.get_by_label("Название").fill("Кухня, Белова")
        await page.get_by_role("button", name="Добавить сделку").click()
        signed = page.get_by_role("region", name="Договор подписан")
        await signed.get_by_role("button", name="Кухня, Белова").click()
        await page.get_by_role("combobox", name="Стадия").select_option("Платёж подтверждён")
        await page.get_by_label("Закрыть").click()

        confirmed = page.get_by_role("region", name="Платёж подтверждён")
        await expect(confirmed.get_by_role("button", name="Кухня, Белова")).to_be_visible()
        await expect(signed.get_by_role("button", name="Кухня, Белова")).to_have_count(0)


async def test_a_deal_is_dragged_to_another_stage(chromium: Browser, tmp_path: Path) -> None:
    async with visiting(chromium, WIDE, tmp_path) as visitor:
        page = visitor.page
        await visitor.go("crm")
        delivery = page.get_by_role("region", name="Доставка")
        card = page.get_by_role("button", name="Двери, Гарипова")
        await card.scroll_into_view_if_needed()
        await card.hover()
        await page.mouse.down()
        await delivery.locator("header").hover()
        await page.mouse.up()

        await expect(delivery.get_by_role("button", name="Двери, Гарипова")).to_be_visible()


@SIZES
async def test_a_note_of_the_bot_appears_in_the_open_deal(
    chromium: Browser, size: Size, tmp_path: Path
) -> None:
    async with visiting(chromium, size, tmp_path) as visitor:
        page = visitor.page
        await visitor.go("crm")
        await page.get_by_role("button", name="Шкаф, Орлов").click()
        crm = visitor.served.world.sandbox.amocrm
        deal = next(one for one in crm.leads if one.name == "Шкаф, Орлов")
        crm.add_note(deal.id, "Платёж 7 500,50 ₽ подтверждён")

        await expect(page.locator(".notes li").first).to_contain_text("Платёж 7 500,50 ₽")


@SIZES
async def test_tomorrow_s_statement_reaches_the_accountant(
    chromium: Browser, size: Size, tmp_path: Path
) -> None:
    async with visiting(chromium, size, tmp_path) as visitor:
        page = visitor.page
        await visitor.go("bank")
        await page.get_by_role("button", name="Выписка за завтра").click()
        await expect(page.locator("#now")).to_contain_text("3 марта")
        await page.get_by_role("button", name="Отправить бухгалтеру").click()
        await expect(page.get_by_text("отправлено: Мария")).to_be_visible()
        maria = await visitor.take("Мария")

        await expect(maria.locator(".message").last).to_contain_text("Выписка принята")


@SIZES
async def test_a_client_pays_by_the_contract(
    chromium: Browser, size: Size, tmp_path: Path
) -> None:
    async with visiting(chromium, size, tmp_path) as visitor:
        page = visitor.page
        await visitor.go("bank")
        await page.get_by_role("button", name="№ Д-77").click()
        await page.get_by_role("button", name="Заплатить сегодня").click()

        movement = page.locator(".movement").first
        await expect(movement).to_contain_text("+15 000,00 ₽")
        await expect(movement).to_contain_text("Оплата по договору № Д-77")


@SIZES
async def test_the_first_journey_can_be_done_for_me(
    chromium: Browser, size: Size, tmp_path: Path
) -> None:
    async with visiting(chromium, size, tmp_path) as visitor:
        for _ in range(3):
            await visitor.open_guide()
            await visitor.page.get_by_role("button", name="Сделать за меня").click()
        await visitor.open_guide()

        await expect(visitor.page.get_by_text("Готово: деньги прошли весь путь.")).to_be_visible()


@SIZES
async def test_the_second_journey_can_be_done_for_me(
    chromium: Browser, size: Size, tmp_path: Path
) -> None:
    async with visiting(chromium, size, tmp_path) as visitor:
        page = visitor.page
        await visitor.open_guide()
        await page.get_by_role("tab", name="Наличные по ссылке").click()
        for step in range(1, 7):
            await visitor.open_guide()
            await page.get_by_role("button", name="Сделать за меня").click()
            await expect(page.locator(".guide-step.is-done")).to_have_count(step)
        olga = await visitor.take("Ольга")

        await expect(olga.locator(".message").last).to_contain_text("✓ Принято: 64 500,50 ₽")


async def test_the_third_journey_pays_the_deal_it_has_added(
    chromium: Browser, tmp_path: Path
) -> None:
    async with visiting(chromium, WIDE, tmp_path) as visitor:
        page = visitor.page
        await page.get_by_role("tab", name="Перевод по выписке").click()
        for step in ("В банке клиент", "Выписка за завтра", "Отправьте файл", "Мария видит"):
            await page.get_by_role("button", name="Сделать за меня").click()
            await expect(
                page.locator(".guide-step.is-current, .is-done", has_text=step).last
            ).to_be_visible()
        deal = visitor.served.world.sandbox.amocrm.leads[-1]
        contract = [value for value in deal.values.values() if str(value).startswith("ДМ-")]

        paid = [one.purpose for one in visitor.served.world.sandbox.bank.documents]
        assert f"Оплата по договору № {contract[0]}. НДС не облагается." in paid


async def test_the_dark_page_complains_about_nothing(chromium: Browser, tmp_path: Path) -> None:
    async with visiting(chromium, WIDE, tmp_path, dark=True) as visitor:
        background = await visitor.page.evaluate("getComputedStyle(document.body).backgroundColor")

        assert background == "rgb(18, 22, 25)"

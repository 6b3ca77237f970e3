"""The phones of the page in Chromium over a small world: at 1440 pixels and at 390."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.chromium import NARROW, WIDE
from tests.e2e.visitor import Size, visiting
from tests.sandbox.page_world import BORIS, IGOR

pytestmark = pytest.mark.asyncio(loop_scope="session")
SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1440", "390"])
HOSTILE = "<img src=x onerror=alert(1)> & <b>жирно</b>"


@SIZES
async def test_a_typed_line_is_answered_in_the_chat(
    chromium: Browser, size: Size, tmp_path: Path
) -> None:
    async with visiting(chromium, size, tmp_path) as visitor:
        phone = await visitor.say("Игорь", "500 такси")

        await expect(phone.locator(".message-mine").last).to_contain_text("500 такси")
        answer = phone.locator(".message").last
        await expect(answer.locator("b").first).to_have_text("500,00 ₽")
        await expect(answer.get_by_role("button", name="Отменить")).to_have_class(
            "inline inline-danger"
        )
        await expect(answer).to_be_in_viewport()


@SIZES
async def test_a_press_shows_the_bot_s_toast(
    chromium: Browser, size: Size, tmp_path: Path
) -> None:
    async with visiting(chromium, size, tmp_path) as visitor:
        phone = await visitor.say("Игорь", "500 такси")
        await phone.get_by_role("button", name="Отменить").click()

        await expect(phone.locator(".toast")).to_have_text("Готово")
        await expect(phone.locator(".is-waiting")).to_have_count(0)


@SIZES
async def test_the_cashier_opens_the_manager_s_link_and_confirms(
    chromium: Browser, size: Size, tmp_path: Path
) -> None:
    async with visiting(chromium, size, tmp_path) as visitor:
        anna = await visitor.take("Анна")
        await anna.get_by_role("button", name="Сдать кассу").click()
        await anna.get_by_role("button", name="Сдать всё").click()
        await anna.get_by_role("button", name="Ссылка для кассира").click()
        await anna.get_by_role("link", name="start=h_7Qx2").click()
        await visitor.page.get_by_role("button", name="Открыть на телефоне Ольги").click()
        olga = visitor.page.get_by_role("group", name="Ольга, ")
        await olga.get_by_role("button", name="Принял").click()

        await expect(olga.locator(".message").last).to_contain_text("✓ Принято: 64 500,50 ₽")
        await expect(olga.locator(".message").last).to_contain_text("изменено")
        await expect(olga.get_by_role("button", name="Принял")).to_have_count(0)


@SIZES
async def test_an_alert_waits_to_be_read(chromium: Browser, size: Size, tmp_path: Path) -> None:
    async with visiting(chromium, size, tmp_path) as visitor:
        olga = await visitor.say("Ольга", "/start h_7Qx2")
        await olga.get_by_role("button", name="Сумма не та").click()
        alert = olga.get_by_role("alertdialog")

        await expect(alert).to_contain_text("Сумму напишите сообщением")
        await alert.get_by_role("button", name="Понятно").click()
        await expect(alert).to_be_hidden()


@SIZES
async def test_unread_messages_of_the_other_manager_are_counted(
    chromium: Browser, size: Size, tmp_path: Path
) -> None:
    async with visiting(chromium, size, tmp_path) as visitor:
        await visitor.served.bot.tell(BORIS, "Касса сдана")
        head = ".people" if visitor.is_narrow else ".slot-head"
        boris = visitor.page.locator(f"{head} button", has_text="Борис")

        await expect(boris.locator(".badge")).to_have_text("1")
        await boris.click()
        await expect(visitor.page.get_by_role("group", name="Борис, ")).to_be_visible()
        await expect(boris.locator(".badge")).to_be_hidden()


@SIZES
async def test_text_of_people_stays_text(chromium: Browser, size: Size, tmp_path: Path) -> None:
    async with visiting(chromium, size, tmp_path) as visitor:
        phone = await visitor.say("Игорь", HOSTILE)
        message = phone.locator(".message-mine").last

        await expect(message.locator(".bubble-text")).to_have_text(HOSTILE)
        await expect(message.locator("img, b")).to_have_count(0)


async def test_only_telegram_s_own_tags_become_formatting(
    chromium: Browser, tmp_path: Path
) -> None:
    tags = "<b>ж</b><i>н</i><u>п</u><s>з</s><code>к</code><pre>с 1\nс 2</pre>"
    link = '<blockquote>цитата</blockquote><a href="https://example.com/">сайт</a> &lt;script&gt;'
    async with visiting(chromium, WIDE, tmp_path) as visitor:
        await visitor.served.bot.tell(IGOR, tags + link)
        text = visitor.page.get_by_role("group", name="Игорь, ").locator(".bubble-text").last

        for tag in ("b", "i", "u", "s", "code", "pre", "blockquote"):
            await expect(text.locator(tag)).to_have_count(1)
        await expect(text.get_by_role("link")).to_have_attribute("href", "https://example.com/")
        await expect(text).to_contain_text("<script>")


@SIZES
async def test_a_file_is_attached_and_answered(
    chromium: Browser, size: Size, tmp_path: Path
) -> None:
    statement = tmp_path / "kl_to_1c.txt"
    statement.write_bytes("1CClientBankExchange".encode("cp1251"))
    async with visiting(chromium, size, tmp_path) as visitor:
        maria = await visitor.take("Мария")
        async with visitor.page.expect_file_chooser() as chooser:
            await maria.get_by_role("button", name="Прикрепить файл").click()
        await (await chooser.value).set_files(statement)

        await expect(maria.locator(".file-name").last).to_contain_text("kl_to_1c.txt")
        await expect(maria.locator(".message").last).to_contain_text("Выписка принята")


async def test_a_lost_server_is_told_and_found_again(chromium: Browser, tmp_path: Path) -> None:
    async with visiting(chromium, WIDE, tmp_path) as visitor:
        page = visitor.page
        await page.route("**/api/version", lambda route: route.abort())
        await expect(page.locator(".notice-error")).to_contain_text("сервер не отвечает")
        await page.unroute("**/api/version")

        await expect(page.get_by_text("Связь с показом восстановлена")).to_be_visible()
        visitor.forgive("ERR_FAILED")

"""The journeys J1, J2 and J3 clicked on the demo of the real product, at both widths."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from app.demo_page import alive, serving
from app.demo_world import DemoOptions, demo_world, listening
from sandbox.demo.play import play
from sandbox.demo.scenario import scenario
from sandbox.page.app import build_page
from tests.e2e.chromium import NARROW, WIDE, visit
from tests.e2e.visitor import Size, Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")
SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1440", "390"])
DAYS = 2
# The product looks at its CRM and writes its sheet at its own pace.
PATIENCE_MS = 60_000


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def address(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The demo after two days of its history, at work; where its page is."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home: Path = tmp_path_factory.mktemp("demo")
    async with demo_world(DemoOptions(home)) as world:
        async with listening(world):
            await play(world.stage, scenario(), DAYS, lambda _day: None)
        async with (
            alive(world, DAYS, 1, asyncio.Event()) as live,
            serving(build_page(live), port),
        ):
            yield f"http://127.0.0.1:{port}"


@asynccontextmanager
async def visiting(
    chromium: Browser, address: str, size: Size, shots: Path
) -> AsyncIterator[Visitor]:
    async with visit(chromium, address, size) as watched:
        watched.page.set_default_timeout(PATIENCE_MS)
        yield Visitor(watched.page, size == NARROW, watched.errors)
        await watched.page.screenshot(path=shots / "page.png")
        assert not watched.errors, watched.errors


async def add_deal(visitor: Visitor, name: str, method: str, prepayment: str) -> str:
    """Add a deal of Анна in the CRM; gives its contract number."""
    page = visitor.page
    await visitor.go("crm")
    await page.get_by_role("button", name="Новая сделка").click()
    form = page.get_by_role("dialog")
    await form.get_by_role("button", name="Заполнить примером").click()
    await form.get_by_label("Название").fill(name)
    await form.get_by_label("Менеджер").select_option("Анна")
    await form.get_by_label("Предоплата, ₽").fill(prepayment)
    await form.get_by_label("Тип оплаты").select_option(method)
    contract = await form.get_by_label("Номер договора").input_value()
    await form.get_by_role("button", name="Добавить сделку").click()
    return contract


async def confirmed(visitor: Visitor, name: str, words: str) -> None:
    """The deal stands where confirmed payments stand, with one note of the bot."""
    await visitor.go("crm")
    stage = visitor.page.get_by_role("region", name="Платёж подтверждён")
    card = stage.get_by_role("button", name=name)
    await expect(card).to_be_visible(timeout=PATIENCE_MS)
    await card.click()
    notes = visitor.page.locator(".notes li", has_text=words)
    await expect(notes).to_have_count(1, timeout=PATIENCE_MS)
    await visitor.page.get_by_label("Закрыть").click()


async def in_the_sheet(visitor: Visitor, words: str) -> Locator:
    await visitor.go("sheet")
    await visitor.page.get_by_role("tab", name="Журнал").click()
    cell = visitor.page.locator(".grid td", has_text=words)
    await expect(cell.first).to_be_visible(timeout=PATIENCE_MS)
    return cell


@SIZES
async def test_an_expense_reaches_the_sheet_and_is_undone(
    chromium: Browser, address: str, size: Size, tmp_path: Path
) -> None:
    sum_typed, shown = ("7771", "7 771,00") if size == WIDE else ("7772", "7 772,00")
    async with visiting(chromium, address, size, tmp_path) as visitor:
        igor = await visitor.say("Игорь", f"{sum_typed} такси")
        answer = igor.locator(".message").last
        await expect(answer).to_contain_text("Транспорт", timeout=PATIENCE_MS)
        await in_the_sheet(visitor, shown)

        await visitor.take("Игорь")
        await answer.get_by_role("button", name="Отменить").click()

        await expect(answer).to_contain_text("Отменено", timeout=PATIENCE_MS)


@SIZES
async def test_cash_is_handed_over_by_a_link(
    chromium: Browser, address: str, size: Size, tmp_path: Path
) -> None:
    name, sum_typed, shown = (
        ("Кухня, Беловы", "31 251", "31 251")
        if size == WIDE
        else ("Шкаф, Юрьевы", "31 252", "31 252")
    )
    async with visiting(chromium, address, size, tmp_path) as visitor:
        contract = await add_deal(visitor, name, "Наличные", sum_typed)
        anna = await visitor.take("Анна")
        await said_until(visitor, anna, "Моя касса", contract)
        await anna.get_by_role("button", name="Сдать кассу").click()
        await anna.get_by_role("button", name=re.compile("Сдать всё")).last.click()
        newest = anna.locator(".message").last
        await expect(newest).to_contain_text("start=h_", timeout=PATIENCE_MS)
        await newest.get_by_role("link").click()
        await visitor.page.get_by_role("button", name="Открыть на телефоне Ольги").click()
        olga = visitor.page.get_by_role("group", name="Ольга, ")
        card = olga.locator(".message").last
        await card.get_by_role("button", name=re.compile("Принял")).click()

        await expect(card).to_contain_text("Принято", timeout=PATIENCE_MS)
        await confirmed(visitor, name, shown)


@SIZES
async def test_a_transfer_is_confirmed_by_the_statement(
    chromium: Browser, address: str, size: Size, tmp_path: Path
) -> None:
    name, sum_typed = ("Двери, Ильины", "41 251") if size == WIDE else ("Стол, Егоровы", "41 252")
    async with visiting(chromium, address, size, tmp_path) as visitor:
        contract = await add_deal(visitor, name, "Безналичный расчёт", sum_typed)
        page = visitor.page
        await visitor.go("bank")
        await page.get_by_role("button", name=f"№ {contract}").click()
        await page.get_by_role("button", name="Заплатить сегодня").click()
        await expect(page.locator(".movement").first).to_contain_text(contract)
        await page.get_by_role("button", name="Выписка за завтра").click()
        await page.get_by_role("button", name="Отправить бухгалтеру").first.click()
        maria = await visitor.take("Мария")

        await expect(maria.locator(".message").last).to_contain_text(
            "разнесено само 1", timeout=PATIENCE_MS
        )
        await confirmed(visitor, name, sum_typed)


@SIZES
async def test_the_accountant_rejects_splits_and_takes_back(
    chromium: Browser, address: str, size: Size, tmp_path: Path
) -> None:
    sums = ("51 251", "8 749") if size == WIDE else ("52 252", "7 748")
    async with visiting(chromium, address, size, tmp_path) as visitor:
        page = visitor.page
        await pay_by_hand(visitor, "60 000")
        contracts = [
            await add_deal(visitor, f"Шкаф на {one}", "Безналичный расчёт", one) for one in sums
        ]
        await visitor.go("bank")
        await page.get_by_role("button", name="Отправить бухгалтеру").first.click()
        maria = await visitor.take("Мария")
        newest = maria.locator(".message").last
        await expect(newest).to_contain_text("Контрольные суммы", timeout=PATIENCE_MS)
        await maria.get_by_role("button", name="Разобрать").last.click()
        await expect(newest).to_contain_text("60 000 ₽", timeout=PATIENCE_MS)
        card = maria.locator(".message", has_text="№ 1").last
        await newest.get_by_role("button", name="Разделить").click()
        await expect(newest).to_contain_text("Напишите части", timeout=PATIENCE_MS)
        parts = zip(sums, contracts, strict=True)
        await visitor.say("Мария", "\n".join(f"{one.replace(' ', '')} {no}" for one, no in parts))
        await newest.get_by_role("button", name="Записать").click(timeout=PATIENCE_MS)
        await confirmed(visitor, f"Шкаф на {sums[0]}", sums[0])

        await visitor.take("Мария")
        await card.get_by_role("button", name="Отменить").click()
        await expect(card.get_by_role("button", name="Разделить")).to_be_visible()


async def pay_by_hand(visitor: Visitor, amount: str) -> None:
    """A stranger pays without a contract, and the next day comes."""
    page = visitor.page
    await visitor.go("bank")
    await page.get_by_label("Сумма, ₽").fill(amount)
    await page.get_by_label("Плательщик", exact=True).fill("Иванов Иван")
    await page.get_by_role("button", name="Заплатить сегодня").click()
    await expect(page.locator(".movement").first).to_contain_text("Иванов")
    await page.get_by_role("button", name="Выписка за завтра").click()
    await expect(page.get_by_role("button", name="Отправить бухгалтеру").first).to_be_visible()


async def said_until(visitor: Visitor, phone: Locator, words: str, seen: str) -> None:
    """Press a key until the answer has something in it: the CRM's news take a moment."""
    for _ in range(PATIENCE_MS // 1000):
        before = await phone.locator(".message").count()
        await phone.get_by_role("button", name=words, exact=True).click()
        await expect(phone.locator(".message")).not_to_have_count(before)
        await visitor.page.wait_for_timeout(1000)
        if seen in (await phone.locator(".message").last.inner_text()):
            return
    raise AssertionError(f"{words}: no {seen}")

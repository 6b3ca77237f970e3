"""A small world for the page: real stand-ins, four people and Boris, a bot of twenty lines."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp

from sandbox.amocrm.company import (
    ANNA_ID,
    BORIS_ID,
    CITY_ID,
    CONTRACT_NUMBER_ID,
    PREPAYMENT_AMOUNT_ID,
    PREPAYMENT_METHOD_ID,
    PRODUCT_ID,
    STAGE_CONFIRMED_ID,
    STAGE_SIGNED_ID,
)
from sandbox.bank.company import MAIN_ACCOUNT, person
from sandbox.bank.records import Order
from sandbox.faults import Faults
from sandbox.page.app import build_page
from sandbox.page.world import DemoPerson, StatementFileOffer
from sandbox.servers import Sandbox, run_standins
from tests.sandbox.page_sheet import fill_sheet
from world.clock import VirtualClock

IGOR, ANNA, BORIS, OLGA, MARIA = range(501, 506)
PEOPLE = (
    DemoPerson(IGOR, "Игорь", "Владелец"),
    DemoPerson(ANNA, "Анна", "Менеджер"),
    DemoPerson(BORIS, "Борис", "Менеджер"),
    DemoPerson(OLGA, "Ольга", "Кассир"),
    DemoPerson(MARIA, "Мария", "Бухгалтер"),
)
START = datetime(2026, 3, 2, 9, 41, tzinfo=ZoneInfo("Europe/Moscow"))
MENU = {
    "keyboard": [[{"text": "Моя касса"}, {"text": "Сдать кассу"}]],
    "resize_keyboard": True,
    "input_field_placeholder": "Например: 500 такси",
}
UNDO = [
    {"text": "Отменить", "callback_data": "undo", "style": "danger"},
    {"text": "Статья", "callback_data": "article"},
]
ACCEPT = [
    {"text": "✓ Принял", "callback_data": "accept", "style": "success"},
    {"text": "Сумма не та", "callback_data": "other"},
]
HAND_OVER = [{"text": "✓ Сдать всё: 64 500,50 ₽", "callback_data": "all", "style": "success"}]
LINK = [{"text": "Ссылка для кассира", "callback_data": "link"}]


@dataclass(slots=True)
class Bot:
    """Calls the Bot API of the stand-in over the loopback, as any bot does."""

    base: str
    session: aiohttp.ClientSession

    async def call(self, method: str, **arguments: Any) -> Any:
        async with self.session.post(f"{self.base}/{method}", json=arguments) as response:
            body = await response.json()
        assert body["ok"], body
        return body["result"]

    async def tell(self, user_id: int, html: str, **markup: Any) -> int:
        arguments: dict[str, Any] = {"reply_markup": markup} if markup else {}
        sent = await self.call(
            "sendMessage", chat_id=user_id, text=html, parse_mode="HTML", **arguments
        )
        return int(sent["message_id"])

    async def run(self) -> None:
        """Answer what people do until cancelled."""
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=20):
                offset = update["update_id"] + 1
                await self.react(update)

    async def react(self, update: dict[str, Any]) -> None:
        query = update.get("callback_query")
        if query is not None:
            await self.answer(query)
            return
        message = update["message"]
        user_id, text = message["chat"]["id"], message.get("text", "")
        if "document" in message:
            name = message["document"]["file_name"]
            await self.tell(user_id, f"<b>Выписка принята</b>\n{name}: 3 строки, сошлось 2")
        elif text == "Сдать кассу":
            await self.tell(user_id, "На вас <b>64 500,50 ₽</b>", inline_keyboard=[HAND_OVER])
        elif text.startswith("/start h_"):
            card = "<b>Анна сдаёт 64 500,50 ₽</b>\nПять договоров, предоплата наличными."
            await self.tell(user_id, card, inline_keyboard=[ACCEPT])
        elif text[:1].isdigit():
            await self.tell(user_id, "Записано: <b>500,00 ₽</b>, такси", inline_keyboard=[UNDO])

    async def answer(self, query: dict[str, Any]) -> None:
        message, data = query["message"], query["data"]
        alert = data == "other"
        text = "Сумму напишите сообщением" if alert else "Готово"
        await self.call(
            "answerCallbackQuery", callback_query_id=query["id"], text=text, show_alert=alert
        )
        chat_id = message["chat"]["id"]
        place = {"chat_id": chat_id, "message_id": message["message_id"], "parse_mode": "HTML"}
        if data == "accept":
            await self.call("editMessageText", text="✓ Принято: <b>64 500,50 ₽</b>", **place)
        elif data == "all":
            markup = {"inline_keyboard": [LINK]}
            text = "Сдаёте <b>64 500,50 ₽</b>: ждём кассира."
            await self.call("editMessageText", text=text, reply_markup=markup, **place)
        elif data == "link":
            link = "https://t.me/kopeyka_sandbox_bot?start=h_7Qx2"
            await self.tell(chat_id, f"Перешлите кассиру ссылку: {link}")


@dataclass(slots=True)
class FakeWorld:
    """What the page is built over; the next day brings one transfer and one file."""

    sandbox: Sandbox
    clock: VirtualClock
    people: Sequence[DemoPerson] = PEOPLE
    busy_words: str | None = None
    hold: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def spreadsheet_id(self) -> str:
        return self.sandbox.spreadsheet_id

    def busy(self) -> str | None:
        return self.busy_words

    async def next_day(self) -> list[StatementFileOffer]:
        await self.hold.wait()
        bank, day = self.sandbox.bank, self.sandbox.bank.today
        order = Order(15_000_00, "Оплата по договору № Д-77. НДС не облагается.")
        bank.client_pays(MAIN_ACCOUNT, person("Смирнова Ольга"), order)
        self.clock.advance(timedelta(days=1))
        return [StatementFileOffer("kl_to_1c.txt", bank.statement(MAIN_ACCOUNT, day, day))]


@dataclass(frozen=True, slots=True)
class OpenPage:
    """The page being served over a world."""

    world: FakeWorld
    bot: Bot
    url: str
    session: aiohttp.ClientSession

    async def get(self, path: str) -> Any:
        async with self.session.get(self.url + path) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def post(self, path: str, status: int = 200, **body: Any) -> Any:
        async with self.session.post(self.url + path, json=body) as response:
            shown = await response.json()
        assert response.status == status, shown
        return shown


@asynccontextmanager
async def open_page(*, flowing: bool = False) -> AsyncIterator[OpenPage]:
    """Serve the page over a fresh world; a flowing one has the bot answering."""
    clock = VirtualClock(START)
    sandbox = Sandbox(clock, Faults())
    world = FakeWorld(sandbox, clock)
    world.hold.set()
    async with sandbox.running() as urls, aiohttp.ClientSession() as session:
        bot = Bot(f"{urls['telegram']}/bot{sandbox.telegram_token}", session)
        await _fill(world, bot)
        async with run_standins({"page": build_page(world)}) as pages:
            page = OpenPage(world, bot, pages["page"], session)
            if not flowing:
                yield page
                return
            clock.flow()
            answering = asyncio.create_task(bot.run())
            try:
                yield page
            finally:
                answering.cancel()
                await asyncio.gather(answering, return_exceptions=True)


async def _fill(world: FakeWorld, bot: Bot) -> None:
    for one in PEOPLE:
        await world.sandbox.telegram.phone(one.user_id, one.name).open_bot()
        await bot.tell(one.user_id, f"Здравствуйте, {one.name}! Я <b>Копейка</b>.", **MENU)
    await bot.tell(
        IGOR,
        "<b>Сегодня, 2 марта</b>\nВыручка: <code>64 500,50</code>\nРасходы: <code>12 300</code>\n"
        "<blockquote>Не подтверждено: 2 платежа на 41 000 ₽</blockquote>",
    )
    fill_sheet(world.sandbox)
    crm = world.sandbox.amocrm
    add_deal(world, "Кухня, Смирнова", BORIS_ID, "Безналичный расчёт", "15000", "Д-77")
    add_deal(world, "Шкаф, Орлов", ANNA_ID, "Наличные", "7500.50", "Д-78")
    done = add_deal(world, "Двери, Гарипова", ANNA_ID, "Наличные", "20000", "Д-70")
    crm.move(done, STAGE_CONFIRMED_ID)
    crm.add_note(done, "Платёж 20 000,00 ₽ подтверждён кассой 01.03.2026")


def add_deal(
    world: FakeWorld, name: str, manager_id: int, method: str, sum_: str, number: str
) -> int:
    crm = world.sandbox.amocrm
    deal = crm.add_lead(
        name,
        responsible_user_id=manager_id,
        price=60000,
        contact_ids=[crm.add_contact(name.split(", ")[1])],
        fields={
            PREPAYMENT_AMOUNT_ID: sum_,
            PREPAYMENT_METHOD_ID: method,
            CONTRACT_NUMBER_ID: number,
            PRODUCT_ID: "Кухни",
            CITY_ID: "Казань",
        },
    )
    crm.move(deal, STAGE_SIGNED_ID)
    return deal

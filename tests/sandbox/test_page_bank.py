import asyncio
from typing import Any

import pytest

from sandbox.bank.company import MAIN_ACCOUNT
from tests.sandbox.page_world import IGOR, MARIA, open_page

SUM_WORDS = "Сумма пишется цифрами, например 15 000 или 7 500,50"
PAYMENT: dict[str, Any] = {
    "account": MAIN_ACCOUNT,
    "amount": "15 000,50",
    "name": "Смирнова Ольга",
    "inn": "",
    "purpose": "Оплата по договору № Д-77. НДС не облагается.",
}


async def test_a_client_s_payment_is_on_the_account_at_once() -> None:
    async with open_page() as page:
        before = (await page.get("/api/version"))["bank"]
        await page.post("/api/bank/payments", **PAYMENT)
        bank = await page.get("/api/bank")
        after = (await page.get("/api/version"))["bank"]

    assert bank["accounts"][0]["balance"] == "1265000.50"
    assert bank["movements"][0]["amount"] == "15000.50"
    assert bank["movements"][0]["name"] == "Смирнова Ольга"
    assert after != before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"amount": "0"}, "Сумма платежа больше нуля"),
        ({"amount": "1e400"}, SUM_WORDS),
        ({"amount": "0.001"}, SUM_WORDS),
        ({"amount": "NaN"}, SUM_WORDS),
        ({"amount": "сто"}, SUM_WORDS),
        ({"name": " "}, "Укажите плательщика и назначение платежа"),
        ({"inn": "12"}, "ИНН: 10 цифр у компании или 12 у человека, можно пусто"),
    ],
)
async def test_a_bad_payment_is_refused_in_words(change: dict[str, Any], words: str) -> None:
    async with open_page() as page:
        refused = await page.post("/api/bank/payments", 400, **{**PAYMENT, **change})

        assert refused == {"error": words}
        assert page.world.sandbox.bank.documents == []


async def test_the_next_day_brings_a_file_to_download() -> None:
    async with open_page() as page:
        done = await page.post("/api/bank/next-day")
        file = (await page.get("/api/bank"))["files"][0]
        async with page.session.get(f"{page.url}/api/bank/files/1") as response:
            text = (await response.read()).decode("cp1251")

    assert done == {"files": 1, "today": "2026-03-03"}
    assert (file["name"], file["day"], file["sent_to"]) == ("kl_to_1c.txt", "2026-03-02", [])
    assert text.startswith("1CClientBankExchange")
    assert "договору № Д-77" in text


async def test_a_statement_is_dropped_into_the_accountant_s_chat() -> None:
    async with open_page() as page:
        await page.post("/api/bank/next-day")
        await page.post("/api/bank/files/1/send", user_id=MARIA)
        screen = await page.get(f"/api/phones/{MARIA}")
        file = (await page.get("/api/bank"))["files"][0]

    assert screen["messages"][-1]["document"] == "kl_to_1c.txt"
    assert file["sent_to"] == ["Мария"]


async def test_a_second_press_while_the_day_goes_on_is_told_to_wait() -> None:
    async with open_page() as page:
        page.world.hold.clear()
        first = asyncio.create_task(page.post("/api/bank/next-day"))
        await page.get("/api/bank")
        second = await page.post("/api/bank/next-day", 409)
        page.world.hold.set()
        await first

    assert second == {"error": "Следующий день уже наступает, подождите"}


async def test_files_and_phones_that_are_not_there_are_refused() -> None:
    async with open_page() as page:
        no_file = await page.post("/api/bank/files/1/send", 404, user_id=MARIA)
        await page.post("/api/bank/next-day")
        stranger = await page.post("/api/bank/files/1/send", 404, user_id=999)
        await page.world.sandbox.telegram.phone(IGOR, "Игорь").block()
        blocked = await page.post("/api/bank/files/1/send", 409, user_id=IGOR)

    assert no_file == {"error": "Такого файла нет"}
    assert stranger == {"error": "Такого телефона здесь нет"}
    assert "Игорь" in blocked["error"]

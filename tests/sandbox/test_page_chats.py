from tests.sandbox.page_world import ANNA, IGOR, OLGA, OpenPage, open_page

BUTTONS = [
    {"text": "Принять", "callback_data": "accept", "style": "success"},
    {"text": "Открыть", "url": "https://t.me/kopeyka_sandbox_bot?start=h_1"},
]


async def taps(page: OpenPage) -> list[str]:
    """The callback data that the bot has been sent."""
    updates = await page.bot.call("getUpdates")
    return [one["callback_query"]["data"] for one in updates if "callback_query" in one]


async def test_what_is_typed_reaches_the_bot_and_stands_on_the_screen() -> None:
    async with open_page() as page:
        await page.post(f"/api/phones/{IGOR}/say", text="  500 такси ")
        screen = await page.get(f"/api/phones/{IGOR}")
        updates = await page.bot.call("getUpdates")

    assert screen["messages"][-1]["text"] == "500 такси"
    assert screen["messages"][-1]["mine"]
    assert updates[-1]["message"]["text"] == "500 такси"


async def test_the_screen_shows_formatting_buttons_keyboard_and_placeholder() -> None:
    async with open_page() as page:
        await page.bot.tell(OLGA, "Приход <b>500</b>", inline_keyboard=[BUTTONS])
        screen = await page.get(f"/api/phones/{OLGA}")

    message = screen["messages"][-1]
    assert message["html"] == "Приход <b>500</b>"
    assert not message["mine"]
    assert message["buttons"][0][0]["style"] == "success"
    assert screen["keyboard"] == [["Моя касса", "Сдать кассу"]]
    assert screen["placeholder"] == "Например: 500 такси"


async def test_text_of_people_arrives_as_text() -> None:
    async with open_page() as page:
        await page.post(f"/api/phones/{ANNA}/say", text="<b>500</b> <script>x</script>")
        screen = await page.get(f"/api/phones/{ANNA}")

    shown = screen["messages"][-1]["html"]
    assert shown == "&lt;b&gt;500&lt;/b&gt; &lt;script&gt;x&lt;/script&gt;"


async def test_a_press_reaches_the_bot_and_its_answer_is_a_toast() -> None:
    async with open_page() as page:
        message_id = await page.bot.tell(OLGA, "Касса", inline_keyboard=[BUTTONS])
        press = {"message_id": message_id, "label": "Принять", "data": "accept"}
        query_id = (await page.post(f"/api/phones/{OLGA}/press", **press))["query_id"]
        await page.bot.call("answerCallbackQuery", callback_query_id=query_id, text="Готово")
        screen = await page.get(f"/api/phones/{OLGA}")

    assert screen["toasts"] == [{"query_id": query_id, "text": "Готово", "alert": False}]
    assert screen["toasts_total"] == 1


async def test_a_button_that_has_just_gone_sends_what_was_shown() -> None:
    async with open_page() as page:
        message_id = await page.bot.tell(OLGA, "Касса", inline_keyboard=[BUTTONS])
        await page.bot.call("editMessageText", chat_id=OLGA, message_id=message_id, text="Принято")
        press = {"message_id": message_id, "label": "Принять", "data": "accept"}
        await page.post(f"/api/phones/{OLGA}/press", **press)

        assert await taps(page) == ["accept"]


async def test_of_two_buttons_with_one_label_the_tapped_one_is_sent() -> None:
    two = [{"text": "Да", "callback_data": "first"}, {"text": "Да", "callback_data": "second"}]
    async with open_page() as page:
        message_id = await page.bot.tell(OLGA, "Какой?", inline_keyboard=[two])
        press = {"message_id": message_id, "label": "Да", "data": "second"}
        await page.post(f"/api/phones/{OLGA}/press", **press)

        assert await taps(page) == ["second"]


async def test_a_link_opens_on_another_phone_and_a_foreign_one_does_not() -> None:
    async with open_page() as page:
        url = "https://t.me/kopeyka_sandbox_bot?start=h_7Qx2"
        await page.post(f"/api/phones/{OLGA}/open", url=url)
        screen = await page.get(f"/api/phones/{OLGA}")
        refused = await page.post(f"/api/phones/{OLGA}/open", 409, url="https://t.me/other_bot")

    assert screen["messages"][-1]["text"] == "/start h_7Qx2"
    assert refused == {"error": "С этого телефона так сделать нельзя"}


async def test_a_file_goes_to_the_bot_and_can_be_taken_back() -> None:
    async with open_page() as page:
        path = f"{page.url}/api/phones/{ANNA}/file?name=выписка.txt"
        async with page.session.post(path, data=b"1CClientBankExchange") as response:
            message_id = (await response.json())["message_id"]
        screen = await page.get(f"/api/phones/{ANNA}")
        async with page.session.get(f"{page.url}/api/phones/{ANNA}/files/{message_id}") as got:
            data, disposition = await got.read(), got.headers["Content-Disposition"]

    assert screen["messages"][-1]["document"] == "выписка.txt"
    assert data == b"1CClientBankExchange"
    assert disposition.startswith("attachment; filename*=UTF-8''%D0%B2")


async def test_only_the_latest_messages_are_sent_and_the_rest_is_counted() -> None:
    async with open_page() as page:
        for number in range(5):
            await page.bot.tell(IGOR, f"Сообщение {number}")
        screen = await page.get(f"/api/phones/{IGOR}?limit=2")

    assert [one["text"] for one in screen["messages"]] == ["Сообщение 3", "Сообщение 4"]
    assert screen["earlier"] == 6


async def test_refusals_say_what_would_work() -> None:
    async with open_page() as page:
        page.world.sandbox.telegram.phone(IGOR, "Игорь")
        long = await page.post(f"/api/phones/{IGOR}/say", 400, text="я" * 4097)
        empty = await page.post(f"/api/phones/{IGOR}/say", 400, text="  ")
        stranger = await page.post("/api/phones/999/say", 404, text="500")
        await page.world.sandbox.telegram.phone(IGOR, "Игорь").block()
        blocked = await page.post(f"/api/phones/{IGOR}/say", text="500", status=409)

    assert long == empty == {"error": "Сообщение должно быть от 1 до 4096 знаков"}
    assert stranger == {"error": "Такого телефона здесь нет"}
    assert blocked == {"error": "Игорь: сначала нажмите «Старт»"}


async def test_start_brings_a_blocked_bot_back() -> None:
    async with open_page() as page:
        await page.world.sandbox.telegram.phone(IGOR, "Игорь").block()
        await page.post(f"/api/phones/{IGOR}/start")
        screen = await page.get(f"/api/phones/{IGOR}")

    assert screen["started"]
    assert not screen["blocked"]

import base64

import pytest

from sandbox.telegram.people import PhoneError
from sandbox.telegram.schema import load_schema
from tests.sandbox.telegram_fixtures import Room, open_room

KEYBOARD = {"inline_keyboard": [[{"text": "Да", "callback_data": "y"}]]}


async def last_update(room: Room) -> dict[str, object]:
    (update,) = await room.result("getUpdates", offset=-1)
    return update


async def test_a_deep_link_starts_the_bot_with_its_payload():
    async with open_room() as room:
        olga = room.standin.phone(2, "Ольга", "olga")

        await olga.open_link("https://t.me/kopeyka_bot?start=h_1-2_A")

        message = (await last_update(room))["message"]
        assert message["text"] == "/start h_1-2_A"
        assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
        assert message["from"]["username"] == "olga"


@pytest.mark.parametrize("payload", ["", "a" * 65, "h.1", "ключ"])
async def test_a_payload_outside_the_alphabet_or_length_is_no_link(payload):
    async with open_room() as room:
        with pytest.raises(PhoneError):
            await room.standin.phone(2, "Ольга").open_bot(payload)


@pytest.mark.parametrize("url", ["https://t.me/other_bot?start=1", "https://example.org/?start=1"])
async def test_a_link_to_somebody_else_does_not_open_this_bot(url):
    async with open_room() as room:
        with pytest.raises(PhoneError):
            await room.standin.phone(2, "Ольга").open_link(url)


async def test_nothing_can_be_said_before_start():
    async with open_room() as room:
        with pytest.raises(PhoneError):
            await room.standin.phone(2, "Ольга").say("привет")


async def test_an_edit_comes_as_an_edited_message():
    async with open_room() as room:
        olga = room.standin.phone(2, "Ольга")
        await olga.open_bot()
        message_id = await olga.say("500 такси")

        await olga.edit(message_id, "600 такси")

        edited = (await last_update(room))["edited_message"]
        assert (edited["message_id"], edited["text"]) == (message_id, "600 такси")
        assert "edit_date" in edited


async def test_blocking_and_coming_back_are_told():
    async with open_room() as room:
        olga = room.standin.phone(2, "Ольга")
        await olga.open_bot()

        await olga.block()
        change = (await last_update(room))["my_chat_member"]
        assert change["new_chat_member"]["status"] == "kicked"

        await olga.open_bot()
        kinds = [set(u) - {"update_id"} for u in await room.result("getUpdates", limit=10)]
        assert kinds == [{"my_chat_member"}, {"my_chat_member"}, {"message"}]


async def test_a_key_of_the_reply_keyboard_sends_its_text():
    async with open_room() as room:
        olga = room.standin.phone(2, "Ольга")
        await olga.open_bot()
        keyboard = {"keyboard": [[{"text": "Мой день"}]]}
        await room.result("sendMessage", chat_id=2, text="меню", reply_markup=keyboard)

        assert await olga.press("Мой день") == ""

        assert (await last_update(room))["message"]["text"] == "Мой день"


async def test_a_button_that_is_gone_can_only_be_tapped_as_a_former_one():
    async with open_room() as room:
        olga = room.standin.phone(2, "Ольга")
        await olga.open_bot()
        await room.result("sendMessage", chat_id=2, text="?", reply_markup=KEYBOARD)
        await room.result("editMessageText", chat_id=2, message_id=2, text="!")

        with pytest.raises(PhoneError):
            await olga.press("Да")
        await olga.press_former("Да")

        assert (await last_update(room))["callback_query"]["data"] == "y"


async def test_a_tap_on_a_deleted_message_carries_no_message_to_trust():
    async with open_room() as room:
        olga = room.standin.phone(2, "Ольга")
        await olga.open_bot()
        await room.result("sendMessage", chat_id=2, text="?", reply_markup=KEYBOARD)
        await room.result("deleteMessage", chat_id=2, message_id=2)

        await olga.press_data("чужое", 2)

        query = (await last_update(room))["callback_query"]
        assert query["message"]["date"] == 0
        assert query["data"] == "чужое"


@pytest.mark.parametrize(
    "act",
    [
        lambda phone: phone.edit(2, "чужое"),
        lambda phone: phone.edit(77, "нет такого"),
        lambda phone: phone.say("  "),
        lambda phone: phone.say("я" * 4097),
        lambda phone: phone.unblock(),
        lambda phone: phone.press("Сайт"),
        lambda phone: phone.press("Готово"),
        lambda phone: phone.press("Да", message_id=1),
        lambda phone: phone.press_data("y", 77),
        lambda phone: phone.share_users("Кто?", [1]),
    ],
)
async def test_what_no_client_can_do_is_an_error_of_the_script(act):
    async with open_room() as room:
        olga = room.standin.phone(2, "Ольга")
        await olga.open_bot()
        site = {"text": "Сайт", "url": "https://example.org"}
        done = {"text": "Готово", "disabled": {}}
        markup = {"inline_keyboard": [[site], [done], *KEYBOARD["inline_keyboard"]]}
        await room.result("sendMessage", chat_id=2, text="?", reply_markup=markup)

        with pytest.raises(PhoneError):
            await act(olga)

        assert room.standin.waiting_updates == 1


async def test_a_blocked_bot_hears_nothing():
    async with open_room() as room:
        olga = room.standin.phone(2, "Ольга")
        await olga.open_bot()
        await olga.block()

        with pytest.raises(PhoneError):
            await olga.say("привет")
        assert olga.is_blocked


async def test_a_link_button_to_the_bot_starts_it():
    async with open_room() as room:
        olga = room.standin.phone(2, "Ольга")
        await olga.open_bot()
        link = {"text": "Открыть", "url": "https://t.me/kopeyka_bot?start=h_7"}
        markup = {"inline_keyboard": [[link]]}
        await room.result(
            "sendMessage",
            chat_id=2,
            text='<a href="https://t.me/kopeyka_bot?start=h_6">шесть</a> t.me/kopeyka_bot?start=h_5',
            parse_mode="HTML",
            reply_markup=markup,
        )

        await olga.press("Открыть")

        assert (await last_update(room))["message"]["text"] == "/start h_7"
        assert [url.rpartition("_")[2] for url in olga.links] == ["5", "6", "7"]


async def test_every_update_is_as_the_bot_api_documents_it():
    async with open_room() as room:
        olga = room.standin.phone(2, "Ольга", "olga")
        await olga.open_bot()
        await room.result("sendMessage", chat_id=2, text="?", reply_markup=KEYBOARD)
        await olga.press("Да")
        await olga.edit(await olga.say("500"), "600")
        await olga.drop_file("чек.pdf", b"%PDF", "500 такси")
        await olga.drop_photo(b"\xff\xd8", "500 такси")
        ask = {"keyboard": [[{"text": "Кто?", "request_users": {"request_id": 5}}]]}
        await room.result("sendMessage", chat_id=2, text="кто?", reply_markup=ask)
        await olga.share_users("Кто?", [1])
        await olga.block()

        updates = await room.result("getUpdates")

        assert len(updates) == 8
        schema = load_schema()
        assert [b for u in updates for b in schema.breaches_of_value("Update", u)] == []


async def act(room: Room, what: str, **body: object) -> int:
    url = f"{room.base}/_people/phones/7/{what}"
    async with room.client.post(url, json=body) as response:
        assert ("error" in await response.json()) == (response.status != 200)
        return response.status


async def test_phones_over_http_do_what_phones_do():
    async with open_room() as room:
        phones = f"{room.base}/_people/phones"
        await room.client.post(phones, json={"user_id": 7, "name": "Пётр"})

        assert await act(room, "say", text="привет") == 409
        assert await act(room, "open", payload="h_1") == 200
        await room.result("sendMessage", chat_id=7, text="?", reply_markup=KEYBOARD)
        assert await act(room, "press", label="Да") == 200
        assert await act(room, "press", label="Нет") == 409
        assert await act(room, "press", data="z", message_id=2) == 200
        assert await act(room, "edit", message_id=1, text="привет") == 200
        assert await act(room, "dance") == 404
        assert await act(room, "say") == 400
        assert await act(room, "block") == 200
        assert await act(room, "unblock") == 200
        assert room.faults.calls == ["telegram sendMessage"]


async def test_a_screen_over_http_shows_what_the_phone_shows():
    async with open_room() as room:
        phone = room.standin.phone(7, "Пётр")
        await phone.open_bot()
        await room.result(
            "sendMessage", chat_id=7, text="<b>?</b>", parse_mode="HTML", reply_markup=KEYBOARD
        )
        await phone.press("Да")
        data = base64.b64encode(b"abc").decode()
        assert await act(room, "file", name="a.txt", base64=data) == 200

        async with room.client.get(f"{room.base}/_people/phones/7") as response:
            screen = await response.json()
        async with room.client.get(f"{room.base}/_people/phones/7/documents/3") as response:
            document = await response.read()

        assert [message["text"] for message in screen["messages"]] == ["/start", "?", ""]
        assert screen["messages"][1]["html"] == "<b>?</b>"
        assert screen["messages"][1]["buttons"][0][0]["label"] == "Да"
        assert (screen["spinners"], screen["version"]) == (1, phone.version)
        assert (document, screen["messages"][2]["document"]) == (b"abc", "a.txt")


async def test_violations_and_the_transcript_can_be_read_by_another_process():
    async with open_room() as room:
        await room.standin.phone(7, "Пётр").open_bot()
        await room.call("sendMoney")

        async with room.client.get(f"{room.base}/_people/violations") as response:
            assert await response.json() == {
                "violations": ["sendMoney: not a method of Bot API 10.3"]
            }
        async with room.client.get(f"{room.base}/_people/transcript") as response:
            assert await response.text() == "Пётр> /start"
        async with room.client.get(f"{room.base}/_people/phones/8") as response:
            assert response.status == 404

import io
from datetime import timedelta

import aiohttp
import pytest

from tests.sandbox.telegram_fixtures import TOKEN, Room, open_room

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def inline(*labels: str) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": label, "callback_data": label} for label in labels]]}


async def started(room: Room, user_id: int = 1) -> None:
    await room.standin.phone(user_id, f"Человек {user_id}").open_bot()


@pytest.mark.parametrize(
    ("chat_id", "words"),
    [
        (99, "Bad Request: chat not found"),
        ("@nobody", "Bad Request: chat not found"),
        (2, "Forbidden: bot can't initiate conversation with a user"),
        (3, "Forbidden: bot was blocked by the user"),
    ],
)
async def test_who_cannot_be_written_to(chat_id, words):
    async with open_room() as room:
        room.standin.phone(2, "Не начинал")
        await started(room, 3)
        await room.standin.phones[3].block()

        assert await room.refusal("sendMessage", chat_id=chat_id, text="да") == words


async def test_message_ids_count_per_chat():
    async with open_room() as room:
        await started(room, 1)
        await started(room, 2)

        first = await room.result("sendMessage", chat_id=1, text="да")
        second = await room.result("sendMessage", chat_id=2, text="да")

        assert first["message_id"] == second["message_id"] == 2


async def test_an_edit_changes_text_and_takes_the_keyboard_away():
    async with open_room() as room:
        await started(room)
        await room.result("sendMessage", chat_id=1, text="один", reply_markup=inline("Да"))

        body = await room.result("editMessageText", chat_id=1, message_id=2, text="два")

        assert (body["text"], "reply_markup" in body) == ("два", False)
        assert body["edit_date"] == int(room.clock.now().timestamp())
        assert room.standin.phones[1].last.edited


@pytest.mark.parametrize(
    ("method", "arguments", "words"),
    [
        ("editMessageText", {"message_id": 2, "text": "<b>один</b> "}, NOT_MODIFIED),
        ("editMessageReplyMarkup", {"message_id": 2, "reply_markup": inline("Да")}, NOT_MODIFIED),
        ("editMessageText", {"message_id": 9, "text": "два"}, "Bad Request: message to edit not found"),
        ("editMessageText", {"message_id": 1, "text": "два"}, "Bad Request: message can't be edited"),
        ("editMessageText", {"message_id": 3, "text": "два"}, "Bad Request: message can't be edited"),
        ("editMessageText", {"message_id": 4, "text": "два"}, "Bad Request: there is no text in the message to edit"),
        ("editMessageText", {"message_id": 2, "text": " "}, "Bad Request: message text is empty"),
        ("editMessageText", {"message_id": 2, "text": "я", "reply_markup": {"keyboard": [[{"text": "я"}]]}}, "Bad Request: can't parse editMessageText.reply_markup.inline_keyboard: missing, documented as required"),
        ("deleteMessage", {"message_id": 9}, "Bad Request: message to delete not found"),
    ],
)  # fmt: skip
async def test_edits_that_telegram_refuses(method, arguments, words):
    async with open_room() as room:
        await started(room)
        if "reply_markup" not in arguments:
            arguments = {**arguments, "reply_markup": inline("Да")}
        if method == "deleteMessage":
            del arguments["reply_markup"]
        await room.result(
            "sendMessage",
            chat_id=1,
            text="<b>один</b>",
            parse_mode="HTML",
            reply_markup=inline("Да"),
        )
        keyboard = {"keyboard": [[{"text": "Мой день"}]]}
        await room.result("sendMessage", chat_id=1, text="меню", reply_markup=keyboard)
        await send_file(room, b"abc")

        refused = await room.refusal(method, chat_id=1, **_html(method, arguments))

        assert refused == words


def _html(method, arguments):
    return {**arguments, "parse_mode": "HTML"} if method == "editMessageText" else arguments


async def send_file(room: Room, data: bytes, name: str = "акт.txt") -> dict[str, object]:
    form = aiohttp.FormData({"chat_id": "1", "document": "attach://x"})
    form.add_field("x", data, filename=name, content_type="text/plain")
    url = f"{room.base}/bot{TOKEN}/sendDocument"
    async with room.client.post(url, data=form) as response:
        body = await response.json()
        assert body["ok"], body
        return body["result"]


async def test_own_messages_can_be_deleted_at_any_age_the_persons_for_48_hours():
    async with open_room() as room:
        await started(room)
        await room.result("sendMessage", chat_id=1, text="да")
        room.clock.advance(timedelta(hours=48))

        words = await room.refusal("deleteMessage", chat_id=1, message_id=1)
        assert words == "Bad Request: message can't be deleted"
        assert await room.result("deleteMessage", chat_id=1, message_id=2) is True


async def test_a_tap_is_answered_once():
    async with open_room() as room:
        await started(room)
        phone = room.standin.phones[1]
        await room.result("sendMessage", chat_id=1, text="?", reply_markup=inline("Да"))
        query_id = await phone.press("Да")
        assert phone.spinners == 1

        await room.result("answerCallbackQuery", callback_query_id=query_id, text="Готово")

        assert await room.refusal("answerCallbackQuery", callback_query_id=query_id) == TOO_OLD
        assert [(toast.text, toast.alert) for toast in phone.toasts] == [("Готово", False)]
        assert phone.spinners == 0


async def test_a_tap_cannot_be_answered_late():
    async with open_room() as room:
        await started(room)
        await room.result("sendMessage", chat_id=1, text="?", reply_markup=inline("Да"))
        query_id = await room.standin.phones[1].press("Да")
        room.clock.advance(timedelta(seconds=16))

        assert await room.refusal("answerCallbackQuery", callback_query_id=query_id) == TOO_OLD
        assert room.standin.phones[1].toasts == []


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "x"}, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ({"text": "x", "url": "http://localhost:8080/h/1"}, "inline keyboard button URL 'http://localhost:8080/h/1' is invalid: Wrong HTTP URL"),
        ({"text": "x", "web_app": {"url": "http://example.org"}}, "inline keyboard button Web App URL 'http://example.org' is invalid: Only HTTPS links are allowed"),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
    ],
)  # fmt: skip
async def test_buttons_that_telegram_refuses(button, words):
    async with open_room() as room:
        await started(room)

        refused = await room.refusal(
            "sendMessage", chat_id=1, text="?", reply_markup={"inline_keyboard": [[button]]}
        )

        assert refused == f"Bad Request: {words}"


async def test_a_reply_keyboard_stays_until_it_is_removed():
    async with open_room() as room:
        await started(room)
        phone = room.standin.phones[1]
        keyboard = {"keyboard": [[{"text": "Мой день"}]], "input_field_placeholder": "500 такси"}
        await room.result("sendMessage", chat_id=1, text="меню", reply_markup=keyboard)
        await room.result("sendMessage", chat_id=1, text="ещё")
        assert (phone.keyboard, phone.placeholder) == ((("Мой день",),), "500 такси")

        removal = {"remove_keyboard": True}
        await room.result("sendMessage", chat_id=1, text="всё", reply_markup=removal)

        assert phone.keyboard == ()


async def test_a_reply_names_a_message_that_exists():
    async with open_room() as room:
        await started(room)
        reply = {"message_id": 1}

        body = await room.result("sendMessage", chat_id=1, text="да", reply_parameters=reply)
        assert body["reply_to_message"]["text"] == "/start"

        words = await room.refusal(
            "sendMessage", chat_id=1, text="да", reply_parameters={"message_id": 77}
        )
        assert words == "Bad Request: message to be replied not found"


async def test_a_download_link_lives_an_hour():
    async with open_room() as room:
        await started(room)
        sent = await send_file(room, b"abc")
        link = await room.result("getFile", file_id=sent["document"]["file_id"])
        url = f"{room.base}/file/bot{TOKEN}/{link['file_path']}"

        async with room.client.get(url) as response:
            assert await response.read() == b"abc"
        room.clock.advance(timedelta(hours=1))
        async with room.client.get(url) as response:
            assert response.status == 404


async def test_a_file_over_20_megabytes_cannot_be_downloaded():
    async with open_room() as room:
        await started(room)
        await room.standin.phones[1].drop_file("big.bin", b"0" * (20 * 1024 * 1024 + 1))
        (_, update) = await room.result("getUpdates")

        file_id = update["message"]["document"]["file_id"]

        assert await room.refusal("getFile", file_id=file_id) == "Bad Request: file is too big"
        assert await room.refusal("getFile", file_id="nonsense") == (
            "Bad Request: wrong file_id or the file is temporarily unavailable"
        )


async def test_a_caption_is_edited_and_a_photo_is_sent_by_its_id():
    async with open_room() as room:
        await started(room)
        sent = await send_file(room, b"abc")
        await room.result("editMessageCaption", chat_id=1, message_id=2, caption="оплачен")

        copy = await room.result(
            "sendDocument", chat_id=1, document=sent["document"]["file_id"], caption="копия"
        )

        assert copy["document"]["file_unique_id"] == sent["document"]["file_unique_id"]
        captions = [m.text for m in room.standin.phones[1].messages if m.document]
        assert captions == ["оплачен", "копия"]


@pytest.mark.parametrize(
    ("method", "arguments", "words"),
    [
        ("editMessageText", {"text": "да"}, "message identifier is not specified"),
        ("editMessageCaption", {"message_id": 2}, "there is no caption in the message to edit"),
        ("sendDocument", {"document": ""}, "there is no document in the request"),
        ("sendDocument", {"document": "attach://x"}, "there is no document in the request"),
        ("sendDocument", {"document": "zzz"}, "wrong file_id or the file is temporarily unavailable"),
        ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
        ("setMessageReaction", {"message_id": 9}, "message to react not found"),
    ],
)  # fmt: skip
async def test_other_calls_that_telegram_refuses(method, arguments, words):
    async with open_room() as room:
        await started(room)
        await room.result("sendMessage", chat_id=1, text="да")

        assert await room.refusal(method, chat_id=1, **arguments) == f"Bad Request: {words}"


@pytest.mark.parametrize(
    "arguments",
    [
        {"document": "https://example.org/a.pdf"},
        {"document": "zzz", "caption": "*x*", "parse_mode": "MarkdownV2"},
    ],
)
async def test_what_is_not_modelled_is_said_so(arguments):
    async with open_room() as room:
        await started(room)

        body = await room.call("sendDocument", chat_id=1, **arguments)

        assert body["error_code"] == 501


async def test_an_empty_file_and_one_over_50_megabytes_are_refused():
    async with open_room() as room:
        await started(room)
        url = f"{room.base}/bot{TOKEN}/sendDocument"
        answers = []
        for data in (b"", b"0" * (50 * 1024 * 1024 + 1)):
            form = aiohttp.FormData({"chat_id": "1"})
            form.add_field("document", io.BytesIO(data), filename="a.bin")
            async with room.client.post(url, data=form) as response:
                answers.append((await response.json())["description"])

        assert answers == ["Bad Request: file must be non-empty", "Request Entity Too Large"]


async def test_deleted_messages_are_gone_and_missing_ones_skipped():
    async with open_room() as room:
        await started(room)
        await room.result("sendMessage", chat_id=1, text="да")

        assert await room.result("deleteMessages", chat_id=1, message_ids=[2, 77]) is True

        assert [message.message_id for message in room.standin.phones[1].messages] == [1]


async def test_what_the_bot_says_of_itself_is_kept():
    async with open_room() as room:
        await started(room)
        day = [{"command": "day", "description": "Мой день"}]
        scope = {"type": "chat", "chat_id": 1}
        await room.result("setMyCommands", commands=day, scope=scope)
        await room.result("setMyName", name="Копейка")
        button = {"type": "commands"}
        await room.result("setChatMenuButton", chat_id=1, menu_button=button)
        await room.result("setMessageReaction", chat_id=1, message_id=1)

        assert await room.result("getMyCommands", scope=scope) == day
        assert await room.result("getMyCommands") == []
        assert await room.result("getChatMenuButton", chat_id=1) == button
        assert room.standin.settings()["setMyName"] == {"name": "Копейка"}
        await room.result("deleteMyCommands", scope=scope)
        assert await room.result("getMyCommands", scope=scope) == []
        assert room.standin.violations == []


async def test_a_keyboard_of_more_than_100_buttons_is_too_long():
    async with open_room() as room:
        await started(room)
        markup = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}

        words = await room.refusal("sendMessage", chat_id=1, text="?", reply_markup=markup)

        assert words == "Bad Request: reply markup is too long"


async def test_a_message_that_asks_for_a_reply_cannot_be_edited():
    async with open_room() as room:
        await started(room)
        ask = {"force_reply": True, "input_field_placeholder": "сумма"}
        await room.result("sendMessage", chat_id=1, text="Сколько?", reply_markup=ask)

        words = await room.refusal("editMessageText", chat_id=1, message_id=2, text="да")

        assert words == "Bad Request: message can't be edited"
        assert room.standin.violations == []

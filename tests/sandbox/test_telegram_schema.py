import pathlib

import aiogram
import pytest

from sandbox.telegram.schema import load_schema
from sandbox.telegram.trim_schema import METHODS, TRIMMED, trim
from tests.sandbox.telegram_fixtures import open_room

SHARED = pathlib.Path(__file__).resolve().parents[3] / "shared"

# facts/telegram.md 7.3, and its neighbours: method, arguments, answer, verdict of the schema.
BREACHES = [
    ("sendMessage", {"text": "я" * 5000}, "message is too long", "text: 5000 characters, documented 1-4096"),
    ("sendMessage", {"text": "😀" * 2049}, "message is too long", "text: 4098 characters, documented 1-4096"),
    ("sendMessage", {"text": "<b>" + "я" * 4097 + "</b>", "parse_mode": "HTML"}, "message is too long", "text: 4097 characters, documented 1-4096"),
    ("sendMessage", {"text": "да", "reply_markup": {"inline_keyboard": [[{"text": "да", "callback_data": "я" * 33}]]}}, "BUTTON_DATA_INVALID", "reply_markup.inline_keyboard[0][0].callback_data: 66 bytes, documented 1-64"),
    ("sendMessage", {"text": "да", "foo": 1}, None, "foo: not a parameter in Bot API 10.3"),
    ("sendMessage", {"text": "да", "disable_web_page_preview": True}, None, "disable_web_page_preview: not a parameter in Bot API 10.3"),
    ("sendMessage", {}, "message text is empty", "text: missing, documented as required"),
    ("sendMessage", {"text": "да", "reply_markup": {"inline_keyboard": [[{"callback_data": "1"}]]}}, "can't parse sendMessage.reply_markup.inline_keyboard[0][0].text: missing, documented as required", "reply_markup.inline_keyboard[0][0].text: missing, documented as required"),
    ("sendMessage", {"text": "да", "reply_markup": {"keyboard": [["да"]], "input_field_placeholder": "я" * 65}}, None, "reply_markup.input_field_placeholder: 65 characters, documented 1-64"),
    ("sendMessage", {"text": "да", "disable_notification": "нет"}, None, None),
    ("sendMessage", {"text": "да", "link_preview_options": "x"}, "can't parse sendMessage.link_preview_options: str, documented LinkPreviewOptions", "link_preview_options: str, documented LinkPreviewOptions"),
    ("setMyCommands", {"commands": [{"command": "a" * 40, "description": "да"}]}, "BOT_COMMAND_INVALID", "commands[0].command: 40 characters, documented 1-32"),
    ("setMyCommands", {"commands": [], "scope": {"type": "chat"}}, "can't parse setMyCommands.scope.chat_id: missing, documented as required", "scope.chat_id: missing, documented as required"),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "я" * 201}, "MESSAGE_TOO_LONG", "text: 201 characters, documented 0-200"),
    ("getUpdates", {"limit": 101}, None, "limit: 101, documented 1-100"),
    ("getUpdates", {"allowed_updates": ["messages"]}, None, "no update kind messages"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "arguments", "words", "verdict"), BREACHES)
async def test_a_breach_is_written_down_and_refused_as_telegram_refuses(
    method, arguments, words, verdict
):
    async with open_room() as room:
        await room.standin.phone(1, "Анна").open_bot()
        chat = {"chat_id": 1} if method.startswith("send") else {}

        body = await room.call(method, **chat, **arguments)

        assert body.get("description") == (f"Bad Request: {words}" if words else None)
        separator = ": " if verdict and verdict.startswith("no ") else "."
        assert room.standin.violations == ([f"{method}{separator}{verdict}"] if verdict else [])


async def test_html_that_telegram_refuses_is_refused_without_a_verdict():
    async with open_room() as room:
        await room.standin.phone(1, "Анна").open_bot()

        words = await room.refusal(
            "sendMessage", chat_id=1, text="Кафе <Ромашка> 5 < 6", parse_mode="HTML"
        )

        assert words == (
            'Bad Request: can\'t parse entities: Unsupported start tag "Ромашка" at byte offset 9'
        )
        assert room.standin.violations == []


async def test_a_method_that_is_not_modelled_is_no_silent_success():
    async with open_room() as room:
        body = await room.call("sendDice", chat_id=1)

        assert body["error_code"] == 501
        assert room.standin.violations == ["sendDice: the stand-in does not model this method"]


async def test_a_method_that_does_not_exist_is_not_found():
    async with open_room() as room:
        assert await room.refusal("sendMoney") == "Not Found: method not found"
        assert room.standin.violations == ["sendMoney: not a method of Bot API 10.3"]


async def test_a_wrong_token_is_unauthorized():
    async with (
        open_room() as room,
        room.client.post(f"{room.base}/bot42:WRONG/getMe") as response,
    ):
        assert response.status == 401
        assert (await response.json())["description"] == "Unauthorized"


async def test_two_actions_on_one_button_are_a_breach():
    async with open_room() as room:
        await room.standin.phone(1, "Анна").open_bot()
        button = {"text": "да", "callback_data": "1", "url": "https://example.org"}

        await room.call(
            "sendMessage", chat_id=1, text="?", reply_markup={"inline_keyboard": [[button]]}
        )

        assert room.standin.violations == [
            "sendMessage: button 'да': exactly one action expected, found ['callback_data', 'url']"
        ]


def test_the_schema_is_the_one_of_the_installed_aiogram():
    assert load_schema().version == aiogram.__api_version__


def test_every_method_of_the_table_is_in_the_trimmed_schema():
    assert set(load_schema().methods) == set(METHODS)


def test_the_trimmed_schema_is_up_to_date():
    source = SHARED / "botapi" / f"bot_api_{aiogram.__api_version__}.json"
    if not source.exists():
        pytest.skip("shared data not here: botapi")

    assert TRIMMED.read_text(encoding="utf-8") == trim(source.read_bytes())


@pytest.mark.parametrize(
    ("type_text", "value", "breaches"),
    [
        ("BotCommandScope", {"type": "default"}, []),
        ("BotCommandScope", {"type": "chat", "chat_id": 1}, []),
        ("MenuButtonCommands", {"type": "web_app"}, ["MenuButtonCommands.type: 'web_app', documented 'commands'"]),
        ("Array of Integer", [1, True], ["Array of Integer[1]: bool, documented Integer"]),
        ("ReplyKeyboardRemove", {"remove_keyboard": False}, ["ReplyKeyboardRemove.remove_keyboard: bool, documented True"]),
        ("Integer or String", 1.5, ["Integer or String: float, documented Integer"]),
        ("User", {"id": 1, "is_bot": False, "first_name": None}, ["User.first_name: missing, documented as required"]),
    ],
)  # fmt: skip
def test_values_are_compared_with_their_types(type_text, value, breaches):
    found = load_schema().breaches_of_value(type_text, value)

    assert [str(breach) for breach in found] == breaches

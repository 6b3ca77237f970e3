"""The table of modelled methods, and those that are neither messages nor delivery."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

from sandbox.telegram import messages
from sandbox.telegram.state import State
from sandbox.telegram.wire import Call, JsonObject, RefusedError

__all__ = ["METHODS"]

# assumed: nobody documents it; reports range from 10-20 s to 60 s (facts: telegram.md 2.7)
_ANSWER_WINDOW = timedelta(seconds=15)
_TOAST_MAX = 200  # docs: answerCallbackQuery.text
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")  # docs: BotCommand
_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


def _get_me(state: State, _call: Call) -> JsonObject:
    return {
        **state.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _answer_callback_query(state: State, call: Call) -> bool:
    """One answer per query, and only for a while."""
    text = str(call.arguments.get("text", ""))
    if len(text) > _TOAST_MAX:
        raise RefusedError(400, "MESSAGE_TOO_LONG")  # reported
    query = state.open_queries.pop(str(call.arguments.get("callback_query_id")), None)
    if query is None or state.clock.now() - query.pressed_at > _ANSWER_WINDOW:
        raise RefusedError(
            400, "query is too old and response timeout expired or query ID is invalid"
        )  # source: QUERY_ID_INVALID
    state.toast(query, text, alert=bool(call.arguments.get("show_alert")))
    return True


def _get_file(state: State, call: Call) -> JsonObject:
    return state.files.link(str(call.arguments.get("file_id", "")))


def _send_chat_action(state: State, call: Call) -> bool:
    if call.arguments.get("action") not in _ACTIONS:
        raise RefusedError(400, "wrong parameter action in request")  # source
    chat = state.chat_for_sending(call.arguments.get("chat_id"))
    chat.actions.append(call.arguments["action"])
    return True


def _get_chat(state: State, call: Call) -> JsonObject:
    chat = state.known_chat(call.arguments.get("chat_id"))
    if not chat.started:
        raise RefusedError(400, "chat not found")  # assumed: the bot has never met this person
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    return {
        **chat.person.as_chat(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {**dict.fromkeys(gifts, True), "gifts_from_channels": True},
    }


def _set_my_commands(state: State, call: Call) -> bool:
    commands = call.arguments.get("commands", [])
    for command in commands:
        if not _COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
            raise RefusedError(400, "BOT_COMMAND_INVALID")  # reported
        if not command.get("description"):
            raise RefusedError(400, "BOT_COMMAND_DESCRIPTION_INVALID")  # reported
    state.settings[_scope(state, call)] = commands
    return True


def _get_my_commands(state: State, call: Call) -> object:
    return state.settings.get(_scope(state, call), [])


def _delete_my_commands(state: State, call: Call) -> bool:
    state.settings.pop(_scope(state, call), None)
    return True


def _set_menu_button(state: State, call: Call) -> bool:
    state.settings[f"menu {call.arguments.get('chat_id')}"] = call.arguments.get("menu_button")
    return True


def _get_menu_button(state: State, call: Call) -> object:
    kept = state.settings.get(f"menu {call.arguments.get('chat_id')}")
    return kept or {"type": "commands"}


def _remember(state: State, call: Call) -> bool:
    """Names and descriptions of the bot: kept under the method's name."""
    state.settings[call.method] = dict(call.arguments)
    return True


def _set_reaction(state: State, call: Call) -> bool:
    chat = state.chat_for_sending(call.arguments.get("chat_id"))
    if call.arguments.get("message_id") not in chat.messages:
        raise RefusedError(400, "message to react not found")  # source: check_message
    chat.touch()
    return True


def _scope(state: State, call: Call) -> str:
    scope = call.arguments.get("scope") or {"type": "default"}
    if "chat_id" in scope:
        state.known_chat(scope["chat_id"])
    language = call.arguments.get("language_code", "")
    return f"commands {scope['type']} {scope.get('chat_id', '')} {language}"


# getUpdates and the webhook methods are in delivery.py: they wait.
METHODS: Mapping[str, Callable[[State, Call], object]] = {
    "answerCallbackQuery": _answer_callback_query,
    "deleteMessage": messages.delete_message,
    "deleteMessages": messages.delete_messages,
    "deleteMyCommands": _delete_my_commands,
    "editMessageCaption": messages.edit_caption,
    "editMessageReplyMarkup": messages.edit_markup,
    "editMessageText": messages.edit_text,
    "getChat": _get_chat,
    "getChatMenuButton": _get_menu_button,
    "getFile": _get_file,
    "getMe": _get_me,
    "getMyCommands": _get_my_commands,
    "sendChatAction": _send_chat_action,
    "sendDocument": messages.send_document,
    "sendMessage": messages.send_message,
    "sendPhoto": messages.send_photo,
    "setChatMenuButton": _set_menu_button,
    "setMessageReaction": _set_reaction,
    "setMyCommands": _set_my_commands,
    "setMyDescription": _remember,
    "setMyName": _remember,
    "setMyShortDescription": _remember,
}

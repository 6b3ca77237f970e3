"""Sending, editing and deleting messages, with Telegram's rules and refusals."""

from dataclasses import replace
from datetime import timedelta

from sandbox.telegram.chats import Chat, Content, StoredMessage
from sandbox.telegram.files import UPLOAD_BYTES_MAX, StoredFile
from sandbox.telegram.journal import Mark
from sandbox.telegram.keyboards import Markup, read_markup
from sandbox.telegram.markup import Formatted, parse_text, utf16_length
from sandbox.telegram.state import State
from sandbox.telegram.wire import ATTACH, Call, JsonObject, RefusedError

__all__ = [
    "delete_message",
    "delete_messages",
    "edit_caption",
    "edit_markup",
    "edit_text",
    "send_document",
    "send_message",
    "send_photo",
]

# docs: 4096 and 1024 characters after entities parsing; counted in UTF-16 units (assumed)
_TEXT_MAX = 4096
_CAPTION_MAX = 1024
_DELETABLE = timedelta(hours=48)  # docs: deleteMessage
# source: Client.cpp fail_query_with_error
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def send_message(state: State, call: Call) -> JsonObject:
    """`sendMessage`."""
    content = Content(_text(call))
    return _send(state, call, content)


def send_document(state: State, call: Call) -> JsonObject:
    """`sendDocument`."""
    return _send(state, call, Content(_caption(call), _file(state, call, "document")))


def send_photo(state: State, call: Call) -> JsonObject:
    """`sendPhoto`."""
    return _send(state, call, Content(_caption(call), _file(state, call, "photo"), is_photo=True))


def edit_text(state: State, call: Call) -> JsonObject:
    """`editMessageText`; without a reply markup the inline keyboard goes."""
    if "rich_message" in call.arguments:
        raise RefusedError(501, "the stand-in does not model rich messages")
    formatted = _text(call)
    chat, message, markup = _editable(state, call)
    if message.content.file is not None:
        raise RefusedError(400, "there is no text in the message to edit")  # source
    return _edit(state, chat, message, replace(message, content=Content(formatted)), markup)


def edit_caption(state: State, call: Call) -> JsonObject:
    """`editMessageCaption`."""
    formatted = _caption(call)
    chat, message, markup = _editable(state, call)
    if message.content.file is None:
        raise RefusedError(400, "there is no caption in the message to edit")  # source
    content = replace(message.content, formatted=formatted)
    return _edit(state, chat, message, replace(message, content=content), markup)


def edit_markup(state: State, call: Call) -> JsonObject:
    """`editMessageReplyMarkup`."""
    chat, message, markup = _editable(state, call)
    return _edit(state, chat, message, message, markup)


def delete_message(state: State, call: Call) -> bool:
    """`deleteMessage`: own messages at any age, the person's for 48 hours."""
    chat = state.chat_for_sending(call.arguments.get("chat_id"))
    message = chat.messages.get(call.arguments.get("message_id", 0))
    if message is None:
        raise RefusedError(400, "message to delete not found")  # source: check_message
    if not message.from_bot and state.clock.now() - message.date >= _DELETABLE:
        raise RefusedError(400, "message can't be deleted")  # source: MESSAGE_DELETE_FORBIDDEN
    chat.delete(message.message_id)
    return True


def delete_messages(state: State, call: Call) -> bool:
    """`deleteMessages`: those that cannot be found are skipped (docs)."""
    chat = state.chat_for_sending(call.arguments.get("chat_id"))
    for message_id in call.arguments.get("message_ids", []):
        if message_id in chat.messages:
            chat.delete(message_id)
    return True


def _send(state: State, call: Call, content: Content) -> JsonObject:
    markup = read_markup(call.arguments.get("reply_markup"))
    chat = state.chat_for_sending(call.arguments.get("chat_id"))
    message = StoredMessage(
        message_id=chat.next_message_id(),
        from_bot=True,
        date=state.clock.now(),
        content=content,
        rows=markup.inline,
        has_other_keyboard=markup.is_other,
        reply_to=_reply_to(chat, call),
    )
    markup.show(chat)
    chat.put(message)
    state.note(Mark.RECEIVES, chat, message)
    return chat.as_json(message, state.bot)


def _text(call: Call) -> Formatted:
    arguments = call.arguments
    formatted = parse_text(
        str(arguments.get("text", "")), arguments.get("parse_mode"), arguments.get("entities")
    )
    if not formatted.text:
        raise RefusedError(400, "message text is empty")  # source: get_input_message_text
    if utf16_length(formatted.text) > _TEXT_MAX:
        raise RefusedError(400, "message is too long")  # facts: telegram.md 7.3
    return formatted


def _caption(call: Call) -> Formatted:
    arguments = call.arguments
    formatted = parse_text(
        str(arguments.get("caption", "")),
        arguments.get("parse_mode"),
        arguments.get("caption_entities"),
    )
    if utf16_length(formatted.text) > _CAPTION_MAX:
        raise RefusedError(400, "message caption is too long")  # facts: telegram.md 2.9
    return formatted


def _file(state: State, call: Call, kind: str) -> StoredFile:
    pointer = str(call.arguments.get(kind, ""))
    if not pointer:
        raise RefusedError(400, f"there is no {kind} in the request")  # source
    if not pointer.startswith(ATTACH):
        if "://" in pointer:
            raise RefusedError(501, "the stand-in does not fetch files by URL")
        return state.files.find(pointer)
    upload = call.uploads.get(pointer.removeprefix(ATTACH))
    if upload is None:
        raise RefusedError(400, f"there is no {kind} in the request")
    if not upload.data:
        raise RefusedError(400, "file must be non-empty")  # source: td FileManager
    if len(upload.data) > UPLOAD_BYTES_MAX:
        raise RefusedError(413, "Request Entity Too Large")  # docs: 50 MB
    return state.files.store(upload.name, upload.data, upload.mime)


def _reply_to(chat: Chat, call: Call) -> int | None:
    parameters = call.arguments.get("reply_parameters") or {}
    message_id: int | None = parameters.get("message_id")
    if message_id is None or message_id in chat.messages:
        return message_id
    if parameters.get("allow_sending_without_reply"):
        return None
    raise RefusedError(400, "message to be replied not found")  # source: check_reply_parameters


def _editable(state: State, call: Call) -> tuple[Chat, StoredMessage, Markup]:
    markup = read_markup(call.arguments.get("reply_markup"))
    chat = state.chat_for_sending(call.arguments.get("chat_id"))
    if "message_id" not in call.arguments:
        raise RefusedError(400, "message identifier is not specified")  # source: get_message_id
    message = chat.messages.get(call.arguments["message_id"])
    if message is None:
        raise RefusedError(400, "message to edit not found")  # source: check_message
    # docs: only messages without reply_markup or with inline keyboards can be edited
    if not message.from_bot or message.has_other_keyboard:
        raise RefusedError(400, "message can't be edited")  # source: check_message
    return chat, message, markup


def _edit(
    state: State, chat: Chat, before: StoredMessage, after: StoredMessage, markup: Markup
) -> JsonObject:
    after = replace(after, rows=markup.inline)
    if after == before:
        raise RefusedError(400, _NOT_MODIFIED)
    former = (*before.former, before.rows) if before.rows != after.rows else before.former
    after = replace(after, edited_at=state.clock.now(), former=former)
    chat.put(after)
    state.note(Mark.CHANGES, chat, after)
    return chat.as_json(after, state.bot)

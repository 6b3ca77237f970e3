"""Private chats: who the person is, what was said, which buttons are there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sandbox.telegram.files import StoredFile
from sandbox.telegram.markup import Formatted
from sandbox.telegram.wire import JsonObject

__all__ = ["Chat", "Content", "Person", "Rows", "StoredMessage", "Toast"]

Rows = tuple[tuple[JsonObject, ...], ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A Telegram user as the bot sees them."""

    user_id: int
    name: str
    username: str | None = None
    language: str = "ru"

    def as_user(self) -> JsonObject:
        """The `User` object."""
        user: JsonObject = {"id": self.user_id, "is_bot": False, "first_name": self.name}
        if self.username is not None:
            user["username"] = self.username
        return {**user, "language_code": self.language}

    def as_chat(self) -> JsonObject:
        """The `Chat` object of the private chat with this person."""
        chat: JsonObject = {"id": self.user_id, "type": "private", "first_name": self.name}
        if self.username is not None:
            chat["username"] = self.username
        return chat


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says: text, or a file with its caption."""

    formatted: Formatted
    file: StoredFile | None = None
    is_photo: bool = False
    extra: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """One message as it stands now; `former` are the keyboards it had before."""

    message_id: int
    from_bot: bool
    date: datetime
    content: Content
    rows: Rows = ()
    has_other_keyboard: bool = False
    edited_at: datetime | None = None
    reply_to: int | None = None
    former: tuple[Rows, ...] = ()


@dataclass(frozen=True, slots=True)
class Toast:
    """An answer to a tap; without text it only stops the spinner."""

    query_id: str
    text: str
    alert: bool
    at: datetime


class Chat:
    """The private chat of one person with the bot."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.messages: dict[int, StoredMessage] = {}
        self.deleted: dict[int, StoredMessage] = {}
        self.toasts: list[Toast] = []
        self.keyboard: Rows = ()
        self.placeholder: str | None = None
        self.started = False
        self.blocked = False
        self.actions: list[str] = []
        self.version = 0
        self._last_message_id = 0

    def next_message_id(self) -> int:
        """Message ids count per chat, so that an id alone names nothing."""
        self._last_message_id += 1
        return self._last_message_id

    def put(self, message: StoredMessage) -> None:
        """Add a message or replace it by its new state."""
        self.messages[message.message_id] = message
        self.touch()

    def delete(self, message_id: int) -> None:
        """Take a message away; a tap on it may still be on its way."""
        self.deleted[message_id] = self.messages.pop(message_id)
        self.touch()

    def touch(self) -> None:
        """Count a change, for pages that poll."""
        self.version += 1

    def as_json(
        self, message: StoredMessage, bot: JsonObject, *, with_reply: bool = True
    ) -> JsonObject:
        """The `Message` object."""
        body: JsonObject = {
            "message_id": message.message_id,
            "from": bot if message.from_bot else self.person.as_user(),
            "chat": self.person.as_chat(),
            "date": int(message.date.timestamp()),
        }
        if message.edited_at is not None:
            body["edit_date"] = int(message.edited_at.timestamp())
        answered = self.messages.get(message.reply_to or 0)
        if with_reply and answered is not None:
            body["reply_to_message"] = self.as_json(answered, bot, with_reply=False)
        body |= _content(message.content)
        if message.rows:
            body["reply_markup"] = {"inline_keyboard": [list(row) for row in message.rows]}
        return body


def _content(content: Content) -> JsonObject:
    text, entities = content.formatted.text, list(content.formatted.entities)
    body: JsonObject = dict(content.extra)
    if content.file is None:
        return body | _with_entities("text", "entities", text, entities)
    if content.is_photo:
        # Telegram recompresses photos to JPEG of several sizes; one is enough here.
        body["photo"] = [{**content.file.identity(), "width": 1280, "height": 960}]
    else:
        body["document"] = {
            **content.file.identity(),
            "file_name": content.file.name,
            "mime_type": content.file.mime,
        }
    return body | _with_entities("caption", "caption_entities", text, entities)


def _with_entities(
    name: str, entities_name: str, text: str, entities: Sequence[JsonObject]
) -> JsonObject:
    body: JsonObject = {}
    if text:
        body[name] = text
    if entities:
        body[entities_name] = list(entities)
    return body

"""The people's side: a phone says, taps, edits, sends files and reads what the bot sent."""

import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from sandbox.telegram.chats import Chat, Content, Rows, StoredMessage, Toast
from sandbox.telegram.journal import Line, Mark
from sandbox.telegram.markup import Formatted, render_html, utf16_length
from sandbox.telegram.state import State
from sandbox.telegram.wire import JsonObject

__all__ = ["Button", "Phone", "PhoneError", "SeenMessage"]

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")  # docs: deep linking
_TEXT_MAX = 4096
_EDITABLE = timedelta(hours=48)  # docs: a person's own messages
_LINK = re.compile(r"(?:https?://)?t\.me/[^\s<>\"]+")
_COMMAND = re.compile(r"/[a-zA-Z0-9_]{1,32}(?:@\w+)?")


class PhoneError(Exception):
    """A person cannot do this in a Telegram client; the text says why."""


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button as the person sees it."""

    label: str
    data: str | None = None
    url: str | None = None
    style: str | None = None
    is_disabled: bool = False


@dataclass(frozen=True, slots=True)
class SeenMessage:
    """One message on the screen; `text` is plain, `html` is safe to show."""

    message_id: int
    from_bot: bool
    date: int
    text: str
    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    edited: bool = False
    document: str | None = None
    reply_to: int | None = None


class Phone:
    """One person's Telegram; every act raises `PhoneError` where a client has no way to do it."""

    def __init__(self, state: State, chat: Chat) -> None:
        self._state = state
        self._chat = chat
        self.user_id = chat.person.user_id
        self.name = chat.person.name
        self.username = chat.person.username

    @property
    def messages(self) -> list[SeenMessage]:
        """The chat as it stands, oldest first."""
        return [_seen(message) for message in self._chat.messages.values()]

    def newest_first(self) -> Iterator[SeenMessage]:
        """The chat from its end; cheap when the search ends early."""
        for message in reversed(self._chat.messages.values()):
            yield _seen(message)

    def message(self, message_id: int) -> SeenMessage:
        """One message as it stands now."""
        message = self._chat.messages.get(message_id)
        if message is None:
            raise PhoneError(f"{self.name} has no message {message_id}")
        return _seen(message)

    @property
    def last(self) -> SeenMessage:
        """The latest message of the bot."""
        for message in self.newest_first():
            if message.from_bot:
                return message
        raise PhoneError(f"the bot has sent {self.name} nothing")

    @property
    def toasts(self) -> list[Toast]:
        """The answers to this person's taps, oldest first; an empty text only stops the spinner."""
        return list(self._chat.toasts)

    @property
    def spinners(self) -> int:
        """Taps that the bot has not answered."""
        queries = self._state.open_queries.values()
        return sum(1 for query in queries if query.user_id == self.user_id)

    @property
    def keyboard(self) -> tuple[tuple[str, ...], ...]:
        """The labels under the input field."""
        return tuple(tuple(str(key["text"]) for key in row) for row in self._chat.keyboard)

    @property
    def placeholder(self) -> str | None:
        """The grey text of the input field."""
        return self._chat.placeholder

    @property
    def journal(self) -> list[Line]:
        """The log of all chats of this bot, in order."""
        return list(self._state.journal)

    @property
    def links(self) -> list[str]:
        """The `t.me` links that the bot has sent to this person, latest last."""
        found: list[str] = []
        for message in self._chat.messages.values():
            formatted = message.content.formatted
            found += _LINK.findall(formatted.text)
            found += [str(e["url"]) for e in formatted.entities if "url" in e]
            found += [str(button["url"]) for button in _flat(message.rows) if "url" in button]
        return [link for link in found if "t.me/" in link]

    @property
    def version(self) -> int:
        """Grows with every change of the chat."""
        return self._chat.version

    @property
    def is_started(self) -> bool:
        """Whether this person has ever pressed Start."""
        return self._chat.started

    @property
    def is_blocked(self) -> bool:
        """Whether this person has stopped the bot."""
        return self._chat.blocked

    def document(self, message_id: int) -> bytes:
        """The bytes of the file in a message."""
        message = self._chat.messages.get(message_id)
        if message is None or message.content.file is None:
            raise PhoneError(f"message {message_id} has no file")
        return message.content.file.data

    async def open_bot(self, payload: str | None = None) -> int:
        """Press Start, with a deep link's payload or without; gives the message id."""
        if payload is not None and not _PAYLOAD.fullmatch(payload):
            raise PhoneError(f"{payload!r} is no start parameter: 1-64 of A-Z a-z 0-9 _ -")
        if self._chat.blocked:
            await self.unblock()
        self._chat.started = True
        return self._write("/start" if payload is None else f"/start {payload}")

    async def open_link(self, url: str) -> int:
        """Follow `t.me/<this bot>?start=…`; other links open in a browser, not here."""
        parts = urlsplit(url if "://" in url else f"https://{url}")
        name = parts.path.strip("/")
        if parts.netloc != "t.me" or name.lower() != str(self._state.bot["username"]).lower():
            raise PhoneError(f"{url} does not lead to this bot")
        starts = parse_qs(parts.query).get("start")
        return await self.open_bot(starts[0] if starts else None)

    async def say(self, text: str) -> int:
        """Send a text; gives the message id."""
        self._must_talk()
        return self._write(text)

    async def press(self, label: str, *, message_id: int | None = None) -> str:
        """Tap the latest inline button with this label, or the key under the input field.

        Gives the callback query's id; empty for a key or a link, which make none.
        """
        self._must_talk()
        for message in self._messages_from_latest(message_id):
            for button in _flat(message.rows):
                if button["text"] == label:
                    return await self._tap(message, button)
        if message_id is None and label in _labels(self._chat.keyboard):
            self._write(label)
            return ""
        raise PhoneError(f"{self.name} sees no button {label!r}; there is {self._all_labels()}")

    async def press_former(self, label: str) -> str:
        """Tap a button that the latest change has taken away: the second of two quick taps."""
        self._must_talk()
        for message in self._messages_from_latest(None):
            for rows in reversed(message.former):
                for button in _flat(rows):
                    if button["text"] == label:
                        return await self._tap(message, button)
        raise PhoneError(f"{self.name} has never seen a button {label!r}")

    async def press_data(self, data: str, message_id: int) -> str:
        """Send any callback data, as a hostile client can, even for a deleted message."""
        self._must_talk()
        message = self._chat.messages.get(message_id) or self._chat.deleted.get(message_id)
        if message is None:
            raise PhoneError(f"there never was a message {message_id}")
        return self._query(message, data, f"({data})")

    async def edit(self, message_id: int, text: str) -> None:
        """Change one's own message (its caption, if it is a file)."""
        self._must_talk()
        message = self._chat.messages.get(message_id)
        now = self._state.clock.now()
        if message is None or message.from_bot or now - message.date >= _EDITABLE:
            raise PhoneError(f"{self.name} cannot edit message {message_id}")
        content = replace(message.content, formatted=_typed(text))
        after = replace(message, content=content, edited_at=now)
        self._chat.put(after)
        self._state.journal.append(Line(Mark.SAYS, self.user_id, f"(edit) {text}"))
        self._emit("edited_message", self._chat.as_json(after, self._state.bot))

    async def drop_file(self, name: str, data: bytes, caption: str | None = None) -> int:
        """Send a document; gives the message id."""
        self._must_talk()
        mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
        stored = self._state.files.store(name, data, mime)
        return self._post(Content(_typed(caption or ""), stored))

    async def drop_photo(self, data: bytes, caption: str | None = None) -> int:
        """Send a photo; gives the message id."""
        self._must_talk()
        stored = self._state.files.store("photo.jpg", data, "image/jpeg")
        return self._post(Content(_typed(caption or ""), stored, is_photo=True))

    async def share_users(self, label: str, user_ids: list[int]) -> int:
        """Pick people after a key that asks for them (`request_users`); gives the message id."""
        self._must_talk()
        keys = [key for key in _flat(self._chat.keyboard) if key["text"] == label]
        if not keys or "request_users" not in keys[0]:
            raise PhoneError(f"{self.name} sees no key {label!r} that asks for people")
        users = [{"user_id": user_id} for user_id in user_ids]
        request_id = keys[0]["request_users"]["request_id"]
        extra = {"users_shared": {"request_id": request_id, "users": users}}
        return self._post(Content(Formatted(""), extra=extra))

    async def block(self) -> None:
        """Stop the bot."""
        self._must_talk()
        self._set_blocked(blocked=True)

    async def unblock(self) -> None:
        """Let the bot write again."""
        if not self._chat.blocked:
            raise PhoneError(f"{self.name} has not blocked the bot")
        self._set_blocked(blocked=False)

    def _must_talk(self) -> None:
        if not self._chat.started:
            raise PhoneError(f"{self.name} has not opened the bot yet: only Start is there")
        if self._chat.blocked:
            raise PhoneError(f"{self.name} has blocked the bot: only Restart is there")

    def _write(self, text: str) -> int:
        formatted = _typed(text)
        if not formatted.text:
            raise PhoneError("an empty message cannot be sent")
        if utf16_length(formatted.text) > _TEXT_MAX:
            raise PhoneError("a client splits such a text into several messages")
        return self._post(Content(formatted))

    def _post(self, content: Content) -> int:
        message = StoredMessage(
            message_id=self._chat.next_message_id(),
            from_bot=False,
            date=self._state.clock.now(),
            content=content,
        )
        self._chat.put(message)
        self._state.note(Mark.SAYS, self._chat, message)
        self._emit("message", self._chat.as_json(message, self._state.bot))
        return message.message_id

    async def _tap(self, message: StoredMessage, button: JsonObject) -> str:
        if "callback_data" in button:
            return self._query(message, button["callback_data"], button["text"])
        if "t.me/" in str(button.get("url", "")):
            await self.open_link(button["url"])
            return ""
        raise PhoneError(f"the button {button['text']!r} tells the bot nothing: {button}")

    def _query(self, message: StoredMessage, data: str, label: str) -> str:
        query = self._state.new_query(self.user_id)
        body: JsonObject = {
            "id": query.query_id,
            "from": self._chat.person.as_user(),
            "chat_instance": str(self.user_id * 7919),
            "data": data,
        }
        if message.message_id in self._chat.messages:
            body["message"] = self._chat.as_json(message, self._state.bot)
        else:
            chat = self._chat.person.as_chat()
            body["message"] = {"chat": chat, "message_id": message.message_id, "date": 0}
        self._chat.touch()
        self._state.journal.append(Line(Mark.TAPS, self.user_id, label))
        # source: Client.cpp:17157: taps wait in a queue of their own, per person
        self._state.updates.add("callback_query", body, f"user:{self.user_id}")
        return query.query_id

    def _set_blocked(self, *, blocked: bool) -> None:
        user = self._state.bot
        member: JsonObject = {"status": "member", "user": user}
        kicked: JsonObject = {"status": "kicked", "user": user, "until_date": 0}
        self._chat.blocked = blocked
        self._chat.touch()
        change = {
            "chat": self._chat.person.as_chat(),
            "from": self._chat.person.as_user(),
            "date": int(self._state.clock.now().timestamp()),
            "old_chat_member": member if blocked else kicked,
            "new_chat_member": kicked if blocked else member,
        }
        self._emit("my_chat_member", change)

    def _emit(self, kind: str, body: JsonObject) -> None:
        self._state.updates.add(kind, body, f"chat:{self.user_id}")

    def _messages_from_latest(self, message_id: int | None) -> list[StoredMessage]:
        found = [m for m in self._chat.messages.values() if message_id in {None, m.message_id}]
        return list(reversed(found))

    def _all_labels(self) -> list[str]:
        inline = [label for m in self._chat.messages.values() for label in _labels(m.rows)]
        return inline + _labels(self._chat.keyboard)


def _typed(text: str) -> Formatted:
    """What a client makes of typed text: trimmed, a leading command marked."""
    text = text.strip()
    command = _COMMAND.match(text)
    if command is None:
        return Formatted(text)
    return Formatted(text, ({"type": "bot_command", "offset": 0, "length": command.end()},))


def _flat(rows: Rows) -> list[JsonObject]:
    return [button for row in rows for button in row]


def _labels(rows: Rows) -> list[str]:
    return [str(button["text"]) for button in _flat(rows)]


def _seen(message: StoredMessage) -> SeenMessage:
    content = message.content
    return SeenMessage(
        message_id=message.message_id,
        from_bot=message.from_bot,
        date=int(message.date.timestamp()),
        text=content.formatted.text,
        html=render_html(content.formatted),
        buttons=tuple(tuple(_button(button) for button in row) for row in message.rows),
        edited=message.edited_at is not None,
        document=content.file.name if content.file is not None else None,
        reply_to=message.reply_to,
    )


def _button(button: JsonObject) -> Button:
    return Button(
        label=button["text"],
        data=button.get("callback_data"),
        url=button.get("url") or button.get("web_app", {}).get("url"),
        style=button.get("style"),
        is_disabled="disabled" in button,
    )

"""Everything the stand-in knows: the bot, the chats, what waits, what was broken."""

from dataclasses import dataclass
from datetime import datetime

from sandbox.telegram.chats import Chat, StoredMessage, Toast
from sandbox.telegram.files import Files
from sandbox.telegram.journal import Line, Mark
from sandbox.telegram.updates import UpdateQueue
from sandbox.telegram.wire import JsonObject, RefusedError
from world.clock import Clock
from world.identity import seeded_chance

__all__ = ["Query", "State"]


@dataclass(frozen=True, slots=True)
class Query:
    """A tap that the bot may answer once."""

    query_id: str
    user_id: int
    pressed_at: datetime


class State:
    """The stand-in's memory; the methods of the API and the phones both work on it."""

    def __init__(self, clock: Clock, bot_id: int, bot_username: str) -> None:
        self.clock = clock
        self.bot: JsonObject = {
            "id": bot_id,
            "is_bot": True,
            "first_name": bot_username,
            "username": bot_username,
        }
        # Repeatable on purpose: the ids of two runs of one script are the same.
        self.updates = UpdateQueue(clock, seeded_chance(bot_id))
        self.files = Files(clock)
        self.chats: dict[int, Chat] = {}
        self.open_queries: dict[str, Query] = {}
        self.journal: list[Line] = []
        self.violations: list[str] = []
        self.settings: dict[str, object] = {}
        self._queries = 0

    def chat_for_sending(self, chat_id: object) -> Chat:
        """The chat the bot wants to write to; refused in the order in which Telegram refuses."""
        chat = self.known_chat(chat_id)
        if not chat.started:
            # docs: a bot cannot write first (facts: telegram.md 6.3)
            raise RefusedError(403, "bot can't initiate conversation with a user")
        if chat.blocked:
            raise RefusedError(403, "bot was blocked by the user")  # source: USER_IS_BLOCKED
        return chat

    def known_chat(self, chat_id: object) -> Chat:
        """A chat by its id, a number or its text."""
        if chat_id in {None, ""}:
            raise RefusedError(400, "chat_id is empty")  # source: check_chat
        try:
            chat = self.chats.get(int(str(chat_id)))
        except ValueError:
            chat = None
        if chat is None:
            raise RefusedError(400, "chat not found")  # source: check_chat
        return chat

    def new_query(self, user_id: int) -> Query:
        """A tap begins to wait for its answer."""
        self._queries += 1
        query = Query(str(4_000_000_000_000 + self._queries), user_id, self.clock.now())
        self.open_queries[query.query_id] = query
        return query

    def toast(self, query: Query, text: str, *, alert: bool) -> None:
        """The person sees the answer to a tap."""
        chat = self.chats[query.user_id]
        chat.toasts.append(Toast(query.query_id, text, alert, self.clock.now()))
        chat.touch()
        if text:
            self.journal.append(Line(Mark.TOAST, query.user_id, text))

    def note(self, mark: Mark, chat: Chat, message: StoredMessage) -> None:
        """Write a message into the log as its reader sees it."""
        content = message.content
        text = content.formatted.text
        if content.file is not None:
            text = f"({content.file.name}) {text}".rstrip()
        labels = tuple(tuple(str(button["text"]) for button in row) for row in message.rows)
        self.journal.append(Line(mark, chat.person.user_id, text, labels))

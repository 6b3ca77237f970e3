"""The Telegram stand-in: a Bot API server that is never friendlier than Telegram.

    standin = TelegramStandin(clock, Faults(), token="42:TEST", bot_username="kopeyka_bot")
    async with run_standins({"telegram": standin.app}) as urls:   # TelegramAPIServer.from_base(…)
        anna = standin.phone(1, "Анна")
        await anna.open_bot()
        await anna.say("500 такси")
    assert standin.violations == []

A call goes: token (401), fault, schema, rules of state. Not modelled: groups, inline mode,
payments, Markdown, rich messages, albums, automatic entities except a leading command, Mini Apps,
real rate limits, link previews.
"""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from sandbox.faults import FaultReplies, Faults, fault_middleware
from sandbox.telegram.chats import Chat, Person
from sandbox.telegram.journal import Line, format_lines
from sandbox.telegram.keyboards import button_breaches
from sandbox.telegram.methods import METHODS
from sandbox.telegram.people import Phone
from sandbox.telegram.people_http import people_routes
from sandbox.telegram.polling import WEBHOOK_SET, Poller
from sandbox.telegram.schema import Breach, BreachKind, load_schema
from sandbox.telegram.state import State
from sandbox.telegram.webhook import Webhook
from sandbox.telegram.wire import Call, JsonObject, RefusedError, answer, read_call, refusal
from world.clock import Clock
from world.identity import seeded_chance

__all__ = ["TelegramStandin"]

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
SYSTEM = "telegram"
_BODY_BYTES_MAX = 60 * 1024 * 1024
_RETRY_AFTER_S = 3
_POLL_WITH_WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete "
    "the webhook first"
)  # source


class TelegramStandin:
    """One bot's Telegram: `app` serves the Bot API and `/_people/`, phones act from this process."""

    def __init__(
        self,
        clock: Clock,
        faults: Faults,
        *,
        token: str,
        bot_username: str,
        bot_id: int = 777000001,
    ) -> None:
        self._token = token
        self._state = State(clock, bot_id, bot_username)
        self._poller = Poller(self._state.updates, clock)
        self._webhook = Webhook(self._state.updates, clock, seeded_chance(bot_id + 1))
        self._webhook.on_method = self._run_webhook_method
        self._names = {name.lower(): name for name in load_schema().all_methods}
        self.phones: dict[int, Phone] = {}
        # Every breach of the Bot API so far; a test ends with none.
        self.violations: list[str] = self._state.violations
        self.app = self._application(faults, clock)

    @property
    def journal(self) -> list[Line]:
        """Every event of every chat, in order."""
        return self._state.journal

    @property
    def sent_updates(self) -> list[JsonObject]:
        """Every update as it was shown to the bot, repetitions included."""
        return list(self._state.updates.sent)

    @property
    def waiting_updates(self) -> int:
        """How many updates the bot has not acknowledged."""
        return len(self._state.updates.waiting())

    def settings(self) -> Mapping[str, object]:
        """What the bot has set: commands by scope, menu buttons, names."""
        return dict(self._state.settings)

    def phone(self, user_id: int, name: str, username: str | None = None) -> Phone:
        """The phone of a person; the same id gives the same phone."""
        if user_id not in self.phones:
            chat = Chat(Person(user_id, name, username))
            self._state.chats[user_id] = chat
            self.phones[user_id] = Phone(self._state, chat)
        return self.phones[user_id]

    def transcript(self, names: Mapping[int, str] | None = None) -> str:
        """The readable log of all chats (the signs: `journal.py`)."""
        own = {user_id: phone.name for user_id, phone in self.phones.items()}
        return format_lines(self.journal, own if names is None else names)

    def _application(self, faults: Faults, clock: Clock) -> web.Application:
        replies = FaultReplies(_too_many, _server_error)
        faulty = fault_middleware(SYSTEM, faults, clock, replies, _call_name)

        @web.middleware
        async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
            return await faulty(request, handler)

        app = web.Application(middlewares=[middleware], client_max_size=_BODY_BYTES_MAX)
        app.add_routes(
            [
                web.route("*", "/bot{token}/{method}", self._serve),
                web.get("/file/bot{token}/{path:.+}", self._serve_file),
                *people_routes(self),
            ]
        )
        app.on_shutdown.append(self._shut_down)
        return app

    async def _shut_down(self, _app: web.Application) -> None:
        self._poller.abort()
        await self._webhook.close()

    async def _serve(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self._token:
            return refusal(401, "Unauthorized")
        try:
            call = await read_call(request, request.match_info["method"])
            result = await self._run(call)
        except RefusedError as error:
            return refusal(error.code, error.words)
        if isinstance(result, web.Response):
            return result
        return answer(result)

    async def _serve_file(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self._token:
            return refusal(401, "Unauthorized")
        try:
            stored = self._state.files.download(request.match_info["path"])
        except RefusedError as error:
            return refusal(error.code, error.words)
        return web.Response(body=stored.data, content_type="application/octet-stream")

    async def _run(self, call: Call) -> object:
        # source: method names are compared without case
        method = self._names.get(call.method.lower())
        schema = load_schema()
        if method is None:
            self.violations.append(f"{call.method}: not a method of Bot API {schema.version}")
            raise RefusedError(404, "Not Found: method not found")  # source: on_cmd
        if method not in schema.methods:
            self.violations.append(f"{method}: the stand-in does not model this method")
            raise RefusedError(501, f"Not Implemented: the stand-in does not model {method}")
        call = schema.decode(Call(method, call.arguments, call.uploads))
        self._pass_gate(call)
        match method:
            case "getUpdates":
                return await self._get_updates(call)
            case "setWebhook":
                return self._set_webhook(call)
            case "deleteWebhook":
                return self._delete_webhook(call)
            case "getWebhookInfo":
                return self._webhook.info()
            case _:
                return METHODS[method](self._state, call)

    def _pass_gate(self, call: Call) -> None:
        """Write breaches down; refuse where Telegram could not even read the argument."""
        schema = load_schema()
        breaches = schema.breaches_of_call(call)
        self.violations.extend(str(breach) for breach in breaches)
        markup = call.arguments.get("reply_markup")
        self.violations.extend(f"{call.method}: {words}" for words in button_breaches(markup))
        kinds = call.arguments.get("allowed_updates")
        if isinstance(kinds, list):
            unknown = [str(kind) for kind in kinds if kind not in schema.update_kinds]
            self.violations.extend(f"{call.method}: no update kind {kind}" for kind in unknown)
        unreadable = [breach for breach in breaches if _is_unreadable(breach)]
        if unreadable:
            raise RefusedError(400, f"can't parse {unreadable[0]}")  # assumed words

    async def _get_updates(self, call: Call) -> list[JsonObject]:
        if self._webhook.url:
            raise await self._poller.conflict(_POLL_WITH_WEBHOOK)
        return await self._poller.get_updates(call.arguments)

    def _set_webhook(self, call: Call) -> web.Response:
        if not call.arguments.get("url"):
            return self._delete_webhook(call)
        self._drop_pending(call)
        self._poller.abort(WEBHOOK_SET)
        self._state.updates.allow(call.arguments.get("allowed_updates"))
        is_same = self._webhook.url == call.arguments["url"]
        self._webhook.remove()
        self._webhook.set(call.arguments)
        return answer(True, "Webhook is already set" if is_same else "Webhook was set")

    def _delete_webhook(self, call: Call) -> web.Response:
        self._drop_pending(call)
        was_set = bool(self._webhook.url)
        self._webhook.remove()
        return answer(True, "Webhook was deleted" if was_set else "Webhook is already deleted")

    def _drop_pending(self, call: Call) -> None:
        if call.arguments.get("drop_pending_updates"):
            self._state.updates.clear()

    async def _run_webhook_method(self, call: Call) -> None:
        try:
            await self._run(call)
        except RefusedError as error:
            # Telegram tells nobody; a test should hear of it.
            self.violations.append(f"{call.method} in a webhook's response: {error}")


def _is_unreadable(breach: Breach) -> bool:
    """Whether Telegram cannot even read the argument; a missing one has refusals of its own."""
    if breach.kind is BreachKind.MISSING:
        return breach.where.count(".") > 1
    return breach.kind in {BreachKind.SHAPE, BreachKind.NAME}


def _call_name(request: web.Request) -> str:
    return request.match_info.get("method", "download")


def _too_many() -> web.Response:
    words = f"Too Many Requests: retry after {_RETRY_AFTER_S}"
    return refusal(429, words, {"retry_after": _RETRY_AFTER_S})  # source


def _server_error() -> web.Response:
    return refusal(500, "Internal Server Error")

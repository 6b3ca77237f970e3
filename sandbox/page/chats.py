"""The phones for the page: what stands on a screen, and what a thumb can do.

GET  /api/phones/7?limit=60             the latest messages, keyboard, toasts
POST /api/phones/7/start                {}
POST /api/phones/7/say                  {"text": "500 такси"}
POST /api/phones/7/press                {"message_id": 3, "label": "Принял", "data": "h:1"}
POST /api/phones/7/open                 {"url": "https://t.me/…?start=h_1"}
POST /api/phones/7/file?name=1.txt      the bytes of the file
GET  /api/phones/7/files/12             the bytes of the file in message 12
"""

from dataclasses import asdict

from aiohttp import web

from sandbox.page.replies import Json, RefusedActError, attachment, read_object
from sandbox.page.world import DemoWorld
from sandbox.telegram.people import Phone, SeenMessage

__all__ = ["Chats"]

TEXT_MAX = 4096  # docs: a message's text
MESSAGES_MAX = 500
TOASTS_SHOWN = 5
FILE_NAME_MAX = 120


class Chats:
    """The handlers of `/api/phones`."""

    def __init__(self, world: DemoWorld) -> None:
        """The phones of the world's people and of nobody else."""
        self._telegram = world.sandbox.telegram
        self._people = {person.user_id: person for person in world.people}

    def routes(self) -> list[web.RouteDef]:
        """Every path of the phones."""
        one = r"/api/phones/{user_id:\d+}"
        return [
            web.get(one, self._screen),
            web.get(one + r"/files/{message_id:\d+}", self._file),
            web.post(one + "/start", self._start),
            web.post(one + "/say", self._say),
            web.post(one + "/press", self._press),
            web.post(one + "/open", self._open),
            web.post(one + "/file", self._drop),
        ]

    def phone(self, user_id: int) -> Phone:
        """A person's phone; refused for a stranger."""
        person = self._people.get(user_id)
        if person is None:
            raise RefusedActError("Такого телефона здесь нет", 404)
        return self._telegram.phone(user_id, person.name)

    def talking(self, user_id: int) -> Phone:
        """A phone that can write to the bot; refused before Start and after a block."""
        phone = self.phone(user_id)
        if not phone.is_started or phone.is_blocked:
            raise RefusedActError(f"{phone.name}: сначала нажмите «Старт»")
        return phone

    def versions(self) -> dict[int, int]:
        """The version of each phone."""
        return {user_id: self.phone(user_id).version for user_id in self._people}

    async def _screen(self, request: web.Request) -> web.Response:
        phone = self.phone(_user_id(request))
        limit = min(int(request.query.get("limit", "60")), MESSAGES_MAX)
        messages, toasts = phone.messages, phone.toasts
        shown = messages[-limit:]
        return web.json_response(
            {
                "version": phone.version,
                "started": phone.is_started,
                "blocked": phone.is_blocked,
                "earlier": len(messages) - len(shown),
                "messages": [_message(message) for message in shown],
                "keyboard": phone.keyboard,
                "placeholder": phone.placeholder,
                "toasts_total": len(toasts),
                "toasts": [
                    {"query_id": one.query_id, "text": one.text, "alert": one.alert}
                    for one in toasts[-TOASTS_SHOWN:]
                ],
            }
        )

    async def _start(self, request: web.Request) -> web.Response:
        return web.json_response({"message_id": await self.phone(_user_id(request)).open_bot()})

    async def _say(self, request: web.Request) -> web.Response:
        phone = self.talking(_user_id(request))
        text = str((await read_object(request))["text"]).strip()
        if not 1 <= len(text) <= TEXT_MAX:
            raise RefusedActError(f"Сообщение должно быть от 1 до {TEXT_MAX} знаков", 400)
        return web.json_response({"message_id": await phone.say(text)})

    async def _press(self, request: web.Request) -> web.Response:
        phone = self.talking(_user_id(request))
        body = await read_object(request)
        message_id, label, data = int(body["message_id"]), str(body["label"]), str(body["data"])
        if _has(phone, message_id, label, data):
            return web.json_response({"query_id": await phone.press(label, message_id=message_id)})
        # The keyboard has changed under the finger: a client sends what it has shown.
        return web.json_response({"query_id": await phone.press_data(data, message_id)})

    async def _open(self, request: web.Request) -> web.Response:
        url = str((await read_object(request))["url"])
        return web.json_response(
            {"message_id": await self.phone(_user_id(request)).open_link(url)}
        )

    async def _drop(self, request: web.Request) -> web.Response:
        phone = self.talking(_user_id(request))
        name = request.query["name"].replace("/", "_").strip()[-FILE_NAME_MAX:] or "file"
        data = await request.read()
        if not data:
            raise RefusedActError("Файл пустой", 400)
        return web.json_response({"message_id": await phone.drop_file(name, data)})

    async def _file(self, request: web.Request) -> web.Response:
        phone = self.phone(_user_id(request))
        message_id = int(request.match_info["message_id"])
        data = phone.document(message_id)
        name = next(m.document for m in phone.messages if m.message_id == message_id)
        return attachment(name or "file", data)


def _user_id(request: web.Request) -> int:
    return int(request.match_info["user_id"])


def _message(message: SeenMessage) -> Json:
    shown = asdict(message)
    shown.pop("from_bot")
    return {**shown, "mine": not message.from_bot}


def _has(phone: Phone, message_id: int, label: str, data: str) -> bool:
    """Whether the first button with this label in the message is the one that was tapped."""
    for message in phone.messages:
        if message.message_id == message_id:
            flat = [button for row in message.buttons for button in row]
            same = [button for button in flat if button.label == label]
            return bool(same) and same[0].data == data
    return False

"""The phones over HTTP, for other processes and for the page of the demo: JSON under `/_people/`.

    GET  /_people/phones                      all people
    POST /_people/phones                      {"user_id": 7, "name": "Анна", "username": null}
    GET  /_people/phones/7                    messages, toasts, keyboard, version
    GET  /_people/phones/7/documents/12       the bytes of the file in message 12
    POST /_people/phones/7/open               {"payload": "h_1"} or {"url": "https://t.me/…"} or {}
    POST /_people/phones/7/say                {"text": "500 такси"}
    POST /_people/phones/7/press              {"label": "Принял", "message_id": null}, or "data"
    POST /_people/phones/7/edit               {"message_id": 3, "text": "600 такси"}
    POST /_people/phones/7/file               {"name": "1.txt", "base64": "…", "caption": null}
    POST /_people/phones/7/block, …/unblock   {}
    GET  /_people/violations, /_people/transcript

What a client cannot do answers 409 with `{"error": why}`; an unknown person 404.
"""

import base64
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Protocol

from aiohttp import web

from sandbox.telegram.people import Phone, PhoneError
from sandbox.telegram.wire import JsonObject

__all__ = ["Crowd", "people_routes"]


class Crowd(Protocol):
    """Where the phones are kept."""

    phones: dict[int, Phone]
    violations: list[str]

    def phone(self, user_id: int, name: str, username: str | None = None) -> Phone:
        """A phone, made when there is none."""
        ...

    def transcript(self) -> str:
        """The log of all chats."""
        ...


def people_routes(crowd: Crowd) -> list[web.RouteDef]:
    """The routes; they are neither counted nor faulted."""

    async def everybody(_request: web.Request) -> web.Response:
        return web.json_response([_card(phone) for phone in crowd.phones.values()])

    async def join(request: web.Request) -> web.Response:
        body = await request.json()
        phone = crowd.phone(int(body["user_id"]), str(body["name"]), body.get("username"))
        return web.json_response(_card(phone))

    async def one(request: web.Request) -> web.Response:
        return web.json_response(_screen(_phone(crowd, request)))

    async def document(request: web.Request) -> web.Response:
        phone = _phone(crowd, request)
        return web.Response(body=phone.document(int(request.match_info["message_id"])))

    async def act(request: web.Request) -> web.Response:
        return await _act(_phone(crowd, request), request)

    async def violations(_request: web.Request) -> web.Response:
        return web.json_response({"violations": crowd.violations})

    async def transcript(_request: web.Request) -> web.Response:
        return web.Response(text=crowd.transcript())

    return [
        web.get("/_people/phones", everybody),
        web.post("/_people/phones", join),
        web.get("/_people/phones/{user_id:[0-9]+}", one),
        web.get("/_people/phones/{user_id:[0-9]+}/documents/{message_id:[0-9]+}", document),
        web.post("/_people/phones/{user_id:[0-9]+}/{act}", act),
        web.get("/_people/violations", violations),
        web.get("/_people/transcript", transcript),
    ]


def _phone(crowd: Crowd, request: web.Request) -> Phone:
    phone = crowd.phones.get(int(request.match_info["user_id"]))
    if phone is None:
        raise web.HTTPNotFound(text='{"error": "no such person"}', content_type="application/json")
    return phone


async def _act(phone: Phone, request: web.Request) -> web.Response:
    act = _ACTS.get(request.match_info["act"])
    if act is None:
        return web.json_response({"error": "no such act"}, status=404)
    try:
        body = await request.json() if request.can_read_body else {}
        result = await act(phone, body)
    except PhoneError as error:
        return web.json_response({"error": str(error)}, status=409)
    except (KeyError, ValueError) as error:
        return web.json_response({"error": f"cannot read the act: {error!r}"}, status=400)
    return web.json_response({"result": result, "version": phone.version})


async def _open(phone: Phone, body: JsonObject) -> object:
    if "url" in body:
        return await phone.open_link(body["url"])
    return await phone.open_bot(body.get("payload"))


async def _say(phone: Phone, body: JsonObject) -> object:
    return await phone.say(body["text"])


async def _press(phone: Phone, body: JsonObject) -> object:
    if "data" in body:
        return await phone.press_data(body["data"], body["message_id"])
    return await phone.press(body["label"], message_id=body.get("message_id"))


async def _edit(phone: Phone, body: JsonObject) -> object:
    await phone.edit(body["message_id"], body["text"])
    return body["message_id"]


async def _file(phone: Phone, body: JsonObject) -> object:
    data = base64.b64decode(body["base64"], validate=True)
    return await phone.drop_file(body["name"], data, body.get("caption"))


async def _block(phone: Phone, _body: JsonObject) -> object:
    await phone.block()
    return True


async def _unblock(phone: Phone, _body: JsonObject) -> object:
    await phone.unblock()
    return True


_ACTS: dict[str, Callable[[Phone, JsonObject], Awaitable[object]]] = {
    "open": _open,
    "say": _say,
    "press": _press,
    "edit": _edit,
    "file": _file,
    "block": _block,
    "unblock": _unblock,
}


def _card(phone: Phone) -> JsonObject:
    return {
        "user_id": phone.user_id,
        "name": phone.name,
        "username": phone.username,
        "version": phone.version,
        "is_started": phone.is_started,
        "is_blocked": phone.is_blocked,
    }


def _screen(phone: Phone) -> JsonObject:
    return {
        **_card(phone),
        "messages": [asdict(message) for message in phone.messages],
        "toasts": [{**asdict(toast), "at": int(toast.at.timestamp())} for toast in phone.toasts],
        "keyboard": phone.keyboard,
        "placeholder": phone.placeholder,
        "spinners": phone.spinners,
    }

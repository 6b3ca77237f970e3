import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import web

from sandbox.servers import run_standins
from tests.sandbox.telegram_fixtures import Room, open_room


class Hook:
    """A bot's webhook that answers as it is told."""

    def __init__(self) -> None:
        self.seen: list[tuple[str | None, str]] = []
        self.answers: list[web.Response] = []
        self.app = web.Application()
        self.app.router.add_post("/hook", self._take)

    async def _take(self, request: web.Request) -> web.Response:
        body = json.loads(await request.text())
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        said = body["message"]["text"] if "message" in body else body["callback_query"]["data"]
        self.seen.append((secret, said))
        return self.answers.pop(0) if self.answers else web.Response()

    async def wait(self, count: int) -> None:
        for _ in range(200):
            if len(self.seen) >= count:
                return
            await asyncio.sleep(0.01)
        raise AssertionError(self.seen)


@asynccontextmanager
async def hooked() -> AsyncIterator[tuple[Room, Hook, str]]:
    hook = Hook()
    async with open_room() as room, run_standins({"hook": hook.app}) as urls:
        yield room, hook, f"{urls['hook']}/hook"


async def idle(room: Room) -> None:
    for _ in range(200):
        if room.standin.waiting_updates == 0:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(room.standin.waiting_updates)


async def test_updates_are_pushed_with_the_secret():
    async with hooked() as (room, hook, url):
        body = await room.call("setWebhook", url=url, secret_token="s3cret")

        await room.standin.phone(1, "Анна").open_bot()
        await hook.wait(1)
        await idle(room)

        assert body["description"] == "Webhook was set"
        assert hook.seen == [("s3cret", "/start")]


async def test_what_is_refused_is_pushed_again_at_once_then_after_2_and_4_seconds():
    async with hooked() as (room, hook, url):
        hook.answers = [web.Response(status=500) for _ in range(3)]
        await room.result("setWebhook", url=url)
        began = room.clock.now()

        await room.standin.phone(1, "Анна").open_bot()
        await hook.wait(4)
        await idle(room)

        assert room.clock.now() - began == timedelta(seconds=0 + 2 + 4)
        info = await room.result("getWebhookInfo")
        assert info["last_error_message"].startswith("Wrong response from the webhook: 500")


async def test_retry_after_is_honoured():
    async with hooked() as (room, hook, url):
        hook.answers = [web.Response(status=503, headers={"Retry-After": "30"})]
        await room.result("setWebhook", url=url)
        began = room.clock.now()

        await room.standin.phone(1, "Анна").open_bot()
        await hook.wait(2)

        assert room.clock.now() - began == timedelta(seconds=30)


async def test_one_chat_keeps_its_order_though_the_first_push_fails():
    async with hooked() as (room, hook, url):
        hook.answers = [web.Response(status=500)]
        anna = room.standin.phone(1, "Анна")
        await anna.open_bot()
        await anna.say("раз")

        await room.result("setWebhook", url=url)
        await hook.wait(3)

        assert [text for _, text in hook.seen] == ["/start", "/start", "раз"]


async def test_a_response_may_carry_a_method():
    async with hooked() as (room, hook, url):
        reply = {"method": "sendMessage", "chat_id": 1, "text": "привет"}
        hook.answers = [web.json_response(reply)]
        await room.result("setWebhook", url=url)

        await room.standin.phone(1, "Анна").open_bot()
        await idle(room)

        assert room.standin.phones[1].last.text == "привет"


async def test_polling_and_a_webhook_exclude_each_other():
    async with hooked() as (room, _hook, url):
        poll = asyncio.create_task(room.refusal("getUpdates", timeout=30))
        await asyncio.sleep(0.05)
        await room.result("setWebhook", url=url)

        assert await poll == "Conflict: terminated by setWebhook request"
        assert await room.refusal("getUpdates") == (
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
        assert (await room.call("deleteWebhook"))["description"] == "Webhook was deleted"
        assert await room.result("getUpdates") == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"url": "http://example.org/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://example.org:5000/"}, "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"),
        ({"url": "https://example.org/", "secret_token": "a b"}, "secret token contains unallowed characters"),
    ],
)  # fmt: skip
async def test_a_webhook_that_telegram_would_not_take(arguments, words):
    async with open_room() as room:
        assert await room.refusal("setWebhook", **arguments) == f"Bad Request: {words}"


async def test_a_webhook_that_never_answers_loses_the_update_after_a_day():
    async with hooked() as (room, hook, url):
        hook.answers = [web.Response(status=500) for _ in range(3000)]
        await room.result("setWebhook", url=url)
        began = room.clock.now()

        await room.standin.phone(1, "Анна").open_bot()
        await until_lost(room)

        waited = room.clock.now() - began
        assert timedelta(hours=23, minutes=57) < waited <= timedelta(hours=24)


async def until_lost(room: Room) -> None:
    for _ in range(2000):
        if room.standin.waiting_updates == 0:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(room.clock.now())


async def test_a_webhook_that_is_gone_for_23_hours_is_dropped():
    async with hooked() as (room, hook, url):
        hook.answers = [web.Response(status=410) for _ in range(3000)]
        await room.result("setWebhook", url=url)
        began = room.clock.now()

        await room.standin.phone(1, "Анна").open_bot()
        for _ in range(2000):
            if not (await room.result("getWebhookInfo"))["url"]:
                break
            await asyncio.sleep(0.01)

        assert room.clock.now() - began >= timedelta(hours=23)
        assert room.standin.waiting_updates == 1


async def test_pending_updates_are_dropped_when_asked():
    async with hooked() as (room, hook, url):
        await room.standin.phone(1, "Анна").open_bot()

        await room.result("setWebhook", url=url, drop_pending_updates=True)
        again = await room.call("setWebhook", url=url)

        assert (hook.seen, again["description"]) == ([], "Webhook is already set")
        assert (await room.call("setWebhook", url=""))["description"] == "Webhook was deleted"


async def test_a_webhook_that_nobody_serves_is_told_in_the_info():
    async with open_room() as room:
        await room.result("setWebhook", url="http://127.0.0.1:9/", allowed_updates=["message"])
        await room.standin.phone(1, "Анна").open_bot()
        await until_lost(room)

        info = await room.result("getWebhookInfo")

        assert info["last_error_message"].startswith("Connection failed")
        assert info["allowed_updates"] == ["message"]


async def test_taps_do_not_wait_for_messages_and_come_once():
    async with hooked() as (room, hook, url):
        anna = room.standin.phone(1, "Анна")
        await anna.open_bot()
        keyboard = {"inline_keyboard": [[{"text": "Да", "callback_data": "тап"}]]}
        await room.result("sendMessage", chat_id=1, text="?", reply_markup=keyboard)
        await anna.press("Да")
        await anna.say("раз")

        await room.result("setWebhook", url=url)
        await idle(room)

        said = [text for _, text in hook.seen]
        assert sorted(said) == ["/start", "раз", "тап"]
        assert said.index("/start") < said.index("раз")

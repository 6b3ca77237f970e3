import asyncio
from datetime import timedelta

from tests.sandbox.telegram_fixtures import Room, open_room


def texts(updates):
    return [update["message"]["text"] for update in updates]


async def said(room: Room, *words: str) -> None:
    anna = room.standin.phone(1, "Анна")
    await anna.open_bot()
    for word in words:
        await anna.say(word)


async def test_what_is_not_acknowledged_comes_again():
    async with open_room() as room:
        await said(room, "раз")

        first = await room.result("getUpdates")
        again = await room.result("getUpdates")

        assert texts(first) == ["/start", "раз"]
        # The same offset at once again: Telegram hands out one at a time.
        assert texts(again) == ["/start"]


async def test_only_an_offset_acknowledges():
    async with open_room() as room:
        await said(room, "раз", "два")
        shown = await room.result("getUpdates")

        left = await room.result("getUpdates", offset=shown[1]["update_id"] + 1)

        assert texts(left) == ["два"]
        assert room.standin.waiting_updates == 1


async def test_a_negative_offset_forgets_all_before():
    async with open_room() as room:
        await said(room, "раз", "два")

        last = await room.result("getUpdates", offset=-1)

        assert texts(last) == ["два"]
        assert room.standin.waiting_updates == 1


async def test_an_offset_from_another_life_is_answered_from_the_head():
    async with open_room() as room:
        await said(room)
        shown = await room.result("getUpdates")

        far = await room.result("getUpdates", offset=shown[0]["update_id"] + 1000)

        assert texts(far) == ["/start"]


async def test_a_limit_is_kept():
    async with open_room() as room:
        await said(room, "раз", "два")

        assert texts(await room.result("getUpdates", limit=2)) == ["/start", "раз"]


async def test_a_long_poll_ends_when_something_is_said():
    async with open_room() as room:
        poll = asyncio.create_task(room.result("getUpdates", timeout=30))
        await asyncio.sleep(0.05)

        await said(room)

        assert texts(await asyncio.wait_for(poll, 5)) == ["/start"]


async def test_a_second_poller_throws_the_first_out():
    async with open_room() as room:
        first = asyncio.create_task(room.call("getUpdates", timeout=30))
        await asyncio.sleep(0.05)
        second = asyncio.create_task(room.result("getUpdates", timeout=30))

        body = await asyncio.wait_for(first, 5)
        await said(room)

        assert body["error_code"] == 409
        assert body["description"] == (
            "Conflict: terminated by other getUpdates request; "
            "make sure that only one bot instance is running"
        )
        assert texts(await asyncio.wait_for(second, 5)) == ["/start"]


async def test_allowed_updates_are_remembered_and_hold_from_then_on():
    async with open_room() as room:
        await said(room)
        await room.result("getUpdates", allowed_updates=["callback_query"])
        await said(room, "не придёт")

        assert room.standin.waiting_updates == 1

        await room.result("getUpdates", offset=-1, allowed_updates=[])
        await said(room)
        assert room.standin.waiting_updates == 2


async def test_a_message_waits_a_day_and_a_tap_150_seconds():
    async with open_room() as room:
        await said(room)
        keyboard = {"inline_keyboard": [[{"text": "Да", "callback_data": "y"}]]}
        await room.result("sendMessage", chat_id=1, text="?", reply_markup=keyboard)
        await room.standin.phones[1].press("Да")

        room.clock.advance(timedelta(seconds=149))
        assert room.standin.waiting_updates == 2
        room.clock.advance(timedelta(seconds=1))
        assert room.standin.waiting_updates == 1
        room.clock.advance(timedelta(hours=24))
        assert room.standin.waiting_updates == 0


async def test_after_a_silent_week_numbers_start_anywhere():
    async with open_room() as room:
        await said(room)
        (before,) = await room.result("getUpdates")
        room.clock.advance(timedelta(days=7))
        await said(room)

        (after,) = await room.result("getUpdates", offset=before["update_id"] + 1)

        assert after["update_id"] != before["update_id"] + 1
        assert texts([after]) == ["/start"]


async def test_arguments_come_in_every_shape():
    async with open_room() as room:
        url = f"{room.base}/bot42:TEST/getUpdates"
        await said(room, "раз")
        wanted = ["/start"]

        async with room.client.get(url, params={"limit": "1", "offset": "0"}) as response:
            assert texts((await response.json())["result"]) == wanted
        async with room.client.post(url, data={"limit": "1", "offset": "1"}) as response:
            assert texts((await response.json())["result"]) == wanted
        async with room.client.post(
            url, data=b"[1]", headers={"Content-Type": "application/json"}
        ) as response:
            assert response.status == 400
        assert room.standin.violations == []


async def test_a_poller_that_dies_while_it_waits_loses_nothing():
    async with open_room() as room:
        poll = asyncio.create_task(room.result("getUpdates", timeout=30))
        await asyncio.sleep(0.05)
        poll.cancel()
        await asyncio.gather(poll, return_exceptions=True)
        await said(room)

        assert texts(await room.result("getUpdates")) == ["/start"]


async def test_conflicts_in_a_row_are_slowed_down():
    async with open_room() as room:
        polls = [asyncio.create_task(room.call("getUpdates", timeout=30)) for _ in range(3)]
        began = room.clock.now()
        await asyncio.sleep(0.1)
        await said(room)

        codes = [body.get("error_code", 200) for body in await asyncio.gather(*polls)]

        assert sorted(codes) == [200, 409, 409]
        assert room.clock.now() - began == timedelta(seconds=3)

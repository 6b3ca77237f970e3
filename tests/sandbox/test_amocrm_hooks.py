import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from urllib.parse import parse_qsl

import pytest
from aiohttp import web

from sandbox.amocrm.company import (
    BORIS_ID,
    CONFIRMED_ID,
    CONTRACT_DATE_ID,
    METHODS,
    PIPELINE_ID,
    PREPAYMENT_METHOD_ID,
    STAGE_NEW_ID,
    STAGE_SIGNED_ID,
)
from sandbox.amocrm.hook_body import flatten
from sandbox.amocrm.hooks import Unruly
from sandbox.servers import run_standins
from tests.sandbox.amocrm_world import START, World, amocrm_world
from world.identity import seeded_chance

ALL = ["add_lead", "update_lead", "status_lead", "responsible_lead", "delete_lead", "note_lead"]


class Listener:
    """Somebody's webhook address; answers with the codes it is given, then with 200."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, str]] = []
        self.kinds: list[str] = []
        self.codes: list[int] = []
        self.app = web.Application()
        self.app.router.add_post("/hook", self._take)

    async def _take(self, request: web.Request) -> web.Response:
        self.kinds.append(request.content_type)
        self.bodies.append(dict(parse_qsl(await request.text(), keep_blank_values=True)))
        return web.Response(status=self.codes.pop(0) if self.codes else 200)

    @property
    def actions(self) -> list[str]:
        return [min(body, key=lambda key: not key.startswith("leads")) for body in self.bodies]


@asynccontextmanager
async def heard(settings: list[str]) -> AsyncIterator[tuple[World, Listener, str]]:
    listener = Listener()
    async with run_standins({"listener": listener.app}) as urls, amocrm_world() as world:
        destination = f"{urls['listener']}/hook"
        body = {"destination": destination, "settings": settings}
        answer = await world.call("POST", "/api/v4/webhooks", body)
        assert answer.status == 201
        yield world, listener, destination


async def test_a_change_of_stage_comes_as_a_bracketed_form() -> None:
    async with heard(["status_lead"]) as (world, listener, _):
        lead_id = world.deal(
            fields={PREPAYMENT_METHOD_ID: METHODS[1], CONTRACT_DATE_ID: "2026-03-01"}
        )
        world.standin.move(lead_id, STAGE_SIGNED_ID)
        await world.standin.hooks.settle()

        (body,) = listener.bodies
        assert listener.kinds == ["application/x-www-form-urlencoded"]
        assert body["leads[status][0][id]"] == str(lead_id)
        assert body["leads[status][0][status_id]"] == str(STAGE_SIGNED_ID)
        assert body["leads[status][0][old_status_id]"] == str(STAGE_NEW_ID)
        assert body["leads[status][0][custom_fields][0][values][0][value]"] == "Перевод на карту"
        assert body["leads[status][0][custom_fields][0][values][0][enum]"].isdigit()
        # A date has no [value] level.
        assert body["leads[status][0][custom_fields][1][values][0]"] == "1772312400"
        assert body["account[subdomain]"] == "uyut"


async def test_writes_by_the_api_are_told_too_so_that_loops_are_possible() -> None:
    async with heard(ALL) as (world, listener, _):
        lead_id = world.deal()
        body = {"pipeline_id": PIPELINE_ID, "status_id": 142, "responsible_user_id": BORIS_ID}
        await world.call("PATCH", f"/api/v4/leads/{lead_id}", body)
        note = [{"note_type": "common", "params": {"text": "готово"}}]
        await world.call("POST", f"/api/v4/leads/{lead_id}/notes", note)
        world.standin.delete(lead_id)
        await world.standin.hooks.settle()

        kinds = {action.split("]")[0] for action in listener.actions}
        assert kinds == {
            f"leads[{kind}"
            for kind in ("add", "status", "responsible", "update", "note", "delete")
        }
        noted = next(body for body in listener.bodies if "leads[note][0][note][id]" in body)
        assert noted["leads[note][0][note][text]"] == "готово"
        assert noted["leads[note][0][note][element_id]"] == str(lead_id)


async def test_an_emptied_field_alone_is_told_to_nobody() -> None:
    async with heard(ALL) as (world, listener, _):
        lead_id = world.deal(fields={CONFIRMED_ID: 100})
        await world.standin.hooks.settle()
        listener.bodies.clear()

        world.standin.set_fields(lead_id, {CONFIRMED_ID: None})
        await world.standin.hooks.settle()

        assert listener.bodies == []


async def test_a_failed_post_comes_again_after_5_15_15_and_60_minutes() -> None:
    async with heard(["add_lead"]) as (world, listener, _):
        listener.codes = [503] * 9
        world.deal()
        seen = []
        for minutes in (0, 4, 1, 14, 1, 14, 1, 59, 1, 600):
            world.clock.advance(timedelta(minutes=minutes))
            await world.standin.hooks.settle()
            seen.append(len(listener.bodies))

        assert seen == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
        assert len(world.standin.hooks.dropped) == 1


async def test_a_refusal_below_499_is_tried_three_times_in_all() -> None:
    async with heard(["add_lead"]) as (world, listener, _):
        listener.codes = [404] * 9
        world.deal()
        for _ in range(6):
            world.clock.advance(timedelta(hours=1))
            await world.standin.hooks.settle()

        assert len(listener.bodies) == 3


async def test_waiting_for_a_retry_does_not_move_the_clock() -> None:
    async with heard(["add_lead"]) as (world, listener, _):
        listener.codes = [500]
        world.deal()
        await world.standin.hooks.settle()

        assert world.clock.now() == START + timedelta(seconds=1)


async def test_a_hundred_and_one_bad_answers_switch_a_hook_off() -> None:
    async with heard(["add_lead"]) as (world, listener, destination):
        listener.codes = [404] * 101
        for _ in range(101):
            world.deal()
        await world.standin.hooks.settle()
        shown = await world.call("GET", "/api/v4/webhooks")
        world.deal()
        await world.standin.hooks.settle()

        assert shown.body["_embedded"]["webhooks"][0]["disabled"] is True
        assert len(listener.bodies) == 101
        await world.call(
            "POST", "/api/v4/webhooks", {"destination": destination, "settings": ["add_lead"]}
        )
        assert world.standin.hooks.subscriptions[destination].disabled is False


async def test_the_same_destination_again_changes_its_settings() -> None:
    async with heard(["add_lead"]) as (world, _listener, destination):
        again = {"destination": destination, "settings": ["note_lead"]}
        await world.call("POST", "/api/v4/webhooks", again)
        listed = await world.call("GET", "/api/v4/webhooks")

        assert [one["settings"] for one in listed.body["_embedded"]["webhooks"]] == [["note_lead"]]


async def test_a_deleted_hook_hears_nothing_more() -> None:
    async with heard(["add_lead"]) as (world, listener, destination):
        gone = await world.call("DELETE", "/api/v4/webhooks", {"destination": destination})
        again = await world.call("DELETE", "/api/v4/webhooks", {"destination": destination})
        world.deal()
        await world.standin.hooks.settle()

        assert (gone.status, again.status) == (204, 404)
        assert listener.bodies == []
        assert (await world.call("GET", "/api/v4/webhooks")).status == 204


@pytest.mark.parametrize(
    "body",
    [
        {"destination": "ftp://x/y", "settings": ["add_lead"]},
        {"destination": "http://x/y", "settings": []},
        {"destination": "http://x/y", "settings": ["add_everything"]},
        {"settings": ["add_lead"]},
    ],
)
async def test_a_senseless_subscription_is_refused(body: dict[str, object]) -> None:
    async with amocrm_world() as world:
        assert (await world.call("POST", "/api/v4/webhooks", body)).status == 400


async def test_deliveries_can_come_doubled_and_a_day_late() -> None:
    async with heard(["add_lead"]) as (world, listener, _):
        world.standin.misbehave(Unruly(seeded_chance(3), copies_max=5, late_share=0.3))
        for _ in range(20):
            world.deal()
        await world.standin.hooks.settle()
        on_time = len(listener.bodies)
        world.clock.advance(timedelta(days=1))
        await world.standin.hooks.settle()

        assert 20 < on_time < len(listener.bodies) <= 100
        assert len({body["leads[add][0][id]"] for body in listener.bodies}) == 20


def test_a_tree_is_flattened_as_php_does_it() -> None:
    assert list(flatten({"a": [{"b": 1, "c": None}, {"b": True}], "d": {"e": "ё"}})) == [
        ("a[0][b]", "1"),
        ("a[0][c]", ""),
        ("a[1][b]", "1"),
        ("d[e]", "ё"),
    ]


async def test_nobody_at_the_address_is_a_failed_post_that_waits() -> None:
    async with amocrm_world() as world:
        async with run_standins({"gone": web.Application()}) as urls:
            destination = f"{urls['gone']}/hook"
        world.standin.hooks.subscribe(destination, ["add_lead"])
        world.deal()
        await world.standin.hooks.settle()

        (waiting,) = world.standin.hooks.waiting
        assert (waiting.attempt, waiting.due) == (1, START + timedelta(minutes=5))


async def test_an_answer_after_two_seconds_is_no_answer() -> None:
    release = asyncio.Event()

    async def dawdle(_request: web.Request) -> web.Response:
        await release.wait()
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", dawdle)
    async with run_standins({"slow": app}) as urls, amocrm_world() as world:
        world.standin.hooks.subscribe(f"{urls['slow']}/hook", ["add_lead"])
        world.deal()
        await world.standin.hooks.settle()
        release.set()

        assert [one.attempt for one in world.standin.hooks.waiting] == [1]
        assert not world.standin.hooks.delivered


async def test_a_post_cut_off_by_the_end_of_the_stand_in_is_kept_for_the_next_run() -> None:
    release, begun = asyncio.Event(), asyncio.Event()

    async def dawdle(_request: web.Request) -> web.Response:
        begun.set()
        await release.wait()
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", dawdle)
    async with run_standins({"slow": app}) as urls:
        async with amocrm_world() as world:
            world.standin.hooks.subscribe(f"{urls['slow']}/hook", ["add_lead"])
            world.deal()
            await begun.wait()
        release.set()

    assert len(world.standin.dump()["waiting"]) == 1

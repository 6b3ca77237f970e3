from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from sandbox.faults import Faults
from tests.sandbox.amocrm_world import OAUTH, World, amocrm_world


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with amocrm_world() as made:
        yield made


def request_of(**more: str) -> dict[str, str]:
    return {
        "client_id": OAUTH.client_id,
        "client_secret": OAUTH.client_secret,
        "redirect_uri": OAUTH.redirect_uri,
        **more,
    }


async def pair(world: World, **more: str) -> Any:
    return await world.call("POST", "/oauth2/access_token", request_of(**more))


async def test_a_revoked_token_is_401_for_ever(world: World) -> None:
    assert (await world.call("GET", "/api/v4/account")).status == 200

    world.standin.revoke()
    refused = await world.call("GET", "/api/v4/account")

    assert (refused.status, refused.kind) == (401, "application/problem+json")


async def test_the_eighth_call_within_a_second_is_429_and_not_json(world: World) -> None:
    statuses = [(await world.hurry("GET", "/api/v4/account")).status for _ in range(8)]
    refused = await world.hurry("GET", "/api/v4/account")
    later = await world.call("GET", "/api/v4/account")

    assert statuses == [200] * 7 + [429]
    assert refused.kind == "text/html"
    assert later.status == 200


async def test_who_ignores_the_limit_is_blocked_with_a_page(world: World) -> None:
    for _ in range(7 + 61):
        await world.hurry("GET", "/api/v4/account")

    blocked = await world.call("GET", "/api/v4/account")
    world.clock.advance(timedelta(minutes=6))
    forgiven = await world.call("GET", "/api/v4/account")

    assert (blocked.status, blocked.kind) == (403, "text/html")
    assert forgiven.status == 200


async def test_a_code_works_once_and_within_twenty_minutes(world: World) -> None:
    code, late = world.standin.gate.new_code(), world.standin.gate.new_code()

    first = await pair(world, grant_type="authorization_code", code=code)
    again = await pair(world, grant_type="authorization_code", code=code)
    world.clock.advance(timedelta(minutes=20))
    stale = await pair(world, grant_type="authorization_code", code=late)

    assert first.body["expires_in"] == 86400
    assert (again.status, stale.status) == (400, 400)
    assert "hint" in again.body


async def test_a_refresh_token_works_once_and_kills_its_pair(world: World) -> None:
    code = world.standin.gate.new_code()
    old = (await pair(world, grant_type="authorization_code", code=code)).body

    new = (await pair(world, grant_type="refresh_token", refresh_token=old["refresh_token"])).body
    again = await pair(world, grant_type="refresh_token", refresh_token=old["refresh_token"])

    assert again.body["hint"] == "Token has been revoked"
    stale = replace(world, token=old["access_token"])
    fresh = replace(world, token=new["access_token"])
    assert (await stale.call("GET", "/api/v4/account")).status == 401
    assert (await fresh.call("GET", "/api/v4/account")).status == 200


async def test_an_access_token_dies_after_a_day(world: World) -> None:
    code = world.standin.gate.new_code()
    tokens = (await pair(world, grant_type="authorization_code", code=code)).body
    caller = replace(world, token=tokens["access_token"])

    world.clock.advance(timedelta(hours=24))

    assert (await caller.call("GET", "/api/v4/account")).status == 401


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_secret": "guess"},
        {"redirect_uri": "https://kopeyka.example/cb/"},
        {"grant_type": "password"},
    ],
)
async def test_a_wrong_application_gets_nothing(world: World, wrong: dict[str, str]) -> None:
    code = world.standin.gate.new_code()

    answer = await pair(world, **{"grant_type": "authorization_code", "code": code, **wrong})

    assert answer.status == 400


async def test_a_lost_answer_leaves_the_note_and_a_429_does_not() -> None:
    faults = Faults.parse("amocrm/POST leads/{id}/notes:lost@1,amocrm/POST *:429@2")
    async with amocrm_world(faults) as world:
        lead_id = world.deal()
        note = [{"note_type": "common", "params": {"text": "раз"}}]
        path = f"/api/v4/leads/{lead_id}/notes"

        with pytest.raises(aiohttp.ServerDisconnectedError):
            await world.call("POST", path, note)
        refused = await world.call("POST", path, note)

        assert refused.status == 429
        assert len(world.standin.notes(lead_id)) == 1
        assert faults.calls == ["amocrm POST leads/{id}/notes"] * 2

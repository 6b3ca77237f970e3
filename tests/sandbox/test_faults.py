import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiohttp import web

from sandbox.faults import (
    FaultKind,
    FaultReplies,
    FaultRule,
    Faults,
    FaultSpecError,
    fault_middleware,
    faults_handler,
)
from sandbox.servers import run_standins
from world.clock import VirtualClock
from world.identity import seeded_chance

START = datetime(2026, 3, 1, 9, tzinfo=UTC)


class Counting:
    """A server whose only effect is to count the posts that reached it."""

    def __init__(self, faults: Faults) -> None:
        self.effects = 0
        self.clock = VirtualClock(START)
        replies = FaultReplies(
            too_many=lambda: web.Response(status=429, text="slow down"),
            server_error=lambda: web.Response(status=503, text="tired"),
            others={FaultKind.INTERNAL: lambda: web.Response(status=500, text="broken")},
        )
        middleware = fault_middleware(
            "counting", faults, self.clock, replies, lambda request: request.path
        )
        self.app = web.Application(middlewares=[middleware])
        self.app.router.add_post("/do", self._do)
        self.app.router.add_get("/_peek", self._peek)
        self.app.router.add_route("*", "/_faults", faults_handler(faults))

    async def _do(self, request: web.Request) -> web.Response:
        body = await request.text()
        self.effects += 1
        return web.json_response({"got": body, "effects": self.effects})

    async def _peek(self, _request: web.Request) -> web.Response:
        return web.json_response({"effects": self.effects})


@asynccontextmanager
async def running(spec: str) -> AsyncIterator[tuple[Counting, aiohttp.ClientSession, str]]:
    server = Counting(Faults.parse(spec))
    async with (
        run_standins({"counting": server.app}) as urls,
        aiohttp.ClientSession() as session,
    ):
        yield server, session, urls["counting"]


@pytest.mark.parametrize(
    ("spec", "rule"),
    [
        ("telegram:429", FaultRule(FaultKind.TOO_MANY, "telegram")),
        ("telegram:429:0.1", FaultRule(FaultKind.TOO_MANY, "telegram", probability=0.1)),
        ("google_sheets:lost@3", FaultRule(FaultKind.LOST, "google_sheets", nth=3)),
        ("*:refuse@#57", FaultRule(FaultKind.REFUSE, nth_overall=57)),
        ("amocrm:5xxx2", FaultRule(FaultKind.SERVER_ERROR, "amocrm", times=2)),
        (
            "amocrm/PATCH leads/{id}:cut:0.5x4",
            FaultRule(FaultKind.CUT, "amocrm", "PATCH leads/{id}", probability=0.5, times=4),
        ),
    ],
)
def test_a_specification_reads_as_rules(spec: str, rule: FaultRule) -> None:
    assert Faults.parse(spec, seeded_chance(1)).rules == (rule,)


@pytest.mark.parametrize(
    "spec", ["telegram", "telegram:strange", "telegram:429:7", "telegram:429:0.1.2", "a:b@0"]
)
def test_a_specification_that_cannot_be_read_is_refused_by_name(spec: str) -> None:
    with pytest.raises(FaultSpecError) as refusal:
        Faults.parse(spec, seeded_chance(1))

    assert refusal.value.entry == spec


def test_a_probability_without_a_source_of_chance_is_refused() -> None:
    with pytest.raises(FaultSpecError):
        Faults.parse("telegram:429:0.1")


def test_the_nth_call_is_counted_among_the_calls_that_the_rule_names() -> None:
    faults = Faults([FaultRule(FaultKind.LOST, "a", "write", nth=2)])

    chosen = [faults.choose("a", call) for call in ("write", "read", "write", "write")]

    assert chosen == [None, None, FaultKind.LOST, None]
    assert faults.count == 4
    assert faults.calls == ["a write", "a read", "a write", "a write"]


def test_the_nth_call_overall_is_counted_over_all_systems() -> None:
    faults = Faults([FaultRule(FaultKind.HTML, nth_overall=3)])

    assert [faults.choose(s, "x") for s in "abab"] == [None, None, FaultKind.HTML, None]


def test_a_bounded_rule_stops_and_the_next_one_takes_over() -> None:
    faults = Faults.parse("a:429x2,a:html")

    kinds = [faults.choose("a", "x") for _ in range(4)]

    assert kinds == [FaultKind.TOO_MANY, FaultKind.TOO_MANY, FaultKind.HTML, FaultKind.HTML]


def test_a_probability_strikes_about_as_often_as_it_says() -> None:
    faults = Faults.parse("a:lost:0.25", seeded_chance(7))

    struck = sum(faults.choose("a", "x") is FaultKind.LOST for _ in range(4000))

    assert 900 < struck < 1100


def test_rules_can_be_replaced_while_running_and_count_anew() -> None:
    faults = Faults.parse("a:lost@1")
    assert faults.choose("a", "x") is FaultKind.LOST

    faults.replace([FaultRule(FaultKind.CUT, nth=1)])

    assert faults.choose("a", "x") is FaultKind.CUT
    assert faults.count == 2


@pytest.mark.parametrize(
    ("spec", "status", "kind"),
    [
        ("counting:429", 429, "text/plain"),
        ("counting:500", 503, "text/plain"),
        ("counting:html", 502, "text/html"),
        ("counting:internal", 500, "text/plain"),
        ("counting:unauthorized", 401, "application/octet-stream"),
        ("counting:forbidden", 403, "application/octet-stream"),
    ],
)
async def test_a_refusing_answer_leaves_no_effect(spec: str, status: int, kind: str) -> None:
    async with running(spec) as (server, session, url):
        async with session.post(f"{url}/do", data="x") as answer:
            assert (answer.status, answer.content_type) == (status, kind)

        assert server.effects == 0


@pytest.mark.parametrize(("spec", "effects"), [("refuse", 0), ("reset", 0), ("lost", 1)])
async def test_a_broken_connection_has_its_effect_only_when_the_answer_was_lost(
    spec: str, effects: int
) -> None:
    async with running(f"counting:{spec}") as (server, session, url):
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.post(f"{url}/do", data="x")

        assert server.effects == effects


async def test_reset_reaches_the_client_as_a_reset() -> None:
    async with running("counting:reset") as (_server, session, url):
        with pytest.raises(aiohttp.ClientOSError) as broken:
            await session.post(f"{url}/do", data="x")

        assert isinstance(broken.value, ConnectionResetError) or broken.value.errno == 104


async def test_a_cut_answer_has_its_effect_and_right_headers_but_no_whole_json() -> None:
    async with (
        running("counting:cut") as (server, session, url),
        session.post(f"{url}/do", data="x") as answer,
    ):
        text = await answer.text()

        assert (answer.status, answer.content_type) == (200, "application/json")
        assert text == '{"got": "x", '[: len(text)]
        with pytest.raises(json.JSONDecodeError):
            json.loads(text)
        assert server.effects == 1


async def test_a_slow_call_passes_time_and_lands_after_its_client_has_gone() -> None:
    async with running("counting:slowx1") as (server, session, url):
        with pytest.raises(TimeoutError):
            await session.post(f"{url}/do", data="x", timeout=aiohttp.ClientTimeout(total=0.05))
        assert server.effects == 0

        async with session.post(f"{url}/do", data="y") as answer:
            assert answer.status == 200
        async with session.post(f"{url}/_faults", data="counting:slow") as answer:
            assert answer.status == 200
        async with session.post(f"{url}/do", data="z") as answer:
            assert (await answer.json())["effects"] == 3

        assert server.clock.now() == START + timedelta(seconds=80)


async def test_a_late_call_has_its_effect_when_the_caller_has_long_asked_again() -> None:
    async with running("counting:latex1") as (server, session, url):
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.post(f"{url}/do", data="first")
        async with session.post(f"{url}/do", data="again") as answer:
            assert (await answer.json())["effects"] == 1

        server.clock.advance(timedelta(seconds=180))

        async with session.post(f"{url}/do", data="other") as answer:
            assert (await answer.json())["effects"] == 3


async def test_late_effects_land_without_another_call_too() -> None:
    faults = Faults()
    landed: list[int] = []

    async def effect() -> None:
        landed.append(1)

    faults.postpone(START, effect)

    assert await faults.land(START - timedelta(seconds=1)) == 0
    assert await faults.land(START) == 1
    assert await faults.land(START) == 0
    assert landed == [1]


async def test_own_paths_are_never_faulted_and_set_the_faults() -> None:
    async with running("counting:html") as (_server, session, url):
        async with session.get(f"{url}/_peek") as answer:
            assert (await answer.json()) == {"effects": 0}
        async with session.post(f"{url}/_faults", data="") as answer:
            assert (await answer.json()) == {"count": 0, "rules": []}
        async with session.post(f"{url}/do", data="x") as answer:
            assert answer.status == 200


async def test_a_bad_specification_over_the_wire_is_answered_and_changes_nothing() -> None:
    async with running("counting:html") as (_server, session, url):
        async with session.post(f"{url}/_faults", data="nonsense") as answer:
            assert answer.status == 400
        async with session.post(f"{url}/do", data="x") as answer:
            assert answer.status == 502


async def test_an_answer_without_a_body_cannot_be_cut_and_is_lost() -> None:
    faults = Faults.parse("counting:cut")
    server = Counting(faults)

    async def empty(_request: web.Request) -> web.Response:
        raise web.HTTPNoContent

    server.app.router.add_get("/empty", empty)
    async with (
        run_standins({"counting": server.app}) as urls,
        aiohttp.ClientSession() as session,
    ):
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await session.get(f"{urls['counting']}/empty")


async def test_a_slow_upload_still_arrives_whole() -> None:
    async with running("counting:slow") as (server, session, url):
        form = aiohttp.FormData()
        form.add_field("file", b"1CClientBankExchange", filename="kl_to_1c.txt")
        async with session.post(f"{url}/do", data=form) as answer:
            assert "1CClientBankExchange" in (await answer.json())["got"]

        assert server.effects == 1

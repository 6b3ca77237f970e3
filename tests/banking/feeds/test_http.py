"""What each answer of a bank means, how often it is asked, and where the token stands."""

import asyncio
import json
from decimal import Decimal
from typing import Any

import pytest
import structlog
from aiohttp import web
from structlog.testing import capture_logs

from banking.feeds.http import BankHttp, FeedError, HttpSettings
from banking.feeds.protocol import (
    Failure,
    FeedRefused,
    FeedUnavailable,
    LimitReached,
    TokenRefused,
)
from sandbox.servers import run_standins
from store.database import Store
from tests.banking.feeds.canned import Canned, canned
from world.clock import VirtualClock

TOKEN = "very-secret-token"


async def call(server: Canned, clock: VirtualClock, **more: Any) -> Any:
    http = BankHttp(HttpSettings(server.url, TOKEN, **more), clock)
    try:
        return await http.call("GET", "path")
    except FeedError as error:
        return error.failure
    finally:
        await http.close()


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (401, TokenRefused(401)),
        (403, TokenRefused(403)),
        (400, FeedRefused(400, "{}")),
        (302, FeedRefused(302, "{}")),
    ],
)
async def test_an_answer_that_settles_it_is_not_asked_for_again(
    clock: VirtualClock, status: int, failure: Failure
) -> None:
    async with canned((status, "{}"), Location="http://127.0.0.1:1/elsewhere") as server:
        assert await call(server, clock) == failure
        assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("status", "text"), [(500, "{}"), (503, "{}"), (200, "<html>"), (200, '{"a": NaN}')]
)
async def test_a_broken_answer_is_asked_for_three_times_at_most(
    clock: VirtualClock, status: int, text: str
) -> None:
    started = clock.now()
    async with canned((status, text)) as server:
        assert isinstance(await call(server, clock), FeedUnavailable)
        assert len(server.seen) == 3
    assert (clock.now() - started).total_seconds() >= 3


async def test_after_a_broken_answer_the_next_one_counts(clock: VirtualClock) -> None:
    async with canned((502, ""), (200, '{"sum": 15000.10}')) as server:
        assert await call(server, clock) == {"sum": Decimal("15000.10")}


async def test_a_short_wait_is_waited_and_a_long_one_is_told(clock: VirtualClock) -> None:
    async with canned((429, ""), (200, "[]"), Retry_After="7") as server:
        started = clock.now()
        assert await call(server, clock) == []
        assert (clock.now() - started).total_seconds() >= 7
    async with canned((429, ""), Retry_After="3600") as server:
        assert await call(server, clock) == LimitReached(3600)
        assert len(server.seen) == 1


async def test_a_bank_that_hangs_is_left_after_its_time(clock: VirtualClock) -> None:
    release = asyncio.Event()

    async def hang(_request: web.Request) -> web.Response:
        await release.wait()
        return web.Response()

    app = web.Application()
    app.router.add_get("/path", hang)
    async with run_standins({"bank": app}) as urls:
        server = Canned([], url=urls["bank"])
        failure = await call(server, clock, connect_timeout_s=1, total_timeout_s=1, attempts_max=1)
        release.set()

    assert isinstance(failure, FeedUnavailable)


async def test_the_token_is_in_one_header_and_in_no_log(clock: VirtualClock) -> None:
    # A command that ran before in this process may have asked for errors only.
    structlog.reset_defaults()
    with capture_logs() as logs:
        async with canned((500, ""), (401, TOKEN[:4])) as server:
            failure = await call(server, clock)
            assert server.tokens == {f"Bearer {TOKEN}"}
    settings = HttpSettings("http://localhost", TOKEN)

    assert logs
    assert TOKEN not in json.dumps(logs, default=str)
    assert TOKEN not in f"{failure}{settings!r}"


async def test_no_call_is_made_inside_a_transaction(
    clock: VirtualClock, sqlite_store: Store
) -> None:
    async with canned((200, "[]")) as server:
        async with sqlite_store.write("test"):
            with pytest.raises(AssertionError, match="inside a transaction"):
                await call(server, clock)
        assert server.seen == []

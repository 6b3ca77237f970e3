"""One amoCRM stand-in over real HTTP, with a caller who has a token and waits out the limit."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from sandbox.amocrm.company import ANNA_ID
from sandbox.amocrm.gate import OAuthApp
from sandbox.amocrm.standin import AmoStandin
from sandbox.faults import Faults
from sandbox.servers import run_standins
from world.clock import VirtualClock

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
TOKEN = "long-lived"
OAUTH = OAuthApp("client", "secret", "https://kopeyka.example/cb")


@dataclass
class Answer:
    status: int
    kind: str
    text: str
    body: Any


@dataclass
class World:
    standin: AmoStandin
    clock: VirtualClock
    session: aiohttp.ClientSession
    url: str
    token: str = TOKEN

    async def call(self, method: str, path: str, body: object = None) -> Answer:
        """Call with the token, a virtual second after the last call."""
        self.clock.advance(timedelta(seconds=1))
        return await self.hurry(method, path, body)

    async def hurry(self, method: str, path: str, body: object = None) -> Answer:
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self.session.request(
            method, f"{self.url}{path}", json=body, headers=headers
        ) as answer:
            text = await answer.text()
            parsed = (
                await answer.json(content_type=None) if "json" in answer.content_type else None
            )
            return Answer(answer.status, answer.content_type, text, parsed)

    def deal(self, name: str = "Кухня", **fields: Any) -> int:
        return self.standin.add_lead(name, responsible_user_id=ANNA_ID, **fields)


@asynccontextmanager
async def amocrm_world(faults: Faults | None = None) -> AsyncIterator[World]:
    clock = VirtualClock(START)
    standin = AmoStandin(clock, faults or Faults(), token=TOKEN, oauth=OAUTH)
    async with (
        run_standins({"amocrm": standin.app}) as urls,
        aiohttp.ClientSession() as session,
    ):
        yield World(standin, clock, session, urls["amocrm"])

"""What the tests of the Telegram stand-in share: a stand-in on the loopback and a plain client."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp

from sandbox.faults import Faults
from sandbox.servers import run_standins
from sandbox.telegram.standin import TelegramStandin
from world.clock import VirtualClock

__all__ = ["TOKEN", "Room", "open_room"]

TOKEN = "42:TEST"
NOON = datetime(2025, 3, 3, 12, tzinfo=UTC)


@dataclass(slots=True)
class Room:
    """One stand-in, its clock, its address and a client."""

    standin: TelegramStandin
    clock: VirtualClock
    faults: Faults
    base: str
    client: aiohttp.ClientSession

    async def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        """Call with a JSON body and give the whole envelope."""
        url = f"{self.base}/bot{TOKEN}/{method}"
        async with self.client.post(url, json=arguments) as response:
            body: dict[str, Any] = await response.json()
            assert response.status == body.get("error_code", 200)
            return body

    async def result(self, method: str, **arguments: Any) -> Any:
        """Call, expect success and give the result."""
        body = await self.call(method, **arguments)
        assert body["ok"], body
        return body["result"]

    async def refusal(self, method: str, **arguments: Any) -> str:
        """Call, expect a refusal and give its words."""
        body = await self.call(method, **arguments)
        assert not body["ok"], body
        return str(body["description"])


@asynccontextmanager
async def open_room() -> AsyncIterator[Room]:
    """A fresh stand-in at noon."""
    clock = VirtualClock(NOON)
    faults = Faults()
    standin = TelegramStandin(clock, faults, token=TOKEN, bot_username="kopeyka_bot")
    async with (
        run_standins({"telegram": standin.app}) as urls,
        aiohttp.ClientSession() as client,
    ):
        yield Room(standin, clock, faults, urls["telegram"], client)

"""Stand-ins over real HTTP, on this machine's loopback only."""

import ipaddress
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

from aiohttp import web

__all__ = ["NotLoopbackError", "run_standins"]

SHUTDOWN_S = 1.0


class NotLoopbackError(ValueError):
    """A stand-in was asked to listen where other machines could reach it."""

    def __init__(self, host: str) -> None:
        self.host = host
        super().__init__(f"stand-ins listen on the loopback only, not on {host}")


@asynccontextmanager
async def run_standins(
    standins: Mapping[str, web.Application],
    host: str = "127.0.0.1",
    ports: Mapping[str, int] | None = None,
) -> AsyncIterator[Mapping[str, str]]:
    """Serve each application while the block runs; gives name → base URL without a slash.

    A name without a port gets a free one. Raises `NotLoopbackError` before anything listens, and
    `OSError` when a port is taken. A handler is not cancelled when its client goes away, as with
    the real services.
    """
    if not ipaddress.ip_address(host).is_loopback:
        raise NotLoopbackError(host)
    chosen = ports or {}
    async with AsyncExitStack() as stack:
        urls = {}
        for name, app in standins.items():
            runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_S)
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            site = web.TCPSite(runner, host, chosen.get(name, 0))
            await site.start()
            urls[name] = f"http://{host}:{runner.addresses[0][1]}"
        yield urls

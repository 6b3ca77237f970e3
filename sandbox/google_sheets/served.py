"""The stand-in in a thread of its own, for callers that block: gspread, a subprocess.

with served(standin) as base:
    ...  # base is http://127.0.0.1:PORT
"""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web

__all__ = ["served"]

START_S_MAX = 10
STOP_S_MAX = 10


@contextmanager
def served(app: web.Application) -> Iterator[str]:
    """Serve an application on a free loopback port until the block ends."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    runner = web.AppRunner(app, access_log=None)
    try:
        starting = asyncio.run_coroutine_threadsafe(_start(runner), loop)
        yield f"http://127.0.0.1:{starting.result(START_S_MAX)}"
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(STOP_S_MAX)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(STOP_S_MAX)
        loop.close()


async def _start(runner: web.AppRunner) -> int:
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port: int = runner.addresses[0][1]
    return port

"""The parent's side of the zygote: bears lives, kills them, knows how each of them ended."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path

from tests.crash.life import Order

__all__ = ["Keeper", "keeper"]

ROOT = Path(__file__).resolve().parents[2]
KILLED = -signal.SIGKILL
READY_S_MAX = 60
ENDS_S_MAX = 20


class Keeper:
    """One zygote; one life at a time."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process = process
        self.log = log
        self.pid = 0

    async def bear(self, order: Order) -> None:
        """Begin a life."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asdict(order)).encode() + b"\n")
        await self._process.stdin.drain()
        self.pid = await self._told("born")

    async def ended(self, within_s: float) -> int | None:
        """How the life ended, when it did within that time; None: it lives on."""
        try:
            return await asyncio.wait_for(self._told("ended"), within_s)
        except TimeoutError:
            return None

    async def kill(self) -> int:
        """SIGKILL, from outside; gives how the life ended."""
        return await self._signalled(signal.SIGKILL)

    async def stop(self) -> int:
        """SIGTERM; gives how the life ended."""
        return await self._signalled(signal.SIGTERM)

    def story(self, lines: int = 60) -> str:
        """The end of the lives' log."""
        text = self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])

    async def _signalled(self, number: int) -> int:
        # The zygote buries it with the next order only, so the id is still its own.
        os.kill(self.pid, number)
        status = await self.ended(ENDS_S_MAX)
        assert status is not None, f"the life did not end within {ENDS_S_MAX} s\n{self.story()}"
        return status

    async def _told(self, word: str) -> int:
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        told: dict[str, int] = json.loads(line or b"{}")
        assert word in told, f"the zygote said {line!r} instead of {word}\n{self.story()}"
        return told[word]


@asynccontextmanager
async def keeper(log: Path) -> AsyncIterator[Keeper]:
    """A zygote while the block runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.crash.zygote",
        str(log),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    one = Keeper(process, log)
    try:
        async with asyncio.timeout(READY_S_MAX):
            await one._told("ready")
        yield one
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), ENDS_S_MAX)
        except TimeoutError:
            process.kill()
            await process.wait()

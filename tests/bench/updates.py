"""Handled updates per second: the bot with its books against a bare aiogram echo bot.

Both are processes of their own and talk to the same Telegram stand-in over HTTP. Ours stores every
update durably, posts an expense and answers through the outbox; the echo answers and forgets.
"""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

from sandbox.faults import Faults
from sandbox.servers import run_standins
from sandbox.telegram.people import Phone
from sandbox.telegram.standin import TelegramStandin
from tests.bench.figures import Figure
from world.clock import SystemClock

ROOT = Path(__file__).resolve().parents[2]
UPDATES = 300
PEOPLE = 5
TOKEN = "777000001:bench-token-bench-token-bench-token"
PATIENCE_S = 180
ECHO = """
import asyncio, sys
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
bot = Bot(sys.argv[2], session=AiohttpSession(api=TelegramAPIServer.from_base(sys.argv[1])))
dispatcher = Dispatcher()
@dispatcher.message()
async def echo(message):
    await message.answer(message.text)
asyncio.run(dispatcher.start_polling(bot, handle_signals=False))
"""


async def measure(folder: Path, scale: float) -> list[Figure]:
    """Let five people write at once to each bot, and count until the last answer."""
    count = max(int(UPDATES * scale), 20)
    ours = await _rate(count, lambda url: _kopeyka(folder, url), _join)
    echo = await _rate(count, _echo, _nothing)
    return [Figure("handled updates", "updates/s", ours, echo, "bare aiogram echo", more=True)]


async def _rate(count: int, start, prepare) -> float:
    standin = TelegramStandin(SystemClock(), Faults(), token=TOKEN, bot_username="bench_bot")
    phones = [standin.phone(number + 1, f"Игорь {number}") for number in range(PEOPLE)]
    async with run_standins({"telegram": standin.app}) as urls:
        process = await start(urls["telegram"])
        try:
            await prepare(process, phones)
            answered = sum(_answers(phone) for phone in phones)
            began = time.perf_counter()
            for number in range(count):
                await phones[number % PEOPLE].say(f"{number + 1} такси")
            await _until(lambda: sum(map(_answers, phones)) >= answered + count)
            return count / (time.perf_counter() - began)
        finally:
            process.send_signal(signal.SIGTERM)
            await process.wait()


async def _echo(url: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(sys.executable, "-c", ECHO, url, TOKEN)


async def _kopeyka(folder: Path, url: str) -> asyncio.subprocess.Process:
    config = f'[telegram]\ntoken = "{TOKEN}"\napi_base = "{url}"\nbot_username = "bench_bot"\n'
    (folder / "config.toml").write_text(config, encoding="utf-8")
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "bot.py",
        "run",
        cwd=ROOT,
        env=os.environ | {"KOPEYKA_HOME": str(folder)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )


async def _join(process: asyncio.subprocess.Process, phones: list[Phone]) -> None:
    """The first phone becomes the owner; the rest are let in as accountants by its invites."""
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), PATIENCE_S)).decode()
    owner, *others = phones
    await owner.open_bot()
    await _until(lambda: _answers(owner) >= 1)
    await owner.say(f"/start {line.split()[-1]}")
    await _until(lambda: _answers(owner) >= 2)
    for phone in others:
        known = len(owner.links)
        await owner.say("/invite accountant")
        await _until(lambda known=known: len(owner.links) > known)
        await phone.open_link(owner.links[-1])
        await _until(lambda phone=phone: _answers(phone) >= 1)


async def _nothing(_process: asyncio.subprocess.Process, phones: list[Phone]) -> None:
    for phone in phones:
        await phone.open_bot()
    await _until(lambda: all(_answers(phone) >= 1 for phone in phones))


def _answers(phone: Phone) -> int:
    return sum(message.from_bot for message in phone.messages)


async def _until(done) -> None:
    began = time.perf_counter()
    while not done():
        assert time.perf_counter() - began < PATIENCE_S, "the bot does not answer"
        await asyncio.sleep(0.02)

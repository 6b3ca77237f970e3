"""`bot.py run`: the real thing, until SIGTERM or Ctrl-C."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.books import ConfigOption, configuration
from app.config import BadConfig, Config, home
from app.house import World, build_house
from app.output import complain
from app.refusals import Refused, Status

__all__ = ["command"]


def command(config: ConfigOption = None) -> int:
    """Run the bot with the poller or the webhook, the scheduler and every channel."""
    return asyncio.run(_run(configuration(config, needed=True)))


async def _run(config: Config) -> int:
    from app.logs import configure_logs
    from app.serve import prepare, serve, stop_on_signals
    from app.telegram_side import point_updates, with_bot_name
    from world.clock import SystemClock
    from world.identity import SystemIds, system_chance

    if config.telegram is None:
        raise Refused("В настройках нет раздела [telegram]: боту не с кем говорить.")
    configure_logs()
    with _only_one(home()):
        named = await with_bot_name(config)
        world = World(home(), SystemClock(), SystemIds(), system_chance())
        try:
            house = build_house(named, world)
        except BadConfig as bad:
            raise Refused(*bad.sentences) from bad
        try:
            assert house.telegram
            await point_updates(config.telegram, house.telegram.bot)
            started = await prepare(house)
            if started.owner_code is not None:
                code = started.owner_code
                print(f"Код владельца: {code}. Отправьте боту: /start {code}", flush=True)
            stop = asyncio.Event()
            stop_on_signals(stop)
            stopped = await serve(house, stop)
        finally:
            await house.close()
    if stopped is not None:
        complain(stopped.sentence)
        return int(Status.ANSWER_IS_NO)
    return int(Status.DONE)


@contextmanager
def _only_one(house: Path) -> Iterator[None]:
    """Hold the lock of this home: two processes on one company would both ask Telegram."""
    import fcntl

    folder = house / "var"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "run.lock").open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Refused(
                f"Бот этой компании уже запущен ({folder}). Второй не нужен.",
                status=Status.ANSWER_IS_NO,
            ) from error
        lock.write(str(os.getpid()))
        lock.flush()
        yield

"""What is settled with Telegram before serving."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot

from app.config import BadConfig, Config, TelegramConfig, load_config
from app.refusals import Refused
from app.telegram_side import point_updates, with_bot_name
from handlers.build import build_bot
from sandbox.faults import Faults
from sandbox.servers import run_standins
from sandbox.telegram.standin import TelegramStandin
from world.clock import VirtualClock

TOKEN = "777000001:sandbox-token-sandbox-token-sandb"
SECRET = "a-secret-of-more-than-16"


class Room:
    def __init__(self, url: str, standin: TelegramStandin, bot: Bot) -> None:
        self.url, self.standin, self.bot = url, standin, bot

    def telegram(self, **more: object) -> TelegramConfig:
        given = {"token": TOKEN, "api_base": self.url} | more
        return TelegramConfig.model_validate(given)


@pytest.fixture
async def room(clock: VirtualClock) -> AsyncIterator[Room]:
    standin = TelegramStandin(clock, Faults(), token=TOKEN, bot_username="kopeyka_bot")
    async with run_standins({"telegram": standin.app}) as urls:
        bot = build_bot(TOKEN, urls["telegram"], 5)
        yield Room(urls["telegram"], standin, bot)
        await bot.session.close()
    assert standin.violations == []


async def test_the_name_is_asked_when_it_is_not_configured(room: Room) -> None:
    named = await with_bot_name(Config(telegram=room.telegram()))

    assert named.telegram is not None
    assert named.telegram.bot_username == "kopeyka_bot"


async def test_a_wrong_token_is_one_sentence(room: Room) -> None:
    wrong = room.telegram(token="777000001:another-token-another-token-anoth")

    with pytest.raises(Refused, match="BotFather"):
        await with_bot_name(Config(telegram=wrong))


async def test_a_webhook_is_set_with_its_secret_and_taken_off_for_polling(room: Room) -> None:
    url = f"{room.url}/hooks/telegram"
    hooked = room.telegram(mode="webhook", webhook_url=url, webhook_secret=SECRET)

    await point_updates(hooked, room.bot)
    during = (await room.bot.get_webhook_info()).url
    await point_updates(room.telegram(), room.bot)
    after = (await room.bot.get_webhook_info()).url

    assert (during, after) == (url, "")


def test_half_a_webhook_is_refused(tmp_path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f'[telegram]\ntoken = "{TOKEN}"\nmode = "webhook"\n', encoding="utf-8")

    with pytest.raises(BadConfig, match="webhook_url"):
        load_config(file)

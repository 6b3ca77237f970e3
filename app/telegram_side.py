"""What is settled with Telegram before serving: the bot's name, and where its updates go."""

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramUnauthorizedError

from app.config import Config, TelegramConfig
from app.refusals import Refused
from handlers.build import build_bot
from handlers.intake import ALLOWED_UPDATES

__all__ = ["point_updates", "with_bot_name"]

TIMEOUT_S = 15
# The inbox has one writer; more deliveries at once would only wait for each other.
CONNECTIONS_MAX = 5


async def with_bot_name(config: Config) -> Config:
    """The configuration with `telegram.bot_username` filled; links need it. Raises `Refused`."""
    telegram = config.telegram
    if telegram is None or telegram.bot_username:
        return config
    bot = build_bot(telegram.token.get_secret_value(), telegram.api_base or None, TIMEOUT_S)
    try:
        me = await bot.get_me()
    except TelegramUnauthorizedError as error:
        raise Refused(
            "Telegram не принимает токен бота. Возьмите его у @BotFather и впишите заново."
        ) from error
    except TelegramAPIError as error:
        raise Refused(f"Telegram не отвечает: {error.message}. Проверьте интернет.") from error
    finally:
        await bot.session.close()
    named = telegram.model_copy(update={"bot_username": me.username or ""})
    return config.model_copy(update={"telegram": named})


async def point_updates(telegram: TelegramConfig, bot: Bot) -> None:
    """Have updates come the configured way; what waits at Telegram is kept. Raises `Refused`.

    A webhook that was set before would make polling fail (409), so it is taken off.
    """
    try:
        if telegram.mode == "polling":
            await bot.delete_webhook(drop_pending_updates=False)
            return
        assert telegram.webhook_secret is not None
        await bot.set_webhook(
            telegram.webhook_url,
            secret_token=telegram.webhook_secret.get_secret_value(),
            allowed_updates=list(ALLOWED_UPDATES),
            max_connections=CONNECTIONS_MAX,
        )
    except TelegramAPIError as error:
        raise Refused(f"Telegram не принял способ доставки: {error.message}.") from error

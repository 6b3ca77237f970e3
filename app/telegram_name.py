"""The bot's own name, asked of Telegram when the configuration does not say it."""

from aiogram.exceptions import TelegramAPIError, TelegramUnauthorizedError

from app.config import Config
from app.refusals import Refused
from handlers.build import build_bot

__all__ = ["with_bot_name"]

TIMEOUT_S = 15


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

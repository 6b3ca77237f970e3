"""Puts the bot together: the dispatcher with its routers in order, and what drives it.

The order of routers is the order of questions asked of an update: may they talk to us at all, is
it a command or a key, is it an answer to a question, is it an expense, and what else.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiogram import BaseMiddleware, Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.middlewares.base import BaseRequestMiddleware
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.fsm.storage.memory import SimpleEventIsolation
from aiogram.methods import AnswerCallbackQuery, EditMessageText, GetFile, Response, SendMessage
from aiogram.types import TelegramObject

from handlers.automatic import automatic_router
from handlers.balance import balance_menu, balance_router
from handlers.card_payment import cards_menu, cards_router
from handlers.cash import cash_menu, cash_router
from handlers.channel import TelegramChannel
from handlers.delivery import Setting
from handlers.doubts import doubts_router
from handlers.expense import expense_router
from handlers.fallback import cancel_router, fallback_router
from handlers.handover import awaiting_router, handover_forms, handover_router
from handlers.lines import lines_menu, lines_router
from handlers.owner import owner_menu, owner_router
from handlers.poller import Poller, RawUpdates
from handlers.refund import refund_forms, refund_menu, refund_router
from handlers.reports import reports_menu, reports_router
from handlers.rules import rules_menu, rules_router
from handlers.sheet_check import sheet_menu
from handlers.split import split_forms, split_router
from handlers.start import door_router, start_router
from handlers.statement import statement_router
from handlers.storage import UnitStorage
from handlers.teller import Teller
from handlers.texts import Texts
from handlers.worker import UpdateWorker
from store.database import Store
from usecases.company import Company
from world.clock import Clock

__all__ = ["Telegram", "TelegramSettings", "build_bot", "build_dispatcher", "build_telegram"]


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """How to reach Telegram. `api_base` None is the real one; a poll is held `poll_s` seconds."""

    token: str
    bot_username: str
    api_base: str | None = None
    timeout_s: int = 30
    poll_s: int = 30
    language: str = "ru"
    has_sheet: bool = False


@dataclass(frozen=True, slots=True)
class Telegram:
    """Everything that the composition root drives; close `bot.session` at the end."""

    bot: Bot
    poller: Poller
    worker: UpdateWorker
    channel: TelegramChannel
    teller: Teller
    texts: Texts


def build_telegram(
    settings: TelegramSettings, store: Store, clock: Clock, company: Company
) -> Telegram:
    """The bot over a store; nothing is called yet."""
    texts = Texts(company.zone, settings.language)
    bot = build_bot(settings.token, settings.api_base, settings.timeout_s)
    teller = Teller(company, texts)
    setting = Setting(company, texts, settings.bot_username, settings.has_sheet)
    return Telegram(
        bot=bot,
        poller=Poller(bot, store, clock, texts, settings.poll_s),
        worker=UpdateWorker(bot, store, build_dispatcher(texts), setting),
        channel=TelegramChannel(bot, store, teller, texts),
        teller=teller,
        texts=texts,
    )


def build_bot(token: str, api_base: str | None, timeout_s: int) -> Bot:
    """Aiogram's client, of Telegram or of another server of the Bot API."""
    api = TelegramAPIServer.from_base(api_base) if api_base else PRODUCTION
    session = AiohttpSession(api=api, timeout=timeout_s)
    session.middleware(_OutsideTransactions())
    return Bot(token, session=session)


def build_dispatcher(texts: Texts) -> Dispatcher:
    """The routers, in order."""
    dispatcher = Dispatcher(storage=UnitStorage(), events_isolation=SimpleEventIsolation())
    menus = [
        start_router(),
        cash_menu(texts),
        awaiting_router(texts),
        lines_menu(texts),
        cards_menu(texts),
        refund_menu(texts),
        balance_menu(),
        reports_menu(texts),
        rules_menu(),
        owner_menu(),
        sheet_menu(),
        statement_router(),
    ]
    for router in menus:
        router.message.middleware(_LeaveForms())
    forms = [cancel_router(), handover_forms(), refund_forms(), split_forms()]
    presses = [
        cash_router(),
        handover_router(),
        lines_router(),
        split_router(),
        automatic_router(),
        doubts_router(),
        rules_router(),
        reports_router(),
        cards_router(),
        refund_router(),
        balance_router(),
        owner_router(),
    ]
    dispatcher.include_routers(
        door_router(), *menus, *forms, *presses, expense_router(), fallback_router()
    )
    return dispatcher


class _LeaveForms(BaseMiddleware):
    """A command or a key of the menu ends an open question."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        await data["state"].clear()
        return await handler(event, data)


# Pydantic forgets a generic model that nobody holds, and aiogram asks for one at every answer:
# without this each call to Telegram builds its model anew, for ten milliseconds.
_ANSWERS = tuple(
    Response[method.__returning__]  # type: ignore[name-defined]  # a model made at run time
    for method in (SendMessage, EditMessageText, AnswerCallbackQuery, GetFile, RawUpdates)
)


class _OutsideTransactions(BaseRequestMiddleware):
    """No call to the outside inside of a transaction (DESIGN 4)."""

    async def __call__(self, make_request: Any, bot: Bot, method: Any) -> Any:
        assert not Store.writing(), f"{method.__api_method__} inside a transaction"
        return await make_request(bot, method)

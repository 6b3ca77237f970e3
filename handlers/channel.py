"""The way out to Telegram: cards are edited where they stand, notes are sent once.

    429                                  -> Throttled, for as long as Telegram says
    network error, 5xx, half an answer   -> Ambiguous; an edit is repeated, a send says «(повтор)»
    not modified                         -> Delivered
    message to edit not found            -> the card is sent anew
    403 blocked, deactivated             -> Refused for good, the person is marked unreachable
    other 400                            -> Refused for good, in Telegram's words

Rules: facts, telegram.md 2.6. Telegram has no key for sends, so a message may come twice; then
its first line says so and the figures are those of the books.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import EditMessageText, SendMessage, TelegramMethod
from aiogram.types import (
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from handlers.drawn import Drawn
from handlers.keys import inline_markup
from handlers.lost import lose_contact
from handlers.teller import Teller
from handlers.texts import Html, Texts
from store.database import Store
from store.records import Card, OutboxRow
from store.unit import UnitOfWork
from usecases.dispatch import Ambiguous, Delivered, DeliveryOutcome, Refused, Throttled, Waits
from usecases.telling import TELEGRAM, parse_card_entity
from world.points import reached

__all__ = ["TelegramChannel"]

BATCH_ROWS_MAX = 8
UNREACHABLE = "the person does not let the bot write"
_AnyMarkup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_NOT_MODIFIED = "message is not modified"
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")


@dataclass(frozen=True, slots=True)
class _Gone:
    """The message is not there to be edited."""


class TelegramChannel:
    """Delivers the outbox's `card:`, `note:` and `page:` rows."""

    name = TELEGRAM
    batch_rows_max = BATCH_ROWS_MAX

    def __init__(self, bot: Bot, store: Store, teller: Teller, texts: Texts) -> None:
        """Made by the composition root."""
        self._bot = bot
        self._store = store
        self._teller = teller
        self._texts = texts

    async def deliver(self, rows: Sequence[OutboxRow]) -> Sequence[DeliveryOutcome]:
        """Bring rows out in order; a lane stops at its first row that did not arrive."""
        outcomes: list[DeliveryOutcome] = []
        stopped: set[str] = set()
        shown: set[str] = set()
        for row in rows:
            if row.lane in stopped:
                outcomes.append(Waits())
                continue
            # Every row of this batch was queued before the first of its card was drawn.
            outcome = Delivered() if row.entity in shown else await self._bring(row)
            outcomes.append(outcome)
            if not isinstance(outcome, Delivered):
                stopped.add(row.lane)
            elif parse_card_entity(row.entity) is not None:
                shown.add(row.entity)
        return outcomes

    async def settled(self, unit: UnitOfWork, row: OutboxRow, outcome: DeliveryOutcome) -> None:
        """Keep what a chat was told, and who cannot be told anything any more."""
        chat, thing = _address(row.entity)
        if isinstance(outcome, Refused) and outcome.reason == UNREACHABLE:
            await lose_contact(unit, self._texts, chat)
        if thing is not None and isinstance(outcome, Delivered) and outcome.trace:
            message, _, text = outcome.trace.partition("\n")
            await unit.cards.tell(thing, chat, int(message), text)

    async def _bring(self, row: OutboxRow) -> DeliveryOutcome:
        chat, thing = _address(row.entity)
        if thing is not None:
            return await self._card(row, chat, thing)
        async with self._store.read() as unit:
            person = await unit.people.by_telegram(chat)
        if person is not None and not person.reachable:
            return Delivered()
        html = Html(row.payload["html"])
        if row.entity.startswith("page:"):
            message = int(row.entity.rpartition(":")[2])
            outcome = await self._edit(chat, message, html, _inline(row.payload["inline"]))
            if not isinstance(outcome, _Gone):
                return outcome
            if not row.payload["anew"]:
                return Delivered()
        return await self._send(chat, self._repeated(row, html), _markup(row.payload))

    async def _card(self, row: OutboxRow, chat: int, thing: str) -> DeliveryOutcome:
        async with self._store.read() as unit:
            card = await unit.cards.get(thing, chat)
            drawn = await self._teller.draw(unit, thing, chat)
        if drawn is None:
            return Delivered()
        if card is not None and card.message is not None:
            outcome = await self._change(row, card, drawn)
            if not isinstance(outcome, _Gone):
                return outcome
        markup = _inline(inline_markup(drawn.keyboard))
        outcome = await self._send(chat, self._repeated(row, drawn.html), markup)
        if isinstance(outcome, Delivered):
            # The mark of a repeat is about the message, not about the thing: it is not kept.
            return Delivered(f"{outcome.trace}\n{drawn.html}")
        return outcome

    async def _change(self, row: OutboxRow, card: Card, drawn: Drawn) -> DeliveryOutcome | _Gone:
        assert card.message is not None
        if card.text == drawn.html and not row.uncertain:
            return Delivered()
        markup = _inline(inline_markup(drawn.keyboard))
        outcome = await self._edit(card.chat, card.message, drawn.html, markup)
        if isinstance(outcome, Delivered):
            return Delivered(f"{card.message}\n{drawn.html}")
        return outcome

    def _repeated(self, row: OutboxRow, html: Html) -> Html:
        return Html(f"{self._texts.html('repeat')}\n{html}") if row.uncertain else html

    async def _edit(
        self, chat: int, message: int, html: Html, markup: InlineKeyboardMarkup | None
    ) -> DeliveryOutcome | _Gone:
        method = EditMessageText(
            chat_id=chat,
            message_id=message,
            text=html,
            parse_mode="HTML",
            link_preview_options=_NO_PREVIEW,
            reply_markup=markup,
        )
        outcome = await self._call(method)
        return outcome if isinstance(outcome, DeliveryOutcome | _Gone) else Delivered()

    async def _send(self, chat: int, html: Html, markup: _AnyMarkup | None) -> DeliveryOutcome:
        method = SendMessage(
            chat_id=chat,
            text=html,
            parse_mode="HTML",
            link_preview_options=_NO_PREVIEW,
            reply_markup=markup,
        )
        outcome = await self._call(method)
        if isinstance(outcome, _Gone):
            return Refused("message to edit not found", final=True)
        if isinstance(outcome, DeliveryOutcome):
            return outcome
        return Delivered(str(outcome.message_id))

    async def _call(self, method: TelegramMethod[Any]) -> Any:
        reached("telegram:before-call")
        try:
            result = await self._bot(method)
        except TelegramRetryAfter as error:
            return Throttled(error.retry_after)
        except TelegramForbiddenError:
            return Refused(UNREACHABLE, final=True)
        except TelegramBadRequest as error:
            return _refused(error)
        except (TelegramNetworkError, TelegramServerError, ClientDecodeError) as error:
            return Ambiguous(str(error))
        except TelegramAPIError as error:
            return Refused(str(error))
        reached("telegram:after-call")
        return result


def _refused(error: TelegramBadRequest) -> DeliveryOutcome | _Gone:
    words = error.message.lower()
    if _NOT_MODIFIED in words:
        return Delivered()
    if any(reason in words for reason in _GONE):
        return _Gone()
    return Refused(error.message, final=True)


def _address(entity: str) -> tuple[int, str | None]:
    card = parse_card_entity(entity)
    if card is not None:
        return card
    return int(entity.split(":")[1]), None


def _inline(rows: list[list[dict[str, str]]]) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup.model_validate({"inline_keyboard": rows}) if rows else None


def _markup(payload: dict[str, Any]) -> _AnyMarkup | None:
    reply = payload.get("reply")
    if reply is None:
        return _inline(payload["inline"])
    if "keyboard" in reply:
        return ReplyKeyboardMarkup.model_validate(reply)
    return ReplyKeyboardRemove.model_validate(reply)

"""A client's balance from overpayments, and using it for a deal."""

from typing import assert_never

from aiogram import Router
from aiogram.filters import CommandObject
from aiogram.types import Message

from handlers.common import Pressed, command, may, say_not_allowed
from handlers.deals import DEALS_SHOWN_MAX, find_deals
from handlers.delivery import Delivery
from handlers.drawn import contract
from handlers.keys import Act, Key, Press
from store.records import Deal
from usecases.access import NotAllowed, Verb
from usecases.deals import due_of_deal
from usecases.payments import (
    BalanceApplied,
    NothingToApply,
    apply_client_balance,
    balance_of_client,
)

__all__ = ["balance_menu", "balance_router"]


def balance_menu() -> Router:
    """`/balance <contract>`."""
    router = Router(name="balance-menu")
    router.message.register(_balance, command("balance"))
    return router


def balance_router() -> Router:
    """The press that uses it."""
    router = Router(name="balance")
    router.callback_query.register(_apply, Pressed(Act.BALANCE_APPLY, 1))
    return router


async def _balance(_message: Message, delivery: Delivery, command: CommandObject) -> None:
    if not await may(delivery, Verb.APPLY_BALANCE):
        return
    if not command.args:
        await delivery.answer("balance-usage")
        return
    deals = await find_deals(delivery.unit, command.args)
    if not deals:
        await delivery.answer("deal-none", text=command.args[:60])
    for deal in deals[:DEALS_SHOWN_MAX]:
        await _say(delivery, deal)


async def _say(delivery: Delivery, deal: Deal) -> None:
    texts = delivery.texts
    balance = await balance_of_client(delivery.unit, deal.client_key)
    due = await due_of_deal(delivery.unit, deal)
    who = contract(texts, deal)
    if due is None:
        await delivery.answer("balance-no-price", who=who, balance=balance)
        return
    keyboard = []
    if balance.minor and due.minor:
        amount = min(due, balance)
        label = texts.plain("key-balance-apply", amount=amount)
        keyboard = [[Key(label, Press(Act.BALANCE_APPLY, (deal.id,)))]]
    await delivery.say(texts.html("balance", who=who, balance=balance, due=due), keyboard)


async def _apply(_query: object, press: Press, delivery: Delivery) -> None:
    # One message, one use: the second tap on it finds the first one's operation.
    key = f"balance:{delivery.sender.chat}-{delivery.sender.message}"
    outcome = await apply_client_balance(
        delivery.unit, delivery.company, delivery.actor, press.args[0], key
    )
    match outcome:
        case BalanceApplied(amount):
            delivery.toast("balance-applied", amount=amount)
            await delivery.turn(delivery.texts.html("balance-applied", amount=amount))
        case NothingToApply(balance):
            await delivery.tell("balance-nothing", balance=balance)
        case NotAllowed():
            await say_not_allowed(delivery, outcome)
        case _:
            assert_never(outcome)

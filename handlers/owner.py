"""What only the owner does: invite people, close months, look after what was not delivered."""

from datetime import timedelta
from typing import assert_never

from aiogram import Router
from aiogram.filters import CommandObject
from aiogram.types import Message

from handlers.common import Pressed, command, may, say_not_allowed
from handlers.delivery import Delivery
from handlers.drawn import joined
from handlers.keys import Act, Key, Press, rows_of
from ledger.months import Month
from store.records import Role
from usecases.access import NotAllowed, Verb
from usecases.dead_letters import DeadLetters, dead_letters, revive_letters
from usecases.people import invite
from usecases.periods import (
    MonthNotOver,
    NotClosed,
    PeriodClosed,
    Reopened,
    close_period,
    reopen_period,
)

__all__ = ["owner_menu", "owner_router"]

LISTED_MAX = 15
USERS_MAX = 20
REOPENED_FOR = timedelta(hours=24)
_INVITED = (Role.MANAGER, Role.CASHIER, Role.ACCOUNTANT, Role.OWNER)


def owner_menu() -> Router:
    """Commands."""
    router = Router(name="owner-menu")
    router.message.register(_invite, command("invite"))
    router.message.register(_people, command("people"))
    router.message.register(_close, command("close"))
    router.message.register(_reopen, command("reopen"))
    router.message.register(_dead, command("dead"))
    return router


def owner_router() -> Router:
    """Presses."""
    router = Router(name="owner")
    router.callback_query.register(_role, Pressed(Act.INVITE_ROLE, 1))
    router.callback_query.register(_user, Pressed(Act.INVITE_USER, 1))
    router.callback_query.register(_revive, Pressed(Act.REVIVE, 0))
    return router


async def _invite(_message: Message, delivery: Delivery, command: CommandObject) -> None:
    if not await may(delivery, Verb.INVITE):
        return
    words = (command.args or "").split()
    if not words:
        keys = [
            Key(delivery.texts.plain(f"role-{role.value}"), Press(Act.INVITE_ROLE, (role.value,)))
            for role in _INVITED
        ]
        await delivery.say(delivery.texts.html("invite-which-role"), rows_of(keys, 2))
        return
    role = _role_named(delivery, words[0])
    if role is None:
        await delivery.answer("invite-usage", text=words[0][:40])
        return
    await _invited(delivery, role, words[1] if len(words) > 1 else None)


async def _role(_query: object, press: Press, delivery: Delivery) -> None:
    if not await may(delivery, Verb.INVITE):
        return
    role = _role_named(delivery, press.args[0])
    if role is None:
        await delivery.tell("stale-button")
    elif role is Role.MANAGER and (users := await _unlinked_users(delivery)):
        keys = [[Key(name, Press(Act.INVITE_USER, (user,)))] for user, name in users[:USERS_MAX]]
        nobody = Key(delivery.texts.plain("key-without-crm"), Press(Act.INVITE_USER, ("-",)))
        await delivery.turn(delivery.texts.html("invite-which-user"), [*keys, [nobody]])
    else:
        await _invited(delivery, role, None)


async def _user(_query: object, press: Press, delivery: Delivery) -> None:
    user = None if press.args[0] == "-" else press.args[0]
    await _invited(delivery, Role.MANAGER, user)


async def _unlinked_users(delivery: Delivery) -> list[tuple[str, str]]:
    """Managers whom the deals name and whom nobody here is yet: the CRM user's id, the name."""
    named: dict[str, str] = {}
    for deal in await delivery.unit.deals.all():
        if deal.manager_crm_id:
            name = dict(deal.dimensions).get("manager", "")
            named[deal.manager_crm_id] = name or deal.manager_crm_id
    linked = {person.crm_user_id for person in await delivery.unit.people.all()}
    return sorted(pair for pair in named.items() if pair[0] not in linked)


async def _invited(delivery: Delivery, role: Role, user: str | None) -> None:
    outcome = await invite(delivery.unit, delivery.company, delivery.actor, role, user)
    if isinstance(outcome, NotAllowed):
        await say_not_allowed(delivery, outcome)
        return
    link = delivery.start_link(f"i_{outcome.token}")
    name = delivery.texts.plain(f"role-{role.value}")
    await delivery.answer("invite-link", role=name, link=link)


async def _people(_message: Message, delivery: Delivery) -> None:
    if not await may(delivery, Verb.INVITE):
        return
    texts = delivery.texts
    lines: list[str] = [texts.html("people-head")]
    for person in await delivery.unit.people.all():
        name = "people-row" if person.reachable else "people-row-unreachable"
        role = texts.plain(f"role-{person.role.value}")
        crm = person.crm_user_id or texts.plain("nobody")
        lines.append(texts.html(name, name=person.name, role=role, crm=crm))
    await delivery.say(joined(lines))


async def _close(_message: Message, delivery: Delivery, command: CommandObject) -> None:
    if not await may(delivery, Verb.CLOSE_PERIOD):
        return
    month = Month.parse(command.args or "")
    if month is None:
        await delivery.answer("close-usage")
        return
    name = delivery.texts.month(month.first_day)
    outcome = await close_period(delivery.unit, delivery.company, delivery.actor, month)
    match outcome:
        case PeriodClosed():
            await delivery.answer("period-closed", month=name)
        case MonthNotOver():
            await delivery.answer("month-not-over", month=name)
        case NotAllowed():
            await say_not_allowed(delivery, outcome)
        case _:
            assert_never(outcome)


async def _reopen(_message: Message, delivery: Delivery, command: CommandObject) -> None:
    if not await may(delivery, Verb.CLOSE_PERIOD):
        return
    first, _, why = (command.args or "").partition(" ")
    month = Month.parse(first)
    if month is None or not why.strip():
        await delivery.answer("reopen-usage")
        return
    name = delivery.texts.month(month.first_day)
    until = delivery.sender.received_at + REOPENED_FOR
    outcome = await reopen_period(delivery.unit, delivery.actor, month, why[:200], until)
    match outcome:
        case Reopened():
            await delivery.answer("period-reopened", month=name, until=until)
        case NotClosed():
            await delivery.answer("period-not-closed", month=name)
        case NotAllowed():
            await say_not_allowed(delivery, outcome)
        case _:
            assert_never(outcome)


async def _dead(_message: Message, delivery: Delivery) -> None:
    outcome = await dead_letters(delivery.unit, delivery.actor)
    if isinstance(outcome, NotAllowed):
        await say_not_allowed(delivery, outcome)
        return
    await _say_dead(delivery, outcome)


async def _say_dead(delivery: Delivery, letters: DeadLetters) -> None:
    texts = delivery.texts
    if not letters.outgoing and not letters.incoming:
        await delivery.answer("dead-none")
        return
    count = len(letters.outgoing) + len(letters.incoming)
    lines: list[str] = [texts.html("dead-head", count=count)]
    lines += [
        texts.html("dead-row", channel=row.channel, entity=row.entity)
        for row in letters.outgoing[:LISTED_MAX]
    ]
    lines += [texts.html("dead-update", number=row.id) for row in letters.incoming[:LISTED_MAX]]
    keyboard = []
    if letters.outgoing:
        keyboard = [[Key(texts.plain("key-revive"), Press(Act.REVIVE))]]
    await delivery.say(joined(lines), keyboard)


async def _revive(_query: object, delivery: Delivery) -> None:
    outcome = await revive_letters(delivery.unit, delivery.actor)
    if isinstance(outcome, NotAllowed):
        await say_not_allowed(delivery, outcome)
        return
    await delivery.turn(delivery.texts.html("revived", count=outcome.letters))


def _role_named(delivery: Delivery, word: str) -> Role | None:
    for role in _INVITED:
        if word.casefold() in {role.value, delivery.texts.plain(f"role-{role.value}")}:
            return role
    return None

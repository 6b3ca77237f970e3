"""People: the owner by a code from the console, everybody else by a one-time invite link."""

import hmac
from dataclasses import dataclass, replace

from store.migrate import MAIN_DESK
from store.records import LinkPurpose, Person, Role
from store.unit import UnitOfWork
from usecases.access import NotAllowed, Verb, refusal
from usecases.company import Company
from usecases.links import LinkDead, find_link, make_link
from usecases.telling import show

__all__ = [
    "Invited",
    "Joined",
    "Newcomer",
    "accept_invite",
    "claim_ownership",
    "invite",
    "mark_unreachable",
    "owner_code",
]

NAME_CHARS_MAX = 60
GUESSES_MAX = 10
OWNER_CODE = "owner-code"
OWNER_GUESSES = "owner-code-guesses"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody whom Telegram authenticated and the books do not know yet."""

    telegram_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Invited:
    """The invite's token; it opens once as `?start=i_<token>`."""

    token: str
    role: Role


@dataclass(frozen=True, slots=True)
class Joined:
    """The person works here now (or did already)."""

    person: Person


async def owner_code(unit: UnitOfWork) -> str | None:
    """The code that makes its first bearer the owner; None when there is an owner already.

    It is printed in the console and kept until it is used, so that a restart repeats it; a code
    that was guessed at too often is replaced here.
    """
    if await unit.people.all(Role.OWNER):
        return None
    code = await unit.upkeep.setting(OWNER_CODE)
    if code is None or await _guesses(unit) >= GUESSES_MAX:
        code = unit.ids.code()
        await unit.upkeep.set_setting(OWNER_CODE, code)
        await unit.upkeep.set_setting(OWNER_GUESSES, 0)
    return str(code)


async def claim_ownership(unit: UnitOfWork, newcomer: Newcomer, code: str) -> Joined | LinkDead:
    """Become the owner by the console's code; it works once, and only while there is no owner.

    After ten wrong guesses no code works until the next start prints a new one.
    """
    right = await unit.upkeep.setting(OWNER_CODE)
    if right is None or await unit.people.all(Role.OWNER):
        return LinkDead()
    guesses = await _guesses(unit)
    if guesses >= GUESSES_MAX or not hmac.compare_digest(code.strip().encode(), right.encode()):
        await unit.upkeep.set_setting(OWNER_GUESSES, guesses + 1)
        return LinkDead()
    await unit.upkeep.set_setting(OWNER_CODE, None)
    return await _join(unit, newcomer, Role.OWNER, None)


async def invite(
    unit: UnitOfWork,
    company: Company,
    actor: Person,
    role: Role,
    crm_user_id: str | None = None,
) -> Invited | NotAllowed:
    """Make an invite for a role, for a manager with the user of the CRM that they are.

    The role is fixed here: a forwarded link gives no more than the owner meant to give.
    """
    refused = refusal(actor, Verb.INVITE)
    if refused is not None:
        return refused
    thing = f"{role.value}/{crm_user_id or unit.ids.new()[:8]}"
    token = await make_link(unit, company, LinkPurpose.INVITE, thing, actor, role=role)
    await unit.upkeep.audit(actor.name, "invited", f"invite:{thing}")
    return Invited(token, role)


async def accept_invite(unit: UnitOfWork, newcomer: Newcomer, token: str) -> Joined | LinkDead:
    """Join by an invite link, once. Somebody who works here already keeps their role."""
    known = await unit.people.by_telegram(newcomer.telegram_id)
    if known is not None and known.active:
        return Joined(known)
    link = await find_link(unit, LinkPurpose.INVITE, token)
    if isinstance(link, LinkDead):
        return link
    assert link.role is not None
    spent = await unit.people.spend_link(link, str(newcomer.telegram_id), unit.now())
    if not spent:
        return LinkDead()
    crm_user_id = link.thing.partition("/")[2]
    linked = crm_user_id if ":" in crm_user_id else None
    return await _join(unit, newcomer, link.role, linked)


async def mark_unreachable(unit: UnitOfWork, telegram_id: int) -> None:
    """Telegram says that the person blocked the bot: stop writing to them."""
    person = await unit.people.by_telegram(telegram_id)
    if person is not None and person.reachable:
        await unit.people.save(replace(person, reachable=False))
        await unit.upkeep.audit("Telegram", "unreachable", f"person:{person.id}")


async def _join(
    unit: UnitOfWork, newcomer: Newcomer, role: Role, crm_user_id: str | None
) -> Joined:
    names = {person.name for person in await unit.people.all()}
    plain = " ".join(newcomer.name.split())[:NAME_CHARS_MAX] or "Без имени"
    # Names stand for people in the journal, so two people never share one.
    number = 2
    name = plain
    while name in names:
        name, number = f"{plain} ({number})", number + 1
    person = Person(
        id=f"p{newcomer.telegram_id}",
        name=name,
        role=role,
        telegram_id=newcomer.telegram_id,
        crm_user_id=crm_user_id,
        account=MAIN_DESK,
    )
    if await unit.people.get(person.id) is None:
        await unit.people.add(person)
    else:
        await unit.people.save(person)
    await unit.upkeep.audit(name, "joined", f"person:{person.id}", {"role": role.value})
    others = [owner for owner in await unit.people.all(Role.OWNER) if owner.id != person.id]
    await show(unit, f"person:{person.id}", others)
    return Joined(person)


async def _guesses(unit: UnitOfWork) -> int:
    return int(await unit.upkeep.setting(OWNER_GUESSES) or 0)

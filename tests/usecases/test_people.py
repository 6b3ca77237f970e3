"""Who may enter, and how."""

from dataclasses import replace
from datetime import timedelta

from store.database import Store
from store.records import Role
from tests.usecases.company_room import ANNA, COMPANY, OWNER, hire
from usecases.access import NotAllowed, Verb, allowed
from usecases.links import LinkDead
from usecases.people import (
    Invited,
    Joined,
    Newcomer,
    accept_invite,
    claim_ownership,
    invite,
    owner_code,
)
from world.clock import VirtualClock

IGOR = Newcomer(1, "Игорь")


async def test_the_consoles_code_makes_one_owner(store: Store) -> None:
    async with store.write("test") as unit:
        code = await owner_code(unit)
        assert code is not None
        assert await owner_code(unit) == code
        assert isinstance(await claim_ownership(unit, IGOR, "00000000x"), LinkDead)
        assert isinstance(await claim_ownership(unit, IGOR, f" {code} "), Joined)
        assert isinstance(await claim_ownership(unit, Newcomer(2, "Вор"), code), LinkDead)
        assert await owner_code(unit) is None


async def test_a_code_guessed_at_too_often_dies_until_the_next_start(store: Store) -> None:
    async with store.write("test") as unit:
        code = await owner_code(unit)
        for guess in range(10):
            await claim_ownership(unit, IGOR, str(guess))
        assert isinstance(await claim_ownership(unit, IGOR, str(code)), LinkDead)
        fresh = await owner_code(unit)
        assert fresh != code
        assert isinstance(await claim_ownership(unit, IGOR, str(fresh)), Joined)


async def test_an_invite_works_once_and_gives_the_role_it_was_made_for(
    store: Store, clock: VirtualClock
) -> None:
    await hire(store)
    async with store.write("test") as unit:
        made = await invite(unit, COMPANY, OWNER, Role.MANAGER, "amocrm:9")
        assert isinstance(made, Invited)
        joined = await accept_invite(unit, Newcomer(77, "Вера"), made.token)
        assert isinstance(joined, Joined)
        assert (joined.person.role, joined.person.crm_user_id) == (Role.MANAGER, "amocrm:9")
        assert isinstance(await accept_invite(unit, Newcomer(78, "Чужой"), made.token), LinkDead)
        late = await invite(unit, COMPANY, OWNER, Role.CASHIER)
        assert isinstance(late, Invited)
    clock.advance(timedelta(hours=24))
    async with store.write("test") as unit:
        assert isinstance(await accept_invite(unit, Newcomer(79, "Поздно"), late.token), LinkDead)
        assert isinstance(await invite(unit, COMPANY, ANNA, Role.OWNER), NotAllowed)


async def test_two_people_never_share_a_name(store: Store) -> None:
    await hire(store)
    async with store.write("test") as unit:
        made = await invite(unit, COMPANY, OWNER, Role.MANAGER)
        assert isinstance(made, Invited)
        joined = await accept_invite(unit, Newcomer(80, " Анна "), made.token)

        assert isinstance(joined, Joined)
        assert joined.person.name == "Анна (2)"


def test_who_may_do_what() -> None:
    table = {
        Verb.RECORD_EXPENSE: {Role.OWNER, Role.ACCOUNTANT},
        Verb.HAND_OVER: {Role.MANAGER},
        Verb.ACCEPT_HANDOVER: {Role.OWNER, Role.CASHIER},
        Verb.IMPORT_STATEMENT: {Role.OWNER, Role.ACCOUNTANT},
        Verb.EXPLAIN_LINE: {Role.OWNER, Role.ACCOUNTANT},
        Verb.REFUND: {Role.OWNER, Role.ACCOUNTANT},
        Verb.PAY_REFUND_FROM_DESK: {Role.OWNER, Role.CASHIER},
        Verb.INVITE: {Role.OWNER},
        Verb.CLOSE_PERIOD: {Role.OWNER},
    }

    for verb, roles in table.items():
        may = {role for role in Role if allowed(replace(ANNA, role=role), verb)}
        assert may == roles, verb
    assert not any(allowed(replace(OWNER, active=False), verb) for verb in Verb)

"""Cash from the client's hand to the desk."""

from datetime import timedelta

from confirmations.handovers import (
    AlreadyResolved,
    CommentNeeded,
    CountedMore,
    Expired,
    OwnHandover,
)
from confirmations.payments import Method
from store.database import Store
from tests.usecases.company_room import (
    ANNA,
    BORIS,
    COMPANY,
    MARIA,
    OLGA,
    OWNER,
    a_deal,
    claim,
    held,
    hire,
    press,
    rub,
)
from usecases.access import NotAllowed
from usecases.audit import audit
from usecases.deals import confirmed_of_deal
from usecases.handovers import (
    AlreadyPending,
    Confirmed,
    ConfirmHandover,
    Declared,
    NothingToHandOver,
    cash_on_hand,
    confirm_handover,
    declare_handover,
    expire_handovers,
    withdraw_handover,
)
from world.clock import VirtualClock

SUMS = ("10000", "15000", "7500.50", "20000", "12000")


async def sell(store: Store, sums: tuple[str, ...] = SUMS, holder: str = "p2") -> None:
    await hire(store)
    async with store.write("test") as unit:
        for number, amount in enumerate(sums, start=1):
            slots = {"prepayment": (amount, Method.CASH)}
            await claim(unit, a_deal(number), slots, holder=holder)


async def declared(store: Store, person=ANNA) -> Declared:
    async with store.write("test") as unit:
        outcome = await declare_handover(unit, COMPANY, person)
    assert isinstance(outcome, Declared)
    return outcome


async def test_five_prepayments_are_handed_over_and_the_balance_is_zero(store: Store) -> None:
    await sell(store)

    async with store.read() as unit:
        before = await cash_on_hand(unit, ANNA)
    made = await declared(store)
    async with store.write("test") as unit:
        command = ConfirmHandover(made.handover.id, press(OLGA, unit))
        outcome = await confirm_handover(unit, COMPANY, OLGA, command)

    assert before.total == rub("64500.50")
    assert isinstance(outcome, Confirmed)
    async with store.read() as unit:
        assert (await cash_on_hand(unit, ANNA)).total == rub("0")
        assert await held(unit, "desk:main") == "64500.50"
        kinds = [sealed.operation.kind.value for sealed in await unit.journal.between(1, 99)]
        assert sorted(kinds) == ["payment"] * 5 + ["transfer"]
        assert await unit.outbox.open_count("crm") == 5
        assert await unit.outbox.open_count("sheet") == 6
    assert (await audit(store, [])).agree


async def test_a_shortage_stays_on_the_manager_with_a_comment(store: Store) -> None:
    await sell(store, ("10000",), holder="p3")
    made = await declared(store, BORIS)

    async with store.write("test") as unit:
        plain = ConfirmHandover(made.handover.id, press(OLGA, unit), rub("9500"))
        without = await confirm_handover(unit, COMPANY, OLGA, plain)
        more = ConfirmHandover(made.handover.id, press(OLGA, unit), rub("10500"))
        too_much = await confirm_handover(unit, COMPANY, OLGA, more)
        command = ConfirmHandover(made.handover.id, press(OLGA, unit), rub("9500"), "не хватило")
        outcome = await confirm_handover(unit, COMPANY, OLGA, command)

    assert without == CommentNeeded(rub("500"))
    assert too_much == CountedMore(rub("500"))
    assert isinstance(outcome, Confirmed)
    async with store.read() as unit:
        assert (await cash_on_hand(unit, BORIS)).total == rub("500")
        assert await held(unit, "desk:main") == "9500.00"
        assert await confirmed_of_deal(unit, "amocrm:1") == rub("10000")


async def test_an_older_shortage_goes_with_the_next_handover(store: Store) -> None:
    await sell(store, ("10000",), holder="p3")
    made = await declared(store, BORIS)
    async with store.write("test") as unit:
        command = ConfirmHandover(made.handover.id, press(OLGA, unit), rub("9500"), "потом")
        await confirm_handover(unit, COMPANY, OLGA, command)

    again = await declared(store, BORIS)
    async with store.write("test") as unit:
        command = ConfirmHandover(again.handover.id, press(OLGA, unit))
        await confirm_handover(unit, COMPANY, OLGA, command)

    assert again.handover.declared == rub("500")
    async with store.read() as unit:
        assert await held(unit, "desk:main") == "10000.00"
        assert await held(unit, "collected:p3") == "0.00"


async def test_a_second_press_is_told_who_was_first_and_changes_nothing(store: Store) -> None:
    await sell(store)
    made = await declared(store)
    async with store.write("test") as unit:
        await confirm_handover(
            unit, COMPANY, OLGA, ConfirmHandover(made.handover.id, press(OLGA, unit))
        )
        head = await unit.journal.head()
        again = await confirm_handover(
            unit, COMPANY, OWNER, ConfirmHandover(made.handover.id, press(OWNER, unit))
        )

        assert isinstance(again, AlreadyResolved)
        assert again.resolution.by == "Ольга"
        assert await unit.journal.head() == head


async def test_only_a_cashier_or_the_owner_may_accept_and_never_their_own(store: Store) -> None:
    await sell(store)
    made = await declared(store)

    async with store.write("test") as unit:
        for person in (ANNA, BORIS, MARIA):
            command = ConfirmHandover(made.handover.id, press(person, unit))
            outcome = await confirm_handover(unit, COMPANY, person, command)
            assert isinstance(outcome, NotAllowed)
        own = ConfirmHandover(made.handover.id, press(ANNA, unit))
        assert await confirm_handover(unit, COMPANY, OLGA, own) == OwnHandover()


async def test_a_handover_that_nobody_answered_lapses_and_may_be_declared_again(
    sqlite_store: Store, clock: VirtualClock
) -> None:
    await sell(sqlite_store)
    made = await declared(sqlite_store)
    clock.advance(timedelta(hours=72))

    async with sqlite_store.write("test") as unit:
        late = ConfirmHandover(made.handover.id, press(OLGA, unit))
        outcome = await confirm_handover(unit, COMPANY, OLGA, late)
        assert isinstance(outcome, Expired)
        assert await expire_handovers(unit) == 0
        assert isinstance(await declare_handover(unit, COMPANY, ANNA), Declared)


async def test_a_pending_handover_locks_its_list_until_withdrawn(sqlite_store: Store) -> None:
    await sell(sqlite_store)
    made = await declared(sqlite_store)

    async with sqlite_store.write("test") as unit:
        second = await declare_handover(unit, COMPANY, ANNA)
        assert second == AlreadyPending(made.handover)
        await withdraw_handover(unit, ANNA, made.handover.id)
        chosen = await declare_handover(unit, COMPANY, ANNA, {"amocrm:1/prepayment#1"})
        assert isinstance(chosen, Declared)
        assert chosen.handover.declared == rub("10000")


async def test_nobody_hands_over_nothing(sqlite_store: Store) -> None:
    await hire(sqlite_store)

    async with sqlite_store.write("test") as unit:
        assert await declare_handover(unit, COMPANY, ANNA) == NothingToHandOver()

"""Promises and their endings: kept as they were, ended once, whoever asks."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from confirmations.payments import Method, Payment, Slot
from confirmations.refunds import Refund
from confirmations.resolution import Ending, Resolution, Retraction
from ledger.money import Money
from store.database import Store
from tests.store.books import NOW, TODAY, cash_payment, deal, handover, person
from tests.store.coherent import assert_store_coherent
from world.clock import VirtualClock

CONFIRMED = Resolution("payment:y1", Ending.CONFIRMED, "Ольга", NOW, "1500000")


@pytest.fixture
async def promised(store: Store) -> Store:
    """A deal, a person and the payments y1 (today), y0 (tomorrow)."""
    async with store.write("test") as unit:
        await unit.deals.save(deal())
        await unit.people.add(person())
        await unit.pending.add_payment(cash_payment("y1"))
        await unit.pending.add_payment(cash_payment("y0", day=TODAY + timedelta(days=1)))
    return store


async def test_a_payment_reads_back_as_it_was(promised: Store) -> None:
    async with promised.read() as unit:
        assert await unit.pending.payment("y1") == cash_payment("y1")
        assert await unit.pending.payment("y2") is None
    await assert_store_coherent(promised)


async def test_a_second_ending_is_refused_by_the_database(promised: Store) -> None:
    await _resolve(promised, CONFIRMED)

    with pytest.raises(IntegrityError):
        await _resolve(promised, replace(CONFIRMED, ending=Ending.REJECTED, by="Вера"))

    async with promised.read() as unit:
        assert await unit.pending.resolution("payment:y1") == CONFIRMED
        assert await unit.pending.resolutions({"payment:y1", "payment:y0"}) == {
            "payment:y1": CONFIRMED
        }
    await assert_store_coherent(promised)


async def test_what_was_taken_back_is_open_again_and_ends_once_more(promised: Store) -> None:
    again = replace(CONFIRMED, by="Вера", detail="line:2")
    await _resolve(promised, CONFIRMED)
    async with promised.write("test") as unit:
        await unit.pending.take_back(Retraction("payment:y1", 1, "Вера", NOW, "ошибка"))
        assert await unit.pending.resolution("payment:y1") is None
        assert await unit.pending.resolutions(["payment:y1", "payment:y0"]) == {}
        assert [one.id for one in await unit.pending.open_payments()] == ["y1", "y0"]

    await _resolve(promised, again)
    with pytest.raises(IntegrityError):
        await _resolve(promised, again)

    async with promised.read() as unit:
        assert await unit.pending.attempt("payment:y1") == 2
        assert await unit.pending.resolutions(["payment:y1"]) == {"payment:y1": again}
        assert await unit.pending.ending("payment:y1") == CONFIRMED
        assert await unit.pending.ending("payment:y1~2") == again
        assert [one.id for one in await unit.pending.open_payments()] == ["y0"]
    await assert_store_coherent(promised)


async def test_an_ending_is_taken_back_once(promised: Store) -> None:
    taken = Retraction("payment:y1", 1, "Вера", NOW, "ошибка")
    await _resolve(promised, CONFIRMED)
    async with promised.write("test") as unit:
        await unit.pending.take_back(taken)

    with pytest.raises(AssertionError):
        async with promised.write("test") as unit:
            await unit.pending.take_back(taken)

    async with promised.read() as unit:
        assert await unit.pending.retractions("payment:y1") == [taken]
    await assert_store_coherent(promised)


async def test_of_twenty_presses_at_once_one_ends_the_thing(
    promised: Store, another_store: Store
) -> None:
    presses = [
        _press(store, replace(CONFIRMED, by=f"p{number}"))
        for number, store in enumerate([promised, another_store] * 10)
    ]

    winners = [name for name in await asyncio.gather(*presses) if name is not None]

    async with promised.read() as unit:
        ending = await unit.pending.resolution("payment:y1")
    assert ending is not None
    assert winners == [ending.by]
    await assert_store_coherent(promised)


async def test_open_payments_are_those_without_an_ending_by_day(promised: Store) -> None:
    card = replace(cash_payment("y2").claim, method=Method.CARD_TRANSFER, holder="anna")
    async with promised.write("test") as unit:
        await unit.pending.add_payment(Payment("y2", Slot("amocrm:1", "balance"), 1, card))

    assert await _open(promised) == ["y1", "y2", "y0"]
    await _resolve(promised, CONFIRMED)

    assert await _open(promised) == ["y2", "y0"]
    async with promised.read() as unit:
        of_holder = await unit.pending.open_payments(holder="p1")
        by_card = await unit.pending.open_payments(method=Method.CARD_TRANSFER)
    assert [payment.id for payment in of_holder] == ["y0"]
    assert [payment.id for payment in by_card] == ["y2"]
    await assert_store_coherent(promised)


async def test_the_newest_version_of_a_slot_counts(promised: Store) -> None:
    second = Payment("y9", cash_payment("y1").slot, 2, cash_payment("y1").claim)
    async with promised.write("test") as unit:
        await unit.pending.add_payment(second)

    async with promised.read() as unit:
        assert await unit.pending.newest_payment(second.slot) == second
        assert await unit.pending.newest_payment(Slot("amocrm:1", "none")) is None
        assert len(await unit.pending.payments_of_deal("amocrm:1")) == 3
    await assert_store_coherent(promised)


async def test_a_version_of_a_slot_exists_once(promised: Store) -> None:
    with pytest.raises(IntegrityError):
        await _add_payment(promised, replace(cash_payment("y1"), id="other"))

    await assert_store_coherent(promised)


async def test_thousands_of_payments_are_found_at_once(promised: Store) -> None:
    ids = [f"unknown-{number}" for number in range(40_000)]

    async with promised.read() as unit:
        found = await unit.pending.payments([*ids, "y0", "y1"])
        endings = await unit.pending.resolutions(ids)

    assert [payment.id for payment in found] == ["y1", "y0"]
    assert endings == {}
    await assert_store_coherent(promised)


async def test_a_pending_handover_locks_its_payments(promised: Store) -> None:
    listed = handover("h1", [cash_payment("y0"), cash_payment("y1")])
    async with promised.write("test") as unit:
        await unit.pending.add_handover(listed)

    async with promised.read() as unit:
        assert await unit.pending.handover("h1") == listed
        assert await unit.pending.holder_of("y1") == listed
        assert await unit.pending.open_handovers("p1") == [listed]
        assert await unit.pending.open_handovers("p2") == []
    await _resolve(promised, Resolution("handover:h1", Ending.REJECTED, "Ольга", NOW))
    async with promised.read() as unit:
        assert await unit.pending.holder_of("y1") is None
        assert await unit.pending.open_handovers() == []
    await assert_store_coherent(promised)


async def test_open_handovers_come_oldest_first(promised: Store, clock: VirtualClock) -> None:
    newer = handover("h1", [cash_payment("y1")], NOW + timedelta(microseconds=1))
    older = handover("h2", [cash_payment("y0")], NOW)
    async with promised.write("test") as unit:
        await unit.pending.add_handover(newer)
        await unit.pending.add_handover(older)

    async with promised.read() as unit:
        assert await unit.pending.open_handovers() == [older, newer]
    await assert_store_coherent(promised)


async def test_refunds_are_open_until_they_have_left(promised: Store) -> None:
    refund = Refund("b1", "y1", Money(500_000), "брак", "p1", NOW)
    async with promised.write("test") as unit:
        await unit.pending.add_refund(refund)

    async with promised.read() as unit:
        assert await unit.pending.refund("b1") == refund
        assert await unit.pending.refunds_of("y1") == [refund]
        assert await unit.pending.open_refunds() == [refund]
    await _resolve(promised, Resolution("refund:b1", Ending.CONFIRMED, "Ольга", NOW))
    async with promised.read() as unit:
        assert await unit.pending.open_refunds() == []
    await assert_store_coherent(promised)


async def _open(store: Store) -> list[str]:
    async with store.read() as unit:
        return [payment.id for payment in await unit.pending.open_payments()]


async def _resolve(store: Store, resolution: Resolution) -> None:
    async with store.write("test") as unit:
        await unit.pending.resolve(resolution)


async def _add_payment(store: Store, payment: Payment) -> None:
    async with store.write("test") as unit:
        await unit.pending.add_payment(payment)


async def _press(store: Store, resolution: Resolution) -> str | None:
    """The name of the presser, if the press was the one that counted."""
    async with store.write("test") as unit:
        if await unit.pending.resolution(resolution.thing) is not None:
            return None
        await asyncio.sleep(0)
        await unit.pending.resolve(resolution)
    return resolution.by

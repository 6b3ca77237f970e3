"""Modulbank's history: pages over a moving list, reversed words, a balance that must stand still."""

import json
from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import pytest

from banking.feeds.modulbank import SANDBOX_TOKEN, Modulbank
from banking.feeds.protocol import (
    Balances,
    FeedAccounts,
    FeedAnswer,
    FeedRead,
    FeedRefused,
    FeedUnavailable,
    TokenRefused,
)
from banking.formats.records import ProblemCode
from sandbox.bank.company import MAIN_ACCOUNT, SECOND_ACCOUNT
from sandbox.bank.records import Order
from tests.banking.feeds.canned import canned
from tests.banking.feeds.feed_room import DAY, FeedRoom, feed_room
from world.clock import VirtualClock

NOBODY = "40702810900000000001"


@pytest.fixture
async def room(clock: VirtualClock) -> AsyncIterator[FeedRoom]:
    async with feed_room("modulbank", clock) as made:
        yield made


async def read(room: FeedRoom, first: date = DAY, last: date = DAY) -> FeedRead:
    answer = await room.feed.read(MAIN_ACCOUNT, first, last)
    assert isinstance(answer, FeedRead)
    return answer


def info(balance: object) -> list[Any]:
    return [{"bankAccounts": [{"id": "g", "number": MAIN_ACCOUNT, "balance": balance}]}]


def row(number: int, **values: object) -> dict[str, object]:
    return {
        "id": str(number),
        "status": "Received",
        "category": "Debet",
        "amount": 5.5,
        "executed": "2026-03-02T00:00:00",
        **values,
    }


async def told(clock: VirtualClock, *answers: Any) -> FeedAnswer:
    async with canned(*((200, json.dumps(one)) for one in answers)) as server:
        feed = Modulbank("token", clock, server.url)
        answer = await feed.read(MAIN_ACCOUNT, DAY, DAY)
        await feed.close()
        return answer


async def test_debet_is_money_in_and_credit_is_money_out(room: FeedRoom) -> None:
    document = room.paid(1_500_010, "Оплата по договору К-1", number="128")
    room.bank.fee(MAIN_ACCOUNT, Order(990, "Комиссия"))

    answer = await read(room)

    payment = next(one for one in answer.operations if one.incoming)
    fee = next(one for one in answer.operations if not one.incoming)
    assert (payment.minor, payment.day, payment.number) == (1_500_010, DAY, "128")
    assert payment.counterparty_account == document.payer.account
    assert (fee.minor, fee.purpose) == (990, "Комиссия")
    assert answer.balances == Balances(125_000_000, 126_499_020, is_derived=True)


async def test_all_pages_are_read_at_the_banks_pace(room: FeedRoom) -> None:
    for number in range(105):
        room.paid(100 + number % 3)
    started = room.clock.now()

    answer = await read(room)

    assert len(answer.operations) == 105
    assert (room.clock.now() - started).total_seconds() >= 4


async def test_a_page_of_exactly_fifty_is_not_the_last(room: FeedRoom) -> None:
    for _ in range(50):
        room.paid(100)

    assert len((await read(room)).operations) == 50
    assert sum("operation-history" in one for one in room.faults.calls) == 2


async def test_what_is_not_finished_is_no_movement(room: FeedRoom, clock: VirtualClock) -> None:
    room.standin.send(MAIN_ACCOUNT, 99_000, "поставщику")
    rows = [
        row(1, status="Canceled"),
        row(2, status="RejectByBank", category="Credit"),
        row(3, status="SendToBank", category="Credit"),
        row(4, status="Executed"),
        row(5, status="PayReceived"),
    ]

    answer = await told(clock, info(1), rows, info(1))

    assert (await read(room)).operations == ()
    assert isinstance(answer, FeedRead)
    assert [one.reference for one in answer.operations] == ["5"]


async def test_a_balance_that_moves_while_pages_are_read_is_read_again(
    clock: VirtualClock,
) -> None:
    late = [info(10), [], info(15.5), [row(1)], info(15.5)]

    answer = await told(clock, *late)

    assert isinstance(answer, FeedRead)
    assert answer.balances == Balances(1000, 1550, is_derived=True)


async def test_a_balance_that_never_stands_still_is_not_believed(clock: VirtualClock) -> None:
    moving = [one for balance in range(1, 5) for one in (info(balance), [])]

    answer = await told(clock, *moving)

    assert isinstance(answer, FeedRead)
    assert answer.balances == Balances(None, None, is_derived=True)


async def test_an_operation_that_cannot_be_read_is_named_and_the_balance_not_used(
    clock: VirtualClock,
) -> None:
    rows = [row(1, amount="five"), row(2, category="Other"), row(3, executed=None), row(4)]

    answer = await told(clock, info(1), rows, info(1))

    assert isinstance(answer, FeedRead)
    assert [one.reference for one in answer.operations] == ["4"]
    assert {one.code for one in answer.problems} == {
        ProblemCode.BAD_AMOUNT,
        ProblemCode.DIRECTION_UNKNOWN,
        ProblemCode.NO_DATE,
    }
    assert answer.balances.closing is None


async def test_the_balance_of_now_is_not_the_closing_of_a_day_that_is_over(
    room: FeedRoom,
) -> None:
    room.paid(100)
    room.clock.advance(timedelta(days=1))
    room.paid(200)

    answer = await read(room)

    assert [one.minor for one in answer.operations] == [100]
    assert answer.balances.closing is None


@pytest.mark.parametrize("tree", [{}, "text", None])
async def test_an_answer_of_another_shape_is_no_empty_history(
    clock: VirtualClock, tree: Any
) -> None:
    assert isinstance(await told(clock, info(1), tree), FeedUnavailable)
    assert isinstance(await told(clock, tree), FeedUnavailable)


async def test_accounts_and_refusals_have_names(room: FeedRoom) -> None:
    accounts = await room.feed.accounts()
    unknown = await room.feed.read(NOBODY, DAY, DAY)
    room.standin.revoke()

    assert isinstance(accounts, FeedAccounts)
    assert set(accounts.names) == {MAIN_ACCOUNT, SECOND_ACCOUNT}
    assert isinstance(unknown, FeedRefused)
    assert await room.feed.read(MAIN_ACCOUNT, DAY, DAY) == TokenRefused(401)


def test_the_banks_own_sandbox_is_told_so(clock: VirtualClock) -> None:
    feed = Modulbank(SANDBOX_TOKEN, clock)

    assert feed._http._settings.headers == {"sandbox": "on"}
    assert Modulbank("token", clock)._http._settings.headers == {}

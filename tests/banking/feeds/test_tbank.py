"""T-Bank's statement: pages, cursors, balances, exact sums, days, and what is no statement."""

import json
from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import pytest

from banking.feeds import tbank
from banking.feeds.protocol import (
    FeedAccounts,
    FeedAnswer,
    FeedRead,
    FeedRefused,
    FeedUnavailable,
    TokenRefused,
)
from banking.feeds.tbank import TBank
from banking.formats.records import ProblemCode
from sandbox.bank.company import MAIN_ACCOUNT, SECOND_ACCOUNT
from sandbox.bank.records import Order
from tests.banking.feeds.canned import canned
from tests.banking.feeds.feed_room import DAY, FeedRoom, feed_room
from world.clock import VirtualClock

OPERATION = {
    "operationDate": "2026-03-02T09:12:44Z",
    "operationId": "b5a",
    "typeOfOperation": "Credit",
    "operationAmount": 0,
}


@pytest.fixture
async def room(clock: VirtualClock) -> AsyncIterator[FeedRoom]:
    async with feed_room("tbank", clock) as made:
        yield made


async def read(room: FeedRoom, first: date = DAY, last: date = DAY) -> FeedRead:
    answer = await room.feed.read(MAIN_ACCOUNT, first, last)
    assert isinstance(answer, FeedRead)
    return answer


async def told(clock: VirtualClock, *answers: Any) -> FeedAnswer:
    """What is read of a bank that answers this."""
    async with canned(*((200, json.dumps(one)) for one in answers)) as server:
        feed = TBank("token", clock, server.url)
        answer = await feed.read(MAIN_ACCOUNT, DAY, DAY)
        await feed.close()
        return answer


async def test_an_operation_says_all_that_a_file_says(room: FeedRoom) -> None:
    document = room.paid(1_500_010, "Оплата по договору К-1", number="128")
    room.bank.fee(MAIN_ACCOUNT, Order(990, "Комиссия"))

    answer = await read(room)

    fee, payment = answer.operations
    assert (payment.incoming, payment.day, payment.minor) == (True, DAY, 1_500_010)
    assert (payment.number, payment.counterparty) == ("128", "Иванов")
    assert payment.counterparty_account == document.payer.account
    assert (fee.incoming, fee.minor, fee.purpose) == (False, 990, "Комиссия")
    assert answer.problems == ()
    stated = answer.balances
    assert (stated.opening, stated.closing) == (125_000_000, 126_499_020)
    assert (stated.credited, stated.debited) == (1_500_010, 990)


async def test_all_pages_are_read_and_nothing_twice(room: FeedRoom) -> None:
    for number in range(2_005):
        room.paid(100 + number % 3)

    answer = await read(room)
    statements = [one for one in room.faults.calls if "statement" in one]

    assert len(answer.operations) == 2_005
    assert len(statements) == 3


async def test_a_cursor_that_stays_the_same_ends_the_reading(room: FeedRoom) -> None:
    room.standin.constant_cursor = True
    for _ in range(3):
        room.paid(100)

    answer = await read(room)

    assert len(answer.operations) == 3


async def test_a_day_is_moscows_day(room: FeedRoom) -> None:
    room.clock.advance(timedelta(days=1))
    evening = room.paid(100, day=DAY)
    room.standin.side.make_nightly(evening.id)
    room.paid(200)

    yesterday, today = (
        await read(room),
        await read(room, DAY + timedelta(days=1), DAY + timedelta(days=1)),
    )

    assert [one.minor for one in yesterday.operations] == [100]
    assert [one.minor for one in today.operations] == [200]
    assert yesterday.balances.closing == today.balances.opening


async def test_a_hold_is_no_movement(room: FeedRoom, clock: VirtualClock) -> None:
    room.standin.hold(MAIN_ACCOUNT, 99_000, "карта")
    hold = OPERATION | {"operationStatus": "Authorization", "accountAmount": 5}

    answer = await told(clock, {"operations": [hold]})

    assert (await read(room)).operations == ()
    assert isinstance(answer, FeedRead)
    assert answer.operations == ()


async def test_an_operation_that_cannot_be_read_is_named_and_the_rest_is_there(
    clock: VirtualClock,
) -> None:
    rows = [
        OPERATION | {"operationId": "1", "accountAmount": 0.001},
        OPERATION | {"operationId": "2", "accountAmount": 5, "typeOfOperation": "Other"},
        OPERATION | {"operationId": "3", "accountAmount": 5, "operationDate": "soon"},
        OPERATION | {"operationId": "4", "operationAmount": "15.10"},
        "nothing",
    ]

    answer = await told(clock, {"operations": rows, "balances": {"balanceBegin": "x"}})

    assert isinstance(answer, FeedRead)
    assert [one.minor for one in answer.operations] == [1510]
    assert [one.code for one in answer.problems] == [
        ProblemCode.BAD_AMOUNT,
        ProblemCode.DIRECTION_UNKNOWN,
        ProblemCode.NO_DATE,
        ProblemCode.BAD_AMOUNT,
    ]
    assert answer.balances.opening is None


async def test_a_reading_that_does_not_add_up_is_done_once_more(clock: VirtualClock) -> None:
    late = {"operations": [], "balances": {"balanceBegin": 0, "balanceEnd": 5}}
    whole = late | {"operations": [OPERATION | {"accountAmount": 5}]}

    answer = await told(clock, late, whole)

    assert isinstance(answer, FeedRead)
    assert [one.minor for one in answer.operations] == [500]


@pytest.mark.parametrize("tree", [[], {}, {"operations": {}}, "text", None, {"operations": None}])
async def test_an_answer_of_another_shape_is_no_empty_statement(
    clock: VirtualClock, tree: Any
) -> None:
    assert isinstance(await told(clock, tree), FeedUnavailable)


async def test_cursors_without_an_end_are_given_up(clock: VirtualClock) -> None:
    pages = [{"operations": [], "nextCursor": str(n)} for n in range(tbank.PAGES_MAX + 1)]

    answer = await told(clock, *pages)

    assert answer == FeedUnavailable(f"over {tbank.PAGES_MAX} pages")


async def test_accounts_are_told_with_their_names(room: FeedRoom) -> None:
    answer = await room.feed.accounts()

    assert isinstance(answer, FeedAccounts)
    assert set(answer.names) == {MAIN_ACCOUNT, SECOND_ACCOUNT}


async def test_refusals_have_names(room: FeedRoom) -> None:
    unknown = await room.feed.read("40702810900000000001", DAY, DAY)
    room.standin.forbid()
    forbidden = await room.feed.read(MAIN_ACCOUNT, DAY, DAY)
    room.standin.revoke()

    assert isinstance(unknown, FeedRefused)
    assert forbidden == TokenRefused(403)
    assert await room.feed.accounts() == TokenRefused(401)


async def test_the_same_answer_is_the_same_content(room: FeedRoom) -> None:
    room.paid(100)
    first, again = await read(room), await read(room)
    room.paid(100)

    assert first.content == again.content
    assert (await read(room)).content != first.content

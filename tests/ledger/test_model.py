"""The room and a naive model of it agree on every sum of any company's months."""

from collections import Counter
from collections.abc import Mapping

from hypothesis import HealthCheck, given, settings

from ledger.accounts import AccountKind
from ledger.balances import balances
from ledger.months import Month, months_between
from ledger.operations import Operation, reverse
from tests.ledger.journeys import FIRST, LAST, events, post_all
from tests.ledger.model import KINDS, Book, Event
from tests.ledger.reading import ARTICLES, day, money_moved, profit

MODERATE = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
JAN, FEB = day("2026-01-15"), day("2026-02-10")
# One event of every kind, and the sums that they leave, counted by hand.
JOURNEY = [
    Event("open", 10000, JAN, "desk:main"),
    Event("pay", 5000, JAN, "collected:p3"),
    Event("hand over", 4900, JAN),
    Event("line in", 700, JAN),
    Event("pay", 700, JAN, "suspense:4070", deal="a-2"),
    Event("line out", 90, JAN),
    Event("spend", 90, JAN, "suspense:4070", article=501, later=JAN),
    Event("own out", 100, JAN),
    Event("own in", 40, JAN),
    Event("pay", 1000, JAN, "clearing:tbank"),
    Event("net", 970, FEB),
    Event("line in", 970, FEB),
    Event("fee", 30, FEB),
    Event("over", 159, JAN, "desk:main"),
    Event("apply", 100, FEB),
    Event("done", 6100, FEB),
    Event("refund", 50, FEB, "desk:main", deal="a-2"),
    Event("refund done", 60, FEB, "desk:main"),
    Event("spend", 300, JAN, "desk:main", article=401, later=FEB),
    Event("deal cost", 200, JAN, "bank:4070", article=201, later=FEB),
    Event("bill", 80, FEB, article=301),
    Event("earn", 25, FEB, "bank:4070", article=102, later=FEB),
    Event("issue", 500, JAN, "desk:main"),
    Event("spend", 180, FEB, "issued:p3", article=408, later=FEB),
    Event("return", 120, FEB, "desk:main"),
]
LEFT = {
    "desk:main": 10000 + 4900 + 159 - 50 - 60 - 300 - 500 + 120,
    "collected:p3": 100,
    "bank:4070": 700 - 90 - 100 + 40 + 970 - 200 + 25,
    "transit:own": 60,
    "balance:c-1": -59,
    "client:a-2": -650,
    "supplier:unnamed": -80,
    "issued:p3": 200,
}


def book_of(happened: list[Event]) -> Book:
    book = Book()
    for event in happened:
        book.add(event)
    return book


def filled(sums: Mapping[str, int]) -> dict[str, int]:
    return {name: minor for name, minor in sums.items() if minor}


def places(operations: list[Operation]) -> dict[str, int]:
    outside = {AccountKind.ARTICLE, AccountKind.OPENING}
    sums = balances(operations)
    return filled({str(one): sums[one] for one in sums if one.kind not in outside})


def gained(operations: list[Operation], basis: str) -> dict[tuple[str, int], int]:
    """Each profit article's effect by month."""
    found: Counter[tuple[str, int]] = Counter()
    for one in operations:
        on = one.paid_on if basis == "cash" else one.accrued_on
        effect = one.cash_effect if basis == "cash" else one.accrual_effect
        if on and ARTICLES[one.article].line:
            found[f"{on:%Y-%m}", one.article] += effect
    return {key: minor for key, minor in found.items() if minor}


def in_profit(sums: Mapping[tuple[str, int], int]) -> dict[tuple[str, int], int]:
    return {key: minor for key, minor in sums.items() if minor and ARTICLES[key[1]].line}


def test_the_written_journey_has_an_event_of_every_kind() -> None:
    assert {event.kind for event in JOURNEY} == set(KINDS)


def test_the_written_journey_leaves_what_was_counted_by_hand_in_both_books() -> None:
    assert filled(book_of(JOURNEY).holds) == LEFT
    assert places(post_all(JOURNEY)) == LEFT


def test_the_written_journeys_profit_was_counted_by_hand_on_both_bases() -> None:
    operations = post_all(JOURNEY)

    cash = [pnl.net_profit for _, pnl in profit(operations, "cash").rows]
    accrual = [pnl.net_profit for _, pnl in profit(operations, "accrual").rows]

    january = 5000 + 700 - 90 + 1000 - 300 - 200
    february = -30 + 100 - 50 - 60 + 25 - 180
    assert cash == [january, february]
    assert accrual == [-90, -30 + 6100 - 60 - 300 - 200 - 80 + 25 - 180]


@given(events())
@MODERATE
def test_the_model_and_the_room_hold_the_same_money_and_debts(happened: list[Event]) -> None:
    book, operations = book_of(happened), post_all(happened)

    assert places(operations) == filled(book.holds)
    assert sum(balances(operations).values()) == 0


@given(events())
@MODERATE
def test_the_model_and_the_room_earn_the_same_on_both_bases(happened: list[Event]) -> None:
    book, operations = book_of(happened), post_all(happened)

    assert gained(operations, "cash") == in_profit(book.cash)
    assert gained(operations, "accrual") == in_profit(book.accrual)
    assert profit(operations, "cash").total.retained == sum(in_profit(book.cash).values())
    assert profit(operations, "accrual").total.retained == sum(in_profit(book.accrual).values())


@given(events())
@MODERATE
def test_the_model_and_the_room_move_the_same_money(happened: list[Event]) -> None:
    book, operations = book_of(happened), post_all(happened)

    whole = money_moved(operations, FIRST, LAST)
    flow = {
        str(month): sum(part.came - part.went for part in statement.activities.values())
        for month in months_between(Month.of(FIRST), Month.of(LAST))
        for statement in [money_moved(operations, month.first_day, month.last_day)]
    }

    assert filled(flow) == filled(book.flow)
    assert whole.opening == book.opened
    assert whole.closing == book.opened + sum(book.flow.values())


@given(events())
@MODERATE
def test_everything_reversed_leaves_nothing(happened: list[Event]) -> None:
    operations = post_all(happened)
    undone = [reverse(one, f"undo {one.key}", LAST, "anna", "") for one in operations]

    assert places(operations + undone) == {}
    assert set(balances(operations + undone).values()) <= {0}
    assert sum(one.cash_effect for one in operations + undone) == 0
    assert sum(one.accrual_effect for one in operations + undone) == 0
    assert profit(operations + undone, "cash").total.retained == 0
    assert profit(operations + undone, "accrual").total.retained == 0

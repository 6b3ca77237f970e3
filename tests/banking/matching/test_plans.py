"""How a sum pays what a deal owes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banking.matching.plans import Fit, plan
from banking.matching.records import PaymentMethod
from tests.banking.samples import payment

TWO = [("a", "15000"), ("b", "22000")]


def ways(owed, amount, **fields):
    payments = [payment(name, due, **fields) for name, due in owed]
    return plan(payments, {one.id: one.amount.minor for one in payments}, amount * 100)


@pytest.mark.parametrize(
    ("owed", "amount", "fit", "links"),
    [
        (TWO, 22_000, Fit.EXACT, [("b", 22_000)]),
        ([("a", "5000"), ("b", "5000")], 5_000, Fit.EXACT, [("a", 5_000)]),
        (TWO, 37_000, Fit.SUM, [("a", 15_000), ("b", 22_000)]),
        ([*TWO, ("c", "9000")], 31_000, Fit.SUM, [("b", 22_000), ("c", 9_000)]),
        (TWO, 14_850, Fit.NEAR, [("a", 14_850)]),
        (TWO, 15_500, Fit.OVER, [("a", 15_000)]),
        (TWO, 37_900, Fit.OVER, [("a", 15_000), ("b", 22_000)]),
        (TWO, 5_000, Fit.PART, [("a", 5_000)]),
        (TWO, 18_000, Fit.PART, [("b", 18_000)]),
        (TWO, 30_000, Fit.PART, [("a", 15_000), ("b", 15_000)]),
        (TWO, 90_000, Fit.FAR_OVER, [("a", 15_000), ("b", 22_000)]),
    ],
)
def test_the_best_way_is_taken(owed, amount, fit, links):
    way = ways(owed, amount)
    assert way.fit is fit
    assert [(name, minor // 100) for name, minor in way.links] == links


def test_nothing_owed_means_no_way():
    assert plan([payment("a", "5")], {"a": 0}, 500) is None


def test_cash_never_comes_through_the_bank():
    assert ways(TWO, 15_000, method=PaymentMethod.CASH) is None


def test_a_terminal_payment_is_taken_only_when_it_fits_exactly():
    assert ways(TWO, 15_000, method=PaymentMethod.TERMINAL).fit is Fit.EXACT
    assert ways(TWO, 14_999, method=PaymentMethod.TERMINAL) is None
    assert ways(TWO, 37_000, method=PaymentMethod.TERMINAL) is None


@given(
    owed=st.lists(st.integers(1, 50), max_size=6),
    amount=st.integers(1, 400),
)
def test_links_never_exceed_what_is_owed_nor_what_came(owed, amount):
    payments = [
        payment(f"p{at}", str(due), expected_on=date(2026, 3, 1 + at))
        for at, due in enumerate(owed)
    ]
    still = {one.id: one.amount.minor for one in payments}
    way = plan(payments, still, amount * 100)
    if way is None:
        assert not owed
        return
    assert sum(minor for _, minor in way.links) <= amount * 100
    assert all(0 < minor <= still[name] for name, minor in way.links)
    assert len(dict(way.links)) == len(way.links)

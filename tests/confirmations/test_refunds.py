"""Only money that came may go back, and only once."""

from datetime import UTC, datetime

import pytest

from confirmations.refunds import NotConfirmed, Refund, Requested, TooMuch, request
from ledger.money import Money


@pytest.mark.parametrize(
    ("confirmed", "promised", "amount", "outcome"),
    [
        # came        promised   asked       so
        (None, 0, 500_000, NotConfirmed()),
        (None, 0, 99_999_999, NotConfirmed()),
        (1_500_000, 0, 500_000, Requested(Money(500_000))),
        (1_500_000, 0, 1_500_000, Requested(Money(1_500_000))),
        (1_500_000, 500_000, 1_000_000, Requested(Money(1_000_000))),
        (1_500_000, 500_000, 1_000_001, TooMuch(Money(1_000_000))),
        (1_500_000, 1_500_000, 1, TooMuch(Money(0))),
    ],
)
def test_a_refund_is_bounded_by_what_is_left_of_the_payment(
    confirmed: int | None, promised: int, amount: int, outcome: object
) -> None:
    came = None if confirmed is None else Money(confirmed)

    assert request(came, Money(promised), Money(amount)) == outcome


def test_a_refund_of_nothing_is_our_own_mistake() -> None:
    with pytest.raises(AssertionError):
        request(Money(100), Money(0), Money(0))


def test_a_refund_is_a_thing() -> None:
    asked = datetime(2026, 3, 2, tzinfo=UTC)

    assert Refund("r1", "p1", Money(1), "", "maria", asked).thing == "refund:r1"

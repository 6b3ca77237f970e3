"""What the CRM says of a slot against what is known of it: one row for each rule, in order."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from confirmations.payments import (
    Cancelled,
    Claim,
    Differs,
    Expected,
    Held,
    Method,
    Payment,
    Replaced,
    Slot,
    Unchanged,
    consider,
)
from confirmations.resolution import Ending, Resolution
from ledger.money import Money

SLOT = Slot("amocrm:17", "prepayment")
CLAIM = Claim(Money(1_500_000), Method.CASH, date(2026, 3, 2), "p3")
PAYMENT = Payment("amocrm:17/prepayment#1", SLOT, 1, CLAIM)
MORE = replace(CLAIM, amount=Money(1_600_000))


def ended(ending: Ending) -> Resolution:
    return Resolution(PAYMENT.thing, ending, "Ольга", datetime(2026, 3, 3, 9, tzinfo=UTC))


CONFIRMED = ended(Ending.CONFIRMED)


def test_a_slot_is_named_by_its_deal_and_a_payment_is_a_thing() -> None:
    assert str(SLOT) == "amocrm:17/prepayment"
    assert PAYMENT.thing == "payment:amocrm:17/prepayment#1"


@pytest.mark.parametrize(
    ("current", "resolution", "claim", "held", "outcome"),
    [
        # known    ended       the CRM says   in a handover   so
        (None, None, None, False, Unchanged()),
        (None, None, CLAIM, False, Expected(CLAIM)),
        (PAYMENT, None, CLAIM, False, Unchanged()),
        (PAYMENT, None, CLAIM, True, Unchanged()),
        (PAYMENT, None, MORE, False, Replaced(PAYMENT, MORE)),
        (PAYMENT, None, None, False, Cancelled(PAYMENT)),
        (PAYMENT, None, MORE, True, Held(PAYMENT, "amount")),
        (PAYMENT, None, None, True, Held(PAYMENT, "amount")),
        (PAYMENT, CONFIRMED, CLAIM, False, Unchanged()),
        (PAYMENT, CONFIRMED, MORE, False, Differs(PAYMENT, "amount")),
        (PAYMENT, CONFIRMED, None, False, Differs(PAYMENT, "amount")),
        (PAYMENT, CONFIRMED, MORE, True, Differs(PAYMENT, "amount")),
    ],
)
def test_what_the_crm_says_has_one_meaning(
    current: Payment | None,
    resolution: Resolution | None,
    claim: Claim | None,
    *,
    held: bool,
    outcome: object,
) -> None:
    assert consider(current, resolution, claim, held=held) == outcome


@pytest.mark.parametrize(
    "ending", [Ending.CANCELLED, Ending.REPLACED, Ending.REJECTED, Ending.EXPIRED]
)
def test_a_payment_that_ended_without_money_may_be_claimed_again(ending: Ending) -> None:
    assert consider(PAYMENT, ended(ending), CLAIM, held=False) == Expected(CLAIM)
    assert consider(PAYMENT, ended(ending), None, held=False) == Unchanged()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": Money(1)}, "amount"),
        ({"method": Method.TERMINAL}, "method"),
        ({"expected_on": date(2026, 3, 9)}, "expected_on"),
        ({"amount": Money(1), "method": Method.TERMINAL}, "amount"),
    ],
)
def test_a_difference_after_the_confirmation_names_its_first_field(
    change: dict, field: str
) -> None:
    claim = replace(CLAIM, **change)

    assert consider(PAYMENT, CONFIRMED, claim, held=False) == Differs(PAYMENT, field)


def test_a_new_holder_alone_is_no_change() -> None:
    claim = replace(CLAIM, holder="p9")

    assert consider(PAYMENT, None, claim, held=False) == Unchanged()
    assert consider(PAYMENT, CONFIRMED, claim, held=False) == Unchanged()

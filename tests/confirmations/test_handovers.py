"""A handover is answered once: each refusal in its order, then the count."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confirmations.handovers import (
    Accepted,
    AlreadyResolved,
    CommentNeeded,
    CountedMore,
    Expired,
    Handover,
    OwnHandover,
    Press,
    Rejected,
    confirm,
    reject,
)
from confirmations.resolution import Ending, Resolution
from ledger.money import Money

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HANDOVER = Handover(
    id="h1",
    person="boris",
    desk="desk:main",
    payments=("a", "b"),
    carried=Money(0),
    declared=Money(1_000_000),
    created_at=NOW - timedelta(hours=1),
    expires_at=NOW + timedelta(hours=71),
)
DONE = Resolution(HANDOVER.thing, Ending.CONFIRMED, "Ольга", NOW, "10000.00")
OLGA = Press("olga", NOW)
BORIS = Press("boris", NOW)
LATE = Press("olga", HANDOVER.expires_at)
LATE_BORIS = Press("boris", HANDOVER.expires_at)


@pytest.mark.parametrize(
    ("resolution", "press", "counted", "comment", "outcome"),
    [
        # ended   who         counted   comment            so
        (DONE, OLGA, 1_000_000, "", AlreadyResolved(DONE)),
        (DONE, LATE_BORIS, 2_000_000, "", AlreadyResolved(DONE)),
        (None, BORIS, 1_000_000, "", OwnHandover()),
        (None, LATE_BORIS, 2_000_000, "", OwnHandover()),
        (None, LATE, 1_000_000, "", Expired(HANDOVER.expires_at)),
        (None, LATE, 2_000_000, "", Expired(HANDOVER.expires_at)),
        (None, OLGA, 1_050_000, "", CountedMore(Money(50_000))),
        (None, OLGA, 950_000, "", CommentNeeded(Money(50_000))),
        (None, OLGA, 950_000, "  ", CommentNeeded(Money(50_000))),
        (None, OLGA, 950_000, "разменял", Accepted(Money(950_000), Money(50_000))),
        (None, OLGA, 1_000_000, "", Accepted(Money(1_000_000), Money(0))),
    ],
)
def test_a_confirmation_is_refused_in_order_or_accepted(
    resolution: Resolution | None, press: Press, counted: int, comment: str, outcome: object
) -> None:
    assert confirm(HANDOVER, resolution, press, Money(counted), comment) == outcome


@pytest.mark.parametrize(
    ("resolution", "press", "outcome"),
    [
        (DONE, LATE_BORIS, AlreadyResolved(DONE)),
        (None, LATE_BORIS, OwnHandover()),
        (None, LATE, Expired(HANDOVER.expires_at)),
        (None, OLGA, Rejected("не мои деньги")),
    ],
)
def test_a_rejection_has_the_same_order(
    resolution: Resolution | None, press: Press, outcome: object
) -> None:
    assert reject(HANDOVER, resolution, press, " не мои деньги ") == outcome


def test_a_press_in_the_last_instant_is_in_time() -> None:
    press = Press("olga", HANDOVER.expires_at - timedelta(microseconds=1))

    assert isinstance(confirm(HANDOVER, None, press, HANDOVER.declared, ""), Accepted)


@given(declared=st.integers(1, 10**13), counted=st.integers(1, 10**13))
def test_counted_and_short_make_what_was_declared(declared: int, counted: int) -> None:
    handover = replace(HANDOVER, declared=Money(declared))

    match confirm(handover, None, OLGA, Money(counted), "почему"):
        case Accepted(found, shortage):
            assert found + shortage == handover.declared
            assert shortage.minor >= 0
        case CountedMore(excess):
            assert excess.minor == counted - declared > 0
        case other:
            pytest.fail(f"{other} is no answer here")


@pytest.mark.parametrize(("declared", "carried"), [(0, 0), (100, -1), (100, 101)])
def test_a_handover_of_nothing_or_with_a_strange_debt_cannot_be_made(
    declared: int, carried: int
) -> None:
    with pytest.raises(AssertionError):
        replace(HANDOVER, declared=Money(declared), carried=Money(carried))

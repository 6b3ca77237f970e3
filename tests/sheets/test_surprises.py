"""What a surprise holds up, and for how long."""

from datetime import UTC, datetime, timedelta

import pytest

from sheets.problems import Busy, NotShared, Problem, RefusedByGoogle, Unanswered
from sheets.surprises import CHECK_FIRST, Surprises

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize("problem", [NotShared("bot@example.com"), RefusedByGoogle(400, "no")])
def test_a_write_waits_for_the_check_but_not_for_ever(problem: Problem) -> None:
    surprises = Surprises()
    assert surprises.noted(problem, NOW) is problem
    assert surprises.before_write(NOW + CHECK_FIRST / 2) is problem
    assert surprises.before_write(NOW + CHECK_FIRST) is None
    assert surprises.last is problem
    surprises.checked()
    assert surprises.last is None
    assert surprises.before_write(NOW) is None


@pytest.mark.parametrize("problem", [Busy(30), Unanswered("cut")])
def test_an_answer_that_did_not_come_surprises_nobody(problem: Problem) -> None:
    surprises = Surprises()
    surprises.noted(problem, NOW)
    assert surprises.before_write(NOW) is None
    assert not surprises.asks()


def test_each_surprise_asks_once_for_a_check() -> None:
    surprises = Surprises()
    assert not surprises.asks()
    surprises.noted(NotShared("bot@example.com"), NOW)
    assert [surprises.asks(), surprises.asks()] == [True, False]
    surprises.noted(NotShared("bot@example.com"), NOW + timedelta(hours=1))
    assert surprises.asks()

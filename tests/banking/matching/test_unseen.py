"""Companies nobody has seen: whatever the style and the habit, nothing wrong is booked."""

import dataclasses

import pytest

from banking.matching.match import match
from banking.matching.records import MatchVerdict, ReasonCode
from tests.banking.matching.unseen import Score, score, world
from tests.banking.matching.unseen_numbers import STYLES
from tests.banking.matching.unseen_sales import HABITS

SEEDS = range(70)
NUMBERS = {ReasonCode.CONTRACT_NUMBER, ReasonCode.INVOICE_NUMBER}


def answered(made):
    return match(made.lines, made.payments, made.context)


@pytest.fixture(scope="module")
def scores() -> list[Score]:
    made = [world(seed) for seed in SEEDS]
    assert {one.style for one in made} == set(STYLES)
    assert {one.habit for one in made} == set(HABITS)
    return [score(one, answered(one)) for one in made]


def test_nothing_wrong_is_booked_and_no_client_is_turned_away(scores):
    assert {seed: one.wrong for seed, one in zip(SEEDS, scores, strict=True) if one.wrong} == {}
    assert [one.wrong_foreign for one in scores if one.wrong_foreign] == []


def test_nearly_everything_that_can_be_known_is_found(scores):
    knowable = sum(one.knowable for one in scores)
    assert sum(one.auto for one in scores) / knowable > 0.8
    assert sum(one.found for one in scores) / knowable > 0.95
    assert sum(one.settled for one in scores) / sum(one.settlements for one in scores) > 0.98


@pytest.mark.parametrize("seed", range(0, 70, 10))
def test_a_twin_of_every_payment_leaves_nothing_certain_that_no_number_names(seed):
    made = world(seed, deals=25)
    twins = [
        dataclasses.replace(one, id=f"{one.id}t", deal_id=f"{one.deal_id}t", contract_no="")
        for one in made.payments
    ]
    twins = [dataclasses.replace(one, invoice_no=None) for one in twins]
    made.payments += twins
    booked = [one for one in answered(made) if one.verdict is MatchVerdict.AUTO]
    assert booked, "numbers are still certain"
    for one in booked:
        assert NUMBERS & {reason.code for reason in one.reasons}, one


@pytest.mark.parametrize("seed", range(0, 70, 14))
def test_the_order_and_the_names_of_payments_decide_nothing(seed):
    made = world(seed, deals=25)
    verdicts = [one.verdict for one in answered(made)]
    renamed = [dataclasses.replace(one, id=f"x{one.id[::-1]}") for one in reversed(made.payments)]
    assert [one.verdict for one in match(made.lines, renamed, made.context)] == verdicts

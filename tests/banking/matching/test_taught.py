"""What the accountant taught: the payer of an INN, the article of a wording."""

import dataclasses

import pytest

from banking.formats.records import Direction
from banking.matching.match import match
from banking.matching.reasons import say
from banking.matching.records import (
    MatchContext,
    MatchVerdict,
    ReasonCode,
    TaughtKind,
    TaughtRule,
)
from tests.banking.samples import line, payment

AUTO, NONE, NOT_CLIENT = MatchVerdict.AUTO, MatchVerdict.NONE, MatchVerdict.NOT_CLIENT
INN = "7707083893"
ANNA = "Белкина Анна Павловна"
HUSBAND = TaughtRule(5, TaughtKind.PAYER, INN, ANNA)
RENT = TaughtRule(7, TaughtKind.WORDING, "Аренда  офиса", "402")
SUBLET = TaughtRule(8, TaughtKind.WORDING, "аренда", "401")
ADS = TaughtRule(9, TaughtKind.WORDING, "реклама", "501")
DEBT = payment("p", "15000", client=ANNA)


def one(text, rules, payments=(DEBT,), amount="15000", **fields):
    (proposal,) = match(
        [line(amount, text, **fields)], payments, MatchContext(taught=tuple(rules))
    )
    return proposal


def test_a_taught_payer_makes_the_client_certain_and_the_rule_is_named():
    proposal = one("Предоплата", [HUSBAND], inn=INN, counterparty='ООО "Муж"')
    assert (proposal.verdict, proposal.rules) == (AUTO, (5,))
    assert ReasonCode.TAUGHT_PAYER in {reason.code for reason in proposal.reasons}
    assert any("правило 5" in say(reason) for reason in proposal.reasons)
    assert one("Предоплата", [], inn=INN, counterparty='ООО "Муж"').verdict is not AUTO


def test_a_client_may_be_taught_by_its_key():
    debt = dataclasses.replace(DEBT, client="Анна", client_key="amo:77")
    rule = dataclasses.replace(HUSBAND, target="amo:77")
    assert one("Предоплата", [rule], [debt], inn=INN).verdict is AUTO


def test_a_taught_payer_never_chooses_between_the_client_s_deals():
    two = [DEBT, dataclasses.replace(DEBT, id="q", deal_id="d2", contract_no="К-2")]
    proposal = one("Предоплата", [HUSBAND], two, inn=INN)
    assert (proposal.verdict, proposal.links) == (NONE, ())
    assert len(proposal.alternatives) == 2


@pytest.mark.parametrize("direction", [Direction.IN, Direction.OUT])
def test_a_taught_wording_explains_money_by_its_article(direction):
    proposal = one("АРЕНДА ОФИСА за март", [RENT, SUBLET], amount="77", direction=direction)
    assert (proposal.verdict, proposal.article, proposal.rules) == (NOT_CLIENT, 402, (7,))


def test_wordings_that_contradict_each_other_decide_nothing():
    proposal = one("реклама и аренда", [SUBLET, ADS], amount="77")
    assert (proposal.verdict, proposal.article, proposal.rules) == (NONE, None, (8, 9))


@pytest.mark.parametrize(
    ("text", "fields"),
    [("аренда по К-1001", {}), ("аренда", {"counterparty": ANNA})],
)
def test_a_client_s_number_or_debt_stands_against_a_wording(text, fields):
    proposal = one(text, [SUBLET], **fields)
    assert (proposal.verdict, proposal.rules) == (NONE, (8,))
    assert proposal.alternatives[0].links[0].payment == "p"


def test_an_own_transfer_and_a_part_of_a_word_fire_nothing():
    assert one("аренда", [SUBLET], direction=Direction.OWN).rules == ()
    assert one("субаренда", [SUBLET], amount="77").rules == ()

"""Rules of automatic booking are switched on by name; all of them are the default."""

import pytest

from banking.matching.match import match
from banking.matching.records import STRICT, AutoRule, MatchContext, MatchVerdict
from tests.banking.samples import line, payment

ANNA = "Белкина Анна Павловна"
INN = "500100732259"
CASES = {
    AutoRule.CONTRACT_AND_PAYER: ("К-1001", "6000", {"counterparty": ANNA}),
    AutoRule.INVOICE_EXACT: ("счет 30555", "15000", {}),
    AutoRule.PAYER_EXACT: ("Предоплата", "15000", {"counterparty": ANNA}),
    AutoRule.SHORT_NAME_EXACT: ("СБП. Анна Павловна Б.", "15000", {}),
}
DEBT = payment("p", "15000", client=ANNA, invoice_no="30555", client_inn=INN)


def verdict(rules, text, amount, payments=(DEBT,), **fields):
    context = MatchContext(automatic=frozenset(rules))
    (proposal,) = match([line(amount, text, **fields)], payments, context)
    return proposal.verdict


def test_every_rule_is_on_and_the_strict_one_alone_has_a_name():
    assert MatchContext().automatic == set(AutoRule)
    assert {AutoRule.CONTRACT_EXACT} == STRICT


@pytest.mark.parametrize("rule", CASES)
def test_each_rule_books_its_own_case_and_no_other(rule):
    for other, (text, amount, fields) in CASES.items():
        expected = MatchVerdict.AUTO if other is rule else MatchVerdict.SUGGEST
        assert verdict([rule], text, amount, **fields) is expected


def test_without_any_rule_nothing_is_booked():
    assert verdict([], "К-1001", "15000") is MatchVerdict.SUGGEST


@pytest.mark.parametrize("rule", CASES)
def test_another_client_s_inn_forbids_every_rule(rule):
    text, amount, _ = CASES[rule]
    other = payment("q", "77", "d2", client_inn="7707083893")
    got = verdict([rule], text, amount, [DEBT, other], inn="7707083893")
    assert got is not MatchVerdict.AUTO


def test_somebody_unknown_may_pay_for_a_client_by_number_and_exact_sum():
    fields = {"inn": "7707083893", "counterparty": 'ООО "Родня"'}
    assert verdict(AutoRule, "К-1001", "15000", **fields) is MatchVerdict.AUTO
    assert verdict(AutoRule, "Предоплата", "15000", **fields) is not MatchVerdict.AUTO


def test_a_namesake_s_open_deal_forbids_the_payer_s_rule():
    other = payment("q", "40000", "d2", client=ANNA)
    got = verdict(AutoRule, "Предоплата", "15000", [DEBT, other], counterparty=ANNA)
    assert got is MatchVerdict.SUGGEST


@pytest.mark.parametrize(
    ("client", "expected"),
    [('ООО "Темп"', MatchVerdict.SUGGEST), (ANNA, MatchVerdict.AUTO)],
)
def test_a_company_s_name_and_a_price_list_sum_are_not_enough(client, expected):
    debts = [payment("p", "15000", client=client), payment("q", "15000", "d2", client="Другой")]
    got = verdict(AutoRule, "Предоплата", "15000", debts, counterparty=client)
    assert got is expected

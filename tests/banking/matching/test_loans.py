"""A bank's loan to a client, net of its discount."""

import pytest

from banking.matching.match import match
from banking.matching.records import MatchContext, MatchVerdict, PaymentMethod
from tests.banking.samples import line, payment

AUTO, SUGGEST, NONE = MatchVerdict.AUTO, MatchVerdict.SUGGEST, MatchVerdict.NONE
ANNA = "Белкина Анна Павловна"
BANK = {"counterparty": 'АО "Банк"', "counterparty_account": "30232810000000000017"}


def agreement(name, amount, client=ANNA, deal="d1"):
    method = PaymentMethod.CREDIT_AGREEMENT
    return payment(name, amount, deal, client=client, method=method)


def settle(amount, text, *agreements):
    (proposal,) = match([line(amount, text, **BANK)], agreements, MatchContext())
    return proposal


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (f"Целевой кредит, заемщик {ANNA}, удержана комиссия 500.00", AUTO),
        ("Потребительский кредит, Белкина А.П., комиссия 500-00", AUTO),
        ("Оплата товара по кредитному договору 5, комиссия 500.00", SUGGEST),
        (f"Оплата товара по кредитному договору 5, {ANNA}", SUGGEST),
    ],
)
def test_the_agreement_is_paid_whole_and_the_discount_is_the_fee(text, verdict):
    proposal = settle("9500", text, agreement("p", "10000"))
    assert (proposal.verdict, proposal.fee.plain) == (verdict, "500.00")
    assert proposal.links[0].amount.plain == "10000.00"


def test_two_agreements_of_one_price_without_a_name_are_a_tie():
    two = agreement("p", "10000"), agreement("q", "10000", "Серова Ольга Львовна", "d2")
    proposal = settle("9500", "По кредитному договору 5, комиссия 500.00", *two)
    assert (proposal.verdict, len(proposal.alternatives)) == (NONE, 2)


def test_a_loan_to_ourselves_pays_nobody_s_agreement():
    proposal = settle("9500", "Выдача кредита по кредитному договору 5", agreement("p", "9500"))
    assert proposal.verdict is MatchVerdict.NOT_CLIENT

"""The verdict of each kind of line; ties are never broken by guessing."""

import dataclasses
from datetime import date

import pytest

from banking.matching.match import match
from banking.matching.records import (
    STRICT,
    AutoRule,
    MatchContext,
    MatchVerdict,
    PaymentMethod,
    ReasonCode,
)
from ledger.money import Currency, Money
from tests.banking.samples import line, payment

AUTO, SUGGEST, NONE = MatchVerdict.AUTO, MatchVerdict.SUGGEST, MatchVerdict.NONE
ANNA = "Белкина Анна Павловна"
WIDE = MatchContext(automatic=frozenset(AutoRule))


def one(text, payments, amount="15000", context=None, **fields):
    (proposal,) = match([line(amount, text, **fields)], payments, context or MatchContext())
    return proposal


def links(proposal):
    return [(link.payment, link.amount.plain) for link in proposal.links]


def codes(proposal):
    return [reason.code for reason in proposal.reasons]


def test_contract_number_and_exact_sum_are_automatic():
    proposal = one("Оплата по дог. К–1001", [payment("p", "15000")])
    assert (proposal.verdict, links(proposal)) == (AUTO, [("p", "15000.00")])
    assert codes(proposal) == [ReasonCode.CONTRACT_NUMBER, ReasonCode.AMOUNT_EQUAL]


def test_a_contract_and_all_it_owes_together_are_automatic():
    two = [payment("a", "10000"), payment("b", "5000")]
    assert one("К-1001", two).verdict is AUTO


@pytest.mark.parametrize(
    ("why", "text", "payments", "fields"),
    [
        ("the sum differs", "К-1001", [payment("p", "16000")], {}),
        (
            "the INN is another client's",
            "К-1001",
            [
                payment("p", "15000", client_inn="500100732259"),
                payment("q", "9", "d2", client_inn="7707083893"),
            ],
            {"inn": "7707083893"},
        ),
        (
            "two contracts are named",
            "К-1001, К-1002",
            [payment("p", "15000"), payment("q", "9", "d2")],
            {},
        ),
        (
            "the invoice is another deal's",
            "счет 30555, договор К-1001",
            [payment("p", "15000"), payment("q", "9", "d2", invoice_no="30555")],
            {},
        ),
        (
            "the payer is the client of another deal that owes the same",
            "К-1001",
            [
                payment("p", "15000", client="Серов Олег Ильич"),
                payment("q", "15000", "d2", client=ANNA),
            ],
            {"counterparty": ANNA},
        ),
        ("the number is short", "по договору 7", [payment("p", "15000", contract_no="7")], {}),
        (
            "only the invoice is named",
            "счет 30555",
            [payment("p", "15000", invoice_no="30555")],
            {},
        ),
        (
            "only the payer fits",
            "Предоплата",
            [payment("p", "15000", client=ANNA)],
            {"counterparty": ANNA},
        ),
    ],
)
def test_anything_less_is_only_suggested(why, text, payments, fields):
    proposal = one(text, payments, context=MatchContext(automatic=STRICT), **fields)
    assert proposal.verdict is SUGGEST, why
    assert proposal.reasons


def test_a_closed_contract_is_never_matched():
    context = MatchContext(closed_contracts=frozenset({"К-10007"}))
    proposal = one(
        "по договору К-10007",
        [payment("p", "15000", client=ANNA)],
        context=context,
        counterparty=ANNA,
    )
    assert (proposal.verdict, proposal.links) == (NONE, ())
    assert codes(proposal) == [ReasonCode.CLOSED_CONTRACT]


def test_a_closed_contract_beside_an_open_one_is_not_automatic():
    context = dataclasses.replace(WIDE, closed_contracts=frozenset({"К-10007"}))
    proposal = one("по договорам К-10007 и К-1001", [payment("p", "15000")], context=context)
    assert proposal.verdict is SUGGEST


def test_two_clients_of_one_name_who_owe_the_same_are_a_tie():
    two = [payment("p", "15000", "d1", client=ANNA), payment("q", "15000", "d2", client=ANNA)]
    proposal = one("Предоплата", two, counterparty=ANNA)
    assert (proposal.verdict, proposal.links) == (NONE, ())
    assert codes(proposal) == [ReasonCode.TIE]
    assert {other.links[0].payment for other in proposal.alternatives} == {"p", "q"}


def test_a_tie_is_resolved_when_a_stronger_line_takes_one_of_the_two():
    two = [payment("p", "15000", "d1", client=ANNA), payment("q", "15000", "d2", client=ANNA)]
    lines = [line("15000", "Предоплата", 1, counterparty=ANNA), line("15000", "дог. К-1001", 2)]
    first, second = match(lines, two, MatchContext())
    assert (links(second), links(first)) == ([("p", "15000.00")], [("q", "15000.00")])


def test_two_equal_payments_of_one_deal_are_interchangeable_and_the_earlier_is_taken():
    two = [
        payment("late", "15000", expected_on=date(2026, 3, 20)),
        payment("early", "15000", expected_on=date(2026, 3, 5)),
    ]
    assert links(one("К-1001", two)) == [("early", "15000.00")]


def test_the_nearer_day_decides_between_equal_payers():
    two = [
        payment("p", "15000", "d1", client=ANNA, expected_on=date(2026, 6, 20)),
        payment("q", "15000", "d2", client=ANNA),
    ]
    assert links(one("Предоплата", two, counterparty=ANNA)) == [("q", "15000.00")]


@pytest.mark.parametrize(
    ("amount", "linked", "code"),
    [
        ("14850", "14850.00", ReasonCode.AMOUNT_NEAR),
        ("15500", "15000.00", ReasonCode.AMOUNT_OVER),
        ("6000", "6000.00", ReasonCode.AMOUNT_PART),
    ],
)
def test_an_inexact_sum_links_no_more_than_is_owed(amount, linked, code):
    proposal = one("дог. К-1001", [payment("p", "15000")], amount)
    assert (proposal.verdict, links(proposal)) == (SUGGEST, [("p", linked)])
    assert code in codes(proposal)


def test_a_debt_is_paid_once_however_many_lines_name_it():
    lines = [line("15000", "К-1001", number) for number in (1, 2, 3)]
    proposals = match(lines, [payment("p", "15000")], MatchContext())
    assert [proposal.verdict for proposal in proposals] == [AUTO, NONE, NONE]


def test_two_parts_make_one_debt():
    lines = [line("6000", "дог. К-1001", 1), line("9000", "дог. К-1001", 2)]
    proposals = match(lines, [payment("p", "15000")], MatchContext())
    assert [links(proposal) for proposal in proposals] == [
        [("p", "6000.00")],
        [("p", "9000.00")],
    ]


def test_one_payment_for_two_contracts_is_suggested_for_both():
    two = [payment("p", "10000", "d1"), payment("q", "5000", "d2")]
    proposal = one("по договорам К-1001 (10000) и К-1002 (5000)", two)
    assert (proposal.verdict, links(proposal)) == (
        SUGGEST,
        [("p", "10000.00"), ("q", "5000.00")],
    )


def test_an_instant_transfer_is_found_by_the_shortened_name():
    two = [
        payment("p", "15000", "d1", client=ANNA, method=PaymentMethod.CARD_TRANSFER),
        payment("q", "15000", "d2", client="Котов Анна Павловна"),
    ]
    text = "Перевод по СБП. Анна Павловна Б."
    proposal = one(text, two, counterparty="СБП", counterparty_account="30233810000000000001")
    assert links(proposal) == [("p", "15000.00")]


def test_the_account_that_paid_before_tells_the_payer():
    two = [
        payment("p", "15000", "d1", client=ANNA),
        payment("p2", "7000", "d1", client=ANNA),
        payment("q", "7000", "d2", client="Серов Олег Ильич"),
    ]
    account = "40817810000000000005"
    lines = [
        line("15000", "К-1001", 1, counterparty="Муж Анны", counterparty_account=account),
        line("7000", "Доплата", 2, counterparty="Муж Анны", counterparty_account=account),
    ]
    assert links(match(lines, two, MatchContext())[1]) == [("p2", "7000.00")]


def test_a_sum_that_only_one_owes_is_shown_even_for_an_unknown_payer():
    proposal = one("Перевод средств", [payment("p", "15000.37")], "15000.37", counterparty=ANNA)
    assert proposal.verdict is SUGGEST
    assert codes(proposal) == [ReasonCode.AMOUNT_ONLY_ONE, ReasonCode.OTHER_NAME]


@pytest.mark.parametrize(("amount", "verdict"), [("15000", SUGGEST), ("9000", NONE)])
def test_a_short_number_needs_the_sum_as_its_witness(amount, verdict):
    two = [payment("p", "15000", contract_no="7"), payment("q", "15000", "d2")]
    proposal = one("по договору 7", two, amount, counterparty=ANNA)
    assert proposal.verdict is verdict
    assert links(proposal) == ([("p", "15000.00")] if verdict is SUGGEST else [])


def test_a_price_list_sum_of_a_stranger_is_not_shown():
    two = [payment("p", "15000", "d1"), payment("q", "15000", "d2", expected_on=date(2026, 9, 1))]
    proposal = one("Перевод средств", two, counterparty=ANNA)
    assert (proposal.verdict, codes(proposal)) == (NONE, [ReasonCode.NOTHING_FITS])


def test_a_shortened_name_with_another_inn_and_a_price_list_sum_is_not_shown():
    debts = [
        payment("p", "15000", "d1", client=f"ИП {ANNA}", client_inn="500100732259"),
        payment("q", "15000", "d2", client="Серов Олег Ильич"),
    ]
    fields = {"counterparty": "Белкина А.П.", "inn": "7707083893"}
    assert one("Оплата", debts, **fields).verdict is NONE


def test_a_stranger_s_large_sum_does_not_pay_a_namesake_s_small_debt():
    proposal = one("Перевод", [payment("p", "800", client=ANNA)], "66700", counterparty=ANNA)
    assert proposal.verdict is NONE


def test_cash_is_not_looked_for_in_the_bank():
    cash = payment("p", "15000", method=PaymentMethod.CASH)
    assert one("К-1001", [cash]).verdict is NONE


def test_a_line_in_another_currency_matches_nothing():
    dollars = dataclasses.replace(line("1", "К-1001"), amount=Money(1_500_000, Currency.USD))
    (proposal,) = match([dollars], [payment("p", "15000")], MatchContext())
    assert (proposal.verdict, codes(proposal)) == (NONE, [ReasonCode.OTHER_CURRENCY])


def test_a_paid_payment_and_a_nameless_client_are_no_trouble():
    debts = [payment("p", "0"), payment("s", "0", method=PaymentMethod.TERMINAL)]
    debts.append(payment("q", "15000", "d2", client="«»"))
    # The paid contract is still known by its number, so the other debt is not offered for it.
    assert links(one("К-1002", debts)) == [("q", "15000.00")]
    assert one("К-1001", debts).verdict is NONE


def test_every_line_gets_one_answer_in_its_place():
    lines = [line("5", "x", number) for number in (3, 1, 2)]
    assert [proposal.line for proposal in match(lines, [], MatchContext())] == [3, 1, 2]


def test_the_order_of_payments_changes_nothing():
    payments = [payment(f"p{at}", f"{1000 + at % 3}", f"d{at}", client=ANNA) for at in range(9)]
    lines = [line(f"{1000 + at % 3}", "Оплата", at, counterparty=ANNA) for at in range(1, 9)]
    assert match(lines, payments, MatchContext()) == match(lines, payments[::-1], MatchContext())

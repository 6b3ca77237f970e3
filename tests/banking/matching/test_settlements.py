"""Which sales a settlement pays, with the fee to the kopeck."""

from datetime import date

import pytest

from banking.matching.match import match
from banking.matching.records import AutoRule, MatchContext, MatchVerdict, PaymentMethod
from tests.banking.samples import line, payment

CONTEXT = MatchContext(merchants={"500000001": "Центр", "500000002": "Юг"})
NET = "Эквайринг. Мерчант №500000001. Дата реестра {}.03.2026. Комиссия {}."


def sale(name, amount, day, salon="Центр", deal=None):
    return payment(
        name,
        amount,
        deal or f"d{name}",
        method=PaymentMethod.TERMINAL,
        expected_on=date(2026, 3, day),
        salon=salon,
    )


def settle(amount, text, payments, context=CONTEXT, **fields):
    (proposal,) = match([line(amount, text, **fields)], payments, context)
    return proposal


def linked(proposal):
    return sorted(link.payment for link in proposal.links)


def test_all_sales_of_the_registry_day_of_that_terminal():
    sales = [
        sale("1", "15000", 9),
        sale("2", "22000", 9),
        sale("3", "900", 8),
        sale("4", "15000", 9, salon="Юг"),
    ]
    proposal = settle("36260", NET.format("09", "740.00"), sales)
    assert proposal.verdict is MatchVerdict.AUTO
    assert (linked(proposal), proposal.fee.plain) == (["1", "2"], "740.00")


def test_a_weekend_comes_in_one_sum():
    sales = [sale("1", "1000", 6), sale("2", "2000", 7), sale("3", "3000", 8)]
    proposal = settle("5880", NET.format("08", "120.00"), sales)
    assert linked(proposal) == ["1", "2", "3"]


def test_some_sales_of_the_day_when_only_one_set_fits():
    sales = [sale("1", "1000", 9), sale("2", "2500", 9), sale("3", "700", 9)]
    proposal = settle("3430", NET.format("09", "70.00"), sales)
    assert linked(proposal) == ["1", "2"]


def test_two_sets_that_fit_are_a_tie_and_nothing_is_chosen():
    sales = [sale("1", "1000", 9), sale("2", "1000", 9), sale("3", "700", 9)]
    proposal = settle("980", NET.format("09", "20.00"), sales)
    assert (proposal.verdict, proposal.links) == (MatchVerdict.NONE, ())
    assert len(proposal.alternatives) == 2


def test_equal_sales_of_one_deal_are_interchangeable():
    sales = [sale("1", "1000", 9, deal="d5"), sale("2", "1000", 9, deal="d5"), sale("3", "700", 9)]
    assert len(settle("980", NET.format("09", "20.00"), sales).links) == 1


def test_a_gross_credit_pays_the_day_before_it_and_has_no_fee():
    text = "Зачисление средств по терминалам эквайринга от 10.03.2026. Мерчант 500000001"
    proposal = settle("15000", text, [sale("1", "15000", 9), sale("2", "400", 10)])
    assert (linked(proposal), proposal.fee.plain) == (["1"], "0.00")


def test_sales_after_the_day_of_the_credit_cannot_be_in_it():
    text = NET.format("10", "300.00")
    proposal = settle("14700", text, [sale("1", "15000", 11)], day=date(2026, 3, 10))
    assert proposal.verdict is MatchVerdict.NONE


def test_of_two_equal_days_a_gross_credit_pays_the_one_before_its_date():
    sales = [sale("1", "15000", 9), sale("2", "15000", 10)]
    text = "Зачисление средств по терминалам эквайринга от 10.03.2026. Мерчант 500000001"
    assert linked(settle("15000", text, sales, day=date(2026, 3, 10))) == ["1"]
    net = NET.format("10", "300.00")
    assert linked(settle("14700", net, sales, day=date(2026, 3, 11))) == ["2"]


def test_a_settlement_that_tells_nothing_is_found_by_a_likely_fee():
    proposal = settle("14700", "Возмещение по эквайрингу", [sale("1", "15000", 9)], MatchContext())
    assert (linked(proposal), proposal.fee.plain) == (["1"], "300.00")
    assert proposal.reasons[-1].code == "fee-counted"


@pytest.mark.parametrize(
    ("amount", "text", "fee"),
    [
        ("14700", "Эквайринг. Оборот: 15000 руб.", "300.00"),
        ("14500", "Эквайринг. Комиссия 300.00. Возврат покупки 200.00/0.00", "300.00"),
    ],
)
def test_a_stated_turnover_or_a_withheld_refund_completes_the_sum(amount, text, fee):
    proposal = settle(amount, text, [sale("1", "15000", 9)], MatchContext())
    assert (linked(proposal), proposal.fee.plain) == (["1"], fee)
    is_refund = "Возврат" in text
    assert ("refund-withheld" in [reason.code for reason in proposal.reasons]) is is_refund


def test_a_turnover_below_the_credit_is_not_believed():
    proposal = settle("15000", "Эквайринг. Оборот: 100", [sale("1", "100", 9)], MatchContext())
    assert proposal.verdict is MatchVerdict.NONE


def test_a_sum_that_no_sales_make_stays_with_a_person():
    proposal = settle("14700", NET.format("09", "1.00"), [sale("1", "15000", 9)])
    assert (proposal.verdict, proposal.links) == (MatchVerdict.NONE, ())


def test_a_sale_is_settled_once():
    text = NET.format("09", "300.00")
    lines = [line("14700", text, 1), line("14700", text, 2)]
    first, second = match(lines, [sale("1", "15000", 9)], CONTEXT)
    assert (linked(first), linked(second)) == (["1"], [])


CREDIT = "Перечисление по кредитному договору 555, заемщик Белкина Анна Павловна. Комиссия 500.00"


@pytest.mark.parametrize(
    ("client", "found"),
    [("Белкина Анна Павловна", ["1"]), ("Серова Анна Павловна", ["1"])],
)
def test_a_loan_pays_the_credit_agreement_of_its_sum(client, found):
    one = payment("1", "10000", client=client, method=PaymentMethod.CREDIT_AGREEMENT)
    proposal = settle("9500", CREDIT, [one])
    assert (linked(proposal), proposal.fee.plain) == (found, "500.00")


def test_of_two_agreements_of_one_sum_the_named_client_s_is_taken():
    two = [
        payment("1", "10000", "d1", client="Серова Ольга", method=PaymentMethod.CREDIT_AGREEMENT),
        payment(
            "2",
            "10000",
            "d2",
            client="Белкина Анна Павловна",
            method=PaymentMethod.CREDIT_AGREEMENT,
        ),
    ]
    assert linked(settle("9500", CREDIT, two)) == ["2"]
    nameless = CREDIT.replace("Белкина Анна Павловна", "клиент")
    assert settle("9500", nameless, two).verdict is MatchVerdict.NONE


def test_a_day_s_settlement_is_automatic_only_by_its_rule():
    allowed = MatchContext(
        merchants=CONTEXT.merchants, automatic=frozenset({AutoRule.SALES_OF_DAY})
    )
    text, sales = NET.format("09", "300.00"), [sale("1", "15000", 9)]
    assert settle("14700", text, sales, allowed).verdict is MatchVerdict.AUTO
    untold = "Возмещение по эквайрингу"
    assert settle("14700", untold, sales, allowed).verdict is MatchVerdict.SUGGEST

"""Settlements of one statement are read in each other's light."""

from datetime import date, timedelta

from banking.matching.match import match
from banking.matching.records import MatchContext, MatchVerdict, PaymentMethod, ReasonCode
from tests.banking.samples import line, payment

AUTO, SUGGEST, NONE = MatchVerdict.AUTO, MatchVerdict.SUGGEST, MatchVerdict.NONE
CONTEXT = MatchContext(merchants={"500000001": "Центр"})
BANK = {"counterparty": 'АО "Банк"', "counterparty_account": "30232810000000000017"}
TUESDAY = date(2026, 3, 10)


def sale(name, amount, day):
    method = PaymentMethod.TERMINAL
    return payment(name, amount, f"d{name}", method=method, expected_on=day, salon="Центр")


def credit(number, amount, day, fee):
    text = f"Расчеты по эквайрингу, мерчант 500000001, комиссия {fee}"
    return line(amount, text, number, day=day, **BANK)


def three_days_late():
    """Four settlements that come three days after their sales, each sum its own."""
    days = [TUESDAY + timedelta(days=7 * at) for at in range(4)]
    sales = [sale(f"s{at}", f"{1000 + 100 * at}", day) for at, day in enumerate(days)]
    later = timedelta(days=3)
    lines = [
        credit(at + 1, f"{980 + 100 * at}", day + later, "20.00") for at, day in enumerate(days)
    ]
    return sales, lines


def test_a_habit_shown_elsewhere_chooses_between_two_equal_days():
    sales, lines = three_days_late()
    day = TUESDAY + timedelta(days=35)
    sales += [sale("a", "5000", day), sale("b", "5000", day + timedelta(days=2))]
    lines.append(credit(9, "4900", day + timedelta(days=3), "100.00"))
    last = match(lines, sales, CONTEXT)[-1]
    assert [link.payment for link in last.links] == ["a"]
    assert last.verdict is AUTO
    assert ReasonCode.USUAL_DELAY in {reason.code for reason in last.reasons}


def test_without_a_habit_two_equal_days_are_only_suggested_with_the_rival():
    sales = [sale("a", "5000", TUESDAY), sale("b", "5000", TUESDAY + timedelta(days=1))]
    (only,) = match([credit(1, "4900", TUESDAY + timedelta(days=2), "100.00")], sales, CONTEXT)
    assert only.verdict is SUGGEST
    assert [link.payment for link in only.links] == ["b"]
    assert only.alternatives[0].links[0].payment == "a"


def test_a_share_that_other_settlements_show_finds_the_sales_of_a_credit_without_text():
    amounts = (41_300, 52_700, 18_900, 33_100)
    days = [TUESDAY + timedelta(days=7 * at) for at in range(4)]
    sales = [sale(f"s{at}", f"{amounts[at]}", day) for at, day in enumerate(days)]
    lines = [
        line(f"{amounts[at] * 98 // 100}", "Возмещение по эквайрингу", at + 1, **BANK)
        for at in range(4)
    ]
    lines = [
        line(one.amount.plain, one.purpose, one.line, day=day + timedelta(days=1), **BANK)
        for one, day in zip(lines, days, strict=True)
    ]
    proposals = match(lines, sales, MatchContext())
    assert [one.links[0].payment for one in proposals] == ["s0", "s1", "s2", "s3"]
    assert proposals[0].fee.plain == "826.00"
    assert {one.verdict for one in proposals} == {SUGGEST}


def test_several_registries_in_one_credit_are_their_days_together():
    sales = [sale("a", "5000", TUESDAY), sale("b", "7000", TUESDAY + timedelta(days=1))]
    text = "Эквайринг мерчант 500000001 реестры 10.03.2026, 11.03.2026 комиссия 240"
    given = line("11760", text, day=TUESDAY + timedelta(days=2), **BANK)
    (only,) = match([given], sales, CONTEXT)
    assert (only.verdict, len(only.links), only.fee.plain) == (AUTO, 2, "240.00")

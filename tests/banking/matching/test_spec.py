"""The worked examples of docs/spec-matching.md."""

import dataclasses
from datetime import date, timedelta

import pytest

from banking.formats.records import Direction
from banking.matching.match import match
from banking.matching.records import MatchContext, MatchVerdict, PaymentMethod
from tests.banking.samples import line, payment

AUTO, SUGGEST, NONE = MatchVerdict.AUTO, MatchVerdict.SUGGEST, MatchVerdict.NONE
NOT_CLIENT = MatchVerdict.NOT_CLIENT
NOSOV, ZVEREVA = "ИП Носов Лев Юрьевич", "Зверева Анна Юрьевна"
INN = "500100732259"
FRIDAY = date(2026, 3, 6)
MONDAY = FRIDAY + timedelta(days=3)
OWN = "40702810900000000202"
CONTEXT = MatchContext(
    own_accounts=frozenset({OWN}),
    merchants={"770000001": "Центр"},
    closed_contracts=frozenset({"К-900"}),
)
BANK = {"counterparty": 'АО "Банк"', "counterparty_account": "30232810000000000017"}


def sale(name, amount, day):
    method = PaymentMethod.TERMINAL
    return payment(name, amount, f"d{name}", method=method, expected_on=day, salon="Центр")


NOSOVS = {"client": NOSOV, "client_inn": INN, "contract_no": "К-1027"}
PAYMENTS = [
    payment("p1", "15000", "d1", **NOSOVS),
    payment("p2", "22000", "d1", expected_on=date(2026, 3, 20), **NOSOVS),
    payment("p3", "15000", "d2", client=ZVEREVA, contract_no="К-1030"),
    sale("t1", "10000", FRIDAY),
    sale("t2", "8000", FRIDAY),
    sale("t3", "4000", FRIDAY + timedelta(days=1)),
    payment("k1", "60000", "d3", client=ZVEREVA, method=PaymentMethod.CREDIT_AGREEMENT),
]
LEV, ANNA = {"counterparty": NOSOV}, {"counterparty": ZVEREVA}
STRANGER = {"counterparty": "Тетерин Ян Ильич"}
NAMELESS = {"counterparty": "СБП", "counterparty_account": "30233810000000000009"}
CREDIT = f"потребительский кредит, {ZVEREVA}, комиссия 3000"
OUT = {"direction": Direction.OUT}


@pytest.mark.parametrize(
    ("amount", "text", "fields", "verdict", "links"),
    [
        ("15000", "дог. K 1027", LEV, AUTO, {"p1": "15000.00"}),
        ("15000", "дог. К-1027", STRANGER, AUTO, {"p1": "15000.00"}),
        ("6000", "К-1027", LEV, AUTO, {"p1": "6000.00"}),
        ("37000", "мебель", {"inn": INN}, AUTO, {"p1": "15000.00", "p2": "22000.00"}),
        ("15400", "К-1030", ANNA, AUTO, {"p3": "15000.00"}),
        ("15400", "К-1027", LEV, SUGGEST, {"p1": "15000.00"}),
        ("14850", "за мебель", ANNA, SUGGEST, {"p3": "14850.00"}),
        ("15000", "Перевод средств", NAMELESS, NONE, {}),
        ("15000", "СБП от Анна Юрьевна З.", NAMELESS, SUGGEST, {"p3": "15000.00"}),
        ("30000", "К-1027 и К-1030", STRANGER, SUGGEST, {"p1": "15000.00", "p3": "15000.00"}),
        ("57000", CREDIT, BANK, AUTO, {"k1": "60000.00"}),
        ("15000", "дог. К-900", ANNA, NONE, {}),
        ("15000", "возврат по К-1027", LEV, NONE, {}),
        ("9000", "Возврат аванса поставщиком", STRANGER, NOT_CLIENT, {}),
        ("9000", "Перевод", {"counterparty_account": OWN}, NOT_CLIENT, {}),
        ("9000", "взнос учредителя", STRANGER, NOT_CLIENT, {}),
        ("9000", "выдача кредита", BANK, NOT_CLIENT, {}),
        ("9000", "ЕНП", OUT, NOT_CLIENT, {}),
        ("440", "Комиссия за операции по терминалам эквайринга", OUT, NOT_CLIENT, {}),
    ],
)
def test_one_line(amount, text, fields, verdict, links):
    (proposal,) = match([line(amount, text, **fields)], PAYMENTS, CONTEXT)
    assert (proposal.verdict, {one.payment: one.amount.plain for one in proposal.links}) == (
        verdict,
        links,
    )
    assert proposal.reasons


def test_several_credits_for_one_payment():
    lines = [line("6000", "К-1030", 1, **ANNA), line("9000", "К-1030", 2, **ANNA)]
    proposals = match(lines, PAYMENTS, CONTEXT)
    assert [one.verdict for one in proposals] == [AUTO, AUTO]
    assert [one.links[0].amount.plain for one in proposals] == ["6000.00", "9000.00"]


def weekly(amount, text, number, weeks):
    day = MONDAY + timedelta(days=7 * weeks)
    return line(amount, text, number, day=day, **BANK)


@pytest.mark.parametrize(
    ("text", "net", "fee"),
    [
        ("Эквайринг, мерчант 770000001, комиссия {}", "21560", "440.00"),
        ("Эквайринг без удержания комиссии, мерчант 770000001", "22000", "0.00"),
    ],
)
def test_a_weekend_in_one_credit_is_certain_once_the_habit_is_shown(text, net, fee):
    before = [
        dataclasses.replace(one, id=f"{one.id}w{week}", deal_id=f"w{week}", contract_no="")
        for week in (-3, -2, -1)
        for one in [sale("t", f"{3000 - week}", FRIDAY + timedelta(days=7 * week))]
    ]
    lines = [
        weekly(one.amount.plain, text.format("0.00"), at, at - 4)
        for at, one in enumerate(before, start=1)
    ]
    lines.append(weekly(net, text.format("440.00"), 9, 0))
    last = match(lines, [*PAYMENTS, *before], CONTEXT)[-1]
    assert sorted(link.payment for link in last.links) == ["t1", "t2", "t3"]
    assert (last.verdict, last.fee.plain) == (AUTO, fee)

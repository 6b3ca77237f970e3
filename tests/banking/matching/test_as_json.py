"""payments.json in, proposals out."""

from datetime import date

import pytest

from banking.matching.as_json import BadInput, MatchInput, proposals_json, read_input
from banking.matching.match import match
from tests.banking.samples import line

ROW = {
    "id": "p1",
    "deal_id": "d1",
    "contract_no": "К-1001",
    "client": "Белкина Анна Павловна",
    "client_inn": None,
    "invoice_no": None,
    "amount": "15000.00",
    "method": "bank_transfer",
    "expected_on": "2026-03-08",
    "manager": "Олег",
    "city": "Тверь",
    "salon": "Центр",
}
CONTEXT = {
    "own_inn": "7707083893",
    "own_accounts": ["40702810900000000101"],
    "merchants": {"500000001": "Центр"},
    "closed_contracts": ["К-9"],
}


def test_a_right_file_is_read_whole():
    given = read_input({"context": CONTEXT, "payments": [ROW]})
    assert isinstance(given, MatchInput)
    assert given.payments[0].amount.plain == "15000.00"
    assert given.context.closed_contracts == {"К-9"}
    assert given.context.merchants == {"500000001": "Центр"}


def test_taught_rules_and_days_off_may_be_given():
    rule = {"id": 5, "kind": "payer", "pattern": "7707083893", "target": "Белкина"}
    given = read_input(
        {"context": {"taught": [rule], "days_off": ["2026-03-09"]}, "payments": [ROW]}
    )
    assert isinstance(given, MatchInput)
    assert given.context.taught[0].id == 5
    assert given.context.days_off == {date(2026, 3, 9)}


@pytest.mark.parametrize(
    ("document", "where"),
    [
        ([], "payments.json"),
        ({}, "payments"),
        ({"payments": "x"}, "payments"),
        ({"payments": ["x"]}, "payments[1]"),
        ({"payments": [ROW | {"amount": "0"}]}, "payments[1].amount"),
        ({"payments": [ROW | {"amount": None}]}, "payments[1].amount"),
        ({"payments": [ROW | {"method": "barter"}]}, "payments[1].method"),
        ({"payments": [ROW | {"expected_on": "08.03.2026"}]}, "payments[1].expected_on"),
        ({"payments": [ROW | {"id": ""}]}, "payments[1]"),
        ({"payments": [ROW, ROW]}, "payments"),
        ({"payments": [ROW], "context": []}, "context"),
        ({"payments": [ROW], "context": {"taught": [{"id": 1}]}}, "context.taught"),
        ({"payments": [ROW], "context": {"days_off": ["9 марта"]}}, "context.days_off"),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(document, where):
    refused = read_input(document)
    assert isinstance(refused, BadInput)
    assert refused.where == where


def test_the_answer_has_the_shape_of_its_contract():
    given = read_input({"context": CONTEXT, "payments": [ROW]})
    shown = proposals_json(match([line("15000", "дог. К-1001")], given.payments, given.context))
    (entry,) = shown["lines"]
    assert entry == {
        "line": 1,
        "verdict": "auto",
        "links": [{"payment": "p1", "amount": "15000.00"}],
        "fee": "0.00",
        "reasons": ["номер договора К-1001 в назначении", "сумма равна долгу 15\u00a0000\u00a0₽"],
        "codes": ["contract-number", "amount-equal"],
        "article": None,
        "rules": [],
        "alternatives": [],
    }


def test_a_document_that_could_not_be_read_still_has_its_entry():
    given = read_input({"context": CONTEXT, "payments": [ROW]})
    proposals = match([line("15000", "дог. К-1001", 2)], given.payments, given.context)
    shown = proposals_json(proposals, documents=3)["lines"]
    assert [(one["line"], one["verdict"]) for one in shown] == [
        (1, "none"),
        (2, "auto"),
        (3, "none"),
    ]

"""The sets beside the project, scored as their scorer does: precision first."""

import csv
import dataclasses
import importlib.util
import json
from datetime import date

import pytest

from banking.formats.read import read_statement
from banking.matching.as_json import proposals_json, read_input
from banking.matching.match import match
from banking.matching.records import STRICT, MatchContext, MatchVerdict, PaymentMethod
from tests.banking.samples import money, payment, shared, shared_json

# The scorer is a script that leaves its files to the collector.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")
SETS = ["easy_60", "real_300", "real_300_b", "real_3000", "hostile_300"]


def scored(name, rules=None):
    spec = importlib.util.spec_from_file_location("scorer", shared("matching", "score.py"))
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    folder = shared("matching", "sets", name)
    given = read_input(shared_json("matching", "sets", name, "payments.json"))
    context = given.context
    if rules:
        context = dataclasses.replace(context, automatic=frozenset(rules))
    data = (folder / "statement.txt").read_bytes()
    read = read_statement(name, data, context.own_accounts)
    answer = proposals_json(match(read.lines, given.payments, context))
    return scorer.score(str(folder), json.loads(json.dumps(answer)))


@pytest.mark.parametrize("name", SETS)
def test_nothing_wrong_is_booked_and_nearly_everything_is_found(name):
    result = scored(name)
    is_hostile = name == "hostile_300"
    assert result["auto_precision"] == 1.0
    assert result["auto_recall"] >= (0.72 if is_hostile else 0.85)
    assert result["top1_recall"] >= (0.92 if is_hostile else 0.97)
    assert result["settlements_right"] >= 0.98 * result["settlements"]
    assert result["not_client_precision"] == 1.0
    assert result["not_client_recall"] == 1.0
    assert result["verdicts_without_reasons"] == 0


@pytest.mark.parametrize("name", SETS)
def test_the_strict_rule_alone_books_nothing_wrong_either(name):
    result = scored(name, STRICT)
    assert (result["auto_precision"], result["auto_on_impossible"]) == (1.0, 0)


def synthetic_deals():
    sales = {"D4", "D5", "D6", "D7"}
    rows = csv.DictReader(
        shared("statements", "synthetic", "syn_match_deals.csv").read_text("utf-8").splitlines()
    )
    for row in rows:
        day, month, year = (int(part) for part in row["contract_date"].split("."))
        is_sale = row["deal_id"] in sales
        yield payment(
            row["deal_id"],
            row["amount"],
            row["deal_id"],
            contract_no=row["contract_no"],
            client=row["client"],
            client_inn=row["client_inn"] or None,
            method=PaymentMethod.TERMINAL if is_sale else PaymentMethod.BANK_TRANSFER,
            expected_on=date(2026, 3, 12) if is_sale else date(year, month, day),
        )


def test_the_synthetic_scenario_is_answered_as_its_table_says():
    data = shared("statements", "synthetic", "syn_match_statement.txt").read_bytes()
    lines = read_statement("f", data).lines
    proposals = match(lines, list(synthetic_deals()), MatchContext(own_inn="990100000038"))
    got = {
        line.number: (proposal.verdict, {one.payment: one.amount for one in proposal.links})
        for line, proposal in zip(lines, proposals, strict=True)
    }
    for number in ("900003", "77", "78", "79", "3"):
        assert got[number] == (MatchVerdict.NOT_CLIENT, {}), number
    assert got["107"] == (MatchVerdict.NONE, {})
    for number, expected in {
        "101": {"D1": "15000"},
        "102": {"D2": "20000"},
        "103": {"D3": "14000"},
        "104": {"D8": "100000", "D9": "50000"},
        "105": {"D10": "12345.67"},
        "106": {"D1": "15000"},
        "900001": {"D4": "15000", "D5": "22000", "D6": "8500"},
        "900002": {"D7": "30000"},
    }.items():
        assert got[number][1] == {deal: money(sum_) for deal, sum_ in expected.items()}, number
    fees = {line.number: one.fee.plain for line, one in zip(lines, proposals, strict=True)}
    assert (fees["900001"], fees["900002"]) == ("819.00", "0.00")

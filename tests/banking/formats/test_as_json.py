"""The printed document: keys of the command's contract, plain strings, nulls for the unknown."""

import json

from banking.formats.as_json import statement_json, statements_json
from banking.formats.read import read_statement
from tests.banking.samples import OURS, document, section, statement


def printed(*blocks):
    return statement_json(read_statement("a.txt", statement(*blocks).encode("cp1251")))


def test_a_statement_is_printed_with_plain_strings():
    shown = printed(section(sums=("0", "1500", "0", "1500")), document())
    assert {key: shown[key] for key in ("file", "format", "encoding", "documents", "verdict")} == {
        "file": "a.txt",
        "format": "1c",
        "encoding": "cp1251",
        "documents": 1,
        "verdict": "ok",
    }
    (account,) = shown["accounts"]
    assert account == {
        "account": OURS,
        "currency": "RUB",
        "opening": "0.00",
        "closing": "1500.00",
        "credited": "1500.00",
        "debited": "0.00",
        "documents_in": "1500.00",
        "documents_out": "0.00",
        "from": "2026-03-01",
        "to": "2026-03-31",
    }
    (line,) = shown["lines"]
    assert (line["line"], line["direction"], line["date"], line["amount"]) == (
        1,
        "in",
        "2026-03-02",
        "1500.00",
    )
    assert line["identity_version"] == 1


def test_what_the_file_does_not_give_is_null():
    account = printed(section(sums=("5", None, None, None)), document())["accounts"][0]
    assert (account["opening"], account["closing"], account["credited"]) == ("5.00", None, None)


def test_controls_and_problems_are_printed():
    shown = printed(section(sums=("0", "1600", "0", "1600")), document())
    bad = [control for control in shown["controls"] if not control["ok"]]
    assert [(one["name"], one["day"], one["difference"]) for one in bad] == [
        ("turnover", None, "100.00")
    ]
    refused = statement_json(read_statement("b", b"x"))
    assert (refused["format"], refused["lines"], refused["verdict"]) == (None, [], "refused")
    assert refused["problems"][0]["code"] == "not-a-statement"


def test_several_files_make_one_document():
    shown = statements_json([read_statement("b", b"x"), read_statement("c", b"")])
    assert [one["file"] for one in json.loads(json.dumps(shown))["files"]] == ["b", "c"]

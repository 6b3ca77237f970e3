"""Every sample beside the project, through the command, against the figures of its index."""

import json
import re
from collections import defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.app.command_room import Desk

SHARED = Path(__file__).resolve().parents[3] / "shared" / "statements"
# The outgoing orders and the files without an end are in the index with their contents.
REFUSED_1C = {
    "1c/zhar_remainings.txt",
    "1c/oebs_out_3.txt",
    "1c/oebs_out_5.txt",
    "1c/to_bank_nosection_type.txt",
}
MT940_ENTRY = re.compile(r"^:61:[0-9]{6}(?:[0-9]{4})?(R?[CD])[A-Z]?([0-9]+,[0-9]*)", re.MULTILINE)
SUM = r"([0-9]+(?:\.[0-9]+)?)"
EQUATION = re.compile(rf"{SUM} \+{SUM} -{SUM} = {SUM}")


@cache
def expected(kind: str) -> dict[str, Any]:
    file = SHARED / "open" / "expected.json"
    if not file.exists():
        pytest.skip(f"shared data not here: {file}")
    every = json.loads(file.read_text(encoding="utf-8"))
    return {name: facts for name, facts in every.items() if name.startswith(f"{kind}/")}


def printed(desk: Desk, path: Path) -> dict[str, Any]:
    if not path.exists():
        pytest.skip(f"shared data not here: {path}")
    done = desk.run("statement", path, "--json")
    (file,) = json.loads(done.out)["files"]
    assert done.status == (2 if file["verdict"] == "refused" else 0)
    assert (file["verdict"] == "refused") <= (not file["lines"] and bool(file["problems"]))
    result: dict[str, Any] = file
    return result


def plain(text: str | Decimal) -> str:
    return f"{Decimal(text):.2f}"


def figures(account: dict[str, Any], *keys: str) -> tuple[str, ...]:
    return tuple(account[key] for key in keys)


def failed(file: dict[str, Any], name: str) -> list[str]:
    return sorted(
        control["difference"]
        for control in file["controls"]
        if not control["ok"] and control["name"] == name
    )


def test_the_1c_samples_give_their_figures(desk: Desk) -> None:
    for name, facts in expected("1c").items():
        file = printed(desk, SHARED / "open" / name)
        assert (file["verdict"] == "refused") is (name in REFUSED_1C or "types" not in facts), name
        if "types" not in facts:
            continue
        read = (file["format"], file["version"], file["encoding"], file["documents"])
        assert read == ("1c", facts["version"], facts["encoding"], facts["documents"]), name
        accounts = {one["account"]: one for one in file["accounts"]}
        for number, totals in facts["totals"].items():
            keys = ("opening", "credited", "debited", "closing", "documents_in", "documents_out")
            stated = ("open", "cred", "deb", "close", "doc_in", "doc_out")
            assert figures(accounts[number], *keys) == tuple(plain(totals[key]) for key in stated)
        wrong = any(not (one["match"] and one["eq"]) for one in facts["totals"].values())
        reconciles = file["verdict"] in {"ok", "not-verifiable"}
        assert file["verdict"] == "refused" or reconciles is not wrong, name


def test_the_day_on_which_the_real_statement_is_short_is_named(desk: Desk) -> None:
    file = printed(desk, SHARED / "open" / "1c" / "sber_137442.txt")
    days = [
        (one["name"], one["day"], one["difference"])
        for one in file["controls"]
        if not one["ok"] and one["day"]
    ]
    assert days == [("turnover", "2024-07-03", "690.00")]


def reversals(path: Path) -> list[Decimal]:
    """RC sums of each statement: the index adds them to the credits, the banks take them off."""
    blocks = re.split(r"(?m)^(?=:20:)", path.read_bytes().decode("utf-8", errors="replace"))
    return [
        sum(
            (Decimal(f"{amount}0".replace(",", ".")) for sign, amount in MT940_ENTRY.findall(block)
             if sign == "RC"),
            Decimal(0),
        )
        for block in blocks[1:]
    ]  # fmt: skip


def test_the_mt940_samples_give_their_figures(desk: Desk) -> None:
    for name, facts in expected("mt940").items():
        path = SHARED / "open" / name
        file = printed(desk, path)
        statements = facts["statements"]
        read = (file["format"], file["documents"], len(file["lines"]))
        count = sum(one["n"] for one in statements)
        assert read == ("mt940", count, count), name
        accounts = {one["account"]: one for one in file["accounts"]}
        groups = defaultdict(list)
        wrong = []
        for one, back in zip(statements, reversals(path), strict=True):
            credit, debit = Decimal(one["credit"]) - back, Decimal(one["debit"]) + back
            opening, closing = Decimal(one["open"]), Decimal(one["close"])
            groups[one["account"].strip()].append((opening, credit, debit, closing))
            if opening + credit - debit != closing:
                wrong.append(plain(closing - opening - credit + debit))
        assert failed(file, "equation") == sorted(wrong), name
        assert (file["verdict"] == "ok") is (not wrong), name
        for number, pages in groups.items():
            keys = ("opening", "documents_in", "documents_out", "closing")
            came, went = sum(page[1] for page in pages), sum(page[2] for page in pages)
            stated = (pages[0][0], came, went, pages[-1][3])
            assert figures(accounts[number], *keys) == tuple(map(plain, stated)), name


def test_the_one_sample_where_the_index_is_wrong_reconciles_to_the_kopeck(desk: Desk) -> None:
    """RC takes a credit back: read so, all 26 statements of the bank's own sample add up."""
    file = printed(desk, SHARED / "open" / "mt940" / "sepa_mt9401.sta")
    assert len([one for one in file["controls"] if one["name"] == "equation"]) == 26
    assert file["verdict"] == "ok"


def test_the_camt053_samples_give_their_figures(desk: Desk) -> None:
    for name, facts in expected("camt053").items():
        file = printed(desk, SHARED / "open" / name)
        statements = facts["statements"]
        assert (file["verdict"] == "refused") is (not statements), name
        if not statements:
            continue
        (account,) = file["accounts"]
        first, last = statements[0], statements[-1]
        keys = ("opening", "documents_in", "documents_out", "closing")
        came = sum(Decimal(one["credit"]) for one in statements)
        went = sum(Decimal(one["debit"]) for one in statements)
        stated = (first["open"], came, went, last["close"])
        assert figures(account, *keys) == tuple(map(plain, stated)), name
        assert account["currency"] == first["currency"]
        assert file["documents"] == sum(one["entries"] for one in statements), name
        assert (file["verdict"] == "ok") is all(one["ok"] for one in statements), name
        differences = [
            plain(difference)
            for one in statements
            if (
                difference := Decimal(one["close"])
                - Decimal(one["open"])
                - Decimal(one["credit"])
                + Decimal(one["debit"])
            )
        ]
        assert failed(file, "equation") == sorted(differences), name


def test_the_belarusian_samples_give_their_figures(desk: Desk) -> None:
    for name, facts in expected("by_clientbank").items():
        file = printed(desk, SHARED / "open" / name)
        assert (file["format"], file["verdict"]) == ("by-clientbank", "ok"), name
        assert file["documents"] == facts["operations"], name
        (account,) = file["accounts"]
        for given, key in (("RestIn", "opening"), ("CrIn", "opening"), ("RestOut", "closing"),
                           ("CrOut", "closing")):  # fmt: skip
            assert facts[given] in {None, account[key]}, name


def test_ofx_is_refused_with_what_works(desk: Desk) -> None:
    for name in expected("ofx"):
        file = printed(desk, SHARED / "open" / name)
        assert (file["format"], file["verdict"]) == (None, "refused")
        assert re.search(r"OFX.*kl_to_1c\.txt.*MT940.*camt\.053", file["problems"][0]["text"])


def synthetic_rows() -> dict[str, str]:
    index = SHARED / "synthetic" / "INDEX.md"
    if not index.exists():
        pytest.skip(f"shared data not here: {index}")
    rows = (line.split("|") for line in index.read_text(encoding="utf-8").splitlines())
    return {
        name: row[3].strip()
        for row in rows
        if len(row) > 3
        for name in re.findall(r"syn_[^\s,|]+\.txt", row[1])
    }


def test_the_synthetic_samples_give_their_figures(desk: Desk) -> None:
    for name, said in synthetic_rows().items():
        file = printed(desk, SHARED / "synthetic" / name)
        assert file["verdict"] == ("refused" if "must be refused" in said else "ok"), name
        if found := re.match(r"([0-9]+) docs?\b", said):
            assert file["documents"] == int(found[1]), name
        if found := EQUATION.search(said):
            keys = ("opening", "documents_in", "documents_out", "closing")
            assert figures(file["accounts"][0], *keys) == tuple(map(plain, found.groups()))
        if found := re.search(rf"close {SUM}|docs, {SUM};", said):
            closing = found[1] or found[2]
            assert file["accounts"][0]["closing"] == plain(closing), name
        if found := re.search(rf"in {SUM}, (?:1 )?out {SUM}", said):
            keys = ("documents_in", "documents_out")
            assert figures(file["accounts"][0], *keys) == tuple(map(plain, found.groups())), name

"""Thousands of damaged statements: no traceback, no hang, and never a wrong sum called right.

KOPEYKA_LONG=1    10,000 copies of everything that lies here and beside the project
KOPEYKA_SEED=7    other damage; the seed is part of every failure
"""

import json
import os
import time
from collections import Counter
from decimal import Decimal

import pytest

from banking.formats.as_json import statement_json
from banking.formats.read import read_statement
from banking.formats.records import Direction, Verdict
from tests.banking import oracle
from tests.banking.mutations import Copy, damaged
from tests.banking.samples import OURS, OURS_TOO, SHARED, document, section, statement
from tests.banking.tables import CSV_SAMPLES, sber
from world.identity import seeded_chance

LONG = os.environ.get("KOPEYKA_LONG") == "1"
SEED = int(os.environ.get("KOPEYKA_SEED", "2026"))
COPIES = 10_000 if LONG else 1_500
HANG_S = 2.0
MT940 = """\
:20:STMT
:25:KZ86125KZT5004100100
:28C:1/1
:60F:C260301KZT1000,00
:61:2603020302C500,50NTRFREF1//B1
:86:Оплата по договору 12
:61:2603030303D100,00NTRFREF2//B2
:86:Комиссия
:62F:C260303KZT1400,50
-
"""
BY = """\
***** ^Type=4^ ^Acc=BY34ALFA30122000000000000001^  -  Выписка
^RestIn=3000.00^
^DocDate=10.06.2026^
^Num=1^
^Db=0.00^
^Credit=1840.00^
^Nazn=Оплата по договору^
^RestOut=4840.00^
########
"""
OWN = document("9", "700", out=True, ПолучательСчет=OURS_TOO)
TWO = statement(
    section(sums=("1000", "1500", "700", "1800")),
    section(sums=("0", "700", "0", "700"), account=OURS_TOO),
    document(),
    OWN,
    accounts=(OURS, OURS_TOO),
)
SMALL = {
    "1c": statement(section(), document()).encode("cp1251"),
    "1c-two-accounts": TWO.encode(),
    "mt940": MT940.encode("cp1251"),
    "by": BY.encode("cp1251"),
    "sber": sber(),
    **{name: text.encode() for name, text in CSV_SAMPLES.items()},
}


def corpus():
    """Every sample by name: those of this test and, when they are there, those beside it."""
    files = dict(SMALL)
    for folder in ("open", "synthetic"):
        found = sorted((SHARED / "statements" / folder).rglob("*"))
        files |= {
            path.name: path.read_bytes()
            for path in found
            if path.is_file() and path.suffix not in {".md", ".json", ".py"}
        }
    return files


@pytest.fixture(scope="module")
def originals():
    return {name: (data, read_statement(name, data)) for name, data in corpus().items()}


@pytest.mark.parametrize("part", range(10))
def test_damaged_copies_are_read_or_refused_and_never_believed_wrongly(originals, part):
    chance = seeded_chance(SEED * 10 + part)
    names = sorted(originals)
    seen = Counter()
    for number in range(COPIES // 10):
        name = names[(number * 10 + part) % len(names)]
        data, whole = originals[name]
        copy = damaged(data, chance)
        read = checked(f"{name} {copy.kind} seed {SEED} part {part} copy {number}", copy, whole)
        seen[read.verdict] += 1
    assert seen[Verdict.REFUSED]
    assert len(seen) > 1


def checked(label, copy, whole):
    """Read a copy and assert all that must hold whatever the damage."""
    began = time.process_time()
    read = read_statement("f", copy.data)
    json.dumps(statement_json(read))
    took = time.process_time() - began
    assert took < HANG_S, f"{label}: {took:.1f} s"
    if read.verdict is Verdict.REFUSED:
        assert not read.lines, label
        assert read.problems, label
        return read
    assert read.lines or read.problems or read.accounts, label
    assert_sums_are_those_of_the_lines(label, read)
    if read.verdict is Verdict.OK:
        assert_books_balance(label, read)
        assert_oracle_agrees(label, copy, read)
        if copy.is_cut and whole.format != "mt940":
            assert read.documents >= whole.documents, label
    return read


def assert_sums_are_those_of_the_lines(label, read):
    for account in read.accounts:
        moves = [move for move in read.moves if move.account == account.account]
        if not account.account:
            continue
        for direction, counted in (
            (Direction.IN, account.documents_in),
            (Direction.OUT, account.documents_out),
        ):
            # An account number may have pages in two currencies; its summary is of the first one.
            amounts = [move.amount for move in moves if move.direction is direction]
            found = sum(one.minor for one in amounts if one.currency is counted.currency)
            assert found == counted.minor, label
    positions = {line.line for line in read.lines}
    assert {move.line for move in read.moves} <= positions, label
    assert len(positions) <= read.documents, label


def assert_books_balance(label, read):
    for one in read.accounts:
        counted = one.documents_in.minor - one.documents_out.minor
        if one.opening is not None and one.closing is not None:
            assert one.opening.minor + counted == one.closing.minor, label
        if one.credited is not None and one.debited is not None:
            assert (one.credited, one.debited) == (one.documents_in, one.documents_out), label


def assert_oracle_agrees(label, copy, read):
    match read.format:
        case "1c":
            accounts = [one.account for one in read.accounts]
            gaps = oracle.onec(copy.data, read.encoding, accounts)
            assert gaps is None or not any(gaps.values()), f"{label}: {gaps}"
        case "mt940":
            gap = oracle.mt940(copy.data, read.encoding)
            assert gap in (None, Decimal(0)), f"{label}: {gap}"
        case "camt053":
            expected = oracle.camt053(copy.data)
            moves = [(move.direction, move.amount.minor) for move in read.moves]
            counted = sum(minor if way is Direction.IN else -minor for way, minor in moves)
            assert expected is None or expected * 100 == counted, label


def test_the_oracle_follows_the_originals(originals):
    followed = Counter()
    for name, (data, read) in originals.items():
        if read.verdict is not Verdict.OK:
            continue
        assert_oracle_agrees(name, Copy("original", data), read)
        accounts = [one.account for one in read.accounts]
        if read.format == "1c":
            followed["1c"] += oracle.onec(data, read.encoding, accounts) is not None
        if read.format == "mt940":
            followed["mt940"] += oracle.mt940(data, read.encoding) is not None
    assert followed["1c"] >= 2
    assert followed["mt940"] >= 1


def test_the_oracle_sees_a_kopeck():
    data = TWO.replace("Сумма=1500.00", "Сумма=1500.01").encode()
    assert oracle.onec(data, "utf-8", [OURS, OURS_TOO])[OURS] == Decimal("0.01")
    assert oracle.mt940(MT940.replace("500,50", "500,51").encode(), "utf-8") == Decimal("0.01")

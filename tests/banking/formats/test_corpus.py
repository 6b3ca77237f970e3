"""Real and synthetic samples that lie beside the project: figures as their index says."""

from collections import Counter

import pytest

from banking.formats.read import read_statement
from banking.formats.records import Direction, ProblemCode, Verdict
from tests.banking.samples import money, shared, shared_json


def read_open(name):
    return read_statement(name, shared("statements", "open", "1c", name).read_bytes())


def read_synthetic(name):
    return read_statement(name, shared("statements", "synthetic", name).read_bytes())


def expected_1c():
    every = shared_json("statements", "open", "expected.json")
    return {name: facts for name, facts in every.items() if name.startswith("1c/")}


def test_every_open_sample_gives_the_figures_of_its_index():
    for name, expected in expected_1c().items():
        read = read_open(name.removeprefix("1c/"))
        if "types" not in expected:
            assert read.verdict is Verdict.REFUSED, name
            continue
        assert read.documents == expected["documents"], name
        assert (read.version, read.encoding) == (expected["version"], expected["encoding"]), name
        shown = {one.account: one for one in read.accounts}
        for account, totals in expected["totals"].items():
            one = shown[account]
            assert (one.opening, one.credited, one.debited, one.closing) == tuple(
                money(totals[key]) for key in ("open", "cred", "deb", "close")
            ), name
            counted = (one.documents_in, one.documents_out)
            assert counted == (money(totals["doc_in"]), money(totals["doc_out"])), name


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("sber_137442.txt", Verdict.NOT_RECONCILED),
        ("unicredit_unknown_direction.txt", Verdict.OK),
        ("ozon_no_documents.txt", Verdict.NOT_RECONCILED),
        ("bankclient_zao_101.txt", Verdict.NOT_RECONCILED),
        ("zhar_documents.txt", Verdict.NOT_RECONCILED),
        ("zhar_general.txt", Verdict.REFUSED),
        ("zhar_remainings.txt", Verdict.REFUSED),
        ("zhar_wrong_format.txt", Verdict.REFUSED),
        ("modulbank_sandbox_101.txt", Verdict.NOT_VERIFIABLE),
        ("xini_sample1_all_fields.txt", Verdict.NOT_RECONCILED),
        ("bx_vypiska_1c.txt", Verdict.OK),
        ("oebs_out_3.txt", Verdict.REFUSED),
        ("oebs_out_5.txt", Verdict.REFUSED),
        ("to_bank_nosection_type.txt", Verdict.REFUSED),
        ("negative_invalid.txt", Verdict.REFUSED),
        ("negative_png_as_utf8.bin", Verdict.REFUSED),
    ],
)
def test_every_open_sample_has_its_verdict(name, verdict):
    assert read_open(name).verdict is verdict


def test_the_day_on_which_the_real_statement_is_short_is_named():
    read = read_open("sber_137442.txt")
    wrong = [one for one in read.controls if not one.ok and one.day]
    assert [(one.day.isoformat(), one.difference.plain) for one in wrong] == [
        ("2024-07-03", "690.00")
    ]
    assert len(read.lines) == 129


@pytest.mark.parametrize(
    ("name", "documents", "closing"),
    [
        ("syn_dos_cp866.txt", 2, "12499.50"),
        ("syn_utf8_bom.txt", 2, "12499.50"),
        ("syn_comma_nbsp_trailing_spaces.txt", 1, "1235567.89"),
        ("syn_multiline_purpose.txt", 3, "27500.00"),
        ("syn_two_accounts_own_transfer.txt", 1, "40000.00"),
        ("syn_kz_v2.txt", 2, "249500.50"),
        ("syn_match_statement.txt", 14, "936456.67"),
    ],
)
def test_every_synthetic_sample_reconciles(name, documents, closing):
    read = read_synthetic(name)
    assert (read.verdict, len(read.lines)) == (Verdict.OK, documents)
    assert read.accounts[0].closing.plain == closing


def test_two_encodings_of_one_statement_are_one():
    assert read_synthetic("syn_dos_cp866.txt").lines == read_synthetic("syn_utf8_bom.txt").lines


def test_overlapping_exports_make_four_operations_in_either_order_and_twice():
    first, second = (
        read_synthetic(name) for name in ("syn_overlap_a_01-11.txt", "syn_overlap_b_10-20.txt")
    )
    for order in ([first, second], [second, first], [first, second, first, second]):
        kept = {move.identity: move.amount for read in order for move in read.moves}
        assert len(kept) == 4
        assert sum(amount.minor for amount in kept.values()) == 1_180_000


def test_a_statement_cut_inside_a_document_brings_nothing():
    read = read_synthetic("syn_truncated.txt")
    assert (read.verdict, read.lines) == (Verdict.REFUSED, ())
    assert read.problems[0].code is ProblemCode.STRUCTURE_DAMAGED


def test_the_synthetic_own_transfer_is_neither_income_nor_expense():
    read = read_synthetic("syn_two_accounts_own_transfer.txt")
    assert [line.direction for line in read.lines] == [Direction.OWN]
    assert Counter(move.direction for move in read.moves) == {Direction.IN: 1, Direction.OUT: 1}

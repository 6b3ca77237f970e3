"""Whatever the bytes are, the answer is a statement or a plain refusal."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banking.formats.as_json import statements_json
from banking.formats.read import STATEMENT_BYTES_MAX, read_statement
from banking.formats.records import ProblemCode, Verdict
from tests.banking.samples import document, section, statement

WHOLE = statement(section(), document())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", ProblemCode.EMPTY_FILE),
        (b" \r\n\r\n", ProblemCode.EMPTY_FILE),
        (b"\xef\xbb\xbf", ProblemCode.EMPTY_FILE),
        (b"invalid", ProblemCode.NOT_A_STATEMENT),
        (b"%PDF-1.7 ...", ProblemCode.NOT_A_STATEMENT),
        (b"PK\x03\x04....", ProblemCode.ARCHIVE_DAMAGED),
        (b"1CClientBankExchanged\r\n", ProblemCode.NOT_A_STATEMENT),
        (("\ufffd" * 30 + "=1.02\n").encode(), ProblemCode.NOT_A_STATEMENT),
        (("1CClientBankExchange\n" + "\ufffd" * 9 + "=1.02\n").encode(), "encoding-destroyed"),
        (b"1CClientBankExchange\r\n????????=1.02\r\n", ProblemCode.ENCODING_DESTROYED),
        (statement().encode("cp1251"), ProblemCode.NOTHING_INSIDE),
        (statement(section(), document(), ended=False).encode("cp1251"), ProblemCode.TRUNCATED),
        ((WHOLE + WHOLE).encode("cp1251"), ProblemCode.SEVERAL_FILES),
    ],
)
def test_a_file_that_is_not_a_statement_is_refused_with_one_reason(data, code):
    read = read_statement("f.txt", data)
    assert read.verdict is Verdict.REFUSED
    assert [problem.code for problem in read.problems] == [code]
    assert read.lines == ()
    assert read.moves == ()


def test_a_file_above_the_limit_is_refused_before_it_is_decoded():
    read = read_statement("f.txt", WHOLE.encode() + b" " * STATEMENT_BYTES_MAX)
    assert read.problems[0].code is ProblemCode.TOO_LARGE
    assert "128 МБ" in read.problems[0].text


def test_a_refusal_says_what_would_work():
    read = read_statement("f.pdf", b"%PDF-1.7")
    assert "документ PDF" in read.problems[0].text
    assert "kl_to_1c.txt" in read.problems[0].text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"OFXHEADER:100\r\nDATA:OFXSGML\r\n<OFX>", "OFX"),
        (b'<?xml version="1.0"?><?OFX OFXHEADER="200"?><OFX/>', "OFX"),
        (b"<?xml version='1.0'?><Document><BkToCstmrAcctRpt/></Document>", "camt.052"),
        (b"<Document><BkToCstmrDbtCdtNtfctn/></Document>", "camt.054"),
    ],
)
def test_a_neighbour_of_a_known_format_is_told_apart(data, words):
    read = read_statement("f", data)
    assert [problem.code for problem in read.problems] == [ProblemCode.NOT_A_STATEMENT]
    assert words in read.problems[0].text
    assert "camt.053" in read.problems[0].text


def test_the_name_of_the_file_decides_nothing():
    assert read_statement("photo.png", WHOLE.encode("cp1251")).verdict is Verdict.OK


def test_blank_lines_and_blanks_around_the_first_line_are_forgiven():
    read = read_statement("f.txt", ("\r\n  " + WHOLE.replace("Exchange", "Exchange   ")).encode())
    assert read.verdict is Verdict.OK


@given(st.binary(max_size=400))
def test_no_bytes_at_all_make_it_raise(data):
    for start in (b"", b"1CClientBankExchange\r\n"):
        json.dumps(statements_json([read_statement("f", start + data)]))


@settings(max_examples=300)
@given(
    encoding=st.sampled_from(["cp1251", "cp866", "utf-8", "utf-16"]),
    place=st.floats(0, 1, exclude_max=True),
    cut=st.integers(0, 60),
    put=st.binary(max_size=12),
)
def test_no_damage_to_a_good_file_makes_it_raise(encoding, place, cut, put):
    data = WHOLE.encode(encoding, errors="replace")
    at = int(place * len(data))
    read = read_statement("f", data[:at] + put + data[at + cut :])
    json.dumps(statements_json([read]))
    if read.verdict is Verdict.REFUSED:
        assert not read.lines
        assert read.problems
    else:
        assert read.lines or read.problems or not read.documents

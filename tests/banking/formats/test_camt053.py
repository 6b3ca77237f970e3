"""camt.053: balances and turnovers are compared, entities are refused, versions differ little."""

import pytest

from banking.formats.camt053 import looks_like_camt053, read_camt053
from banking.formats.records import ProblemCode, Verdict
from tests.banking.formats.xml_samples import balance, document, entry, statement
from tests.banking.samples import OURS

VERSIONS = [f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{n:02d}" for n in (2, 3, 4, 8, 13)]


def read(text, encoding="utf-8"):
    return read_camt053("f.xml", text.encode(encoding))


def codes(result):
    return [problem.code for problem in result.problems]


@pytest.mark.parametrize("namespace", [*VERSIONS, ""])
def test_every_version_is_read_and_so_is_none(namespace):
    result = read(document(statement(entry()), namespace=namespace))
    assert (result.format, result.verdict, result.documents) == ("camt053", Verdict.OK, 1)
    assert result.version == (namespace.rpartition("xsd:")[2] or None)
    (account,) = result.accounts
    assert (account.account, account.stated_currency) == (OURS, "RUB")
    assert (account.opening.plain, account.closing.plain) == ("1000.00", "2500.00")


def test_a_prefixed_namespace_changes_nothing():
    text = document(statement(entry())).replace("xmlns=", "xmlns:n=")
    prefixed = text.replace("</", "</n:").replace("<", "<n:").replace("<n:/n:", "</n:")
    assert read(prefixed.replace("<n:?", "<?")).verdict is Verdict.OK


def test_what_does_not_add_up_is_told_with_the_difference():
    result = read(document(statement(entry(), closing="2600.00")))
    assert [(one.name, one.difference.plain) for one in result.controls if not one.ok] == [
        ("equation", "100.00")
    ]


def test_two_equal_entries_of_one_day_are_two():
    result = read(document(statement(entry(), entry(), closing="4000.00")))
    assert result.verdict is Verdict.OK
    assert len({line.identity for line in result.lines}) == 2


def test_a_debit_balance_is_below_zero_and_the_previous_closing_is_an_opening():
    text = document(statement(entry("1500.00"), closing="500.00"))
    owed = balance("PRCD", "1000.00", sign="DBIT")
    result = read(text.replace(balance("OPBD", "1000.00"), owed))
    assert result.accounts[0].opening.plain == "-1000.00"
    assert result.verdict is Verdict.OK


def test_the_opening_of_the_day_wins_over_the_previous_closing():
    text = document(statement(entry()))
    opening = balance("OPBD", "1000.00")
    result = read(text.replace(opening, balance("PRCD", "1.00") + opening))
    assert result.verdict is Verdict.OK


def test_statements_of_one_account_are_chained():
    second = statement(entry("500.00", "DBIT"), opening="2500.00", closing="2000.00")
    result = read(document(statement(entry()), second.replace("<Id>1</Id>", "<Id>2</Id>", 1)))
    assert result.verdict is Verdict.OK
    assert "chain" in {one.name for one in result.controls}
    assert result.accounts[0].closing.plain == "2000.00"


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("<TtlNtries><NbOfNtries>1</NbOfNtries></TtlNtries>", []),
        ("<TtlNtries><NbOfNtries>2</NbOfNtries></TtlNtries>", [ProblemCode.COUNT_DIFFERS]),
        ("<TtlCdtNtries><Sum>x</Sum></TtlCdtNtries>", [ProblemCode.BAD_BALANCE]),
    ],
)
def test_the_stated_number_of_entries_is_compared(summary, expected):
    result = read(document(statement(entry(), more=f"<TxsSummry>{summary}</TxsSummry>")))
    assert codes(result) == expected
    assert (result.verdict is Verdict.OK) is (not expected)


def test_stated_turnovers_are_compared():
    sums = (
        "<TtlCdtNtries><Sum>1600.0</Sum></TtlCdtNtries><TtlDbtNtries><Sum>0</Sum></TtlDbtNtries>"
    )
    result = read(document(statement(entry(), more=f"<TxsSummry>{sums}</TxsSummry>")))
    wrong = {(one.name, one.difference.plain) for one in result.controls if not one.ok}
    assert wrong == {("turnover", "100.00"), ("equation", "-100.00")}


@pytest.mark.parametrize(("kind", "which"), [("OPBD", "на начало"), ("CLBD", "на конец")])
def test_a_missing_balance_is_named(kind, which):
    result = read(document(statement(entry())).replace(kind, "ITBD"))
    assert codes(result) == [ProblemCode.BALANCE_MISSING, ProblemCode.NO_CONTROL]
    assert which in result.problems[0].text
    assert result.verdict is Verdict.NOT_RECONCILED


def test_a_balance_in_another_currency_is_named():
    text = document(statement(entry()))
    closing = balance("CLBD", "2500.00")
    result = read(text.replace(closing, balance("CLBD", "2500.00", currency="SEK")))
    assert codes(result) == [ProblemCode.BAD_BALANCE]
    assert "2500.00 SEK" in result.problems[0].text


def test_a_statement_without_account_or_currency_is_left_out_by_name():
    no_account = statement(entry(), account="")
    unknown = statement(entry(), account="1").replace('"RUB"', '"ZZZ"')
    result = read(document(no_account, unknown, statement(entry())))
    assert codes(result) == [ProblemCode.SECTION_WITHOUT_ACCOUNT, ProblemCode.CURRENCY_UNKNOWN]
    assert (result.documents, [line.line for line in result.lines]) == (3, [3])
    assert result.verdict is Verdict.NOT_RECONCILED


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (document(statement(entry()))[:-30], ProblemCode.TRUNCATED),
        (document(), ProblemCode.NOTHING_INSIDE),
        (document(statement(entry())) * 2, ProblemCode.TRUNCATED),
        (
            document(statement(entry()), prefix='<!DOCTYPE D [<!ENTITY a "7">]>'),
            ProblemCode.XML_ENTITIES,
        ),
        (
            document(statement(entry()), prefix='<!DOCTYPE D SYSTEM "file:///etc/passwd">'),
            ProblemCode.XML_ENTITIES,
        ),
    ],
)
def test_what_is_not_whole_or_not_safe_is_refused(text, code):
    result = read(text)
    assert (result.verdict, result.lines, codes(result)) == (Verdict.REFUSED, (), [code])


def test_entities_are_seen_in_wide_letters_too():
    text = document(statement(entry()), prefix='<!DOCTYPE D [<!ENTITY a "7">]>')
    assert codes(read(text.replace("UTF-8", "UTF-16"), "utf-16")) == [ProblemCode.XML_ENTITIES]


def test_bytes_in_another_encoding_than_declared_are_still_read():
    (line,) = read(document(statement(entry())), "cp1251").lines
    assert line.purpose == "Договор 12-А"


@pytest.mark.parametrize(
    ("data", "is_one"),
    [
        (document().encode(), True),
        (b"\xef\xbb\xbf" + document().encode(), True),
        (document().replace("UTF-8", "UTF-16").encode("utf-16"), True),
        (b"<?xml version='1.0'?><Document><BkToCstmrAcctRpt/></Document>", False),
        (b"about camt.053", False),
    ],
)
def test_the_format_is_recognised_by_its_first_elements(data, is_one):
    assert looks_like_camt053(data) is is_one

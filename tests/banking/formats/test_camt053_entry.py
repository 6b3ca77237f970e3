"""One entry: its day, its sides, its batch; a bad one is named and the others are read."""

from datetime import date

import pytest

from banking.formats.camt053 import read_camt053
from banking.formats.records import Direction, ProblemCode, Verdict
from tests.banking.formats.xml_samples import amount, document, entry, payment, statement
from tests.banking.samples import CLIENT_INN, THEIRS


def read(*entries, **parts):
    return read_camt053("f.xml", document(statement(*entries, **parts)).encode())


def only(made):
    (line,) = read(made).lines
    return line


def test_an_entry_is_read_with_all_that_the_bank_says():
    line = only(entry(more="<AcctSvcrRef>B1</AcctSvcrRef>"))
    assert (line.direction, line.day) == (Direction.IN, date(2026, 3, 2))
    assert (line.number, line.bank_reference) == ("7", "B1")
    assert (line.counterparty, line.counterparty_account) == ("ООО Василёк", THEIRS)
    assert (line.purpose, line.details) == ("Договор 12-А", ())


def test_money_out_goes_to_the_creditor():
    text = payment().replace("Dbtr", "Cdtr")
    line = only(entry("500.00", "DBIT", details=text))
    assert (line.direction, line.counterparty) == (Direction.OUT, "ООО Василёк")


def test_a_reversal_goes_the_way_it_says():
    line = only(entry("500.00", "DBIT", more="<RvslInd>true</RvslInd>"))
    assert line.direction is Direction.OUT


@pytest.mark.parametrize(
    ("changed", "into"),
    [
        ("<Dbtr><Nm>ООО Василёк</Nm></Dbtr>", "<Dbtr><Pty><Nm>ООО Василёк</Nm></Pty></Dbtr>"),
        ("<Sts>BOOK</Sts>", "<Sts><Cd>BOOK</Cd></Sts>"),
        ("<BookgDt><Dt>2026-03-02</Dt></BookgDt>", "<ValDt><Dt>2026-03-02</Dt></ValDt>"),
        ("<Dt>2026-03-02</Dt></BookgDt>", "<DtTm>2026-03-02T10:00:00+03:00</DtTm></BookgDt>"),
        (">1500.00<", ">1500.000<"),
        (">1500.00<", ">1500<"),
    ],
)
def test_versions_and_banks_write_it_differently(changed, into):
    made = entry()
    assert changed in made
    assert only(made.replace(changed, into, 1)) == only(made)


def test_a_batch_is_one_movement_and_keeps_its_payments():
    parts = [
        payment("1", amount("1000.00"), "Договор 1", "А", "11"),
        payment("2", f"<AmtDtls><TxAmt>{amount('500.00')}</TxAmt></AmtDtls>", "Договор 2", "Б"),
    ]
    result = read(entry(details="".join(parts)))
    assert (result.verdict, result.documents) == (Verdict.OK, 1)
    (line,) = result.lines
    assert (line.amount.plain, line.purpose) == ("1500.00", "Договор 1; Договор 2")
    assert (line.counterparty, line.counterparty_account) == ("", "")
    assert [(one.amount.plain, one.number, one.counterparty) for one in line.details] == [
        ("1000.00", "1", "А"),
        ("500.00", "2", "Б"),
    ]


def test_an_entry_that_is_not_booked_moves_nothing_and_spoils_nothing():
    result = read(entry(), entry("9.00", status="PDNG"))
    assert [problem.code for problem in result.problems] == [ProblemCode.NOT_BOOKED]
    assert (result.verdict, len(result.lines)) == (Verdict.OK, 1)


@pytest.mark.parametrize(
    ("changed", "into", "code"),
    [
        (">9.00<", ">9.005<", ProblemCode.BAD_AMOUNT),
        (">9.00<", ">-9.00<", ProblemCode.BAD_AMOUNT),
        (">9.00<", "><", ProblemCode.BAD_AMOUNT),
        ('"RUB"', '"USD"', ProblemCode.BAD_AMOUNT),
        ("CRDT", "CREDIT", ProblemCode.DIRECTION_UNKNOWN),
        ("2026-03-02", "2026-02-30", ProblemCode.BAD_DATE),
        ("<BookgDt><Dt>2026-03-02</Dt></BookgDt>", "", ProblemCode.NO_DATE),
    ],
)
def test_one_bad_entry_is_named_and_the_others_are_read(changed, into, code):
    bad = entry("9.00")
    assert changed in bad
    result = read(bad.replace(changed, into), entry())
    assert [problem.code for problem in result.problems] == [code]
    assert [(line.line, line.amount.plain) for line in result.lines] == [(2, "1500.00")]
    assert result.verdict is Verdict.NOT_RECONCILED


def test_structured_references_make_a_purpose():
    made = entry().replace(
        "<Ustrd>Договор 12-А</Ustrd>",
        "<Strd><CdtrRefInf><Ref>RF18</Ref></CdtrRefInf></Strd>",
    )
    assert only(made).purpose == "RF18"


def test_the_text_of_the_entry_stands_in_for_that_of_the_payment():
    line = only(entry(details="", more="<AddtlNtryInf>Комиссия</AddtlNtryInf>"))
    assert (line.purpose, line.number) == ("Комиссия", "")


def test_an_inn_is_taken_from_the_identifications_of_the_party():
    identified = f"<Id><OrgId><Othr><Id>{CLIENT_INN}</Id></Othr></OrgId></Id></Dbtr>"
    assert only(entry().replace("</Dbtr>", identified)).inn == CLIENT_INN

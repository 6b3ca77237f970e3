"""Direction from accounts, day from the right side, bad documents left out by name."""

from datetime import date

import pytest

from banking.formats.read import read_statement
from banking.formats.records import Direction, ProblemCode, Verdict
from tests.banking.samples import OURS, THEIRS, document, section, statement


def read(*blocks, own=(), accounts=(OURS,)):
    return read_statement("f", statement(*blocks, accounts=accounts).encode(), own)


def direction_of(doc, **kwargs):
    (line,) = read(section(), doc, **kwargs).lines
    return line.direction, line.account, line.counterparty_account


def test_the_account_decides_even_when_the_dates_say_otherwise():
    doc = document(ДатаСписано="02.03.2026", ДатаПоступило=None)
    assert direction_of(doc) == (Direction.IN, OURS, THEIRS)


def test_indirect_settlement_is_seen_through_the_real_account():
    doc = document(out=True, ПлательщикСчет="30102810900000000001", ПлательщикРасчСчет=OURS)
    assert direction_of(doc) == (Direction.OUT, OURS, THEIRS)


def test_blanks_in_accounts_do_not_matter():
    spaced = f"{OURS[:5]} {OURS[5:8]} {OURS[8:]}"
    assert direction_of(document(ПолучательСчет=spaced))[0] is Direction.IN


def test_a_masked_own_account_is_ours():
    assert direction_of(document(ПолучательСчет=OURS[:16] + "****")) == (
        Direction.IN,
        OURS,
        THEIRS,
    )


def test_a_configured_account_is_ours_too():
    other = "40702810900000000999"
    doc = document(ПолучательСчет=other)
    assert direction_of(doc, own=[other]) == (Direction.IN, other, THEIRS)


@pytest.mark.parametrize(
    ("spent", "arrived", "expected"),
    [("02.03.2026", "", Direction.OUT), ("", "02.03.2026", Direction.IN)],
)
def test_where_no_account_is_ours_the_only_date_decides_and_it_is_told(spent, arrived, expected):
    doc = document(
        ПлательщикСчет="1" * 20, ПолучательСчет="2" * 20, ДатаСписано=spent, ДатаПоступило=arrived
    )
    result = read(section(sums=("0", "0", "0", "0")), doc)
    assert [line.direction for line in result.lines] == [expected]
    assert ProblemCode.FOREIGN_ACCOUNT in [problem.code for problem in result.problems]


@pytest.mark.parametrize("hidden", ["30102810900000000001", "", "4" * 12 + "*" * 8])
def test_where_the_bank_hides_our_account_the_only_one_of_the_file_is_meant(hidden):
    result = read(section(), document(ПолучательСчет=hidden))
    assert [line.account for line in result.lines] == [OURS]
    assert result.verdict is Verdict.OK


def test_where_the_bank_hides_one_of_two_accounts_a_person_must_say_which():
    both = read(section(), document(ПолучательСчет=""), accounts=(OURS, OURS[:-1] + "9"))
    assert [problem.code for problem in both.problems] == [ProblemCode.DIRECTION_UNKNOWN]


@pytest.mark.parametrize(
    ("key", "expected"), [("СуммаПриход", Direction.IN), ("СуммаРасход", Direction.OUT)]
)
def test_a_direction_stated_by_the_key_is_believed_without_an_account(key, expected):
    doc = document(
        Сумма=None, ПлательщикСчет="1" * 20, ПолучательСчет="2" * 20, ДатаСписано="02.03.2026"
    )
    doc.insert(1, f"{key}=1500")
    (line,) = read(section(), doc).lines
    assert line.direction is expected


@pytest.mark.parametrize(
    ("changes", "day"),
    [
        ({"ДатаПоступило": "05.03.2026", "ДатаСписано": "03.03.2026"}, date(2026, 3, 5)),
        ({"ДатаПоступило": "", "ДатаСписано": "03.03.2026"}, date(2026, 3, 3)),
        ({"ДатаПоступило": None, "ДатаСписано": None}, date(2026, 3, 2)),
    ],
)
def test_an_incoming_document_moves_on_the_day_it_arrived(changes, day):
    (line,) = read(section(), document(**changes)).lines
    assert line.day == day


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"Сумма": "12..5"}, ProblemCode.BAD_AMOUNT),
        ({"Сумма": ""}, ProblemCode.BAD_AMOUNT),
        ({"Сумма": "-5"}, ProblemCode.BAD_AMOUNT),
        ({"Сумма": "1.500"}, ProblemCode.BAD_AMOUNT),
        ({"ДатаПоступило": "31.02.2026"}, ProblemCode.BAD_DATE),
        ({"Дата": "99.99.2026"}, ProblemCode.BAD_DATE),
        ({"Дата": "", "ДатаПоступило": ""}, ProblemCode.NO_DATE),
        ({"ПолучательСчет": "2" * 20, "ДатаСписано": "02.03.2026"}, "direction-unknown"),
        ({"ПолучательСчет": "40702826900000000101"}, ProblemCode.CURRENCY_UNKNOWN),
    ],
)
def test_a_bad_document_is_left_out_by_name_and_the_rest_loads(changes, code):
    result = read(section(sums=("0", "3000", "0", "3000")), document(), document("13", **changes))
    assert [line.number for line in result.lines] == ["7"]
    assert result.documents == 2
    (problem,) = result.problems
    assert problem.code == code
    assert problem.line == 31
    assert result.verdict is Verdict.NOT_RECONCILED


def test_the_left_out_document_keeps_its_place_in_the_count():
    result = read(section(), document(amount="x"), document("8"))
    assert [(line.line, line.number) for line in result.lines] == [(2, "8")]


def test_a_zero_document_moves_nothing_and_spoils_nothing():
    result = read(section(), document(), document("8", amount="0.00"))
    assert [problem.code for problem in result.problems] == [ProblemCode.ZERO_AMOUNT]
    assert result.verdict is Verdict.OK


@pytest.mark.parametrize("kind", ["Банковский ордер", "-прочее", "СБП", ""])
def test_no_type_of_document_is_filtered(kind):
    doc = document()
    doc[0] = f"СекцияДокумент={kind}"
    (line,) = read(section(), doc).lines
    assert line.document_type == kind


def test_the_other_side_is_described_by_its_clean_fields():
    doc = document(Плательщик1=None, Плательщик='ИНН 7707083893 ООО "Василёк"')
    (line,) = read(section(), doc).lines
    assert (line.counterparty, line.inn) == ('ООО "Василёк"', "7707083893")

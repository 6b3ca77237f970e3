"""Tables of banks: what is read, what is named, and what is never guessed."""

import pytest
from openpyxl import Workbook

from banking.formats.read import read_statement
from banking.formats.records import Direction, ProblemCode, Verdict
from banking.formats.tables.profile import Profile, profile_from
from tests.banking.samples import OURS, OURS_TOO, THEIRS
from tests.banking.tables import (
    ALFA,
    BCC,
    DIRECTION,
    JUSAN,
    PRIVAT24,
    TBANK_1,
    TBANK_2,
    saved,
    sber,
)


def read(text, own=(), encoding="utf-8"):
    return read_statement("f", text.encode(encoding) if isinstance(text, str) else text, own)


def shown(statement):
    return [(line.direction.value, line.amount.plain, line.purpose) for line in statement.lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_a_table_with_totals_is_reconciled_in_every_encoding(encoding):
    statement = read(ALFA, encoding=encoding)
    assert (statement.format, statement.verdict) == ("csv", Verdict.OK)
    assert shown(statement) == [
        ("out", "22500.00", "Перевод по СБП"),
        ("in", "154000.50", "Внутрибанковский перевод"),
    ]
    account = statement.accounts[0]
    assert (account.account, account.opening.plain, account.closing.plain) == (
        OURS,
        "10000.00",
        "141500.50",
    )
    assert (account.first_day.isoformat(), account.last_day.isoformat()) == (
        "2026-05-01",
        "2026-05-31",
    )


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_the_delimiter_is_found(delimiter):
    rows = [f'"{cell}"' for cell in DIRECTION.replace("\n", ";\n;").split(";")]
    text = delimiter.join(rows).replace(f'{delimiter}"\n"{delimiter}', "\n")
    assert shown(read(text)) == shown(read(DIRECTION))
    assert len(read(text).lines) == 2


@pytest.mark.parametrize("text", [TBANK_1, TBANK_2])
def test_both_generations_of_one_bank_give_the_same_lines(text):
    statement = read(text)
    first, second = statement.lines
    assert statement.verdict is Verdict.NOT_VERIFIABLE
    assert (first.account, first.direction, first.amount.plain) == (OURS, "in", "15000.00")
    assert (first.counterparty, first.inn) == ('ООО "Василёк" СПб', "7707083893")
    assert first.counterparty_account == THEIRS
    assert (second.direction, second.amount.plain) == ("out", "1234.50")
    assert second.counterparty == "АО Поставка"
    assert [move.account for move in statement.moves] == [OURS, OURS]


def test_the_two_generations_give_the_same_identities():
    identities = [[line.identity for line in read(one).lines] for one in (TBANK_1, TBANK_2)]
    assert identities[0] == identities[1]


def test_the_workbook_of_sber_is_reconciled_by_its_own_totals():
    statement = read(sber())
    assert (statement.format, statement.verdict) == ("xlsx", Verdict.OK)
    out, into = statement.lines
    assert (out.direction, out.amount.plain, out.number) == ("out", "100.10", "17")
    assert (out.counterparty, out.inn) == ('ООО "Василёк"', "7707083893")
    assert (into.direction, into.amount.plain, into.day.isoformat()) == (
        "in",
        "1000.00",
        "2026-01-06",
    )
    account = statement.accounts[0]
    assert [account.opening.plain, account.credited.plain, account.debited.plain] == [
        "500.00",
        "1000.00",
        "100.10",
    ]


@pytest.mark.parametrize(
    ("change", "control"),
    [({"I23": "1 000,01"}, "turnover"), ({"I24": 1400}, "equation"), ({"I22": 501}, "equation")],
)
def test_totals_that_disagree_are_said(change, control):
    statement = read(sber(**change))
    assert statement.verdict is Verdict.NOT_RECONCILED
    assert control in [one.name for one in statement.controls if not one.ok]


def test_another_number_of_documents_than_the_bank_states_is_said():
    statement = read(sber(I21=2))
    assert [one.code for one in statement.problems] == [ProblemCode.COUNT_DIFFERS]
    assert statement.verdict is Verdict.NOT_RECONCILED


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("100,5,0", ProblemCode.BAD_AMOUNT),
        (12.345, ProblemCode.BAD_AMOUNT),
        (-5, ProblemCode.BAD_AMOUNT),
        (1e21, ProblemCode.BAD_AMOUNT),
        ("сто", ProblemCode.BAD_AMOUNT),
    ],
)
def test_a_sum_that_cannot_be_read_is_named_with_its_row_and_hides_nothing_else(cell, code):
    bad = ("05.01.2026", OURS, THEIRS, cell, None, 17, "Аренда")
    good = ("06.01.2026", THEIRS, OURS, None, 1000, 18, "Оплата")
    statement = read(sber(rows=(bad, good)))
    assert (statement.problems[0].line, statement.problems[0].code) == (12, code)
    assert (statement.documents, len(statement.lines)) == (2, 1)
    assert statement.verdict is Verdict.NOT_RECONCILED


@pytest.mark.parametrize(
    ("was", "becomes", "code"),
    [
        ("02.03.2026", "32.03.2026", ProblemCode.BAD_DATE),
        ("02.03.2026", "", ProblemCode.NO_DATE),
        ("Credit", "Возврат", ProblemCode.BAD_ROW),
        ("15000,00", "-15000,00", ProblemCode.BAD_AMOUNT),
        ("15000,00", "", ProblemCode.BAD_AMOUNT),
        ("15000,00", "15;000,00", ProblemCode.BAD_ROW),
        (f"{OURS};T-1", "4.07028E+19;T-1", ProblemCode.BAD_ROW),
        (";17\n", "\n", ProblemCode.BAD_ROW),
    ],
)
def test_a_row_that_cannot_be_trusted_is_left_out_and_named(was, becomes, code):
    statement = read(TBANK_1.replace(was, becomes, 1))
    left_out = [one for one in statement.problems if one.line == 2]
    assert [one.code for one in left_out] == [code]
    assert [line.number for line in statement.lines] == ["18"]
    assert statement.verdict is Verdict.NOT_RECONCILED


def test_money_that_did_not_move_yet_is_no_line_and_no_error():
    statement = read(TBANK_1.replace("Credit;;", "Credit;Authorization;"))
    assert [one.code for one in statement.problems] == [
        ProblemCode.NO_CONTROL,
        ProblemCode.NOT_BOOKED,
    ]
    assert len(statement.lines) == 1
    assert statement.verdict is Verdict.NOT_VERIFIABLE


def test_without_an_account_the_lines_are_shown_and_nothing_moves():
    statement = read(DIRECTION)
    assert shown(statement) == [
        ("in", "5000.00", "Перевод по QR-коду"),
        ("out", "900.00", "Комиссия банка"),
    ]
    assert statement.moves == ()
    assert statement.problems[0].code is ProblemCode.ACCOUNT_UNKNOWN


@pytest.mark.parametrize("text", [ALFA.replace(OURS, ""), DIRECTION, PRIVAT24, JUSAN, BCC])
def test_the_advice_to_write_the_account_into_the_first_line_helps(text):
    assert read(text).problems[0].code is ProblemCode.ACCOUNT_UNKNOWN
    helped = read(f"Номер счета;{OURS}\n{text}")
    assert {move.account for move in helped.moves} == {OURS}


def test_the_only_account_of_the_settings_is_taken_and_said():
    statement = read(DIRECTION, own=[OURS])
    assert {move.account for move in statement.moves} == {OURS}
    assert statement.problems[0].code is ProblemCode.ACCOUNT_ASSUMED
    assert read(DIRECTION, own=[OURS, OURS_TOO]).moves == ()


def test_one_column_alone_says_its_sign_by_its_name():
    assert shown(read(JUSAN)) == [("out", "30000.00", "")]
    assert shown(read(BCC)) == [("in", "50000.00", "")]
    assert read(BCC).lines[0].amount.currency == "KZT"


def test_hryvnias_are_hryvnias():
    statement = read(PRIVAT24)
    assert shown(statement)[0] == ("out", "1000.00", "Видача готівки")
    assert {line.amount.currency.value for line in statement.lines} == {"UAH"}


def test_an_own_transfer_stands_once_on_each_account():
    row = f"{OURS};T-3;Debit;;04.03.2026;500,00;Мы;;{OURS_TOO};Перевод;19\n"
    twin = f"{OURS_TOO};T-4;Credit;;04.03.2026;500,00;Мы;;{OURS};Перевод;19\n"
    statement = read(TBANK_1 + row + twin)
    moves = [(move.account, move.direction) for move in statement.moves if move.own_transfer]
    assert moves == [(OURS, Direction.OUT), (OURS_TOO, Direction.IN)]
    assert {(line.account, line.counterparty_account) for line in statement.lines[2:]} == {
        (OURS, OURS_TOO)
    }


def test_headings_without_a_profile_are_refused_with_their_names():
    statement = read("Дата;Дебет;Кредит;Текст\n01.03.2026;100,00;;Оплата\n")
    assert (statement.verdict, statement.lines) == (Verdict.REFUSED, ())
    assert statement.problems[0].code is ProblemCode.NO_PROFILE
    assert "Дебет; Кредит" in statement.problems[0].text


def test_a_profile_of_the_user_reads_what_no_packaged_one_does():
    profile = profile_from("mine.toml", MINE)
    assert isinstance(profile, Profile)
    text = f"Konto;{OURS};;\nTag;Soll;Haben;Text\n2026/03/01;100.00;;Rent\n"
    statement = read_statement("f", text.encode(), (), [profile])
    assert shown(statement) == [("out", "100.00", "Rent")]
    assert statement.lines[0].account == OURS


MINE = """
name = "Meine Bank"
sign = "columns"
dates = ["yyyy/mm/dd"]
[needed]
date = ["Tag"]
debit = ["Soll"]
credit = ["Haben"]
purpose = ["Text"]
[facts]
account = ["Konto"]
"""


def test_a_quote_that_is_never_closed_hides_no_row():
    statement = read(TBANK_1.replace('"ООО ""Василёк"" СПб"', '"ООО Василёк'))
    assert [line.number for line in statement.lines] == ["17", "18"]


def test_one_account_in_two_currencies_is_not_added_up():
    statement = read(TBANK_2.replace(";643;Расход", ";840;Расход"))
    assert [line.number for line in statement.lines] == ["17"]
    assert ProblemCode.BAD_ROW in [one.code for one in statement.problems]


def test_a_workbook_without_a_statement_is_refused():
    book = Workbook()
    book.active["A1"] = "Привет"
    assert read(saved(book)).problems[0].code is ProblemCode.NO_PROFILE
    assert read(saved(book)[:-100]).verdict is Verdict.REFUSED


def test_a_table_with_headings_only_is_refused():
    assert read(TBANK_1.split("\n")[0]).problems[0].code is ProblemCode.NOTHING_INSIDE


def test_headings_repeated_on_every_page_are_not_documents():
    head, *rows = DIRECTION.splitlines()
    statement = read("\n".join([head, rows[0], head, rows[1]]))
    assert statement.documents == 2

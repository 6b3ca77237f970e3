"""MT940: balances chain, reversals turn round, a bad line is named, a cut file is refused."""

from datetime import date

import pytest

from banking.formats.mt940_file import looks_like_mt940, read_mt940
from banking.formats.records import Direction, ProblemCode, Verdict
from tests.banking.samples import OURS, OURS_TOO, THEIRS

HEAD = (":20:REF1", f":25:{OURS}", ":28C:1/1")
OPENING, CLOSING = ":60F:C260301RUB1000,00", ":62F:C260302RUB2500,00"
CAME = (":61:2603020302C1500,00NTRF7//BANK1", f":86:166?00IN?20Dogovor 12-A?31{THEIRS}?32OOO V")


def text(*lines, opening=OPENING, closing=CLOSING, head=HEAD):
    return "\r\n".join([*head, opening, *lines, closing, "-"]) + "\r\n"


def read(*lines, **parts):
    return read_mt940("f.sta", text(*lines, **parts).encode())


def codes(result):
    return [problem.code for problem in result.problems]


def test_a_movement_is_read_with_all_that_the_bank_says():
    result = read(*CAME)

    assert (result.format, result.verdict, result.documents) == ("mt940", Verdict.OK, 1)
    (line,) = result.lines
    assert (line.account, line.direction, line.day) == (OURS, Direction.IN, date(2026, 3, 2))
    assert (line.amount.plain, line.number, line.bank_reference) == ("1500.00", "7", "BANK1")
    assert (line.counterparty, line.counterparty_account) == ("OOO V", THEIRS)
    assert (line.purpose, line.document_type) == ("Dogovor 12-A", "IN")
    (account,) = result.accounts
    assert (account.opening.plain, account.closing.plain) == ("1000.00", "2500.00")
    assert (account.first_day, account.last_day) == (date(2026, 3, 2), date(2026, 3, 2))
    assert account.credited is None


@pytest.mark.parametrize(
    ("mark", "closing", "direction"),
    [
        ("C", "2500", Direction.IN),
        ("RD", "2500", Direction.IN),
        ("CR", "2500", Direction.IN),
        ("D", "D500", Direction.OUT),
        ("RC", "D500", Direction.OUT),
        ("RCR", "D500", Direction.OUT),
    ],
)
def test_a_reversal_goes_the_other_way_and_a_debit_balance_is_below_zero(mark, closing, direction):
    sign, amount = ("D", closing[1:]) if closing[0] == "D" else ("C", closing)
    result = read(f":61:260302{mark}1500,NTRF7", closing=f":62F:{sign}260302RUB{amount},00")
    assert [line.direction for line in result.lines] == [direction]
    assert result.verdict is Verdict.OK


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (":61:2603XX0302C1500,00NTRF7", ProblemCode.BAD_LINE),
        (":61:260302X1500,00NTRF7", ProblemCode.BAD_LINE),
        (":61:260302C15,0,0NTRF7", ProblemCode.BAD_AMOUNT),
        (":61:260302C1500,005NTRF7", ProblemCode.BAD_AMOUNT),
        (":61:260230C1500,00NTRF7", ProblemCode.BAD_DATE),
        (":61:2603020230C1500,00NTRF7", ProblemCode.BAD_DATE),
    ],
)
def test_one_bad_line_is_named_and_the_others_are_read(line, code):
    result = read(line, *CAME)
    assert [one.number for one in result.lines] == ["7"]
    assert (result.documents, result.lines[0].line) == (2, 2)
    (problem,) = result.problems
    assert (problem.code, problem.line) == (code, 5)
    assert result.verdict is Verdict.NOT_RECONCILED


def test_a_line_without_a_type_is_not_lost():
    result = read(":61:260302C700,00", ":61:260302C800,00")
    assert [line.amount.plain for line in result.lines] == ["700.00", "800.00"]
    assert result.verdict is Verdict.OK


def test_a_zero_movement_spoils_nothing():
    assert codes(read(":61:260302C0,00NTRF1", *CAME)) == [ProblemCode.ZERO_AMOUNT]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("2601011231", date(2025, 12, 31)),
        ("2512310102", date(2026, 1, 2)),
        ("260302", date(2026, 3, 2)),
        ("260302    ", date(2026, 3, 2)),
    ],
)
def test_the_day_of_entry_is_in_the_year_nearest_to_the_day_of_value(days, expected):
    assert [line.day for line in read(f":61:{days}C1500,00NTRF7").lines] == [expected]


def test_what_does_not_add_up_is_told_with_the_difference():
    result = read(*CAME, closing=":62F:C260302RUB2600,00")
    wrong = [(one.name, one.difference.plain) for one in result.controls if not one.ok]
    assert wrong == [("equation", "100.00")]
    assert result.verdict is Verdict.NOT_RECONCILED


def test_pages_and_days_of_one_account_are_chained():
    first = text(*CAME, closing=":62M:C260302RUB2500,00")
    second = text(
        ":61:260303D500,00NTRF8",
        opening=":60M:C260302RUB2500,00",
        closing=":62F:C260303RUB2000,00",
        head=(":20:REF2", *HEAD[1:]),
    )
    result = read_mt940("f", (first + second).encode())
    assert (result.verdict, len(result.accounts)) == (Verdict.OK, 1)
    (account,) = result.accounts
    assert (account.opening.plain, account.closing.plain) == ("1000.00", "2000.00")
    assert [one.name for one in result.controls] == ["equation", "equation", "chain"]
    gap = read_mt940("f", (first + second.replace("2500,00", "2400,00")).encode())
    assert "chain" in {one.name for one in gap.controls if not one.ok}


def test_pages_under_one_reference_are_pages_too():
    turn = (":62M:C260302RUB2500,00", ":60M:C260302RUB2500,00")
    result = read(*CAME, *turn, ":61:260302D500,NTRF8", closing=":62F:C260302RUB2000,00")
    assert result.verdict is Verdict.OK
    assert len(result.lines) == 2


def test_two_accounts_in_one_file_and_a_transfer_between_them():
    out = text(
        f":61:260302D500,NTRF8\r\n:86:177?31{OURS_TOO}",
        closing=":62F:C260302RUB500,00",
    )
    into = text(
        f":61:260302C500,NTRF8\r\n:86:177?31{OURS}",
        opening=":60F:C260301RUB0,00",
        closing=":62F:C260302RUB500,00",
        head=(":20:REF2", f":25:{OURS_TOO}"),
    )
    result = read_mt940("f", (out + into).encode())
    assert result.verdict is Verdict.OK
    assert {line.direction for line in result.lines} == {Direction.OWN}
    assert [(one.account, one.counterparty_account) for one in result.lines] == [
        (OURS, OURS_TOO)
    ] * 2
    assert [(move.account, move.direction) for move in result.moves] == [
        (OURS, Direction.OUT),
        (OURS_TOO, Direction.IN),
    ]


def test_a_statement_repeated_word_for_word_counts_once():
    result = read_mt940("f", (text(*CAME) * 2).encode())
    assert (len(result.lines), codes(result)) == (1, [ProblemCode.PAGE_TWICE])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (text(*CAME).split(":62F:")[0], ProblemCode.TRUNCATED),
        (text(*CAME).replace(":25:", ":2X:"), ProblemCode.STRUCTURE_DAMAGED),
        (text(*CAME).replace(":28C:", ":25:"), ProblemCode.STRUCTURE_DAMAGED),
        (text(*CAME) + text(*CAME)[len(":20:REF1\r\n") :], ProblemCode.STRUCTURE_DAMAGED),
        (":25:1\r\n" + text(*CAME), ProblemCode.STRUCTURE_DAMAGED),
        (":20:REF1\r\n:25:1\r\n", ProblemCode.NOTHING_INSIDE),
        (":20:X\r\n" * 6000 + text(*CAME), ProblemCode.STRUCTURE_DAMAGED),
    ],
)
def test_a_cut_or_merged_file_is_refused(data, code):
    result = read_mt940("f", data.encode())
    assert (result.verdict, result.lines, codes(result)) == (Verdict.REFUSED, (), [code])


def test_a_last_page_that_announces_another_one_is_not_reconciled():
    result = read(*CAME, closing=":62M:C260302RUB2500,00")
    assert codes(result) == [ProblemCode.BALANCE_MISSING]
    assert result.verdict is Verdict.NOT_RECONCILED


def test_a_balance_without_its_currency_is_named():
    result = read(*CAME, closing=":62F:C2603022500,00")
    assert codes(result) == [ProblemCode.BAD_BALANCE]
    assert result.verdict is Verdict.NOT_RECONCILED


def test_a_missing_opening_is_named():
    result = read(*CAME, opening=":34F:RUB0,")
    assert codes(result) == [ProblemCode.BALANCE_MISSING, ProblemCode.NO_CONTROL]
    assert result.verdict is Verdict.NOT_RECONCILED


def test_stated_numbers_and_turnovers_are_held_against_the_lines():
    right = read(*CAME, closing=f"{CLOSING}\r\n:90C:1RUB1500,00\r\n:90D:0RUB0,00")
    assert right.verdict is Verdict.OK
    assert right.accounts[0].credited.plain == "1500.00"
    wrong = read(*CAME, closing=f"{CLOSING}\r\n:90C:2RUB1600,00\r\n:90D:0RUB0,00")
    assert codes(wrong) == [ProblemCode.COUNT_DIFFERS]
    assert ("turnover", "100.00") in [(one.name, one.difference.plain) for one in wrong.controls]


def test_an_unknown_currency_is_left_out_by_name():
    result = read_mt940("f", text(*CAME).replace("RUB", "ZZZ").encode())
    assert (result.verdict, codes(result)) == (Verdict.REFUSED, [ProblemCode.CURRENCY_UNKNOWN])
    assert "ZZZ" in result.problems[0].text


@pytest.mark.parametrize(
    ("given", "account"),
    [
        (f"044525225/{OURS}", OURS),
        (f"{OURS[:5]} {OURS[5:]}", OURS),
        ("NL71RABO0123456789 RUB", "NL71RABO0123456789"),
        ("NL91ABNA0417164300RUB", "NL91ABNA0417164300"),
        ("50880050/0194774600888", "50880050/0194774600888"),
        ('BIC/"IBAN 2"', 'BIC/"IBAN 2"'),
    ],
)
def test_the_account_is_bared_of_bank_and_currency(given, account):
    result = read(*CAME, head=(HEAD[0], f":25:{given}"))
    assert [one.account for one in result.accounts] == [account]


@pytest.mark.parametrize(
    ("entry", "number", "account"),
    [
        ("NTRFNONREF//B1", "", ""),
        ("NOVBNL91ABNA0417164300\r\nhr gjlm paulissen", "", "NL91ABNA0417164300"),
        ("N102EREF\r\nNL91ABNA0417164300", "", "NL91ABNA0417164300"),
        ("NTRFBIPI-dvT1FzfMqvzF5HaU4oetlH7SGRkonU//20", "BIPI-dvT1FzfMqvzF5HaU4oetlH7SGRkonU", ""),
    ],
)
def test_banks_put_numbers_and_accounts_into_the_reference(entry, number, account):
    (line,) = read(f":61:260302C1500,00{entry}").lines
    assert (line.number, line.counterparty_account) == (number, account)


def test_text_after_the_closing_balance_is_not_about_the_last_movement():
    result = read(*CAME, closing=f"{CLOSING}\r\n:86:D000004C000002")
    assert result.lines[0].purpose == "Dogovor 12-A"


@pytest.mark.parametrize("codec", ["utf-8", "cp1251", "cp866", "utf-8-sig", "utf-16"])
def test_russian_text_is_read_in_every_encoding(codec):
    russian = text(CAME[0], ":86:Оплата по договору № 12-А от 01.03.2026, ИНН 7707083893")
    data = russian.encode(codec)
    assert looks_like_mt940(data)
    (line,) = read_mt940("f", data).lines
    assert line.purpose == "Оплата по договору № 12-А от 01.03.2026, ИНН 7707083893"
    assert line.inn == "7707083893"


def test_preambles_trailers_and_control_bytes_are_no_part_of_it():
    wrapped = "{1:F01BANK}{4:\r\n" + text(*CAME).replace("\r\n-\r\n", "\r\n-}{5:X}\r\n") + "\x03"
    result = read_mt940("f", ("ABNANL2A\r\n940\r\n\x01" + wrapped).encode())
    assert (result.verdict, codes(result)) == (Verdict.OK, [])


@pytest.mark.parametrize(
    ("data", "is_one"),
    [
        (b":20:A\r\n:25:B\r\n", True),
        (b"ABNANL2A\r\n940\r\n:20:A\r\n:25:B\r\n", True),
        (b":20:A\r\nnothing more", False),
        (b"at 10:20:30\r\n:25:B", False),
        (b"", False),
    ],
)
def test_the_format_is_recognised_by_its_tags(data, is_one):
    assert looks_like_mt940(data) is is_one


def test_a_million_short_texts_do_not_take_forever():
    result = read(CAME[0], *[":86:x"] * 100_000)
    assert result.verdict is Verdict.OK

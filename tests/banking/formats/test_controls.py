"""Every rouble the bank states is looked for; a failed control names account, day, difference."""

from datetime import date

import pytest

from banking.formats.controls import with_previous_closing
from banking.formats.read import read_statement
from banking.formats.records import ControlName, Direction, Verdict
from tests.banking.samples import OURS, document, money, section, statement


def read(*blocks):
    return read_statement("f", statement(*blocks).encode())


def failed(result):
    return [
        (one.name, one.day, one.direction, one.difference.plain)
        for one in result.controls
        if not one.ok
    ]


DAY_2 = section("02.03.2026", "02.03.2026", ("0", "1500", "0", "1500"))
DAY_3 = section("03.03.2026", "03.03.2026", ("1500", "0", "500", "1000"))
SPENT = document("8", "500.00", "03.03.2026", out=True)


def test_a_right_statement_passes_every_control():
    result = read(DAY_2, DAY_3, document(), SPENT)
    assert result.verdict is Verdict.OK
    assert {one.name for one in result.controls} == {
        ControlName.EQUATION,
        ControlName.CHAIN,
        ControlName.TURNOVER,
    }
    (summary,) = result.accounts
    assert (summary.opening, summary.closing) == (money("0"), money("1000"))
    assert (summary.credited, summary.documents_in) == (money("1500"), money("1500"))
    assert (summary.first_day, summary.last_day) == (date(2026, 3, 2), date(2026, 3, 3))


def test_a_section_that_does_not_add_up_fails_its_equation():
    wrong = section(sums=("0", "1500", "0", "1400"))
    assert failed(read(wrong, document())) == [
        (ControlName.EQUATION, date(2026, 3, 31), None, "-100.00")
    ]


def test_a_gap_between_days_fails_the_chain():
    gap = section("03.03.2026", "03.03.2026", ("1600", "0", "500", "1100"))
    assert failed(read(DAY_2, gap, document(), SPENT)) == [
        (ControlName.CHAIN, date(2026, 3, 3), None, "100.00")
    ]


def test_a_missing_document_fails_the_period_and_shows_the_day():
    result = read(DAY_2, DAY_3, document())
    assert failed(result) == [
        (ControlName.TURNOVER, None, Direction.OUT, "500.00"),
        (ControlName.TURNOVER, date(2026, 3, 3), Direction.OUT, "500.00"),
    ]
    assert result.verdict is Verdict.NOT_RECONCILED


def test_two_wrong_days_that_cancel_out_are_still_shown():
    early = document("8", "500.00", "02.03.2026", out=True)
    assert failed(read(DAY_2, DAY_3, document(), early)) == [
        (ControlName.TURNOVER, date(2026, 3, 2), Direction.OUT, "-500.00"),
        (ControlName.TURNOVER, date(2026, 3, 3), Direction.OUT, "500.00"),
    ]


def test_a_section_repeated_word_for_word_counts_once():
    assert read(DAY_2, DAY_2, DAY_3, document(), SPENT).verdict is Verdict.OK


def test_a_section_of_the_period_beside_daily_ones_is_not_added_to_them():
    whole = section("02.03.2026", "03.03.2026", ("0", "1500", "500", "1000"))
    result = read(whole, DAY_2, DAY_3, document(), SPENT)
    assert result.accounts[0].credited == money("1500")
    assert failed(result) == []


@pytest.mark.parametrize(
    ("sums", "verdict"),
    [
        (("0", None, None, None), Verdict.NOT_VERIFIABLE),
        (("0", "1500", None, None), Verdict.NOT_VERIFIABLE),
        (("0", None, None, "1500"), Verdict.OK),
        (("0", None, None, "1600"), Verdict.NOT_RECONCILED),
        (("0", "1500", "0", None), Verdict.OK),
        (("0", "x", "0", "1500"), Verdict.NOT_RECONCILED),
    ],
)
def test_what_the_file_does_not_give_is_not_verified(sums, verdict):
    assert read(section(sums=sums), document()).verdict is verdict


def test_days_without_balances_or_turnovers_are_simply_not_compared():
    bare_2 = section("02.03.2026", "02.03.2026", ("0", "1500", "0", None))
    bare_3 = section("03.03.2026", "03.03.2026", (None, "0", None, None))
    result = read(bare_2, bare_3, document())
    assert result.verdict is Verdict.NOT_VERIFIABLE
    assert failed(result) == []


def test_turnover_without_documents_is_told():
    result = read(section())
    assert [problem.code for problem in result.problems] == ["documents-missing"]
    assert result.verdict is Verdict.NOT_RECONCILED


def test_no_documents_and_no_turnover_is_a_right_statement():
    assert read(section(sums=("5", "0", "0", "5"))).verdict is Verdict.OK


@pytest.mark.parametrize(
    ("closing", "verdict", "difference"),
    [("200", Verdict.OK, "0.00"), ("150", Verdict.NOT_RECONCILED, "50.00")],
)
def test_the_opening_is_held_against_the_closing_before(closing, verdict, difference):
    result = read(section(sums=("200", "1500", "0", "1700")), document())
    checked = with_previous_closing(result, {OURS: money(closing), "other": money("1")})
    added = checked.controls[-1]
    assert (added.name, added.account) == (ControlName.PREVIOUS, OURS)
    assert (checked.verdict, added.difference.plain) == (verdict, difference)


def test_a_refused_statement_is_not_compared_with_the_one_before():
    refused = read_statement("f", b"")
    assert with_previous_closing(refused, {OURS: money("1")}) == refused

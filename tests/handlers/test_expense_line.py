from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.expense_line import (
    BadDay,
    BadDayReason,
    BadLine,
    ExpenseLine,
    NotExpenses,
    TooManyLines,
    read_expenses,
)
from ledger.money import BadAmount, BadAmountReason, Money

TODAY = date(2026, 3, 2)
YESTERDAY = date(2026, 3, 1)
DIGITS = "1234567890" * 4


@pytest.mark.parametrize(
    ("text", "kopecks", "words", "day"),
    [
        ("500 такси", 50000, "такси", TODAY),
        ("такси 500", 50000, "такси", TODAY),
        ("500", 50000, "", TODAY),
        ("1 500 такси", 150000, "такси", TODAY),
        ("такси 1 500", 150000, "такси", TODAY),
        ("1500р такси", 150000, "такси", TODAY),
        ("такси 1500 руб.", 150000, "такси", TODAY),
        ("12,5 кофе", 1250, "кофе", TODAY),
        ("1,5к бензин", 150000, "бензин", TODAY),
        ("бензин 2K", 200000, "бензин", TODAY),
        ("1,555к бензин", 155500, "бензин", TODAY),
        ("2*350 кофе", 70000, "кофе", TODAY),
        ("кофе 2 х 350", 70000, "кофе", TODAY),
        ("500 такси вчера", 50000, "такси", YESTERDAY),
        ("Вчера 500 такси", 50000, "такси", YESTERDAY),
        ("позавчера, такси 500", 50000, "такси", date(2026, 2, 28)),
        ("500 такси сегодня", 50000, "такси", TODAY),
        ("20.11 500 такси", 50000, "такси", date(2025, 11, 20)),
        ("500 такси 01.03", 50000, "такси", YESTERDAY),
        ("500 такси 20.11.2025", 50000, "такси", date(2025, 11, 20)),
        ("500 такси 20.11.25", 50000, "такси", date(2025, 11, 20)),
        ("10.50 кофе 2", 1050, "кофе 2", TODAY),
        ("20.11 такси", 2011, "такси", TODAY),
        ("такси 20.11", 2011, "такси", TODAY),
        ("500 ремонт окна 2", 50000, "ремонт окна 2", TODAY),
        ("  500   такси   домой ", 50000, "такси домой", TODAY),
        ("500 <b>жирный</b>", 50000, "<b>жирный</b>", TODAY),
        ('500 =IMPORTXML("http://x";"//a")', 50000, '=IMPORTXML("http://x";"//a")', TODAY),
    ],
)
def test_a_line_is_a_sum_words_and_maybe_a_day(text, kopecks, words, day):
    assert read_expenses(text, TODAY) == (ExpenseLine(Money(kopecks), words, day),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("12,5,0 такси", BadAmountReason.UNCLEAR),
        ("такси 12,5,0", BadAmountReason.UNCLEAR),
        ("-5 такси", BadAmountReason.NEGATIVE),
        ("−5", BadAmountReason.NEGATIVE),
        ("такси -5", BadAmountReason.NEGATIVE),
        ("1e9", BadAmountReason.UNCLEAR),
        ("0 такси", BadAmountReason.ZERO),
        ("0к", BadAmountReason.ZERO),
        ("0*5", BadAmountReason.ZERO),
        ("1.500 такси", BadAmountReason.AMBIGUOUS),
        ("5$ кофе", BadAmountReason.UNCLEAR),
        (DIGITS, BadAmountReason.TOO_LARGE),
        (f"{DIGITS}к", BadAmountReason.TOO_LARGE),
        (f"9999*{DIGITS[:12]}", BadAmountReason.TOO_LARGE),
        ("9" * 4000, BadAmountReason.TOO_LARGE),
    ],
)
def test_a_bad_sum_is_refused_with_its_reason(text, reason):
    outcome = read_expenses(text, TODAY)

    assert isinstance(outcome, BadLine)
    assert isinstance(outcome.problem, BadAmount)
    assert outcome.problem.reason is reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("500 такси 31.02.2026", BadDayReason.NO_SUCH_DAY),
        ("32.01.2026 500 такси", BadDayReason.NO_SUCH_DAY),
        ("29.02 500 такси", BadDayReason.NO_SUCH_DAY),
        ("500 такси 03.03.2026", BadDayReason.FUTURE),
    ],
)
def test_a_bad_day_is_refused_with_its_reason(text, reason):
    outcome = read_expenses(text, TODAY)

    assert isinstance(outcome, BadLine)
    assert isinstance(outcome.problem, BadDay)
    assert outcome.problem.reason is reason


@pytest.mark.parametrize("text", ["привет", "сколько сегодня?", "вчера", "", "такси домой"])
def test_words_without_a_sum_are_not_an_expense(text):
    assert read_expenses(text, TODAY) == NotExpenses()


def test_several_lines_are_several_expenses():
    outcome = read_expenses("500 такси\n\nкофе 120 вчера", TODAY)

    assert outcome == (
        ExpenseLine(Money(50000), "такси", TODAY),
        ExpenseLine(Money(12000), "кофе", YESTERDAY),
    )


@pytest.mark.parametrize(("text", "number"), [("500 такси\n-5 кофе", 2), ("500 такси\nкофе", 2)])
def test_one_bad_line_refuses_the_message_and_is_named(text, number):
    outcome = read_expenses(text, TODAY)

    assert isinstance(outcome, BadLine)
    assert outcome.number == number


def test_too_many_lines_are_refused():
    assert read_expenses("1 кофе\n" * 21, TODAY) == TooManyLines(20)


@given(st.text(max_size=200))
def test_any_text_gets_an_answer(text):
    outcome = read_expenses(text, TODAY)

    if isinstance(outcome, tuple):
        assert all(one.amount.minor > 0 and one.day <= TODAY for one in outcome)

"""Months, days and bases as people type them."""

from datetime import date

import pytest

from app.commands.asking import basis_given, day_given, month_given, words_given
from app.refusals import Refused
from ledger.months import Month
from store.reports import Basis


def test_what_is_right_is_read() -> None:
    assert month_given("2026-01", "--from") == Month(2026, 1)
    assert day_given("2026-01-31", "--until") == date(2026, 1, 31)
    assert basis_given("accrual") is Basis.ACCRUAL


@pytest.mark.parametrize(
    "text", ["2026-13", "2026", "01.2026", "", "0001-01", "9999-12", "²026-01"]
)
def test_what_is_not_a_month_is_refused_with_the_options_name(text: str) -> None:
    with pytest.raises(Refused, match=r"--from.*ГГГГ-ММ"):
        month_given(text, "--from")


@pytest.mark.parametrize(
    "text", ["2026-02-30", "31.01.2026", "", "0026-01-31", "20260131", "2026-W05-1"]
)
def test_what_is_not_a_day_is_refused_with_the_options_name(text: str) -> None:
    with pytest.raises(Refused, match=r"--until.*ГГГГ-ММ-ДД"):
        day_given(text, "--until")


def test_an_unknown_basis_is_told_both() -> None:
    with pytest.raises(Refused, match="cash и accrual"):
        basis_given("kassa")


def test_words_are_trimmed() -> None:
    assert words_given("  нашлись   чеки ", "--why") == "нашлись чеки"


@pytest.mark.parametrize("text", ["", "  ", "\udcff", "a\x1bb"])
def test_what_is_no_text_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="--why"):
        words_given(text, "--why")

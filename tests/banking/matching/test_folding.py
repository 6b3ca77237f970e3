"""Texts are compared in one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banking.matching.folding import fold_number, fold_words, lower, upper


@pytest.mark.parametrize("text", ["К–12", "K-12", "к—12", "k−12"])
def test_look_alike_numbers_are_one(text):
    assert fold_number(text) == "K-12"


def test_a_letter_that_grows_in_upper_case_keeps_its_place():
    assert upper("straße К–1") == "STRAßE К-1"


def test_words_lose_quotes_and_dots():
    assert fold_words("ООО «Ёлка-2» им. А.") == ["ООО", "ЕЛКА", "2", "ИМ", "А"]


def test_lower_case_has_single_blanks():
    assert lower("Счёт\u00a0 №\t5") == "счет № 5"


@given(st.text(max_size=80))
def test_places_are_kept_whatever_the_letters(text):
    assert len(upper(text)) == len(fold_number(text)) == len(text)

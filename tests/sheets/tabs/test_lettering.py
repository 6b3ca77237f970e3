"""Widths and lines of texts: never less than the letters of the font take."""

import pytest

from sheets.formulas import Function, Num, Str, call
from sheets.tabs.lettering import lines_of, longest_text, text_px
from tests.pictures.letters import Letters

ALPHABET = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
SIGNS = "0123456789 .,-–−—№%()«»:+_/" + ALPHABET + ALPHABET.upper() + "abcdxyzWMQ@"


@pytest.mark.parametrize("face", ["Regular", "Bold"])
def test_a_text_is_never_wider_than_what_is_said(face: str) -> None:
    letters = Letters.of("LiberationSans", face)
    bold = face == "Bold"
    too_wide = [one for one in SIGNS if letters.width_px(one) > text_px(one, bold=bold) + 0.01]
    assert too_wide == []


def test_a_text_of_two_words_takes_two_lines_where_one_fits() -> None:
    assert lines_of("Валовая прибыль", 140) == 1
    assert lines_of("Валовая прибыль", 80) == 2


def test_a_word_longer_than_the_line_is_broken() -> None:
    assert lines_of("Ж" * 100, 200) == 7


def test_the_longest_text_of_a_heading_by_formula_is_found() -> None:
    node = call(Function.IF, Num(1), Str("Доля"), call(Function.IF, Num(2), Str("Доля общих"), 0))
    assert longest_text(node) == "Доля общих"
    assert longest_text(Num(1)) == ""

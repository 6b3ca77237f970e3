"""Every problem has a sentence, and a hostile fact cannot break it."""

import pytest

from banking.formats.records import ProblemCode
from banking.formats.wording import problem


@pytest.mark.parametrize("code", list(ProblemCode))
def test_every_code_has_a_russian_sentence(code):
    said = problem(12, code, "факт {0} {x}", "№ 7")
    assert (said.line, said.code) == (12, code)
    assert said.text[0].isupper()
    assert said.text.rstrip().endswith(".")


def test_a_long_fact_is_cut():
    assert len(problem(1, ProblemCode.BAD_AMOUNT, "9" * 5000).text) < 400

"""The wording of what is wrong with a table."""

import pytest

from app.operation_words import problem_reason, problem_sentence, unreadable_sentence
from ledger.money import BadAmountReason
from usecases.operation_table.grid import UnreadableReason
from usecases.operation_table.problems import ProblemCode, RowProblem


@pytest.mark.parametrize("code", ProblemCode)
def test_every_problem_has_words(code: ProblemCode) -> None:
    fact = "unclear" if code is ProblemCode.BAD_AMOUNT else "ТОТ САМЫЙ"

    assert problem_reason(RowProblem(7, "amount", code, fact))


@pytest.mark.parametrize("reason", BadAmountReason)
def test_every_bad_amount_has_words(reason: BadAmountReason) -> None:
    assert "сумм" in problem_reason(RowProblem(7, "amount", ProblemCode.BAD_AMOUNT, reason.value))


@pytest.mark.parametrize("reason", UnreadableReason)
def test_every_unreadable_file_has_words(reason: UnreadableReason) -> None:
    assert unreadable_sentence("a.csv", reason).startswith("a.csv: ")


def test_a_sentence_names_row_column_and_fact_even_with_braces() -> None:
    problem = RowProblem(7, "kind", ProblemCode.BAD_KIND, "{0}")

    assert problem_sentence(problem).startswith("Строка 7, столбец kind: «{0}»")

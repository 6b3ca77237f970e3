"""The wording of what stands in the way of a copy."""

from pathlib import Path

import pytest

from app.copy_words import refusal_of
from app.refusals import Status
from store.copies import (
    Damaged,
    InUse,
    NotABackup,
    NotEmpty,
    ToolFailed,
    ToolMissing,
    TooNew,
)

FILE = Path("copy.db")


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (InUse(), "остановите бота"),
        (NotABackup(FILE), "copy.db"),
        (NotEmpty(5), "--replace"),
        (TooNew(FILE), "обновите"),
        (ToolFailed("pg_dump", "no"), "pg_dump"),
        (ToolMissing("pg_dump", "postgresql-client"), "postgresql-client"),
    ],
)
def test_each_outcome_says_what_to_do(outcome: InUse | NotEmpty, said: str) -> None:
    assert said in refusal_of(outcome).sentences[0]


def test_damage_is_an_answer_not_a_mistake_of_the_person() -> None:
    refused = refusal_of(Damaged(("row 5 missing",), ()))

    assert refused.status is Status.ANSWER_IS_NO
    assert "row 5 missing" in refused.sentences[0]

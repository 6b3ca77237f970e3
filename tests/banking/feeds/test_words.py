"""What is wrong with a bank, in words that say what to do."""

from datetime import date

import pytest

from banking.feeds.protocol import (
    Failure,
    FeedRefused,
    FeedUnavailable,
    LimitReached,
    TokenRefused,
)
from banking.feeds.words import closed_month, sentence, silent


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (TokenRefused(401), "выпустите новый"),
        (TokenRefused(403), "адрес этого сервера"),
        (LimitReached(60), "через 60 с"),
        (FeedUnavailable("status 500"), "повторится сама"),
        (FeedRefused(400, "bad" * 100), "отказ (400)"),
    ],
)
def test_every_failure_says_what_to_do_and_that_nothing_is_lost(
    failure: Failure, words: str
) -> None:
    said = sentence("Т-Банк", failure)

    assert said.startswith("Т-Банк")
    assert words in said
    assert "Записанное не пострадало" in said
    assert len(said) < 300


def test_days_and_hours_are_named() -> None:
    assert "02.03.2026" in closed_month("Т-Банк", "4070", [date(2026, 3, 2)] * 2)
    assert "6 ч" in silent("Т-Банк", 6)

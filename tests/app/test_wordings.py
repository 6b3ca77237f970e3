"""The company's own wordings, from the file beside its settings."""

from pathlib import Path

import pytest

from app.config import Config
from app.own_rules import own_rules
from app.refusals import Refused
from app.wordings import own_words, words_of
from banking.matching.words import packaged_words

OWN = '[not_client]\nsupplier = ["за щебень"]\n'


def test_without_a_file_there_are_the_packaged_lists(tmp_path: Path) -> None:
    assert own_words(tmp_path) == packaged_words()


def test_own_words_stand_beside_the_packaged_ones_in_the_rules(tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text(OWN, encoding="utf-8")

    rules = own_rules(Config(), tmp_path)

    assert rules.words == packaged_words().joined(words_of("words.toml", OWN.encode()))
    assert rules.words != packaged_words()


@pytest.mark.parametrize(
    ("content", "words"), [(b"[x", "это не TOML"), ("имя".encode("cp1251"), "это не UTF-8")]
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "words.toml").write_bytes(content)

    with pytest.raises(Refused) as refused:
        own_words(tmp_path)

    assert refused.value.sentences[0].startswith(f"words.toml: {words}")

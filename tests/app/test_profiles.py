"""The company's own profiles of bank tables, from the folder beside its settings."""

from pathlib import Path

import pytest

from app.main import main
from app.profiles import own_profiles
from app.refusals import Refused

PROFILE = """
name = "Наш банк"
sign = "signed"
dates = ["dd.mm.yyyy"]

[needed]
date = ["Когда"]
amount = ["Сколько"]
purpose = ["За что"]
"""
TABLE = "Когда;Сколько;За что\n02.03.2026;-500,00;Такси\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KOPEYKA_HOME", str(tmp_path))
    (tmp_path / "profiles").mkdir()
    (tmp_path / "table.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


def test_without_a_folder_there_are_none(tmp_path: Path) -> None:
    assert own_profiles(tmp_path) == ()


def test_a_table_is_refused_until_its_profile_lies_there(home: Path, capsys) -> None:
    assert main(["statement", str(home / "table.csv")]) == 2
    assert "не банковская выписка" in capsys.readouterr().err
    (home / "profiles" / "ours.toml").write_text(PROFILE, encoding="utf-8")

    assert main(["statement", str(home / "table.csv")]) == 0
    assert "500" in capsys.readouterr().out


def test_a_table_without_an_account_is_not_taken_into_the_books(home: Path, capsys) -> None:
    (home / "profiles" / "ours.toml").write_text(PROFILE, encoding="utf-8")

    assert main(["import-statement", str(home / "table.csv")]) == 2
    assert "нет номера вашего счёта" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"name = ", "это не TOML"),
        ("имя".encode("cp1251"), "не в UTF-8"),
        (b"colour = 1", "colour"),
    ],
)
def test_a_profile_that_cannot_be_used_is_named(
    tmp_path: Path, content: bytes, words: str
) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "bad.toml").write_bytes(content)

    with pytest.raises(Refused) as refused:
        own_profiles(tmp_path)

    assert refused.value.sentences[0].startswith("profiles/bad.toml: ")
    assert words in refused.value.sentences[0]

"""What commands print."""

import json

import pytest

from app.output import print_json, print_table, shown


def test_control_characters_never_reach_a_terminal() -> None:
    assert shown("a\x1b[31mb\tc\nd\u202e") == "a?[31mb c d?"
    assert shown("1\u00a0500\u00a0₽") == "1\u00a0500\u00a0₽"


def test_a_document_is_one_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"имя": "Анна\n"})

    printed = capsys.readouterr().out
    assert printed.count("\n") == 1
    assert json.loads(printed) == {"имя": "Анна\n"}


def test_markup_in_peoples_words_is_text(capsys: pytest.CaptureFixture[str]) -> None:
    print_table("[b]T[/b]", ["имя", "сумма"], [["[red]Анна[/red]", "1"]])

    printed = capsys.readouterr().out
    assert "[b]T[/b]" in printed
    assert "[red]Анна[/red]" in printed

"""Finding a command, and turning every refusal into one sentence and a status."""

import pytest

from app.main import COMMANDS
from tests.app.command_room import Desk


def test_an_unknown_command_is_told_which_there_are(desk: Desk) -> None:
    said = desk.refused("repport")

    assert "repport" in said
    assert all(name in said for name in COMMANDS)


def test_without_a_command_they_are_listed_and_nothing_is_done(desk: Desk) -> None:
    done = desk.run()

    assert done.status == 2
    assert all(f"  {name} " in done.out for name in COMMANDS)


def test_help_lists_the_commands(desk: Desk) -> None:
    assert desk.run("--help").status == 0


@pytest.mark.parametrize("name", ["report", "statement", "match", "export", "restore"])
def test_every_command_explains_itself(desk: Desk, name: str) -> None:
    done = desk.run(name, "--help")

    assert done.status == 0
    assert COMMANDS[name] in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["report", "pnl", "--wrong"], "--wrong"),
        (["report"], "KIND"),
        (["report", "pnl", "--by"], "--by"),
        (["report", "pnl", "and", "more"], "набрана неверно"),
        (["close-period"], "YYYY-MM"),
    ],
)
def test_a_mistyped_command_gets_one_russian_sentence(
    desk: Desk, arguments: list[str], said: str
) -> None:
    sentence = desk.refused(*arguments)

    assert said in sentence
    assert sentence.count("\n") == 1
    assert f"bot.py {arguments[0]} --help" in sentence

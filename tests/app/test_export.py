"""The `export` command: where to, and what stands in the way."""

import pytest

from tests.app.command_room import Desk


def test_empty_books_can_be_exported(desk: Desk) -> None:
    assert desk.run("export", desk.home / "book.xlsx").status == 0
    assert desk.run("export", "--hledger", desk.home / "book.journal").status == 0
    assert not list(desk.home.glob("*.part"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "export BOOK.xlsx"),
        (["a.xlsx", "--hledger", "b"], "одна за раз"),
        (["a.xls"], ".xlsx"),
        (["a.xlsx", "--basis", "cash"], "--basis"),
        (["--hledger", "a", "--basis", "kassa"], "cash и accrual"),
        (["/proc/nowhere/a.xlsx"], "не записать"),
        (["--hledger", "/proc/nowhere/a"], "не записать"),
        (["--hledger", "."], "папка"),
    ],
)
def test_what_cannot_be_exported_is_refused(desk: Desk, arguments: list[str], said: str) -> None:
    assert said in desk.refused("export", *arguments)

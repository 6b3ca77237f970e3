"""The `restore` command."""

from pathlib import Path

import pytest

from tests.app.command_room import Desk

TABLE = "kind|paid_on|amount|article\nincome|2026-01-15|500|Продажи"


@pytest.fixture
def copy(desk: Desk) -> Path:
    """A copy of books with one operation."""
    desk.run("import-operations", desk.table(TABLE))
    desk.run("backup", desk.home / "copies")
    return next((desk.home / "copies").iterdir())


def test_the_books_are_those_of_the_copy_again(desk: Desk, copy: Path) -> None:
    desk.run("import-operations", desk.table(TABLE.replace("500", "700")))

    assert desk.run("restore", copy, "--replace").status == 0

    assert desk.json("report", "pnl")["total"]["revenue"] == "500.00"


def test_books_with_operations_are_not_replaced_unasked(desk: Desk, copy: Path) -> None:
    assert "--replace" in desk.refused("restore", copy)


def test_a_new_home_takes_a_copy(
    desk: Desk, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOPEYKA_HOME", str(tmp_path / "new"))

    assert desk.run("restore", copy).status == 0
    assert desk.json("report", "pnl")["total"]["revenue"] == "500.00"


def test_what_is_no_copy_is_refused(desk: Desk) -> None:
    assert "не копия" in desk.refused("restore", desk.table(TABLE), "--replace")
    assert "нет" in desk.refused("restore", desk.home / "none.db")
    assert "папка" in desk.refused("restore", desk.home)

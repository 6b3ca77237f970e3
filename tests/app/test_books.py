"""Opening the books: the embedded file, a configuration, and what stands in the way."""

from pathlib import Path

import pytest

from tests.app.command_room import Desk


def test_the_books_appear_with_seeded_articles_on_first_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    monkeypatch.setenv("KOPEYKA_HOME", str(tmp_path / "new"))
    path = desk.table("kind|paid_on|amount|article\nexpense|2026-01-15|500|Транспорт")

    brought = desk.json("import-operations", path)

    assert (tmp_path / "new" / "var" / "kopeyka.db").exists()
    assert (brought["imported"], brought["articles"]) == (1, [])


def test_two_homes_are_two_companies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    path = desk.table("kind|paid_on|amount|article\nincome|2026-01-15|500|Продажи")
    desk.run("import-operations", path)

    monkeypatch.setenv("KOPEYKA_HOME", str(tmp_path / "other"))

    assert desk.json("report", "pnl")["total"]["revenue"] == "0.00"


def test_another_configuration_is_other_books(desk: Desk) -> None:
    other = desk.home / "other.toml"
    other.write_text(f'[database]\nurl = "sqlite+aiosqlite:///{desk.home}/other.db"\n')
    path = desk.table("kind|paid_on|amount|article\nincome|2026-01-15|500|Продажи")

    desk.json("import-operations", path, "--config", other)

    assert desk.json("report", "pnl", "--config", other)["total"]["revenue"] == "500.00"
    assert desk.json("report", "pnl")["total"]["revenue"] == "0.00"


def test_each_wrong_key_of_a_configuration_is_named(desk: Desk) -> None:
    desk.config('[company]\nnamme = "x"\ntime_zone = "Mars/Olympus"\n')

    said = desk.refused("report", "pnl")

    assert "company.namme" in said
    assert "Mars/Olympus" in said


@pytest.mark.parametrize("where", ["missing.toml", "."])
def test_a_configuration_that_is_not_there_is_said_so(desk: Desk, where: str) -> None:
    assert "настро" in desk.refused("report", "pnl", "--config", desk.home / where)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite+aiosqlite:////proc/nowhere/books.db",
        "postgresql+asyncpg://anna:secret@127.0.0.1:9/books",
        "unknown://somewhere",
        "not an address",
    ],
)
def test_a_database_that_cannot_be_opened_is_a_sentence_without_its_password(
    desk: Desk, url: str
) -> None:
    desk.config(f'[database]\nurl = "{url}"\n')

    said = desk.refused("report", "pnl")

    assert "не открываются" in said
    assert "secret" not in said


def test_a_file_that_is_no_database_is_a_sentence(desk: Desk) -> None:
    (desk.home / "var" / "kopeyka.db").write_bytes(b"these are not books" * 100)

    assert "не открываются" in desk.refused("report", "pnl")

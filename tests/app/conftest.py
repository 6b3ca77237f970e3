"""Desks for the tests of commands: over empty books, and over the ninety days of the demo."""

import asyncio
import shutil
from pathlib import Path

import pytest

from app.demo_check import CheckOptions, Played, check_demo
from tests.app.command_room import Desk

DAYS = 90


@pytest.fixture
def desk(
    tmp_path: Path,
    sqlite_template: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Desk:
    """A home with migrated and seeded books."""
    home = tmp_path / "home"
    (home / "var").mkdir(parents=True)
    shutil.copyfile(sqlite_template, home / "var" / "kopeyka.db")
    monkeypatch.setenv("KOPEYKA_HOME", str(home))
    return Desk(home, capsys)


@pytest.fixture(scope="session")
def ninety_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo's books are."""
    return tmp_path_factory.mktemp("ninety")


@pytest.fixture(scope="session")
def ninety(ninety_home: Path) -> Played:
    """The standard ninety days, played once for all tests."""
    return asyncio.run(check_demo(CheckOptions(DAYS, home=ninety_home), lambda _day: None))


@pytest.fixture
def ninety_desk(
    ninety: Played,
    ninety_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Desk:
    """The command line over the demo's books."""
    assert ninety.counts["operations"] > 0
    monkeypatch.setenv("KOPEYKA_HOME", str(ninety_home))
    return Desk(ninety_home, capsys)


@pytest.fixture
def ninety_book(ninety_desk: Desk) -> bytes:
    """The workbook that the command exports of them, made once."""
    file = ninety_desk.home / "book.xlsx"
    if not file.exists():
        assert ninety_desk.run("export", file).status == 0
    return file.read_bytes()

"""A desk with seeded books for the tests of commands."""

import shutil
from pathlib import Path

import pytest

from tests.app.command_room import Desk


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

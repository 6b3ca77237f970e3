"""The `statement` command: each file answered, a refused one does not stop the others."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.app.command_room import Desk

STATEMENTS = Path(__file__).resolve().parents[3] / "shared" / "statements" / "synthetic"


def sample(name: str) -> Path:
    file = STATEMENTS / name
    if not file.exists():
        pytest.skip(f"shared data not here: {file}")
    return file


def test_a_statement_is_shown_by_account(desk: Desk) -> None:
    done = desk.run("statement", sample("syn_utf8_bom.txt"))

    assert done.status == 0
    assert "syn_utf8_bom.txt" in done.out


def test_every_file_is_answered_and_a_bad_one_makes_the_status_two(desk: Desk) -> None:
    good = sample("syn_utf8_bom.txt")
    bad = desk.home / "truncated.txt"
    bad.write_bytes(sample("syn_truncated.txt").read_bytes())

    done = desk.run("statement", bad, desk.home / "none.txt", desk.home, good, "--json")

    files = json.loads(done.out)["files"]
    assert done.status == 2
    assert [one["verdict"] for one in files][:3] == ["refused"] * 3
    assert [one["lines"] for one in files][:3] == [[], [], []]
    assert [one["problems"][0]["code"] for one in files[1:3]] == ["unreadable"] * 2
    assert files[3]["lines"]
    assert len(done.err.splitlines()) == 3


def test_no_database_is_made(desk: Desk) -> None:
    (desk.home / "var" / "kopeyka.db").unlink()

    desk.run("statement", sample("syn_utf8_bom.txt"), "--json")

    assert not list((desk.home / "var").iterdir())


def test_an_archive_is_answered_member_by_member(desk: Desk) -> None:
    archive = desk.home / "may.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.write(sample("syn_utf8_bom.txt"), "one.txt")
        made.writestr("photo.png", b"\x89PNG")

    done = desk.run("statement", archive, "--json")

    files = json.loads(done.out)["files"]
    assert done.status == 2
    assert [(one["file"], one["verdict"]) for one in files] == [
        ("may.zip/one.txt", "ok"),
        ("may.zip/photo.png", "refused"),
    ]
    assert done.err.startswith("may.zip/photo.png: ")

"""Files named on the command line."""

from pathlib import Path

import pytest

from app.files import read_bytes, writable, write_bytes
from app.refusals import Refused


def test_a_file_is_read_to_one_byte_over_the_limit(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"12345")

    assert read_bytes(file, 10) == b"12345"
    assert read_bytes(file, 3) == b"1234"


@pytest.mark.parametrize(
    ("name", "said"), [("nothing.txt", "нет"), (".", "папка"), ("a\0b", "не")]
)
def test_what_is_no_file_is_refused_in_words(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read_bytes(tmp_path / name, 10)


def test_a_file_is_written_whole_and_replaces_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"old")

    write_bytes(file, b"new")

    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]
    assert file.read_bytes() == b"new"


@pytest.mark.parametrize("name", [".", "missing/a.txt"])
def test_a_place_that_cannot_be_written_to_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused):
        writable(tmp_path / name)

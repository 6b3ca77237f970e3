"""The company's own wordings for the matcher: `words.toml` beside its config.toml."""

from pathlib import Path

from app.refusals import Refused
from banking.matching.words import BadWords, Words, packaged_words, read_words

__all__ = ["FILE", "own_words", "words_of"]

FILE = "words.toml"


def own_words(home: Path) -> Words:
    """The packaged lists with those of the company beside them; the packaged ones without a file.

    Raises `Refused` with one sentence when the file cannot be used.
    """
    file = home / FILE
    if not file.exists():
        return packaged_words()
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Refused(f"{FILE}: файл не открывается: {error.strerror}.") from error
    return packaged_words().joined(words_of(FILE, content))


def words_of(name: str, content: bytes) -> Words:
    """The lists of a file; raises `Refused` with its `name` when they cannot be read."""
    try:
        read = read_words(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refused(f"{name}: это не UTF-8: {error}.") from error
    if isinstance(read, BadWords):
        raise Refused(f"{name}: {read.reason}.")
    return read

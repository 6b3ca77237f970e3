"""What may come of making a copy of the books, and of going back to one."""

from dataclasses import dataclass
from pathlib import Path

from store.integrity import Flaw

__all__ = [
    "BackedUp",
    "BackupOutcome",
    "Damaged",
    "InUse",
    "NotABackup",
    "NotEmpty",
    "RestoreOutcome",
    "Restored",
    "TooNew",
    "ToolFailed",
    "ToolMissing",
]


@dataclass(frozen=True, slots=True)
class BackedUp:
    """The checked copy: how many operations it holds and the hash of the last one."""

    file: Path
    operations: int
    head: str


@dataclass(frozen=True, slots=True)
class Restored:
    """The books are those of the copy now, brought to the newest schema."""

    operations: int
    head: str


@dataclass(frozen=True, slots=True)
class Damaged:
    """Nothing was kept or restored: what the database says, and what the books' check found."""

    problems: tuple[str, ...]
    flaws: tuple[Flaw, ...]


@dataclass(frozen=True, slots=True)
class NotEmpty:
    """The books to restore into hold operations, and nobody said that they may go."""

    operations: int


@dataclass(frozen=True, slots=True)
class NotABackup:
    """The file is not a copy of books, or not one of this kind of database."""

    file: Path


@dataclass(frozen=True, slots=True)
class TooNew:
    """The copy was made by a newer version of the product."""

    file: Path


@dataclass(frozen=True, slots=True)
class InUse:
    """Somebody keeps a transaction open in the books to restore into."""


@dataclass(frozen=True, slots=True)
class ToolMissing:
    """A program is not installed; on Debian it is in the package `package`."""

    tool: str
    package: str


@dataclass(frozen=True, slots=True)
class ToolFailed:
    """A program ended with an error, in its own words."""

    tool: str
    message: str


BackupOutcome = BackedUp | Damaged | ToolMissing | ToolFailed
RestoreOutcome = (
    Restored | NotABackup | NotEmpty | TooNew | Damaged | InUse | ToolMissing | ToolFailed
)

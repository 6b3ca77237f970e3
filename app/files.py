"""Files that a person names on the command line: read whole, bounded, refused in words."""

from pathlib import Path

from app.refusals import Refused

__all__ = ["read_bytes", "writable", "write_bytes"]


def read_bytes(path: Path, limit_bytes: int) -> bytes:
    """The content, at most one byte more than `limit_bytes`, so that a reader sees it is too long.

    Raises `Refused` for a missing or unreadable file, or a folder.
    """
    if path.is_dir():
        raise Refused(f"{path} — папка, а нужен файл.")
    try:
        with path.open("rb") as file:
            return file.read(limit_bytes + 1)
    except FileNotFoundError as error:
        raise Refused(f"Файла {path} нет.") from error
    except (OSError, ValueError) as error:
        raise Refused(f"Файл {path} не читается: {_reason(error)}.") from error


def writable(path: Path) -> Path:
    """The unfinished neighbour to write into; `Refused` when the place cannot be written to."""
    if path.is_dir():
        raise Refused(f"{path} — папка, а нужно имя файла.")
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(b"")
    except (OSError, ValueError) as error:
        raise Refused(f"Файл {path} не записать: {_reason(error)}.") from error
    return part


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    part = writable(path)
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise Refused(f"Файл {path} не записать: {_reason(error)}.") from error


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)

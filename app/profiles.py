"""The company's own profiles of bank tables: `profiles/*.toml` beside its config.toml."""

from pathlib import Path

from app.refusals import Refused
from banking.formats.tables.profile import BadProfile, Profile, profile_from

__all__ = ["own_profiles"]

FOLDER = "profiles"


def own_profiles(home: Path) -> tuple[Profile, ...]:
    """Every profile of the folder, by file name; none when there is no folder.

    Raises `Refused` with one sentence for each file that cannot be used.
    """
    read = [_read(file) for file in sorted((home / FOLDER).glob("*.toml"))]
    bad = [one for one in read if isinstance(one, BadProfile)]
    if bad:
        raise Refused(*(f"{FOLDER}/{one.source}: {one.reason}." for one in bad))
    return tuple(one for one in read if isinstance(one, Profile))


def _read(file: Path) -> Profile | BadProfile:
    try:
        return profile_from(file.name, file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        return BadProfile(file.name, "файл не в UTF-8")
    except OSError as error:
        return BadProfile(file.name, f"файл не открывается: {error.strerror}")

"""A ZIP with statements as banks and people send it: bytes in, the members' bytes out.

a.zip: may.txt, june.zip: kl.txt, photo.png   -> may.txt, june.zip/kl.txt, photo.png
a member locked, broken or blown up           -> its name with the reason; the others are read

Nothing is written anywhere, so the names of members are only shown. Sizes are not believed: reading
stops at the limits, whatever the archive says of itself.
"""

import io
import lzma
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO

from banking.formats.records import Problem, ProblemCode
from banking.formats.wording import problem

__all__ = ["ZIP_START", "Member", "is_too_crowded", "unpack"]

ZIP_START = b"PK\x03\x04"
MEMBERS_MAX = 200
MEMBER_BYTES_MAX = 20 * 1024 * 1024
UNPACKED_BYTES_MAX = 64 * 1024 * 1024
# Statements shrink ten to fifty times; what shrinks more was made to burst.
RATIO_MAX = 300
RATIO_BYTES_MIN = 1024 * 1024
DEPTH_MAX = 2
# A member has at least 46 bytes in the directory, so a longer one holds thousands.
DIRECTORY_BYTES_MAX = 512 * 1024
_END, _END_BYTES, _COMMENT_BYTES_MAX = b"PK\x05\x06", 22, 65535
_CHUNK_BYTES = 256 * 1024
_NOT_OF_PEOPLE = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
# What zipfile and its decompressors raise on archives that were cut, changed or locked.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive under its shown name: its bytes, or why there are none."""

    name: str
    content: bytes | Problem


@dataclass(slots=True)
class _Budget:
    members: int = MEMBERS_MAX
    bytes: int = UNPACKED_BYTES_MAX
    found: list[Member] = field(default_factory=list)


def unpack(data: bytes) -> list[Member] | Problem:
    """All files of an archive, those of archives inside it too; a problem when it cannot be read."""
    budget = _Budget()
    return _unpack(data, "", 1, budget) or budget.found


def is_too_crowded(data: bytes) -> bool:
    """Whether the directory of an archive is so long that even listing it would take long."""
    tail = data[-_END_BYTES - _COMMENT_BYTES_MAX :]
    at = tail.rfind(_END)
    return at >= 0 and int.from_bytes(tail[at + 12 : at + 16], "little") > DIRECTORY_BYTES_MAX


def _unpack(data: bytes, prefix: str, depth: int, budget: _Budget) -> Problem | None:
    if is_too_crowded(data):
        return problem(0, ProblemCode.ARCHIVE_TOO_LARGE, f"файлов больше {MEMBERS_MAX}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                if info.is_dir() or _is_litter(info.filename):
                    continue
                budget.members -= 1
                if budget.members < 0:
                    return problem(
                        0, ProblemCode.ARCHIVE_TOO_LARGE, f"файлов больше {MEMBERS_MAX}"
                    )
                name, content = prefix + _name(info), _read(archive, info, budget)
                if isinstance(content, bytes) and _is_plain_zip(content):
                    refusal = _inner(content, name, depth, budget)
                    if refusal:
                        budget.found.append(Member(name, refusal))
                else:
                    budget.found.append(Member(name, content))
    except _BROKEN:
        return problem(0, ProblemCode.ARCHIVE_DAMAGED, "он повреждён или скачан не до конца")
    return None


def _inner(content: bytes, name: str, depth: int, budget: _Budget) -> Problem | None:
    if depth >= DEPTH_MAX:
        return problem(0, ProblemCode.ARCHIVE_TOO_LARGE, "архив в архиве в архиве")
    return _unpack(content, f"{name}/", depth + 1, budget)


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget) -> bytes | Problem:
    if info.flag_bits & _ENCRYPTED:
        return problem(0, ProblemCode.ARCHIVE_DAMAGED, "файл в нём закрыт паролем")
    limit = min(MEMBER_BYTES_MAX, budget.bytes)
    if info.compress_size * RATIO_MAX < limit:
        limit = max(info.compress_size * RATIO_MAX, RATIO_BYTES_MIN)
    limit = min(limit, budget.bytes)
    try:
        with archive.open(info) as member:
            content = _read_up_to(member, limit)
    except _BROKEN:
        return problem(0, ProblemCode.ARCHIVE_DAMAGED, "файл в нём повреждён")
    budget.bytes -= len(content)
    if len(content) > limit:
        return problem(0, ProblemCode.ARCHIVE_TOO_LARGE, "распакованный файл больше дозволенного")
    return content


def _read_up_to(member: IO[bytes], limit: int) -> bytes:
    """At most one chunk more than the limit, so that the caller sees that it was passed."""
    parts: list[bytes] = []
    size = 0
    while size <= limit:
        part = member.read(_CHUNK_BYTES)
        if not part:
            break
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _is_plain_zip(content: bytes) -> bool:
    # A workbook is an archive too, but one that is read as it is.
    return content.startswith(ZIP_START) and b"[Content_Types].xml" not in content


def _is_litter(name: str) -> bool:
    return name.startswith(_NOT_OF_PEOPLE[0]) or name.rpartition("/")[2] in _NOT_OF_PEOPLE


def _name(info: zipfile.ZipInfo) -> str:
    """The name as people gave it: archives of Russian Windows have it in cp866 without a mark."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        try:
            name = name.encode("cp437").decode("cp866")
        except UnicodeError:
            name = info.filename
    return "".join(char for char in name if char.isprintable())[:200]

"""Read any bank statement: the format is recognised by content, never by name or extension.

A new format is one more entry of RECOGNISERS. Whatever the bytes are, the answer is a
StatementFile; a file that is not a statement is refused with what would work instead.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

from banking.formats.decoding import starts_like_1c
from banking.formats.onec import read_onec
from banking.formats.records import ProblemCode, StatementFile, Verdict
from banking.formats.tables.profile import Profile
from banking.formats.tables.reader import is_table, read_csv, read_xlsx
from banking.formats.tables.workbook import is_workbook
from banking.formats.wording import problem

__all__ = ["RECOGNISERS", "STATEMENT_BYTES_MAX", "Recogniser", "read_statement"]

STATEMENT_BYTES_MAX = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Recogniser:
    """One format: how its bytes begin, and who reads them."""

    looks_like: Callable[[bytes], bool]
    read: Callable[[str, bytes, Collection[str]], StatementFile]


RECOGNISERS: tuple[Recogniser, ...] = (Recogniser(starts_like_1c, read_onec),)

# Files that people send instead of a statement; the words are put into the refusal.
_KNOWN_STRANGERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", ", а документ PDF"),
    (b"PK\x03\x04", ", а архив или таблица Excel"),
    (b"Rar!", ", а архив RAR"),
    (b"7z\xbc\xaf", ", а архив 7z"),
    (b"\xd0\xcf\x11\xe0", ", а старый документ Excel или Word"),
    (b"\x89PNG", ", а картинка"),
    (b"\xff\xd8\xff", ", а картинка"),
    (b"<?xml", ", а файл XML"),
    (b"<!DOCTYPE", ", а страница сайта"),
    (b"<html", ", а страница сайта"),
)


def read_statement(
    name: str,
    data: bytes,
    own_accounts: Collection[str] = (),
    profiles: Sequence[Profile] = (),
) -> StatementFile:
    """Read a statement file.

    `own_accounts` are the company's accounts from the configuration: they help to tell the
    direction and own transfers; `profiles` are the user's own for CSV and XLSX tables. Refused
    (verdict, no lines, one problem): larger than STATEMENT_BYTES_MAX, empty, not a statement, or
    refused by its reader.
    """
    if len(data) > STATEMENT_BYTES_MAX:
        megabytes = str(STATEMENT_BYTES_MAX // 1024 // 1024)
        return _refused(name, ProblemCode.TOO_LARGE, megabytes)
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        return _refused(name, ProblemCode.EMPTY_FILE)
    for recogniser in (*RECOGNISERS, *_tables(profiles)):
        if recogniser.looks_like(data):
            return recogniser.read(name, data, own_accounts)
    stranger = next((words for mark, words in _KNOWN_STRANGERS if data.startswith(mark)), "")
    return _refused(name, ProblemCode.NOT_A_STATEMENT, stranger)


def _tables(profiles: Sequence[Profile]) -> tuple[Recogniser, Recogniser]:
    """Tables come last: any text with delimiters looks like one."""
    return (
        Recogniser(is_workbook, partial(read_xlsx, profiles=profiles)),
        Recogniser(partial(is_table, profiles=profiles), partial(read_csv, profiles=profiles)),
    )


def _refused(name: str, code: ProblemCode, fact: str = "") -> StatementFile:
    return StatementFile(
        file=name,
        format=None,
        version=None,
        encoding=None,
        sender=None,
        accounts=(),
        documents=0,
        lines=(),
        controls=(),
        problems=(problem(0, code, fact),),
        verdict=Verdict.REFUSED,
    )

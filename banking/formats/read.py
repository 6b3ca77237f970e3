"""Read any bank statement: the format is recognised by content, never by name or extension.

A new format is one more entry of RECOGNISERS. Whatever the bytes are, the answer is a
StatementFile; a file that is not a statement is refused with what would work instead.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from banking.formats.archive import ZIP_START, is_too_crowded, unpack
from banking.formats.by_clientbank import looks_like_by_clientbank, read_by_clientbank
from banking.formats.camt053 import looks_like_camt053, read_camt053
from banking.formats.charset import head_of
from banking.formats.decoding import starts_like_1c
from banking.formats.mt940_file import looks_like_mt940, read_mt940
from banking.formats.onec import read_onec
from banking.formats.records import Problem, ProblemCode, StatementFile, Verdict
from banking.formats.tables.profile import Profile
from banking.formats.tables.reader import is_table, read_csv, read_xlsx
from banking.formats.tables.workbook import is_workbook
from banking.formats.wording import problem

__all__ = ["RECOGNISERS", "STATEMENT_BYTES_MAX", "Recogniser", "read_statement", "read_statements"]

# 100,000 documents of a bank that fills every field; a chat brings no more than 20 MB anyway.
STATEMENT_BYTES_MAX = 128 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Recogniser:
    """One format: how its bytes begin, and who reads them."""

    looks_like: Callable[[bytes], bool]
    read: Callable[[str, bytes, Collection[str]], StatementFile]


RECOGNISERS: tuple[Recogniser, ...] = (
    Recogniser(starts_like_1c, read_onec),
    Recogniser(looks_like_by_clientbank, read_by_clientbank),
    Recogniser(looks_like_mt940, read_mt940),
    Recogniser(looks_like_camt053, read_camt053),
)

# Files that people send instead of a statement; the words are put into the refusal.
_KNOWN_STRANGERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", ", а документ PDF"),
    (ZIP_START, ", а архив или таблица Excel"),
    (b"Rar!", ", а архив RAR"),
    (b"7z\xbc\xaf", ", а архив 7z"),
    (b"\xd0\xcf\x11\xe0", ", а старый документ Excel или Word"),
    (b"\x89PNG", ", а картинка"),
    (b"\xff\xd8\xff", ", а картинка"),
    (b"<?xml", ", а файл XML"),
    (b"<!DOCTYPE", ", а страница сайта"),
    (b"<html", ", а страница сайта"),
)


# The same, known by words near the beginning.
_STRANGE_WORDS: tuple[tuple[bytes, str], ...] = (
    (b"OFXHEADER", ", а файл OFX, он не читается"),
    (b"BkToCstmrAcctRpt", ", а промежуточный отчёт camt.052: нужна выписка camt.053"),
    (b"BkToCstmrDbtCdtNtfctn", ", а извещение camt.054: нужна выписка camt.053"),
)


def read_statements(
    name: str,
    data: bytes,
    own_accounts: Collection[str] = (),
    profiles: Sequence[Profile] = (),
) -> list[StatementFile]:
    """Read a file that may be a ZIP with several statements: one StatementFile for each of them.

    Members are named `archive.zip/member.txt`, refused ones too. An archive that cannot be read, or
    has nothing inside, is one refused file; any other file is read by `read_statement`.
    """
    if not _is_archive(data):
        return [read_statement(name, data, own_accounts, profiles)]
    members = unpack(data)
    if isinstance(members, Problem):
        return [_refuse(name, members)]
    if not members:
        return [_refused(name, ProblemCode.NOTHING_INSIDE)]
    return [
        _refuse(f"{name}/{member.name}", member.content)
        if isinstance(member.content, Problem)
        else read_statement(f"{name}/{member.name}", member.content, own_accounts, profiles)
        for member in members
    ]


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
    refused by its reader. Of an archive the only statement is read; several are `read_statements`'.
    """
    if len(data) > STATEMENT_BYTES_MAX:
        megabytes = str(STATEMENT_BYTES_MAX // 1024 // 1024)
        return _refused(name, ProblemCode.TOO_LARGE, megabytes)
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        return _refused(name, ProblemCode.EMPTY_FILE)
    if _is_archive(data):
        files = read_statements(name, data, own_accounts, profiles)
        return files[0] if len(files) == 1 else _refused(name, ProblemCode.SEVERAL_FILES)
    for recogniser in (*RECOGNISERS, *_tables(profiles)):
        if recogniser.looks_like(data):
            return recogniser.read(name, data, own_accounts)
    return _refused(name, ProblemCode.NOT_A_STATEMENT, _stranger(data))


def _is_archive(data: bytes) -> bool:
    """Whether it is a ZIP and no workbook; one with a monstrous directory is not even listed."""
    in_size = data.startswith(ZIP_START) and len(data) <= STATEMENT_BYTES_MAX
    return in_size and (is_too_crowded(data) or not is_workbook(data))


def _stranger(data: bytes) -> str:
    head = head_of(data)
    by_word = (words for mark, words in _STRANGE_WORDS if mark in head)
    by_start = (words for mark, words in _KNOWN_STRANGERS if data.startswith(mark))
    return next(chain(by_word, by_start), "")


def _tables(profiles: Sequence[Profile]) -> tuple[Recogniser, Recogniser]:
    """Tables come last: any text with delimiters looks like one."""
    return (
        Recogniser(is_workbook, partial(read_xlsx, profiles=profiles)),
        Recogniser(partial(is_table, profiles=profiles), partial(read_csv, profiles=profiles)),
    )


def _refused(name: str, code: ProblemCode, fact: str = "") -> StatementFile:
    return _refuse(name, problem(0, code, fact))


def _refuse(name: str, refusal: Problem) -> StatementFile:
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
        problems=(refusal,),
        verdict=Verdict.REFUSED,
    )

"""Archives: every member answered by name, nothing blown up, nothing believed about sizes."""

import io
import zipfile

import pytest

from banking.formats.archive import MEMBERS_MAX, is_too_crowded, unpack
from banking.formats.read import read_statement, read_statements
from banking.formats.records import ProblemCode, Verdict
from tests.banking.samples import document, section, statement

GOOD = statement(section(), document()).encode("cp1251")


def zipped(members, method=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def found(data):
    return [
        (one.name, one.content if isinstance(one.content, bytes) else one.content.code)
        for one in unpack(data)
    ]


def test_every_statement_of_an_archive_is_a_file_of_its_own():
    data = zipped({"a.txt": GOOD, "may/b.txt": GOOD, "photo.png": b"\x89PNG..", "c.txt": b""})
    read = read_statements("z.zip", data)
    assert [(one.file, one.verdict) for one in read] == [
        ("z.zip/a.txt", Verdict.OK),
        ("z.zip/may/b.txt", Verdict.OK),
        ("z.zip/photo.png", Verdict.REFUSED),
        ("z.zip/c.txt", Verdict.REFUSED),
    ]
    assert read[0].lines == read_statement("a.txt", GOOD).lines


def test_an_ordinary_file_is_one_statement():
    assert read_statements("a.txt", GOOD) == [read_statement("a.txt", GOOD)]


def test_the_only_statement_of_an_archive_may_be_read_by_itself():
    one = read_statement("z.zip", zipped({"__MACOSX/._a.txt": b"x", "a.txt": GOOD}))
    assert (one.file, one.verdict) == ("z.zip/a.txt", Verdict.OK)
    two = read_statement("z.zip", zipped({"a.txt": GOOD, "b.txt": GOOD}))
    assert [problem.code for problem in two.problems] == [ProblemCode.SEVERAL_FILES]


def test_an_archive_in_an_archive_is_opened_and_one_deeper_is_not():
    inner = zipped({"b.txt": b"deep"})
    assert found(zipped({"in.zip": inner, "a.txt": b"x"})) == [
        ("in.zip/b.txt", b"deep"),
        ("a.txt", b"x"),
    ]
    assert found(zipped({"in.zip": zipped({"deeper.zip": inner})})) == [
        ("in.zip/deeper.zip", ProblemCode.ARCHIVE_TOO_LARGE)
    ]


def test_a_member_that_bursts_is_refused_and_the_others_are_read():
    bomb = zipped({"bomb.txt": b"\0" * 30_000_000, "a.txt": b"x"})
    assert len(bomb) < 50_000
    assert found(bomb) == [("bomb.txt", ProblemCode.ARCHIVE_TOO_LARGE), ("a.txt", b"x")]


def test_what_is_unpacked_of_all_members_together_has_a_limit():
    text = bytes(range(256)) * 70_000
    data = zipped({f"{number}.txt": text for number in range(6)}, zipfile.ZIP_STORED)
    kinds = [content if isinstance(content, ProblemCode) else "read" for _, content in found(data)]
    assert kinds == ["read"] * 3 + [ProblemCode.ARCHIVE_TOO_LARGE] * 3


def test_a_size_that_lies_is_not_believed():
    data = zipped({"bomb.txt": b"\0" * 30_000_000})
    size = (30_000_000).to_bytes(4, "little")
    assert found(data.replace(size, (10).to_bytes(4, "little")))[0][0] == "bomb.txt"


def test_too_many_members_are_refused():
    refusal = unpack(zipped({f"{number}": b"" for number in range(MEMBERS_MAX + 1)}))
    assert refusal.code is ProblemCode.ARCHIVE_TOO_LARGE
    crowded = zipped({f"{number:0>200}": b"" for number in range(3000)}, zipfile.ZIP_STORED)
    assert is_too_crowded(crowded)
    (read,) = read_statements("z.zip", crowded)
    assert [problem.code for problem in read.problems] == [ProblemCode.ARCHIVE_TOO_LARGE]


def test_a_member_with_a_password_is_named():
    data = bytearray(zipped({"a.txt": b"secret"}, zipfile.ZIP_STORED))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert found(bytes(data)) == [("a.txt", ProblemCode.ARCHIVE_DAMAGED)]


def test_a_damaged_member_is_named_and_the_others_are_read():
    data = zipped({"a.txt": b"first", "b.txt": b"second"}, zipfile.ZIP_STORED)
    assert found(data.replace(b"first", b"FIRST")) == [
        ("a.txt", ProblemCode.ARCHIVE_DAMAGED),
        ("b.txt", b"second"),
    ]


@pytest.mark.parametrize("cut", [5, 40, -30, -3])
def test_a_cut_archive_is_refused(cut):
    (read,) = read_statements("z.zip", zipped({"a.txt": GOOD})[:cut])
    assert [problem.code for problem in read.problems] == [ProblemCode.ARCHIVE_DAMAGED]
    assert (read.file, read.verdict) == ("z.zip", Verdict.REFUSED)


def test_an_empty_archive_is_refused():
    (read,) = read_statements("z.zip", zipped({"folder/": b""}))
    assert [problem.code for problem in read.problems] == [ProblemCode.NOTHING_INSIDE]


def test_russian_names_of_old_archives_are_readable():
    data = zipped({"XXXX.txt": b"x"}).replace(b"XXXX", "Банк".encode("cp866"))
    assert found(data) == [("Банк.txt", b"x")]
    assert found(zipped({"Банк.txt": b"x"})) == [("Банк.txt", b"x")]


def test_a_name_that_climbs_out_is_only_shown():
    (read,) = read_statements("z.zip", zipped({"../../etc/passwd": GOOD}))
    assert (read.file, read.verdict) == ("z.zip/../../etc/passwd", Verdict.OK)

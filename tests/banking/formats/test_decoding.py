"""The declared encoding is not believed; the same statement reads the same in all of them."""

import pytest

from banking.formats.decoding import Undecodable, decode, starts_like_1c
from banking.formats.read import read_statement
from banking.formats.records import Verdict
from tests.banking.samples import document, section, statement

TEXT = statement(section(), document())
PLAIN = read_statement("f", TEXT.encode("cp1251"))


@pytest.mark.parametrize(
    ("codec", "told"),
    [
        ("cp1251", "cp1251"),
        ("cp866", "cp866"),
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
    ],
)
@pytest.mark.parametrize("declared", ["Windows", "DOS", "UTF-8", ""])
def test_every_encoding_gives_the_same_operations(codec, told, declared):
    data = statement(section(), document(), declared=declared).encode(codec)
    read = read_statement("f", data)
    assert read.encoding == told
    assert read.verdict is Verdict.OK
    assert read.lines == PLAIN.lines
    assert [move.identity for move in read.moves] == [move.identity for move in PLAIN.moves]


def test_one_undefined_byte_is_replaced_and_told():
    data = TEXT.encode("cp1251").replace("Василёк".encode("cp1251"), b"\x98")
    read = read_statement("f", data)
    assert read.verdict is Verdict.OK
    assert [problem.code for problem in read.problems] == ["damaged-text"]


def test_text_without_a_known_word_is_undecodable():
    assert decode(b"1CClientBankExchange\n\xff\xff\xff=1") == Undecodable()


@pytest.mark.parametrize(
    ("data", "is_one"),
    [
        (b"1CClientBankExchange", True),
        (b"\r\n \r\n1CClientBankExchange \r\n", True),
        (b"\xef\xbb\xbf1CClientBankExchange\n", True),
        ("1CClientBankExchange\n".encode("utf-16"), True),
        (b"x\r\n1CClientBankExchange\r\n", False),
        (b"", False),
    ],
)
def test_the_first_line_alone_recognises_the_format(data, is_one):
    assert starts_like_1c(data) is is_one

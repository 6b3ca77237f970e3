r"""From bytes to text for the formats that name no encoding: MT940, the Belarus client-bank.

b"\xcf\xeb\xe0\xf2\xfb\xe6"       «Платыж» in cp1251: letters of one alphabet stand in runs
b"\x8f\xab\xa0\xe2"               the same letters in cp866
b"\xfcberweisung"                 one letter among Latin ones: cp1252

Libraries guess UTF-8 and then cp852, which turns Russian into box characters without a word.
"""

import re

from banking.formats.decoding import Decoded

__all__ = ["decode_text", "head_of"]

HEAD_BYTES = 4000
_LOST = "\ufffd"
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_SAMPLE_BYTES = 200_000
_MARKED = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_RUSSIAN_SMALL = re.compile("[а-яё]")
_RUSSIAN_GREAT = re.compile("[А-ЯЁ]")


def decode_text(data: bytes) -> Decoded:
    """Text and the encoding it really has; a byte that no encoding knows becomes U+FFFD."""
    encoding = _encoding(data)
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    return Decoded(text, encoding, text.count(_LOST))


def head_of(data: bytes) -> bytes:
    """The first bytes as one-byte letters, after any mark of a Unicode encoding."""
    head = data[:HEAD_BYTES]
    if head[:2] in _MARKED:
        return head.decode("utf-16", errors="replace").encode("utf-8", errors="replace")
    return head.removeprefix(b"\xef\xbb\xbf")


def _encoding(data: bytes) -> str:
    if data[:2] in _MARKED:
        return "utf-16"
    if _is_utf8(data):
        return "utf-8"
    runs = [len(run) for run in _HIGH_RUN.findall(data[:_SAMPLE_BYTES])]
    in_words = sum(length for length in runs if length > 1)
    if in_words * 2 < sum(runs):
        return "cp1252"
    return max(("cp1251", "cp866"), key=lambda one: _russian(data[:_SAMPLE_BYTES], one))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _russian(data: bytes, encoding: str) -> int:
    text = data.decode(encoding, errors="replace")
    # In the wrong one of the two, small letters turn into great ones and into frames.
    return 2 * len(_RUSSIAN_SMALL.findall(text)) + len(_RUSSIAN_GREAT.findall(text))

"""From bytes to text without believing what the file says about itself (FORMAT_1C §1).

Кодировка=Windows, the bytes are UTF-8      -> utf-8
Кодировка=DOS                               -> cp866
1CClientBankExchange, then only U+FFFD      -> Undecodable: destroyed by a wrong re-encoding
"""

from dataclasses import dataclass

__all__ = ["MAGIC", "Decoded", "Undecodable", "decode", "starts_like_1c"]

MAGIC = "1CClientBankExchange"
_LOST = "\ufffd"
# Any one of these in a line proves the encoding; they are the first words of every real file.
_PROOFS = (
    "Кодировка=",
    "ВерсияФормата=",
    "СекцияДокумент",
    "СекцияРасчСчет",
    "РасчСчет=",
    "ДатаНачала=",
)
_HEAD_BYTES = 400
_PROOF_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it really has, and how many letters could not be read."""

    text: str
    encoding: str
    letters_lost: int


@dataclass(frozen=True, slots=True)
class Undecodable:
    """The first line is right, but no known word is found in any encoding."""


def starts_like_1c(data: bytes) -> bool:
    """Whether the first non-blank line is the format's own, in any encoding, after any BOM."""
    head = _wide(data[:_HEAD_BYTES]) or data[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf")
    for line in head.replace(b"\r", b"\n").split(b"\n"):
        if line.strip():
            return line.strip(b" \t\xa0\x00\x1a") == MAGIC.encode()
    return False


def decode(data: bytes) -> Decoded | Undecodable:
    """Find the encoding by trial and keep the one in which the format's words appear."""
    for encoding in _likely(data):
        text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
        if any(proof in text for proof in _PROOFS):
            return Decoded(text, _NAMES[encoding], text.count(_LOST))
    return Undecodable()


_NAMES = {
    "utf-8": "utf-8",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16",
    "utf-16-be": "utf-16",
    "cp1251": "cp1251",
    "cp866": "cp866",
}


def _likely(data: bytes) -> tuple[str, ...]:
    """The candidates, the one that the beginning proves first: decoding all of it in vain is dear.

    A beginning that proves nothing (the words may come later) changes nothing.
    """
    every, head = _candidates(data), data[:_PROOF_BYTES]
    for encoding in every:
        text = head.decode(encoding, errors="replace")
        if any(proof in text for proof in _PROOFS):
            return (encoding, *every)
    return every


def _candidates(data: bytes) -> tuple[str, ...]:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return ("utf-16",)
    if data[:4] == b"1\x00C\x00":
        return ("utf-16-le",)
    if data[:4] == b"\x001\x00C":
        return ("utf-16-be",)
    return ("utf-8", "cp1251", "cp866")


def _wide(head: bytes) -> bytes:
    encoding = _candidates(head)[0]
    if not encoding.startswith("utf-16"):
        return b""
    return head.decode(encoding, errors="replace").removeprefix("\ufeff").encode()

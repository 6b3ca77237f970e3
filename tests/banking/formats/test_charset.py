"""The encoding is found by the text itself."""

import pytest

from banking.formats.charset import decode_text, head_of

RUSSIAN = "Оплата по договору № 12-А, НДС не облагается"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (RUSSIAN.encode("cp1251"), "cp1251"),
        (RUSSIAN.upper().encode("cp1251"), "cp1251"),
        (RUSSIAN.encode("cp866"), "cp866"),
        (RUSSIAN.encode(), "utf-8"),
        (RUSSIAN.encode("utf-8-sig"), "utf-8"),
        (RUSSIAN.encode("utf-16"), "utf-16"),
        ("Überweisung für Müller".encode("cp1252"), "cp1252"),
        (b"plain", "utf-8"),
        (b"", "utf-8"),
    ],
)
def test_the_encoding_is_found_and_nothing_is_lost(data, encoding):
    decoded = decode_text(data)
    assert (decoded.encoding, decoded.letters_lost) == (encoding, 0)
    assert decoded.text == data.decode(encoding).removeprefix("\ufeff")


def test_a_byte_that_no_encoding_knows_is_counted():
    decoded = decode_text(RUSSIAN.encode("cp1251") + b"\x98")
    assert (decoded.letters_lost, decoded.text) == (1, RUSSIAN + "\ufffd")


def test_the_head_is_one_byte_letters():
    for codec in ("utf-8", "utf-8-sig", "utf-16"):
        assert head_of("***** ^Type".encode(codec)) == b"***** ^Type"

"""Damage as it happens to files: cut, doubled, re-encoded, edited, with single bytes lost."""

import io
import re
import zipfile
from dataclasses import dataclass

ENCODINGS = ("utf-8", "cp1251", "cp866", "utf-16")
_DIGITS = re.compile(rb"[0-9]+[.,]?[0-9]*")


@dataclass(frozen=True)
class Copy:
    """A damaged copy; `is_cut` says that it is only a beginning of the original."""

    kind: str
    data: bytes
    is_cut: bool = False


def damaged(data, chance):
    """One damaged copy of these bytes."""
    if data.startswith(b"PK\x03\x04") and chance.random() < 0.8:
        return Copy("inside", _inside(data, chance))
    kind = chance.choice(sorted(_KINDS))
    return Copy(kind, _KINDS[kind](data, chance), is_cut=kind == "cut")


def _at(data, chance):
    return chance.randrange(len(data) + 1)


def _flip(data, chance):
    copy = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8)) if copy else 0):
        copy[chance.randrange(len(copy))] = chance.randrange(256)
    return bytes(copy)


def _cut(data, chance):
    return data[: _at(data, chance)]


def _behead(data, chance):
    return data[_at(data, chance) :]


def _hole(data, chance):
    start = _at(data, chance)
    return data[:start] + data[start + chance.randrange(1, 200) :]


def _double(data, chance):
    return data + chance.choice((b"", b"\n", b"\r\n")) + data


def _double_part(data, chance):
    start = _at(data, chance)
    end = start + chance.randrange(1, 2000)
    return data[:end] + data[start:end] + data[end:]


def _lines(data):
    return data.splitlines(keepends=True)


def _drop_line(data, chance):
    lines = _lines(data)
    for _ in range(chance.choice((1, 1, 3))):
        if lines:
            del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def _double_line(data, chance):
    lines = _lines(data)
    if lines:
        at = chance.randrange(len(lines))
        lines.insert(at, lines[at])
    return b"".join(lines)


def _swap_lines(data, chance):
    lines = _lines(data)
    if len(lines) > 1:
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _encode(data, chance):
    told, meant = chance.choice(ENCODINGS), chance.choice(ENCODINGS)
    return data.decode(told, errors="replace").encode(meant, errors="replace")


def _amounts(data, chance):
    numbers = list(_DIGITS.finditer(data))
    if not numbers:
        return data
    found = chance.choice(numbers)
    other = chance.choice((b"0", b"12", b"-5", b"1.234", b"9" * 30, b"1e9", b"", b"7,5,0", b"100"))
    return data[: found.start()] + other + data[found.end() :]


def _heading(data, chance):
    lines = _lines(data)
    top = min(len(lines), 12)
    if top:
        at = chance.randrange(top)
        lines[at] = _flip(lines[at].rstrip(b"\r\n"), chance) + b"\n"
    return b"".join(lines)


def _insert(data, chance):
    junk = chance.choice((b"\x00", b"\xff", b'"', b";", b"=", b"\n", b"\r", b"\xef\xbb\xbf", b"^"))
    at = _at(data, chance)
    return data[:at] + junk * chance.choice((1, 1, 40)) + data[at:]


def _inside(data, chance):
    """Damage to a part of a workbook, packed again so that its check sums are right."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        sheets = [name for name in names if "sheet" in name or "Strings" in name]
        victim = chance.choice(sheets or names)
        for name in names:
            content = old.read(name)
            if name == victim:
                content = _KINDS[chance.choice(("flip", "amounts", "hole", "cut"))](
                    content, chance
                )
            new.writestr(name, content)
    return out.getvalue()


_KINDS = {
    "amounts": _amounts,
    "behead": _behead,
    "cut": _cut,
    "double": _double,
    "double-line": _double_line,
    "double-part": _double_part,
    "drop-line": _drop_line,
    "encode": _encode,
    "flip": _flip,
    "heading": _heading,
    "hole": _hole,
    "insert": _insert,
    "swap-lines": _swap_lines,
}

"""How wide letters are, from a font's own tables: `hmtx` by `cmap` (OpenType 1.9, formats 4 only).

Liberation Sans has the widths of Arial, which is the font of the spreadsheet.
"""

import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

__all__ = ["Letters"]

FONTS = Path("/usr/share/fonts/truetype")
POINTS, DPI = 10, 96


@dataclass(frozen=True, slots=True)
class Letters:
    """The advance of each sign in thousandths of the font's size."""

    widths: Mapping[str, float]

    @classmethod
    def of(cls, font: str, face: str) -> "Letters":
        """A font's letters; without it the test is skipped, or fails when CI=true."""
        found = sorted(FONTS.rglob(f"{font}-{face}.ttf"))
        if not found:
            missing = f"{font} is not installed: apt-get install fonts-liberation"
            if os.environ.get("CI") == "true":
                pytest.fail(missing)
            pytest.skip(missing)
        return cls(_widths(found[0].read_bytes()))

    def width_px(self, text: str) -> float:
        """One line of ten points; a sign the font lacks is as wide as its widest usual ones."""
        return sum(self.widths.get(sign, 1000) for sign in text) * POINTS * DPI / 72 / 1000


def _widths(data: bytes) -> dict[str, float]:
    tables = {
        data[at : at + 4]: struct.unpack(">I", data[at + 8 : at + 12])[0]
        for at in range(12, 12 + 16 * _short(data, 4), 16)
    }
    size = _short(data, tables[b"head"] + 18)
    last = _short(data, tables[b"hhea"] + 34) - 1
    start = tables[b"hmtx"]
    return {
        sign: _short(data, start + 4 * min(glyph, last)) * 1000 / size
        for sign, glyph in _glyphs(data, tables[b"cmap"]).items()
    }


def _glyphs(data: bytes, cmap: int) -> dict[str, int]:
    subtables = (
        cmap + struct.unpack(">I", data[cmap + 8 + 8 * one : cmap + 12 + 8 * one])[0]
        for one in range(_short(data, cmap + 2))
    )
    at = next(one for one in subtables if _short(data, one) == 4)
    count = _short(data, at + 6) // 2
    ends, starts = at + 14, at + 16 + 2 * count
    deltas, offsets = starts + 2 * count, starts + 4 * count
    glyphs = {}
    for segment in range(count):
        step = 2 * segment
        first, last = _short(data, starts + step), _short(data, ends + step)
        for code in range(first, last + 1):
            glyph, offset = code, _short(data, offsets + step)
            if offset:
                glyph = _short(data, offsets + step + offset + 2 * (code - first))
            if glyph:
                glyphs[chr(code)] = (glyph + _short(data, deltas + step)) & 0xFFFF
    return glyphs


def _short(data: bytes, at: int) -> int:
    return int(struct.unpack(">H", data[at : at + 2])[0])

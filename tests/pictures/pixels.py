"""Pictures as bytes: reads what pdftoppm prints (P6), cuts empty margins, writes a small PNG.

A PNG here has a palette of at most 256 colours: the frequent ones exactly, so that the tints of the
workbook stay what they are, and for the others the nearest of those.
"""

import re
import struct
import zlib
from collections import Counter
from dataclasses import dataclass

__all__ = ["Pixels", "png", "read_ppm"]

PALETTE_MAX = 256
_WHITE = b"\xff\xff\xff"


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture of 24-bit colours, line after line."""

    width: int
    height: int
    data: bytes

    def line(self, number: int) -> bytes:
        return self.data[number * self.width * 3 : (number + 1) * self.width * 3]

    def without_white_below(self, margin: int) -> "Pixels":
        """The picture without the empty lines at its end, but for a margin."""
        empty = _WHITE * self.width
        filled = (one for one in range(self.height, 0, -1) if self.line(one - 1) != empty)
        height = min(self.height, next(filled, 0) + margin)
        return Pixels(self.width, height, self.data[: height * self.width * 3])


def read_ppm(content: bytes) -> Pixels:
    """A picture as `pdftoppm` writes it."""
    header = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", content)
    assert header is not None
    # Only one white space ends the header: the first byte of a colour may look like another.
    return Pixels(int(header[1]), int(header[2]), content[header.end() :])


def png(pixels: Pixels) -> bytes:
    """The picture with a palette."""
    colours = [pixels.data[at : at + 3] for at in range(0, len(pixels.data), 3)]
    counted = Counter(colours)
    kept = [colour for colour, _ in counted.most_common(PALETTE_MAX)]
    places = {colour: place for place, colour in enumerate(kept)}
    for colour in counted.keys() - places.keys():
        places[colour] = _nearest(kept, colour)
    indices = bytes(places[colour] for colour in colours)
    lines = b"".join(
        b"\0" + indices[start : start + pixels.width]
        for start in range(0, len(indices), pixels.width)
    )
    header = struct.pack(">IIBBBBB", pixels.width, pixels.height, 8, 3, 0, 0, 0)
    chunks = (
        (b"IHDR", header),
        (b"PLTE", b"".join(kept)),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _nearest(kept: list[bytes], colour: bytes) -> int:
    def distance(place: int) -> int:
        return sum((left - right) ** 2 for left, right in zip(kept[place], colour, strict=True))

    return min(range(len(kept)), key=distance)


def _chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

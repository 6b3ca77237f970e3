"""Pictures: what is empty below is cut, colours that are kept are exact, the file is a PNG."""

import struct
import zlib

from tests.pictures.pixels import Pixels, png, read_ppm

WHITE, BLUE = b"\xff\xff\xff", b"\x11\x55\xcc"


def test_empty_lines_below_are_cut_but_for_a_margin() -> None:
    picture = Pixels(2, 10, (WHITE + BLUE) * 3 + WHITE * 14)
    assert picture.without_white_below(2).height == 5


def test_a_printed_picture_is_read_even_when_it_begins_like_a_space() -> None:
    data = b"\x20\x0a\x20" * 4
    assert read_ppm(b"P6\n2 2\n255\n" + data) == Pixels(2, 2, data)


def test_the_file_holds_the_colours_as_they_were() -> None:
    content = png(Pixels(2, 2, WHITE + BLUE + BLUE + WHITE))
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", content[16:24]) == (2, 2)
    palette = content[content.index(b"PLTE") + 4 :][:6]
    at = content.index(b"IDAT")
    size = struct.unpack(">I", content[at - 4 : at])[0]
    lines = zlib.decompress(content[at + 4 : at + 4 + size])
    shown = [palette[3 * one : 3 * one + 3] for one in (*lines[1:3], *lines[4:6])]
    assert shown == [WHITE, BLUE, BLUE, WHITE]

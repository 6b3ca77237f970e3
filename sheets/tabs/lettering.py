"""How wide a text is in the font of the spreadsheet, Arial of ten points, and how many lines it takes.

Google makes rows as high as their wrapped texts; a workbook in a file must say the height. A
text is never wider than what is said here.
"""

from collections.abc import Iterator

from sheets.formulas import Call, Node, Op, Str

__all__ = ["PADDING_PX", "lines_of", "longest_text", "text_px"]

# Ten points at 96 dots an inch.
FONT_PX = 40 / 3
# What a cell keeps free at its two sides.
PADDING_PX = 6
# Thousandths of the font's size; every other sign is no wider than the last.
_BOLD = (
    (340, " !(),-./:;Iijlft|'[]\\`\u00a0\u202f"),
    (420, "*r{}г"),
    (500, '"zкт'),
    (560, "0123456789J_aceksvxyаехсуз#$₽э"),
    (590, "+–−<=>^~«»ёчя"),
    (640, "?FLTZbdghnopquКТГЗУбвдийлнопрць"),
    (700, "EPSVXYЕЁРХ"),
    (740, "&ABCDHKNRUАБВДИЙЛНПСЦЧЬЭЯжмъ"),
    (780, "GOQwО"),
    (890, "%MmМФфшщыюЪ"),
    (980, "WЖЫ"),
    (1160, ""),
)
_REGULAR = (
    (280, " !,./:;Itfijl|'[]\\\u00a0\u202f"),
    (340, "()-r`{}"),
    (390, '"*г'),
    (470, "ктз^"),
    (500, "Jcksvxyzсух"),
    (560, "–0123456789?L_abdeghnopquаеёвийнопрьГя«»#$₽чэ"),
    (590, "+−<=>~лц"),
    (640, "FTZКТЗУбдъ"),
    (700, "&ABEKPSVXYАБВДЕЁЛРХЧЬжм"),
    (740, "CDHNRUwИЙНПСЦЭЯы"),
    (790, "GOQОюФ"),
    (840, "MmМфшщЪ"),
    (950, "%WЖЫШ"),
    (1160, ""),
)
_WIDEST = _BOLD[-1][0]


def _by_sign(widths: tuple[tuple[int, str], ...]) -> dict[str, int]:
    return {sign: width for width, signs in reversed(widths) for sign in signs}


_SIGNS = {True: _by_sign(_BOLD), False: _by_sign(_REGULAR)}


def text_px(text: str, *, bold: bool = True) -> float:
    """The width of one line in pixels, without the cell's padding."""
    signs = _SIGNS[bold]
    return sum(signs.get(sign, _WIDEST) for sign in text) * FONT_PX / 1000


def lines_of(text: str, column_px: int, *, bold: bool = True) -> int:
    """How many lines a wrapped text takes in a column of so many pixels."""
    room = column_px - PADDING_PX
    lines, used = 1, 0.0
    for word in text.split():
        width = text_px(word, bold=bold)
        gap = text_px(" ", bold=bold) if used else 0.0
        if used and used + gap + width > room:
            lines, used, gap = lines + 1, 0.0, 0.0
        used += gap + width
        while used > room:
            # A word longer than the line is broken where the line ends.
            lines, used = lines + 1, used - room
    return lines


def longest_text(node: Node) -> str:
    """The longest text that stands in a formula: what a heading by formula may show."""
    return max(_texts(node), key=len, default="")


def _texts(node: Node) -> Iterator[str]:
    match node:
        case Str(text):
            yield text
        case Call(_, arguments):
            for one in arguments:
                yield from _texts(one)
        case Op(_, left, right):
            yield from _texts(left)
            yield from _texts(right)
        case _:
            return

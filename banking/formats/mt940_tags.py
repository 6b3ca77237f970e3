"""The seam to the mt-940 library: its parser walks the tags, ours keep what they say as text.

The library's own tags raise on the first line they do not like, shorten references, move bad days
to the end of February, put the text after a closing balance onto the last movement and lose a
movement that has no type. Ours keep every line with its number, so that one bad line is named and
the others are read. Sums and days are understood later, by the same code as in other formats.
"""

import io
import re
from dataclasses import dataclass, field
from typing import cast

import mt940
from mt940.models import Transactions
from mt940.tags import TAG_BY_ID, BalanceBase, StatementASNB, StatementGLS, Tag

__all__ = ["Broken", "RawBalance", "RawBlock", "RawLine", "RawPage", "parse_blocks"]

BLOCKS_MAX = 5000
# A year of a shop has a tenth of that; the library takes a minute for half a million.
TAGS_MAX = 500_000
DETAILS_MAX = 200
LINE_CHARS_MAX = 10_000
# Not one of the blanks that the library strips.
_MARK = "\x02"
_TAG = re.compile(r":([0-9]{2}|NS)([A-Z])?:")
_TRAILER = re.compile(r"-(?:$|\}|X{1,3}$)|\{[1-5]:")
_CONTROL = dict.fromkeys([*range(32), 127], None) | {9: " "}
# Whatever a tag does not like; ours raise nothing, the rest is for what a new release may do.
_RAISED = (RuntimeError, ValueError, TypeError, KeyError, IndexError, ArithmeticError)


@dataclass(frozen=True, slots=True)
class RawBalance:
    """A balance as written; empty fields when the tag could not be read."""

    line: int
    text: str
    sign: str = ""
    day: str = ""
    currency: str = ""
    amount: str = ""
    rest: str = ""


@dataclass(slots=True)
class RawLine:
    """One :61: with its :86: and :NS: texts; no `fields` when it could not be read."""

    line: int
    text: str
    fields: dict[str, str]
    details: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)


@dataclass(slots=True)
class RawPage:
    """From an opening balance to a closing one; `is_continued` says that another page follows."""

    opening: RawBalance | None = None
    closing: RawBalance | None = None
    lines: list[RawLine] = field(default_factory=list)
    takes_text: bool = False
    is_continued: bool = False


@dataclass(slots=True)
class RawBlock:
    """From one :20: to the next: one account, one page or several; `damage` is a line number."""

    line: int = 0
    reference: str = ""
    account: str = ""
    number: str = ""
    turnovers: dict[str, tuple[str, str]] = field(default_factory=dict)
    pages: list[RawPage] = field(default_factory=list)
    damage: int = 0


@dataclass(frozen=True, slots=True)
class Broken:
    """The structure cannot be trusted from this line on."""

    line: int


def parse_blocks(text: str) -> list[RawBlock] | Broken:
    """Cut a decoded file into statements, each line with its number in the file."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    numbered, strays, starts = _numbered(lines)
    if strays or starts > BLOCKS_MAX or sum(_MARK in line for line in numbered) > TAGS_MAX:
        return Broken(strays)
    # The library takes a file, because a text could be the name of one on this machine.
    source = io.BytesIO("\n".join(numbered).encode("utf-8", errors="replace"))
    try:
        statements = mt940.parse_statements(source, encoding="utf-8", tags=_tags())
    except _RAISED:
        return Broken(0)
    return [_block(one) for one in statements]


def _numbered(lines: list[str]) -> tuple[list[str], int, int]:
    """Lines with their numbers behind the tags, without control bytes and trailers.

    Second: the line of a tag before the first :20:, which would be lost. Third: how many :20:.
    """
    kept: list[str] = []
    strays, starts, is_outside = 0, 0, False
    for number, raw in enumerate(lines, start=1):
        line = raw[:LINE_CHARS_MAX].translate(_CONTROL).removeprefix("\ufeff")
        found = _TAG.match(line)
        if found and _is_known(found):
            is_outside = False
            starts += found[0] == ":20:"
            strays = strays or (0 if starts else number)
            kept.append(f"{found[0]}{number}{_MARK}{line[found.end() :]}")
        elif _TRAILER.match(line.strip()):
            is_outside = True
        elif line.strip() and not is_outside:
            kept.append(line)
    return kept, strays, starts


def _is_known(found: "re.Match[str]") -> bool:
    # The library takes any other tag for a part of the text before it.
    return found[1] == "NS" or int(found[1]) in TAG_BY_ID or f"{found[1]}{found[2]}" in TAG_BY_ID


def _block(statement: Transactions) -> RawBlock:
    block = statement.data.get("block")
    assert isinstance(block, RawBlock)
    return block


def _of(transactions: Transactions) -> RawBlock:
    return cast("RawBlock", transactions.data.setdefault("block", RawBlock()))


@dataclass(frozen=True, slots=True)
class _Said:
    line: int
    text: str


def _said(value: str) -> _Said:
    number, _, text = value.partition(_MARK)
    return _Said(int(number), text)


class _Kept(Tag):
    """A tag that keeps its text; `put` files it."""

    pattern = r""

    def parse(self, transactions: Transactions, value: str) -> dict[str, str | None]:
        self.put(_of(transactions), _said(value))
        return {}

    def __call__(self, _: Transactions, __: dict[str, object]) -> dict[str, object]:
        """Leave the library nothing to build values of."""
        return {}

    def put(self, block: RawBlock, said: _Said) -> None:
        """Nothing to keep."""


class _Reference(_Kept):
    def put(self, block: RawBlock, said: _Said) -> None:
        block.line, block.reference = said.line, said.text.strip()


class _Account(_Kept):
    def put(self, block: RawBlock, said: _Said) -> None:
        text = said.text.strip()
        # A second account, or one with foreign letters, is a tag or a line that was destroyed.
        if block.account or "\n" in text or not text.isascii():
            block.damage = block.damage or said.line
        block.account = text


class _Number(_Kept):
    def put(self, block: RawBlock, said: _Said) -> None:
        block.number = said.text.strip()


class _Sums(_Kept):
    _count = re.compile(r"([0-9]*)[^0-9]{3}([0-9,]{1,15})")

    def __init__(self, way: str) -> None:
        super().__init__()
        self._way = way

    def put(self, block: RawBlock, said: _Said) -> None:
        found = self._count.match(said.text)
        if found:
            block.turnovers[self._way] = (found[1], found[2])


class _Details(_Kept):
    def put(self, block: RawBlock, said: _Said) -> None:
        _add_text(block, said.text, own=False)


class _Extension(_Kept):
    def put(self, block: RawBlock, said: _Said) -> None:
        _add_text(block, said.text, own=True)


def _add_text(block: RawBlock, text: str, *, own: bool) -> None:
    # After a closing balance the text is about the statement, not about its last movement.
    if block.pages and block.pages[-1].takes_text:
        last = block.pages[-1].lines[-1]
        texts = last.extra if own else last.details
        if len(texts) < DETAILS_MAX:
            texts.append(text)


class _Opening(_Kept, BalanceBase):
    pattern = BalanceBase.pattern

    def __init__(self, *, is_first: bool) -> None:
        super().__init__()
        self._is_first = is_first

    def put(self, block: RawBlock, said: _Said) -> None:
        has_one = any(page.opening for page in block.pages)
        if has_one and (self._is_first or block.pages[-1].closing is None):
            block.damage = block.damage or said.line
        if has_one or not block.pages:
            block.pages.append(RawPage())
        block.pages[-1].opening = _balance(self.re, said)
        block.pages[-1].takes_text = False


class _Closing(_Kept, BalanceBase):
    pattern = BalanceBase.pattern

    def __init__(self, *, is_last: bool) -> None:
        super().__init__()
        self._is_last = is_last

    def put(self, block: RawBlock, said: _Said) -> None:
        page = _page(block)
        if page.closing is not None:
            block.damage = block.damage or said.line
        page.closing = _balance(self.re, said)
        page.is_continued = not self._is_last
        page.takes_text = False


class _Booked(StatementGLS):
    """A :61: line. GLS lets the reference be as long as it is; ASN Bank puts an IBAN there."""

    def parse(self, transactions: Transactions, value: str) -> dict[str, str | None]:
        said = _said(value)
        first_two = "\n".join(said.text.split("\n")[:2])
        found = self.re.match(first_two) or _ASN.match(first_two)
        fields = {key: part or "" for key, part in found.groupdict().items()} if found else {}
        page = _page(_of(transactions))
        page.lines.append(RawLine(said.line, said.text, fields))
        page.takes_text = True
        return {}

    def __call__(self, _: Transactions, __: dict[str, object]) -> dict[str, object]:
        """Leave the library nothing to build values of; the line is kept in its page."""
        return {}


_ASN = StatementASNB().re


def _page(block: RawBlock) -> RawPage:
    if not block.pages:
        block.pages.append(RawPage())
    return block.pages[-1]


def _balance(pattern: "re.Pattern[str]", said: _Said) -> RawBalance:
    text = said.text.strip()
    found = pattern.match(text)
    if not found:
        return RawBalance(said.line, text)
    day = found["year"] + found["month"] + found["day"]
    sign, rest = found["status"].upper(), text[found.end() :]
    return RawBalance(said.line, text, sign, day, found["currency"], found["amount"], rest)


def _tags() -> dict[int | str, Tag]:
    ours: dict[int | str, Tag] = {
        20: _Reference(),
        25: _Account(),
        28: _Number(),
        60: _Opening(is_first=True),
        "60F": _Opening(is_first=True),
        "60M": _Opening(is_first=False),
        61: _Booked(),
        62: _Closing(is_last=True),
        "62F": _Closing(is_last=True),
        "62M": _Closing(is_last=False),
        86: _Details(),
        "NS": _Extension(),
        "90C": _Sums("C"),
        "90D": _Sums("D"),
    }
    return {**{name: _Kept() for name in TAG_BY_ID}, **ours}

"""Finds KNOWN contract and invoice numbers in a text; it never invents a number.

    known К-1086, 30260     «Оплата по сч.№30260, дог.№ К–1086 от 13.02.2026г.»    both
    known К-1086            «Оплата по дог. K1086»                                 found, dashless
    known К-1086            «за К-10861», «№ 5-К-1086»                             not found
    known 7                 «ТОВАР N7»                                             not found

A number stands on token boundaries. One of digits alone counts only after a word for a contract,
an invoice or an order, and a short one is unsure: it needs a second witness. A date of its own
(«№15 от 03.03») makes a short number sure, and another date makes it another number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from banking.matching.folding import fold_number, upper
from banking.matching.number_words import Dated, Owner, date_after, owner_before, split_known
from banking.matching.words import Words, packaged_words

__all__ = ["Found", "NumberIndex", "NumberKind"]

_TEXT_CHARS_MAX = 1000
_TOKENS_MAX = 6
# A number of fewer characters may stand there by chance; one of digits needs more of them.
_SHORT, _SHORT_OF_DIGITS = 4, 5
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
_TOKEN = re.compile(r"[0-9A-ZА-Я]+")
# The fragments are written as they look after folding: «СЧЕТ» is C, Ч, E, T in mixed letters.
_GLUED = re.compile(rf"(?:{fold_number('СЧ')}(?:{fold_number('ЕТ')}[A-ZА-Я]{{0,2}})?|N)(?=[0-9])")


class NumberKind(StrEnum):
    """Whose number it is."""

    CONTRACT = "contract"
    INVOICE = "invoice"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Found:
    """A known number in the text. `is_sure`: it could hardly stand there by chance."""

    kind: NumberKind
    number: str
    is_sure: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    gap: str  # what stands between this token and the one before it
    has_digit: bool


@dataclass(frozen=True, slots=True)
class _Known:
    kind: NumberKind
    number: str
    dated: Dated | None


@dataclass(slots=True)
class NumberIndex:
    """Known numbers in five forms, the strictest first.

    As written; with every separator a dash; without any; without leading zeros; the digits alone.
    The last two are never sure.
    """

    words: Words = field(default_factory=packaged_words)
    _exact: dict[str, set[_Known]] = field(default_factory=dict)
    _dashed: dict[str, set[_Known]] = field(default_factory=dict)
    _bare: dict[str, set[_Known]] = field(default_factory=dict)
    _zeroless: dict[str, set[_Known]] = field(default_factory=dict)
    _digits: dict[str, set[_Known]] = field(default_factory=dict)

    def add(self, kind: NumberKind, number: str) -> None:
        """Make a number known; «№» before it and «от 03.03» after it are understood."""
        core, dated = split_known(number)
        pieces = [token.text for token in _tokens(fold_number(core))]
        if not any(char.isdigit() for piece in pieces for char in piece):
            return
        known = _Known(kind, number, dated)
        dashed = "-".join(pieces)
        self._exact.setdefault("".join(fold_number(core).split()), set()).add(known)
        self._dashed.setdefault(dashed, set()).add(known)
        self._bare.setdefault("".join(pieces), set()).add(known)
        self._zeroless.setdefault(_ZEROS.sub("", dashed), set()).add(known)
        digits = re.findall(r"[0-9]+", dashed)
        if len(digits) == 1 and len(digits[0]) >= _SHORT - 1:
            self._digits.setdefault(digits[0], set()).add(known)

    def find(self, text: str) -> list[Found]:
        """All known numbers in the text, the longest reading of each place."""
        raised = upper(text[:_TEXT_CHARS_MAX])
        tokens = _tokens(fold_number(raised))
        found: list[Found] = []
        for first in range(len(tokens)):
            found.extend(self._from(tokens, first, raised))
        return [one for one in found if not any(_covers(other, one) for other in found)]

    def _from(self, tokens: list[_Token], first: int, text: str) -> Iterator[Found]:
        if first and not _starts(tokens, first):
            return
        for last in range(first, min(first + _TOKENS_MAX, len(tokens))):
            if last > first and not _joins(tokens[last - 1], tokens[last]):
                return
            if last + 1 < len(tokens) and not _ends(tokens, last):
                continue
            if not any(token.has_digit for token in tokens[first : last + 1]):
                continue
            yield from self._look_up(tokens[first : last + 1], text)

    def _look_up(self, piece: list[_Token], text: str) -> Iterator[Found]:
        knowns, is_loose = self._forms(piece)
        if not knowns:
            return
        start, end = piece[0].start, piece[-1].end
        owner = owner_before(text, start, self.words)
        given = date_after(text, end)
        is_plain = len(piece) == 1 and piece[0].text.isdigit()
        fitting = [
            one
            for one in sorted(knowns, key=lambda one: (one.kind, one.number))
            if (not is_plain or _announces(owner, one.kind))
            and not (one.dated and given and not one.dated.agrees(given))
        ]
        for one in fitting:
            is_dated = one.dated is not None and given is not None
            is_long = _is_long(piece, owner) and not is_loose and _allows(owner, one.kind, piece)
            is_sure = len(fitting) == 1 and (is_long or is_dated)
            yield Found(one.kind, one.number, is_sure, start, end)

    def _forms(self, piece: list[_Token]) -> tuple[set[_Known], bool]:
        """What is known under these tokens, and whether only a loose form fits."""
        texts = [token.text for token in piece]
        gaps = ["".join(token.gap.split()) for token in piece[1:]]
        glued = texts[0] + "".join(gap + one for gap, one in zip(gaps, texts[1:], strict=True))
        dashed = "-".join(texts)
        has_letter = any(char.isalpha() for one in texts for char in one)
        is_dotted = "." in gaps
        knowns = self._exact.get(glued, set())
        if not knowns and not is_dotted:
            knowns = self._dashed.get(dashed, set())
        if not knowns and len(piece) == 1 and has_letter:
            knowns = self._bare.get(texts[0], set())
        if knowns or is_dotted:
            return knowns, False
        knowns = self._zeroless.get(_ZEROS.sub("", dashed), set())
        if not knowns and len(piece) == 1 and not has_letter:
            knowns = self._digits.get(texts[0], set())
        return knowns, True


def _is_long(piece: list[_Token], owner: Owner) -> bool:
    chars = "".join(token.text for token in piece)
    is_announced = owner in {Owner.CONTRACT, Owner.ORDER, Owner.INVOICE}
    return len(chars) >= (_SHORT if is_announced or not chars.isdigit() else _SHORT_OF_DIGITS)


def _announces(owner: Owner, kind: NumberKind) -> bool:
    if kind is NumberKind.INVOICE:
        return owner is Owner.INVOICE
    return owner in {Owner.CONTRACT, Owner.ORDER}


def _allows(owner: Owner, kind: NumberKind, piece: list[_Token]) -> bool:
    """Whether the word before does not give the number to another document."""
    if owner is Owner.OTHER:
        return False
    is_invoice = owner is Owner.INVOICE and kind is not NumberKind.INVOICE
    return not (is_invoice and all(token.text.isdigit() for token in piece))


def _tokens(folded: str) -> list[_Token]:
    tokens: list[_Token] = []
    end = 0
    for match in _TOKEN.finditer(folded):
        start, text = match.start(), match[0]
        glued = _GLUED.match(text)
        if glued:
            start, text = start + glued.end(), text[glued.end() :]
        gap = folded[end : match.start()] if not glued else "\0"
        has_digit = not text.isalpha() and any(char.isdigit() for char in text)
        tokens.append(_Token(text, start, match.end(), gap, has_digit))
        end = match.end()
    return tokens


def _joins(before: _Token, after: _Token) -> bool:
    gap = after.gap
    if gap in {"-", "/", ".", "_"} or gap.strip() in {"-", "/"}:
        return True
    if gap.strip():
        return False
    return before.text.isalpha() and len(before.text) < _SHORT and after.text[:1].isdigit()


def _starts(tokens: list[_Token], index: int) -> bool:
    """Whether a number may begin here: not in the middle of a longer one."""
    gap, before = tokens[index].gap, tokens[index - 1].text
    if gap in {"-", "/", "_"}:
        return False
    return gap != "." or before.isalpha()


def _ends(tokens: list[_Token], index: int) -> bool:
    gap, after = tokens[index + 1].gap, tokens[index + 1].text
    if gap in {"-", "/", "_"}:
        return False
    return gap != "." or after.isalpha()


def _covers(longer: Found, shorter: Found) -> bool:
    inside = longer.start <= shorter.start and shorter.end <= longer.end
    return inside and longer.end - longer.start > shorter.end - shorter.start

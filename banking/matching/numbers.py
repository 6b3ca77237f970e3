"""Finds KNOWN contract and invoice numbers in a text; it never invents a number.

    known К-1086, 30260     «Оплата по сч.№30260, дог.№ К–1086 от 13.02.2026г.»    both
    known К-1086            «Оплата по дог. K1086»                                 found, dashless
    known К-1086            «за К-10861», «№ 5-К-1086»                             not found
    known 7                 «ТОВАР N7»                                             not found

A number stands on token boundaries. One of digits alone counts only after a word for a contract,
an invoice or an order, and a short one is unsure: it needs a second witness.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from banking.matching.folding import fold_number, upper

__all__ = ["Found", "NumberIndex", "NumberKind"]

_TEXT_CHARS_MAX = 1000
_TOKENS_MAX = 6
_SHORT = 4
_TOKEN = re.compile(r"[0-9A-ZА-Я]+")
# The fragments are written as they look after folding: «СЧЕТ» is C, Ч, E, T in mixed letters.
_GLUED = re.compile(rf"(?:{fold_number('СЧ')}(?:{fold_number('ЕТ')}[A-ZА-Я]{{0,2}})?|N)(?=[0-9])")
_CONTRACT_WORD = re.compile(r"ДОГ(?:ОВОР[А-Я]*)?|КОНТРАКТ[А-Я]*|ДОГ-РУ|Д-РУ")
_INVOICE_WORD = re.compile(r"СЧ(?:ЕТ[А-Я]*)?")
_ORDER_WORD = re.compile(r"ЗАКАЗ[А-Я]*")
_BETWEEN = frozenset(
    [
        "N",
        "NO",
        "№",
        "КЛИЕНТА",
        "ПОСТАВКИ",
        "УСЛУГ",
        "АРЕНДЫ",
        "ПОДРЯДА",
        "ОФЕРТЫ",
        "КУПЛИ",
        "ПРОДАЖИ",
        "ОПЛАТЫ",
        "НОМЕР",
    ]
)
_WORDS_BACK_MAX = 4


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


@dataclass(slots=True)
class NumberIndex:
    """Known numbers in three forms: as written, with every separator a dash, without any."""

    _exact: dict[str, set[tuple[NumberKind, str]]] = field(default_factory=dict)
    _dashed: dict[str, set[tuple[NumberKind, str]]] = field(default_factory=dict)
    _bare: dict[str, set[tuple[NumberKind, str]]] = field(default_factory=dict)

    def add(self, kind: NumberKind, number: str) -> None:
        """Make a number known."""
        pieces = [token.text for token in _tokens(fold_number(number))]
        if not any(char.isdigit() for piece in pieces for char in piece):
            return
        entry = (kind, number)
        tight = "".join(fold_number(number).split())
        self._exact.setdefault(tight, set()).add(entry)
        self._dashed.setdefault("-".join(pieces), set()).add(entry)
        self._bare.setdefault("".join(pieces), set()).add(entry)

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
            yield from self._look_up(tokens[first : last + 1], text)

    def _look_up(self, piece: list[_Token], text: str) -> Iterator[Found]:
        texts = [token.text for token in piece]
        gaps = ["".join(token.gap.split()) for token in piece[1:]]
        glued = texts[0] + "".join(gap + one for gap, one in zip(gaps, texts[1:], strict=True))
        entries = self._exact.get(glued, set())
        if not entries and all(gap != "." for gap in gaps):
            entries = self._dashed.get("-".join(texts), set())
        has_letter = any(char.isalpha() for one in texts for char in one)
        if not entries and len(piece) == 1 and has_letter:
            entries = self._bare.get(texts[0], set())
        word = _word_before(text, piece[0].start)
        for kind, number in sorted(entries):
            plain = len(piece) == 1 and not has_letter
            if plain and not _fits(kind, word):
                continue
            is_sure = len(entries) == 1 and sum(map(len, texts)) >= _SHORT
            yield Found(kind, number, is_sure, piece[0].start, piece[-1].end)


def _tokens(folded: str) -> list[_Token]:
    tokens: list[_Token] = []
    end = 0
    for match in _TOKEN.finditer(folded):
        start, text = match.start(), match[0]
        glued = _GLUED.match(text)
        if glued:
            start, text = start + glued.end(), text[glued.end() :]
        gap = folded[end : match.start()] if not glued else "\0"
        tokens.append(_Token(text, start, match.end(), gap))
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


def _word_before(text: str, start: int) -> str:
    words: Iterable[str] = reversed(
        re.findall(r"[0-9A-ZА-Я№-]+", text[max(0, start - 60) : start])
    )
    for _, word in zip(range(_WORDS_BACK_MAX), words, strict=False):
        if word.strip("№-") and word not in _BETWEEN:
            return word.strip("№")
    return ""


def _fits(kind: NumberKind, word: str) -> bool:
    is_contract = _CONTRACT_WORD.fullmatch(word) or _ORDER_WORD.fullmatch(word)
    is_invoice = _INVOICE_WORD.match(word)
    if kind is NumberKind.INVOICE:
        return bool(is_invoice)
    return bool(is_contract)

"""Reads the parts of a split line as they are typed, one a line; pure.

    15000 К-1027          a sum and a contract's number
    5 000,50 дог. К-1028    what stands before the number does not matter
    300 Обслуживание счёта  a sum and an article

What the words mean is found by whoever knows the deals and the articles: the longest ending of
them that is a contract's number or an article.
"""

from dataclasses import dataclass

from ledger.money import BadAmount, Currency, Money, parse_amount

__all__ = ["BadPart", "TypedPart", "read_parts"]

PARTS_MAX = 20
# «1 000 000 000 руб.» is the longest sum in words.
SUM_WORDS_MAX = 5


@dataclass(frozen=True, slots=True)
class TypedPart:
    """A sum and the words after it."""

    amount: Money
    words: str


@dataclass(frozen=True, slots=True)
class BadPart:
    """The first line that is not a sum with words; `text` as it was typed."""

    text: str


def read_parts(text: str, currency: Currency) -> list[TypedPart] | BadPart:
    """The parts of a message; one bad line refuses all of them, so that nothing is guessed."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or len(lines) > PARTS_MAX:
        return BadPart(text.strip()[:60])
    parts = []
    for line in lines:
        part = _read(line, currency)
        if part is None:
            return BadPart(line[:60])
        parts.append(part)
    return parts


def _read(line: str, currency: Currency) -> TypedPart | None:
    """The longest beginning that is a sum; a contract's number never begins with a blank sum."""
    words = line.split()
    for count in range(min(len(words), SUM_WORDS_MAX), 0, -1):
        amount = parse_amount(" ".join(words[:count]), currency)
        if not isinstance(amount, BadAmount):
            rest = " ".join(words[count:])
            return TypedPart(amount, rest) if rest else None
    return None

"""What stands around a number: the word that says whose it is, and the date it is given.

«по дог. № 15 от 3 марта 2026»     15: a contract's, directly; dated 3 March
«по счету №125 на сумму 175000»    125: an invoice's; 175000: nothing says whose
"""

import re
from dataclasses import dataclass
from enum import Enum

from banking.matching.folding import lower
from banking.matching.words import Table, Words

__all__ = ["Dated", "Owner", "date_after", "owner_before", "split_known"]


class Owner(Enum):
    """Whose number the words before it announce."""

    CONTRACT = Table.CONTRACT
    ORDER = Table.ORDER
    INVOICE = Table.INVOICE
    OTHER = Table.OTHER
    NOBODY = None


@dataclass(frozen=True, slots=True)
class Dated:
    """Day and month of a contract, and the year when it is written."""

    day: int
    month: int
    year: int | None

    def agrees(self, other: "Dated") -> bool:
        """Whether both may be one date."""
        same_year = self.year is None or other.year is None or self.year == other.year
        return (self.day, self.month) == (other.day, other.month) and same_year


_BACK_CHARS = 70
_WORDS_BACK_MAX = 4
_SIGN = re.compile(r"(?:№|#|(?<![a-zа-я])(?:n[oо]?|номер)\b\.?)\s*$")
_DATE = re.compile(
    r"(?:\bот\s*)?['\"]?(?<!\d)(?:\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d\d-\d\d)(?:\s*г\b)?\.?['\"]?"
)
_WORD = re.compile(r"[0-9a-zа-я][0-9a-zа-я/-]*")
# A number after these belongs to the words that follow them, not to those before.
_PREPOSITIONS = frozenset(["за", "на", "по", "от", "в", "к", "с", "и", "из", "для", "до", "руб"])
_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_WRITTEN = (
    r"\s*(?:г\.?\s*)?от\s*['\"]?(?P<d>\d{1,2})"
    r"(?:[./-](?P<m>\d{1,2})(?![0-9])|\s+(?P<w>[а-я]+))(?:[./\s-]+(?P<y>\d{4}|\d\d)(?!\d))?"
)
_AFTER = re.compile(_WRITTEN)
_ISO_AFTER = re.compile(r"\s*(?:г\.?\s*)?от\s*(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)")
_KNOWN = re.compile(rf"(?P<core>.+?){_WRITTEN}\s*(?:г\.?|года)?\s*")
_PREFIX = re.compile(r"\s*(?:(?:договор[а-я]*|дог\.?)\s*)?[№#]?\s*", re.IGNORECASE)


def owner_before(text: str, start: int, words: Words) -> Owner:
    """Whose number starts here. A bare N or №, or a number before it, announces nobody's."""
    before = lower(text[max(0, start - _BACK_CHARS) : start]).rstrip(" (\"'«")
    sign = _SIGN.search(before)
    has_sign = sign is not None
    if sign:
        before = before[: sign.start()]
    found = _WORD.findall(_DATE.sub(" ", before))
    for back, word in enumerate(reversed(found[-_WORDS_BACK_MAX:])):
        owner = _owner(word.rstrip("-"), words)
        if owner is not Owner.NOBODY:
            is_near = back == 0 or has_sign or back <= 2  # noqa: PLR2004 - «договору поставки 7»
            return owner if is_near else Owner.NOBODY
        if word in _PREPOSITIONS or any(char.isdigit() for char in word):
            return Owner.NOBODY
    return Owner.NOBODY


def date_after(text: str, end: int) -> Dated | None:
    """The date that the number is given: «… от 03.03», «… от 3 марта 2026 г.»."""
    after = lower(text[end : end + _BACK_CHARS])
    found = _ISO_AFTER.match(after) or _AFTER.match(after)
    return _dated(found) if found else None


def split_known(number: str) -> tuple[str, Dated | None]:
    """A known number without «№» and without its date: «№15 от 03.03» is 15, dated 3 March."""
    prefix = _PREFIX.match(number)
    bare = number[prefix.end() :] if prefix else number
    found = _KNOWN.fullmatch(lower(bare))
    if found is None:
        return bare, None
    dated = _dated(found)
    return (bare[: len(found["core"])], dated) if dated else (bare, None)


def _owner(word: str, words: Words) -> Owner:
    for owner in (Owner.OTHER, Owner.CONTRACT, Owner.ORDER, Owner.INVOICE):
        if owner.value is not None and words.tables[owner.value].names(word):
            return owner
    return Owner.NOBODY


def _dated(found: re.Match[str]) -> Dated | None:
    parts = found.groupdict()
    month = int(parts["m"]) if parts["m"] else _month(parts.get("w") or "")
    if month is None:
        return None
    year = int(parts["y"]) if parts["y"] else None
    if year is not None and year < 100:  # noqa: PLR2004 - two digits
        year += 2000
    return Dated(int(parts["d"]), month, year)


def _month(word: str) -> int | None:
    fitting = [at for at, start in enumerate(_MONTHS, start=1) if word.startswith(start)]
    return fitting[0] if fitting else None

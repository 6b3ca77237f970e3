"""Money in whole minor units, read from text in one place and printed in one place.

1 500      12 500,50      12500.5      1,234,567.89      500 ₽      40 р.
"-5"       -> refused: negative            "12,5,0" -> refused: unclear
"1e9"      -> refused: unclear             "1.500"  -> refused: ambiguous (1,50 or 1500?)
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["BadAmount", "BadAmountReason", "Currency", "Money", "parse_amount", "split", "total"]

# One hundred billion roubles: more than any small business holds, small enough for 64 bits.
MINOR_MAX = 10**13
TEXT_CHARS_MAX = 40


class Currency(StrEnum):
    """ISO 4217 codes of the currencies that books and bank statements are in.

    All are kept to two decimals; DEM is there because old statements are in it.
    """

    RUB = "RUB"
    KZT = "KZT"
    BYN = "BYN"
    USD = "USD"
    EUR = "EUR"
    CNY = "CNY"
    AED = "AED"
    AMD = "AMD"
    AZN = "AZN"
    BGN = "BGN"
    CAD = "CAD"
    CHF = "CHF"
    CZK = "CZK"
    DEM = "DEM"
    DKK = "DKK"
    GBP = "GBP"
    GEL = "GEL"
    HKD = "HKD"
    HUF = "HUF"
    ILS = "ILS"
    INR = "INR"
    JPY = "JPY"
    KGS = "KGS"
    MDL = "MDL"
    NOK = "NOK"
    PLN = "PLN"
    RON = "RON"
    RSD = "RSD"
    SEK = "SEK"
    SGD = "SGD"
    THB = "THB"
    TJS = "TJS"
    TRY = "TRY"
    UAH = "UAH"
    UZS = "UZS"

    @property
    def sign(self) -> str:
        """The sign that people write after the sum; the code where there is no sign of its own."""
        signs = {"RUB": "₽", "KZT": "₸", "BYN": "Br", "USD": "$", "EUR": "€", "CNY": "¥"}
        return signs.get(self, self.value)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in minor units (kopecks). May be negative only in reports; entries refuse that."""

    minor: int
    currency: Currency = Currency.RUB

    def __post_init__(self) -> None:
        assert isinstance(self.minor, int)
        assert not isinstance(self.minor, bool)

    def __add__(self, other: "Money") -> "Money":
        assert self.currency is other.currency
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        assert self.currency is other.currency
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        assert self.currency is other.currency
        return self.minor < other.minor

    def __le__(self, other: "Money") -> bool:
        return self == other or self < other

    @property
    def plain(self) -> str:
        """For programs: `15000.00`, `-0.05`."""
        whole, part = divmod(abs(self.minor), 100)
        return f"{'-' if self.minor < 0 else ''}{whole}.{part:02d}"

    @property
    def human(self) -> str:
        """For people: `15 000 ₽`, `64 500,50 ₽`, with no-break spaces."""
        whole, part = divmod(abs(self.minor), 100)
        digits = f"{whole:,}".replace(",", "\u00a0")
        tail = f",{part:02d}" if part else ""
        return f"{'−' if self.minor < 0 else ''}{digits}{tail}\u00a0{self.currency.sign}"


class BadAmountReason(StrEnum):
    """Why a text is not a sum."""

    EMPTY = "empty"
    NEGATIVE = "negative"
    ZERO = "zero"
    TOO_LARGE = "too-large"
    AMBIGUOUS = "ambiguous"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class BadAmount:
    """A text that is not a sum, with the reason; nothing is guessed from it."""

    text: str
    reason: BadAmountReason


_SPACES = " \u00a0\u202f\u2009"
_ROUBLES = r"руб(?:лей|ля|ль)?\.?|р\.?"
# A sum in another currency than the books' is unclear, never read as if it were in theirs.
_SIGNS = {
    Currency.RUB: rf"₽|{_ROUBLES}",
    Currency.KZT: r"₸|тг\.?|тенге",
    Currency.BYN: rf"br|{_ROUBLES}",
    Currency.USD: r"\$",
    Currency.EUR: "€",
    Currency.CNY: "¥",
}
_CURRENCY = {
    currency: re.compile(
        rf"\s*(?:{_SIGNS.get(currency, currency.value)}|{currency.value})\s*$", re.IGNORECASE
    )
    for currency in Currency
}
_WHOLE = r"(?P<whole>\d+|\d{1,3}(?:[ ]\d{3})+)"
_POINTED = re.compile(rf"{_WHOLE}(?:[.,](?P<part>\d{{1,2}}))?")
_ENGLISH = re.compile(r"(?P<whole>\d{1,3}(?:,\d{3})+)\.(?P<part>\d{1,2})")
_GERMAN = re.compile(r"(?P<whole>\d{1,3}(?:\.\d{3})+),(?P<part>\d{1,2})")
_MANY_GROUPS = re.compile(r"(?P<whole>\d{1,3}(?:,\d{3}){2,}|\d{1,3}(?:\.\d{3}){2,})(?P<part>)")
_ONE_GROUP = re.compile(r"\d{1,3}[.,]\d{3}")


def parse_amount(text: str, currency: Currency = Currency.RUB) -> Money | BadAmount:
    """Read a positive sum as people and banks write it.

    Spaces (plain, no-break, thin) group thousands, a comma or a point starts the kopecks; the sign
    of `currency` may follow.
    Refused, in this order: empty, negative, ambiguous (`1.500`), unclear, too large, zero.
    """
    if len(text) > TEXT_CHARS_MAX:
        digits = text.strip().isdigit()
        return BadAmount(
            text[:TEXT_CHARS_MAX],
            BadAmountReason.TOO_LARGE if digits else BadAmountReason.UNCLEAR,
        )
    bare = _CURRENCY[currency].sub(
        "", text.translate(dict.fromkeys(map(ord, _SPACES), " ")).strip()
    )
    if not bare:
        return BadAmount(text, BadAmountReason.EMPTY)
    if bare[0] in "-−–":
        return BadAmount(text, BadAmountReason.NEGATIVE)
    if not bare.isascii():
        return BadAmount(text, BadAmountReason.UNCLEAR)
    if _ONE_GROUP.fullmatch(bare):
        return BadAmount(text, BadAmountReason.AMBIGUOUS)
    for pattern in (_POINTED, _ENGLISH, _GERMAN, _MANY_GROUPS):
        found = pattern.fullmatch(bare)
        if found:
            return _money(text, found["whole"], found["part"] or "", currency)
    return BadAmount(text, BadAmountReason.UNCLEAR)


def split(amount: Money, weights: Sequence[int]) -> list[Money]:
    """Divide a sum by weights so that the parts add up exactly (largest remainder).

    The kopecks left over go to the largest remainders; among equal ones the earlier part gets
    it, so the same input always divides in the same way. All weights zero: every part is zero and
    nothing is divided (the caller keeps the sum where it was).
    """
    assert all(weight >= 0 for weight in weights)
    assert amount.minor >= 0
    base = sum(weights)
    if base == 0:
        return [Money(0, amount.currency) for _ in weights]
    parts = [amount.minor * weight // base for weight in weights]
    remainders = [amount.minor * weight % base for weight in weights]
    left = amount.minor - sum(parts)
    for index in sorted(range(len(parts)), key=lambda i: (-remainders[i], i))[:left]:
        parts[index] += 1
    assert sum(parts) == amount.minor
    return [Money(part, amount.currency) for part in parts]


def total(sums: Sequence[Money], currency: Currency = Currency.RUB) -> Money:
    """The sum of sums; zero of the given currency when there are none."""
    result = Money(0, currency)
    for one in sums:
        result += one
    return result


def _money(text: str, whole: str, part: str, currency: Currency) -> Money | BadAmount:
    digits = "".join(char for char in whole if char.isdigit())
    minor = int(digits) * 100 + int(part.ljust(2, "0") if part else "0")
    if minor > MINOR_MAX:
        return BadAmount(text, BadAmountReason.TOO_LARGE)
    if minor == 0:
        return BadAmount(text, BadAmountReason.ZERO)
    return Money(minor, currency)

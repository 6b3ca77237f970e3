"""Values of a bank file as people and banks write them: sums, dates, accounts, names, INN.

«3 500,50», «70000», «22.9»            3500.50, 70000.00, 22.90
29.02.2024, 2024-02-29, 29.02.24       the same day
ИНН 7707083893/770701001 ПАО БАНК      ПАО БАНК
"""

import html
import re
from datetime import date
from functools import lru_cache

from stdnum.ru import inn as russian_inn

from ledger.money import BadAmount, BadAmountReason, Currency, Money, parse_amount

__all__ = [
    "clean_account",
    "clean_inn",
    "clean_name",
    "clean_text",
    "clean_unp",
    "currency_named",
    "currency_of",
    "masks_agree",
    "parse_balance",
    "parse_day",
    "parse_exact",
]

_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4}|[0-9]{2})(?:\s.*)?")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T\s].*)?")
_YEAR_MIN, _YEAR_MAX = 1990, 2099
_LEADING_INN = re.compile(r"(?:ИНН\s*[0-9]{5,12}(?:/[0-9]*)?|[0-9]{10,12})\s*,?\s+", re.IGNORECASE)
_RUSSIAN_ACCOUNT_DIGITS = 20
_BY_CODE = {
    "810": Currency.RUB,
    "643": Currency.RUB,
    "840": Currency.USD,
    "978": Currency.EUR,
    "156": Currency.CNY,
    "398": Currency.KZT,
    "933": Currency.BYN,
}
# Currencies that exist but that the books do not keep: GBP, CHF, JPY, TRY, AED, INR, KGS, AMD,
# UZS, TJS, GEL, AZN, UAH, HKD. Any other code is an anonymised account in roubles.
_FOREIGN_CODES = frozenset(
    "826 756 392 949 784 356 417 051 860 972 981 944 980 344".split()  # noqa: SIM905 - a table
)
_BY_COUNTRY = {"KZ": Currency.KZT, "BY": Currency.BYN}
_BY_NAME = {currency.value: currency for currency in Currency}
_UNP = re.compile(r"[0-9A-Z]{2}[0-9]{7}")
_EXACT = re.compile(r"([0-9]{1,18})(?:[.,]([0-9]{0,18}))?")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}")


def clean_text(text: str) -> str:
    """One line with single blanks and no HTML entities."""
    return " ".join(html.unescape(text).split())


def clean_account(text: str) -> str:
    """An account number without blanks; its length is not judged (foreign ones differ)."""
    return "".join(text.split())


def clean_name(text: str) -> str:
    """A name without the INN that some banks put before it."""
    name = clean_text(text)
    return _LEADING_INN.sub("", name, count=1) or name


def clean_inn(text: str, *, kazakh: bool = False) -> str | None:
    """An INN of 10 or 12 digits with right check digits; a Kazakh BIN or IIN of 12 digits."""
    digits = clean_account(text)
    if not digits.isascii() or not digits.isdigit() or not digits.strip("0"):
        return None
    if kazakh:
        return digits if len(digits) == 12 else None  # noqa: PLR2004 - the length of a BIN
    return digits if _is_russian_inn(digits) else None


@lru_cache(maxsize=5000)
def _is_russian_inn(digits: str) -> bool:
    """The same clients pay again and again, and check digits are the dearest part of a line."""
    return bool(russian_inn.is_valid(digits))


def clean_unp(text: str) -> str | None:
    """A Belarusian taxpayer's number: nine letters and digits, of which seven digits end it."""
    bare = clean_account(text).upper()
    return bare if _UNP.fullmatch(bare) and bare.strip("0") else None


def currency_named(code: str) -> Currency | None:
    """The currency of an ISO 4217 code; RUR is the rouble. None: not one that we know."""
    bare = code.strip().upper()
    return Currency.RUB if bare == "RUR" else _BY_NAME.get(bare)


def currency_of(account: str) -> Currency | None:
    """The currency that the account number names; None when the books do not keep it."""
    if _IBAN.fullmatch(account):
        return _BY_COUNTRY.get(account[:2], Currency.RUB)
    if len(account) != _RUSSIAN_ACCOUNT_DIGITS or not account.isascii() or not account.isdigit():
        return Currency.RUB
    code = account[5:8]
    return None if code in _FOREIGN_CODES else _BY_CODE.get(code, Currency.RUB)


def masks_agree(masked: str, account: str) -> bool:
    """Whether a number with `*` in it can be this account."""
    if "*" not in masked or len(masked) != len(account):
        return False
    pairs = list(zip(masked, account, strict=True))
    return all(left in ("*", right) for left, right in pairs) and any(
        left == right for left, right in pairs
    )


@lru_cache(maxsize=2000)
def parse_day(text: str) -> date | None:
    """A day as dd.mm.yyyy, dd.mm.yy or yyyy-mm-dd (a time after it is allowed), else None."""
    bare = text.strip()
    if found := _DAY.fullmatch(bare):
        day, month, year = (int(part) for part in found.groups())
        year += 2000 if len(found[3]) == 2 else 0  # noqa: PLR2004 - a two-digit year
    elif found := _ISO_DAY.fullmatch(bare):
        year, month, day = (int(part) for part in found.groups())
    else:
        return None
    if not _YEAR_MIN <= year <= _YEAR_MAX:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_balance(text: str, currency: Currency) -> Money | BadAmount:
    """A balance or a turnover: like a sum, but it may be zero or below zero."""
    bare = text.strip()
    below = bare[:1] in {"-", "−"}
    parsed = parse_amount(bare[1:] if below else bare, currency)
    if isinstance(parsed, BadAmount):
        return Money(0, currency) if parsed.reason is BadAmountReason.ZERO else parsed
    return -parsed if below else parsed


def parse_exact(text: str, currency: Currency) -> Money | BadAmount:
    """A sum as interchange formats write it: digits, one point or comma, any number of decimals.

    Zero is a sum here. Decimals beyond the second must be zeros, since nothing is ever rounded.
    """
    found = _EXACT.fullmatch(text.strip())
    if not found:
        return BadAmount(text, BadAmountReason.UNCLEAR)
    whole, part = found[1].lstrip("0") or "0", (found[2] or "").rstrip("0")
    if len(part) > 2:  # noqa: PLR2004 - kopecks
        return BadAmount(text, BadAmountReason.UNCLEAR)
    return parse_balance(f"{whole}.{part or 0}", currency)

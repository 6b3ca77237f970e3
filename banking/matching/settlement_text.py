"""Reads what an acquirer or a loan bank writes about its settlement, to the kopeck.

Зачисление… эквайринга. Мерчант №881000000004. Дата реестра 12.01.2026. Комиссия 457.47.
    -> merchant, registry day, fee 457.47, credited net
Комиссия 242.57 (в т.ч. НДС 43.74) и 16.20 (НДС не обл)      -> fee 258.77: two parts
Зачисление средств по терминалам эквайринга от 01.08.2026    -> credited gross, fee apart
Оплата товара по кредитному договору… удержана комиссия 1350.00  -> a client's loan, net
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from banking.formats.records import StatementLine
from banking.formats.values import parse_day
from banking.matching.folding import lower
from banking.matching.words import Words

__all__ = ["Settlement", "SettlementKind", "read_settlement", "text_minor"]


class SettlementKind(StrEnum):
    """Who settles what."""

    NET = "net"
    GROSS = "gross"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the text says; None where it says nothing. Sums are in minor units."""

    kind: SettlementKind
    merchant: str | None
    registry_on: date | None
    fee_minor: int | None
    gross_minor: int | None
    refund_minor: int


_SUM = (
    r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d{1,3}(?:,\d{3})+\.\d{2}"
    r"|\d+[.,]\d{1,2}(?!\d)|\d+-\d{2}(?!\d)|\d+=|\d+)"
)
_ROUBLES_KOPECKS = re.compile(r"сумма комиссии\s+(\d+) руб\. (\d{1,2}) коп")
_FEES = (
    re.compile(rf"(?<![а-я])к\.({_SUM})()"),
    re.compile(rf"удержан[оа] ком(?:исси[а-я]+)?[^\d]*({_SUM})()"),
    re.compile(
        rf"комисси[яи]\s*:?\s*({_SUM})(?:\s*\(в т\.ч\. ндс [\d.,]+\))?(?:\s+и\s+(\d+[.,]\d{{2}}))?"
    ),
)
_GROSS = re.compile(rf"(?:оборот|на сумму|(?<![а-я])сумма)\s*:?\s*({_SUM})")
_MERCHANT = re.compile(r"мерчант[а-я]*\s*№?\s*(\d{6,})")
_REGISTRY = re.compile(
    r"(?:дата реестра|реестру операций от|терминалам эквайринга от|за дату|по мерчанту \d+ от"
    r"|мерчант \d+ за|руб\. за|дата)\s*(\d{2}\.\d{2}\.\d{2,4})"
)
_REGISTRY_GLUED = re.compile(r"(?<![а-я])р\.(\d{2})(\d{2})(\d{4})")
_REFUND = re.compile(rf"возвр(?:ат покупки)?\s+({_SUM})/({_SUM})")
_ALFA = re.compile(r"(?<![а-я])р\.\d{8}\s+к\.\d")


def read_settlement(line: StatementLine, words: Words) -> Settlement | None:
    """The settlement that an incoming line announces, or None when it is an ordinary one."""
    text = lower(line.purpose)
    kind = _kind(text, words)
    if kind is None:
        return None
    merchant = _MERCHANT.search(text)
    gross = _GROSS.search(text) if kind is not SettlementKind.CREDIT else None
    refund = _REFUND.search(text)
    return Settlement(
        kind=kind,
        merchant=merchant[1] if merchant else None,
        registry_on=_registry(text),
        fee_minor=None if kind is SettlementKind.GROSS else _fee(text),
        gross_minor=text_minor(gross[1]) if gross else None,
        refund_minor=text_minor(refund[1]) if refund else 0,
    )


def text_minor(text: str) -> int:
    """A sum in any of the four styles banks use, in minor units.

    «10 863.42», «31,090.00», «747,50», «465000=», «98483-90».
    """
    bare = "".join(text.split()).rstrip("=")
    if "," in bare and "." in bare:
        bare = bare.replace(",", "")
    whole, _, part = bare.replace(",", ".").replace("-", ".").partition(".")
    return int(whole) * 100 + int((part or "0").ljust(2, "0"))


def _kind(text: str, words: Words) -> SettlementKind | None:
    if any(word in text for word in words.credit) and "комисси" in text:
        return SettlementKind.CREDIT
    if any(word in text for word in words.gross_settlement):
        return SettlementKind.GROSS
    if any(word in text for word in words.settlement) or _ALFA.search(text):
        return SettlementKind.NET
    return None


def _fee(text: str) -> int | None:
    if found := _ROUBLES_KOPECKS.search(text):
        return int(found[1]) * 100 + int(found[2].ljust(2, "0"))
    for pattern in _FEES:
        if found := pattern.search(text):
            return sum(text_minor(part) for part in found.groups() if part)
    return None


def _registry(text: str) -> date | None:
    if found := _REGISTRY_GLUED.search(text):
        return parse_day(".".join(found.groups()))
    found = _REGISTRY.search(text)
    return parse_day(found[1]) if found else None

"""Reads what an acquirer or a loan bank writes about its settlement, to the kopeck.

Зачисление… эквайринга. Мерчант №881000000004. Дата реестра 12.01.2026. Комиссия 457.47.
    -> merchant, registry day, fee 457.47, credited net
Комиссия 242.57 (в т.ч. НДС 43.74) и 16.20 (НДС не обл)      -> fee 258.77: two parts
Зачисление средств по терминалам эквайринга от 01.08.2026    -> credited gross, fee apart
Оплата товара по кредитному договору… удержана комиссия 1350.00  -> a client's loan, net

Words come from tables, the merchant is looked up among the known ones, any date of the last weeks
that is not a contract's is a registry day: the order of the phrases does not matter.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from banking.formats.records import StatementLine
from banking.formats.values import parse_day
from banking.matching.book import is_bank_account
from banking.matching.folding import lower
from banking.matching.words import Table, Words

__all__ = ["Settlement", "SettlementKind", "read_settlement", "text_minor"]


class SettlementKind(StrEnum):
    """Who settles what."""

    NET = "net"
    GROSS = "gross"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the text says; None where it says nothing. Sums are in minor units.

    `merchant` may be unknown to us; `days` are the registries it pays, the earliest first.
    """

    kind: SettlementKind
    merchant: str | None
    days: tuple[date, ...]
    fee_minor: int | None
    gross_minor: int | None
    refund_minor: int

    @property
    def registry_on(self) -> date | None:
        """The last registry day named."""
        return self.days[-1] if self.days else None


_DAYS_BACK_MAX = 21
_SUM = (
    r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d{1,3}(?:,\d{3})+\.\d{2}"
    r"|\d+[.,]\d{1,2}(?!\d)|\d+-\d{2}(?!\d)|\d+=|\d+)"
)
# A percentage may stand before the sum: «комиссия 1,9% 457.47».
_AFTER_WORD = re.compile(
    rf"(?P<gap>[^\d%]{{0,40}})(?:\d+(?:[.,]\d+)?\s*%[^\d%]{{0,12}})?(?P<sum>{_SUM})(?!\s*%|\d)"
    r"(?:\s*р(?:уб)?[а-я]*\.?\s*(?P<kopecks>\d{1,2})\s*коп)?"
)
_SECOND_PART = re.compile(rf"\s*(?:\(в т\.ч\. ндс [\d.,]+\))?\s+и\s+({_SUM})")
_DATE = re.compile(r"(?<![\d.])(?:\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d)|\d{4}-\d\d-\d\d)(?![\d])")
_GLUED_DATE = re.compile(r"(?<![а-я])р\.(\d{2})(\d{2})(\d{4})(?!\d)")
_OF_CONTRACT = re.compile(r"(?:дог|согл|контракт)[^;,.]*\bот\s*$")
_MERCHANT = re.compile(r"(?:мерч[а-я]*\.?|терминал[а-я]*|тсп|mid|tid)\s*(?:№|n)?\s*:?\s*(\d{6,})")
_NUMBER = re.compile(r"(?<!\d)\d{4,}(?!\d)")
_ALFA = re.compile(r"(?<![а-я])р\.\d{8}\s+к\.\s?\d")


def read_settlement(
    line: StatementLine, words: Words, merchants: Mapping[str, str]
) -> Settlement | None:
    """The settlement that an incoming line announces, or None when it is an ordinary one."""
    text = lower(line.purpose)
    merchant = _merchant(text, merchants)
    bare = _GLUED_DATE.sub(" ", _DATE.sub(" ", text))
    fee = _sum_after(bare, words, Table.FEE)
    kind = _kind(line, text, words, has_fee=fee is not None, is_known=merchant in merchants)
    if kind is None:
        return None
    gross = _sum_after(bare, words, Table.TURNOVER) if kind is not SettlementKind.CREDIT else None
    return Settlement(
        kind=kind,
        merchant=merchant,
        days=_days(text, line.day),
        fee_minor=None if kind is SettlementKind.GROSS else fee,
        gross_minor=gross,
        refund_minor=_sum_after(bare, words, Table.REFUND) or 0,
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


def _kind(
    line: StatementLine, text: str, words: Words, *, has_fee: bool, is_known: bool
) -> SettlementKind | None:
    is_bank = is_bank_account(line.counterparty_account)
    if words.says(Table.CREDIT, text) and (has_fee or (is_bank and not words.foreign(text))):
        return SettlementKind.CREDIT
    if words.says(Table.GROSS, text):
        return SettlementKind.GROSS
    is_announced = words.says(Table.SETTLEMENT, text) or _ALFA.search(text)
    return SettlementKind.NET if is_announced or (is_known and is_bank) else None


def _merchant(text: str, merchants: Mapping[str, str]) -> str | None:
    known = dict.fromkeys(one for one in _NUMBER.findall(text) if one in merchants)
    if len(known) == 1:
        return str(next(iter(known)))
    told = _MERCHANT.search(text)
    return told[1] if told and not known else None


def _sum_after(text: str, words: Words, table: Table) -> int | None:
    """The sum that the first fitting word of the table announces."""
    for word in words.tables[table].pattern.finditer(text):
        found = _AFTER_WORD.match(text, word.end())
        if found is None or _is_of_other(found["gap"], words, table):
            continue
        minor = text_minor(found["sum"])
        if found["kopecks"]:
            minor += int(found["kopecks"])
        second = _SECOND_PART.match(text, found.end()) if table is Table.FEE else None
        return minor + (text_minor(second[1]) if second else 0)
    return None


def _is_of_other(gap: str, words: Words, table: Table) -> bool:
    others = {Table.FEE, Table.TURNOVER, Table.REFUND} - {table}
    is_vat = "ндс" in gap or "мерч" in gap or "№" in gap
    return is_vat or any(words.says(other, gap) for other in others)


def _days(text: str, credited_on: date) -> tuple[date, ...]:
    earliest, latest = (
        credited_on - timedelta(days=_DAYS_BACK_MAX),
        credited_on + timedelta(days=1),
    )
    told = [
        parse_day(one[0])
        for one in _DATE.finditer(text)
        if not _OF_CONTRACT.search(text[max(0, one.start() - 60) : one.start()])
    ]
    told += [parse_day(".".join(one)) for one in _GLUED_DATE.findall(text)]
    return tuple(sorted({day for day in told if day is not None and earliest <= day <= latest}))

"""Values that people type after a command: read in one way everywhere, refused in words."""

import re
from datetime import date

from app.refusals import Refused
from ledger.months import Month
from store.reports import Basis

__all__ = ["basis_given", "day_given", "month_given", "words_given"]

YEARS = range(1990, 2101)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def month_given(text: str, name: str) -> Month:
    """A month, or a refusal that names the option and shows what is wanted."""
    month = Month.parse(text)
    if month is None or month.year not in YEARS:
        raise Refused(f"{name}: «{text}» — не месяц; нужен вид ГГГГ-ММ, например 2026-01.")
    return month


def day_given(text: str, name: str) -> date:
    """A day, or a refusal that names the option and shows what is wanted."""
    try:
        # Python reads 20260131 and 2026-W05-6 too; nobody who types those is sure of the day.
        day = date.fromisoformat(text.strip()) if _DAY.fullmatch(text.strip()) else None
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise Refused(f"{name}: «{text}» — не день; нужен вид ГГГГ-ММ-ДД, например 2026-01-31.")
    return day


def basis_given(text: str) -> Basis:
    """A basis, or a refusal that names both."""
    try:
        return Basis(text)
    except ValueError:
        raise Refused(f"--basis: «{text}» не бывает; есть cash и accrual.") from None


def words_given(text: str, name: str) -> str:
    """Words to be kept, trimmed; refused when they are empty or no text of this terminal."""
    words = " ".join(text.split())
    if not words or not words.isprintable():
        raise Refused(f"{name}: нужны слова, обычным текстом.")
    return words

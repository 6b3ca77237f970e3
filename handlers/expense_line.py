"""Reads expenses from a chat message, one a line; pure.

    500 такси            такси 500             1 500 такси         1500р такси
    1,5к бензин          2*350 кофе            500                 500 такси вчера
    20.11 500 такси      500 такси 20.11.2026

A line without a sum is not about an expense at all; a line with a sum that cannot be read is
refused with its number, and nothing is guessed. One bad line refuses the whole message.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ledger.money import MINOR_MAX, BadAmount, BadAmountReason, Currency, Money, parse_amount

__all__ = [
    "LINES_MAX",
    "BadDay",
    "BadDayReason",
    "BadLine",
    "ExpenseLine",
    "NotExpenses",
    "ReadOutcome",
    "TooManyLines",
    "read_expenses",
]

LINES_MAX = 20
# «1 000 000 000 руб.» is the longest sum in words of a line.
SUM_WORDS_MAX = 6
CENTURY = 2000


@dataclass(frozen=True, slots=True)
class ExpenseLine:
    """One expense as it was typed."""

    amount: Money
    words: str
    day: date


class BadDayReason(StrEnum):
    """Why a day cannot be taken."""

    NO_SUCH_DAY = "no-such-day"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class BadDay:
    """A day that does not exist or has not come."""

    text: str
    reason: BadDayReason


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is about money and cannot be read; `number` counts from 1."""

    number: int
    text: str
    problem: BadAmount | BadDay


@dataclass(frozen=True, slots=True)
class TooManyLines:
    """More lines than one message may have."""

    lines_max: int


@dataclass(frozen=True, slots=True)
class NotExpenses:
    """Nothing in the message looks like a sum."""


ReadOutcome = tuple[ExpenseLine, ...] | BadLine | TooManyLines | NotExpenses

_DAYS_BACK = {"сегодня": 0, "вчера": 1, "позавчера": 2}
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2}))?", re.ASCII)
_THOUSANDS = re.compile(r"(\d+)(?:[.,](\d{1,3}))?\s?[кk]", re.ASCII | re.IGNORECASE)
_TIMES = re.compile(r"(\d{1,4})\s?[*×xх]\s?(\S.*)", re.ASCII | re.IGNORECASE)
_LOOKS_LIKE_SUM = re.compile(r"[-−–+]?[.,]?\d")


def read_expenses(text: str, today: date, currency: Currency = Currency.RUB) -> ReadOutcome:
    """Read a message. Order: NotExpenses, TooManyLines, the first BadLine."""
    lines = [line for line in text.splitlines() if line.strip()]
    read = [_read(number, line, today, currency) for number, line in enumerate(lines, 1)]
    if all(one is None for one in read):
        return NotExpenses()
    if len(lines) > LINES_MAX:
        return TooManyLines(LINES_MAX)
    found: list[ExpenseLine] = []
    for number, (line, one) in enumerate(zip(lines, read, strict=True), 1):
        if one is None:
            problem = BadAmount(line.strip(), BadAmountReason.EMPTY)
            return BadLine(number, line.strip(), problem)
        if isinstance(one, BadLine):
            return one
        found.append(one)
    return tuple(found)


def _read(number: int, line: str, today: date, currency: Currency) -> ExpenseLine | BadLine | None:
    day, words = _taken_day(line.split(), today, currency)
    if isinstance(day, BadDay):
        return BadLine(number, line.strip(), day)
    for size in range(min(len(words), SUM_WORDS_MAX), 0, -1):
        amount = _sum(" ".join(words[:size]), currency)
        if isinstance(amount, Money):
            return ExpenseLine(amount, " ".join(words[size:]), day)
    for size in range(min(len(words), SUM_WORDS_MAX), 0, -1):
        amount = _sum(" ".join(words[-size:]), currency)
        if isinstance(amount, Money):
            return ExpenseLine(amount, " ".join(words[:-size]), day)
    problem = _problem(words, currency)
    return None if problem is None else BadLine(number, line.strip(), problem)


def _taken_day(
    words: list[str], today: date, currency: Currency
) -> tuple[date | BadDay, list[str]]:
    """The day at an edge of the line, and the words without it; today when none is named."""
    for rest, edge in ((words[:-1], words[-1:]), (words[1:], words[:1])):
        if not rest:
            continue
        word = edge[0].casefold().strip(",")
        if word in _DAYS_BACK:
            return today - timedelta(days=_DAYS_BACK[word]), rest
        found = _DAY.fullmatch(word)
        if found is None:
            continue
        day = _day(found, edge[0], today)
        # «20.11 такси» is a sum; beside another sum, or with a year, it is a day.
        if found[3] or (_looks_like_day(found) and _has_sum(rest, currency)):
            return day, rest
    return today, words


def _has_sum(words: list[str], currency: Currency) -> bool:
    edges = (words[0], words[-1], " ".join(words[-2:]))
    return any(isinstance(_sum(edge, currency), Money) for edge in edges)


def _day(found: re.Match[str], text: str, today: date) -> date | BadDay:
    if found[3]:
        year = int(found[3])
        day = _date(year + CENTURY if year < 100 else year, found)  # noqa: PLR2004 - «26» is 2026
    else:
        # Without a year the latest such day that has come: in January «20.12» is last year's.
        day = _date(today.year, found)
        if day is not None and day > today:
            day = _date(today.year - 1, found)
    if day is None:
        return BadDay(text, BadDayReason.NO_SUCH_DAY)
    return BadDay(text, BadDayReason.FUTURE) if day > today else day


def _looks_like_day(found: re.Match[str]) -> bool:
    return 1 <= int(found[1]) <= 31 and 1 <= int(found[2]) <= 12  # noqa: PLR2004 - a calendar


def _date(year: int, found: re.Match[str]) -> date | None:
    try:
        return date(year, int(found[2]), int(found[1]))
    except ValueError:
        return None


def _sum(text: str, currency: Currency) -> Money | BadAmount:
    thousands = _THOUSANDS.fullmatch(text)
    if thousands:
        part = (thousands[2] or "").ljust(3, "0")
        return _bounded(text, (int(thousands[1]) * 1000 + int(part)) * 100, currency)
    times = _TIMES.fullmatch(text)
    if times:
        one = _sum(times[2], currency)
        if isinstance(one, BadAmount):
            return one
        return _bounded(text, int(times[1]) * one.minor, currency)
    return parse_amount(text, currency)


def _bounded(text: str, minor: int, currency: Currency) -> Money | BadAmount:
    if minor == 0:
        return BadAmount(text, BadAmountReason.ZERO)
    if minor > MINOR_MAX:
        return BadAmount(text, BadAmountReason.TOO_LARGE)
    return Money(minor, currency)


def _problem(words: list[str], currency: Currency) -> BadAmount | None:
    """What is wrong with the sum at the start, or else at the end; None: there is none."""
    for word in (words[0], words[-1]) if words else ():
        if _LOOKS_LIKE_SUM.match(word):
            amount = _sum(word, currency)
            assert isinstance(amount, BadAmount)
            return amount
    return None

"""What an event must do to profit, written down by hand beside the event; the product is not asked.

Effect(Basis.CASH, "revenue", 15_000_00, date(2026, 3, 2), Where("Анна", "Кухни", "Центральный", …))
    -> on the cash basis March's revenue grows by 15 000, and so do Анна, Кухни, Центральный, …

A sum of effects is a sum of numbers and nothing else, so that it can stand against the reports.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

__all__ = [
    "BLANK",
    "LINES",
    "Basis",
    "Effect",
    "Figures",
    "Where",
    "both",
    "by_dimension",
    "by_month",
    "common_of",
    "net_profit",
    "total_of",
]

BLANK = "Не указано"
# The lines of the ladder that amounts are added to; income first, then what is taken off.
LINES = (
    "revenue",
    "production",
    "selling",
    "administrative",
    "bank_fees",
    "other_income",
    "other_expense",
    "before_net_profit",
    "after_net_profit",
)
_COSTS = ("production", "selling", "administrative", "bank_fees", "other_expense")

Figures = Mapping[str, int]


class Basis(StrEnum):
    """When something counts: when money moved, or when it was earned or spent."""

    CASH = "cash"
    ACCRUAL = "accrual"


@dataclass(frozen=True, slots=True)
class Where:
    """The deal's dimensions; an empty text is a value that nobody filled in."""

    manager: str = ""
    product: str = ""
    salon: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """So many kopecks on a line of the ladder, on a day; `where` None is a common cost."""

    basis: Basis
    line: str
    minor: int
    on: date
    where: Where | None = None

    def __post_init__(self) -> None:
        assert self.line in LINES


def both(line: str, minor: int, on: date, where: Where | None = None) -> tuple[Effect, ...]:
    """The same on both bases."""
    return tuple(Effect(basis, line, minor, on, where) for basis in Basis)


def total_of(effects: Iterable[Effect], basis: Basis) -> Figures:
    """Kopecks by line; every line is there."""
    return _sums(one for one in effects if one.basis is basis)


def common_of(effects: Iterable[Effect], basis: Basis) -> Figures:
    """What belongs to no deal."""
    return _sums(one for one in effects if one.basis is basis and one.where is None)


def by_month(effects: Iterable[Effect], basis: Basis) -> Mapping[str, Figures]:
    """Lines by month, `2026-03`."""
    found: dict[str, list[Effect]] = {}
    for one in effects:
        if one.basis is basis:
            found.setdefault(f"{one.on:%Y-%m}", []).append(one)
    return {month: _sums(part) for month, part in sorted(found.items())}


def by_dimension(effects: Iterable[Effect], basis: Basis, code: str) -> Mapping[str, Figures]:
    """Lines by a dimension's value; blank values are one row, common costs are left out."""
    found: dict[str, list[Effect]] = {}
    for one in effects:
        if one.basis is basis and one.where is not None:
            found.setdefault(getattr(one.where, code) or BLANK, []).append(one)
    return {value: _sums(part) for value, part in sorted(found.items())}


def net_profit(figures: Figures) -> int:
    """Down the ladder to net profit."""
    costs = sum(figures[line] for line in _COSTS)
    return figures["revenue"] + figures["other_income"] - costs - figures["before_net_profit"]


def _sums(effects: Iterable[Effect]) -> Figures:
    sums = dict.fromkeys(LINES, 0)
    for one in effects:
        sums[one.line] += one.minor
    return sums

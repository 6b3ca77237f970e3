"""Worked examples of others, read from the data beside the project; tests skip without it."""

import json
from pathlib import Path
from typing import Any

import pytest

from ledger.accounts import Account
from ledger.money import Money
from ledger.operations import Operation
from ledger.posting import About, TwoDates, expense, income
from tests.ledger.reading import day

__all__ = ["DESK", "JAN", "bought", "example", "kopecks", "said", "sold"]

GOLDEN = Path(__file__).resolve().parents[3] / "shared" / "golden"
DESK = Account.parse("desk:main")
JAN = day("2026-01-15")
BOTH = TwoDates(JAN, JAN)


def said(name: str) -> str:
    """The example's page."""
    found = sorted(GOLDEN.glob(f"{name}-*.md"))
    if not found:
        pytest.skip(f"shared data not here: {GOLDEN / name}-*.md")
    return found[0].read_text(encoding="utf-8")


def example(name: str) -> Any:
    """The figures at the end of the example's page."""
    block = said(name).rpartition("```json")[2].partition("```")[0]
    return json.loads(block)


def kopecks(amount: float | str) -> Money:
    """Whole roubles, or a text with kopecks, as the examples write them."""
    whole, _, part = str(amount).partition(".")
    return Money(int(whole) * 100 + int(part.ljust(2, "0") or 0))


def sold(
    amount: float | str, dates: TwoDates = BOTH, article: int = 101, **about: Any
) -> tuple[Operation, ...]:
    return income(About("sold", "olga", **about), article, DESK, kopecks(amount), dates)


def bought(
    article: int, amount: float | str, dates: TwoDates = BOTH, **about: Any
) -> tuple[Operation, ...]:
    """A cost; nothing is posted for an amount of nothing."""
    if not kopecks(amount).minor:
        return ()
    return expense(About("bought", "olga", **about), article, DESK, kopecks(amount), dates)

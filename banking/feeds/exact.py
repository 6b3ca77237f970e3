"""JSON of banks without a rounding: numbers stay decimal from their text to whole kopecks.

{"accountAmount": 15000.10}     Decimal("15000.10")      1500010
0.1 + 0.2 in the bank's code    0.30000000000000004      no kopecks: named, not rounded
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

__all__ = ["MOSCOW", "NotJson", "canonical", "day_of", "minor_of", "parse", "text_of", "tree_of"]

MOSCOW = ZoneInfo("Europe/Moscow")
KOPECK_DIGITS = 2
DIGITS_MAX = 15
DAY_CHARS = 10


class NotJson(ValueError):
    """The answer is no JSON document."""

    def __init__(self) -> None:
        """The content is not shown: it may hold names and sums."""
        super().__init__("the answer is not JSON")


def parse(content: bytes) -> Any:
    """A JSON document with exact numbers; raises `NotJson`."""
    try:
        return json.loads(content, parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise NotJson from error


def canonical(tree: Any) -> bytes:
    """The same bytes for the same tree, whatever the order of keys."""
    text = json.dumps(tree, ensure_ascii=False, sort_keys=True, indent=1, default=str)
    return text.encode()


def minor_of(value: object) -> int | None:
    """Roubles as whole kopecks; None for what is no such sum."""
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        return None
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount.adjusted() > DIGITS_MAX:
        return None
    scaled = amount.scaleb(KOPECK_DIGITS)
    return int(scaled) if scaled == scaled.to_integral_value() else None


def day_of(value: object) -> date | None:
    """The Moscow day of an instant; what has no zone is Moscow's already."""
    if not isinstance(value, str):
        return None
    try:
        instant = datetime.fromisoformat(value)
    except ValueError:
        return None
    return instant.astimezone(MOSCOW).date() if instant.tzinfo else instant.date()


def text_of(tree: Mapping[str, Any], *keys: str) -> str:
    """The first of the keys that holds something, as text."""
    for key in keys:
        value = tree.get(key)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return ""


def tree_of(tree: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """An object inside an object; empty when there is none."""
    value = tree.get(key)
    return value if isinstance(value, dict) else {}


def _no_constant(name: str) -> None:
    raise ValueError(name)

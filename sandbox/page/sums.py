"""Sums as people type them into the page's forms: roubles with a comma or a point.

read_minor("15 000,50") == 1500050
read_minor("1e9")          refused: digits, spaces and two decimals are all there is
"""

import re

from sandbox.page.replies import RefusedActError

__all__ = ["read_minor", "show_minor"]

_SUM = re.compile(r"(\d{1,12})(?:[.,](\d{1,2}))?")
_SPACES = re.compile(r"[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]")


def read_minor(typed: object) -> int:
    """Kopecks; refused in words when it is no sum of at most twelve digits of roubles."""
    found = _SUM.fullmatch(_SPACES.sub("", str(typed)))
    if found is None:
        raise RefusedActError("Сумма пишется цифрами, например 15 000 или 7 500,50", 400)
    whole, part = found.groups()
    return int(whole) * 100 + int((part or "0").ljust(2, "0"))


def show_minor(minor: int) -> str:
    """Kopecks as roubles with two decimals, `15000.50`."""
    return f"{minor // 100}.{minor % 100:02d}"

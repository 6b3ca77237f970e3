"""The text by which a movement is known again: in another export, period or encoding.

    40702…0018|in|2026-03-10|500000RUB|21|40817…0005|1     the first such payment of the file
    40702…0018|in|2026-03-10|500000RUB|21|40817…0005|2     its twin, which is another payment

Names, purposes and bank remarks change between exports and stay out. Only where the number or the
other account is missing does the purpose help, folded to its letters and digits. The rule's
version is `records.IDENTITY_VERSION`; changing the rule means a new version.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from banking.formats.records import Direction
from ledger.money import Money

__all__ = ["Identities", "Key"]

_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Key:
    """What is compared: the fields that every export of the same movement shares."""

    account: str
    direction: Direction
    day: date
    amount: Money
    number: str
    counterparty_account: str
    purpose: str


@dataclass(slots=True)
class Identities:
    """Gives identities within one file and counts equal movements."""

    _seen: Counter[str] = field(default_factory=Counter)

    def next(self, key: Key) -> str:
        """The identity of the next movement with this key."""
        parts = [
            key.account,
            key.direction.value,
            key.day.isoformat(),
            f"{key.amount.minor}{key.amount.currency.value}",
            key.number,
            key.counterparty_account,
        ]
        if not key.number or not key.counterparty_account:
            parts.append(_NOT_WORD.sub("", key.purpose.replace("№", "N")).casefold())
        text = "|".join([part.replace("|", "/") for part in parts])
        self._seen[text] += 1
        return f"{text}|{self._seen[text]}"

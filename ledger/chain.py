"""The hash chain: every operation is sealed with the hash of the one before it.

A hash covers what was decided (key, dates, article, entries, dimensions, words), the instant and
the number in the chain, never a row id of a database, so that books brought over from elsewhere
keep their hashes. The version of the rule is stored beside the hash (after Odoo's inalterability
hash). The chain finds an edit; a rewrite of the whole chain is found by the head published daily.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from ledger.operations import Operation

__all__ = ["FIRST_HASH", "VERSION", "Broken", "Sealed", "seal", "verify"]

VERSION = 1
FIRST_HASH = "0" * 64
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Sealed:
    """An operation at its place in the chain: number from 1, instant (UTC), version and hash."""

    number: int
    operation: Operation
    recorded_at: datetime
    version: int
    hash: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where the chain does not hold; `found` is what stands there."""

    number: int
    key: str
    expected: str
    found: str


def seal(previous_hash: str, number: int, operation: Operation, recorded_at: datetime) -> Sealed:
    """Put an operation at the end of the chain."""
    assert number >= 1
    assert recorded_at.tzinfo is not None
    content = _canonical(number, operation, recorded_at)
    digest = hashlib.sha256(f"{VERSION}\n{previous_hash}\n{content}".encode()).hexdigest()
    return Sealed(number, operation, recorded_at, VERSION, digest)


def verify(
    chain: Iterable[Sealed], previous_hash: str = FIRST_HASH, after: int = 0
) -> Broken | None:
    """Recompute the chain in order; the first break (edit, gap, other order), or None."""
    number = after
    for sealed in chain:
        number += 1
        if sealed.number != number:
            return Broken(number, sealed.operation.key, str(number), str(sealed.number))
        expected = seal(previous_hash, number, sealed.operation, sealed.recorded_at)
        if expected.hash != sealed.hash or sealed.version != VERSION:
            return Broken(number, sealed.operation.key, expected.hash, sealed.hash)
        previous_hash = sealed.hash
    return None


def _canonical(number: int, operation: Operation, recorded_at: datetime) -> str:
    content = {
        "number": number,
        "recorded_at": recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "key": operation.key,
        "kind": operation.kind.value,
        "article": operation.article,
        "entries": [
            [str(entry.debit), str(entry.credit), entry.amount.minor, entry.amount.currency.value]
            for entry in operation.entries
        ],
        "paid_on": _day(operation.paid_on),
        "accrued_on": _day(operation.accrued_on),
        "original_day": _day(operation.original_day),
        "dimensions": [list(pair) for pair in operation.dimensions],
        "deal": operation.deal,
        "contract_no": operation.contract_no,
        "counterparty": operation.counterparty,
        "comment": operation.comment,
        "author": operation.author,
        "reverses": operation.reverses,
    }
    return _JSON.encode(content)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None

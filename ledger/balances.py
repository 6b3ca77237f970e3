"""Balances: the fold of entries, debit less credit, minor units."""

from collections import Counter
from collections.abc import Iterable, Mapping

from ledger.accounts import Account, AccountKind
from ledger.operations import Operation

__all__ = ["balances", "owed_by"]


def balances(operations: Iterable[Operation]) -> Mapping[Account, int]:
    """Each account's balance; the sum over all accounts is always zero."""
    sums: Counter[Account] = Counter()
    for operation in operations:
        for entry in operation.entries:
            sums[entry.debit] += entry.amount.minor
            sums[entry.credit] -= entry.amount.minor
    assert sum(sums.values()) == 0
    return sums


def owed_by(person: str, sums: Mapping[Account, int]) -> tuple[int, int]:
    """What a person holds: client cash collected and not handed over, money issued for expenses."""
    collected = sums.get(Account(AccountKind.COLLECTED, person), 0)
    issued = sums.get(Account(AccountKind.ISSUED, person), 0)
    return collected, issued

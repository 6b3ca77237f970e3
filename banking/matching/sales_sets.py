"""Which of these sales add up to a sum exactly? Found by halves, so twenty-two are few.

Sets that give the same sums to the same deals count once; two different ones are a tie. Of a
crowd only sets that lack at most two sales are looked for: whole days that a buyer's bank held up.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from banking.matching.records import OpenPayment

__all__ = ["SUBSET_MAX", "sets_of"]

SUBSET_MAX = 22
_ANSWERS_MAX = 3

_Set = tuple[OpenPayment, ...]


def sets_of(group: Sequence[OpenPayment], gross: int) -> list[_Set]:
    """Up to three different sets with this sum, in minor units."""
    missing = sum(one.amount.minor for one in group) - gross
    if missing < 0 or gross <= 0:
        return []
    if len(group) <= SUBSET_MAX:
        return _different(_by_halves(group, gross))
    return _different(_all_but_few(group, missing))


def _by_halves(group: Sequence[OpenPayment], gross: int) -> Iterable[_Set]:
    half = len(group) // 2
    left: dict[int, list[_Set]] = defaultdict(list)
    for total, chosen in _ways(group[:half], gross):
        if len(left[total]) < _ANSWERS_MAX:
            left[total].append(chosen)
    for total, chosen in _ways(group[half:], gross):
        for other in left.get(gross - total, ()):
            yield (*other, *chosen)


def _ways(group: Sequence[OpenPayment], most: int) -> list[tuple[int, _Set]]:
    ways: list[tuple[int, _Set]] = [(0, ())]
    for one in group:
        due = one.amount.minor
        ways += [(total + due, (*way, one)) for total, way in ways if total + due <= most]
    return ways


def _all_but_few(group: Sequence[OpenPayment], missing: int) -> Iterable[_Set]:
    by_sum: dict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(group):
        by_sum[one.amount.minor].append(at)
    for at in by_sum.get(missing, ())[:_ANSWERS_MAX]:
        yield tuple(one for place, one in enumerate(group) if place != at)
    for at, one in enumerate(group):
        for other in by_sum.get(missing - one.amount.minor, ()):
            if other > at:
                yield tuple(two for place, two in enumerate(group) if place not in {at, other})


def _different(ways: Iterable[_Set]) -> list[_Set]:
    different: dict[tuple[tuple[str, int], ...], _Set] = {}
    for way in ways:
        key = tuple(sorted((one.deal_id, one.amount.minor) for one in way))
        different.setdefault(key, way)
        if len(different) == _ANSWERS_MAX:
            break
    return list(different.values())

"""What a statement teaches about an acquirer: how late it pays and what share it keeps.

Settlements that only one set of sales can explain vote; the others are read in their light. Until
there are votes, the usual habits of banks hold: the registry day is the day of sale, a gross
credit pays the day before its date, an undated credit comes on the next business day.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from banking.matching.settlement_text import Settlement, SettlementKind

__all__ = ["Habits", "Lag"]

_VOTES_MIN = 3
# A delay that fewer than one in eight settlements show is an exception, not a habit.
_SHARE_MIN = 8
# Fees are compared to a thousandth of a percent.
_RATE_PARTS = 100_000


@dataclass(frozen=True, slots=True)
class Lag:
    """From the last sale to the registry (or to the credit, when no registry is named)."""

    days: int
    business: int
    weekdays: int  # as `business`, but the bank works on public holidays


_METRICS: tuple[Callable[[Lag], int], ...] = (
    lambda lag: lag.days,
    lambda lag: lag.business,
    lambda lag: lag.weekdays,
)
_Key = tuple[SettlementKind, bool, str]


@dataclass(slots=True)
class Habits:
    """Votes by acquirer, wording and terminal; the rates are common."""

    _lags: dict[_Key, Counter[Lag]] = field(default_factory=lambda: defaultdict(Counter))
    _rates: Counter[int] = field(default_factory=Counter)

    def vote(self, settlement: Settlement, lag: Lag) -> None:
        """An unambiguous settlement came so late."""
        for key in _keys(settlement):
            self._lags[key][lag] += 1

    def vote_rates(self, rates: set[int]) -> None:
        """One settlement could have kept any of these shares."""
        self._rates.update(rates)

    def share(self, settlement: Settlement, lag: Lag) -> int:
        """How usual this delay is, in percent; 0 when it is no habit of this acquirer."""
        votes = self._votes(settlement)
        if votes is None:
            return _prior(settlement, lag)
        total = votes.total()
        best = max(_METRICS, key=lambda metric: _top(votes, metric))
        count = _count(votes, best, lag)
        return count * 100 // total if count * _SHARE_MIN >= total else 0

    def is_possible(self, settlement: Settlement, lag: Lag) -> bool:
        """Whether the delay is usual by any calendar the bank may go by."""
        votes = self._votes(settlement)
        if votes is None:
            return _prior(settlement, lag) > 0
        return any(_count(votes, metric, lag) * _SHARE_MIN >= votes.total() for metric in _METRICS)

    def is_settled(self, settlement: Settlement) -> bool:
        """Whether this acquirer has shown its habit in this statement."""
        return self._votes(settlement) is not None

    def is_usual_rate(self, rate: int) -> bool:
        """Whether several settlements agree on this share, and no share has more votes."""
        count = sum(self._rates[near] for near in range(rate - 1, rate + 2))
        best = self._rates.most_common(1)
        return count >= _VOTES_MIN and count >= best[0][1]

    @staticmethod
    def rate(fee: int, gross: int) -> int:
        """The share kept, in thousandths of a percent."""
        return (fee * _RATE_PARTS + gross // 2) // gross

    def _votes(self, settlement: Settlement) -> Counter[Lag] | None:
        for key in _keys(settlement):
            votes = self._lags.get(key)
            if votes is not None and votes.total() >= _VOTES_MIN:
                return votes
        return None


def _keys(settlement: Settlement) -> tuple[_Key, _Key]:
    told = bool(settlement.days)
    kind = settlement.kind
    return (kind, told, settlement.merchant or ""), (kind, told, "*")


def _prior(settlement: Settlement, lag: Lag) -> int:
    if not settlement.days:
        return {1: 60, 0: 25, 2: 15}.get(lag.business, 0)
    if settlement.kind is SettlementKind.GROSS:
        return {1: 70, 0: 20}.get(lag.days, 10 if lag.business == 1 else 0)
    return {0: 70, 1: 25}.get(lag.days, 0)


def _count(votes: Counter[Lag], metric: Callable[[Lag], int], lag: Lag) -> int:
    return sum(count for one, count in votes.items() if metric(one) == metric(lag))


def _top(votes: Counter[Lag], what: Callable[[Lag], int]) -> int:
    counted: Counter[int] = Counter()
    for lag, count in votes.items():
        counted[what(lag)] += count
    return counted.most_common(1)[0][1]

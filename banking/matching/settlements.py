"""Which sales does a settlement pay? Net plus fee is looked for among the terminal's sales.

In this order: all open sales of a day or of days in a row whose delay is the acquirer's habit; a
set of sales of such a day (or weekend), when it is the only one; whole days with another delay.
Without a fee in the text: whole days, by the share that other settlements show.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum

from banking.formats.records import StatementLine
from banking.matching.book import Book
from banking.matching.calendar import business_days, weekdays
from banking.matching.habits import Habits, Lag
from banking.matching.records import MatchContext, OpenPayment, PaymentMethod
from banking.matching.sales_sets import SUBSET_MAX, sets_of
from banking.matching.settlement_text import Settlement, SettlementKind

__all__ = ["Case", "Sales", "SalesIndex", "Solved", "Stage", "is_only_set", "solve", "vote"]

_DAYS_BACK_MAX = 9
_DAYS_TO_CREDIT_MAX = 14
_RUN_DAYS_MAX = 10
_COUNTED_RUN_MAX = 4
_FEE_PERCENT_MAX = 6
# So many sales of a day may be searched for a set that is booked without a person.
_FEW = 6


class Stage(IntEnum):
    """How far the search goes."""

    WHOLE = 1
    PARTS = 2
    ANY = 3


@dataclass(frozen=True, slots=True)
class Sales:
    """Payments that a settlement pays in full, and how they were found."""

    payments: tuple[OpenPayment, ...]
    fee_minor: int
    share: int  # of the acquirer's settlements that come so late, percent
    is_possible: bool = True  # by any calendar the bank may go by
    lag: Lag | None = None
    is_fee_counted: bool = False
    is_refund_added: bool = False
    is_clear: bool = False  # whole days, or a set among few sales
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Solved:
    """The answers, the likeliest first; a tie when the first is no likelier than the second."""

    answers: tuple[Sales, ...] = ()

    @property
    def only(self) -> Sales | None:
        """The answer, unless it has an equal."""
        if len(self.answers) > 1 and self.answers[0].share == self.answers[1].share:
            return None
        return self.answers[0] if self.answers else None

    @property
    def is_unrivalled(self) -> bool:
        """Whether no other answer is usual for this acquirer."""
        return self.only is not None and not any(one.is_possible for one in self.answers[1:])


@dataclass(slots=True)
class SalesIndex:
    """Terminal sales by salon and day with their open sums; the salon «» is all of them."""

    by_day: dict[tuple[str, date], list[OpenPayment]] = field(
        default_factory=lambda: defaultdict(list)
    )
    sums: Counter[tuple[str, date]] = field(default_factory=Counter)

    @classmethod
    def of(cls, payments: Iterable[OpenPayment]) -> "SalesIndex":
        """Index what comes through terminals."""
        index = cls()
        for one in payments:
            if one.method is PaymentMethod.TERMINAL:
                for salon in {one.salon, ""}:
                    index.by_day[salon, one.expected_on].append(one)
                    index.sums[salon, one.expected_on] += one.amount.minor
        return index

    def claim(self, payments: Iterable[OpenPayment]) -> None:
        """These sales are settled."""
        for one in payments:
            if one.method is PaymentMethod.TERMINAL:
                for salon in {one.salon, ""}:
                    self.sums[salon, one.expected_on] -= one.amount.minor


@dataclass(frozen=True, slots=True)
class Case:
    """A settlement with all that is needed to explain it."""

    line: StatementLine
    settlement: Settlement
    sales: SalesIndex
    book: Book
    context: MatchContext
    habits: Habits

    @property
    def salon(self) -> str:
        """The salon of the terminal named, or «» for all."""
        return self.context.merchants.get(self.settlement.merchant or "", "")

    @property
    def reference(self) -> date:
        """The day that the delay is counted to."""
        return self.settlement.registry_on or self.line.day

    def lag(self, last: date) -> Lag:
        """How late sales of this day come."""
        ours = self.reference
        business = business_days(last, ours, self.context.days_off)
        return Lag((ours - last).days, business, weekdays(last, ours))

    def open_on(self, days: Iterable[date]) -> tuple[OpenPayment, ...]:
        """Open sales of these days."""
        return tuple(
            one
            for day in days
            for one in self.sales.by_day.get((self.salon, day), ())
            if self.book.owed[one.id] == one.amount.minor
        )


@dataclass(frozen=True, slots=True)
class _Turnover:
    gross: int
    fee: int
    is_refund_added: bool = False


def vote(case: Case) -> None:
    """Let a settlement that only whole days explain, and only in one way, show the habit."""
    if case.settlement.kind is SettlementKind.CREDIT:
        return
    turnovers = _turnovers(case)
    found = _first(_runs(case, one) for one in turnovers)
    if len(found) == 1 and found[0].lag is not None:
        case.habits.vote(case.settlement, found[0].lag)
    gross = case.line.amount.minor
    if not found and _is_fee_untold(case.settlement):
        counted = _counted(case, gross)
        rates = {Habits.rate(one.fee_minor, one.fee_minor + gross) for one in counted}
        case.habits.vote_rates(rates)
    elif found and found[0].fee_minor:
        fee = found[0].fee_minor
        case.habits.vote_rates({Habits.rate(fee, fee + gross)})


def solve(case: Case, stage: Stage) -> Solved:
    """Find the payments that this settlement pays, as far as the stage allows."""
    turnovers = _turnovers(case)
    usual = _first(_usual(_runs(case, one)) for one in turnovers)
    if not usual and stage >= Stage.PARTS:
        usual = _first(_parts(case, one) for one in turnovers)
    if not usual and stage >= Stage.PARTS and _is_fee_untold(case.settlement):
        usual = _by_rate(case, _usual(_counted(case, case.line.amount.minor)))
    if not usual and stage is Stage.ANY:
        usual = _first(_runs(case, one) for one in turnovers)
    if not usual and stage is Stage.ANY:
        usual = _first(_of_a_day(case, _window(case), one) for one in turnovers)
    return Solved(tuple(sorted(usual, key=lambda one: -one.share)))


def is_only_set(case: Case, sales: Sales) -> bool:
    """Whether no other sales of the usual days make the same sum; a crowd is not searched."""
    lasts = _possible_days(case)
    days = dict.fromkeys([*(one.expected_on for one in sales.payments), *lasts])
    group = [
        one
        for day in days
        for one in case.sales.by_day.get((case.salon, day), ())
        if case.book.owed[one.id] == one.amount.minor or one.id in case.book.doubtful
    ]
    found = sets_of(group, _sum(sales.payments)) if len(group) <= SUBSET_MAX else []
    return len(found) <= 1


def _is_fee_untold(settlement: Settlement) -> bool:
    untold = settlement.fee_minor is None and settlement.gross_minor is None
    return settlement.kind is SettlementKind.NET and untold


def _turnovers(case: Case) -> list[_Turnover]:
    """What may have been sold, the likeliest first: net, fee and refund together."""
    settlement, net = case.settlement, case.line.amount.minor
    fee, refund = settlement.fee_minor or 0, settlement.refund_minor
    found = [_Turnover(net + fee + refund, fee, is_refund_added=True)] if refund else []
    found.append(_Turnover(net + fee, fee))
    told = settlement.gross_minor
    if settlement.kind is SettlementKind.NET and told and told > net + refund:
        by_turnover = _Turnover(told, told - net - refund, is_refund_added=bool(refund))
        found = [*found, by_turnover] if fee else [by_turnover]
    elif settlement.kind is SettlementKind.NET and told and not fee and told < net:
        found = []
    return found


def _window(case: Case) -> list[date]:
    """Days with open sales that may be in it, in order."""
    reach = _DAYS_BACK_MAX if case.settlement.days else _DAYS_TO_CREDIT_MAX
    first = case.reference - timedelta(days=reach)
    if case.settlement.days:
        first = min(first, case.settlement.days[0] - timedelta(days=2))
    last = min(case.reference + timedelta(days=1), case.line.day)
    days = (first + timedelta(days=step) for step in range((last - first).days + 1))
    return [day for day in days if (case.salon, day) in case.sales.sums]


def _runs(case: Case, turnover: _Turnover) -> list[Sales]:
    """Days in a row whose open sales are the turnover."""
    return [
        _sales(case, run, turnover.fee, is_refund_added=turnover.is_refund_added)
        for run, total in _stretches(case, turnover.gross, _RUN_DAYS_MAX)
        if total == turnover.gross
    ]


def _counted(case: Case, net: int) -> list[Sales]:
    """Days in a row whose sales exceed the credit by what could be a fee."""
    most = net * 100 // (100 - _FEE_PERCENT_MAX)
    return [
        _sales(case, run, total - net, is_fee_counted=True)
        for run, total in _stretches(case, most, _COUNTED_RUN_MAX)
        if total > net
    ]


def _stretches(case: Case, most: int, length: int) -> Iterator[tuple[list[date], int]]:
    days = [day for day in _window(case) if case.sales.sums[case.salon, day] > 0]
    for start, first in enumerate(days):
        total = 0
        for end in range(start, len(days)):
            total += case.sales.sums[case.salon, days[end]]
            if total > most or (days[end] - first).days >= length:
                break
            yield days[start : end + 1], total


def _parts(case: Case, turnover: _Turnover) -> list[Sales]:
    """Sets of sales of one day of the habit, else of that day and up to three before it."""
    lasts = _possible_days(case)
    for length in range(1, 5):
        found = [one for last in lasts for one in _sets(case, _ending(last, length), turnover)]
        if found:
            return found
    return []


def _possible_days(case: Case) -> list[date]:
    return [
        day for day in _window(case) if case.habits.is_possible(case.settlement, case.lag(day))
    ]


def _of_a_day(case: Case, days: Sequence[date], turnover: _Turnover) -> list[Sales]:
    return [one for day in days for one in _sets(case, [day], turnover)]


def _ending(last: date, length: int) -> list[date]:
    return [last - timedelta(days=back) for back in reversed(range(length))]


def _sets(case: Case, days: Sequence[date], turnover: _Turnover) -> Iterator[Sales]:
    group = case.open_on(days)
    last = days[-1]
    for chosen in sets_of(group, turnover.gross):
        if not any(one.expected_on == last for one in chosen):
            continue
        lag = case.lag(last)
        yield Sales(
            payments=chosen,
            fee_minor=turnover.fee,
            share=case.habits.share(case.settlement, lag),
            is_possible=case.habits.is_possible(case.settlement, lag),
            lag=lag,
            is_refund_added=turnover.is_refund_added,
            is_clear=len(days) == 1 and len(group) <= _FEW,
        )


def _by_rate(case: Case, counted: list[Sales]) -> list[Sales]:
    net = case.line.amount.minor
    usual = [
        one
        for one in counted
        if case.habits.is_usual_rate(Habits.rate(one.fee_minor, one.fee_minor + net))
    ]
    return usual or counted


def _sales(
    case: Case,
    run: Sequence[date],
    fee: int,
    *,
    is_fee_counted: bool = False,
    is_refund_added: bool = False,
) -> Sales:
    lag = case.lag(run[-1])
    return Sales(
        payments=case.open_on(run),
        fee_minor=fee,
        share=case.habits.share(case.settlement, lag),
        is_possible=case.habits.is_possible(case.settlement, lag),
        lag=lag,
        is_fee_counted=is_fee_counted,
        is_refund_added=is_refund_added,
        is_clear=True,
    )


def _usual(found: Iterable[Sales]) -> list[Sales]:
    return [one for one in found if one.is_possible]


def _first(searches: Iterable[list[Sales]]) -> list[Sales]:
    return next((found for found in searches if found), [])


def _sum(payments: Iterable[OpenPayment]) -> int:
    return sum(one.amount.minor for one in payments)

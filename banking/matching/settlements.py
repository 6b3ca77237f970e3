"""Which sales does a settlement pay? Net plus fee is looked for among the terminal's sales.

In this order: all sales of the registry day (the day before it for gross credits), all sales of
neighbouring days or of several days in a row (a weekend comes at once), one and only one subset
of at most SUBSET_MAX sales. Two equally good answers are a tie and stay with a person.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from banking.formats.records import StatementLine
from banking.matching.book import Book
from banking.matching.names import full_names_in, parse_name
from banking.matching.records import MatchContext, OpenPayment, PaymentMethod
from banking.matching.settlement_text import Settlement, SettlementKind

__all__ = ["Sales", "SalesIndex", "Solved", "solve"]

SUBSET_MAX = 16
_DAYS_BACK_MAX = 6
_DAYS_TO_CREDIT_MAX = 14
_FEE_PERCENT_MAX = 6


@dataclass(frozen=True, slots=True)
class Sales:
    """Payments that a settlement pays in full, and how they were found."""

    payments: tuple[OpenPayment, ...]
    fee_minor: int
    is_fee_counted: bool = False
    is_whole_day: bool = False
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Solved:
    """The one answer, or several equally good ones (a tie), or none."""

    answers: tuple[Sales, ...]

    @property
    def only(self) -> Sales | None:
        """The answer when there is exactly one."""
        return self.answers[0] if len(self.answers) == 1 else None


@dataclass(slots=True)
class SalesIndex:
    """Terminal sales by salon and day, credit agreements by sum."""

    by_day: dict[tuple[str, date], list[OpenPayment]]
    credits: dict[int, list[OpenPayment]]

    @classmethod
    def of(cls, payments: Iterable[OpenPayment]) -> "SalesIndex":
        """Index what comes through terminals and loan banks."""
        index = cls(defaultdict(list), defaultdict(list))
        for one in payments:
            if one.method is PaymentMethod.TERMINAL:
                for salon in {one.salon, ""}:
                    index.by_day[salon, one.expected_on].append(one)
            elif one.method is PaymentMethod.CREDIT_AGREEMENT:
                index.credits[one.amount.minor].append(one)
        return index


def solve(
    line: StatementLine,
    settlement: Settlement,
    sales: SalesIndex,
    book: Book,
    context: MatchContext,
) -> Solved:
    """Find the payments that this settlement pays."""
    if settlement.kind is SettlementKind.CREDIT:
        return _credit(line, settlement, sales, book)
    days = _open_by_day(line, settlement, sales, book, context)
    if settlement.fee_minor is None and settlement.kind is SettlementKind.NET:
        gross = settlement.gross_minor
        return _by_gross(days, gross, line.amount.minor) if gross else _by_window(days, line)
    gross = line.amount.minor + (settlement.fee_minor or 0)
    solved = _by_gross(days, gross, line.amount.minor)
    if not solved.answers and settlement.refund_minor:
        solved = _by_gross(days, gross + settlement.refund_minor, line.amount.minor)
        solved = Solved(
            tuple(Sales(one.payments, settlement.fee_minor or 0) for one in solved.answers)
        )
    return solved


def _credit(line: StatementLine, settlement: Settlement, sales: SalesIndex, book: Book) -> Solved:
    fee = settlement.fee_minor or 0
    gross = line.amount.minor + fee
    fitting = [one for one in sales.credits.get(gross, ()) if book.owed[one.id] == gross]
    named = set(full_names_in(line.purpose))
    of_client = [one for one in fitting if parse_name(one.client) in named]
    chosen = of_client or (fitting if not any(name in book.by_name for name in named) else [])
    if of_client and len({one.deal_id for one in of_client}) == 1:
        chosen = of_client[:1]
    is_named = bool(of_client)
    return Solved(tuple(Sales((one,), fee, is_named=is_named) for one in chosen))


def _open_by_day(
    line: StatementLine,
    settlement: Settlement,
    sales: SalesIndex,
    book: Book,
    context: MatchContext,
) -> list[list[OpenPayment]]:
    """Open sales of each likely day, the likeliest day first."""
    salon = context.merchants.get(settlement.merchant or "", "")
    known = settlement.registry_on
    likely = known or line.day - timedelta(days=1)
    if known and settlement.kind is SettlementKind.GROSS:
        likely = known - timedelta(days=1)
    reach = _DAYS_BACK_MAX if known else _DAYS_TO_CREDIT_MAX
    offsets = sorted(range(-reach, 2), key=lambda day: (abs(day), day))
    days: list[list[OpenPayment]] = []
    for offset in offsets:
        day = likely + timedelta(days=offset)
        if day > line.day:
            continue
        opened = [
            one
            for one in sales.by_day.get((salon, day), ())
            if book.owed[one.id] == one.amount.minor
        ]
        if opened:
            days.append(opened)
    return days


def _by_gross(days: Sequence[list[OpenPayment]], gross: int, net: int) -> Solved:
    fee = gross - net
    if fee < 0:
        return Solved(())
    for group in days:
        if _sum(group) == gross:
            return Solved((Sales(tuple(group), fee, is_whole_day=True),))
    in_order = sorted(days, key=lambda group: group[0].expected_on)
    for first in range(len(in_order)):
        for last in range(first + 1, len(in_order)):
            several = [one for group in in_order[first : last + 1] for one in group]
            if _sum(several) == gross:
                return Solved((Sales(tuple(several), fee),))
    for group in [*days, [one for day in days for one in day]]:
        found = _subsets(group[:SUBSET_MAX], gross)
        if found:
            return Solved(tuple(Sales(one, fee) for one in found))
    return Solved(())


def _by_window(days: Sequence[list[OpenPayment]], line: StatementLine) -> Solved:
    """No fee in the text: a whole day's sales whose difference could be a fee."""
    net = line.amount.minor
    fitting = [
        Sales(tuple(group), fee, is_fee_counted=True)
        for group in days
        if 0 <= (fee := _sum(group) - net) <= _sum(group) * _FEE_PERCENT_MAX // 100
    ]
    return Solved(tuple(fitting[:3]))


def _sum(group: Iterable[OpenPayment]) -> int:
    return sum(one.amount.minor for one in group)


def _subsets(group: Sequence[OpenPayment], gross: int) -> list[tuple[OpenPayment, ...]]:
    """Up to two different sets of sales with this sum; sets of the same deals count once."""
    reached: dict[int, list[tuple[OpenPayment, ...]]] = {0: [()]}
    for one in group:
        for total, ways in list(reached.items()):
            longer = total + one.amount.minor
            if longer <= gross:
                kept = reached.setdefault(longer, [])
                kept.extend((*way, one) for way in ways)
                del kept[4:]
    different: dict[tuple[tuple[str, int], ...], tuple[OpenPayment, ...]] = {}
    for way in reached.get(gross, []):
        key = tuple(sorted((one.deal_id, one.amount.minor) for one in way))
        different.setdefault(key, way)
    return list(different.values())[:2]

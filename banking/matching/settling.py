"""Answers all settlements of a statement together: what is clear first, it narrows the rest."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from banking.formats.records import StatementLine
from banking.matching.automatic import sales_rule
from banking.matching.book import Book
from banking.matching.habits import Habits
from banking.matching.loans import LoanIndex, solve_loan
from banking.matching.records import (
    Alternative,
    Link,
    MatchContext,
    MatchVerdict,
    OpenPayment,
    Proposal,
    Reason,
    ReasonCode,
)
from banking.matching.settlement_text import Settlement, SettlementKind
from banking.matching.settlements import Case, Sales, SalesIndex, Solved, Stage, solve, vote
from ledger.money import Money

__all__ = ["settle"]

# Whole days twice: what the first round settles leaves fewer candidates to the second.
_STAGES = (Stage.WHOLE, Stage.WHOLE, Stage.PARTS, Stage.ANY)
_ALTERNATIVES_MAX = 3


def settle(
    announced: Sequence[tuple[StatementLine, Settlement]],
    payments: Sequence[OpenPayment],
    book: Book,
    context: MatchContext,
) -> list[Proposal]:
    """One proposal for each settlement; what they pay is claimed in the book."""
    desk = _Desk(SalesIndex.of(payments), LoanIndex.of(payments), book, context)
    waiting = [desk.case(line, settlement) for line, settlement in sorted(announced, key=_by_day)]
    for case in waiting:
        vote(case)
    for stage in _STAGES:
        waiting = [case for case in waiting if not desk.take(case, stage)]
    for case in waiting:
        desk.leave(case)
    return desk.answers


@dataclass(slots=True)
class _Desk:
    sales: SalesIndex
    loans: LoanIndex
    book: Book
    context: MatchContext
    habits: Habits = field(default_factory=Habits)
    answers: list[Proposal] = field(default_factory=list)

    def case(self, line: StatementLine, settlement: Settlement) -> Case:
        return Case(line, settlement, self.sales, self.book, self.context, self.habits)

    def take(self, case: Case, stage: Stage) -> bool:
        """Claim the answer, if the stage finds one without an equal."""
        solved = self._solve(case, stage)
        only = solved.only
        if only is None:
            return False
        links = _links(only)
        rule = sales_rule(case, solved)
        is_automatic = rule is not None and rule in self.context.automatic
        self.book.claim(
            ((one.payment, one.amount.minor) for one in links),
            {one.deal_id for one in only.payments},
        )
        if not is_automatic:
            self.book.doubtful.update(one.id for one in only.payments)
        self.sales.claim(only.payments)
        self.answers.append(
            Proposal(
                line=case.line.line,
                verdict=MatchVerdict.AUTO if is_automatic else MatchVerdict.SUGGEST,
                links=links,
                fee=Money(only.fee_minor, case.line.amount.currency),
                reasons=_reasons(case, only),
                alternatives=_alternatives(case, solved.answers[1:]),
            )
        )
        return True

    def leave(self, case: Case) -> None:
        """Nothing is chosen: a tie with its readings, or no such sales."""
        answers = self._solve(case, Stage.ANY).answers
        code = ReasonCode.TIE if answers else ReasonCode.NO_SUCH_SALES
        self.answers.append(
            Proposal(
                line=case.line.line,
                verdict=MatchVerdict.NONE,
                links=(),
                fee=Money(0, case.line.amount.currency),
                reasons=(_kind(case), Reason(code, (str(len(answers)),))),
                alternatives=_alternatives(case, answers),
            )
        )

    def _solve(self, case: Case, stage: Stage) -> Solved:
        if case.settlement.kind is SettlementKind.CREDIT:
            return solve_loan(case.line, case.settlement, self.loans, self.book)
        return solve(case, stage)


def _by_day(one: tuple[StatementLine, Settlement]) -> tuple[date, int]:
    return one[0].day, one[0].line


def _links(sales: Sales) -> tuple[Link, ...]:
    return tuple(Link(one.id, one.amount) for one in sales.payments)


def _alternatives(case: Case, answers: Sequence[Sales]) -> tuple[Alternative, ...]:
    return tuple(Alternative(_links(one), _reasons(case, one)) for one in answers)[
        :_ALTERNATIVES_MAX
    ]


def _kind(case: Case) -> Reason:
    return Reason(ReasonCode.SETTLEMENT, (case.settlement.merchant or "",))


def _reasons(case: Case, sales: Sales) -> tuple[Reason, ...]:
    def human(minor: int) -> str:
        return Money(minor, case.line.amount.currency).human

    code = ReasonCode.FEE_COUNTED if sales.is_fee_counted else ReasonCode.FEE_STATED
    money = [Reason(code, (human(sales.fee_minor),))] if sales.fee_minor else []
    if case.settlement.refund_minor:
        money.append(Reason(ReasonCode.REFUND_WITHHELD, (human(case.settlement.refund_minor),)))
    if case.settlement.kind is SettlementKind.CREDIT:
        named = Reason(ReasonCode.CREDIT_OF_CLIENT, (sales.payments[0].client,))
        return (_kind(case), named, *money)
    days = sorted(one.expected_on for one in sales.payments)
    facts = (days[0].isoformat(), days[-1].isoformat(), str(len(days)))
    found = [Reason(ReasonCode.SALES_OF_DAY, facts)]
    if sales.lag is not None and case.habits.is_settled(case.settlement) and sales.share:
        found.append(Reason(ReasonCode.USUAL_DELAY, (str(sales.lag.days), str(sales.share))))
    return (_kind(case), *found, *money)

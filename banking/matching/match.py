"""Matches statement lines with open payments: proposals with reasons, ties refused.

Steps, in this order (docs/spec-matching.md tells what follows from what):

1. money out, own transfers, loans, returns: `not_client`
2. contract number and exact sum, unrivalled and not contradicted: `auto`
3. settlements of acquirers and loan banks: `suggest`, with the fee
4. everything else from the strongest evidence to the weakest: `suggest`
5. equal readings of different deals, closed contracts, nothing found: `none`

A later line never gets what an earlier or stronger one has claimed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from banking.formats.records import StatementLine
from banking.matching.book import Book, Deal
from banking.matching.evidence import Facts, Payer, Reading, read_facts, weigh
from banking.matching.kinds import foreign_kind, stranger_reason
from banking.matching.numbers import NumberKind
from banking.matching.plans import Fit, Plan, plan
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
from banking.matching.settlement_text import Settlement, SettlementKind, read_settlement
from banking.matching.settlements import Sales, SalesIndex, solve
from ledger.money import Money

__all__ = ["match"]

# Candidates from one index; more than this is a price point or a very common name: a tie.
_CANDIDATES_MAX = 40
_ALTERNATIVES_MAX = 3
# Rounds of step 4: how much a reading must weigh to be taken in the round.
_ROUNDS = (85, 68, 50, 0)


def match(
    lines: Sequence[StatementLine], payments: Sequence[OpenPayment], context: MatchContext
) -> list[Proposal]:
    """One proposal for every line, in the order of the lines.

    Linked sums never exceed what a payment still owes. Two equal open payments of one deal are
    interchangeable: the earlier one is taken.
    """
    run = _Run(Book.of(payments, context), SalesIndex.of(payments), context)
    for line in lines:
        run.sort_out(line, payments)
    waiting = sorted(run.waiting, key=lambda one: (one.line.day, one.line.line))
    waiting = [facts for facts in waiting if not run.take_automatic(facts)]
    for line, settlement in sorted(run.settlements, key=lambda one: (one[0].day, one[0].line)):
        run.take_settlement(line, settlement)
    for least in _ROUNDS:
        waiting = [facts for facts in waiting if not run.take_suggested(facts, least)]
    for facts in waiting:
        run.leave(facts)
    return [run.answers[line.line] for line in lines]


@dataclass(slots=True)
class _Run:
    book: Book
    sales: SalesIndex
    context: MatchContext
    answers: dict[int, Proposal] = field(default_factory=dict)
    waiting: list[Facts] = field(default_factory=list)
    settlements: list[tuple[StatementLine, Settlement]] = field(default_factory=list)

    def sort_out(self, line: StatementLine, payments: Sequence[OpenPayment]) -> None:
        """Step 1; what may be a client's money is kept for the next steps."""
        if payments and line.amount.currency is not payments[0].amount.currency:
            code = line.amount.currency.value
            self._answer(line, MatchVerdict.NONE, [Reason(ReasonCode.OTHER_CURRENCY, (code,))])
            return
        stranger = stranger_reason(line, self.context)
        if stranger:
            self._answer(line, MatchVerdict.NOT_CLIENT, [stranger])
            return
        settlement = read_settlement(line, self.context.words)
        if settlement:
            self.settlements.append((line, settlement))
            return
        facts = read_facts(line, self.book, self.context)
        foreign = foreign_kind(line, self.context.words)
        if foreign is None:
            self.waiting.append(facts)
        elif facts.numbers(NumberKind.CONTRACT):
            # A refund word and an open contract in one text: a person must read it.
            self._answer(line, MatchVerdict.NONE, [foreign])
        else:
            self._answer(line, MatchVerdict.NOT_CLIENT, [foreign])

    def take_automatic(self, facts: Facts) -> bool:
        """Step 2: contract number and exact sum, nothing against it."""
        deal = self._named_deal(facts)
        if deal is None:
            return False
        reading = weigh(facts, deal, self.book)
        if reading is None or reading.plan.fit < Fit.SUM or reading.payer is Payer.OTHER_INN:
            return False
        if self._rivals(facts, reading):
            return False
        self._claim(facts, reading, MatchVerdict.AUTO, ())
        return True

    def take_settlement(self, line: StatementLine, settlement: Settlement) -> None:
        """Step 3."""
        solved = solve(line, settlement, self.sales, self.book, self.context)
        kind = Reason(ReasonCode.SETTLEMENT, (settlement.merchant or "",))
        readings = [
            Alternative(self._sale_links(line, one), (kind, *_sale_reasons(line, settlement, one)))
            for one in solved.answers
        ]
        if solved.only is None:
            code = ReasonCode.TIE if readings else ReasonCode.NO_SUCH_SALES
            reasons = [kind, Reason(code, (str(len(readings)),))]
            self._answer(line, MatchVerdict.NONE, reasons, readings)
            return
        links = readings[0].links
        deals = {one.deal_id for one in solved.only.payments}
        self.book.claim(((link.payment, link.amount.minor) for link in links), deals)
        self.answers[line.line] = Proposal(
            line=line.line,
            verdict=MatchVerdict.SUGGEST,
            links=links,
            fee=Money(solved.only.fee_minor, line.amount.currency),
            reasons=readings[0].reasons,
        )

    def take_suggested(self, facts: Facts, least: int) -> bool:
        """Step 4: the one best reading that weighs at least `least`."""
        readings = self._readings(facts)
        if not readings or readings[0].weight < least or _is_tie(readings):
            return False
        self._claim(facts, readings[0], MatchVerdict.SUGGEST, readings[1:])
        return True

    def leave(self, facts: Facts) -> None:
        """Step 5."""
        readings = self._readings(facts)
        closed = facts.numbers(NumberKind.CLOSED)
        if closed:
            reasons = [Reason(ReasonCode.CLOSED_CONTRACT, (number,)) for number in sorted(closed)]
        elif readings:
            reasons = [Reason(ReasonCode.TIE, (str(len(readings)),))]
        else:
            reasons = [Reason(ReasonCode.NOTHING_FITS)]
        alternatives = [self._alternative(facts.line, one) for one in readings]
        self._answer(facts.line, MatchVerdict.NONE, reasons, alternatives)

    def _named_deal(self, facts: Facts) -> Deal | None:
        """The only deal that the numbers in the text name, when the contract's number is sure."""
        sure = {one.number for one in facts.found if one.is_sure}
        contracts = facts.numbers(NumberKind.CONTRACT)
        if len(contracts) != 1 or not contracts <= sure or facts.numbers(NumberKind.CLOSED):
            return None
        named = self._by_numbers(facts)
        return self.book.deals[next(iter(named))] if len(named) == 1 else None

    def _by_numbers(self, facts: Facts) -> set[str]:
        return {
            deal
            for one in facts.found
            if one.kind is not NumberKind.CLOSED
            for deal in self.book.by_number[one.kind, one.number]
        }

    def _rivals(self, facts: Facts, reading: Reading) -> list[Reading]:
        """Other deals that the payer and the exact sum point to, when the payer is not ours."""
        if reading.payer > Payer.UNKNOWN:
            return []
        others = self._by_payer(facts) - reading.deals
        weighed = [weigh(facts, self.book.deals[deal], self.book) for deal in sorted(others)]
        return [one for one in weighed if one and one.plan.fit >= Fit.SUM]

    def _by_payer(self, facts: Facts) -> set[str]:
        book, line = self.book, facts.line
        groups = [
            book.by_inn.get(line.inn or "", set()),
            book.by_account.get(line.counterparty_account, set()),
            *(book.by_name.get(name, set()) for name in facts.names),
            *(book.by_short_name.get(short, set()) for short in facts.short_names),
        ]
        return {deal for group in groups if len(group) <= _CANDIDATES_MAX for deal in group}

    def _by_amount(self, facts: Facts) -> set[str]:
        same = self.book.by_amount.get(facts.line.amount.minor, {})
        return {one.deal_id for one in same.values()} if len(same) <= _CANDIDATES_MAX else set()

    def _readings(self, facts: Facts) -> list[Reading]:
        """Acceptable readings, the heaviest first."""
        named = self._by_numbers(facts)
        if facts.numbers(NumberKind.CLOSED) and not named:
            return []
        candidates = named | self._by_payer(facts)
        by_amount = self._by_amount(facts)
        weighed = [
            weigh(facts, self.book.deals[deal], self.book)
            for deal in sorted(candidates | by_amount)
        ]
        is_price_point = self.book.price_points[facts.line.amount.minor] > 1
        readings = [
            one for one in weighed if one and _is_acceptable(one, is_price_point=is_price_point)
        ]
        joint = self._joint(facts, named)
        if joint:
            readings.append(joint)
        return sorted(readings, key=lambda one: (-one.weight, sorted(one.deals)))

    def _joint(self, facts: Facts, named: set[str]) -> Reading | None:
        """One payment for several contracts that its text names."""
        contracts = facts.numbers(NumberKind.CONTRACT)
        if len(contracts) < 2 or len(named) > _CANDIDATES_MAX:  # noqa: PLR2004 - "several"
            return None
        payments = sorted(
            (one for deal in named for one in self.book.deals[deal].payments),
            key=lambda one: (one.expected_on, one.id),
        )
        way = plan(payments, self.book.owed, facts.line.amount.minor)
        if way is None or way.fit is not Fit.SUM:
            return None
        return _joint_reading(facts, payments, way)

    def _claim(
        self, facts: Facts, reading: Reading, verdict: MatchVerdict, others: Iterable[Reading]
    ) -> None:
        line = facts.line
        self.book.claim(reading.plan.links, reading.deals)
        if reading.has_contract or reading.payer >= Payer.SAME_NAME:
            self.book.learn(line, set(reading.deals))
        self.answers[line.line] = Proposal(
            line=line.line,
            verdict=verdict,
            links=self._links(line, reading.plan),
            fee=Money(0, line.amount.currency),
            reasons=reading.reasons,
            alternatives=tuple(self._alternative(line, one) for one in others)[:_ALTERNATIVES_MAX],
        )

    def _links(self, line: StatementLine, way: Plan) -> tuple[Link, ...]:
        currency = line.amount.currency
        return tuple(Link(payment, Money(minor, currency)) for payment, minor in way.links)

    def _sale_links(self, line: StatementLine, sales: Sales) -> tuple[Link, ...]:
        assert all(one.amount.currency is line.amount.currency for one in sales.payments)
        return tuple(Link(one.id, one.amount) for one in sales.payments)

    def _alternative(self, line: StatementLine, reading: Reading) -> Alternative:
        return Alternative(self._links(line, reading.plan), reading.reasons)

    def _answer(
        self,
        line: StatementLine,
        verdict: MatchVerdict,
        reasons: Sequence[Reason],
        alternatives: Sequence[Alternative] = (),
    ) -> None:
        self.answers[line.line] = Proposal(
            line=line.line,
            verdict=verdict,
            links=(),
            fee=Money(0, line.amount.currency),
            reasons=tuple(reasons),
            alternatives=tuple(alternatives[:_ALTERNATIVES_MAX]),
        )


def _is_acceptable(reading: Reading, *, is_price_point: bool) -> bool:
    """Whether a person should be shown it: a number, a payer, or at least the exact sum.

    A sum that several payments share proves nothing about a payer who is not the client.
    """
    fit = reading.plan.fit
    if reading.has_number:
        return True
    if reading.payer >= Payer.SAME_NAME:
        return fit > Fit.PART or (fit is Fit.PART and reading.is_near_day)
    if reading.payer is Payer.SHORT_NAME:
        return fit >= Fit.NEAR
    if not reading.is_near_day or fit is not Fit.EXACT:
        return False
    return reading.payer is Payer.UNKNOWN or not is_price_point


def _is_tie(readings: Sequence[Reading]) -> bool:
    return len(readings) > 1 and readings[0].weight == readings[1].weight


def _joint_reading(facts: Facts, payments: Sequence[OpenPayment], way: Plan) -> Reading:
    linked = dict(way.links)
    contracts = sorted(facts.numbers(NumberKind.CONTRACT))
    return Reading(
        deals=frozenset(one.deal_id for one in payments if one.id in linked),
        plan=way,
        payer=Payer.UNKNOWN,
        has_contract=True,
        has_invoice=False,
        is_near_day=True,
        weight=100,
        reasons=(
            Reason(ReasonCode.SEVERAL_CONTRACTS, tuple(contracts)),
            Reason(ReasonCode.AMOUNT_IS_SUM, (facts.line.amount.human,)),
        ),
    )


def _sale_reasons(line: StatementLine, settlement: Settlement, sales: Sales) -> list[Reason]:
    currency = line.amount.currency
    fee = Money(sales.fee_minor, currency).human
    first = min(one.expected_on for one in sales.payments)
    last = max(one.expected_on for one in sales.payments)
    code = ReasonCode.FEE_COUNTED if sales.is_fee_counted else ReasonCode.FEE_STATED
    reasons = [Reason(code, (fee,))] if sales.fee_minor else []
    if settlement.kind is SettlementKind.CREDIT:
        client = sales.payments[0].client
        return [Reason(ReasonCode.CREDIT_OF_CLIENT, (client,)), *reasons]
    facts = (first.isoformat(), last.isoformat(), str(len(sales.payments)))
    return [Reason(ReasonCode.SALES_OF_DAY, facts), *reasons]

"""Matches statement lines with open payments: proposals with reasons, ties refused.

Steps, in this order (docs/spec-matching.md tells what follows from what):

1. money out, own transfers, loans, returns: `not_client`
2. contract number and exact sum, unrivalled and not contradicted: `auto`
3. settlements of acquirers and loan banks, with the fee: `auto` or `suggest`
4. everything else that a rule allows, from the strongest evidence to the weakest: `auto`
5. what is left, from the strongest evidence to the weakest: `suggest`
6. equal readings of different deals, closed contracts, nothing found: `none`

A later line never gets what an earlier or stronger one has claimed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from banking.formats.records import StatementLine
from banking.matching.automatic import is_other_client, reading_rule
from banking.matching.book import Book, is_bank_account
from banking.matching.evidence import Facts, Payer, Reading, explain, read_facts, weigh
from banking.matching.kinds import foreign_kind, stranger_reason
from banking.matching.numbers import NumberKind
from banking.matching.plans import Fit, Plan
from banking.matching.readings import crowd, is_tie, named_deal, read_line, rivals
from banking.matching.records import (
    Alternative,
    AutoRule,
    Link,
    MatchContext,
    MatchVerdict,
    OpenPayment,
    Proposal,
    Reason,
    ReasonCode,
)
from banking.matching.settlement_text import Settlement, read_settlement
from banking.matching.settling import settle
from banking.matching.taught import Firing, Wordings, fired
from ledger.money import Money

__all__ = ["match"]

_ALTERNATIVES_MAX = 3
# Rounds of step 5: how much a reading must weigh to be taken in the round. Every line is weighed
# once to find its round and once more in it, because stronger lines have claimed in between.
_ROUNDS = (85, 68, 50, 0)


def match(
    lines: Sequence[StatementLine], payments: Sequence[OpenPayment], context: MatchContext
) -> list[Proposal]:
    """One proposal for every line, in the order of the lines.

    All payments are in one currency. Linked sums never exceed what a payment still owes. Two equal open payments of one deal are
    interchangeable: the earlier one is taken.
    """
    assert len({one.amount.currency for one in payments}) <= 1
    owing = [one for one in payments if one.amount.minor > 0]
    run = _Run(Book.of(payments, context), context, Wordings.of(context.taught))
    for line in lines:
        run.sort_out(line, payments)
    waiting = sorted(run.waiting, key=_by_day)
    waiting = [facts for facts in waiting if not run.take_automatic(facts)]
    for proposal in settle(run.settlements, owing, run.book, context):
        run.answers[proposal.line] = proposal
    # Twice: what the first pass books may be the only rival of another line.
    waiting = run.take_by_rules(run.take_by_rules(waiting))
    run.suggest(waiting)
    return [run.answers[line.line] for line in lines]


@dataclass(slots=True)
class _Run:
    book: Book
    context: MatchContext
    wordings: Wordings
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
            self._answer_stranger(line, stranger)
            return
        settlement = read_settlement(line, self.context.words, self.context.merchants)
        facts = read_facts(line, self.book, self.context)
        if settlement and not (
            facts.numbers(NumberKind.CONTRACT) and not is_bank_account(line.counterparty_account)
        ):
            self.settlements.append((line, settlement))
            return
        taught = self.wordings.fire(line.purpose)
        foreign = foreign_kind(line, self.context.words)
        if taught is None and foreign is None:
            self.waiting.append(facts)
            return
        reasons = taught.reasons if taught else tuple([foreign] if foreign else [])
        readings = [one for one in read_line(facts, self.book) if _is_client_s(one)]
        # A client's number or name against the words: a person must read it.
        is_doubtful = bool(readings) or bool(facts.numbers(NumberKind.CONTRACT))
        is_foreign = not is_doubtful and (taught is None or taught.is_clear)
        verdict = MatchVerdict.NOT_CLIENT if is_foreign else MatchVerdict.NONE
        self._answer(line, verdict, reasons, [self._alternative(facts, one) for one in readings])
        if taught and taught.is_clear:
            self._explain(line, taught)

    def _answer_stranger(self, line: StatementLine, stranger: Reason) -> None:
        is_own = stranger.code is ReasonCode.OWN_TRANSFER
        taught = None if is_own else self.wordings.fire(line.purpose)
        reasons = [*(taught.reasons if taught else ()), stranger]
        self._answer(line, MatchVerdict.NOT_CLIENT, reasons)
        if taught:
            self._explain(line, taught)

    def _explain(self, line: StatementLine, taught: Firing) -> None:
        self.answers[line.line] = replace(self.answers[line.line], article=taught.article)

    def take_automatic(self, facts: Facts) -> bool:
        """Step 2: contract number and exact sum, nothing against it."""
        deal = named_deal(facts, self.book)
        if deal is None or AutoRule.CONTRACT_EXACT not in self.context.automatic:
            return False
        reading = weigh(facts, deal, self.book)
        if reading is None or reading.plan.fit < Fit.SUM or is_other_client(reading, self.book):
            return False
        if rivals(facts, reading, self.book):
            return False
        self._claim(facts, reading, MatchVerdict.AUTO, ())
        return True

    def take_by_rules(self, waiting: Sequence[Facts]) -> list[Facts]:
        """Step 4: book what a rule allows, the strongest evidence first; the others are left.

        Nothing that is only suggested has claimed yet: a guess never makes another line certain.
        """
        left: list[Facts] = []
        for facts in sorted(waiting, key=lambda one: (_strength(one), _by_day(one))):
            readings = read_line(facts, self.book)
            rule = reading_rule(facts, readings, self.book) if readings else None
            if rule in self.context.automatic and not is_tie(readings):
                self._claim(facts, readings[0], MatchVerdict.AUTO, readings[1:])
            else:
                left.append(facts)
        return left

    def suggest(self, waiting: Sequence[Facts]) -> None:
        """Step 5, then step 6 for what is left."""
        rounds: list[list[Facts]] = [[] for _ in _ROUNDS]
        for facts in waiting:
            rounds[_round_of(read_line(facts, self.book))].append(facts)
        left: list[Facts] = []
        for number, queue in enumerate(rounds):
            for facts in sorted(queue, key=_by_day):
                readings = read_line(facts, self.book)
                later = max(_round_of(readings), number)
                if later == number and readings and not is_tie(readings):
                    self._claim(facts, readings[0], MatchVerdict.SUGGEST, readings[1:])
                elif number + 1 < len(rounds):
                    rounds[max(later, number + 1)].append(facts)
                else:
                    left.append(facts)
        for facts in left:
            self.leave(facts)

    def leave(self, facts: Facts) -> None:
        """Step 6."""
        readings = read_line(facts, self.book)
        closed = facts.numbers(NumberKind.CLOSED)
        count, shown = (0, []) if readings else crowd(facts, self.book)
        if closed:
            reasons = [Reason(ReasonCode.CLOSED_CONTRACT, (number,)) for number in sorted(closed)]
        elif readings:
            reasons = [Reason(ReasonCode.TIE, (str(len(readings)),))]
        elif count:
            reasons = [Reason(ReasonCode.TIE, (str(count),))]
            weighed = (weigh(facts, self.book.deals[deal], self.book) for deal in shown)
            readings = [one for one in weighed if one]
        else:
            reasons = [Reason(ReasonCode.NOTHING_FITS)]
        alternatives = [self._alternative(facts, one) for one in readings]
        self._answer(facts.line, MatchVerdict.NONE, reasons, alternatives)

    def _claim(
        self, facts: Facts, reading: Reading, verdict: MatchVerdict, others: Iterable[Reading]
    ) -> None:
        line = facts.line
        reasons = explain(facts, reading, self.book)
        alternatives = [self._alternative(facts, one) for one in [*others][:_ALTERNATIVES_MAX]]
        self.book.claim(reading.plan.links, reading.deals)
        if reading.has_contract or reading.payer >= Payer.SAME_COMPANY:
            self.book.learn(line, set(reading.deals))
        self.answers[line.line] = Proposal(
            line=line.line,
            verdict=verdict,
            links=self._links(line, reading.plan),
            fee=Money(0, line.amount.currency),
            reasons=reasons,
            rules=fired(reasons),
            alternatives=tuple(alternatives),
        )

    def _links(self, line: StatementLine, way: Plan) -> tuple[Link, ...]:
        currency = line.amount.currency
        return tuple(Link(payment, Money(minor, currency)) for payment, minor in way.links)

    def _alternative(self, facts: Facts, reading: Reading) -> Alternative:
        reasons = explain(facts, reading, self.book)
        return Alternative(self._links(facts.line, reading.plan), reasons)

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
            rules=fired(reasons),
            alternatives=tuple(alternatives[:_ALTERNATIVES_MAX]),
        )


def _is_client_s(reading: Reading) -> bool:
    is_payer = reading.payer >= Payer.SAME_COMPANY and reading.plan.fit >= Fit.SUM
    return is_payer or reading.has_contract


def _strength(facts: Facts) -> int:
    """Lines that name a contract first, then those that name an invoice, then the others."""
    kinds = {one.kind for one in facts.found}
    return 0 if NumberKind.CONTRACT in kinds else 1 if NumberKind.INVOICE in kinds else 2


def _round_of(readings: Sequence[Reading]) -> int:
    weight = readings[0].weight if readings else 0
    last = len(_ROUNDS) - 1
    return next((number for number, least in enumerate(_ROUNDS) if weight >= least), last)


def _by_day(facts: Facts) -> tuple[date, int]:
    return facts.line.day, facts.line.line

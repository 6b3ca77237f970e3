"""What the matcher thinks of the unexplained lines, with what people taught and rejected.

a reading that a person rejected            -> is not offered for that line again
a line whose explanation was taken back     -> is offered, never booked without a person
an article by a taught wording              -> offered; certain when the rule may book by itself
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from banking.formats.records import Direction, StatementLine
from banking.matching.match import match
from banking.matching.records import (
    Link,
    MatchContext,
    MatchVerdict,
    OpenPayment,
    PaymentMethod,
    Proposal,
    TaughtKind,
    TaughtRule,
)
from confirmations.payments import Method
from store.records import BankLine, Person, Rule
from store.unit import UnitOfWork
from usecases.access import NotAllowed, Verb, refusal
from usecases.company import Company
from usecases.deals import remaining
from usecases.explain import AUTOMATON, AsArticle, AsPayments, Explained, Why, explain
from usecases.telling import redraw

__all__ = [
    "NothingToReject",
    "Rejected",
    "explain_certain",
    "propose",
    "propose_for",
    "reading_name",
    "reject",
]

# Each round asks the matcher anew without the lines whose best reading was rejected.
_ROUNDS_MAX = 5


@dataclass(frozen=True, slots=True)
class Rejected:
    """The reading will not be offered for the line again."""


@dataclass(frozen=True, slots=True)
class NothingToReject:
    """The line is explained, or what the person saw is not proposed any more."""


def reading_name(links: Sequence[Link], article: int | None = None) -> str:
    """What is rejected: the same payments in whatever sums, or the article."""
    if links:
        return ";".join(sorted(link.payment for link in links))
    return f"article:{article}" if article is not None else ""


async def propose(unit: UnitOfWork, company: Company) -> list[Proposal]:
    """What the matcher thinks of every unexplained line; `Proposal.line` is the line's id."""
    lines = await unit.statements.unexplained()
    rules = [rule for rule in await unit.rules.all() if rule.active]
    payments = [one for one in await _open_payments(unit) if one.amount.minor]
    context = await _context(unit, company, rules)
    ids = [line.id for line in lines]
    rejected = await unit.explanations.rejected(ids)
    proposals = _match_unrejected(
        [_statement_line(line) for line in lines], payments, context, rejected
    )
    tried = await unit.explanations.tried(ids)
    alone = {rule.id for rule in rules if rule.automatic}
    return [_with_verdict(one, tried, alone) for one in proposals]


async def propose_for(unit: UnitOfWork, company: Company, line_id: int) -> Proposal | None:
    """The proposal for one line; None when it is explained."""
    found = [one for one in await propose(unit, company) if one.line == line_id]
    return found[0] if found else None


async def explain_certain(unit: UnitOfWork, company: Company) -> int:
    """Book what needs no person, as the automaton; how many lines."""
    explained = 0
    for proposal in await propose(unit, company):
        if proposal.verdict is not MatchVerdict.AUTO:
            continue
        explanation: AsPayments | AsArticle
        if proposal.article is not None and not proposal.links:
            explanation = AsArticle(proposal.article)
        else:
            links = tuple((link.payment, link.amount) for link in proposal.links)
            explanation = AsPayments(links, proposal.fee)
        why = Why(proposal.reasons, proposal.rules)
        outcome = await explain(unit, company, AUTOMATON, proposal.line, explanation, why)
        explained += isinstance(outcome, Explained)
    return explained


async def reject(
    unit: UnitOfWork, company: Company, actor: Person, line_id: int, reading: str
) -> Rejected | NothingToReject | NotAllowed:
    """What is proposed is wrong: it is not offered for this line again. `reading` is its name."""
    refused = refusal(actor, Verb.EXPLAIN_LINE)
    if refused is not None:
        return refused
    proposal = await propose_for(unit, company, line_id)
    if proposal is None or not reading or reading not in _names(proposal):
        return NothingToReject()
    await unit.explanations.reject(line_id, reading, actor.name)
    thing = f"line:{line_id}"
    await unit.upkeep.audit(actor.name, "rejected", thing, {"reading": reading})
    await redraw(unit, thing)
    return Rejected()


def _names(proposal: Proposal) -> set[str]:
    best = reading_name(proposal.links, proposal.article)
    return {best, *(reading_name(one.links) for one in proposal.alternatives)}


def _match_unrejected(
    lines: Sequence[StatementLine],
    payments: Sequence[OpenPayment],
    context: MatchContext,
    rejected: Mapping[int, AbstractSet[str]],
) -> list[Proposal]:
    """A line whose best reading was rejected must not keep its payments from other lines."""
    answers: dict[int, Proposal] = {}
    asked = list(lines)
    for _ in range(_ROUNDS_MAX):
        found = match(asked, payments, context)
        wrong = {
            one.line: one
            for one in found
            if reading_name(one.links, one.article) in rejected.get(one.line, set())
        }
        answers |= {one.line: one for one in found}
        answers |= {line: _without_best(one, rejected[line]) for line, one in wrong.items()}
        if not wrong:
            break
        asked = [one for one in asked if one.line not in wrong]
    return [_without_rejected(answers[one.line], rejected.get(one.line, set())) for one in lines]


def _without_best(proposal: Proposal, rejected: AbstractSet[str]) -> Proposal:
    """What is left of it is for a person to choose from."""
    left = tuple(one for one in proposal.alternatives if reading_name(one.links) not in rejected)
    nothing = Proposal(proposal.line, MatchVerdict.NONE, (), replace(proposal.fee, minor=0), ())
    return replace(nothing, alternatives=left)


def _without_rejected(proposal: Proposal, rejected: AbstractSet[str]) -> Proposal:
    if not rejected:
        return proposal
    if reading_name(proposal.links, proposal.article) in rejected:
        return _without_best(proposal, rejected)
    left = tuple(one for one in proposal.alternatives if reading_name(one.links) not in rejected)
    return replace(proposal, alternatives=left)


def _with_verdict(
    proposal: Proposal, tried: AbstractSet[int], alone: AbstractSet[int]
) -> Proposal:
    by_rule = proposal.article is not None and not proposal.links
    if by_rule and proposal.rules and alone >= set(proposal.rules):
        proposal = replace(proposal, verdict=MatchVerdict.AUTO)
    elif by_rule and proposal.verdict is MatchVerdict.AUTO:
        proposal = replace(proposal, verdict=MatchVerdict.NOT_CLIENT)
    if proposal.line in tried and proposal.verdict is MatchVerdict.AUTO:
        verdict = MatchVerdict.NOT_CLIENT if by_rule else MatchVerdict.SUGGEST
        return replace(proposal, verdict=verdict)
    return proposal


async def _context(unit: UnitOfWork, company: Company, rules: Sequence[Rule]) -> MatchContext:
    return MatchContext(
        own_inn=company.own_inn,
        own_accounts=frozenset(await unit.catalog.bank_accounts()),
        merchants=company.merchants,
        closed_contracts=await _closed_contracts(unit),
        automatic=company.automatic,
        words=company.words,
        taught=tuple(_taught(rule) for rule in rules),
    )


def _taught(rule: Rule) -> TaughtRule:
    lesson = rule.lesson
    return TaughtRule(rule.id, TaughtKind(lesson.kind.value), lesson.pattern, lesson.target)


async def _open_payments(unit: UnitOfWork) -> list[OpenPayment]:
    result = []
    for payment in await unit.pending.open_payments():
        if payment.claim.method in {Method.CASH, Method.CARD_TRANSFER}:
            continue
        deal = await unit.deals.get(payment.slot.deal)
        assert deal is not None
        result.append(
            OpenPayment(
                id=payment.id,
                deal_id=deal.id,
                contract_no=deal.contract_no,
                client=deal.client,
                client_inn=deal.client_inn,
                invoice_no=None,
                amount=await remaining(unit, payment),
                method=PaymentMethod(payment.claim.method.value),
                expected_on=payment.claim.expected_on,
                salon=dict(deal.dimensions).get("salon", ""),
                client_key=deal.client_key,
            )
        )
    return result


async def _closed_contracts(unit: UnitOfWork) -> frozenset[str]:
    waiting = {payment.slot.deal for payment in await unit.pending.open_payments()}
    return frozenset(
        deal.contract_no
        for deal in await unit.deals.all()
        if deal.contract_no and deal.id not in waiting
    )


def _statement_line(line: BankLine) -> StatementLine:
    return StatementLine(
        line=line.id,
        account=line.account,
        direction=Direction.IN if line.incoming else Direction.OUT,
        day=line.day,
        amount=line.amount,
        number=line.number,
        counterparty=line.counterparty,
        inn=line.inn,
        counterparty_account=line.counterparty_account,
        purpose=line.purpose,
        document_type="",
        identity=line.identity,
    )

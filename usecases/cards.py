"""What is true about a thing that people are told of: the facts that its card is drawn from.

A card shows the present state of its thing to one viewer. The wording and the buttons belong to
the face that draws it; the figures come from here only, and the audit compares them again.
"""

from dataclasses import dataclass, replace
from datetime import date

from banking.matching.records import Proposal
from confirmations.handovers import Handover
from confirmations.payments import Payment
from confirmations.refunds import Refund
from confirmations.resolution import Resolution, Retraction, attempt_name
from ledger.articles import Article
from ledger.money import Money
from ledger.seed import SystemArticle
from store.records import BankLine, Deal, Lesson, LineExplanation, Part, PartKind, Person
from store.unit import UnitOfWork
from usecases.company import Company
from usecases.corrections import newest
from usecases.deals import remaining
from usecases.expenses import expense_state, likely_articles
from usecases.explain import AUTOMATON
from usecases.proposals import propose_for
from usecases.rules import lesson_of

__all__ = [
    "CardFacts",
    "DifferenceCard",
    "ExpenseCard",
    "HandoverCard",
    "ImportCard",
    "JoinedCard",
    "LineCard",
    "ListedPayment",
    "PaymentCard",
    "RefundCard",
    "facts_of",
]


@dataclass(frozen=True, slots=True)
class ExpenseCard:
    """An expense as it stands: `suggestions` while its article is unknown."""

    id: str
    amount: Money
    words: str
    article: Article
    place: str
    day: date
    undone: bool
    suggestions: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class ListedPayment:
    """A payment of a handover with the words for people; `crm_says` when the CRM differs now."""

    payment: Payment
    client: str
    contract_no: str
    crm_says: str | None


@dataclass(frozen=True, slots=True)
class HandoverCard:
    """A handover for its giver or for a cashier; `resolution` once it ended."""

    handover: Handover
    giver: Person
    payments: tuple[ListedPayment, ...]
    resolution: Resolution | None


@dataclass(frozen=True, slots=True)
class PaymentCard:
    """A client's payment: pending or how it ended; `taken_back`: it had ended, and waits again."""

    payment: Payment
    deal: Deal
    left: Money
    resolution: Resolution | None
    taken_back: Retraction | None = None


@dataclass(frozen=True, slots=True)
class DifferenceCard:
    """The CRM says something else than what is confirmed or handed over; `crm_says` is plain."""

    payment: Payment
    deal: Deal
    resolution: Resolution | None
    crm_says: str


@dataclass(frozen=True, slots=True)
class LineCard:
    """A statement line: the proposal while it is unexplained, what it is afterwards.

    `payments` are those that the proposal, its alternatives or the explanation name, with their
    deals; `articles` the names of theirs; `refunds` are the pending ones of exactly this sum, or
    the one that the line paid. `lesson` is what the explanation may teach and has not yet;
    `taken_back` is the newest taking back of an unexplained line.
    """

    line: BankLine
    proposal: Proposal | None
    payments: tuple[tuple[Payment, Deal], ...]
    refunds: tuple[Refund, ...]
    resolution: Resolution | None
    explanation: LineExplanation | None = None
    articles: tuple[Article, ...] = ()
    lesson: Lesson | None = None
    taken_back: Retraction | None = None


@dataclass(frozen=True, slots=True)
class ImportCard:
    """What a dropped statement brought: lines of the file, how many of them wait for a person.

    `waiting` are the ids of the unexplained lines of the file, `automatic` of those that stand as
    the automaton explained them, `doubts` those of lines that may be in the books already.
    """

    file: str
    name: str
    lines: int
    waiting: tuple[int, ...]
    automatic: tuple[int, ...] = ()
    doubts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RefundCard:
    """A refund: pending or how it ended."""

    refund: Refund
    payment: Payment
    deal: Deal
    resolution: Resolution | None


@dataclass(frozen=True, slots=True)
class JoinedCard:
    """Somebody joined; for the owner."""

    person: Person


CardFacts = (
    ExpenseCard
    | HandoverCard
    | PaymentCard
    | DifferenceCard
    | LineCard
    | ImportCard
    | RefundCard
    | JoinedCard
)


async def facts_of(
    unit: UnitOfWork, company: Company, thing: str, viewer: Person
) -> CardFacts | None:
    """The present facts about a thing; None when there is no such thing."""
    kind, _, name = thing.partition(":")
    match kind:
        case "expense":
            return await _expense(unit, viewer, name)
        case "handover":
            return await _handover(unit, name)
        case "payment":
            return await _payment(unit, name)
        case "difference":
            return await _difference(unit, name)
        case "line":
            return await _line(unit, company, int(name))
        case "import":
            return await _import(unit, name)
        case "refund":
            return await _refund(unit, name)
        case "person":
            person = await unit.people.get(name)
            return JoinedCard(person) if person else None
        case _:
            return None


async def _expense(unit: UnitOfWork, viewer: Person, name: str) -> ExpenseCard | None:
    state = await expense_state(unit, name)
    if state is None:
        return None
    operation = state.sealed.operation
    article = await unit.catalog.article(operation.article)
    places = {place.account: place.name for place in await unit.catalog.places()}
    source = operation.entries[0].credit
    assert article is not None
    unsorted = article.id == SystemArticle.UNSORTED and state.reversal is None
    return ExpenseCard(
        id=name,
        amount=operation.amount,
        words=operation.comment,
        article=article,
        place=places.get(source, str(source)),
        day=operation.days[0],
        undone=state.reversal is not None,
        suggestions=tuple(await likely_articles(unit, viewer)) if unsorted else (),
    )


async def _handover(unit: UnitOfWork, name: str) -> HandoverCard | None:
    handover = await unit.pending.handover(name)
    if handover is None:
        return None
    giver = await unit.people.get(handover.person)
    assert giver is not None
    resolution = await unit.pending.resolution(handover.thing)
    listed = []
    for payment in await unit.pending.payments(handover.payments):
        deal = await unit.deals.get(payment.slot.deal)
        assert deal is not None
        # What the CRM says of money counted long ago has a card of its own.
        says = None if resolution else await unit.upkeep.setting(f"difference:{payment.id}")
        listed.append(ListedPayment(payment, deal.client, deal.contract_no, says))
    return HandoverCard(handover, giver, tuple(listed), resolution)


async def _payment(unit: UnitOfWork, name: str) -> PaymentCard | None:
    payment = await unit.pending.payment(name)
    if payment is None:
        return None
    deal = await unit.deals.get(payment.slot.deal)
    assert deal is not None
    left = await remaining(unit, payment)
    resolution = await unit.pending.resolution(payment.thing)
    taken_back = await _taken_back(unit, payment.thing) if resolution is None else None
    return PaymentCard(payment, deal, left, resolution, taken_back)


async def _difference(unit: UnitOfWork, name: str) -> DifferenceCard | None:
    payment = await unit.pending.payment(name)
    if payment is None:
        return None
    deal = await unit.deals.get(payment.slot.deal)
    assert deal is not None
    says = await unit.upkeep.setting(f"difference:{name}")
    resolution = await unit.pending.resolution(payment.thing)
    return DifferenceCard(payment, deal, resolution, says or "")


async def _line(unit: UnitOfWork, company: Company, line_id: int) -> LineCard | None:
    line = await unit.statements.line(line_id)
    if line is None:
        return None
    resolution = await unit.pending.resolution(line.thing)
    if resolution is not None:
        return await _explained_line(unit, company, line, resolution)
    proposal = await propose_for(unit, company, line_id)
    named: list[str] = []
    if proposal is not None:
        named = [link.payment for link in proposal.links]
        named += [link.payment for other in proposal.alternatives for link in other.links]
    numbers = [proposal.article] if proposal and proposal.article is not None else []
    fitting = [one for one in await unit.pending.open_refunds() if one.amount == line.amount]
    return LineCard(
        line=line,
        proposal=proposal,
        payments=await _with_deals(unit, named),
        refunds=() if line.incoming else tuple(fitting),
        resolution=None,
        articles=await _articles(unit, numbers),
        taken_back=await _taken_back(unit, line.thing),
    )


async def _explained_line(
    unit: UnitOfWork, company: Company, line: BankLine, resolution: Resolution
) -> LineCard:
    said = await unit.explanations.get(line.id, await unit.pending.attempt(line.thing))
    said = await _as_corrected(unit, line, said) if said else None
    parts = said.parts if said else ()
    refunds = [await unit.pending.refund(name) for name in _refs(parts, PartKind.REFUND)]
    return LineCard(
        line=line,
        proposal=None,
        payments=await _with_deals(unit, _refs(parts, PartKind.PAYMENT)),
        refunds=tuple(one for one in refunds if one is not None),
        resolution=resolution,
        explanation=said,
        articles=await _articles(unit, [int(one) for one in _refs(parts, PartKind.ARTICLE)]),
        lesson=await _untaught(unit, company, line, said) if said else None,
    )


async def _as_corrected(
    unit: UnitOfWork, line: BankLine, said: LineExplanation
) -> LineExplanation:
    """The explanation with the articles that its operations have now."""
    name = attempt_name(line.thing, said.attempt)
    parts = []
    for part in said.parts:
        stands = None
        if part.kind is PartKind.ARTICLE:
            whole, one_of = f"{name}:article", f"{name}:article:{part.ref}"
            stands = await newest(unit, whole if whole in said.operations else one_of)
        article = str(stands.operation.article) if stands else part.ref
        parts.append(replace(part, ref=article))
    return replace(said, parts=tuple(parts))


async def _untaught(
    unit: UnitOfWork, company: Company, line: BankLine, said: LineExplanation
) -> Lesson | None:
    lesson = await lesson_of(unit, company, line, said)
    known = await unit.rules.find(lesson.kind, lesson.pattern) if lesson else None
    if known is not None and lesson is not None and known.lesson.target == lesson.target:
        return None
    return lesson


async def _with_deals(unit: UnitOfWork, ids: list[str]) -> tuple[tuple[Payment, Deal], ...]:
    pairs = []
    for payment in await unit.pending.payments(list(dict.fromkeys(ids))):
        deal = await unit.deals.get(payment.slot.deal)
        assert deal is not None
        pairs.append((payment, deal))
    return tuple(pairs)


async def _articles(unit: UnitOfWork, numbers: list[int]) -> tuple[Article, ...]:
    found = [await unit.catalog.article(number) for number in numbers]
    return tuple(one for one in found if one is not None)


async def _taken_back(unit: UnitOfWork, thing: str) -> Retraction | None:
    retractions = await unit.pending.retractions(thing)
    return retractions[-1] if retractions else None


def _refs(parts: tuple[Part, ...], kind: PartKind) -> list[str]:
    return [one.ref for one in parts if one.kind is kind]


async def _import(unit: UnitOfWork, name: str) -> ImportCard | None:
    file = await unit.statements.file(name)
    if file is None:
        return None
    lines = [line for line in await unit.statements.all_lines() if line.file == name]
    waiting = [line.id for line in await unit.statements.unexplained() if line.file == name]
    standing = await unit.explanations.standing_of_file(name, AUTOMATON)
    automatic = tuple(one.line for one in standing)
    doubts = tuple(one.id for one in await unit.faces.open_doubts() if one.line.file == name)
    return ImportCard(name, file.name, len(lines), tuple(waiting), automatic, doubts)


async def _refund(unit: UnitOfWork, name: str) -> RefundCard | None:
    refund = await unit.pending.refund(name)
    if refund is None:
        return None
    payment = await unit.pending.payment(refund.payment)
    assert payment is not None
    deal = await unit.deals.get(payment.slot.deal)
    assert deal is not None
    return RefundCard(refund, payment, deal, await unit.pending.resolution(refund.thing))

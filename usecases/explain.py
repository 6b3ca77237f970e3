"""Explaining a statement line: whose payment, which refund, or which article it is. Once.

one line, one payment, the exact sum        payment: suspense ← client
more than is owed, one client               the excess stays on the client's balance
a terminal's net sum for many payments      gross per deal, the net sum, the fee per deal
an outgoing line                            an expense by article, or a pending refund
one line, parts of several                  payments of any clients and articles, to the kopeck

What was said may be taken back (`usecases.undo`); then the line is explained anew, as the next
attempt.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from banking.matching.records import Reason
from confirmations.payments import Method, Payment
from confirmations.resolution import Ending, Resolution, attempt_name
from ledger.articles import Direction as ArticleDirection
from ledger.money import Money, total
from ledger.posting import About, TwoDates, expense, income
from store.records import BankLine, LineExplanation, Part, PartKind, Person
from store.unit import UnitOfWork
from usecases.access import NotAllowed, Verb, refusal
from usecases.company import Company
from usecases.deals import remaining
from usecases.explain_payments import Attempt, post_openly, receive, settle
from usecases.refunds import finish_refund
from usecases.telling import redraw

__all__ = [
    "AUTOMATON",
    "SETTLED",
    "AlreadyExplained",
    "AsArticle",
    "AsPayments",
    "AsRefund",
    "AsSplit",
    "ExplainOutcome",
    "Explained",
    "Explanation",
    "NoSuchLine",
    "SumDiffers",
    "Why",
    "WrongThing",
    "explain",
]

# The author of what was certain enough to need no person.
AUTOMATON = "Автосверка"
# Methods whose money comes net of a fee, through clearing.
SETTLED = frozenset({Method.TERMINAL, Method.CREDIT_AGREEMENT})


@dataclass(frozen=True, slots=True)
class AsPayments:
    """The line pays these payments by so much each, gross; `fee` was withheld from it."""

    links: tuple[tuple[str, Money], ...]
    fee: Money = Money(0)  # noqa: RUF009 - an immutable zero


@dataclass(frozen=True, slots=True)
class AsArticle:
    """The line is an expense or an income of an article, not a client's payment."""

    article: int


@dataclass(frozen=True, slots=True)
class AsRefund:
    """The outgoing line is the money of a pending refund."""

    refund: str


@dataclass(frozen=True, slots=True)
class AsSplit:
    """The line is several things: payments, of several clients too, and articles; by sums."""

    links: tuple[tuple[str, Money], ...]
    articles: tuple[tuple[int, Money], ...]


Explanation = AsPayments | AsArticle | AsRefund | AsSplit


@dataclass(frozen=True, slots=True)
class Why:
    """What was followed: the reasons of a proposal and the taught rules that fired in it."""

    reasons: tuple[Reason, ...] = ()
    rules: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """The line is explained and the books say so."""

    line: BankLine


@dataclass(frozen=True, slots=True)
class NoSuchLine:
    """There is no line with that id, or it is an own transfer, which explains itself."""


@dataclass(frozen=True, slots=True)
class AlreadyExplained:
    """Somebody was first."""

    resolution: Resolution


@dataclass(frozen=True, slots=True)
class SumDiffers:
    """The explanation adds up to something else than the line; nothing was written."""

    line: Money
    explained: Money


@dataclass(frozen=True, slots=True)
class WrongThing:
    """The payment, refund or article does not exist, has ended, or does not suit the line."""

    thing: str


ExplainOutcome = Explained | NotAllowed | NoSuchLine | AlreadyExplained | SumDiffers | WrongThing
_Said = list[Part] | SumDiffers | WrongThing
_BY_HAND = Why()


async def explain(
    unit: UnitOfWork,
    company: Company,
    actor: Person | str,
    line_id: int,
    explanation: Explanation,
    why: Why = _BY_HAND,
) -> ExplainOutcome:
    """Explain a line, once; `actor` is a person, or `AUTOMATON` for what is certain.

    Order: NotAllowed, NoSuchLine, AlreadyExplained, WrongThing, SumDiffers.
    """
    if isinstance(actor, Person):
        refused = refusal(actor, Verb.EXPLAIN_LINE)
        if refused is not None:
            return refused
    author = actor.name if isinstance(actor, Person) else actor
    line = await unit.statements.line(line_id)
    if line is None or line.own_transfer:
        return NoSuchLine()
    resolution = await unit.pending.resolution(line.thing)
    if resolution is not None:
        return AlreadyExplained(resolution)
    number = await unit.pending.attempt(line.thing)
    before = await _last_number(unit)
    at = Attempt(company, author, line, attempt_name(line.thing, number))
    said = await _say(unit, at, explanation)
    if not isinstance(said, list):
        return said
    # One writer at a time: what was posted since belongs to this line.
    posted = await unit.journal.between(before + 1, await _last_number(unit))
    kept = LineExplanation(
        line=line.id,
        attempt=number,
        by=author,
        at=unit.now(),
        parts=tuple(said),
        reasons=tuple((one.code.value, one.facts) for one in why.reasons),
        rules=why.rules,
        operations=tuple(sealed.operation.key for sealed in posted),
    )
    await _keep(unit, line, kept)
    return Explained(line)


async def _say(unit: UnitOfWork, at: Attempt, explanation: Explanation) -> _Said:
    match explanation:
        case AsPayments():
            return await _as_payments(unit, at, explanation)
        case AsArticle(article):
            return await _as_articles(unit, at, [(article, at.line.amount)])
        case AsRefund():
            return await _as_refund(unit, at, explanation)
        case AsSplit():
            return await _as_split(unit, at, explanation)


async def _keep(unit: UnitOfWork, line: BankLine, kept: LineExplanation) -> None:
    await unit.explanations.add(kept)
    for rule in kept.rules:
        await unit.rules.fire(rule)
    await unit.pending.resolve(Resolution(line.thing, Ending.CONFIRMED, kept.by, kept.at))
    await unit.upkeep.audit(kept.by, "explained", line.thing, {"attempt": kept.attempt})
    await redraw(unit, line.thing)
    await redraw(unit, f"import:{line.file}")


async def _as_payments(unit: UnitOfWork, at: Attempt, explanation: AsPayments) -> _Said:
    if not at.line.incoming or not explanation.links:
        return WrongThing(at.line.thing)
    paid = await _owing(unit, explanation.links)
    if isinstance(paid, WrongThing):
        return paid
    gross = total([amount for _, amount in paid])
    settled = {payment.claim.method in SETTLED for payment, _ in paid}
    if settled == {True}:
        if gross - explanation.fee != at.line.amount:
            return SumDiffers(at.line.amount, gross - explanation.fee)
        return await settle(unit, at, paid)
    excess = at.line.amount - gross
    deals = {payment.slot.deal for payment, _ in paid}
    if True in settled or excess.minor < 0 or explanation.fee.minor:
        return SumDiffers(at.line.amount, gross - explanation.fee)
    if excess.minor and len(deals) > 1:
        return SumDiffers(at.line.amount, gross)
    return await receive(unit, at, paid, excess)


async def _as_split(unit: UnitOfWork, at: Attempt, explanation: AsSplit) -> _Said:
    """Checks everything first: of a split that is wrong somewhere, nothing is posted."""
    if explanation.links and not at.line.incoming:
        return WrongThing(at.line.thing)
    paid = await _owing(unit, explanation.links)
    if isinstance(paid, WrongThing):
        return paid
    for payment, _ in paid:
        if payment.claim.method in SETTLED:
            return WrongThing(payment.id)
    wrong = await _unsuitable(unit, at, explanation.articles)
    if wrong is not None:
        return wrong
    sums = [amount for _, amount in (*explanation.links, *explanation.articles)]
    if not sums or total(sums) != at.line.amount:
        return SumDiffers(at.line.amount, total(sums))
    parts = await receive(unit, at, paid, Money(0, at.line.amount.currency))
    articles = await _as_articles(unit, at, explanation.articles)
    assert isinstance(articles, list)
    return [*parts, *articles]


async def _as_articles(
    unit: UnitOfWork, at: Attempt, articles: Sequence[tuple[int, Money]]
) -> list[Part] | WrongThing:
    wrong = await _unsuitable(unit, at, articles)
    if wrong is not None:
        return wrong
    line = at.line
    post_as = income if line.incoming else expense
    whole = len(articles) == 1 and articles[0][1] == line.amount
    for article, amount in articles:
        key = f"{at.name}:article" if whole else f"{at.name}:article:{article}"
        about = About(key, at.author, comment=line.purpose, counterparty=line.counterparty)
        dates = TwoDates(line.day, line.day)
        await post_openly(unit, at, post_as(about, article, at.suspense, amount, dates))
    return [Part(PartKind.ARTICLE, str(article), amount) for article, amount in articles]


async def _as_refund(unit: UnitOfWork, at: Attempt, explanation: AsRefund) -> _Said:
    refund = await unit.pending.refund(explanation.refund)
    if refund is None or await unit.pending.resolution(refund.thing) is not None:
        return WrongThing(f"refund:{explanation.refund}")
    if at.line.incoming:
        return WrongThing(at.line.thing)
    if refund.amount != at.line.amount:
        return SumDiffers(at.line.amount, refund.amount)
    await finish_refund(unit, at.company, at.author, refund, (at.suspense, at.line.day))
    return [Part(PartKind.REFUND, refund.id, refund.amount)]


async def _owing(
    unit: UnitOfWork, links: Sequence[tuple[str, Money]]
) -> list[tuple[Payment, Money]] | WrongThing:
    """The open payments of the links; each once, and no more than it still owes."""
    paid: list[tuple[Payment, Money]] = []
    for payment_id, amount in links:
        payment = await unit.pending.payment(payment_id)
        if payment is None or await unit.pending.resolution(payment.thing) is not None:
            return WrongThing(payment_id)
        if amount.minor <= 0 or await remaining(unit, payment) < amount:
            return WrongThing(payment_id)
        if payment in [one for one, _ in paid]:
            return WrongThing(payment_id)
        paid.append((payment, amount))
    return paid


async def _unsuitable(
    unit: UnitOfWork, at: Attempt, articles: Sequence[tuple[int, Money]]
) -> WrongThing | None:
    seen: set[int] = set()
    for number, amount in articles:
        article = await unit.catalog.article(number)
        wrong = WrongThing(f"article:{number}")
        if article is None or not article.active or amount.minor <= 0 or number in seen:
            return wrong
        if article.direction is ArticleDirection.TRANSFER:
            return wrong
        if not at.line.incoming and article.direction is ArticleDirection.INCOME:
            return wrong
        seen.add(number)
    return None


async def _last_number(unit: UnitOfWork) -> int:
    head = await unit.journal.head()
    return head[0] if head else 0

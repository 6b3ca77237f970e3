"""Explaining a statement line: whose payment, which refund, or which article it is. Once.

one line, one payment, the exact sum        payment: suspense ← client
more than is owed, one client               the excess stays on the client's balance
a terminal's net sum for many payments      gross per deal, the net sum, the fee per deal
an outgoing line                            an expense by article, or a pending refund
"""

from collections.abc import Sequence
from dataclasses import dataclass

from banking.formats.records import Direction, StatementLine
from banking.matching.match import match
from banking.matching.records import MatchContext, OpenPayment, PaymentMethod, Proposal
from confirmations.payments import Method, Payment
from confirmations.resolution import Ending, Resolution
from ledger.accounts import Account, AccountKind
from ledger.articles import Direction as ArticleDirection
from ledger.money import Money, split, total
from ledger.posting import (
    About,
    TwoDates,
    expense,
    income,
    overpayment,
    settlement_fee,
    settlement_net,
)
from store.records import BankLine, Person
from store.unit import UnitOfWork
from usecases.access import NotAllowed, Verb, refusal
from usecases.company import Company
from usecases.deals import remaining
from usecases.payments import CRM, RECEIVED, Receipt, about_deal, bring_money, end_payment
from usecases.posting import dated_openly, post_all
from usecases.refunds import finish_refund
from usecases.telling import redraw

__all__ = [
    "AUTOMATON",
    "AlreadyExplained",
    "AsArticle",
    "AsPayments",
    "AsRefund",
    "ExplainOutcome",
    "Explained",
    "Explanation",
    "NoSuchLine",
    "SumDiffers",
    "WrongThing",
    "explain",
    "propose",
    "propose_for",
]

# The author of what was certain enough to need no person.
AUTOMATON = "Автосверка"

_SETTLED = {Method.TERMINAL, Method.CREDIT_AGREEMENT}


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


Explanation = AsPayments | AsArticle | AsRefund


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


async def explain(
    unit: UnitOfWork,
    company: Company,
    actor: Person | str,
    line_id: int,
    explanation: Explanation,
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
    match explanation:
        case AsPayments():
            problem = await _as_payments(unit, company, author, line, explanation)
        case AsArticle():
            problem = await _as_article(unit, company, author, line, explanation)
        case AsRefund():
            problem = await _as_refund(unit, company, author, line, explanation)
    if problem is not None:
        return problem
    await unit.pending.resolve(Resolution(line.thing, Ending.CONFIRMED, author, unit.now()))
    await unit.upkeep.audit(author, "explained", line.thing)
    await redraw(unit, line.thing)
    await redraw(unit, f"import:{line.file}")
    return Explained(line)


async def propose(unit: UnitOfWork, company: Company) -> list[Proposal]:
    """What the matcher thinks of every unexplained line; `Proposal.line` is the line's id."""
    lines = [_statement_line(line) for line in await unit.statements.unexplained()]
    payments = [one for one in await _open_payments(unit) if one.amount.minor]
    context = MatchContext(
        own_inn=company.own_inn,
        own_accounts=frozenset(await unit.catalog.bank_accounts()),
        merchants=company.merchants,
        closed_contracts=await _closed_contracts(unit),
    )
    return match(lines, payments, context)


async def propose_for(unit: UnitOfWork, company: Company, line_id: int) -> Proposal | None:
    """The proposal for one line; None when it is explained."""
    found = [one for one in await propose(unit, company) if one.line == line_id]
    return found[0] if found else None


async def _as_payments(
    unit: UnitOfWork, company: Company, author: str, line: BankLine, explanation: AsPayments
) -> SumDiffers | WrongThing | None:
    if not line.incoming or not explanation.links:
        return WrongThing(line.thing)
    paid: list[tuple[Payment, Money]] = []
    for payment_id, amount in explanation.links:
        payment = await unit.pending.payment(payment_id)
        if payment is None or await unit.pending.resolution(payment.thing) is not None:
            return WrongThing(payment_id)
        if amount.minor <= 0 or await remaining(unit, payment) < amount:
            return WrongThing(payment_id)
        paid.append((payment, amount))
    gross = total([amount for _, amount in paid])
    settled = {payment.claim.method in _SETTLED for payment, _ in paid}
    if settled == {True}:
        if gross - explanation.fee != line.amount:
            return SumDiffers(line.amount, gross - explanation.fee)
        await _settle(unit, company, author, line, paid)
        return None
    excess = line.amount - gross
    clients = {payment.slot.deal for payment, _ in paid}
    if True in settled or excess.minor < 0 or explanation.fee.minor:
        return SumDiffers(line.amount, gross - explanation.fee)
    if excess.minor and len(clients) > 1:
        return SumDiffers(line.amount, gross)
    await _receive(unit, company, author, line, paid)
    return None


async def _receive(
    unit: UnitOfWork,
    company: Company,
    author: str,
    line: BankLine,
    paid: Sequence[tuple[Payment, Money]],
) -> None:
    place = Account(AccountKind.SUSPENSE, line.account)
    for payment, amount in paid:
        key = f"{payment.thing}:{line.thing}"
        receipt = Receipt(key, place, amount, line.day, line.purpose)
        await bring_money(unit, company, author, payment, receipt)
        await _end_or_report(unit, payment, author, line)
    excess = line.amount - total([amount for _, amount in paid])
    if excess.minor:
        deal = await unit.deals.get(paid[0][0].slot.deal)
        assert deal is not None
        about = about_deal(deal, f"{line.thing}:over", author, line.purpose)
        operation = overpayment(about, place, deal.client_key, excess, line.day)
        today = company.today(unit.now())
        await post_all(unit, [await dated_openly(unit, operation, today)])


async def _settle(
    unit: UnitOfWork,
    company: Company,
    author: str,
    line: BankLine,
    paid: Sequence[tuple[Payment, Money]],
) -> None:
    clearing, today = company.clearing, company.today(unit.now())
    for payment, amount in paid:
        key = f"{payment.thing}:{line.thing}"
        receipt = Receipt(key, clearing, amount, payment.claim.expected_on, line.purpose)
        await bring_money(unit, company, author, payment, receipt)
    net = About(f"{line.thing}:net", author, comment=line.purpose, counterparty=line.counterparty)
    operations = [settlement_net(net, line.account, clearing, line.amount, line.day)]
    fee = total([amount for _, amount in paid]) - line.amount
    parts = split(fee, [amount.minor for _, amount in paid])
    for (payment, _), part in zip(paid, parts, strict=True):
        if part.minor:
            deal = await unit.deals.get(payment.slot.deal)
            assert deal is not None
            about = about_deal(deal, f"{line.thing}:fee:{payment.id}", author, "комиссия")
            article = company.fee_article(payment.claim.method)
            operations.append(settlement_fee(about, article, clearing, part, line.day))
    await post_all(unit, [await dated_openly(unit, one, today) for one in operations])
    for payment, _ in paid:
        await _end_or_report(unit, payment, author, line)


async def _end_or_report(unit: UnitOfWork, payment: Payment, author: str, line: BankLine) -> None:
    """A payment that is paid in full ends; of a part the CRM is told, and the rest stays open."""
    if (await remaining(unit, payment)).minor:
        part = f"{RECEIVED}:{payment.thing}:{line.thing}"
        await unit.outbox.put(CRM, part, lane=payment.slot.deal)
    else:
        await end_payment(unit, payment, author, line.thing)


async def _as_article(
    unit: UnitOfWork, company: Company, author: str, line: BankLine, explanation: AsArticle
) -> WrongThing | None:
    article = await unit.catalog.article(explanation.article)
    if article is None or not article.active or article.direction is ArticleDirection.TRANSFER:
        return WrongThing(f"article:{explanation.article}")
    if not line.incoming and article.direction is ArticleDirection.INCOME:
        return WrongThing(f"article:{explanation.article}")
    about = About(
        f"{line.thing}:article", author, comment=line.purpose, counterparty=line.counterparty
    )
    place = Account(AccountKind.SUSPENSE, line.account)
    post_as = income if line.incoming else expense
    made = post_as(about, article.id, place, line.amount, TwoDates(line.day, line.day))
    today = company.today(unit.now())
    await post_all(unit, [await dated_openly(unit, one, today) for one in made])
    return None


async def _as_refund(
    unit: UnitOfWork, company: Company, author: str, line: BankLine, explanation: AsRefund
) -> SumDiffers | WrongThing | None:
    refund = await unit.pending.refund(explanation.refund)
    if refund is None or await unit.pending.resolution(refund.thing) is not None:
        return WrongThing(f"refund:{explanation.refund}")
    if line.incoming:
        return WrongThing(line.thing)
    if refund.amount != line.amount:
        return SumDiffers(line.amount, refund.amount)
    place = Account(AccountKind.SUSPENSE, line.account)
    await finish_refund(unit, company, author, refund, (place, line.day))
    return None


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

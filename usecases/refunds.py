"""Refunds of confirmed payments: the accountant asks, the desk or an outgoing bank line confirms.

A refund is negative revenue of its own day with the dimensions of the payment; on the accrual
basis it counts only when the deal was recognised already.
"""

from dataclasses import dataclass
from datetime import date

from confirmations.payments import Payment
from confirmations.refunds import NotConfirmed, Refund, Requested, TooMuch, request
from confirmations.resolution import Ending, Resolution, attempt_name
from ledger.accounts import Account
from ledger.money import Money, total
from ledger.operations import Operation, OperationKind
from ledger.posting import About, deal_refund
from store.records import Person, Role
from store.unit import UnitOfWork
from usecases.access import NotAllowed, Verb, refusal
from usecases.company import Company
from usecases.deals import is_recognised
from usecases.payments import CRM
from usecases.posting import dated_openly, post_all
from usecases.telling import redraw, show_role

__all__ = [
    "AskRefund",
    "NoSuchPayment",
    "NoSuchRefund",
    "RefundAsked",
    "RefundDone",
    "RefundEnded",
    "ask_refund",
    "finish_refund",
    "pay_refund_from_desk",
    "standing_refunds",
]


@dataclass(frozen=True, slots=True)
class AskRefund:
    """What the accountant wants given back; `refund` is the id, made where they acted."""

    refund: str
    payment: str
    amount: Money
    reason: str


@dataclass(frozen=True, slots=True)
class RefundAsked:
    """The refund waits until the money has left."""

    refund: Refund


@dataclass(frozen=True, slots=True)
class NoSuchPayment:
    """There is no payment with that id."""


@dataclass(frozen=True, slots=True)
class NoSuchRefund:
    """There is no refund with that id."""


@dataclass(frozen=True, slots=True)
class RefundEnded:
    """The refund ended before."""

    resolution: Resolution


@dataclass(frozen=True, slots=True)
class RefundDone:
    """The money has left and the books say so."""

    refund: Refund


async def ask_refund(
    unit: UnitOfWork, actor: Person, command: AskRefund
) -> RefundAsked | NotAllowed | NoSuchPayment | NotConfirmed | TooMuch:
    """Begin a refund. Order: NotAllowed, a replay, NoSuchPayment, NotConfirmed, TooMuch."""
    refused = refusal(actor, Verb.REFUND)
    if refused is not None:
        return refused
    known = await unit.pending.refund(command.refund)
    if known is not None:
        return RefundAsked(known)
    payment = await unit.pending.payment(command.payment)
    if payment is None:
        return NoSuchPayment()
    outcome = request(
        await _brought(unit, payment), await _promised(unit, payment), command.amount
    )
    if not isinstance(outcome, Requested):
        return outcome
    refund = Refund(
        command.refund, payment.id, command.amount, command.reason, actor.id, unit.now()
    )
    await unit.pending.add_refund(refund)
    await unit.upkeep.audit(actor.name, "asked", refund.thing, {"sum": refund.amount.plain})
    await show_role(unit, refund.thing, Role.ACCOUNTANT, Role.CASHIER)
    return RefundAsked(refund)


async def pay_refund_from_desk(
    unit: UnitOfWork, company: Company, actor: Person, refund_id: str
) -> RefundDone | NotAllowed | NoSuchRefund | RefundEnded:
    """The cashier has given the money back: the desk confirms the refund."""
    refused = refusal(actor, Verb.PAY_REFUND_FROM_DESK)
    if refused is not None:
        return refused
    refund = await unit.pending.refund(refund_id)
    if refund is None:
        return NoSuchRefund()
    resolution = await unit.pending.resolution(refund.thing)
    if resolution is not None:
        return RefundEnded(resolution)
    today = company.today(unit.now())
    await finish_refund(unit, company, actor.name, refund, (company.desk, today))
    return RefundDone(refund)


async def finish_refund(
    unit: UnitOfWork,
    company: Company,
    author: str,
    refund: Refund,
    left: tuple[Account, date],
) -> None:
    """Post a refund that has left from a place on a day, end it, and tell the CRM."""
    place, day = left
    payment = await unit.pending.payment(refund.payment)
    assert payment is not None
    deal = payment.slot.deal
    paid = (await _receipts(unit, payment))[-1]
    # A refund that was taken back leaves again under a key of its own.
    attempt = attempt_name(refund.thing, await unit.pending.attempt(refund.thing))
    about = About(
        attempt,
        author,
        comment=refund.reason,
        deal=deal,
        contract_no=paid.contract_no,
        counterparty=paid.counterparty,
        dimensions=paid.dimensions,
    )
    recognised = await is_recognised(unit, deal)
    operation = deal_refund(about, place, refund.amount, day, recognised=recognised)
    await post_all(unit, [await dated_openly(unit, operation, company.today(unit.now()))])
    await unit.pending.resolve(
        Resolution(refund.thing, Ending.CONFIRMED, author, unit.now(), str(place))
    )
    await unit.upkeep.audit(author, "confirmed", refund.thing)
    await unit.outbox.put(CRM, attempt, lane=deal)
    await redraw(unit, refund.thing)


async def standing_refunds(unit: UnitOfWork, payment: Payment) -> list[Refund]:
    """The refunds of a payment that wait for their money or have left."""
    refunds = await unit.pending.refunds_of(payment.id)
    endings = await unit.pending.resolutions([refund.thing for refund in refunds])
    return [
        refund
        for refund in refunds
        if refund.thing not in endings or endings[refund.thing].ending is Ending.CONFIRMED
    ]


async def _brought(unit: UnitOfWork, payment: Payment) -> Money | None:
    resolution = await unit.pending.resolution(payment.thing)
    if resolution is None or resolution.ending is not Ending.CONFIRMED:
        return None
    return total([operation.amount for operation in await _receipts(unit, payment)])


async def _receipts(unit: UnitOfWork, payment: Payment) -> list[Operation]:
    """What brought revenue for a payment and was not reversed since, in order."""
    operations = [one.operation for one in await unit.journal.of_deal(payment.slot.deal)]
    reversed_keys = {one.reverses for one in operations}
    return [
        one
        for one in operations
        if one.kind is OperationKind.PAYMENT
        and one.key.startswith(f"{payment.thing}:")
        and one.key not in reversed_keys
    ]


async def _promised(unit: UnitOfWork, payment: Payment) -> Money:
    return total([refund.amount for refund in await standing_refunds(unit, payment)])

"""Taking an explanation back: what it posted is reversed, the line and its payments are open again.

a line explained by mistake                 -> Undone: each operation reversed on its own day
the same press again                        -> AlreadyUndone, who was first and when
its operations lie in a closed month        -> MonthClosed, nothing is written
a refund of the payment stands              -> RefundStands: the refund must be undone first
the client's balance was used meanwhile     -> BalanceUsed

Nothing is deleted: the ending of the attempt is retracted, and the next explanation is the next
attempt. A line that a person took back is never explained without a person again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from confirmations.refunds import Refund
from confirmations.resolution import Ending, Retraction, attempt_name
from ledger.accounts import AccountKind
from ledger.money import Money
from ledger.operations import Operation, reverse
from store.records import BankLine, LineExplanation, PartKind, Person
from store.unit import UnitOfWork
from usecases.access import NotAllowed, Verb, refusal
from usecases.corrections import newest
from usecases.deals import remaining
from usecases.payments import CRM, UNDONE
from usecases.posting import MonthClosed, post_all
from usecases.refunds import standing_refunds
from usecases.telling import redraw

__all__ = [
    "AlreadyUndone",
    "BalanceUsed",
    "NotExplained",
    "RefundStands",
    "UndoOutcome",
    "Undone",
    "undo_explanation",
]


@dataclass(frozen=True, slots=True)
class Undone:
    """The line is unexplained again."""

    line: BankLine


@dataclass(frozen=True, slots=True)
class AlreadyUndone:
    """Somebody was first."""

    retraction: Retraction


@dataclass(frozen=True, slots=True)
class NotExplained:
    """There is no such line, or the attempt does not stand, or the books do not know its parts.

    The last: lines explained by a version of the product that kept no parts.
    """


@dataclass(frozen=True, slots=True)
class RefundStands:
    """Money of the payment was given back or promised; without the receipt it would be nobody's."""

    refund: Refund


@dataclass(frozen=True, slots=True)
class BalanceUsed:
    """The excess of the line was used for another deal; so much of the client's balance is left."""

    left: Money


UndoOutcome = (
    Undone | NotAllowed | AlreadyUndone | NotExplained | MonthClosed | RefundStands | BalanceUsed
)


async def undo_explanation(
    unit: UnitOfWork, actor: Person, line_id: int, attempt: int, why: str = ""
) -> UndoOutcome:
    """Take back what an attempt at a line said; `attempt` is the one that the person saw.

    Order: NotAllowed, AlreadyUndone, NotExplained, MonthClosed, RefundStands, BalanceUsed.
    """
    refused = refusal(actor, Verb.EXPLAIN_LINE)
    if refused is not None:
        return refused
    line = await unit.statements.line(line_id)
    said = await unit.explanations.get(line_id, attempt)
    if line is None:
        return NotExplained()
    for retraction in await unit.pending.retractions(line.thing):
        if retraction.attempt == attempt:
            return AlreadyUndone(retraction)
    resolution = await unit.pending.resolution(line.thing)
    if resolution is None or said is None or await unit.pending.attempt(line.thing) != attempt:
        return NotExplained()
    operations = [await _operation(unit, key) for key in said.operations]
    problem = await _problem(unit, said, operations)
    if problem is not None:
        return problem
    await _reverse(unit, actor, operations)
    await _reopen(unit, actor, line, said, why)
    return Undone(line)


async def _operation(unit: UnitOfWork, key: str) -> Operation:
    """What stands of it now: it may have been corrected since."""
    sealed = await newest(unit, key)
    assert sealed is not None
    return sealed.operation


async def _problem(
    unit: UnitOfWork, said: LineExplanation, operations: Sequence[Operation]
) -> MonthClosed | RefundStands | BalanceUsed | None:
    days = [day for one in operations for day in one.days]
    closed = (await unit.upkeep.periods()).closed_days(days, unit.now())
    if closed:
        return MonthClosed(closed[0])
    for part in said.parts:
        payment = await unit.pending.payment(part.ref) if part.kind is PartKind.PAYMENT else None
        refunds = await standing_refunds(unit, payment) if payment else []
        if refunds:
            return RefundStands(refunds[0])
    return await _used_balance(unit, operations)


async def _used_balance(unit: UnitOfWork, operations: Sequence[Operation]) -> BalanceUsed | None:
    """A client's balance never goes below zero: what was used already cannot be taken back."""
    taken: dict[str, int] = {}
    for operation in operations:
        for entry in operation.entries:
            if entry.credit.kind is AccountKind.BALANCE:
                taken[entry.credit.ref] = taken.get(entry.credit.ref, 0) + entry.amount.minor
                left = -(await unit.reports.balance(entry.credit))
                if left < taken[entry.credit.ref]:
                    return BalanceUsed(Money(left, entry.amount.currency))
    return None


async def _reverse(unit: UnitOfWork, actor: Person, operations: Sequence[Operation]) -> None:
    for one in reversed(operations):
        key = f"{one.key}:reversal"
        back = reverse(one, key, one.days[0], actor.name, "разнесение отменено")
        await post_all(unit, [back])


async def _reopen(
    unit: UnitOfWork, actor: Person, line: BankLine, said: LineExplanation, why: str
) -> None:
    name = attempt_name(line.thing, said.attempt)
    await unit.pending.take_back(Retraction(line.thing, said.attempt, actor.name, unit.now(), why))
    for part in said.parts:
        if part.kind is PartKind.PAYMENT:
            await _reopen_payment(unit, actor, part.ref, name)
        elif part.kind is PartKind.REFUND:
            await _reopen_refund(unit, actor, part.ref)
    await unit.upkeep.audit(actor.name, "undone", line.thing, {"attempt": said.attempt})
    await redraw(unit, line.thing)
    await redraw(unit, f"import:{line.file}")


async def _reopen_payment(unit: UnitOfWork, actor: Person, payment_id: str, name: str) -> None:
    """The CRM is told by a note and by the confirmed sum; its stage stays a person's business."""
    payment = await unit.pending.payment(payment_id)
    assert payment is not None
    resolution = await unit.pending.resolution(payment.thing)
    if resolution is not None and (await remaining(unit, payment)).minor:
        assert resolution.ending is Ending.CONFIRMED
        await _take_back(unit, actor, payment.thing, name)
    entity = f"{UNDONE}:{payment.thing}:{name}"
    await unit.outbox.put(CRM, entity, lane=payment.slot.deal)
    await redraw(unit, payment.thing)


async def _reopen_refund(unit: UnitOfWork, actor: Person, refund_id: str) -> None:
    refund = await unit.pending.refund(refund_id)
    assert refund is not None
    payment = await unit.pending.payment(refund.payment)
    assert payment is not None
    name = attempt_name(refund.thing, await unit.pending.attempt(refund.thing))
    await _take_back(unit, actor, refund.thing, "")
    await unit.outbox.put(CRM, f"{UNDONE}:{name}", lane=payment.slot.deal)
    await redraw(unit, refund.thing)


async def _take_back(unit: UnitOfWork, actor: Person, thing: str, why: str) -> None:
    attempt = await unit.pending.attempt(thing)
    await unit.pending.take_back(Retraction(thing, attempt, actor.name, unit.now(), why))
    await unit.upkeep.audit(actor.name, "reopened", thing, {"attempt": attempt})

"""What a CRM says about a deal: pending payments appear, change and go; a done deal is recognised.

seen with a prepayment of 15 000 cash      -> a pending payment, the manager's cash grows
seen again unchanged                       -> nothing
amount changed before confirmation         -> the pending payment is replaced
amount changed after confirmation          -> a difference is shown, nothing is changed
moved to the "done" stage                  -> recognition on the accrual basis, once
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from confirmations.payments import (
    Cancelled,
    Claim,
    Differs,
    Expected,
    Held,
    Payment,
    Replaced,
    Slot,
    Unchanged,
    consider,
)
from confirmations.resolution import Ending, Resolution
from ledger.money import Money
from ledger.operations import OperationKind
from ledger.posting import About, recognition
from ledger.seed import SystemArticle
from store.records import Deal, Role
from store.unit import UnitOfWork
from usecases.company import Company
from usecases.posting import dated_openly, post_all
from usecases.telling import redraw, show, show_role

__all__ = [
    "CRM_AUTHOR",
    "SeenDeal",
    "confirmed_of_deal",
    "due_of_deal",
    "is_recognised",
    "remaining",
    "see_deal",
]

CRM_AUTHOR = "CRM"


@dataclass(frozen=True, slots=True)
class SeenDeal:
    """A deal as a connector read it: its record, what each slot claims (None: nothing), done."""

    deal: Deal
    claims: Mapping[str, Claim | None]
    done: bool = False


async def see_deal(unit: UnitOfWork, company: Company, seen: SeenDeal) -> None:
    """Take in the present state of a deal; seeing the same state again changes nothing."""
    known = await unit.deals.get(seen.deal.id)
    done_on = known.done_on if known else None
    if seen.done and done_on is None:
        done_on = company.today(unit.now())
    deal = replace(seen.deal, done_on=done_on)
    await unit.deals.save(deal)
    for name, claim in seen.claims.items():
        await _see_slot(unit, Slot(deal.id, name), claim)
    if deal.done_on is not None and deal.price is not None and deal.price.minor > 0:
        await _recognise(unit, company, deal)


async def confirmed_of_deal(unit: UnitOfWork, deal: str) -> Money:
    """What a deal's client has paid, refunds taken off, a balance applied included."""
    operations = await unit.journal.of_deal(deal)
    effect = sum(
        sealed.operation.cash_effect
        for sealed in operations
        if sealed.operation.article == SystemArticle.SALES
    )
    return Money(effect)


async def due_of_deal(unit: UnitOfWork, deal: Deal) -> Money | None:
    """What is still due of a deal's price, never below zero; None when the price is not known."""
    if deal.price is None or deal.price.minor <= 0:
        return None
    due = deal.price - await confirmed_of_deal(unit, deal.id)
    return Money(max(due.minor, 0))


async def is_recognised(unit: UnitOfWork, deal: str) -> bool:
    """Whether the deal's revenue was recognised on the accrual basis."""
    return await unit.journal.get(f"recognition:{deal}") is not None


async def remaining(unit: UnitOfWork, payment: Payment) -> Money:
    """What a payment still owes: its amount less what bank lines brought for it so far."""
    prefix = f"{payment.thing}:"
    paid = sum(
        _SIGNS.get(sealed.operation.kind, 0) * sealed.operation.amount.minor
        for sealed in await unit.journal.of_deal(payment.slot.deal)
        if sealed.operation.key.startswith(prefix)
    )
    return Money(max(payment.claim.amount.minor - paid, 0))


# What came for a payment: revenue and the excess kept for the client, less what was reversed.
_SIGNS = {OperationKind.PAYMENT: 1, OperationKind.BALANCE: 1, OperationKind.REVERSAL: -1}


async def _see_slot(unit: UnitOfWork, slot: Slot, claim: Claim | None) -> None:
    current = await unit.pending.newest_payment(slot)
    resolution = await unit.pending.resolution(current.thing) if current else None
    outcome = consider(current, resolution, claim, held=await _is_held(unit, current, claim))
    match outcome:
        case Unchanged():
            return
        case Expected(new):
            await _expect(unit, slot, current, new)
        case Replaced(old, new):
            await _end(unit, old, Ending.REPLACED)
            await _expect(unit, slot, current, new)
        case Cancelled(old):
            await _end(unit, old, Ending.CANCELLED)
        case Held(payment, field) | Differs(payment, field):
            await _show_difference(unit, payment, field, claim)


async def _is_held(unit: UnitOfWork, current: Payment | None, claim: Claim | None) -> bool:
    """Whether a handover locks the payment; what is claimed as before is not even asked."""
    if current is None or current.claim == claim:
        return False
    return await unit.pending.holder_of(current.id) is not None


async def _expect(unit: UnitOfWork, slot: Slot, current: Payment | None, claim: Claim) -> None:
    version = current.version + 1 if current else 1
    payment = Payment(f"{slot}#{version}", slot, version, claim)
    await unit.pending.add_payment(payment)
    await unit.upkeep.audit(CRM_AUTHOR, "expected", payment.thing, {"amount": claim.amount.plain})


async def _end(unit: UnitOfWork, payment: Payment, ending: Ending) -> None:
    await unit.pending.resolve(Resolution(payment.thing, ending, CRM_AUTHOR, unit.now()))
    await unit.upkeep.audit(CRM_AUTHOR, ending.value, payment.thing)
    await redraw(unit, payment.thing)


async def _show_difference(
    unit: UnitOfWork, payment: Payment, field: str, claim: Claim | None
) -> None:
    thing = f"difference:{payment.id}"
    said = (
        "" if claim is None else f"{claim.amount.plain} {claim.method.value} {claim.expected_on}"
    )
    if await unit.upkeep.setting(thing) == said:
        return
    await unit.upkeep.set_setting(thing, said)
    await unit.upkeep.audit(CRM_AUTHOR, "differs", payment.thing, {"field": field, "crm": said})
    await show_role(unit, thing, Role.OWNER, Role.ACCOUNTANT)
    holder = await unit.people.get(payment.claim.holder)
    if holder is not None:
        await show(unit, thing, [holder])
    handover = await unit.pending.holder_of(payment.id)
    if handover is not None:
        await redraw(unit, handover.thing)
    await redraw(unit, thing)


async def _recognise(unit: UnitOfWork, company: Company, deal: Deal) -> None:
    assert deal.price is not None
    assert deal.done_on is not None
    key = f"recognition:{deal.id}"
    if await unit.journal.get(key) is not None:
        return
    about = About(
        key,
        CRM_AUTHOR,
        deal=deal.id,
        contract_no=deal.contract_no,
        counterparty=deal.client,
        dimensions=deal.dimensions,
    )
    operation = recognition(about, deal.price, deal.done_on)
    today = company.today(unit.now())
    await post_all(unit, [await dated_openly(unit, operation, today)])

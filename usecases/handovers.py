"""Cash: what a manager holds, handing it over, counting and confirming it.

«Моя касса» shows pending cash payments and older shortages, each named; a pending handover locks
its list. The confirmation posts every payment (revenue on the day the client paid) and one
transfer of the counted sum to the desk; what is short stays on the manager.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from confirmations.handovers import (
    Accepted,
    AlreadyResolved,
    CommentNeeded,
    CountedMore,
    Expired,
    Handover,
    OwnHandover,
    Press,
    Rejected,
    confirm,
    reject,
)
from confirmations.payments import Method, Payment
from confirmations.resolution import Ending, Resolution
from ledger.accounts import Account, AccountKind
from ledger.money import Money, total
from ledger.posting import About, handover
from store.records import LinkPurpose, Person, Role
from store.unit import UnitOfWork
from usecases.access import NotAllowed, Verb, refusal
from usecases.company import Company
from usecases.deals import remaining
from usecases.links import make_link
from usecases.payments import Receipt, bring_money, end_payment
from usecases.posting import dated_openly, post_all
from usecases.telling import redraw, show, show_role

__all__ = [
    "AlreadyPending",
    "CashOnHand",
    "ConfirmHandover",
    "Confirmed",
    "Declared",
    "HeldPayment",
    "NoSuchHandover",
    "NothingToHandOver",
    "Withdrawn",
    "cash_on_hand",
    "confirm_handover",
    "declare_handover",
    "expire_handovers",
    "reissue_link",
    "reject_handover",
    "withdraw_handover",
]


@dataclass(frozen=True, slots=True)
class HeldPayment:
    """A client's cash that a manager holds, with the deal's words for people."""

    payment: Payment
    client: str
    contract_no: str


@dataclass(frozen=True, slots=True)
class CashOnHand:
    """A manager's cash: pending payments, older shortages, their sum, the handover under way."""

    payments: tuple[HeldPayment, ...]
    shortage: Money
    total: Money
    pending: Handover | None
    oldest: date | None


@dataclass(frozen=True, slots=True)
class Declared:
    """The handover waits for a cashier; `token` opens it once as `?start=h_<token>`."""

    handover: Handover
    token: str


@dataclass(frozen=True, slots=True)
class NothingToHandOver:
    """No cash is on the manager, or none of the chosen payments is."""


@dataclass(frozen=True, slots=True)
class AlreadyPending:
    """An earlier handover of the same manager still waits."""

    handover: Handover


@dataclass(frozen=True, slots=True)
class NoSuchHandover:
    """There is no handover with that id."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The manager took the handover back; nothing moved."""


@dataclass(frozen=True, slots=True)
class ConfirmHandover:
    """A cashier's count; `counted` None means exactly the declared sum."""

    handover: str
    press: Press
    counted: Money | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The desk has it: what was counted, what stays on the manager."""

    handover: Handover
    accepted: Accepted


ConfirmResult = (
    Confirmed
    | NotAllowed
    | NoSuchHandover
    | AlreadyResolved
    | OwnHandover
    | Expired
    | CountedMore
    | CommentNeeded
)
RejectResult = Rejected | NotAllowed | NoSuchHandover | AlreadyResolved | OwnHandover | Expired


async def cash_on_hand(unit: UnitOfWork, person: Person) -> CashOnHand:
    """What a manager must bring to the desk, each payment named."""
    payments = await unit.pending.open_payments(person.id, Method.CASH)
    held = []
    for payment in payments:
        deal = await unit.deals.get(payment.slot.deal)
        assert deal is not None
        held.append(HeldPayment(payment, deal.client, deal.contract_no))
    owed = await unit.reports.balance(Account(AccountKind.COLLECTED, person.id))
    pending = await unit.pending.open_handovers(person.id)
    return CashOnHand(
        payments=tuple(held),
        shortage=Money(owed),
        total=total([payment.claim.amount for payment in payments]) + Money(owed),
        pending=pending[0] if pending else None,
        oldest=min((payment.claim.expected_on for payment in payments), default=None),
    )


async def declare_handover(
    unit: UnitOfWork, company: Company, actor: Person, chosen: Collection[str] | None = None
) -> Declared | NothingToHandOver | AlreadyPending | NotAllowed:
    """Declare whole payments (all, or the chosen) plus older shortages to the desk.

    Order: NotAllowed, AlreadyPending, NothingToHandOver. Cashiers get a card; the link is for a
    cashier who is not reached otherwise.
    """
    refused = refusal(actor, Verb.HAND_OVER)
    if refused is not None:
        return refused
    cash = await cash_on_hand(unit, actor)
    if cash.pending is not None:
        return AlreadyPending(cash.pending)
    listed = [one.payment for one in cash.payments if chosen is None or one.payment.id in chosen]
    carried = Money(max(cash.shortage.minor, 0))
    declared = total([payment.claim.amount for payment in listed]) + carried
    if declared.minor == 0 or (chosen is not None and not listed):
        return NothingToHandOver()
    now = unit.now()
    made = Handover(
        id=unit.ids.new()[:12],
        person=actor.id,
        desk=str(company.desk),
        payments=tuple(sorted(payment.id for payment in listed)),
        carried=carried,
        declared=declared,
        created_at=now,
        expires_at=now + company.link_lifetimes[LinkPurpose.HANDOVER],
    )
    await unit.pending.add_handover(made)
    await unit.upkeep.audit(actor.name, "declared", made.thing, {"sum": declared.plain})
    token = await make_link(unit, company, LinkPurpose.HANDOVER, made.id, actor, role=Role.CASHIER)
    await show(unit, made.thing, [actor])
    await show_role(unit, made.thing, Role.CASHIER)
    return Declared(made, token)


async def reissue_link(
    unit: UnitOfWork, company: Company, actor: Person, handover_id: str
) -> Declared | NoSuchHandover | AlreadyResolved | NotAllowed:
    """A new link to the giver's own pending handover; the earlier link dies."""
    refused = refusal(actor, Verb.HAND_OVER)
    if refused is not None:
        return refused
    found = await unit.pending.handover(handover_id)
    if found is None or found.person != actor.id:
        return NoSuchHandover()
    resolution = await unit.pending.resolution(found.thing)
    if resolution is not None:
        return AlreadyResolved(resolution)
    role = Role.CASHIER
    token = await make_link(unit, company, LinkPurpose.HANDOVER, found.id, actor, role=role)
    return Declared(found, token)


async def confirm_handover(
    unit: UnitOfWork, company: Company, actor: Person, command: ConfirmHandover
) -> ConfirmResult:
    """Confirm what was counted, once.

    Order: NotAllowed, NoSuchHandover, AlreadyResolved, OwnHandover, Expired, CountedMore,
    CommentNeeded.
    """
    refused = refusal(actor, Verb.ACCEPT_HANDOVER)
    if refused is not None:
        return refused
    found = await unit.pending.handover(command.handover)
    if found is None:
        return NoSuchHandover()
    resolution = await unit.pending.resolution(found.thing)
    counted = found.declared if command.counted is None else command.counted
    outcome = confirm(found, resolution, command.press, counted, command.comment)
    if isinstance(outcome, Expired):
        await _lapse(unit, found)
    if not isinstance(outcome, Accepted):
        return outcome
    payments = await unit.pending.payments(found.payments)
    await _end(unit, found, Ending.CONFIRMED, actor.name, counted.plain)
    await _post(unit, company, actor, found, payments, (outcome, command.comment))
    return Confirmed(found, outcome)


async def reject_handover(
    unit: UnitOfWork, actor: Person, handover_id: str, press: Press, reason: str
) -> RejectResult:
    """Refuse a handover: nothing moves. The order of checks is that of `confirm_handover`."""
    refused = refusal(actor, Verb.ACCEPT_HANDOVER)
    if refused is not None:
        return refused
    found = await unit.pending.handover(handover_id)
    if found is None:
        return NoSuchHandover()
    resolution = await unit.pending.resolution(found.thing)
    outcome = reject(found, resolution, press, reason)
    if isinstance(outcome, Expired):
        await _lapse(unit, found)
    if isinstance(outcome, Rejected):
        await _end(unit, found, Ending.REJECTED, actor.name, outcome.reason)
    return outcome


async def withdraw_handover(
    unit: UnitOfWork, actor: Person, handover_id: str
) -> Withdrawn | NoSuchHandover | AlreadyResolved | NotAllowed:
    """The giver takes a pending handover back."""
    refused = refusal(actor, Verb.HAND_OVER)
    if refused is not None:
        return refused
    found = await unit.pending.handover(handover_id)
    if found is None or found.person != actor.id:
        return NoSuchHandover()
    resolution = await unit.pending.resolution(found.thing)
    if resolution is not None:
        return AlreadyResolved(resolution)
    await _end(unit, found, Ending.CANCELLED, actor.name, "")
    return Withdrawn()


async def expire_handovers(unit: UnitOfWork) -> int:
    """End handovers that nobody answered in time; how many. Their cash is free to declare again."""
    lapsed = [one for one in await unit.pending.open_handovers() if unit.now() >= one.expires_at]
    for one in lapsed:
        await _lapse(unit, one)
    return len(lapsed)


async def _post(
    unit: UnitOfWork,
    company: Company,
    actor: Person,
    found: Handover,
    payments: Sequence[Payment],
    counted: tuple[Accepted, str],
) -> None:
    accepted, comment = counted
    place = Account(AccountKind.COLLECTED, found.person)
    for payment in payments:
        amount = await remaining(unit, payment)
        receipt = Receipt(f"{payment.thing}:cash", place, amount, payment.claim.expected_on)
        await bring_money(unit, company, actor.name, payment, receipt)
        await end_payment(unit, payment, actor.name, found.id)
    giver = await unit.people.get(found.person)
    assert giver is not None
    about = About(found.thing, actor.name, comment=comment, counterparty=giver.name)
    today = company.today(unit.now())
    desk = Account.parse(found.desk)
    operation = handover(about, found.person, desk, accepted.counted, today)
    await post_all(unit, [await dated_openly(unit, operation, today)])


async def _lapse(unit: UnitOfWork, found: Handover) -> None:
    await _end(unit, found, Ending.EXPIRED, "", "")


async def _end(unit: UnitOfWork, found: Handover, ending: Ending, by: str, detail: str) -> None:
    await unit.pending.resolve(Resolution(found.thing, ending, by, unit.now(), detail))
    await unit.upkeep.audit(by, ending.value, found.thing, {"detail": detail})
    await redraw(unit, found.thing)

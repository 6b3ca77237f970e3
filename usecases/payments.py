"""Confirming a client's payment: revenue up to what the deal is due, the excess to the client.

price 20 000, paid 20 159  -> payment 20 000 and 159 on the client's balance
price 10 000, paid  8 500  -> payment 8 500; 1 500 may be taken from the client's balance
"""

from dataclasses import dataclass
from datetime import date

from confirmations.payments import Method, Payment
from confirmations.resolution import Ending, Resolution, attempt_name
from ledger.accounts import Account, AccountKind
from ledger.money import Money
from ledger.posting import About, apply_balance, client_payment, overpayment
from store.records import Deal, Person
from store.unit import UnitOfWork
from usecases.access import NotAllowed, Verb, refusal
from usecases.company import Company
from usecases.deals import due_of_deal, remaining
from usecases.posting import dated_openly, post_all
from usecases.telling import redraw, show

__all__ = [
    "APPLIED",
    "CRM",
    "RECEIVED",
    "UNDONE",
    "BalanceApplied",
    "CardConfirmed",
    "NothingToApply",
    "PaymentGone",
    "Receipt",
    "about_deal",
    "apply_client_balance",
    "balance_of_client",
    "bring_money",
    "confirm_card_payment",
    "end_payment",
]

CRM = "crm"
# Kinds of things that the CRM is told of beside payments; their name is the operation's key: a
# client's balance was used for a deal, a part of a payment came and the rest is still open, or
# what had come of a payment or left for a refund was taken back.
APPLIED = "applied"
RECEIVED = "received"
UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money that came for a payment: where it is, how much, on which day the client paid."""

    key: str
    place: Account
    amount: Money
    paid_on: date
    comment: str = ""


@dataclass(frozen=True, slots=True)
class CardConfirmed:
    """The money is on the card and in the books."""

    payment: Payment


@dataclass(frozen=True, slots=True)
class PaymentGone:
    """The payment is not pending: there is none with that id, or it ended (`resolution`)."""

    resolution: Resolution | None


@dataclass(frozen=True, slots=True)
class BalanceApplied:
    """So much of the client's balance paid for the deal."""

    amount: Money


@dataclass(frozen=True, slots=True)
class NothingToApply:
    """The client's balance is empty, or the deal owes nothing; the balance stays as it is."""

    balance: Money


def about_deal(deal: Deal, key: str, author: str, comment: str = "") -> About:
    """What operations of a deal say of it; its dimensions are frozen here."""
    return About(
        key,
        author,
        comment=comment,
        deal=deal.id,
        contract_no=deal.contract_no,
        counterparty=deal.client,
        dimensions=deal.dimensions,
    )


async def bring_money(
    unit: UnitOfWork, company: Company, author: str, payment: Payment, receipt: Receipt
) -> None:
    """Post money that came for a payment, gross; the excess over the deal's due is the client's."""
    deal = await unit.deals.get(payment.slot.deal)
    assert deal is not None
    due = await due_of_deal(unit, deal)
    revenue = receipt.amount if due is None else min(receipt.amount, due, key=_minor)
    excess = receipt.amount - revenue
    operations = []
    if revenue.minor:
        about = about_deal(deal, receipt.key, author, receipt.comment)
        operations.append(client_payment(about, receipt.place, revenue, receipt.paid_on))
    if excess.minor:
        about = about_deal(deal, f"{receipt.key}:over", author, receipt.comment)
        place, client = receipt.place, deal.client_key
        operations.append(overpayment(about, place, client, excess, receipt.paid_on))
    today = company.today(unit.now())
    await post_all(unit, [await dated_openly(unit, one, today) for one in operations])


async def end_payment(unit: UnitOfWork, payment: Payment, by: str, detail: str = "") -> None:
    """A payment is confirmed in full: its ending, the CRM's write-back, word to the manager."""
    attempt = attempt_name(payment.thing, await unit.pending.attempt(payment.thing))
    await unit.pending.resolve(Resolution(payment.thing, Ending.CONFIRMED, by, unit.now(), detail))
    await unit.upkeep.audit(by, "confirmed", payment.thing)
    await unit.outbox.put(CRM, attempt, lane=payment.slot.deal)
    holder = await unit.people.get(payment.claim.holder)
    if payment.claim.method is not Method.CASH and holder is not None:
        await show(unit, payment.thing, [holder])
    await redraw(unit, payment.thing)


async def confirm_card_payment(
    unit: UnitOfWork, company: Company, actor: Person, payment_id: str
) -> CardConfirmed | PaymentGone | NotAllowed:
    """A transfer to a personal card has no statement: the accountant's press confirms it."""
    refused = refusal(actor, Verb.CONFIRM_CARD_PAYMENT)
    if refused is not None:
        return refused
    payment = await unit.pending.payment(payment_id)
    if payment is None or payment.claim.method is not Method.CARD_TRANSFER:
        return PaymentGone(None)
    resolution = await unit.pending.resolution(payment.thing)
    if resolution is not None:
        return PaymentGone(resolution)
    amount = await remaining(unit, payment)
    receipt = Receipt(f"{payment.thing}:card", company.card, amount, payment.claim.expected_on)
    await bring_money(unit, company, actor.name, payment, receipt)
    await end_payment(unit, payment, actor.name)
    return CardConfirmed(payment)


async def balance_of_client(unit: UnitOfWork, client: str) -> Money:
    """What the company owes a client from overpayments; never below zero."""
    owed = -(await unit.reports.balance(Account(AccountKind.BALANCE, client)))
    assert owed >= 0
    return Money(owed)


async def apply_client_balance(
    unit: UnitOfWork, company: Company, actor: Person, deal_id: str, key: str
) -> BalanceApplied | NothingToApply | NotAllowed:
    """Use a client's balance for what a deal of theirs still owes: all of it or all that is due.

    The balance never goes below zero (golden example of the field: 159 of 1 500 asked is 159).
    `key` is made where the person pressed, so that a second press changes nothing.
    """
    refused = refusal(actor, Verb.APPLY_BALANCE)
    if refused is not None:
        return refused
    known = await unit.journal.get(key)
    if known is not None:
        return BalanceApplied(known.operation.amount)
    deal = await unit.deals.get(deal_id)
    balance = await balance_of_client(unit, deal.client_key) if deal else Money(0)
    due = await due_of_deal(unit, deal) if deal else None
    if deal is None or due is None or not due.minor or not balance.minor:
        return NothingToApply(balance)
    amount = min(balance, due, key=_minor)
    about = about_deal(deal, key, actor.name, "зачёт переплаты")
    operation = apply_balance(about, deal.client_key, amount, company.today(unit.now()))
    await post_all(unit, [operation])
    await unit.outbox.put(CRM, f"{APPLIED}:{key}", lane=deal_id)
    return BalanceApplied(amount)


def _minor(money: Money) -> int:
    return money.minor

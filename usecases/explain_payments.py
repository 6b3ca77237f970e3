"""What a line posts when it is clients' money: payments, an excess, a settlement with its fee.

Keys bear the name of the attempt at the line, so that a line whose explanation was taken back
posts anew under keys of its own (docs/spec-posting.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from confirmations.payments import Payment
from ledger.accounts import Account, AccountKind
from ledger.money import Money, split, total
from ledger.operations import Operation
from ledger.posting import About, overpayment, settlement_fee, settlement_net
from store.records import BankLine, Deal, Part, PartKind
from store.unit import UnitOfWork
from usecases.company import Company
from usecases.deals import remaining
from usecases.payments import CRM, RECEIVED, Receipt, about_deal, bring_money, end_payment
from usecases.posting import dated_openly, post_all

__all__ = ["Attempt", "Paid", "post_openly", "receive", "settle"]

Paid = Sequence[tuple[Payment, Money]]


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt at explaining a line: by whom, and the name that its operations' keys bear."""

    company: Company
    author: str
    line: BankLine
    name: str

    @property
    def suspense(self) -> Account:
        """Where the line's money stands until it is explained."""
        return Account(AccountKind.SUSPENSE, self.line.account)


async def receive(unit: UnitOfWork, at: Attempt, paid: Paid, excess: Money) -> list[Part]:
    """Money that came for payments, and what came above them, which stays with their client."""
    for payment, amount in paid:
        receipt = Receipt(_key(at, payment), at.suspense, amount, at.line.day, at.line.purpose)
        await bring_money(unit, at.company, at.author, payment, receipt)
        await _end_or_report(unit, at, payment)
    parts = _parts(paid)
    if excess.minor:
        deal = await _deal(unit, paid[0][0])
        about = about_deal(deal, f"{at.name}:over", at.author, at.line.purpose)
        over = overpayment(about, at.suspense, deal.client_key, excess, at.line.day)
        await post_openly(unit, at, [over])
        parts.append(Part(PartKind.BALANCE, deal.client_key, excess))
    return parts


async def settle(unit: UnitOfWork, at: Attempt, paid: Paid) -> list[Part]:
    """A settlement: gross per deal on its day of sale, the net sum, the fee split over the deals."""
    clearing = at.company.clearing
    for payment, amount in paid:
        day = payment.claim.expected_on
        receipt = Receipt(_key(at, payment), clearing, amount, day, at.line.purpose)
        await bring_money(unit, at.company, at.author, payment, receipt)
    line = at.line
    net = About(f"{at.name}:net", at.author, comment=line.purpose, counterparty=line.counterparty)
    operations = [settlement_net(net, line.account, clearing, line.amount, line.day)]
    fee = total([amount for _, amount in paid]) - line.amount
    for payment, part in zip(*_fee_parts(paid, fee), strict=True):
        if part.minor:
            about = about_deal(
                await _deal(unit, payment), f"{at.name}:fee:{payment.id}", at.author, "комиссия"
            )
            article = at.company.fee_article(payment.claim.method)
            operations.append(settlement_fee(about, article, clearing, part, line.day))
    await post_openly(unit, at, operations)
    for payment, _ in paid:
        await _end_or_report(unit, at, payment)
    parts = _parts(paid)
    return [*parts, Part(PartKind.FEE, "", fee)] if fee.minor else parts


async def post_openly(unit: UnitOfWork, at: Attempt, operations: Sequence[Operation]) -> None:
    """Post what the line says; what falls into a closed month is dated today."""
    today = at.company.today(unit.now())
    await post_all(unit, [await dated_openly(unit, one, today) for one in operations])


def _parts(paid: Paid) -> list[Part]:
    return [Part(PartKind.PAYMENT, payment.id, amount) for payment, amount in paid]


def _fee_parts(paid: Paid, fee: Money) -> tuple[list[Payment], list[Money]]:
    return [payment for payment, _ in paid], list(split(fee, [one.minor for _, one in paid]))


def _key(at: Attempt, payment: Payment) -> str:
    return f"{payment.thing}:{at.name}"


async def _deal(unit: UnitOfWork, payment: Payment) -> Deal:
    deal = await unit.deals.get(payment.slot.deal)
    assert deal is not None
    return deal


async def _end_or_report(unit: UnitOfWork, at: Attempt, payment: Payment) -> None:
    """A payment that is paid in full ends; of a part the CRM is told, and the rest stays open."""
    if (await remaining(unit, payment)).minor:
        part = f"{RECEIVED}:{_key(at, payment)}"
        await unit.outbox.put(CRM, part, lane=payment.slot.deal)
    else:
        await end_payment(unit, payment, at.author, at.name)

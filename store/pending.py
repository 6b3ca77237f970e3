"""What is promised and not yet done: payments, handovers, refunds, and how each of them ended."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from confirmations.handovers import Handover
from confirmations.payments import Claim, Method, Payment, Slot
from confirmations.refunds import Refund
from confirmations.resolution import (
    Ending,
    Resolution,
    Retraction,
    attempt_name,
    read_attempt,
)
from ledger.money import Money
from store.endings import is_open
from store.pages import pages
from store.tables import metadata
from world.clock import Clock

__all__ = ["Pending"]

_payments = metadata.tables["payments"]
_handovers = metadata.tables["handovers"]
_listed = metadata.tables["handover_payments"]
_refunds = metadata.tables["refunds"]
_resolutions = metadata.tables["resolutions"]
_retractions = metadata.tables["retractions"]

_payment_open = is_open("payment", _payments.c.id)
_handover_open = is_open("handover", _handovers.c.id)
_refund_open = is_open("refund", _refunds.c.id)


class Pending:
    """Inserts promises and their endings; the primary key of an ending refuses a second one."""

    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        """Made by the unit of work."""
        self._connection = connection
        self._clock = clock

    async def resolve(self, resolution: Resolution) -> None:
        """End the present attempt at a thing; a lost race raises IntegrityError."""
        attempt = await self.attempt(resolution.thing)
        await self._connection.execute(
            insert(_resolutions).values(
                thing=attempt_name(resolution.thing, attempt),
                ending=resolution.ending.value,
                by=resolution.by,
                at=resolution.at,
                detail=resolution.detail,
            )
        )

    async def take_back(self, retraction: Retraction) -> None:
        """Take back the ending of an attempt; a lost race raises IntegrityError."""
        assert retraction.attempt == await self.attempt(retraction.thing)
        await self._connection.execute(
            insert(_retractions).values(
                thing=retraction.thing,
                attempt=retraction.attempt,
                by=retraction.by,
                at=retraction.at,
                why=retraction.why,
            )
        )

    async def attempt(self, thing: str) -> int:
        """The number of the present attempt: one, and one more for each that was taken back."""
        return (await self._taken_back([thing])).get(thing, 0) + 1

    async def retractions(self, thing: str) -> list[Retraction]:
        """What was taken back of a thing, in order."""
        query = (
            select(_retractions)
            .where(_retractions.c.thing == thing)
            .order_by(_retractions.c.attempt)
        )
        return [
            Retraction(row.thing, row.attempt, row.by, row.at, row.why)
            for row in await self._connection.execute(query)
        ]

    async def resolution(self, thing: str) -> Resolution | None:
        """How a thing ended; None while it is pending, or pending again."""
        return await self.ending(attempt_name(thing, await self.attempt(thing)))

    async def ending(self, attempt: str) -> Resolution | None:
        """How an attempt ended, by its name, whether it was taken back since or not."""
        query = select(_resolutions).where(_resolutions.c.thing == attempt)
        row = (await self._connection.execute(query)).first()
        return _resolution(row) if row else None

    async def resolutions(self, things: Collection[str]) -> dict[str, Resolution]:
        """The endings of several things."""
        endings: dict[str, Resolution] = {}
        for page in pages(things):
            taken = await self._taken_back(page)
            names = [attempt_name(thing, taken.get(thing, 0) + 1) for thing in page]
            query = select(_resolutions).where(_resolutions.c.thing.in_(names))
            for row in await self._connection.execute(query):
                ending = _resolution(row)
                endings[ending.thing] = ending
        return endings

    async def add_payment(self, payment: Payment) -> None:
        """A new version of an expected payment."""
        await self._connection.execute(
            insert(_payments).values(
                id=payment.id,
                deal=payment.slot.deal,
                slot=payment.slot.name,
                version=payment.version,
                amount=payment.claim.amount.minor,
                method=payment.claim.method.value,
                expected_on=payment.claim.expected_on,
                holder=payment.claim.holder,
                created_at=self._clock.now(),
            )
        )

    async def payment(self, payment: str) -> Payment | None:
        """By id."""
        found = await self._some_payments(_payments.c.id == payment)
        return found[0] if found else None

    async def payments(self, ids: Collection[str]) -> list[Payment]:
        """Several, in the order of days and ids."""
        found: list[Payment] = []
        for page in pages(ids):
            found += await self._some_payments(_payments.c.id.in_(page))
        return sorted(found, key=lambda payment: (payment.claim.expected_on, payment.id))

    async def newest_payment(self, slot: Slot) -> Payment | None:
        """The newest version in a slot."""
        where = (_payments.c.deal == slot.deal) & (_payments.c.slot == slot.name)
        found = await self._some_payments(where)
        return max(found, key=lambda payment: payment.version) if found else None

    async def payments_of_deal(self, deal: str) -> list[Payment]:
        """All versions of all slots of a deal."""
        return await self._some_payments(_payments.c.deal == deal)

    async def open_payments(
        self, holder: str | None = None, method: Method | None = None
    ) -> list[Payment]:
        """Pending payments, of one holder or method if given, in the order of days and ids."""
        where = _payment_open
        if holder is not None:
            where &= _payments.c.holder == holder
        if method is not None:
            where &= _payments.c.method == method.value
        return await self._some_payments(where)

    async def holder_of(self, payment: str) -> Handover | None:
        """The pending handover that locks a payment."""
        query = (
            select(_handovers)
            .join(_listed, _listed.c.handover == _handovers.c.id)
            .where(_listed.c.payment == payment, _handover_open)
        )
        found = await self._some_handovers(query)
        return found[0] if found else None

    async def add_handover(self, handover: Handover) -> None:
        """A new handover with the list of payments it locks."""
        await self._connection.execute(
            insert(_handovers).values(
                id=handover.id,
                person=handover.person,
                desk=handover.desk,
                carried=handover.carried.minor,
                declared=handover.declared.minor,
                created_at=handover.created_at,
                expires_at=handover.expires_at,
            )
        )
        if handover.payments:
            rows = [{"handover": handover.id, "payment": one} for one in handover.payments]
            await self._connection.execute(insert(_listed), rows)

    async def handover(self, handover: str) -> Handover | None:
        """By id."""
        found = await self._some_handovers(select(_handovers).where(_handovers.c.id == handover))
        return found[0] if found else None

    async def open_handovers(self, person: str | None = None) -> list[Handover]:
        """Pending handovers, of one person if given, oldest first."""
        query = select(_handovers).where(_handover_open).order_by(_handovers.c.created_at)
        if person is not None:
            query = query.where(_handovers.c.person == person)
        return await self._some_handovers(query)

    async def add_refund(self, refund: Refund) -> None:
        """A new refund."""
        await self._connection.execute(
            insert(_refunds).values(
                id=refund.id,
                payment=refund.payment,
                amount=refund.amount.minor,
                reason=refund.reason,
                requested_by=refund.requested_by,
                created_at=refund.created_at,
            )
        )

    async def refund(self, refund: str) -> Refund | None:
        """By id."""
        found = await self._some_refunds(_refunds.c.id == refund)
        return found[0] if found else None

    async def refunds_of(self, payment: str) -> list[Refund]:
        """All refunds of a payment."""
        return await self._some_refunds(_refunds.c.payment == payment)

    async def open_refunds(self) -> list[Refund]:
        """Refunds that have not left yet, oldest first."""
        return await self._some_refunds(_refund_open)

    async def _taken_back(self, things: Collection[str]) -> dict[str, int]:
        query = (
            select(_retractions.c.thing, func.max(_retractions.c.attempt).label("attempt"))
            .where(_retractions.c.thing.in_(things))
            .group_by(_retractions.c.thing)
        )
        return {row.thing: row.attempt for row in await self._connection.execute(query)}

    async def _some_payments(self, where: Any) -> list[Payment]:
        query = select(_payments).where(where).order_by(_payments.c.expected_on, _payments.c.id)
        return [_payment(row) for row in await self._connection.execute(query)]

    async def _some_handovers(self, query: Any) -> list[Handover]:
        rows = (await self._connection.execute(query)).all()
        if not rows:
            return []
        listed: dict[str, list[str]] = {row.id: [] for row in rows}
        lines = select(_listed).where(_listed.c.handover.in_(listed)).order_by(_listed.c.payment)
        for line in await self._connection.execute(lines):
            listed[line.handover].append(line.payment)
        return [_handover(row, listed[row.id]) for row in rows]

    async def _some_refunds(self, where: Any) -> list[Refund]:
        query = select(_refunds).where(where).order_by(_refunds.c.created_at, _refunds.c.id)
        return [
            Refund(
                row.id,
                row.payment,
                Money(row.amount),
                row.reason,
                row.requested_by,
                row.created_at,
            )
            for row in await self._connection.execute(query)
        ]


def _resolution(row: Row[Any]) -> Resolution:
    thing, _ = read_attempt(row.thing)
    return Resolution(thing, Ending(row.ending), row.by, row.at, row.detail)


def _payment(row: Row[Any]) -> Payment:
    claim = Claim(Money(row.amount), Method(row.method), row.expected_on, row.holder)
    return Payment(row.id, Slot(row.deal, row.slot), row.version, claim)


def _handover(row: Row[Any], listed: Sequence[str]) -> Handover:
    return Handover(
        id=row.id,
        person=row.person,
        desk=row.desk,
        payments=tuple(listed),
        carried=Money(row.carried),
        declared=Money(row.declared),
        created_at=row.created_at,
        expires_at=row.expires_at,
    )

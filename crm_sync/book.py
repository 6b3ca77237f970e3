"""The CRM as a book: per confirmed payment the sum, the stage and exactly one note.

the confirmed field differs from the books      field-differs
no note with the marker, or more than one       note-missing, note-doubled
still in a stage before the confirmed one       stage-differs
a pending payment the CRM does not claim so     claim-differs
"""

from confirmations.payments import Payment
from confirmations.resolution import Ending, attempt_name
from crm_sync.protocol import Crm, CrmError, RemoteDeal
from crm_sync.results_out import stage_after, write_back_of
from crm_sync.settings import CrmMapping
from ledger.accounts import AccountKind
from ledger.money import BadAmount, Money, parse_amount
from ledger.operations import Operation, OperationKind
from ledger.versions import first_version, next_version
from store.database import Store
from store.unit import UnitOfWork
from usecases.audit import BookCheck, Difference
from usecases.deals import confirmed_of_deal
from usecases.payments import APPLIED, RECEIVED, UNDONE

__all__ = ["CrmBook"]

BOOKS = ("ledger", "crm")


class CrmBook:
    """Compares the ledger with one CRM."""

    def __init__(self, crm: Crm, mapping: CrmMapping) -> None:
        """Made by the composition root."""
        self._crm = crm
        self._mapping = mapping

    async def check(self, store: Store) -> BookCheck:
        """Read every deal with its notes and compare; a silent CRM is `unreadable`."""
        differences: list[Difference] = []
        totals = {"deals": 0, "payments": 0, "notes": 0}
        try:
            async for page in self._crm.changed_since(None):
                for remote in page:
                    await self._check_deal(store, remote, differences, totals)
        except CrmError as error:
            unreadable = Difference(BOOKS, self._crm.name, "unreadable", "", str(error))
            differences.append(unreadable)
        shown = {name: str(count) for name, count in totals.items()}
        return BookCheck("crm", shown, tuple(differences))

    async def _check_deal(
        self,
        store: Store,
        remote: RemoteDeal,
        differences: list[Difference],
        totals: dict[str, int],
    ) -> None:
        deal = f"{self._crm.name}:{remote.id}"
        async with store.read() as unit:
            things = await _written_back(unit, deal)
            confirmed = await confirmed_of_deal(unit, deal)
            pending = await _pending(unit, deal)
            markers = [await write_back_of(unit, thing) for thing in things]
        totals["deals"] += 1
        totals["payments"] += len(things)
        differences += _claims(remote, self._mapping, pending)
        if not things:
            return
        field = self._mapping.confirmed_field
        said = _amount(remote, field) if field else confirmed
        if said != confirmed:
            differences.append(
                Difference(BOOKS, deal, "field-differs", confirmed.plain, said.plain)
            )
        paid = [one for one in markers if one is not None and one.moves_stage]
        due = stage_after(remote, self._mapping) if paid else None
        if due is not None:
            differences.append(Difference(BOOKS, deal, "stage-differs", due[1], remote.stage))
        notes = await self._crm.notes(remote.id)
        for thing, wanted in zip(things, markers, strict=True):
            assert wanted is not None
            found = sum(wanted.marker in text for text in notes)
            totals["notes"] += found
            if found != 1:
                reason = "note-doubled" if found else "note-missing"
                differences.append(Difference(BOOKS, thing, reason, "1", str(found)))


async def _written_back(unit: UnitOfWork, deal: str) -> list[str]:
    payments = await unit.pending.payments_of_deal(deal)
    refunds = [one for payment in payments for one in await unit.pending.refunds_of(payment.id)]
    things = [*(payment.thing for payment in payments), *(refund.thing for refund in refunds)]
    confirmed = [one for thing in things for one in await _confirmed_attempts(unit, thing)]
    return [*confirmed, *await _of_operations(unit, deal, payments)]


async def _confirmed_attempts(unit: UnitOfWork, thing: str) -> list[str]:
    """Every attempt that was confirmed, taken back since or not: each has left a note."""
    names = [
        attempt_name(thing, number + 1) for number in range(await unit.pending.attempt(thing))
    ]
    endings = [(name, await unit.pending.ending(name)) for name in names]
    return [name for name, one in endings if one is not None and one.ending is Ending.CONFIRMED]


async def _of_operations(unit: UnitOfWork, deal: str, payments: list[Payment]) -> list[str]:
    """Balances used for the deal, receipts after which a payment was still open, what was undone."""
    owed = {f"{payment.thing}:": payment.claim.amount.minor for payment in payments}
    things: dict[str, None] = {}
    for receipt, amount in _receipts([one.operation for one in await unit.journal.of_deal(deal)]):
        kind, _, _ = receipt.partition(":")
        if kind == APPLIED:
            things[receipt] = None
            continue
        prefix = next((one for one in owed if receipt.startswith(one)), None)
        if prefix is not None:
            owed[prefix] -= amount
        if amount < 0 and (prefix is not None or kind == "refund"):
            things[f"{UNDONE}:{receipt}"] = None
        elif prefix is not None and owed[prefix] > 0:
            things[f"{RECEIVED}:{receipt}"] = None
    return list(things)


def _receipts(operations: list[Operation]) -> list[tuple[str, int]]:
    """What came under which key, in order; taken back: the key of what it reverses, negative.

    What a receipt left on the client's balance came with it, under a key of its own. A correction
    of its words is no other receipt.
    """
    found: list[tuple[str, int]] = []
    keys = {one.key for one in operations}
    versions = {next_version(one.reverses) for one in operations if one.reverses} & keys
    for operation in operations:
        amount, key = operation.amount.minor, operation.key
        if key in versions:
            continue
        if operation.reverses is not None:
            if next_version(operation.reverses) in versions:
                continue
            amount, key = -amount, first_version(operation.reverses)
        elif operation.kind not in {OperationKind.PAYMENT, OperationKind.BALANCE}:
            continue
        elif operation.entries[0].debit.kind is AccountKind.BALANCE:
            found.append((f"{APPLIED}:{key}", amount))
            continue
        key = key.removesuffix(":over")
        if found and found[-1][0] == key and (found[-1][1] < 0) == (amount < 0):
            found[-1] = (key, found[-1][1] + amount)
        else:
            found.append((key, amount))
    return found


async def _pending(unit: UnitOfWork, deal: str) -> list[Payment]:
    payments = await unit.pending.payments_of_deal(deal)
    endings = await unit.pending.resolutions([payment.thing for payment in payments])
    return [payment for payment in payments if payment.thing not in endings]


def _claims(remote: RemoteDeal, mapping: CrmMapping, pending: list[Payment]) -> list[Difference]:
    slots = {slot.name: slot for slot in mapping.slots}
    differences = []
    for payment in pending:
        slot = slots.get(payment.slot.name)
        claimed = _amount(remote, slot.amount) if slot else Money(0)
        if claimed != payment.claim.amount:
            left, right = payment.claim.amount.plain, claimed.plain
            differences.append(Difference(BOOKS, payment.thing, "claim-differs", left, right))
    return differences


def _amount(remote: RemoteDeal, field: str) -> Money:
    value = remote.fields.get(field)
    amount = parse_amount(value.text) if value else Money(0)
    return Money(0) if isinstance(amount, BadAmount) else amount

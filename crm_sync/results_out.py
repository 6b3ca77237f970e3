"""Results go back: a note, a field and a stage of the deal, each safe to repeat.

note    has no key in a CRM: before every repeat its marker is looked for (a post that lands
        after the look-up can double, and the audit says so)
field   the confirmed total of the deal, compared with what stands there
stage   moved only from the configured stages, never backwards, never out of 142/143,
        always with the pipeline's id
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import structlog

from confirmations.resolution import read_attempt
from crm_sync.protocol import (
    Crm,
    CrmError,
    CrmRefused,
    CrmThrottled,
    CrmUnavailable,
    RemoteDeal,
)
from crm_sync.settings import CrmMapping
from crm_sync.words import sentence
from ledger.money import BadAmount, Money, parse_amount, total
from store.database import Store
from store.records import OutboxRow
from store.unit import UnitOfWork
from usecases.corrections import newest
from usecases.deals import confirmed_of_deal
from usecases.dispatch import Ambiguous, Delivered, DeliveryOutcome, Refused, Throttled, Waits
from usecases.payments import APPLIED, CRM, RECEIVED, UNDONE

__all__ = ["CrmChannel", "WriteBack", "marker_of", "stage_after", "write_back_of"]

log = structlog.get_logger()

# A conflict, a rate block or a passing refusal; everything else below 500 will not change.
TRANSIENT_STATUSES = {0, 403, 408, 409, 423}
METHOD_WORDS: Mapping[str, str] = {
    "cash": "наличные, касса",
    "card_transfer": "перевод на карту",
    "terminal": "терминал",
    "bank_transfer": "безналичный расчёт",
    "credit_agreement": "кредитный договор",
}


@dataclass(frozen=True, slots=True)
class WriteBack:
    """What a deal must say of a thing: the note with its marker, and the confirmed total."""

    deal: str
    note: str
    marker: str
    confirmed: Money
    moves_stage: bool


def marker_of(thing: str) -> str:
    """The mark by which a note about a thing is found again."""
    return f"#k{hashlib.sha256(thing.encode()).hexdigest()[:12]}"


def stage_after(remote: RemoteDeal, mapping: CrmMapping) -> tuple[str, str] | None:
    """Where a confirmed payment moves the deal: (pipeline, stage); None when it stays."""
    if remote.pipeline != mapping.pipeline or remote.stage not in mapping.from_stages:
        return None
    return mapping.pipeline, mapping.confirmed_stage


async def write_back_of(unit: UnitOfWork, thing: str) -> WriteBack | None:
    """What the books say of a confirmed payment or a refund; None when nothing is to be said.

    A thing that was taken back and ended anew has a note for each attempt (`payment:…~2`) and one
    for each taking back, so that the deal tells what happened; only what stands moves its stage.
    """
    base, attempt = read_attempt(thing)
    kind, _, name = base.partition(":")
    if kind in {APPLIED, RECEIVED}:
        return await _of_operation(unit, thing)
    if kind == UNDONE:
        return await _of_reversal(unit, thing)
    resolution = await unit.pending.ending(thing)
    payment_id, refund = name, None
    if kind == "refund":
        refund = await unit.pending.refund(name)
        payment_id = refund.payment if refund else ""
    payment = await unit.pending.payment(payment_id)
    if payment is None or resolution is None:
        return None
    deal, marker = payment.slot.deal, marker_of(thing)
    if refund is not None:
        text = f"Возврат {refund.amount.human} клиенту. {refund.reason}".strip()
    else:
        method = METHOD_WORDS[payment.claim.method.value]
        amount = payment.claim.amount.human
        text = f"Оплата {amount} подтверждена ({method}). Подтвердил: {resolution.by}."
    confirmed = await confirmed_of_deal(unit, deal)
    stands = await unit.pending.attempt(base) == attempt
    moves_stage = refund is None and stands
    return WriteBack(deal, f"{text} {marker}", marker, confirmed, moves_stage)


async def _of_operation(unit: UnitOfWork, thing: str) -> WriteBack | None:
    kind, _, key = thing.partition(":")
    sealed = await unit.journal.get(key)
    if sealed is None or sealed.operation.deal is None:
        return None
    operation, marker = sealed.operation, marker_of(thing)
    amount, author = operation.amount.human, operation.author
    if kind == APPLIED:
        text = f"Зачтена переплата клиента: {amount}. Зачёл: {author}."
    else:
        text = f"Поступила часть оплаты: {amount}, остальное ждём. Подтвердил: {author}."
    confirmed = await confirmed_of_deal(unit, sealed.operation.deal)
    note = f"{text} {marker}"
    return WriteBack(sealed.operation.deal, note, marker, confirmed, moves_stage=False)


async def _of_reversal(unit: UnitOfWork, thing: str) -> WriteBack | None:
    """What was taken back: a receipt of a payment with its excess, or a refund."""
    _, _, key = thing.partition(":")
    stood = [await newest(unit, one) for one in (key, f"{key}:over")]
    found = [await unit.journal.reversal_of(one.operation.key) for one in stood if one]
    backs = [sealed.operation for sealed in found if sealed is not None]
    if not backs or backs[0].deal is None:
        return None
    deal, marker = backs[0].deal, marker_of(thing)
    amount, author = total([one.amount for one in backs]).human, backs[0].author
    if key.startswith("refund:"):
        text = f"Отметка о возврате {amount} снята: деньги не уходили. Снял: {author}."
    else:
        text = f"Подтверждение оплаты {amount} снято, оплату снова ждём. Снял: {author}."
    confirmed = await confirmed_of_deal(unit, deal)
    return WriteBack(deal, f"{text} {marker}", marker, confirmed, moves_stage=False)


class CrmChannel:
    """The outbox's way to one CRM."""

    name = CRM
    batch_rows_max = 10

    def __init__(self, store: Store, crm: Crm, mapping: CrmMapping) -> None:
        """Made by the composition root."""
        self._store = store
        self._crm = crm
        self._mapping = mapping

    async def deliver(self, rows: Sequence[OutboxRow]) -> Sequence[DeliveryOutcome]:
        """Write back row by row; after a failure the rest of the deal's rows wait."""
        outcomes: list[DeliveryOutcome] = []
        stopped: set[str] = set()
        for row in rows:
            if row.lane in stopped:
                outcomes.append(Waits())
                continue
            outcome = await self._deliver(row)
            if not isinstance(outcome, Delivered):
                stopped.add(row.lane)
            outcomes.append(outcome)
        return outcomes

    async def settled(self, unit: UnitOfWork, row: OutboxRow, outcome: DeliveryOutcome) -> None:
        """Keep the id of the note, and what a refusal said."""
        if isinstance(outcome, Delivered) and outcome.trace:
            await unit.upkeep.set_setting(f"note:{row.entity}", outcome.trace)

    async def _deliver(self, row: OutboxRow) -> DeliveryOutcome:
        async with self._store.read() as unit:
            wanted = await write_back_of(unit, row.entity)
        if wanted is None:
            return Delivered()
        try:
            return Delivered(await self._write(wanted, first=row.attempts <= 1))
        except CrmThrottled as error:
            return Throttled(error.after_s)
        except CrmUnavailable as error:
            return Ambiguous(sentence(error))
        except CrmRefused as error:
            return Refused(sentence(error), final=error.status not in TRANSIENT_STATUSES)
        except CrmError as error:
            return Refused(sentence(error))

    async def _write(self, wanted: WriteBack, *, first: bool) -> str:
        number = wanted.deal.partition(":")[2]
        remote = await self._crm.deal(number)
        if remote is None:
            raise CrmRefused("deal", 404, wanted.deal)
        note = ""
        if first or not await self._noted(number, wanted.marker):
            note = await self._crm.add_note(number, wanted.note)
        fields: dict[str, str] = {}
        field = self._mapping.confirmed_field
        if field and not _says(remote, field, wanted.confirmed):
            fields[field] = wanted.confirmed.plain
        stage = stage_after(remote, self._mapping) if wanted.moves_stage else None
        if fields or stage:
            await self._crm.change(number, fields, stage)
        return note

    async def _noted(self, number: str, marker: str) -> bool:
        return any(marker in text for text in await self._crm.notes(number))


def _says(remote: RemoteDeal, field: str, confirmed: Money) -> bool:
    value = remote.fields.get(field)
    if value is None:
        return confirmed.minor == 0
    amount = parse_amount(value.text)
    known = 0 if isinstance(amount, BadAmount) else amount.minor
    return known == confirmed.minor

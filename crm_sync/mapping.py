"""From a deal as a CRM gives it to what the use cases take in; pure.

«Предоплата 15000», «Наличные», 2026-03-02  ->  slot prepayment claims 15 000.00, cash, 02.03
an emptied or zero amount                    ->  the slot claims nothing
an amount that is no sum, an unknown method  ->  a Misread with the field; the slot is left alone
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from confirmations.payments import Claim
from crm_sync.protocol import RemoteDeal
from crm_sync.settings import CrmMapping, SlotFields
from ledger.money import BadAmount, BadAmountReason, Money, parse_amount
from ledger.operations import dimensions
from store.records import Deal
from usecases.deals import SeenDeal

__all__ = ["Known", "Misread", "read_deal"]

MANAGER = "manager"
CLIENT_CHARS_MAX = 200


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the deal: names by CRM user, holders by CRM user, days first seen.

    `first_seen` is the day to use for a slot whose field for the day is missing or empty.
    """

    crm: str
    user_names: Mapping[str, str]
    holders: Mapping[str, str]
    first_seen: Mapping[str, date]
    client_name: str
    today: date


@dataclass(frozen=True, slots=True)
class Misread:
    """A field whose value means nothing; people are told, the slot is not changed."""

    field: str
    text: str


def read_deal(
    remote: RemoteDeal, mapping: CrmMapping, known: Known
) -> tuple[SeenDeal, tuple[Misread, ...]]:
    """What the deal says, and which of its fields could not be read."""
    claims: dict[str, Claim | None] = {}
    misread: list[Misread] = []
    for slot in mapping.slots:
        claim = _claim(remote, mapping, known, slot)
        if isinstance(claim, Misread):
            misread.append(claim)
        else:
            claims[slot.name] = None if remote.is_deleted else claim
    done = remote.stage in mapping.done_stages and remote.pipeline == mapping.pipeline
    return SeenDeal(_deal(remote, mapping, known), claims, done), tuple(misread)


def _deal(remote: RemoteDeal, mapping: CrmMapping, known: Known) -> Deal:
    values = {code: _text(remote, field) for code, field in mapping.dimensions.items()}
    values[MANAGER] = known.user_names.get(remote.manager, "")
    price = parse_amount(remote.price)
    return Deal(
        id=f"{known.crm}:{remote.id}",
        name=remote.name,
        contract_no=_text(remote, mapping.contract_no)[:100],
        contract_date=_day(remote, mapping.contract_date, mapping),
        client=(known.client_name or remote.name)[:CLIENT_CHARS_MAX],
        client_key=f"{known.crm}:{remote.client or f'deal-{remote.id}'}",
        client_inn=_inn(_text(remote, mapping.client_inn)),
        price=price if isinstance(price, Money) else None,
        pipeline=remote.pipeline,
        stage=remote.stage,
        manager_crm_id=f"{known.crm}:{remote.manager}",
        dimensions=dimensions(values),
        done_on=None,
        remote_version=remote.updated_at.isoformat(),
    )


def _claim(
    remote: RemoteDeal, mapping: CrmMapping, known: Known, slot: SlotFields
) -> Claim | Misread | None:
    text = _text(remote, slot.amount)
    amount = parse_amount(text)
    if isinstance(amount, BadAmount):
        if amount.reason in {BadAmountReason.EMPTY, BadAmountReason.ZERO}:
            return None
        return Misread(slot.amount, text)
    chosen = remote.fields.get(slot.method)
    method = None
    if chosen is not None:
        method = mapping.methods.get(chosen.choice or "") or mapping.methods.get(chosen.text)
    if method is None:
        return Misread(slot.method, chosen.text if chosen else "")
    return Claim(
        amount=amount,
        method=method,
        expected_on=_expected_on(remote, mapping, known, slot),
        holder=known.holders.get(
            remote.manager, f"crm:{known.user_names.get(remote.manager, remote.manager)}"
        ),
    )


def _expected_on(remote: RemoteDeal, mapping: CrmMapping, known: Known, slot: SlotFields) -> date:
    """The slot's own day, else for the first slot the contract's, else the day it first appeared."""
    stated = _day(remote, slot.day, mapping)
    if stated is None and slot == mapping.slots[0] and slot.day is None:
        stated = _day(remote, mapping.contract_date, mapping)
    return stated or known.first_seen.get(slot.name, known.today)


def _text(remote: RemoteDeal, field: str | None) -> str:
    value = remote.fields.get(field) if field else None
    return value.text.strip() if value else ""


def _day(remote: RemoteDeal, field: str | None, mapping: CrmMapping) -> date | None:
    """A date field: unix seconds of midnight in the account's zone, or `2020-05-08`."""
    text = _text(remote, field)
    if not text:
        return None
    try:
        if text.lstrip("-").isdigit():
            return datetime.fromtimestamp(int(text), UTC).astimezone(mapping.zone).date()
        return datetime.fromisoformat(text).date()
    except (ValueError, OverflowError, OSError):
        return None


def _inn(text: str) -> str | None:
    return text if text.isdigit() and len(text) in {10, 12} else None

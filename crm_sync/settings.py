"""How the company uses its CRM: which field means what. Things of the CRM are addressed by id."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from confirmations.payments import Method

__all__ = ["CrmMapping", "SlotFields"]

OVERLAP = timedelta(seconds=60)
MOSCOW = ZoneInfo("Europe/Moscow")


@dataclass(frozen=True, slots=True)
class SlotFields:
    """A payment slot of a deal: the fields of its amount, method and (if there is one) day."""

    name: str
    amount: str
    method: str
    day: str | None = None


@dataclass(frozen=True, slots=True)
class CrmMapping:
    """Field and stage ids. `methods` maps choice ids (or texts) to payment methods.

    `dimensions` maps a dimension's code to its field. Stages: a confirmed payment moves a deal
    from one of `from_stages` to `confirmed_stage` of `pipeline`; in one of `done_stages` the deal
    is done (its revenue is recognised).
    """

    slots: tuple[SlotFields, ...]
    methods: Mapping[str, Method]
    contract_no: str
    pipeline: str
    confirmed_stage: str
    from_stages: frozenset[str]
    done_stages: frozenset[str]
    contract_date: str | None = None
    client_inn: str | None = None
    confirmed_field: str | None = None
    dimensions: Mapping[str, str] = field(default_factory=dict)
    zone: ZoneInfo = MOSCOW
    overlap: timedelta = OVERLAP

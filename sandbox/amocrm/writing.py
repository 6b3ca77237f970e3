"""Reading what a caller wants written: lead changes and notes, checked as the API checks them.

A batch is taken whole or not at all; each refused object is answered with its problems. What the
stand-in does not model raises `NotModelledError` (501 on the wire), so that no write is silently
ignored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sandbox.amocrm.crm import Crm, LeadChange, NewNote
from sandbox.amocrm.records import LOST_STATUS_ID, ROBOT_ID, FieldValue, Lead
from sandbox.amocrm.values import BadField, Problem, read_values

__all__ = [
    "LEADS_PER_WRITE_MAX",
    "LeadWrite",
    "NotModelledError",
    "read_lead_change",
    "read_note",
]

LEADS_PER_WRITE_MAX = 250
NOTE_TYPES = {
    "common": {"text"},
    "service_message": {"service", "text"},
    "extended_service_message": {"service", "text"},
    "invoice_paid": {"service", "text", "icon_url"},
}
_MODELLED = {
    "id",
    "name",
    "price",
    "responsible_user_id",
    "pipeline_id",
    "status_id",
    "loss_reason_id",
    "custom_fields_values",
    "tags_to_add",
    "tags_to_delete",
    "updated_by",
    "request_id",
}
_NOT_MODELLED = {"created_at", "created_by", "updated_at", "closed_at", "_embedded"}
_CHOICE = "The value you selected is not a valid choice."

Json = Mapping[str, Any]


class NotModelledError(Exception):
    """The real API can do this and the stand-in cannot."""

    def __init__(self, thing: str) -> None:
        self.thing = thing
        super().__init__(f"not modelled by the stand-in: {thing}")


@dataclass(frozen=True, slots=True)
class LeadWrite:
    """A checked write: which lead, what, in whose name."""

    lead_id: int
    change: LeadChange
    by: int
    request_id: str | None


def read_lead_change(crm: Crm, lead_id: int, body: Json, by: int) -> LeadWrite | list[Problem]:
    """Check one object of a PATCH against the account; `by` is the token's user."""
    for key in sorted(set(body) & _NOT_MODELLED):
        raise NotModelledError(f"writing a lead's {key}")
    problems = [
        Problem("NotExpectedField", key, "This field was not expected.")
        for key in sorted(set(body) - _MODELLED)
    ]
    lead = crm.leads.get(lead_id)
    if lead is None or lead.is_deleted:
        return [*problems, Problem("NotFound", "id", "Element not found.")]
    pipeline_id, status_id = _stage(crm, lead, body, problems)
    change = LeadChange(
        name=_text(body, "name", problems),
        price_minor=_price(body, problems),
        responsible_user_id=_user(crm, body, "responsible_user_id", problems),
        pipeline_id=pipeline_id,
        status_id=status_id,
        loss_reason_id=_loss_reason(lead, body, status_id, problems),
        values=_values(crm, body, problems),
        tags_to_add=_tags(body, "tags_to_add", problems),
        tags_to_delete=_tags(body, "tags_to_delete", problems),
    )
    author = _user(crm, body, "updated_by", problems)
    if problems:
        return problems
    request_id = body.get("request_id")
    return LeadWrite(lead_id, change, by if author is None else author, _echo(request_id))


def read_note(crm: Crm, lead_id: int, body: Json, by: int) -> NewNote | list[Problem]:
    """Check one note of a POST; the lead's existence is the caller's business."""
    problems: list[Problem] = []
    note_type = body.get("note_type")
    wanted = NOTE_TYPES.get(note_type) if isinstance(note_type, str) else None
    if wanted is None or not isinstance(note_type, str):
        return [Problem("NotSupportedChoice", "note_type", _CHOICE)]
    params = body.get("params")
    texts = params if isinstance(params, dict) else {}
    problems += [
        Problem("FieldMissing", f"params.{key}", "This field is missing.")
        for key in sorted(wanted)
        if not isinstance(texts.get(key), str) or not texts[key]
    ]
    author = _user(crm, body, "created_by", problems)
    if problems:
        return problems
    kept = {key: str(texts[key]) for key in sorted(wanted)}
    return NewNote(lead_id, note_type, kept, by if author is None else author)


def _stage(
    crm: Crm, lead: Lead, body: Json, problems: list[Problem]
) -> tuple[int | None, int | None]:
    """The stage asked for. A stage belongs to its pipeline; 142 and 143 belong to each."""
    pipeline_id = _integer(body, "pipeline_id", problems)
    status_id = _integer(body, "status_id", problems)
    if pipeline_id is None and status_id is None:
        return None, None
    pipeline = crm.catalog.pipeline(lead.pipeline_id if pipeline_id is None else pipeline_id)
    if pipeline is None:
        problems.append(Problem("NotSupportedChoice", "pipeline_id", _CHOICE))
        return None, None
    if status_id is None:
        moved = pipeline.id != lead.pipeline_id
        return pipeline_id, pipeline.statuses[0].id if moved else None
    if pipeline.status(status_id) is None:
        problems.append(Problem("NotSupportedChoice", "status_id", _CHOICE))
        return None, None
    return pipeline_id, status_id


def _loss_reason(
    lead: Lead, body: Json, status_id: int | None, problems: list[Problem]
) -> int | None:
    reason = _integer(body, "loss_reason_id", problems)
    stage = lead.status_id if status_id is None else status_id
    if reason is not None and stage != LOST_STATUS_ID:
        problems.append(Problem("NotSupportedChoice", "loss_reason_id", _CHOICE))
    return reason


def _price(body: Json, problems: list[Problem]) -> int | None:
    value = body.get("price")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value < 0:
        problems.append(Problem("InvalidType", "price", "This value should be of type numeric."))
        return None
    minor = value * 100
    if minor != int(minor):
        problems.append(Problem("InvalidType", "price", "At most two digits after the point."))
        return None
    return int(minor)


def _user(crm: Crm, body: Json, key: str, problems: list[Problem]) -> int | None:
    user_id = _integer(body, key, problems)
    is_robot = user_id == ROBOT_ID and key != "responsible_user_id"
    if user_id is not None and not is_robot and crm.catalog.user(user_id) is None:
        problems.append(Problem("NotSupportedChoice", key, _CHOICE))
    return user_id


def _values(crm: Crm, body: Json, problems: list[Problem]) -> dict[int, FieldValue | None]:
    if body.get("custom_fields_values") is None:
        return {}
    try:
        return read_values(crm.catalog, body["custom_fields_values"])
    except BadField as refused:
        problems.append(refused.problem)
        return {}


def _tags(body: Json, key: str, problems: list[Problem]) -> tuple[str, ...]:
    entries = body.get(key) or []
    names = [
        str(entry["name"])
        for entry in entries
        if isinstance(entry, dict) and isinstance(entry.get("name"), str)
    ]
    if len(names) != len(entries):
        problems.append(Problem("InvalidType", key, "Each tag is an object with a name."))
        return ()
    return tuple(names)


def _text(body: Json, key: str, problems: list[Problem]) -> str | None:
    value = body.get(key)
    if value is None or isinstance(value, str):
        return value
    problems.append(Problem("InvalidType", key, "This value should be of type string."))
    return None


def _integer(body: Json, key: str, problems: list[Problem]) -> int | None:
    value = body.get(key)
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    problems.append(Problem("InvalidType", key, "This value should be of type int."))
    return None


def _echo(request_id: object) -> str | None:
    return None if request_id is None else str(request_id)

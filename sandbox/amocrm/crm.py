"""The account's memory: leads, notes, contacts, and what each write does to them.

Every write moves `updated_at` and tells the listener what happened, whoever made it: a person or
the API. As in the real CRM, a write that does nothing but empty fields is not told to webhooks.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sandbox.amocrm.records import (
    LOST_STATUS_ID,
    WON_STATUS_ID,
    Account,
    Contact,
    Field,
    FieldValue,
    Lead,
    LeadAction,
    LeadEvent,
    Note,
    NoteEvent,
    Pipeline,
    Status,
    User,
)
from world.clock import Clock

__all__ = ["Catalog", "Crm", "LeadChange", "NewLead", "NewNote"]

T = TypeVar("T")

FIRST_LEAD_ID = 25399013
FIRST_CONTACT_ID = 10971463
FIRST_NOTE_ID = 58220001


@dataclass(frozen=True, slots=True)
class Catalog:
    """What is set up once: the account, its users, pipelines and fields."""

    account: Account
    users: tuple[User, ...]
    pipelines: tuple[Pipeline, ...]
    fields: tuple[Field, ...]

    def user(self, user_id: int) -> User | None:
        """The user with that id."""
        return next((user for user in self.users if user.id == user_id), None)

    def pipeline(self, pipeline_id: int) -> Pipeline | None:
        """The pipeline with that id."""
        return next((one for one in self.pipelines if one.id == pipeline_id), None)

    def field(self, field_id: int) -> Field | None:
        """The field with that id."""
        return next((one for one in self.fields if one.id == field_id), None)

    def stage(self, lead: Lead) -> Status | None:
        """The stage a lead stands in."""
        pipeline = self.pipeline(lead.pipeline_id)
        return None if pipeline is None else pipeline.status(lead.status_id)


@dataclass(frozen=True, slots=True)
class NewLead:
    """A lead to be made."""

    name: str
    price_minor: int
    responsible_user_id: int
    pipeline_id: int
    status_id: int
    created_by: int
    values: Mapping[int, FieldValue] = field(default_factory=dict)
    contact_ids: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeadChange:
    """What a write changes; None leaves as it is, None inside `values` empties that field."""

    name: str | None = None
    price_minor: int | None = None
    responsible_user_id: int | None = None
    pipeline_id: int | None = None
    status_id: int | None = None
    loss_reason_id: int | None = None
    values: Mapping[int, FieldValue | None] = field(default_factory=dict)
    tags_to_add: tuple[str, ...] = ()
    tags_to_delete: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewNote:
    """A note to be written."""

    lead_id: int
    note_type: str
    params: Mapping[str, str]
    created_by: int


class Crm:
    """The mutable state of one account; validity of ids is the callers' business."""

    def __init__(self, clock: Clock, catalog: Catalog) -> None:
        """An account without leads."""
        self.catalog = catalog
        self.leads: dict[int, Lead] = {}
        self.notes: dict[int, Note] = {}
        self.contacts: dict[int, Contact] = {}
        self.listener: Callable[[LeadEvent | NoteEvent], None] = _nobody
        self._clock = clock

    def now(self) -> int:
        """The present instant in unix seconds."""
        return int(self._clock.now().timestamp())

    def add_lead(self, new: NewLead) -> Lead:
        """Make a lead."""
        now = self.now()
        lead = Lead(
            id=_next(self.leads, FIRST_LEAD_ID),
            name=new.name,
            price_minor=new.price_minor,
            responsible_user_id=new.responsible_user_id,
            pipeline_id=new.pipeline_id,
            status_id=new.status_id,
            created_by=new.created_by,
            updated_by=new.created_by,
            created_at=now,
            updated_at=now,
            closed_at=now if _is_closed(new.status_id) else None,
            values=dict(new.values),
            contact_ids=new.contact_ids,
            tags=new.tags,
        )
        self.leads[lead.id] = lead
        self.listener(LeadEvent(LeadAction.ADD, lead, None))
        return lead

    def change(self, lead_id: int, change: LeadChange, by: int) -> Lead:
        """Write a lead and tell what happened."""
        before = self.leads[lead_id]
        after = self._changed(before, change, by)
        self.leads[lead_id] = after
        for action in _actions(before, after):
            self.listener(LeadEvent(action, after, before))
        return after

    def set_deleted(self, lead_id: int, by: int, *, deleted: bool) -> Lead:
        """Put a lead into the bin, or take it out."""
        before = self.leads[lead_id]
        after = replace(before, is_deleted=deleted, updated_at=self.now(), updated_by=by)
        self.leads[lead_id] = after
        action = LeadAction.DELETE if deleted else LeadAction.RESTORE
        self.listener(LeadEvent(action, after, before))
        return after

    def add_note(self, new: NewNote) -> Note:
        """Write a note into a lead's history; the lead counts as updated."""
        now = self.now()
        note = Note(
            id=_next(self.notes, FIRST_NOTE_ID),
            lead_id=new.lead_id,
            note_type=new.note_type,
            params=dict(new.params),
            created_by=new.created_by,
            created_at=now,
            updated_at=now,
        )
        self.notes[note.id] = note
        self.leads[new.lead_id] = replace(self.leads[new.lead_id], updated_at=now)
        self.listener(NoteEvent(note))
        return note

    def add_contact(self, name: str, phone: str, responsible_user_id: int) -> Contact:
        """Make a client's card."""
        now = self.now()
        contact_id = _next(self.contacts, FIRST_CONTACT_ID)
        contact = Contact(contact_id, name, phone, now, now, responsible_user_id)
        self.contacts[contact.id] = contact
        return contact

    def notes_of(self, lead_id: int) -> list[Note]:
        """A lead's notes, oldest first."""
        return [note for note in self.notes.values() if note.lead_id == lead_id]

    def _changed(self, lead: Lead, change: LeadChange, by: int) -> Lead:
        values = {**lead.values, **change.values}
        status_id = _given(change.status_id, lead.status_id)
        now = self.now()
        return replace(
            lead,
            name=_given(change.name, lead.name),
            price_minor=_given(change.price_minor, lead.price_minor),
            responsible_user_id=_given(change.responsible_user_id, lead.responsible_user_id),
            pipeline_id=_given(change.pipeline_id, lead.pipeline_id),
            status_id=status_id,
            loss_reason_id=_loss_reason(lead, change, status_id),
            closed_at=(lead.closed_at or now) if _is_closed(status_id) else None,
            values={key: value for key, value in values.items() if value is not None},
            tags=_tags(lead.tags, change),
            updated_at=now,
            updated_by=by,
        )


def _nobody(_event: LeadEvent | NoteEvent) -> None:
    """No webhook is set up."""


def _next(taken: Mapping[int, object], first: int) -> int:
    # Records are never taken out of the maps, and ids only grow.
    return max(taken, default=first - 1) + 1


def _given(new: T | None, old: T) -> T:
    return old if new is None else new


def _is_closed(status_id: int) -> bool:
    return status_id in {WON_STATUS_ID, LOST_STATUS_ID}


def _loss_reason(lead: Lead, change: LeadChange, status_id: int) -> int | None:
    if status_id != LOST_STATUS_ID:
        return None
    return _given(change.loss_reason_id, lead.loss_reason_id)


def _tags(tags: tuple[str, ...], change: LeadChange) -> tuple[str, ...]:
    kept = [tag for tag in tags if tag not in change.tags_to_delete]
    return tuple(dict.fromkeys([*kept, *change.tags_to_add]))


def _actions(before: Lead, after: Lead) -> Iterable[LeadAction]:
    if (before.pipeline_id, before.status_id) != (after.pipeline_id, after.status_id):
        yield LeadAction.STATUS
    if before.responsible_user_id != after.responsible_user_id:
        yield LeadAction.RESPONSIBLE
    if not _only_emptied(before, after):
        yield LeadAction.UPDATE


def _only_emptied(before: Lead, after: Lead) -> bool:
    same = replace(
        before, values=after.values, updated_at=after.updated_at, updated_by=after.updated_by
    )
    emptied = set(before.values) - set(after.values)
    kept = {key: value for key, value in before.values.items() if key not in emptied}
    return same == after and bool(emptied) and kept == after.values

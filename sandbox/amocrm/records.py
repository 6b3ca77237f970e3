"""What an amoCRM account holds, as the stand-in keeps it.

Instants are unix seconds, as everywhere in this CRM. A field's value is kept in one form: text
and numbers as text, a date as unix seconds of its midnight in the account's time zone, a select
as the id of the choice, a checkbox as a boolean.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from zoneinfo import ZoneInfo

__all__ = [
    "LOST_STATUS_ID",
    "ROBOT_ID",
    "WON_STATUS_ID",
    "Account",
    "Choice",
    "Contact",
    "Field",
    "FieldType",
    "FieldValue",
    "Lead",
    "LeadAction",
    "LeadEvent",
    "Note",
    "NoteEvent",
    "Pipeline",
    "Status",
    "User",
]

WON_STATUS_ID = 142
LOST_STATUS_ID = 143
ROBOT_ID = 0

FieldValue = str | int | bool


class FieldType(StrEnum):
    """The kinds of custom fields that the stand-in models."""

    TEXT = "text"
    TEXTAREA = "textarea"
    URL = "url"
    NUMERIC = "numeric"
    MONETARY = "monetary"
    CHECKBOX = "checkbox"
    SELECT = "select"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Account:
    """The company's account in the CRM."""

    id: int
    subdomain: str
    name: str
    zone: ZoneInfo
    admin_id: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a select field."""

    id: int
    value: str


@dataclass(frozen=True, slots=True)
class Field:
    """A custom field of leads."""

    id: int
    name: str
    type: FieldType
    choices: tuple[Choice, ...] = ()
    code: str | None = None
    is_api_only: bool = False

    def choice(self, choice_id: int) -> Choice | None:
        """The choice with that id."""
        return next((choice for choice in self.choices if choice.id == choice_id), None)


@dataclass(frozen=True, slots=True)
class Status:
    """A stage of a pipeline; 142 and 143 exist in every pipeline."""

    id: int
    name: str
    color: str = "#99ccff"
    type: int = 0


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A pipeline with its stages in order."""

    id: int
    name: str
    statuses: tuple[Status, ...]
    is_main: bool = True

    def status(self, status_id: int) -> Status | None:
        """The stage with that id."""
        return next((status for status in self.statuses if status.id == status_id), None)


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who works in the CRM."""

    id: int
    name: str
    email: str
    is_admin: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """A client's card."""

    id: int
    name: str
    phone: str
    created_at: int
    updated_at: int
    responsible_user_id: int


@dataclass(frozen=True, slots=True)
class Lead:
    """A deal. `price_minor` is in kopecks."""

    id: int
    name: str
    price_minor: int
    responsible_user_id: int
    pipeline_id: int
    status_id: int
    created_by: int
    updated_by: int
    created_at: int
    updated_at: int
    closed_at: int | None = None
    loss_reason_id: int | None = None
    is_deleted: bool = False
    values: Mapping[int, FieldValue] = field(default_factory=dict)
    contact_ids: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """An entry of a deal's history."""

    id: int
    lead_id: int
    note_type: str
    params: Mapping[str, str]
    created_by: int
    created_at: int
    updated_at: int


class LeadAction(StrEnum):
    """What a webhook says has happened to a lead."""

    ADD = "add"
    UPDATE = "update"
    STATUS = "status"
    RESPONSIBLE = "responsible"
    DELETE = "delete"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class LeadEvent:
    """Something happened to a lead; `before` is None for a new one."""

    action: LeadAction
    lead: Lead
    before: Lead | None


@dataclass(frozen=True, slots=True)
class NoteEvent:
    """A note was written."""

    note: Note

"""What people do in the CRM's own windows: deals, stages, fields, colleagues."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from sandbox.amocrm.crm import Crm, LeadChange, NewLead, NewNote
from sandbox.amocrm.records import (
    Contact,
    Field,
    FieldValue,
    Lead,
    Note,
    Pipeline,
    User,
)
from sandbox.amocrm.values import read_value, value_text

__all__ = ["FieldInput", "People", "UnknownThingError"]

Thing = TypeVar("Thing")
FieldInput = str | int | bool | Decimal | date | None


class UnknownThingError(LookupError):
    """Somebody reached for a thing that the account does not have."""

    def __init__(self, kind: str, thing_id: int) -> None:
        self.kind = kind
        self.thing_id = thing_id
        super().__init__(f"no {kind} {thing_id} in the CRM")


class People:
    """The account as its users see it; every method may raise `UnknownThingError`.

    Values of fields are given as a person types them: a number, a text, a day, the name of a
    choice; None empties the field. A value the field does not take raises `BadField`.
    """

    def __init__(self, crm: Crm) -> None:
        """People work on the same account as the API."""
        self.crm = crm

    @property
    def users(self) -> tuple[User, ...]:
        """The colleagues."""
        return self.crm.catalog.users

    @property
    def pipelines(self) -> tuple[Pipeline, ...]:
        """The pipelines with their stages."""
        return self.crm.catalog.pipelines

    @property
    def fields(self) -> tuple[Field, ...]:
        """The custom fields of deals."""
        return self.crm.catalog.fields

    @property
    def contacts(self) -> list[Contact]:
        """The clients' cards."""
        return list(self.crm.contacts.values())

    @property
    def leads(self) -> list[Lead]:
        """The deals that are not in the bin, by id."""
        return [lead for lead in self.crm.leads.values() if not lead.is_deleted]

    def add_lead(
        self,
        name: str,
        *,
        responsible_user_id: int,
        price: int | Decimal = 0,
        fields: Mapping[int, FieldInput] | None = None,
        contact_ids: Iterable[int] = (),
    ) -> int:
        """Make a deal in the first stage of the main pipeline; `price` in roubles. Gives its id."""
        self._user(responsible_user_id)
        pipeline = next(one for one in self.pipelines if one.is_main)
        values = self._values(fields or {})
        lead = self.crm.add_lead(
            NewLead(
                name=name,
                price_minor=_minor(price),
                responsible_user_id=responsible_user_id,
                pipeline_id=pipeline.id,
                status_id=pipeline.statuses[0].id,
                created_by=responsible_user_id,
                values={key: value for key, value in values.items() if value is not None},
                contact_ids=tuple(self._contact(one).id for one in contact_ids),
            )
        )
        return lead.id

    def set_fields(
        self, lead_id: int, fields: Mapping[int, FieldInput], *, by: int | None = None
    ) -> None:
        """Fill or empty fields of a deal."""
        self._write(lead_id, LeadChange(values=self._values(fields)), by)

    def set_price(self, lead_id: int, price: int | Decimal, *, by: int | None = None) -> None:
        """Change the deal's price, in roubles."""
        self._write(lead_id, LeadChange(price_minor=_minor(price)), by)

    def move(self, lead_id: int, status_id: int, *, by: int | None = None) -> None:
        """Drag a deal to another stage of its pipeline."""
        pipeline = self._pipeline(self.lead(lead_id).pipeline_id)
        if pipeline.status(status_id) is None:
            raise UnknownThingError("stage", status_id)
        self._write(lead_id, LeadChange(pipeline_id=pipeline.id, status_id=status_id), by)

    def reassign(self, lead_id: int, user_id: int, *, by: int | None = None) -> None:
        """Give a deal to another colleague."""
        self._user(user_id)
        self._write(lead_id, LeadChange(responsible_user_id=user_id), by)

    def delete(self, lead_id: int) -> None:
        """Put a deal into the bin."""
        lead = self.lead(lead_id)
        self.crm.set_deleted(lead_id, lead.responsible_user_id, deleted=True)

    def restore(self, lead_id: int) -> None:
        """Take a deal out of the bin."""
        lead = self.crm.leads.get(lead_id)
        if lead is None or not lead.is_deleted:
            raise UnknownThingError("deleted lead", lead_id)
        self.crm.set_deleted(lead_id, lead.responsible_user_id, deleted=False)

    def add_note(self, lead_id: int, text: str, *, by: int | None = None) -> int:
        """Write into the deal's history by hand."""
        lead = self.lead(lead_id)
        author = lead.responsible_user_id if by is None else by
        return self.crm.add_note(NewNote(lead_id, "common", {"text": text}, author)).id

    def add_contact(self, name: str, phone: str = "") -> int:
        """Make a client's card."""
        return self.crm.add_contact(name, phone, self.crm.catalog.account.admin_id).id

    def add_user(self, name: str, email: str) -> int:
        """Take on a colleague."""
        catalog = self.crm.catalog
        user = User(max(one.id for one in catalog.users) + 1, name, email)
        self.crm.catalog = replace(catalog, users=(*catalog.users, user))
        return user.id

    def rename_field(self, field_id: int, name: str) -> None:
        """Give a field another name; its id stays."""
        self._field(field_id)
        catalog = self.crm.catalog
        renamed = (replace(f, name=name) if f.id == field_id else f for f in catalog.fields)
        self.crm.catalog = replace(catalog, fields=tuple(renamed))

    def lead(self, lead_id: int) -> Lead:
        """A deal that is not in the bin."""
        lead = self.crm.leads.get(lead_id)
        if lead is None or lead.is_deleted:
            raise UnknownThingError("lead", lead_id)
        return lead

    def notes(self, lead_id: int) -> list[Note]:
        """A deal's history, oldest first."""
        return self.crm.notes_of(self.lead(lead_id).id)

    def field_text(self, lead_id: int, field_id: int) -> str | None:
        """What stands in a field of a deal; None when it is empty."""
        value = self.lead(lead_id).values.get(field_id)
        return None if value is None else value_text(self._field(field_id), value)

    def _write(self, lead_id: int, change: LeadChange, by: int | None) -> None:
        lead = self.lead(lead_id)
        author = lead.responsible_user_id if by is None else self._user(by).id
        self.crm.change(lead_id, change, author)

    def _values(self, fields: Mapping[int, FieldInput]) -> dict[int, FieldValue | None]:
        zone = self.crm.catalog.account.zone
        return {
            field_id: None if value is None else read_value(self._field(field_id), zone, value)
            for field_id, value in fields.items()
        }

    def _field(self, field_id: int) -> Field:
        return _known(self.crm.catalog.field(field_id), "field", field_id)

    def _user(self, user_id: int) -> User:
        return _known(self.crm.catalog.user(user_id), "user", user_id)

    def _pipeline(self, pipeline_id: int) -> Pipeline:
        return _known(self.crm.catalog.pipeline(pipeline_id), "pipeline", pipeline_id)

    def _contact(self, contact_id: int) -> Contact:
        return _known(self.crm.contacts.get(contact_id), "contact", contact_id)


def _known(thing: Thing | None, kind: str, thing_id: int) -> Thing:
    if thing is None:
        raise UnknownThingError(kind, thing_id)
    return thing


def _minor(price: int | Decimal) -> int:
    minor = Decimal(price) * 100
    if minor < 0 or minor != int(minor):
        raise ValueError(price)
    return int(minor)

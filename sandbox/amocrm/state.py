"""The account kept between two runs of the sandbox: one JSON tree out, the same tree in."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sandbox.amocrm.crm import Crm
from sandbox.amocrm.hooks import Delivery, Hook, Hooks
from sandbox.amocrm.records import Contact, Lead, Note, User

__all__ = ["dump_state", "load_state"]

Json = dict[str, Any]


def dump_state(crm: Crm, hooks: Hooks) -> Json:
    """Everything that people and callers have changed."""
    return {
        "leads": [asdict(lead) for lead in crm.leads.values()],
        "notes": [asdict(note) for note in crm.notes.values()],
        "contacts": [asdict(contact) for contact in crm.contacts.values()],
        "users": [asdict(user) for user in crm.catalog.users],
        "field_names": {str(field.id): field.name for field in crm.catalog.fields},
        "hooks": [asdict(hook) for hook in hooks.subscriptions.values()],
        "waiting": [{**asdict(one), "due": one.due.isoformat()} for one in hooks.waiting],
    }


def load_state(crm: Crm, hooks: Hooks, state: Mapping[str, Any]) -> None:
    """Put a dumped state in place of the present one; raises `KeyError` on a foreign tree."""
    leads = [_lead(one) for one in state["leads"]]
    notes = [Note(**one) for one in state["notes"]]
    contacts = [Contact(**one) for one in state["contacts"]]
    names: Mapping[str, str] = state["field_names"]
    crm.catalog = replace(
        crm.catalog,
        users=tuple(User(**one) for one in state["users"]),
        fields=tuple(
            replace(field, name=names.get(str(field.id), field.name))
            for field in crm.catalog.fields
        ),
    )
    crm.leads = {lead.id: lead for lead in leads}
    crm.notes = {note.id: note for note in notes}
    crm.contacts = {contact.id: contact for contact in contacts}
    subscriptions = [Hook(**{**one, "settings": tuple(one["settings"])}) for one in state["hooks"]]
    hooks.subscriptions = {hook.destination: hook for hook in subscriptions}
    hooks.waiting = [
        Delivery(**{**one, "due": datetime.fromisoformat(one["due"])}) for one in state["waiting"]
    ]


def _lead(one: Json) -> Lead:
    # JSON knows neither integer keys nor tuples.
    lists = {key: tuple(one[key]) for key in ("contact_ids", "tags")}
    values = {int(key): value for key, value in one["values"].items()}
    return Lead(**{**one, **lists, "values": values})

"""The body of a webhook: what happened, flattened into `leads[update][0][id]=…` pairs.

All values are text; fields come under `custom_fields` in the older shape (id, name, values), and
a date has no `[value]` level. A deletion carries ids only.
"""

from collections.abc import Iterable

from sandbox.amocrm.crm import Catalog
from sandbox.amocrm.records import (
    Field,
    FieldType,
    FieldValue,
    Lead,
    LeadAction,
    LeadEvent,
    NoteEvent,
)
from sandbox.amocrm.show import tag_id
from sandbox.amocrm.values import value_text

__all__ = ["event_body", "flatten"]

LEAD_ELEMENT_TYPE = 2

Tree = dict[str, "Tree"] | list["Tree"] | str | int | bool | None


def event_body(catalog: Catalog, event: LeadEvent | NoteEvent) -> list[tuple[str, str]]:
    """The pairs of one event's form post."""
    thing = _note(catalog, event) if isinstance(event, NoteEvent) else _lead(catalog, event)
    action = "note" if isinstance(event, NoteEvent) else event.action.value
    account: Tree = {
        "subdomain": catalog.account.subdomain,
        "id": catalog.account.id,
        "_links": {"self": f"https://{catalog.account.subdomain}.amocrm.ru"},
    }
    return list(flatten({"leads": {action: [thing]}, "account": account}))


def flatten(tree: Tree, prefix: str = "") -> Iterable[tuple[str, str]]:
    """A tree as PHP's bracketed pairs; None is empty text, a boolean is 1 or 0."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from flatten(value, f"{prefix}[{key}]" if prefix else key)
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from flatten(value, f"{prefix}[{index}]")
    elif tree is None:
        yield prefix, ""
    else:
        yield prefix, str(int(tree)) if isinstance(tree, bool) else str(tree)


def _lead(catalog: Catalog, event: LeadEvent) -> Tree:
    lead = event.lead
    if event.action is LeadAction.DELETE:
        return {"id": lead.id, "status_id": lead.status_id, "pipeline_id": lead.pipeline_id}
    old: dict[str, Tree] = {}
    if event.before is not None and event.action is LeadAction.STATUS:
        old["old_status_id"] = event.before.status_id
        old["old_pipeline_id"] = event.before.pipeline_id
    if event.before is not None and event.action is LeadAction.RESPONSIBLE:
        old["old_responsible_user_id"] = event.before.responsible_user_id
    shown: dict[str, Tree] = {
        "id": lead.id,
        "name": lead.name,
        "status_id": lead.status_id,
        **old,
        "price": lead.price_minor // 100,
        "responsible_user_id": lead.responsible_user_id,
        "last_modified": lead.updated_at,
        "modified_user_id": lead.updated_by,
        "created_user_id": lead.created_by,
        "date_create": lead.created_at,
        "pipeline_id": lead.pipeline_id,
        "account_id": catalog.account.id,
        "created_at": lead.created_at,
        "updated_at": lead.updated_at,
    }
    fields = _fields(catalog, lead)
    if fields:
        shown["custom_fields"] = fields
    if lead.tags:
        shown["tags"] = [{"id": tag_id(tag), "name": tag} for tag in lead.tags]
    return shown


def _fields(catalog: Catalog, lead: Lead) -> list[Tree]:
    return [
        {"id": field.id, "name": field.name, "values": [_value(field, lead.values[field.id])]}
        for field in catalog.fields
        if field.id in lead.values
    ]


def _value(field: Field, value: FieldValue) -> Tree:
    if field.type is FieldType.DATE:
        return value
    if field.type is FieldType.SELECT:
        return {"value": value_text(field, value), "enum": value}
    return {"value": value}


def _note(catalog: Catalog, event: NoteEvent) -> Tree:
    note = event.note
    return {
        "note": {
            "id": note.id,
            "note_type": note.note_type,
            "element_type": LEAD_ELEMENT_TYPE,
            "element_id": note.lead_id,
            "text": note.params.get("text", ""),
            "date_create": note.created_at,
            "created_by": note.created_by,
            "account_id": catalog.account.id,
        }
    }

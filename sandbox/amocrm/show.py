"""The account's things as the API shows them."""

import zlib
from typing import Any

from sandbox.amocrm.crm import Catalog
from sandbox.amocrm.records import (
    Account,
    Contact,
    Field,
    FieldType,
    Lead,
    Note,
    Pipeline,
    Status,
    User,
)
from sandbox.amocrm.values import show_values

__all__ = [
    "show_account",
    "show_contact",
    "show_field",
    "show_lead",
    "show_note",
    "show_pipeline",
    "show_user",
    "tag_id",
]

Json = dict[str, Any]


def show_lead(catalog: Catalog, lead: Lead, base: str, *, with_contacts: bool) -> Json:
    """A lead; contacts only when asked for, and then their ids alone."""
    embedded: Json = {
        "tags": [{"id": tag_id(tag), "name": tag, "color": None} for tag in lead.tags],
        "companies": [],
    }
    if with_contacts:
        embedded["contacts"] = [
            {
                "id": contact_id,
                "is_main": index == 0,
                "_links": _self(base, "contacts", contact_id),
            }
            for index, contact_id in enumerate(lead.contact_ids)
        ]
    return {
        "id": lead.id,
        "name": lead.name,
        "price": lead.price_minor // 100,
        "responsible_user_id": lead.responsible_user_id,
        "group_id": 0,
        "status_id": lead.status_id,
        "pipeline_id": lead.pipeline_id,
        "loss_reason_id": lead.loss_reason_id,
        "created_by": lead.created_by,
        "updated_by": lead.updated_by,
        "created_at": lead.created_at,
        "updated_at": lead.updated_at,
        "closed_at": lead.closed_at,
        "closest_task_at": None,
        "is_deleted": lead.is_deleted,
        "custom_fields_values": show_values(catalog, lead),
        "score": None,
        "account_id": catalog.account.id,
        "labor_cost": None,
        "is_price_computed": False,
        "price_with_minor_units": lead.price_minor / 100,
        "_links": _self(base, "leads", lead.id),
        "_embedded": embedded,
    }


def show_note(catalog: Catalog, note: Note, base: str) -> Json:
    """A note of a lead."""
    return {
        "id": note.id,
        "entity_id": note.lead_id,
        "created_by": note.created_by,
        "updated_by": note.created_by,
        "created_at": note.created_at,
        "updated_at": note.updated_at,
        "responsible_user_id": note.created_by,
        "group_id": 0,
        "note_type": note.note_type,
        "params": dict(note.params),
        "account_id": catalog.account.id,
        "_links": _self(base, f"leads/{note.lead_id}/notes", note.id),
    }


def show_field(account: Account, field: Field, sort: int, base: str) -> Json:
    """A custom field of leads with its choices."""
    enums = [
        {"id": choice.id, "value": choice.value, "sort": index * 10, "code": None}
        for index, choice in enumerate(field.choices)
    ]
    return {
        "id": field.id,
        "name": field.name,
        "type": field.type.value,
        "account_id": account.id,
        "code": field.code,
        "sort": sort,
        "is_api_only": field.is_api_only,
        "enums": enums if field.type is FieldType.SELECT else None,
        "group_id": None,
        "required_statuses": [],
        "is_deletable": True,
        "is_predefined": False,
        "entity_type": "leads",
        "_links": _self(base, "leads/custom_fields", field.id),
    }


def show_pipeline(account: Account, pipeline: Pipeline, base: str) -> Json:
    """A pipeline with its stages."""
    return {
        "id": pipeline.id,
        "name": pipeline.name,
        "sort": 1,
        "is_main": pipeline.is_main,
        "is_unsorted_on": False,
        "is_archive": False,
        "account_id": account.id,
        "_links": _self(base, "leads/pipelines", pipeline.id),
        "_embedded": {
            "statuses": [
                _status(account, pipeline, status, index, base)
                for index, status in enumerate(pipeline.statuses)
            ]
        },
    }


def show_user(user: User, base: str) -> Json:
    """A user with the rights."""
    rights = {"is_admin": user.is_admin, "is_free": False, "is_active": True}
    return {
        "id": user.id,
        "name": user.name,
        "email": user.email,
        "lang": "ru",
        "rights": {**rights, "group_id": None, "role_id": None},
        "_links": _self(base, "users", user.id),
    }


def show_contact(account: Account, contact: Contact, base: str) -> Json:
    """A contact; the telephone is a custom field, None when there is none."""
    phone = {
        "field_id": 264911,
        "field_name": "Телефон",
        "field_code": "PHONE",
        "field_type": "multitext",
        "values": [{"value": contact.phone, "enum_id": 402711, "enum_code": "WORK"}],
    }
    first, _, last = contact.name.partition(" ")
    return {
        "id": contact.id,
        "name": contact.name,
        "first_name": first,
        "last_name": last,
        "responsible_user_id": contact.responsible_user_id,
        "group_id": 0,
        "created_by": contact.responsible_user_id,
        "updated_by": contact.responsible_user_id,
        "created_at": contact.created_at,
        "updated_at": contact.updated_at,
        "closest_task_at": None,
        "is_deleted": False,
        "custom_fields_values": [phone] if contact.phone else None,
        "account_id": account.id,
        "_links": _self(base, "contacts", contact.id),
        "_embedded": {"tags": [], "companies": []},
    }


def show_account(account: Account, base: str) -> Json:
    """The account."""
    return {
        "id": account.id,
        "name": account.name,
        "subdomain": account.subdomain,
        "current_user_id": account.admin_id,
        "country": "RU",
        "currency": "RUB",
        "currency_symbol": "₽",
        "customers_mode": "disabled",
        "is_unsorted_on": False,
        "is_loss_reason_enabled": False,
        "is_helpbot_enabled": False,
        "is_technical_account": False,
        "_links": {"self": {"href": f"{base}/api/v4/account"}},
    }


def tag_id(name: str) -> int:
    """A tag's id, the same for the same name."""
    return 100_000 + zlib.crc32(name.encode()) % 900_000


def _status(account: Account, pipeline: Pipeline, status: Status, index: int, base: str) -> Json:
    return {
        "id": status.id,
        "name": status.name,
        "sort": 10 * (index + 1),
        "is_editable": status.id not in {142, 143},
        "pipeline_id": pipeline.id,
        "color": status.color,
        "type": status.type,
        "account_id": account.id,
        "_links": _self(base, f"leads/pipelines/{pipeline.id}/statuses", status.id),
    }


def _self(base: str, path: str, thing_id: int) -> Json:
    return {"self": {"href": f"{base}/api/v4/{path}/{thing_id}"}}

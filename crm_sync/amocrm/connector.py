"""amoCRM as the product's CRM: deals are leads; facts in apis/amocrm 4–9."""

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from crm_sync.amocrm.client import AmoClient
from crm_sync.protocol import (
    CrmRefused,
    CrmUser,
    FieldValue,
    RemoteDeal,
    RemoteField,
    RemoteStage,
)

__all__ = ["AmoCrm"]

PAGE_ROWS = 250
PAGES_MAX = 1000
NOT_FOUND = 404
HOOK_IDS_MAX = 100
HOOK_DEAL_ID = re.compile(r"leads\[\w+\]\[\d+\]\[id\]")


class AmoCrm:
    """The `Crm` protocol over amoCRM's API v4."""

    def __init__(self, client: AmoClient) -> None:
        """The client is closed by whoever made it."""
        self._client = client

    @property
    def name(self) -> str:
        """The CRM's name in ids of deals."""
        return "amocrm"

    async def changed_since(self, instant: datetime | None) -> AsyncIterator[Sequence[RemoteDeal]]:
        """Pages of leads by `updated_at`, oldest change first."""
        query = {"with": "contacts", "order[updated_at]": "asc"}
        if instant is not None:
            query["filter[updated_at][from]"] = str(int(instant.timestamp()))
        async for page in self._pages("leads", query):
            yield [_deal(lead) for lead in page.get("leads", [])]

    async def deal(self, deal: str) -> RemoteDeal | None:
        """One lead, or None when it was deleted."""
        try:
            answer = await self._client.request("GET", f"leads/{deal}", {"with": "contacts"})
        except CrmRefused as refusal:
            if refusal.status == NOT_FOUND:
                return None
            raise
        return _deal(answer) if answer else None

    async def client_name(self, client: str) -> str:
        """The name of a contact; empty when it is gone."""
        answer = await self._client.request("GET", "contacts", {"filter[id][]": client})
        contacts = _embedded(answer).get("contacts", [])
        return str(contacts[0].get("name") or "") if contacts else ""

    async def users(self) -> Sequence[CrmUser]:
        """All users of the account."""
        return [
            CrmUser(str(user["id"]), str(user["name"]))
            async for page in self._pages("users", {})
            for user in page.get("users", [])
        ]

    async def fields(self) -> Sequence[RemoteField]:
        """All custom fields of leads."""
        return [
            RemoteField(
                str(one["id"]),
                str(one["name"]),
                {str(choice["id"]): str(choice["value"]) for choice in one.get("enums") or []},
            )
            async for page in self._pages("leads/custom_fields", {})
            for one in page.get("custom_fields", [])
        ]

    async def stages(self) -> Sequence[RemoteStage]:
        """All stages of all pipelines."""
        answer = await self._client.request("GET", "leads/pipelines")
        return [
            RemoteStage(str(pipeline["id"]), str(stage["id"]), str(stage["name"]))
            for pipeline in _embedded(answer).get("pipelines", [])
            for stage in _embedded(pipeline).get("statuses", [])
        ]

    async def notes(self, deal: str) -> Sequence[str]:
        """The texts of a lead's notes."""
        return [
            str((note.get("params") or {}).get("text") or "")
            async for page in self._pages(f"leads/{deal}/notes", {})
            for note in page.get("notes", [])
        ]

    async def add_note(self, deal: str, text: str) -> str:
        """Write a plain note; amoCRM only echoes `request_id`, it keeps no key."""
        body = [{"note_type": "common", "params": {"text": text}}]
        answer = await self._client.request("POST", f"leads/{deal}/notes", body=body)
        notes = _embedded(answer).get("notes", [])
        return str(notes[0]["id"]) if notes else ""

    async def change(
        self, deal: str, fields: Mapping[str, str], stage: tuple[str, str] | None
    ) -> None:
        """Set fields and stage in one call; the pipeline's id goes with every stage."""
        body: dict[str, Any] = {}
        if fields:
            body["custom_fields_values"] = [
                {"field_id": int(field), "values": [{"value": value}]}
                for field, value in fields.items()
            ]
        if stage is not None:
            body |= {"pipeline_id": int(stage[0]), "status_id": int(stage[1])}
        if body:
            await self._client.request("PATCH", f"leads/{deal}", body=body)

    def deals_of_webhook(self, body: str) -> Sequence[str]:
        """The lead ids of a bracketed form: `leads[status][0][id]=25399013`."""
        ids = [
            value
            for key, value in parse_qsl(body, keep_blank_values=True)
            if HOOK_DEAL_ID.fullmatch(key)
        ]
        return [one for one in dict.fromkeys(ids) if one.isdigit()][:HOOK_IDS_MAX]

    async def _pages(self, path: str, query: Mapping[str, str]) -> AsyncIterator[dict[str, Any]]:
        for page in range(1, PAGES_MAX + 1):
            asked = {**query, "page": str(page), "limit": str(PAGE_ROWS)}
            answer = await self._client.request("GET", path, asked)
            if answer is None:
                return
            yield _embedded(answer)
            if not (answer.get("_links") or {}).get("next"):
                return


def _embedded(answer: Any) -> dict[str, Any]:
    return (answer or {}).get("_embedded") or {}


def _deal(lead: Mapping[str, Any]) -> RemoteDeal:
    contacts = _embedded(lead).get("contacts") or []
    main = next((one for one in contacts if one.get("is_main")), contacts[0] if contacts else None)
    price = lead.get("price_with_minor_units")
    return RemoteDeal(
        id=str(lead["id"]),
        name=str(lead.get("name") or ""),
        price=_number(price if price is not None else lead.get("price")),
        pipeline=str(lead.get("pipeline_id")),
        stage=str(lead.get("status_id")),
        manager=str(lead.get("responsible_user_id")),
        updated_at=datetime.fromtimestamp(int(lead["updated_at"]), UTC),
        fields=_fields(lead.get("custom_fields_values") or []),
        client=str(main["id"]) if main else None,
        is_deleted=bool(lead.get("is_deleted")),
    )


def _fields(values: Sequence[Mapping[str, Any]]) -> dict[str, FieldValue]:
    result = {}
    for one in values:
        first = (one.get("values") or [{}])[0]
        if first.get("value") is not None:
            choice = first.get("enum_id")
            result[str(one["field_id"])] = FieldValue(
                _number(first["value"]), None if choice is None else str(choice)
            )
    return result


def _number(value: Any) -> str:
    """JSON numbers as people write them: 46333, 46333.5; never `46333.0` or an exponent."""
    if value is None:
        return ""
    text = str(value)
    return text.removesuffix(".0") if not isinstance(value, str) else text

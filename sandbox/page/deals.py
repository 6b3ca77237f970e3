"""The CRM for the page: the board of deals by stage, one deal with its history, changes.

GET  /api/deals                     stages with their latest deals
GET  /api/deals/25399013
POST /api/deals                     {"name", "client", "manager_id", "price", "status_id",
                                     "fields": {"427101": "15000"}}
POST /api/deals/25399013/move       {"status_id": 142}
POST /api/deals/25399013/fields     {"fields": {"427104": "5000"}}
"""

from decimal import Decimal

from aiohttp import web

from sandbox.amocrm.company import (
    CONTRACT_NUMBER_ID,
    PREPAYMENT_AMOUNT_ID,
    PREPAYMENT_METHOD_ID,
)
from sandbox.amocrm.people import FieldInput
from sandbox.amocrm.records import Field, FieldType, FieldValue, Lead, Note
from sandbox.amocrm.values import day_text, value_text
from sandbox.page.replies import Json, RefusedActError, read_object
from sandbox.page.sums import read_minor, show_minor
from sandbox.page.world import DemoWorld

__all__ = ["Deals"]

DEALS_PER_STAGE = 30
DAY_CHARS = 10
SERIES = "ДМ-"
_NUMBERS = {FieldType.NUMERIC, FieldType.MONETARY}


class Deals:
    """The handlers of `/api/deals`."""

    def __init__(self, world: DemoWorld) -> None:
        """They do what a colleague does in the CRM's own windows."""
        self._crm = world.sandbox.amocrm

    def routes(self) -> list[web.RouteDef]:
        """Every path of the CRM."""
        return [
            web.get("/api/deals", self._board),
            web.post("/api/deals", self._add),
            web.get(r"/api/deals/{id:\d+}", self._one),
            web.post(r"/api/deals/{id:\d+}/move", self._move),
            web.post(r"/api/deals/{id:\d+}/fields", self._set_fields),
        ]

    def catalog(self) -> Json:
        """Managers, stages and fields with the places that the page's form gives them."""
        pipeline = next(one for one in self._crm.pipelines if one.is_main)
        return {
            "managers": [
                {"id": user.id, "name": user.name} for user in self._crm.users if not user.is_admin
            ],
            "stages": [
                {"id": status.id, "name": status.name, "color": status.color}
                for status in pipeline.statuses
            ],
            "fields": [
                {
                    "id": field.id,
                    "name": field.name,
                    "type": field.type.value,
                    "choices": [choice.value for choice in field.choices],
                }
                for field in self._crm.fields
            ],
        }

    async def _board(self, _request: web.Request) -> web.Response:
        pipeline = next(one for one in self._crm.pipelines if one.is_main)
        stages = []
        for status in pipeline.statuses:
            leads = [lead for lead in self._crm.leads if lead.status_id == status.id]
            # Ids break the tie: the CRM counts in whole seconds.
            leads.sort(key=lambda lead: (lead.updated_at, lead.id), reverse=True)
            total = sum(lead.price_minor for lead in leads)
            stages.append(
                {
                    "id": status.id,
                    "name": status.name,
                    "color": status.color,
                    "count": len(leads),
                    "total": show_minor(total),
                    "deals": [self._card(lead) for lead in leads[:DEALS_PER_STAGE]],
                }
            )
        return web.json_response({"stages": stages, "next_contract": self._next_contract()})

    async def _one(self, request: web.Request) -> web.Response:
        return web.json_response(self._deal(int(request.match_info["id"])))

    async def _add(self, request: web.Request) -> web.Response:
        body = await read_object(request)
        name = str(body["name"]).strip()
        if not name:
            raise RefusedActError("Назовите сделку", 400)
        client = str(body.get("client") or "").strip()
        fields = {key: value for key, value in self._typed(body).items() if value is not None}
        price = Decimal(show_minor(read_minor(body.get("price") or 0)))
        contacts = [self._crm.add_contact(client)] if client else []
        manager_id = int(body["manager_id"])
        lead_id = self._crm.add_lead(
            name,
            responsible_user_id=manager_id,
            price=price,
            fields=fields,
            contact_ids=contacts,
        )
        status_id = int(body.get("status_id") or self._crm.lead(lead_id).status_id)
        if status_id != self._crm.lead(lead_id).status_id:
            self._crm.move(lead_id, status_id, by=manager_id)
        return web.json_response(self._deal(lead_id))

    async def _move(self, request: web.Request) -> web.Response:
        lead_id = int(request.match_info["id"])
        self._crm.move(lead_id, int((await read_object(request))["status_id"]))
        return web.json_response(self._deal(lead_id))

    async def _set_fields(self, request: web.Request) -> web.Response:
        lead_id = int(request.match_info["id"])
        self._crm.set_fields(lead_id, self._typed(await read_object(request)))
        return web.json_response(self._deal(lead_id))

    def _next_contract(self) -> str:
        """A number that no deal has: the page's own series, so that nobody else's is taken."""
        written = [str(lead.values.get(CONTRACT_NUMBER_ID, "")) for lead in self._crm.leads]
        own = [one.removeprefix(SERIES) for one in written if one.startswith(SERIES)]
        last = max((int(one) for one in own if one.isdecimal()), default=0)
        return f"{SERIES}{last + 1:04d}"

    def _typed(self, body: Json) -> dict[int, FieldInput]:
        known = {field.id: field for field in self._crm.fields}
        given = {int(key): str(value or "").strip() for key, value in body["fields"].items()}
        return {key: _input(known[key], text) for key, text in given.items()}

    def _card(self, lead: Lead) -> Json:
        manager = self._crm.crm.catalog.user(lead.responsible_user_id)
        contacts = self._crm.crm.contacts
        return {
            "id": lead.id,
            "name": lead.name,
            "price": show_minor(lead.price_minor),
            "status_id": lead.status_id,
            "manager": "" if manager is None else manager.name,
            "client": ", ".join(contacts[one].name for one in lead.contact_ids),
            "contract": self._text(CONTRACT_NUMBER_ID, lead),
            "prepayment": self._text(PREPAYMENT_AMOUNT_ID, lead),
            "method": self._text(PREPAYMENT_METHOD_ID, lead),
            "updated_at": lead.updated_at,
        }

    def _deal(self, lead_id: int) -> Json:
        lead = self._crm.lead(lead_id)
        return {
            **self._card(lead),
            "created_at": lead.created_at,
            "fields": [
                {"id": field.id, "name": field.name, "value": self._text(field.id, lead)}
                for field in self._crm.fields
            ],
            "notes": [self._note(note) for note in reversed(self._crm.notes(lead_id))],
        }

    def _note(self, note: Note) -> Json:
        author = self._crm.crm.catalog.user(note.created_by)
        return {
            "id": note.id,
            "text": note.params.get("text", ""),
            "created_at": note.created_at,
            "author": "Робот" if author is None else author.name,
        }

    def _text(self, field_id: int, lead: Lead) -> str:
        value: FieldValue | None = lead.values.get(field_id)
        field = self._crm.crm.catalog.field(field_id)
        if value is None or field is None:
            return ""
        if field.type is FieldType.DATE:
            return day_text(int(value), self._crm.crm.catalog.account.zone)[:DAY_CHARS]
        return value_text(field, value)


def _input(field: Field, text: str) -> FieldInput:
    if not text:
        return None
    return Decimal(show_minor(read_minor(text))) if field.type in _NUMBERS else text

"""The people's side over HTTP, for a demo page and for other processes: `/_people/…`, plain JSON.

    GET    /_people/leads                    every deal with stage, manager, fields, history
    GET    /_people/leads/25399013
    POST   /_people/leads                    {"name", "responsible_user_id", "price", "fields"}
    POST   /_people/leads/25399013/fields    {"fields": {"427101": 15000, "427103": "2026-03-01"}}
    POST   /_people/leads/25399013/price     {"price": 20159}
    POST   /_people/leads/25399013/move      {"status_id": 142}
    POST   /_people/leads/25399013/reassign  {"user_id": 10200003}
    POST   /_people/leads/25399013/notes     {"text": "…"}
    DELETE /_people/leads/25399013
    POST   /_people/contacts                 {"name", "phone"}
    GET    /_people/company                  users, pipelines, fields with their ids
    POST   /_people/settle                   waits until no webhook is on its way
    POST   /_people/revoke                   takes the tokens away

404 names the thing that is not there, 400 the value that a field does not take.
"""

import json
from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Any

from aiohttp import web

from sandbox.amocrm.gate import Gate
from sandbox.amocrm.hooks import Hooks
from sandbox.amocrm.people import FieldInput, People, UnknownThingError
from sandbox.amocrm.records import Field, FieldType, FieldValue, Lead
from sandbox.amocrm.values import BadField, day_text, value_text

__all__ = ["PeopleHttp"]

Json = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class PeopleHttp:
    """The handlers of `/_people`."""

    def __init__(self, people: People, hooks: Hooks, gate: Gate) -> None:
        """They work on the account the API shows."""
        self._people = people
        self._hooks = hooks
        self._gate = gate

    def routes(self) -> list[web.RouteDef]:
        """Every path of the people's side."""
        one = r"leads/{id:\d+}"
        handlers: dict[str, Handler] = {
            "GET leads": self._leads,
            "POST leads": self._add_lead,
            f"GET {one}": self._lead,
            f"DELETE {one}": self._delete,
            f"POST {one}/fields": self._set_fields,
            f"POST {one}/price": self._set_price,
            f"POST {one}/move": self._move,
            f"POST {one}/reassign": self._reassign,
            f"POST {one}/notes": self._add_note,
            "POST contacts": self._add_contact,
            "GET company": self._company,
            "POST settle": self._settle,
            "POST revoke": self._revoke,
        }
        return [
            web.route(name.split()[0], f"/_people/{name.split()[1]}", _guarded(handler))
            for name, handler in handlers.items()
        ]

    async def _leads(self, _request: web.Request) -> web.Response:
        return web.json_response({"leads": [self._show(lead) for lead in self._people.leads]})

    async def _lead(self, request: web.Request) -> web.Response:
        return self._answer(_id(request))

    async def _add_lead(self, request: web.Request) -> web.Response:
        body = await _body(request)
        lead_id = self._people.add_lead(
            body["name"],
            responsible_user_id=body["responsible_user_id"],
            price=body.get("price", 0),
            fields=_fields(body),
            contact_ids=body.get("contact_ids", ()),
        )
        return self._answer(lead_id)

    async def _delete(self, request: web.Request) -> web.Response:
        self._people.delete(_id(request))
        return web.json_response({})

    async def _set_fields(self, request: web.Request) -> web.Response:
        body = await _body(request)
        self._people.set_fields(_id(request), _fields(body), by=body.get("by"))
        return self._answer(_id(request))

    async def _set_price(self, request: web.Request) -> web.Response:
        body = await _body(request)
        self._people.set_price(_id(request), body["price"], by=body.get("by"))
        return self._answer(_id(request))

    async def _move(self, request: web.Request) -> web.Response:
        body = await _body(request)
        self._people.move(_id(request), body["status_id"], by=body.get("by"))
        return self._answer(_id(request))

    async def _reassign(self, request: web.Request) -> web.Response:
        body = await _body(request)
        self._people.reassign(_id(request), body["user_id"], by=body.get("by"))
        return self._answer(_id(request))

    async def _add_note(self, request: web.Request) -> web.Response:
        body = await _body(request)
        self._people.add_note(_id(request), body["text"], by=body.get("by"))
        return self._answer(_id(request))

    async def _add_contact(self, request: web.Request) -> web.Response:
        body = await _body(request)
        return web.json_response(
            {"id": self._people.add_contact(body["name"], body.get("phone", ""))}
        )

    async def _company(self, _request: web.Request) -> web.Response:
        people = self._people
        return web.json_response(
            {
                "users": [{"id": user.id, "name": user.name} for user in people.users],
                "pipelines": [
                    {
                        "id": pipeline.id,
                        "name": pipeline.name,
                        "stages": [{"id": s.id, "name": s.name} for s in pipeline.statuses],
                    }
                    for pipeline in people.pipelines
                ],
                "fields": [
                    {
                        "id": field.id,
                        "name": field.name,
                        "type": field.type.value,
                        "choices": [choice.value for choice in field.choices],
                    }
                    for field in people.fields
                ],
                "contacts": [{"id": one.id, "name": one.name} for one in people.contacts],
            }
        )

    async def _settle(self, _request: web.Request) -> web.Response:
        await self._hooks.settle()
        waiting, dropped = len(self._hooks.waiting), len(self._hooks.dropped)
        return web.json_response({"waiting": waiting, "dropped": dropped})

    async def _revoke(self, _request: web.Request) -> web.Response:
        self._gate.revoke()
        return web.json_response({})

    def _answer(self, lead_id: int) -> web.Response:
        return web.json_response(self._show(self._people.lead(lead_id)))

    def _show(self, lead: Lead) -> Json:
        catalog = self._people.crm.catalog
        stage, manager = catalog.stage(lead), catalog.user(lead.responsible_user_id)
        contacts = self._people.crm.contacts
        return {
            "id": lead.id,
            "name": lead.name,
            "price": f"{lead.price_minor // 100}.{lead.price_minor % 100:02d}",
            "pipeline_id": lead.pipeline_id,
            "status_id": lead.status_id,
            "stage": "" if stage is None else stage.name,
            "responsible_user_id": lead.responsible_user_id,
            "manager": "" if manager is None else manager.name,
            "updated_at": lead.updated_at,
            "contacts": [contacts[one].name for one in lead.contact_ids],
            "fields": [
                {"id": field.id, "name": field.name, "value": self._text(field, lead.values)}
                for field in catalog.fields
            ],
            "notes": [
                {
                    "id": note.id,
                    "type": note.note_type,
                    "text": note.params.get("text", ""),
                    "created_at": note.created_at,
                    "created_by": note.created_by,
                }
                for note in self._people.notes(lead.id)
            ],
        }

    def _text(self, field: Field, values: Any) -> str | None:
        value: FieldValue | None = values.get(field.id)
        if value is None:
            return None
        if field.type is FieldType.DATE:
            return day_text(int(value), self._people.crm.catalog.account.zone)
        return value_text(field, value)


def _guarded(handler: Handler) -> Handler:
    async def guarded(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except UnknownThingError as error:
            return web.json_response({"error": str(error)}, status=404)
        except BadField as error:
            return web.json_response({"error": str(error)}, status=400)
        except (ArithmeticError, KeyError, TypeError, ValueError) as error:
            return web.json_response({"error": f"unusable body: {error!r}"}, status=400)

    return guarded


def _id(request: web.Request) -> int:
    return int(request.match_info["id"])


async def _body(request: web.Request) -> Json:
    body = json.loads(await request.text(), parse_float=Decimal)
    if not isinstance(body, dict):
        raise TypeError("an object is expected")
    return body


def _fields(body: Json) -> dict[int, FieldInput]:
    return {int(key): value for key, value in body.get("fields", {}).items()}

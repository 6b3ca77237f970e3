"""The API's paths: `/api/v4/…` and `/oauth2/access_token`.

What the stand-in does not model answers 501, never a silent success.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from sandbox.amocrm import show
from sandbox.amocrm.crm import Crm, NewNote
from sandbox.amocrm.gate import Gate
from sandbox.amocrm.hooks import HOOK_SETTINGS, HOOKS_MAX, Hook, Hooks
from sandbox.amocrm.query import BadQueryError, ids_filter, read_lead_query, read_page
from sandbox.amocrm.records import Lead, Note
from sandbox.amocrm.replies import (
    BadJsonError,
    base_url,
    hal,
    hal_list,
    no_content,
    problem,
    read_json,
    validation_failed,
)
from sandbox.amocrm.values import Problem
from sandbox.amocrm.writing import (
    LEADS_PER_WRITE_MAX,
    LeadWrite,
    NotModelledError,
    read_lead_change,
    read_note,
)

__all__ = ["Api"]

Json = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Api:
    """The handlers of the API over one account."""

    def __init__(self, crm: Crm, hooks: Hooks, gate: Gate) -> None:
        """Handlers share the account, its webhooks and its gate."""
        self._crm = crm
        self._hooks = hooks
        self._gate = gate

    def routes(self) -> list[web.RouteDef]:
        """Every path; the last one catches what is not modelled."""
        handlers: dict[str, Handler] = {
            "GET leads": self._leads,
            "PATCH leads": self._patch_leads,
            "GET leads/custom_fields": self._fields,
            "GET leads/pipelines": self._pipelines,
            "POST leads/notes": self._post_notes,
            "GET leads/notes": self._all_notes,
            "GET leads/{id:[0-9]+}": self._lead,
            "PATCH leads/{id:[0-9]+}": self._patch_lead,
            "GET leads/{id:[0-9]+}/notes": self._notes,
            "POST leads/{id:[0-9]+}/notes": self._post_lead_notes,
            "GET users": self._users,
            "GET users/{id:[0-9]+}": self._user,
            "GET contacts": self._contacts,
            "GET contacts/{id:[0-9]+}": self._contact,
            "GET account": self._account,
            "GET webhooks": self._list_hooks,
            "POST webhooks": self._post_hook,
            "DELETE webhooks": self._delete_hook,
            "* {path:.*}": _not_modelled,
        }
        routes = [
            web.route(name.split()[0], f"/api/v4/{name.split()[1]}", _guarded(handler))
            for name, handler in handlers.items()
        ]
        return [web.post("/oauth2/access_token", _guarded(self._token)), *routes]

    async def _token(self, request: web.Request) -> web.Response:
        body = await read_json(request)
        answer = self._gate.exchange(body if isinstance(body, dict) else {})
        if isinstance(answer, str):
            return problem(400, "Некорректный запрос", "Bad Request", hint=answer)
        return web.json_response(answer)

    async def _leads(self, request: web.Request) -> web.Response:
        query = read_lead_query(request.query)
        leads = query.select(self._crm.leads.values())
        shown = [self._show(request, lead, query.extras) for lead in leads]
        return hal_list(request, "leads", shown, query.page)

    async def _lead(self, request: web.Request) -> web.Response:
        lead = self._crm.leads.get(int(request.match_info["id"]))
        if lead is None or lead.is_deleted:
            return no_content()
        extras = frozenset(request.query.get("with", "").split(","))
        return hal(self._show(request, lead, extras))

    async def _patch_lead(self, request: web.Request) -> web.Response:
        body = await read_json(request)
        if not isinstance(body, dict):
            return problem(400, "Bad Request", "The body is an object.")
        lead_id = int(request.match_info["id"])
        lead = self._crm.leads.get(lead_id)
        if lead is None or lead.is_deleted:
            return problem(404, "Not Found", "Entity not found")
        read = read_lead_change(self._crm, lead_id, body, self._caller)
        if not isinstance(read, LeadWrite):
            return validation_failed({str(body.get("request_id", "0")): read})
        return hal(self._written(request, read))

    async def _patch_leads(self, request: web.Request) -> web.Response:
        bodies = _objects(await read_json(request))
        if bodies is None:
            return problem(400, "Bad Request", "The body is an array of 1 to 250 objects.")
        writes: list[LeadWrite] = []
        refused: dict[str, list[Problem]] = {}
        for index, body in enumerate(bodies):
            lead_id = body.get("id")
            known = lead_id if isinstance(lead_id, int) else 0
            read = read_lead_change(self._crm, known, body, self._caller)
            if isinstance(read, LeadWrite):
                writes.append(read)
            else:
                refused[str(body.get("request_id", index))] = read
        if refused:
            return validation_failed(refused)
        written = [self._written(request, write) for write in writes]
        return hal({"_links": _self(request), "_embedded": {"leads": written}})

    async def _fields(self, request: web.Request) -> web.Response:
        wanted = {v for k, v in request.query.items() if k.startswith("filter[type]")}
        account, base = self._crm.catalog.account, base_url(request)
        shown = [
            show.show_field(account, field, sort, base)
            for sort, field in enumerate(self._crm.catalog.fields)
            if not wanted or field.type.value in wanted
        ]
        page = read_page(request.query)
        return hal_list(request, "custom_fields", shown, page, counted=True)

    async def _pipelines(self, request: web.Request) -> web.Response:
        catalog, base = self._crm.catalog, base_url(request)
        shown = [show.show_pipeline(catalog.account, one, base) for one in catalog.pipelines]
        return hal(
            {
                "_total_items": len(shown),
                "_links": _self(request),
                "_embedded": {"pipelines": shown},
            }
        )

    async def _notes(self, request: web.Request) -> web.Response:
        lead_id = int(request.match_info["id"])
        return self._note_list(request, self._crm.notes_of(lead_id))

    async def _all_notes(self, request: web.Request) -> web.Response:
        wanted = ids_filter(request.query, "entity_id")
        notes = [
            note for note in self._crm.notes.values() if not wanted or str(note.lead_id) in wanted
        ]
        return self._note_list(request, notes)

    async def _post_lead_notes(self, request: web.Request) -> web.Response:
        lead_id = int(request.match_info["id"])
        body = await read_json(request)
        bodies = _objects(body)
        if bodies is None:
            return problem(400, "Bad Request", "The body is an array of 1 to 250 objects.")
        return self._write_notes(request, [{**one, "entity_id": lead_id} for one in bodies])

    async def _post_notes(self, request: web.Request) -> web.Response:
        bodies = _objects(await read_json(request))
        if bodies is None:
            return problem(400, "Bad Request", "The body is an array of 1 to 250 objects.")
        return self._write_notes(request, bodies)

    async def _users(self, request: web.Request) -> web.Response:
        shown = [show.show_user(user, base_url(request)) for user in self._crm.catalog.users]
        return hal_list(request, "users", shown, read_page(request.query), counted=True)

    async def _user(self, request: web.Request) -> web.Response:
        user = self._crm.catalog.user(int(request.match_info["id"]))
        if user is None:
            return problem(404, "Not Found", "Entity not found")
        return hal(show.show_user(user, base_url(request)))

    async def _contacts(self, request: web.Request) -> web.Response:
        wanted = ids_filter(request.query, "id")
        shown = [
            show.show_contact(self._crm.catalog.account, contact, base_url(request))
            for contact in self._crm.contacts.values()
            if not wanted or str(contact.id) in wanted
        ]
        return hal_list(request, "contacts", shown, read_page(request.query))

    async def _contact(self, request: web.Request) -> web.Response:
        contact = self._crm.contacts.get(int(request.match_info["id"]))
        if contact is None:
            return no_content()
        return hal(show.show_contact(self._crm.catalog.account, contact, base_url(request)))

    async def _account(self, request: web.Request) -> web.Response:
        return hal(show.show_account(self._crm.catalog.account, base_url(request)))

    async def _list_hooks(self, request: web.Request) -> web.Response:
        wanted = ids_filter(request.query, "destination")
        shown = [
            self._show_hook(hook)
            for hook in self._hooks.subscriptions.values()
            if not wanted or hook.destination in wanted
        ]
        return hal_list(request, "webhooks", shown, read_page(request.query), counted=True)

    async def _post_hook(self, request: web.Request) -> web.Response:
        body = await read_json(request)
        asked = body if isinstance(body, dict) else {}
        problems = _hook_problems(asked, self._hooks)
        if problems:
            return validation_failed({"0": problems})
        hook = self._hooks.subscribe(asked["destination"], asked["settings"])
        return hal(self._show_hook(hook), status=201)

    async def _delete_hook(self, request: web.Request) -> web.Response:
        body = await read_json(request)
        destination = body.get("destination") if isinstance(body, dict) else None
        if not isinstance(destination, str) or not self._hooks.unsubscribe(destination):
            return problem(404, "Not Found", "Webhook not found")
        return no_content()

    @property
    def _caller(self) -> int:
        return self._crm.catalog.account.admin_id

    def _show(self, request: web.Request, lead: Lead, extras: frozenset[str]) -> Json:
        return show.show_lead(
            self._crm.catalog, lead, base_url(request), with_contacts="contacts" in extras
        )

    def _written(self, request: web.Request, write: LeadWrite) -> Json:
        lead = self._crm.change(write.lead_id, write.change, write.by)
        echo = {} if write.request_id is None else {"request_id": write.request_id}
        link = {"self": {"href": f"{base_url(request)}/api/v4/leads/{lead.id}"}}
        return {"id": lead.id, "updated_at": lead.updated_at, **echo, "_links": link}

    def _write_notes(self, request: web.Request, bodies: Sequence[Json]) -> web.Response:
        news: list[NewNote] = []
        refused: dict[str, list[Problem]] = {}
        for index, body in enumerate(bodies):
            lead = self._crm.leads.get(body.get("entity_id", 0))
            if lead is None or lead.is_deleted:
                return problem(404, "Not Found", "Entity not found")
            read = read_note(self._crm, lead.id, body, self._caller)
            if isinstance(read, NewNote):
                news.append(read)
            else:
                refused[str(body.get("request_id", index))] = read
        if refused:
            return validation_failed(refused)
        written = [
            {
                "id": note.id,
                "entity_id": note.lead_id,
                "request_id": str(body.get("request_id", index)),
                "_links": show.show_note(self._crm.catalog, note, base_url(request))["_links"],
            }
            for index, (body, note) in enumerate(
                zip(bodies, map(self._crm.add_note, news), strict=True)
            )
        ]
        return hal({"_links": _self(request), "_embedded": {"notes": written}})

    def _note_list(self, request: web.Request, notes: Sequence[Note]) -> web.Response:
        types = ids_filter(request.query, "note_type")
        newest_first = "desc" in {v for k, v in request.query.items() if k.startswith("order[")}
        chosen = [note for note in notes if not types or note.note_type in types]
        chosen.sort(key=lambda note: (note.updated_at, note.id), reverse=newest_first)
        shown = [show.show_note(self._crm.catalog, n, base_url(request)) for n in chosen]
        return hal_list(request, "notes", shown, read_page(request.query))

    def _show_hook(self, hook: Hook) -> Json:
        account = self._crm.catalog.account
        return {
            "id": hook.id,
            "destination": hook.destination,
            "created_at": hook.created_at,
            "updated_at": hook.updated_at,
            "account_id": account.id,
            "created_by": account.admin_id,
            "sort": hook.id,
            "disabled": hook.disabled,
            "settings": list(hook.settings),
        }


def _guarded(handler: Handler) -> Handler:
    async def guarded(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except BadQueryError as error:
            return problem(400, "Bad Request", f"Bad value of {error.key}")
        except BadJsonError:
            return problem(400, "Bad Request", "The body is not valid JSON.")
        except NotModelledError as error:
            return problem(501, "Not Implemented", str(error))

    return guarded


async def _not_modelled(request: web.Request) -> web.StreamResponse:
    raise NotModelledError(f"{request.method} {request.path}")


def _self(request: web.Request) -> Json:
    return {"self": {"href": str(request.url)}}


def _objects(body: object) -> list[Json] | None:
    if not isinstance(body, list) or not 0 < len(body) <= LEADS_PER_WRITE_MAX:
        return None
    return body if all(isinstance(one, dict) for one in body) else None


def _hook_problems(body: Mapping[str, object], hooks: Hooks) -> list[Problem]:
    destination, settings = body.get("destination"), body.get("settings")
    problems = []
    parts = urlsplit(destination) if isinstance(destination, str) else None
    if parts is None or parts.scheme not in {"http", "https"} or not parts.netloc:
        problems.append(Problem("InvalidUrl", "destination", "This value is not a valid URL."))
    asked = settings if isinstance(settings, list) else []
    if not asked or not all(one in HOOK_SETTINGS for one in asked):
        problems.append(
            Problem("NotSupportedChoice", "settings", "One or more of the values is invalid.")
        )
    if len(hooks.subscriptions) >= HOOKS_MAX and destination not in hooks.subscriptions:
        problems.append(Problem("TooMany", "destination", "The account has 100 webhooks."))
    return problems

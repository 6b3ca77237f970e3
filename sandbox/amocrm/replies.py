"""Answers as amoCRM words them: HAL pages, problems, refusals."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from aiohttp import web

from sandbox.amocrm.query import Page
from sandbox.amocrm.values import Problem
from sandbox.faults import FaultReplies

__all__ = [
    "BadJsonError",
    "amocrm_fault_replies",
    "base_url",
    "blocked",
    "hal",
    "hal_list",
    "no_content",
    "problem",
    "read_json",
    "too_many",
    "unauthorized",
    "validation_failed",
]

Json = dict[str, Any]


class BadJsonError(ValueError):
    """The body is no JSON."""


def hal(body: Json, status: int = 200) -> web.Response:
    """A `application/hal+json` answer."""
    return web.json_response(body, status=status, content_type="application/hal+json")


def no_content() -> web.Response:
    """204: nothing found; there is no body to parse."""
    return web.Response(status=204)


def hal_list(
    request: web.Request, name: str, items: Sequence[Json], page: Page, *, counted: bool = False
) -> web.Response:
    """A page of a list; 204 when it is empty. `counted` adds the totals some lists carry."""
    shown, more = page.cut(list(items))
    if not shown:
        return no_content()
    links = {"self": {"href": _page_url(request, page)}}
    if more:
        links["next"] = {"href": _page_url(request, Page(page.number + 1, page.limit))}
    totals = (
        {"_total_items": len(items), "_page_count": -(-len(items) // page.limit)}
        if counted
        else {}
    )
    body = {"_page": page.number, **totals, "_links": links, "_embedded": {name: shown}}
    return hal(body)


def problem(status: int, title: str, detail: str, **more: object) -> web.Response:
    """An `application/problem+json` answer."""
    body = {
        "title": title,
        "type": f"https://httpstatus.es/{status}",
        "status": status,
        "detail": detail,
        **more,
    }
    return web.json_response(body, status=status, content_type="application/problem+json")


def validation_failed(refused: Mapping[str, Sequence[Problem]]) -> web.Response:
    """400 with the problems of each refused object, by its request id."""
    errors = [
        {
            "request_id": request_id,
            "errors": [
                {"code": one.code, "path": one.path, "detail": one.detail} for one in problems
            ],
        }
        for request_id, problems in refused.items()
    ]
    return problem(
        400, "Bad Request", "Request validation failed", **{"validation-errors": errors}
    )


def unauthorized() -> web.Response:
    """401: the token is unknown, expired or revoked."""
    return problem(401, "Unauthorized", "Token is invalid, revoked or expired")


def too_many() -> web.Response:
    """429; not JSON and without `Retry-After`, since neither is promised."""
    return web.Response(status=429, text="429 Too Many Requests", content_type="text/html")


def blocked() -> web.Response:
    """403 with a page, after the limit was ignored for too long."""
    page = "<html><head><title>403 Forbidden</title></head><body>403 Forbidden</body></html>"
    return web.Response(status=403, text=page, content_type="text/html")


def amocrm_fault_replies() -> FaultReplies:
    """How this system words faults on demand."""
    return FaultReplies(
        too_many=too_many,
        server_error=lambda: problem(504, "Gateway Time-out", "Request is too heavy"),
    )


def base_url(request: web.Request) -> str:
    """The account's host as the caller knows it."""
    return str(request.url.origin())


async def read_json(request: web.Request) -> object:
    """The body with exact decimals; raises `BadJsonError`."""
    try:
        return json.loads(await request.text(), parse_float=Decimal)
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise BadJsonError from None


def _page_url(request: web.Request, page: Page) -> str:
    return str(request.url.update_query(page=str(page.number), limit=str(page.limit)))

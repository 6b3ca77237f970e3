"""Runs a `batchUpdate`: each request in order on a copy of nothing; all or nothing is kept outside."""

from sandbox.google_sheets.batch import (
    cells,
    filters,
    groups,
    lines,
    moves,
    objects,
    pastes,
    shapes,
    tabs,
)
from sandbox.google_sheets.batch.work import Handler, Work, shown_range
from sandbox.google_sheets.errors import ApiError, NotModelledError, invalid
from sandbox.google_sheets.model import Json

__all__ = ["KINDS", "run_batch"]

KINDS: dict[str, Handler] = {
    **tabs.KINDS,
    **cells.KINDS,
    **lines.KINDS,
    **groups.KINDS,
    **filters.KINDS,
    **moves.KINDS,
    **pastes.KINDS,
    **objects.KINDS,
    **shapes.KINDS,
}


def run_batch(work: Work, body: Json) -> list[Json]:
    """The replies, one a request; raises Google's refusal with the place of the request."""
    requests = body.get("requests") or []
    if not requests:
        raise invalid("Must specify at least one request.")
    return [_run(work, index, request) for index, request in enumerate(requests)]


def _run(work: Work, index: int, request: Json) -> Json:
    kind = next((name for name, value in request.items() if value is not None), None)
    if kind is None:
        raise invalid(f"Invalid requests[{index}]: No request set.")
    handler = KINDS.get(kind)
    if handler is None:
        raise NotModelledError(f"request kind {kind}")
    try:
        reply = handler(work, request[kind])
    except ApiError as error:
        text = f"Invalid requests[{index}].{kind}: {error.message}"
        raise ApiError(error.status, text) from error
    work.book.touch()
    result: Json = shown_range(reply)
    return result

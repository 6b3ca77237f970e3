"""Reads the present state of the spreadsheet: a few `spreadsheets.get`, paged, each one bounded."""

from collections.abc import Mapping
from typing import Any

from sheets.checking import CELL_FIELDS, Found, Grid, read_grids
from sheets.formulas import a1
from sheets.installing import STATE_FIELDS, State, read_state
from sheets.model import Book, Tab
from sheets.problems import Problem
from sheets.service_tab import MARKER_COLUMN
from sheets.transport import Reply, SheetsTransport

__all__ = ["read_area", "read_spreadsheet"]

MARKER_ROWS = 5
_NOTHING = Found()


async def read_spreadsheet(transport: SheetsTransport, book: Book) -> State | Problem:
    """Tabs, protections and formats, and the marker when there is one."""
    reply = await transport.get(STATE_FIELDS)
    if not isinstance(reply, Reply):
        return reply
    state = read_state(reply.body)
    service = book.by_key["service"]
    if service.id not in state.tabs:
        return state
    grid = await read_area(transport, service, state.tabs[service.id].title, 0, MARKER_ROWS)
    if not isinstance(grid, Mapping):
        return grid
    return read_state(reply.body, _marker(grid))


async def read_area(
    transport: SheetsTransport, tab: Tab, title: str, first: int, rows: int
) -> Grid | Problem:
    """The cells of some rows of a tab; `title` is what it is called now."""
    quoted = title.replace("'", "''")
    corner = a1(first + rows - 1, tab.columns - 1)
    reply = await transport.get(CELL_FIELDS, (f"'{quoted}'!{a1(first, 0)}:{corner}",))
    if not isinstance(reply, Reply):
        return reply
    return read_grids(reply.body).get(tab.id, {})


def _marker(grid: Grid) -> list[Any]:
    return [grid.get((row, MARKER_COLUMN), _NOTHING).entered for row in range(MARKER_ROWS)]

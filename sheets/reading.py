"""Reads the present state of the spreadsheet: a few `spreadsheets.get`, paged, each one bounded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sheets.check.checking import CELL_FIELDS, Found, Grid, read_grids
from sheets.formulas import a1
from sheets.installing import STATE_FIELDS, State, read_state
from sheets.model import Book, Tab
from sheets.problems import Problem
from sheets.tabs.service_tab import MARKER_COLUMN
from sheets.transport import Reply, SheetsTransport

__all__ = ["RowsOf", "read_areas", "read_spreadsheet"]

MARKER_ROWS = 6
_NOTHING = Found()


@dataclass(frozen=True, slots=True)
class RowsOf:
    """Some rows of a tab, from `first` (zero) on; `title` is what the tab is called now."""

    tab: Tab
    title: str
    first: int
    rows: int

    @property
    def text(self) -> str:
        """The range in A1 notation."""
        quoted = self.title.replace("'", "''")
        last = a1(self.first + self.rows - 1, self.tab.columns - 1)
        return f"'{quoted}'!{a1(self.first, 0)}:{last}"


async def read_spreadsheet(transport: SheetsTransport, book: Book) -> State | Problem:
    """Tabs, protections and formats, and the marker when there is one."""
    reply = await transport.get(STATE_FIELDS)
    if not isinstance(reply, Reply):
        return reply
    state = read_state(reply.body)
    service = book.by_key["service"]
    if service.id not in state.tabs:
        return state
    area = RowsOf(service, state.tabs[service.id].title, 0, MARKER_ROWS)
    grids = await read_areas(transport, [area])
    if not isinstance(grids, dict):
        return grids
    return read_state(reply.body, _marker(grids.get(service.id, {})))


async def read_areas(
    transport: SheetsTransport, areas: Sequence[RowsOf]
) -> dict[int, Grid] | Problem:
    """The cells of some rows of several tabs in one call, by the id of the tab."""
    reply = await transport.get(CELL_FIELDS, tuple(area.text for area in areas))
    return read_grids(reply.body) if isinstance(reply, Reply) else reply


def _marker(grid: Grid) -> list[Any]:
    return [grid.get((row, MARKER_COLUMN), _NOTHING).entered for row in range(MARKER_ROWS)]

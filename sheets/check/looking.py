"""One look at everything: the books, the workbook that they make, and the spreadsheet as it is.

A few calls of `spreadsheets.get`, each bounded. Report tabs are read with their number formats and
drop-downs; of a long tab these are read for the first rows only, they are the same all the way down.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sheets.books_rows import BookRows
from sheets.check.beside import Beside, read_beside
from sheets.check.checking import Grid, read_grids
from sheets.facts import BookFacts, read_facts
from sheets.following import awaited
from sheets.formulas import a1
from sheets.installing import State
from sheets.model import Book
from sheets.problems import Problem
from sheets.transport import Reply
from sheets.writer import SheetChannel

__all__ = ["FORMATTED_ROWS", "Seen", "TabLook", "look"]

_VALUES = "userEnteredValue,effectiveValue,note"
_LOOKS = "dataValidation(condition),userEnteredFormat(numberFormat,textFormat(bold))"
_LINES = "rowMetadata(hiddenByUser),columnMetadata(hiddenByUser)"
# So many rows of a long tab speak for the formats of its columns.
FORMATTED_ROWS = 3
# How many rows of a long tab one call reads: rows of _движения are a quarter as wide.
_LONG = {"journal": 1000, "moves": 4000, "monthly": 4000}


@dataclass(frozen=True, slots=True)
class TabLook:
    """What a tab looks like where it was read: by place, and which lines are hidden."""

    patterns: Mapping[tuple[int, int], str] = field(default_factory=dict)
    choices: Mapping[tuple[int, int], Mapping[str, Any]] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    bold: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Seen:
    """All that was read. Cells and looks are by the key of the tab, empty for one that is gone."""

    facts: BookFacts
    book: Book
    rows: BookRows
    state: State
    grids: Mapping[str, Grid]
    looks: Mapping[str, TabLook]
    beside: Beside


async def look(channel: SheetChannel) -> Seen | Problem:
    """Read the books and the spreadsheet; the caller holds the channel's turn."""
    async with channel.store.read() as unit:
        facts = await read_facts(unit, channel.settings)
    rows = await channel.rows_of(range(1, facts.rows + 1))
    state = await channel.state(facts)
    if not isinstance(state, State):
        return state
    facts = await awaited(channel, facts, state.upto)
    book = channel.book(facts, "")
    bodies = await _read_all(channel, book, state)
    if not isinstance(bodies, list):
        return bodies
    cells: dict[int, dict[tuple[int, int], Any]] = {}
    beside: dict[tuple[int, int], dict[str, Any]] = {}
    for body in bodies:
        for tab_id, grid in read_grids(body).items():
            cells.setdefault(tab_id, {}).update(grid)
        beside |= read_beside(body, len(channel.shape.columns))
    looks = _read_looks(bodies)
    return Seen(
        facts=facts,
        book=book,
        rows=rows,
        state=state,
        grids={tab.key: cells.get(tab.id, {}) for tab in book.tabs},
        looks={tab.key: looks.get(tab.id, TabLook()) for tab in book.tabs},
        beside=beside,
    )


async def _read_all(
    channel: SheetChannel, book: Book, state: State
) -> list[Mapping[str, Any]] | Problem:
    """The report tabs in one call, the tabs of rows page by page."""
    calls: list[tuple[bool, list[str]]] = [(True, [])]
    for tab in book.tabs:
        now = state.tabs.get(tab.id)
        if now is None or not now.rows:
            continue
        step = _LONG.get(tab.key)
        shown = now.rows if step is None else min(FORMATTED_ROWS, now.rows)
        calls[0][1].append(_range(now.title, 0, shown, now.columns))
        if step is not None:
            calls += [
                (False, [_range(now.title, first, min(step, now.rows - first), now.columns)])
                for first in range(0, now.rows, step)
            ]
    bodies: list[Mapping[str, Any]] = []
    for first, ranges in calls:
        if not ranges:
            continue
        reply = await channel.transport.get(_fields(looks=first), tuple(ranges))
        if not isinstance(reply, Reply):
            return reply
        bodies.append(reply.body)
    return bodies


def _fields(*, looks: bool) -> str:
    cells = f"{_VALUES},{_LOOKS}" if looks else _VALUES
    lines = f",{_LINES}" if looks else ""
    data = f"data(startRow,startColumn,rowData(values({cells})){lines})"
    return f"sheets(properties(sheetId),{data})"


def _range(title: str, first: int, rows: int, columns: int) -> str:
    quoted = title.replace("'", "''")
    return f"'{quoted}'!{a1(first, 0)}:{a1(first + rows - 1, columns - 1)}"


def _read_looks(bodies: Sequence[Mapping[str, Any]]) -> dict[int, TabLook]:
    looks: dict[int, TabLook] = {}
    for sheet in bodies[0].get("sheets", []) if bodies else []:
        patterns: dict[tuple[int, int], str] = {}
        choices: dict[tuple[int, int], Mapping[str, Any]] = {}
        bold: set[tuple[int, int]] = set()
        rows: set[int] = set()
        columns: set[int] = set()
        for part in sheet.get("data", []):
            top, left = part.get("startRow", 0), part.get("startColumn", 0)
            for row, line in enumerate(part.get("rowData", []), top):
                for column, cell in enumerate(line.get("values", []), left):
                    entered = cell.get("userEnteredFormat", {})
                    if entered.get("numberFormat"):
                        patterns[row, column] = str(entered["numberFormat"].get("pattern", ""))
                    if entered.get("textFormat", {}).get("bold"):
                        bold.add((row, column))
                    if cell.get("dataValidation"):
                        choices[row, column] = cell["dataValidation"].get("condition", {})
            rows |= _hidden(part.get("rowMetadata", []), top)
            columns |= _hidden(part.get("columnMetadata", []), left)
        tab_id = int(sheet["properties"].get("sheetId", 0))
        looks[tab_id] = TabLook(
            patterns, choices, frozenset(rows), frozenset(columns), frozenset(bold)
        )
    return looks


def _hidden(lines: Sequence[Mapping[str, Any]], first: int) -> set[int]:
    return {index for index, one in enumerate(lines, first) if one.get("hiddenByUser")}

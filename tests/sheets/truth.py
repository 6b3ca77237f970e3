"""A spreadsheet against a fresh one of the same books, cell by cell and object by object.

Reads the stand-in's own memory and nothing of the self-check. What people may add (their tabs,
notes, colours, protections, conditional formats, charts) is passed over; all that the template
holds must be there, and nothing else may stand in its cells.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.google_sheets.model import EMPTY, Book, Cell, Sheet
from sheets.formulas import a1
from sheets.model import Tab

__all__ = ["compared", "notes_of", "own_tabs"]

# Instants, ids of batches and ages differ from write to write: tab, row, column.
VOLATILE = {("service", 1, 1), ("service", 2, 1), ("control", 6, 1)}
DIFFERENCES_MAX = 20


def compared(fresh: Book, found: Book, tabs: Mapping[str, Tab]) -> list[str]:
    """What is not as in the fresh spreadsheet; at most the first few."""
    troubles = [
        f"{name} is {found.properties[name]}, not {fresh.properties[name]}"
        for name in ("timeZone", "autoRecalc")
        if found.properties[name] != fresh.properties[name]
    ]
    for key, tab in tabs.items():
        now = next((one for one in found.sheets if one.id == tab.id), None)
        if now is None:
            troubles.append(f"{key} is not there")
            continue
        both = fresh.sheet(tab.id), now
        for trouble in (*_shape(*both), *_cells(*both, tab), *_lines(*both), *_objects(*both)):
            troubles.append(f"{key}: {trouble}")
            if len(troubles) >= DIFFERENCES_MAX:
                return troubles
    return troubles


def notes_of(book: Book) -> list[str]:
    """All notes of the spreadsheet, sorted."""
    return sorted(
        cell.note
        for sheet in book.sheets
        for cells in sheet.rows.values()
        for cell in cells.values()
        if cell.note
    )


def own_tabs(book: Book, tabs: Mapping[str, Tab]) -> dict[int, Any]:
    """What people have on their own tabs: values and notes; formulas may follow ours."""
    ours = {tab.id for tab in tabs.values()}
    return {
        sheet.id: {
            (row, column): (cell.value, cell.note)
            for row, cells in sheet.rows.items()
            for column, cell in cells.items()
            if isinstance(cell.value, str | int | float)
        }
        for sheet in book.sheets
        if sheet.id not in ours
    }


def _shape(fresh: Sheet, now: Sheet) -> Iterator[str]:
    wanted, found = dict(fresh.properties), dict(now.properties)
    for name in ("title", "hidden"):
        if wanted.get(name) != found.get(name):
            yield f"{name} is {found.get(name)}, not {wanted.get(name)}"
    grids = wanted["gridProperties"], found["gridProperties"]
    for name in ("frozenRowCount", "frozenColumnCount"):
        if grids[0].get(name) != grids[1].get(name):
            yield f"{name} is {grids[1].get(name)}, not {grids[0].get(name)}"
    for name in ("rowCount", "columnCount"):
        if grids[0][name] > grids[1][name]:
            yield f"{name} is {grids[1][name]}, less than {grids[0][name]}"


def _cells(fresh: Sheet, now: Sheet, tab: Tab) -> Iterator[str]:
    entries = {place for place, cell in tab.cells.items() if cell.entry}
    titles = {cell.value for cell in fresh.rows[0].values()} if tab.key == "journal" else set()
    # Behind the journal's columns people have columns of their own, under headings of their own.
    ours = {column for column, cell in now.rows.get(0, {}).items() if cell.value in titles}
    for row in sorted({*fresh.rows, *now.rows}):
        wanted, found = fresh.rows.get(row, {}), now.rows.get(row, {})
        if wanted == found:
            continue
        for column in sorted({*wanted, *found}):
            if tab.key == "journal" and column >= tab.columns and column not in ours:
                continue
            if (tab.key, row, column) in VOLATILE or wanted.get(column) == found.get(column):
                continue
            pair = wanted.get(column, EMPTY), found.get(column, EMPTY)
            for trouble in _cell(*pair, entry=(row, column) in entries):
                yield f"{a1(row, column)} {trouble}"


def _cell(wanted: Cell, found: Cell, *, entry: bool) -> Iterator[str]:
    if wanted.value != found.value and not entry:
        yield f"holds {found.value!r}, not {wanted.value!r}"
    if wanted.validation != found.validation:
        yield f"has the drop-down {found.validation}, not {wanted.validation}"
    if not _within(wanted.format, found.format):
        yield f"looks {found.format}, not {wanted.format}"


def _within(wanted: Any, found: Any) -> bool:
    """Whether all that is wanted is found, people's additions apart."""
    if isinstance(wanted, dict) and not _is_colour(wanted):
        inside = found or {}
        return all(_within(value, inside.get(name)) for name, value in wanted.items())
    return wanted is None or wanted == found


def _is_colour(value: Mapping[str, Any]) -> bool:
    return bool(value) and set(value) <= {"red", "green", "blue", "alpha"}


def _lines(fresh: Sheet, now: Sheet) -> Iterator[str]:
    for name in ("row_sizes", "column_sizes"):
        wanted, found = getattr(fresh, name), getattr(now, name)
        ends = fresh.row_count if name == "row_sizes" else fresh.column_count
        for index in sorted({*wanted, *found}):
            hidden = [bool(one.get(index, {}).get("hiddenByUser")) for one in (wanted, found)]
            if hidden[0] != hidden[1] and index < ends:
                yield f"{name} {index}: hidden is {hidden[1]}, not {hidden[0]}"
    if now.merges:
        yield f"cells are merged: {now.merges}"


def _objects(fresh: Sheet, now: Sheet) -> Iterator[str]:
    keyed = (("charts", "chartId"), ("filter_views", "filterViewId"))
    for name, key in (*keyed, ("banded_ranges", "bandedRangeId")):
        found = {one[key]: one for one in getattr(now, name)}
        for one in getattr(fresh, name):
            other = found.get(one[key], {})
            if {**one, "position": None} != {**other, "position": None}:
                yield f"{name} {one[key]}: {other}, not {one}"
    for one in fresh.conditional_formats:
        if one not in now.conditional_formats:
            yield f"no conditional format {one}"
    guards = [_guard(one) for one in now.protected_ranges]
    for one in fresh.protected_ranges:
        if guards.count(_guard(one)) != 1:
            yield f"{guards.count(_guard(one))} times the protection {_guard(one)}"


def _guard(protected: Mapping[str, Any]) -> dict[str, Any]:
    """A protection without its number; the fresh spreadsheet is another account's."""
    left_out = {"protectedRangeId", "requestingUserCanEdit", "editors"}
    kept = {name: value for name, value in protected.items() if name not in left_out}
    return {**kept, "editors": len(protected.get("editors", {}).get("users", ()))}

"""Requests that go through values: sort, find and replace."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sandbox.google_sheets.a1 import Box
from sandbox.google_sheets.batch.work import Handler, Work
from sandbox.google_sheets.engine import CellError
from sandbox.google_sheets.errors import NotModelledError, invalid
from sandbox.google_sheets.locales import read_formula, show
from sandbox.google_sheets.model import EMPTY, Cell, Formula, Json, Row, Sheet
from sandbox.google_sheets.ranges import check_grid_range
from sandbox.google_sheets.references import moved
from sandbox.google_sheets.typed import enter

__all__ = ["KINDS", "sort_rows", "sort_specs"]


def sort_range(work: Work, request: Json) -> Json:
    """`sortRange`: numbers, text, FALSE, TRUE; empty cells last in either order."""
    sheet, box = check_grid_range(work.book, request.get("range") or {})
    specs = sort_specs(request.get("sortSpecs") or [], box)
    if any(work.book.grid_box(merge)[1].meets(box) for merge in sheet.merges):
        raise invalid("You can't sort a range with vertical merges.")
    sort_rows(work, sheet, box, specs)
    return {}


def sort_specs(wanted: list[Json], box: Box) -> list[tuple[int, bool]]:
    """Columns (index, descending) in order of weight; refused outside the range."""
    specs: list[tuple[int, bool]] = []
    for spec in wanted:
        if {key for key, value in spec.items() if value is not None} - {
            "dimensionIndex",
            "sortOrder",
        }:
            raise NotModelledError("sorting by colours or data sources")
        specs.append((int(spec.get("dimensionIndex") or 0), spec.get("sortOrder") == "DESCENDING"))
    for column, _ in specs:
        if not box.column0 <= column < box.column1:
            raise invalid(f"The sort column {column} is not in the range.")
    return specs


def sort_rows(work: Work, sheet: Sheet, box: Box, specs: list[tuple[int, bool]]) -> None:
    """Sort a rectangle by columns (index, descending) in order of weight."""
    order = list(range(box.row0, box.row1))
    for column, descending in reversed(specs):
        keys = {row: _sort_key(work.reader.computed(sheet, row, column)) for row in order}
        filled = [row for row in order if keys[row][0] < _BLANK]
        blank = [row for row in order if keys[row][0] >= _BLANK]
        filled.sort(key=lambda row, keys=keys: keys[row], reverse=descending)  # type: ignore[misc]  # the default binds the loop's keys
        order = filled + blank
    taken = {row: _part(sheet, box, row) for row in order}
    for row, source in zip(range(box.row0, box.row1), order, strict=True):
        if row == source:
            continue
        step = (row - source, 0)
        new = dict.fromkeys(_part(sheet, box, row), EMPTY)
        new |= {column: _relative(cell, step) for column, cell in taken[source].items()}
        sheet.put_cells(row, new)


def find_replace(work: Work, request: Json) -> Json:
    """`findReplace`: in one range, one sheet or all; formulas only when asked."""
    change = _replacer(request)
    counts = dict.fromkeys(("values", "formulas", "rows", "sheets", "occurrences"), 0)
    for sheet, box in _searched(work, request):
        rows: set[int] = set()
        for row, column, cell in list(sheet.used(box)):
            found = _replaced(
                work, (sheet, row, column), change, formulas=bool(request.get("includeFormulas"))
            )
            if found is None:
                continue
            new, times = found
            sheet.put(row, column, new)
            rows.add(row)
            counts["formulas" if _is_formula(cell) else "values"] += 1
            counts["occurrences"] += times
        counts["rows"] += len(rows)
        counts["sheets"] += bool(rows)
    names = {
        "values": "valuesChanged",
        "formulas": "formulasChanged",
        "rows": "rowsChanged",
        "sheets": "sheetsChanged",
        "occurrences": "occurrencesChanged",
    }
    return {"findReplace": {names[key]: count for key, count in counts.items() if count}}


_BLANK = 9


def _sort_key(value: Any) -> tuple[int, Any]:
    match value:
        case None | "":
            return _BLANK, ""
        case CellError():
            return 4, value.value
        case bool():
            return 2, value
        case int() | float():
            return 0, value
    folded = str(value).casefold()
    # As in a dictionary: ё stands among е, and decides only between words that are else equal.
    return 1, (folded.replace("ё", "е"), folded, str(value))


def _part(sheet: Sheet, box: Box, row: int) -> Row:
    cells = sheet.rows.get(row, {})
    return {column: cell for column, cell in cells.items() if box.column0 <= column < box.column1}


def _relative(cell: Cell, step: tuple[int, int]) -> Cell:
    if isinstance(cell.value, Formula) and step != (0, 0):
        return replace(cell, value=moved(cell.value, *step))
    return cell


def _is_formula(cell: Cell) -> bool:
    return isinstance(cell.value, Formula)


def _searched(work: Work, request: Json) -> list[tuple[Sheet, Box]]:
    if request.get("range") is not None:
        return [check_grid_range(work.book, request["range"])]
    if request.get("allSheets"):
        return [(sheet, sheet.box) for sheet in work.book.sheets]
    if request.get("sheetId") is None:
        raise invalid("One of range, sheetId or allSheets must be set.")
    sheet = work.book.sheet(int(request["sheetId"]))
    return [(sheet, sheet.box)]


def _replacer(request: Json) -> Callable[[str], tuple[str, int]]:
    find = request.get("find") or ""
    if not find:
        raise invalid("The text to find must not be empty.")
    flags = re.NOFLAG if request.get("matchCase") else re.IGNORECASE
    pattern = find if request.get("searchByRegex") else re.escape(find)
    if request.get("matchEntireCell"):
        pattern = rf"\A(?:{pattern})\Z"
    try:
        compiled = re.compile(pattern, flags)
    except re.error as error:
        raise invalid(f"Invalid regular expression: {find}") from error
    new = request.get("replacement") or ""
    if request.get("searchByRegex"):
        asked = [int(number) for number in re.findall(r"\$(\d)", new)]
        if max(asked, default=0) > compiled.groups:
            raise invalid(f"Invalid replacement: no group {max(asked)}")
        new = re.sub(r"\$(\d)", r"\\g<\1>", new.replace("\\", "\\\\"))
        return lambda text: compiled.subn(new, text)
    return lambda text: compiled.subn(lambda _: new, text)


def _replaced(
    work: Work,
    place: tuple[Sheet, int, int],
    change: Callable[[str], tuple[str, int]],
    *,
    formulas: bool,
) -> tuple[Cell, int] | None:
    sheet, row, column = place
    cell = sheet.cell(row, column)
    locale = work.book.locale
    if isinstance(cell.value, Formula):
        if not formulas:
            return None
        text, times = change(show(cell.value, locale))
        return (replace(cell, value=read_formula(text, locale)), times) if times else None
    if cell.value is None:
        return None
    text, times = change(work.reader.formatted(sheet, row, column))
    return (enter(cell, text, locale), times) if times else None


KINDS: dict[str, Handler] = {
    "sortRange": sort_range,
    "findReplace": find_replace,
}

"""Compares what stands in the spreadsheet with what must stand there: pure, cell by cell.

A formula is compared by its text without the locale's separators, a figure to the kopeck. Rows of
Журнал, which people move about, are found first: `sheets.check.journal_check`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sheets.formulas import Dialect, Node, a1, fingerprint, render
from sheets.model import Tab, Value
from sheets.tabs.moves_tab import MOVES_HEADING_ROWS, MoveImage

__all__ = [
    "CELL_FIELDS",
    "Difference",
    "Found",
    "Grid",
    "Reason",
    "check_figures",
    "check_moves",
    "check_tab",
    "cut",
    "differs",
    "entered_text",
    "entered_values",
    "read_grids",
]

CELL_FIELDS = (
    "sheets(properties(sheetId),data(startRow,startColumn,"
    "rowData(values(userEnteredValue,effectiveValue))))"
)
SHOWN_CHARS_MAX = 60


class Reason(StrEnum):
    """What happened to a place; stable words for programs."""

    MISSING = "missing"
    WAITING = "waiting"
    MOVED = "moved"
    EDITED = "edited"
    STALE = "stale"
    EXTRA = "extra"
    HEADING = "heading-edited"
    FORMULA = "formula-edited"
    VALUE = "value-edited"
    FIGURE = "figure-differs"
    ENTRY = "entry-unreadable"
    TAB_MISSING = "tab-missing"
    TAB_RENAMED = "tab-renamed"
    TAB_SHOWN = "tab-unhidden"
    GRID_CUT = "grid-cut"
    COLUMNS = "columns-moved"
    UNPROTECTED = "protection-lost"
    ZONE = "zone-changed"
    LOCALE = "locale-changed"
    RECALCULATION = "recalculation-changed"
    FROZEN = "frozen-rows-changed"
    CHART = "chart-missing"
    VIEW = "filter-view-changed"
    BANDING = "banding-missing"
    RULE = "conditional-format-missing"
    CHOICE = "drop-down-missing"
    FORMAT = "number-format-changed"
    HIDDEN = "hidden-columns-shown"
    MERGED = "cells-merged"
    INSERTED = "row-inserted"
    PASTED = "row-pasted-over"
    DOUBLED = "row-doubled"
    LEFTOVER = "leftover"
    SHIFTED = "formula-shifted"
    TAKEN_IN = "edit-taken-in"
    NOT_TAKEN = "edit-not-taken"
    NOTE = "note-moved"
    STRAYED = "looks-moved"

    @property
    def is_look(self) -> bool:
        """Whether no figure depends on it: healed and told, but no difference between books."""
        return self in _LOOKS


_LOOKS = frozenset(
    {
        Reason.TAB_SHOWN,
        Reason.LOCALE,
        Reason.RECALCULATION,
        Reason.FROZEN,
        Reason.CHART,
        Reason.VIEW,
        Reason.BANDING,
        Reason.RULE,
        Reason.CHOICE,
        Reason.FORMAT,
        Reason.HIDDEN,
        Reason.MERGED,
        Reason.LEFTOVER,
        Reason.NOTE,
        Reason.STRAYED,
    }
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that is not as it must be; `place` is A1, a tab alone has none."""

    tab: str
    place: str
    reason: Reason
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Found:
    """A cell as read: what was entered, and what it shows."""

    entered: str | Decimal | bool | None = None
    shown: str | Decimal | bool | None = None
    formula: str | None = None


Grid = Mapping[tuple[int, int], Found]
_NOTHING = Found()


def read_grids(body: Mapping[str, Any]) -> dict[int, Grid]:
    """Cells by tab id and place, from the reply to `CELL_FIELDS`; empty cells are left out."""
    grids: dict[int, dict[tuple[int, int], Found]] = {}
    for sheet in body.get("sheets", []):
        cells = grids.setdefault(int(sheet["properties"].get("sheetId", 0)), {})
        for part in sheet.get("data", []):
            for down, row in enumerate(part.get("rowData", []), part.get("startRow", 0)):
                for right, cell in enumerate(row.get("values", []), part.get("startColumn", 0)):
                    if cell.get("userEnteredValue"):
                        cells[down, right] = _found(cell)
    return dict(grids)


def check_moves(grid: Grid, expected: Sequence[MoveImage], tab: str) -> list[Difference]:
    """The rows of _движения, one difference for a row."""
    differences = []
    for image in expected:
        row = MOVES_HEADING_ROWS + image.place - 1
        for column, value in enumerate(image.cells):
            found = grid.get((row, column), _NOTHING)
            if _mismatch(found, value):
                reason = Reason.MISSING if found == _NOTHING else Reason.EDITED
                wanted = _text(value)
                differences.append(
                    Difference(tab, a1(row, column), reason, wanted, _found_text(found))
                )
                break
    return differences


def check_tab(grid: Grid, tab: Tab, first_row: int = 0) -> list[Difference]:
    """Formulas, headings and values of a tab from a row on; entries are people's."""
    differences = []
    for (row, column), cell in sorted(tab.cells.items()):
        if cell.entry or row < first_row:
            continue
        found = grid.get((row, column), _NOTHING)
        reason = _mismatch(found, cell.value)
        if reason is not None:
            place = a1(row, column)
            differences.append(
                Difference(tab.title, place, reason, _text(cell.value), _found_text(found))
            )
    return differences


def check_figures(
    grid: Grid, tab: str, expected: Mapping[tuple[int, int], int]
) -> list[Difference]:
    """What formulas show against the books, in kopecks, by place."""
    differences = []
    for (row, column), minor in sorted(expected.items()):
        found = grid.get((row, column), _NOTHING)
        if not isinstance(found.shown, Decimal) or found.shown * 100 != minor:
            wanted = _text(Decimal(minor).scaleb(-2))
            shown = cut(str(found.shown))
            differences.append(Difference(tab, a1(row, column), Reason.FIGURE, wanted, shown))
    return differences


def cut(text: str) -> str:
    """A text as far as a report shows it."""
    return text if len(text) <= SHOWN_CHARS_MAX else f"{text[: SHOWN_CHARS_MAX - 1]}…"


def differs(found: Found, value: Value) -> bool:
    """Whether a cell is not what it must be."""
    return _mismatch(found, value) is not None


def entered_values(line: Sequence[Found]) -> list[str | Decimal | None]:
    """What was entered, as a checksum counts it."""
    return [_countable(cell) for cell in line]


def entered_text(found: Found) -> str:
    """What was entered, whole, as words."""
    entered = found.formula if found.formula is not None else found.entered
    return "" if entered is None else str(entered)


def _countable(found: Found) -> str | Decimal | None:
    entered = found.entered if found.formula is None else found.formula
    return str(entered) if isinstance(entered, bool) else entered


def _mismatch(found: Found, value: Value) -> Reason | None:
    if isinstance(value, Node):
        if found.formula is None:
            return Reason.FORMULA
        same = fingerprint(found.formula) == fingerprint(render(value, Dialect.GOOGLE))
        return None if same else Reason.FORMULA
    if found.formula is not None:
        return Reason.VALUE
    if value is None or value == "":
        return None if found.entered in {None, ""} else Reason.VALUE
    if isinstance(value, str):
        return None if found.entered == value else Reason.VALUE
    same = isinstance(found.entered, Decimal) and found.entered == value
    return None if same else Reason.VALUE


def _found(cell: Mapping[str, Any]) -> Found:
    entered = cell["userEnteredValue"]
    formula = entered.get("formulaValue")
    return Found(
        entered=None if formula is not None else _scalar(entered),
        shown=_scalar(cell.get("effectiveValue", {})),
        formula=formula,
    )


def _scalar(value: Mapping[str, Any]) -> str | Decimal | bool | None:
    if "numberValue" in value:
        # `repr` gives the shortest decimal that is this double: the two decimals we sent.
        return Decimal(repr(value["numberValue"]))
    if "stringValue" in value:
        return str(value["stringValue"])
    if "boolValue" in value:
        return bool(value["boolValue"])
    if "errorValue" in value:
        return f"#{value['errorValue'].get('type', 'ERROR')}"
    return None


def _text(value: Value) -> str:
    if isinstance(value, Node):
        return cut(render(value, Dialect.GOOGLE))
    return "" if value is None else cut(str(value))


def _found_text(found: Found) -> str:
    return cut(entered_text(found))

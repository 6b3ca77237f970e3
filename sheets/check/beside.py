"""What people wrote beside the journal's rows: notes on cells, and columns of their own behind ours.

A row that was sorted, pushed down or deleted is written again at its place; what stood beside it
comes back with it. Pure: what was read and what was kept in, what to keep and what to ask for out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sheets.check.journal_rows import RowsSeen, home_row
from sheets.rows import RowImage
from sheets.tabs.journal_tab import HEADING_ROWS, SHEET_ID, JournalShape
from sheets.wire import Request
from store.sheet_notes import BesideKey

__all__ = ["Beside", "BesidePlan", "plan_beside", "read_beside"]

_MARK = "+"
# A reference to a row of the same tab, not fixed by `$`: what Google moves when a row moves.
_ROW = re.compile(r"(?<![\w!'.$])(\$?[A-Z]{1,3})([1-9]\d*)(?![\w(!])")

# What stands at a place: a note, a value as Google gives it, or both.
Content = dict[str, Any]
Beside = Mapping[tuple[int, int], Content]


@dataclass(frozen=True, slots=True)
class BesidePlan:
    """`kept` is to be remembered, `requests` put everything where it belongs.

    `brought` are the operations whose notes were moved back, `lost` notes beside rows of nobody.
    """

    kept: Mapping[BesideKey, Content]
    requests: list[Request]
    brought: tuple[int, ...]
    lost: tuple[tuple[int, str], ...]


def read_beside(body: Mapping[str, Any], width: int) -> dict[tuple[int, int], Content]:
    """Notes of all cells and values behind the last of ours, by place, from a reply with cells."""
    beside: dict[tuple[int, int], Content] = {}
    for sheet in body.get("sheets", []):
        if int(sheet["properties"].get("sheetId", 0)) != SHEET_ID:
            continue
        for part in sheet.get("data", []):
            for row, line in enumerate(part.get("rowData", []), part.get("startRow", 0)):
                for column, cell in enumerate(line.get("values", []), part.get("startColumn", 0)):
                    content = _content(cell, behind=column >= width)
                    if content and row >= HEADING_ROWS:
                        beside[row, column] = content
    return beside


def plan_beside(
    seen: Beside,
    kept: Mapping[BesideKey, Content],
    rows: RowsSeen,
    images: Mapping[int, RowImage],
    shape: JournalShape,
) -> BesidePlan:
    """Say what belongs beside each row, and what must be written so that it stands there."""
    standing = _Standing.of(seen, rows, images, shape)
    wanted: dict[tuple[int, int], Content] = {}
    remembered: dict[BesideKey, Content] = {}
    for (row, column), content in seen.items():
        number = standing.owner(row, column)
        if number is not None:
            home = home_row(images[number])
            moved = _moved(content, home - row)
            wanted[home, column] = moved
            remembered[number, _code(shape, column)] = moved
    for (number, code), content in kept.items():
        place = _column(shape, code)
        if number in images and place is not None and not standing.has(number, place):
            wanted[home_row(images[number]), place] = content
            remembered[number, code] = content
    homes = {home_row(image): number for number, image in images.items()}
    differ = sorted(
        place
        for place in {*seen, *wanted}
        if seen.get(place) != wanted.get(place)
        # Behind the last row stands a person's own, unless it was moved from there.
        and (place[0] in homes or standing.owner(*place) is not None)
    )
    requests = [_written(one, seen.get(one, {}), wanted.get(one, {})) for one in differ]
    brought = sorted({homes[row] for row, column in differ if (row, column) in wanted})
    return BesidePlan(remembered, requests, tuple(brought), _lost(seen, differ, standing))


@dataclass(frozen=True, slots=True)
class _Standing:
    """Whose notes stand in each physical row: what is seen of a row decides about notes on it.

    What is behind our columns, and on the hidden ones, goes with the hidden key.
    """

    by_sight: Mapping[int, int]
    by_key: Mapping[int, int]
    hidden: int
    sighted: frozenset[int]
    keyed: frozenset[int]

    @staticmethod
    def of(
        seen: Beside, rows: RowsSeen, images: Mapping[int, RowImage], shape: JournalShape
    ) -> "_Standing":
        by_key = {one.row: number for number, one in rows.located.items()}
        by_sight: dict[int, int] = {}
        once: set[int] = set()
        for row, number in sorted(rows.shown.items()):
            if number not in once:
                once.add(number)
                by_sight[row] = number
        taken = {*by_key, *rows.foreign, *rows.copies, *rows.inserted}
        filled = {row for row, _ in seen}
        for number, image in images.items():
            home = home_row(image)
            # A row whose values were cleared has the notes of the operation that was there.
            if number not in rows.located and home not in taken and home in filled:
                by_key[home] = number
                if number not in once:
                    by_sight[home] = number
        return _Standing(
            by_sight,
            by_key,
            shape.places["key"],
            frozenset(by_sight.values()),
            frozenset(by_key.values()),
        )

    def owner(self, row: int, column: int) -> int | None:
        """The operation that a place belongs to."""
        return (self.by_sight if column < self.hidden else self.by_key).get(row)

    def has(self, number: int, column: int) -> bool:
        """Whether the operation stands somewhere, so that what is not beside it was taken away."""
        return number in (self.sighted if column < self.hidden else self.keyed)


def _lost(
    seen: Beside, differ: list[tuple[int, int]], standing: _Standing
) -> tuple[tuple[int, str], ...]:
    """What stood beside rows of nobody and has to go, with the row, for the report."""
    lost = []
    for place in differ:
        content = seen.get(place, {})
        if content and standing.owner(*place) is None:
            value = next(iter(content.get("value", {}).values()), "")
            lost.append((place[0], str(content.get("note") or value)))
    return tuple(lost)


def _content(cell: Mapping[str, Any], *, behind: bool) -> Content:
    content: Content = {}
    if cell.get("note"):
        content["note"] = cell["note"]
    if behind and cell.get("userEnteredValue"):
        content["value"] = cell["userEnteredValue"]
    return content


def _written(place: tuple[int, int], before: Content, content: Content) -> Request:
    cell: Content = {}
    fields = []
    if before.get("note") != content.get("note"):
        cell["note"] = content.get("note", "")
        fields.append("note")
    if before.get("value") != content.get("value"):
        if "value" in content:
            cell["userEnteredValue"] = content["value"]
        fields.append("userEnteredValue")
    start = {"sheetId": SHEET_ID, "rowIndex": place[0], "columnIndex": place[1]}
    written = {"start": start, "rows": [{"values": [cell]}], "fields": ",".join(fields)}
    return {"updateCells": written}


def _moved(content: Content, step: int) -> Content:
    formula = content.get("value", {}).get("formulaValue")
    if formula is None or not step:
        return content
    parts = formula.split('"')
    # Every other part is a text, in which nothing is a reference.
    parts[::2] = [_ROW.sub(lambda found: _shifted(found, step), part) for part in parts[::2]]
    return {**content, "value": {"formulaValue": '"'.join(parts)}}


def _shifted(found: re.Match[str], step: int) -> str:
    return f"{found[1]}{max(int(found[2]) + step, 1)}"


def _code(shape: JournalShape, column: int) -> str:
    width = len(shape.columns)
    return shape.columns[column].code if column < width else f"{_MARK}{column - width + 1}"


def _column(shape: JournalShape, code: str) -> int | None:
    """Where a code stands now; None for a column that the configuration took away."""
    if code.startswith(_MARK):
        return len(shape.columns) + int(code.removeprefix(_MARK)) - 1
    return shape.places.get(code)

"""The `spreadsheets.values` calls: get, update, append, clear and their batches."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sandbox.google_sheets.a1 import Box, box_a1
from sandbox.google_sheets.appending import free_place, make_room
from sandbox.google_sheets.errors import invalid
from sandbox.google_sheets.model import Book, Cell, Json, Scalar, Sheet
from sandbox.google_sheets.ranges import exceeds, inside, lookup
from sandbox.google_sheets.rendering import Reader
from sandbox.google_sheets.typed import enter, enter_raw

__all__ = [
    "Rendering",
    "append",
    "batch_clear",
    "batch_get",
    "batch_update",
    "clear",
    "get",
    "update",
]


@dataclass(frozen=True, slots=True)
class Rendering:
    """How values come back."""

    value: str = "FORMATTED_VALUE"
    dates: str = "SERIAL_NUMBER"
    major: str = "ROWS"


@dataclass(frozen=True, slots=True)
class Writing:
    """How values go in, and whether they are wanted back."""

    option: str
    echo: Rendering | None = None


def get(reader: Reader, text: str, how: Rendering) -> Json:
    """`values.get`: trailing empty cells and rows are left out."""
    sheet, box = lookup(reader.book, text)
    return _value_range(reader, sheet, _cut(sheet, box), how)


def batch_get(reader: Reader, texts: list[str], how: Rendering) -> Json:
    """`values.batchGet`."""
    ranges = [get(reader, text, how) for text in texts]
    return {"spreadsheetId": reader.book.id, **({"valueRanges": ranges} if ranges else {})}


def update(reader: Reader, text: str, body: Json, writing: Writing) -> Json:
    """`values.update`: null leaves a cell alone, an empty text clears it."""
    book = reader.book
    _check_option(writing.option)
    sheet, box = lookup(book, text)
    rows = _rows(body)
    height, width = len(rows), max((len(row) for row in rows), default=0)
    _check_fits(sheet, text, box, (height, width))
    start = Box(box.row0, box.row0 + height, box.column0, box.column0 + width)
    return _written(reader, sheet, start, rows, writing)


def batch_update(reader: Reader, body: Json) -> Json:
    """`values.batchUpdate`; all or nothing is the caller's business."""
    option = body.get("valueInputOption") or ""
    echo = _echo(body) if body.get("includeValuesInResponse") else None
    replies = [
        update(reader, data.get("range") or "", data, Writing(option, echo))
        for data in body.get("data") or []
    ]
    counted: Json = {"spreadsheetId": reader.book.id}
    if replies:
        sheets = {reply["updatedRange"].rsplit("!", 1)[0] for reply in replies}
        counted |= {
            "totalUpdatedRows": _distinct(reader.book, replies, rows=True),
            "totalUpdatedColumns": _distinct(reader.book, replies, rows=False),
            "totalUpdatedCells": sum(reply.get("updatedCells", 0) for reply in replies),
            "totalUpdatedSheets": len(sheets),
            "responses": replies,
        }
    return {key: value for key, value in counted.items() if value != 0}


def append(reader: Reader, text: str, body: Json, writing: Writing, *, insert: bool) -> Json:
    """`values.append`: below the last table found in the range; see facts on why it drifts."""
    book = reader.book
    _check_option(writing.option)
    sheet, box = lookup(book, text)
    rows = _rows(body)
    height, width = len(rows), max((len(row) for row in rows), default=0)
    table, place = free_place(sheet, _cut(sheet, box))
    reply: Json = {"spreadsheetId": book.id}
    if table is not None:
        reply["tableRange"] = box_a1(sheet.title, table)
    start = Box(place[0], place[0] + height, place[1], place[1] + width)
    make_room(book, sheet, start, insert=insert and table is not None)
    return {**reply, "updates": _written(reader, sheet, start, rows, writing)}


def clear(book: Book, text: str) -> Json:
    """`values.clear`: values go, formats and notes stay."""
    sheet, box = lookup(book, text)
    return {"spreadsheetId": book.id, "clearedRange": _clear(sheet, _cut(sheet, box))}


def batch_clear(book: Book, texts: list[str]) -> Json:
    """`values.batchClear`."""
    cleared = []
    for text in texts:
        sheet, box = lookup(book, text)
        cleared.append(_clear(sheet, _cut(sheet, box)))
    return {"spreadsheetId": book.id, **({"clearedRanges": cleared} if cleared else {})}


def _value_range(reader: Reader, sheet: Sheet, box: Box, how: Rendering) -> Json:
    options = (how.value, how.dates)
    lines: dict[int, list[Any]] = {}
    for row, column, cell in sheet.used(box):
        if cell.value is None:
            continue
        shown = reader.rendered(sheet, row, column, options)
        by_rows = how.major != "COLUMNS"
        line, place = (
            (row - box.row0, column - box.column0)
            if by_rows
            else (column - box.column0, row - box.row0)
        )
        cells = lines.setdefault(line, [])
        cells += [""] * (place - len(cells))
        cells.append(shown)
    reply: Json = {"range": box_a1(sheet.title, box), "majorDimension": how.major}
    values = [_trimmed(lines.get(index, [])) for index in range(max(lines, default=-1) + 1)]
    while values and not values[-1]:
        values.pop()
    return {**reply, "values": values} if values else reply


def _trimmed(cells: list[Any]) -> list[Any]:
    while cells and cells[-1] == "":
        cells.pop()
    return cells


def _check_option(option: str) -> None:
    if option not in ("RAW", "USER_ENTERED"):
        raise invalid("'valueInputOption' is required but not specified")


def _check_fits(sheet: Sheet, text: str, box: Box, size: tuple[int, int]) -> None:
    """A range of one cell only names the start; a bigger one must hold the values."""
    height, width = size
    start = Box(box.row0, box.row0 + max(height, 1), box.column0, box.column0 + max(width, 1))
    single = box.height == 1 and box.width == 1
    if not single and (height > box.height or width > box.width):
        outside = f"tried writing to row [{box.row0 + box.height + 1}]"
        if width > box.width:
            from_column = box_a1("S", Box(0, 1, box.column1, box.column1 + 1))
            outside = f"tried writing to column [{from_column[2:-1]}]"
        shown = box_a1(sheet.title, _cut(sheet, box))
        raise invalid(f"Requested writing within range [{shown}], but {outside}")
    if not sheet.box.covers(start):
        raise exceeds(sheet, box_a1(sheet.title, start) if "!" in text else text)


def _rows(body: Json) -> list[list[Scalar]]:
    rows: list[list[Scalar]] = body.get("values") or []
    if body.get("majorDimension") != "COLUMNS":
        return rows
    height = max((len(column) for column in rows), default=0)
    return [
        [column[index] if index < len(column) else None for column in rows]
        for index in range(height)
    ]


def _written(
    reader: Reader, sheet: Sheet, box: Box, rows: list[list[Scalar]], writing: Writing
) -> Json:
    book = reader.book
    touched: list[tuple[int, int]] = []
    for offset, line in enumerate(rows):
        row = box.row0 + offset
        changed: dict[int, Cell] = {}
        for index, value in enumerate(line):
            if value is None:
                continue
            column = box.column0 + index
            cell = sheet.cell(row, column)
            raw = writing.option == "RAW"
            changed[column] = enter_raw(cell, value) if raw else enter(cell, value, book.locale)
            touched.append((row, column))
        if changed:
            sheet.put_cells(row, changed)
    book.touch()
    reply: Json = {
        "spreadsheetId": book.id,
        "updatedRange": box_a1(sheet.title, _at_least_one(box)),
    }
    if touched:
        reply["updatedRows"] = len({row for row, _ in touched})
        reply["updatedColumns"] = len({column for _, column in touched})
        reply["updatedCells"] = len(touched)
    if writing.echo is not None:
        reply["updatedData"] = _value_range(reader, sheet, box, writing.echo)
    return reply


def _at_least_one(box: Box) -> Box:
    return Box(
        box.row0, max(box.row1, box.row0 + 1), box.column0, max(box.column1, box.column0 + 1)
    )


def _echo(body: Json) -> Rendering:
    return Rendering(
        value=body.get("responseValueRenderOption") or "FORMATTED_VALUE",
        dates=body.get("responseDateTimeRenderOption") or "SERIAL_NUMBER",
    )


def _distinct(book: Book, replies: Iterable[Json], *, rows: bool) -> int:
    """Rows or columns touched by any of the updates, each counted once a sheet."""
    seen: set[tuple[int, int]] = set()
    for reply in replies:
        sheet, box = lookup(book, reply["updatedRange"])
        span = range(box.row0, box.row1) if rows else range(box.column0, box.column1)
        seen |= {(sheet.id, index) for index in span} if reply.get("updatedCells") else set()
    return len(seen)


def _cut(sheet: Sheet, box: Box) -> Box:
    return Box(
        box.row0,
        min(box.row1, sheet.row_count),
        box.column0,
        min(box.column1, sheet.column_count),
    )


def _clear(sheet: Sheet, box: Box) -> str:
    inside(sheet, box)
    for row, column, cell in list(sheet.used(box)):
        sheet.put(row, column, replace(cell, value=None))
    return box_a1(sheet.title, box)

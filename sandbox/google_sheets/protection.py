"""Protected ranges at work: whoever is not among the editors changes nothing inside."""

from sandbox.google_sheets.a1 import Box
from sandbox.google_sheets.errors import invalid
from sandbox.google_sheets.model import Book, Cell, Formula, Json, Sheet

__all__ = ["check_protection"]

_REFUSAL = (
    "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to "
    "remove protection if you need to edit."
)


def check_protection(before: Book, after: Book, account: str) -> None:
    """Refuse a write that changed a cell in somebody else's protected range.

    Cells that only moved, because rows came above them, are no change; rows inside are one.
    """
    for old in before.sheets:
        for protected in old.protected_ranges:
            if _may_edit(protected, account):
                continue
            new = next((sheet for sheet in after.sheets if sheet.id == old.id), None)
            now = None if new is None else _same(new, protected)
            if new is None or now is None:
                raise invalid(_REFUSAL)
            boxes = before.grid_box(protected["range"])[1], after.grid_box(now["range"])[1]
            open_to_all = [
                before.grid_box(one)[1] for one in protected.get("unprotectedRanges") or []
            ]
            if _changed((old, new), boxes, open_to_all, moved=_shape(before) != _shape(after)):
                raise invalid(_REFUSAL)


def _may_edit(protected: Json, account: str) -> bool:
    editors = (protected.get("editors") or {}).get("users") or []
    return bool(protected.get("warningOnly")) or account in editors


def _same(new: Sheet, protected: Json) -> Json | None:
    number = protected["protectedRangeId"]
    return next((one for one in new.protected_ranges if one["protectedRangeId"] == number), None)


def _shape(book: Book) -> list[tuple[object, ...]]:
    return [(one.id, one.title, one.row_count, one.column_count) for one in book.sheets]


def _changed(
    sheets: tuple[Sheet, Sheet], boxes: tuple[Box, Box], open_to_all: list[Box], *, moved: bool
) -> bool:
    (old, new), (was, box) = sheets, boxes
    if (was.height, was.width) != (box.height, box.width):
        return True
    down, across = box.row0 - was.row0, box.column0 - was.column0
    rows = {row for row in old.rows if was.row0 <= row < was.row1}
    rows |= {row - down for row in new.rows if box.row0 <= row < box.row1}
    return any(
        not _equal(old.cell(row, column), new.cell(row + down, column + across), moved=moved)
        for row in rows
        if old.rows.get(row) is not new.rows.get(row + down) or across
        for column in {
            *old.rows.get(row, {}),
            *(one - across for one in new.rows.get(row + down, {})),
        }
        if was.column0 <= column < was.column1
        and not any(one.contains(row, column) for one in open_to_all)
    )


def _equal(one: Cell, other: Cell, *, moved: bool) -> bool:
    """Formulas follow what they look at: where something moved, their text says nothing."""
    both = isinstance(one.value, Formula) and isinstance(other.value, Formula)
    if both and moved:
        return (one.format, one.note) == (other.format, other.note)
    return one == other

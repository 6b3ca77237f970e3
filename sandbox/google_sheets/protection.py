"""Protected ranges at work: whoever is not among the editors changes nothing inside."""

from sandbox.google_sheets.errors import invalid
from sandbox.google_sheets.model import Book, Json, Sheet

__all__ = ["check_protection"]

_REFUSAL = (
    "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to "
    "remove protection if you need to edit."
)


def check_protection(before: Book, after: Book, account: str) -> None:
    """Refuse a write that changed a cell in somebody else's protected range."""
    for old in before.sheets:
        for protected in old.protected_ranges:
            if _may_edit(protected, account):
                continue
            new = next((sheet for sheet in after.sheets if sheet.id == old.id), None)
            if new is None or _lifted(new, protected) or _changed(before, old, new, protected):
                raise invalid(_REFUSAL)


def _may_edit(protected: Json, account: str) -> bool:
    editors = (protected.get("editors") or {}).get("users") or []
    return bool(protected.get("warningOnly")) or account in editors


def _lifted(new: Sheet, protected: Json) -> bool:
    ids = [one["protectedRangeId"] for one in new.protected_ranges]
    return protected["protectedRangeId"] not in ids


def _changed(book: Book, old: Sheet, new: Sheet, protected: Json) -> bool:
    _, box = book.grid_box(protected["range"])
    rows = {row for row in (*old.rows, *new.rows) if box.row0 <= row < box.row1}
    return any(
        old.cell(row, column) != new.cell(row, column)
        for row in rows
        if old.rows.get(row) is not new.rows.get(row)
        for column in {*old.rows.get(row, {}), *new.rows.get(row, {})}
        if box.column0 <= column < box.column1
    )

"""Rewrites every formula of a book: in cells, in conditions of validations, formats and filters.

Conditions keep their formulas as a person would type them in the book's locale; cells keep the
canonical writing.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sandbox.google_sheets.locales import read_formula, show
from sandbox.google_sheets.model import Book, Formula, Json, Row, Sheet

__all__ = ["change_formulas", "change_locale"]

Rewrite = Callable[[Formula, str], Formula]
# A condition's text, whether it is a range without `=`, and the sheet: the new text.
_Retype = Callable[[str, str], str]


def change_formulas(book: Book, change: Rewrite) -> None:
    """Rewrite every formula of the book; the second argument is the title of its sheet."""

    def retype(text: str, title: str) -> str:
        formula = read_formula(text, book.locale)
        changed = change(formula, title)
        return text if changed is formula else show(changed, book.locale)

    for sheet in book.sheets:
        _change_cells(sheet, change)
        _change_conditions(sheet, retype)


def change_locale(book: Book, locale: str) -> None:
    """Let the book read and show in another locale; formulas in conditions mean the same."""
    old = book.locale

    def retype(text: str, _: str) -> str:
        return show(read_formula(text, old), locale)

    for sheet in book.sheets:
        _change_conditions(sheet, retype)
    book.properties = {**book.properties, "locale": locale}


def _change_cells(sheet: Sheet, change: Rewrite) -> None:
    for row, cells in list(sheet.rows.items()):
        changed: Row = {}
        for column, cell in cells.items():
            if not isinstance(cell.value, Formula):
                continue
            formula = change(cell.value, sheet.title)
            if formula is not cell.value:
                changed[column] = replace(cell, value=formula)
        if changed:
            sheet.put_cells(row, changed)


def _change_conditions(sheet: Sheet, retype: _Retype) -> None:
    title = sheet.title
    for name in ("conditional_formats", "filter_views"):
        kept = getattr(sheet, name)
        setattr(sheet, name, [_retyped(one, title, retype) for one in kept])
    if sheet.basic_filter is not None:
        sheet.basic_filter = _retyped(sheet.basic_filter, title, retype)
    # Cells share their rules: each is rewritten once.
    known: dict[int, tuple[Json, Json]] = {}
    for row, cells in list(sheet.rows.items()):
        changed: Row = {}
        for column, cell in cells.items():
            rule = cell.validation
            if rule is None:
                continue
            if id(rule) not in known:
                known[id(rule)] = rule, _retyped(rule, title, retype)
            new = known[id(rule)][1]
            if new is not rule:
                changed[column] = replace(cell, validation=new)
        if changed:
            sheet.put_cells(row, changed)


def _retyped(value: Any, title: str, retype: _Retype) -> Any:
    """The object with its conditions rewritten; itself when nothing changes."""
    if isinstance(value, list):
        items = [_retyped(item, title, retype) for item in value]
        return items if any(a is not b for a, b in zip(items, value, strict=True)) else value
    if not isinstance(value, dict):
        return value
    result = {
        key: _values(item, value.get("type"), title, retype)
        if key == "values" and "type" in value
        else _retyped(item, title, retype)
        for key, item in value.items()
    }
    return result if any(result[key] is not item for key, item in value.items()) else value


def _values(values: list[Json], kind: Any, title: str, retype: _Retype) -> list[Json]:
    items = []
    for one in values:
        text = str(one.get("userEnteredValue") or "")
        is_bare = kind == "ONE_OF_RANGE" and not text.startswith("=")
        typed = f"={text}" if is_bare else text
        new = retype(typed, title) if typed.startswith("=") and len(typed) > 1 else typed
        items.append(one if new == typed else {**one, "userEnteredValue": new[is_bare:]})
    return items if any(a is not b for a, b in zip(items, values, strict=True)) else values

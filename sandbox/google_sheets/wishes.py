"""What a person does, told as JSON by the page or a script, done by `People`.

    {"do": "delete_row", "sheet": "Журнал", "row": 3, "count": 2}
    {"do": "paste", "range": "Журнал!B2", "rows": [["1", "2"], ["3", "4"]]}

`do` is the name of the deed, the other members are its arguments.
What cannot be read raises `ValueError`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.google_sheets.api import Access
from sandbox.google_sheets.model import Json
from sandbox.google_sheets.people import People

__all__ = ["DEEDS", "meddle"]

Deed = Callable[[People, str, Json], None]


@dataclass(frozen=True, slots=True)
class _Wish:
    """A deed with the types of its arguments."""

    run: Deed
    needs: Mapping[str, type | tuple[type, ...]]


def meddle(people: People, spreadsheet_id: str, wish: Json) -> None:
    """Do it; raises `ValueError` for a wish nobody can read, else what the deed raises."""
    known = DEEDS.get(str(wish.get("do")))
    if known is None:
        raise ValueError(wish)
    for name, kind in known.needs.items():
        if name not in wish or not isinstance(wish[name], kind):
            raise ValueError(wish)
    known.run(people, spreadsheet_id, wish)


_SHEET: Mapping[str, Any] = {"sheet": str}
_RANGE: Mapping[str, Any] = {"range": str}
_ROW: Mapping[str, Any] = {"sheet": str, "row": int}
_COLUMN: Mapping[str, Any] = {"sheet": str, "column": int}


def _count(wish: Json) -> int:
    return int(wish.get("count") or 1)


def _number(wish: Json) -> int:
    return int(wish.get("number") or 1)


DEEDS: Mapping[str, _Wish] = {
    # May be left out: descending.
    "sort_range": _Wish(
        lambda who, book, wish: who.sort_range(
            book, wish["range"], wish["column"], descending=bool(wish.get("descending"))
        ),
        {"range": str, "column": int},
    ),
    # May be left out here and in the next three: count.
    "insert_row": _Wish(
        lambda who, book, wish: who.insert_row(book, wish["sheet"], wish["row"], _count(wish)),
        _ROW,
    ),
    "delete_row": _Wish(
        lambda who, book, wish: who.delete_row(book, wish["sheet"], wish["row"], _count(wish)),
        _ROW,
    ),
    "insert_column": _Wish(
        lambda who, book, wish: who.insert_column(
            book, wish["sheet"], wish["column"], _count(wish)
        ),
        _COLUMN,
    ),
    "delete_column": _Wish(
        lambda who, book, wish: who.delete_column(
            book, wish["sheet"], wish["column"], _count(wish)
        ),
        _COLUMN,
    ),
    # May be left out: count, rows, shown.
    "hide_lines": _Wish(
        lambda who, book, wish: who.hide_lines(
            book,
            wish["sheet"],
            (wish["first"], _count(wish)),
            rows=bool(wish.get("rows")),
            shown=bool(wish.get("shown")),
        ),
        {"sheet": str, "first": int},
    ),
    "edit_cell": _Wish(
        lambda who, book, wish: who.edit_cell(book, wish["range"], wish["value"]),
        {"range": str, "value": (str, int, float, bool, type(None))},
    ),
    "paste": _Wish(
        lambda who, book, wish: who.paste(book, wish["range"], wish["rows"]),
        {"range": str, "rows": list},
    ),
    "copy_block": _Wish(
        lambda who, book, wish: who.copy_block(book, wish["range"], wish["target"]),
        {"range": str, "target": str},
    ),
    "clear": _Wish(lambda who, book, wish: who.clear(book, wish["range"]), _RANGE),
    "set_note": _Wish(
        lambda who, book, wish: who.set_note(book, wish["range"], wish["note"]),
        {"range": str, "note": str},
    ),
    "format_cells": _Wish(
        lambda who, book, wish: who.format_cells(
            book, wish["range"], wish["kind"], wish["pattern"]
        ),
        {"range": str, "kind": str, "pattern": str},
    ),
    "fill": _Wish(
        lambda who, book, wish: who.fill(book, wish["range"], wish["colour"]),
        {"range": str, "colour": dict},
    ),
    "drop_choice": _Wish(lambda who, book, wish: who.drop_choice(book, wish["range"]), _RANGE),
    "merge": _Wish(lambda who, book, wish: who.merge(book, wish["range"]), _RANGE),
    "filter_all": _Wish(lambda who, book, wish: who.filter_all(book, wish["range"]), _RANGE),
    "add_tab": _Wish(lambda who, book, wish: who.add_tab(book, wish["title"]), {"title": str}),
    "rename_tab": _Wish(
        lambda who, book, wish: who.rename_tab(book, wish["sheet"], wish["title"]),
        {"sheet": str, "title": str},
    ),
    "delete_tab": _Wish(lambda who, book, wish: who.delete_tab(book, wish["sheet"]), _SHEET),
    "duplicate_tab": _Wish(lambda who, book, wish: who.duplicate_tab(book, wish["sheet"]), _SHEET),
    "move_tab": _Wish(
        lambda who, book, wish: who.move_tab(book, wish["sheet"], wish["place"]),
        {"sheet": str, "place": int},
    ),
    # May be left out: hidden.
    "hide_tab": _Wish(
        lambda who, book, wish: who.hide_tab(
            book, wish["sheet"], hidden=bool(wish.get("hidden", True))
        ),
        _SHEET,
    ),
    # May be left out: rows, columns.
    "freeze": _Wish(
        lambda who, book, wish: who.freeze(
            book, wish["sheet"], int(wish.get("rows") or 0), int(wish.get("columns") or 0)
        ),
        _SHEET,
    ),
    # May be left out here and in the next three: number.
    "delete_chart": _Wish(
        lambda who, book, wish: who.delete_chart(book, wish["sheet"], _number(wish)), _SHEET
    ),
    "delete_filter_view": _Wish(
        lambda who, book, wish: who.delete_filter_view(book, wish["sheet"], _number(wish)), _SHEET
    ),
    "delete_conditional_format": _Wish(
        lambda who, book, wish: who.delete_conditional_format(book, wish["sheet"], _number(wish)),
        _SHEET,
    ),
    "delete_banding": _Wish(
        lambda who, book, wish: who.delete_banding(book, wish["sheet"], _number(wish)), _SHEET
    ),
    "change_locale": _Wish(
        lambda who, book, wish: who.change_locale(book, wish["locale"]), {"locale": str}
    ),
    "change_zone": _Wish(
        lambda who, book, wish: who.change_zone(book, wish["zone"]), {"zone": str}
    ),
    "protect": _Wish(lambda who, book, wish: who.protect(book, wish["range"]), _RANGE),
    "lift_protection": _Wish(
        lambda who, book, wish: who.lift_protection(book, wish["sheet"]), _SHEET
    ),
    "set_share": _Wish(
        lambda who, book, wish: who.set_share(book, Access(wish["access"])), {"access": str}
    ),
}

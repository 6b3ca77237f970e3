"""What every kind of request works with, and the habits of Google's JSON."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.google_sheets.errors import NotModelledError, invalid
from sandbox.google_sheets.masks import Mask, MaskSyntaxError, paths, read_mask
from sandbox.google_sheets.model import Book, Json, Sheet
from sandbox.google_sheets.rendering import Reader
from sandbox.google_sheets.schema import load_schema

__all__ = [
    "Handler",
    "Work",
    "chosen_id",
    "clean",
    "dimension_of",
    "fields_of",
    "line_count",
    "line_sizes",
    "shown_range",
    "span_of",
    "without_defaults",
]


@dataclass(frozen=True, slots=True)
class Work:
    """One batch at work: the book, its values, who asks, and where new ids come from."""

    reader: Reader
    account: str
    new_id: Callable[[], int]

    @property
    def book(self) -> Book:
        """The spreadsheet being changed."""
        return self.reader.book


Handler = Callable[[Work, Json], Json]


def fields_of(request: Json, root: str, modelled: frozenset[str] | None = None) -> Mask:
    """The `fields` mask of an update, checked; `modelled` names the members known here.

    Raises Google's refusal for a missing or unreadable mask, `NotModelledError` for the rest.
    """
    text = request.get("fields")
    if not text:
        raise invalid(
            "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
        )
    try:
        wanted = paths(text)
    except MaskSyntaxError:
        raise invalid(f"Invalid fields: {text}") from None
    for path in wanted:
        unknown = load_schema().unknown_member(root, path)
        if unknown:
            raise invalid(f"Invalid field: {unknown}")
        if modelled is not None and path[0] != "*" and path[0] not in modelled:
            raise NotModelledError(f"field mask {root}.{path[0]}")
    return read_mask(text)


def clean(value: Any) -> Any:
    """A copy without nulls and without zero colour parts, as Google gives it back."""
    if isinstance(value, list):
        return [clean(item) for item in value]
    if not isinstance(value, dict):
        return value
    result = {}
    for key, item in value.items():
        if item is None or (key in ("red", "green", "blue") and item == 0):
            continue
        result[key] = clean(item)
    return result


def without_defaults(value: Json, keep: tuple[str, ...] = ()) -> Json:
    """Leave out what equals its default: false, zero, empty text, empty list."""
    return {
        key: item
        for key, item in value.items()
        if key in keep or item not in (None, False, 0, "", [])
    }


def shown_range(value: Any) -> Any:
    """A copy in which ranges on the sheet with id 0 do not name it, as in Google's replies."""
    if isinstance(value, list):
        return [shown_range(item) for item in value]
    if not isinstance(value, dict):
        return value
    hide = value.get("sheetId") == 0 and "title" not in value
    return {
        key: shown_range(item) for key, item in value.items() if not (hide and key == "sheetId")
    }


def span_of(work: Work, named: Json) -> tuple[Sheet, str, int, int]:
    """The sheet, dimension, start and end of a `DimensionRange`; an open end is the grid's."""
    sheet = work.book.sheet(int(named.get("sheetId") or 0))
    dimension = dimension_of(named)
    start = int(named.get("startIndex") or 0)
    end = named.get("endIndex")
    stop = line_count(sheet, dimension) if end is None else int(end)
    if start < 0 or stop < start:
        raise invalid(f"The range is not possible: {start} to {stop}.")
    return sheet, dimension, start, stop


def dimension_of(named: Json) -> str:
    """`ROWS` or `COLUMNS`; refused when it is neither."""
    dimension = named.get("dimension")
    if dimension not in ("ROWS", "COLUMNS"):
        raise invalid("No dimension specified.")
    return str(dimension)


def line_count(sheet: Sheet, dimension: str) -> int:
    """Rows or columns of the grid."""
    return sheet.row_count if dimension == "ROWS" else sheet.column_count


def line_sizes(sheet: Sheet, dimension: str) -> dict[int, Json]:
    """Heights or widths by index, those that somebody changed."""
    return sheet.row_sizes if dimension == "ROWS" else sheet.column_sizes


def chosen_id(work: Work, wanted: Json, key: str, taken: list[Json]) -> int:
    """The number that the caller chose for a new object, or a new one; refused when in use."""
    chosen = wanted.get(key)
    if chosen is None:
        return work.new_id()
    if any(one[key] == chosen for one in taken):
        raise invalid(f"{key} {chosen} is already in use.")
    return int(chosen)

"""Requests about the spreadsheet and its tabs."""

from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox.google_sheets.a1 import Box
from sandbox.google_sheets.batch.copies import duplicate
from sandbox.google_sheets.batch.work import Handler, Work, clean, fields_of, without_defaults
from sandbox.google_sheets.charts import sources, with_sources, without_lost_sources
from sandbox.google_sheets.dimensions import delete_lines
from sandbox.google_sheets.errors import NotModelledError, invalid
from sandbox.google_sheets.locales import known_locale
from sandbox.google_sheets.masks import merge
from sandbox.google_sheets.model import Book, Json, Sheet
from sandbox.google_sheets.references import renamed, sheet_deleted
from sandbox.google_sheets.rewriting import change_formulas, change_locale

__all__ = ["KINDS", "properties_of", "sheet_properties"]

TITLE_CHARACTERS_MAX = 100
_SHEET_FIELDS = frozenset(
    ("sheetId", "title", "index", "hidden", "tabColor", "tabColorStyle", "gridProperties")
) | {"rightToLeft"}
_BOOK_FIELDS = frozenset(("title", "locale", "timeZone", "autoRecalc", "defaultFormat"))


def add_sheet(work: Work, request: Json) -> Json:
    """`addSheet`: the id may be chosen by the caller."""
    book = work.book
    wanted = clean(request.get("properties") or {})
    if wanted.get("sheetType", "GRID") != "GRID" or "dataSourceSheetProperties" in wanted:
        raise NotModelledError("addSheet of another type than GRID")
    sheet_id = _new_sheet_id(work, wanted.get("sheetId"))
    title = wanted.get("title") or _next_title(book)
    _check_title(book, title, None)
    properties = {**wanted, "sheetId": sheet_id, "title": title}
    index = min(int(properties.pop("index", len(book.sheets))), len(book.sheets))
    if index < 0:
        raise invalid(f"The sheet index must not be negative: {index}")
    sheet = Sheet(sheet_properties(properties))
    _check_grid(sheet.properties["gridProperties"])
    book.sheets.insert(index, sheet)
    book.check_size()
    return {"addSheet": {"properties": properties_of(book, sheet)}}


def delete_sheet(work: Work, request: Json) -> Json:
    """`deleteSheet`: the last visible one stays."""
    book = work.book
    sheet = _sheet(book, request)
    rest = [one for one in book.sheets if one is not sheet]
    if not rest:
        raise invalid("You can't remove all the sheets in a document.")
    if all(one.properties.get("hidden") for one in rest):
        raise invalid("You can't remove all the visible sheets in a document.")
    book.sheets = rest
    change_formulas(book, lambda formula, _: sheet_deleted(formula, sheet.title))
    gone = [one for one in book.named_ranges if _is_on(one["range"], sheet)]
    book.named_ranges = [one for one in book.named_ranges if one not in gone]
    book.lost_names |= {one["namedRangeId"]: one["name"] for one in gone}
    for one in rest:
        one.charts = [_without_sheet(chart, sheet) for chart in one.charts]
    return {}


def duplicate_sheet(work: Work, request: Json) -> Json:
    """`duplicateSheet`: everything on the tab, objects with ids of their own; see `duplicate`."""
    book = work.book
    source = book.sheet(int(request.get("sourceSheetId") or 0))
    title = request.get("newSheetName") or _copy_title(book, source.title)
    _check_title(book, title, None)
    sheet_id = _new_sheet_id(work, request.get("newSheetId"))
    index = request.get("insertSheetIndex")
    place = book.sheets.index(source) + 1 if index is None else int(index)
    if not 0 <= place <= len(book.sheets):
        raise invalid(f"The sheet index must be between 0 and {len(book.sheets)}: {place}")
    sheet = duplicate(work, source, {"sheetId": sheet_id, "title": title})
    book.sheets.insert(place, sheet)
    book.check_size()
    return {"duplicateSheet": {"properties": properties_of(book, sheet)}}


def update_sheet_properties(work: Work, request: Json) -> Json:
    """`updateSheetProperties`."""
    book = work.book
    mask = fields_of(request, "SheetProperties", _SHEET_FIELDS)
    wanted = clean(request.get("properties") or {})
    sheet = _sheet(book, wanted)
    if "*" in mask:
        mask = {name: {} for name in _SHEET_FIELDS if name not in ("sheetId", "index")}
    old_title = sheet.title
    if "title" in mask:
        _check_title(book, wanted.get("title") or "", sheet)
    if "index" in mask:
        _move(book, sheet, int(wanted.get("index") or 0))
    colour = {name for name in ("tabColor", "tabColorStyle") if name in mask}
    new = _with_colour(wanted)
    if colour:
        mask = {**mask, "tabColor": {}, "tabColorStyle": {}}
    below = {key: value for key, value in mask.items() if key not in ("index", "sheetId")}
    merged = merge(sheet.properties, new, below) if below else dict(sheet.properties)
    _resize(book, sheet, merged)
    sheet.properties = sheet_properties(merged)
    if all(one.properties.get("hidden") for one in book.sheets):
        raise invalid("You can't hide all the sheets in a document.")
    if sheet.title != old_title:
        change_formulas(book, lambda formula, _: renamed(formula, old_title, sheet.title))
    return {}


def update_spreadsheet_properties(work: Work, request: Json) -> Json:
    """`updateSpreadsheetProperties`."""
    book = work.book
    mask = fields_of(request, "SpreadsheetProperties", _BOOK_FIELDS)
    wanted = clean(request.get("properties") or {})
    if "*" in mask:
        mask = {name: {} for name in wanted if name in _BOOK_FIELDS}
    if "defaultFormat" in mask:
        raise NotModelledError("updateSpreadsheetProperties of defaultFormat")
    if "locale" in mask and not known_locale(str(wanted.get("locale"))):
        raise invalid(f"Unsupported locale: {wanted.get('locale')}")
    if "timeZone" in mask and not _known_zone(str(wanted.get("timeZone"))):
        raise invalid(f"Invalid time zone: {wanted.get('timeZone')}")
    if "title" in mask and not wanted.get("title"):
        raise invalid("The title must not be empty.")
    if "locale" in mask:
        change_locale(book, str(wanted["locale"]))
    book.properties = merge(book.properties, wanted, mask)
    return {}


def sheet_properties(wanted: Json) -> Json:
    """Properties as they are kept: defaults left out, the grid always sized."""
    grid = {"rowCount": 1000, "columnCount": 26, **(wanted.get("gridProperties") or {})}
    kept = without_defaults(
        {key: value for key, value in _with_colour(wanted).items() if key != "index"},
        keep=("sheetId",),
    )
    return {
        **kept,
        "sheetType": "GRID",
        "gridProperties": without_defaults(grid, keep=("rowCount", "columnCount")),
    }


def properties_of(book: Book, sheet: Sheet) -> Json:
    """`SheetProperties` as a reply shows them, the index included."""
    return {**sheet.properties, "index": book.sheets.index(sheet)}


def _with_colour(wanted: Json) -> Json:
    """A tab's colour is told twice, the old way and the new one."""
    style = wanted.get("tabColorStyle")
    if style is not None and "rgbColor" in style:
        return {**wanted, "tabColor": style["rgbColor"]}
    if style is None and wanted.get("tabColor") is not None:
        return {**wanted, "tabColorStyle": {"rgbColor": wanted["tabColor"]}}
    return wanted


def _new_sheet_id(work: Work, wanted: int | None) -> int:
    if wanted is None:
        return work.new_id()
    if wanted < 0:
        raise invalid(f"The sheet id must be positive: {wanted}")
    if any(sheet.id == wanted for sheet in work.book.sheets):
        raise invalid(f"A sheet with id {wanted} already exists. Please use a different id.")
    return wanted


def _is_on(grid_range: Json, sheet: Sheet) -> bool:
    return int(grid_range.get("sheetId") or 0) == sheet.id


def _without_sheet(chart: Json, gone: Sheet) -> Json:
    """A chart that looked at a deleted tab stays, without what it took from there."""
    if not any(_is_on(one, gone) for one in sources(chart)):
        return chart
    left = with_sources(chart, lambda one: None if _is_on(one, gone) else one)
    return without_lost_sources(left)


def _sheet(book: Book, named: Json) -> Sheet:
    wanted = int(named.get("sheetId") or 0)
    for sheet in book.sheets:
        if sheet.id == wanted:
            return sheet
    raise invalid(f"No sheet with id: {wanted}")


def _check_title(book: Book, title: str, sheet: Sheet | None) -> None:
    if not title:
        raise invalid("The sheet name cannot be empty.")
    if len(title) > TITLE_CHARACTERS_MAX:
        raise invalid("The sheet name cannot be greater than 100 characters.")
    other = book.sheet_titled(title)
    if other is not None and other is not sheet:
        raise invalid(
            f'A sheet with the name "{title}" already exists. Please enter another name.'
        )


def _next_title(book: Book) -> str:
    number = len(book.sheets) + 1
    while book.sheet_titled(f"Sheet{number}") is not None:
        number += 1
    return f"Sheet{number}"


def _copy_title(book: Book, title: str) -> str:
    name, number = f"Copy of {title}", 2
    while book.sheet_titled(name) is not None:
        name, number = f"Copy of {title} {number}", number + 1
    return name


def _move(book: Book, sheet: Sheet, index: int) -> None:
    """The new place is counted before the sheet is taken from the old one."""
    if not 0 <= index <= len(book.sheets):
        raise invalid(f"The sheet index must be between 0 and {len(book.sheets)}: {index}")
    old = book.sheets.index(sheet)
    book.sheets.pop(old)
    book.sheets.insert(index - 1 if index > old else index, sheet)


def _check_grid(grid: Json) -> None:
    rows, columns = int(grid.get("rowCount") or 0), int(grid.get("columnCount") or 0)
    if rows < 1 or columns < 1:
        raise invalid(f"The grid must have at least one row and column: {rows} x {columns}")
    for key, size, word in (
        ("frozenRowCount", rows, "rows"),
        ("frozenColumnCount", columns, "columns"),
    ):
        frozen = int(grid.get(key) or 0)
        if frozen < 0:
            raise invalid(f"{key} must not be negative: {frozen}")
        if frozen >= size:
            raise invalid(f"You can't freeze all visible {word} on the sheet.")


def _resize(book: Book, sheet: Sheet, merged: Json) -> None:
    grid: dict[str, Any] = merged.get("gridProperties") or {}
    _check_grid(grid)
    rows, columns = int(grid["rowCount"]), int(grid["columnCount"])
    if rows < sheet.row_count:
        delete_lines(book, sheet, "ROWS", rows, sheet.row_count - rows)
    if columns < sheet.column_count:
        delete_lines(book, sheet, "COLUMNS", columns, sheet.column_count - columns)
    sheet.resize(rows=rows, columns=columns)
    book.check_size()
    assert sheet.box == Box(0, rows, 0, columns)


def _known_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


KINDS: dict[str, Handler] = {
    "addSheet": add_sheet,
    "deleteSheet": delete_sheet,
    "duplicateSheet": duplicate_sheet,
    "updateSheetProperties": update_sheet_properties,
    "updateSpreadsheetProperties": update_spreadsheet_properties,
}

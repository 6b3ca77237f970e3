"""Requests about named and protected ranges and developer metadata."""

import re
from typing import Any

from sandbox.google_sheets.batch.work import (
    Handler,
    Work,
    chosen_id,
    clean,
    fields_of,
    without_defaults,
)
from sandbox.google_sheets.errors import NotModelledError, invalid
from sandbox.google_sheets.masks import merge
from sandbox.google_sheets.model import Book, Json, Sheet
from sandbox.google_sheets.ranges import inside

__all__ = ["KINDS"]

METADATA_CHARACTERS_MAX = 30_000
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,249}")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*|true|false", re.IGNORECASE)


def add_named_range(work: Work, request: Json) -> Json:
    """`addNamedRange`: the id may be chosen by the caller."""
    book = work.book
    wanted = clean(request.get("namedRange") or {})
    _check_name(book, wanted.get("name") or "", None)
    named_id = wanted.get("namedRangeId") or str(work.new_id())
    if any(one["namedRangeId"] == named_id for one in book.named_ranges):
        raise invalid(f"A named range with id {named_id} already exists.")
    named = {
        "namedRangeId": named_id,
        "name": wanted["name"],
        "range": _checked_range(book, wanted.get("range")),
    }
    book.named_ranges.append(named)
    return {"addNamedRange": {"namedRange": named}}


def update_named_range(work: Work, request: Json) -> Json:
    """`updateNamedRange`."""
    book = work.book
    mask = fields_of(request, "NamedRange")
    wanted = clean(request.get("namedRange") or {})
    old = _named(book, wanted.get("namedRangeId"))
    new = {**merge(old, wanted, mask), "namedRangeId": old["namedRangeId"]}
    _check_name(book, new.get("name") or "", old)
    new["range"] = _checked_range(book, new.get("range"))
    book.named_ranges[book.named_ranges.index(old)] = new
    return {}


def delete_named_range(work: Work, request: Json) -> Json:
    """`deleteNamedRange`."""
    book = work.book
    book.named_ranges.remove(_named(book, request.get("namedRangeId")))
    return {}


def add_protected_range(work: Work, request: Json) -> Json:
    """`addProtectedRange`: whoever adds it may edit it, and stands among the editors."""
    wanted = clean(request.get("protectedRange") or {})
    if wanted.get("protectedRangeId") is not None and any(
        one["protectedRangeId"] == wanted["protectedRangeId"]
        for sheet in work.book.sheets
        for one in sheet.protected_ranges
    ):
        raise invalid(f"A protected range with id {wanted['protectedRangeId']} already exists.")
    protected = _protected(work, wanted)
    # Read-only: whatever the caller sends, the server chooses the number.
    protected["protectedRangeId"] = work.new_id()
    _home(work.book, protected["range"]).protected_ranges.append(protected)
    asked = without_defaults(wanted.get("editors") or {})
    shown = {**protected, "requestingUserCanEdit": True}
    if not protected.get("warningOnly"):
        shown["editors"] = asked
    return {"addProtectedRange": {"protectedRange": shown}}


def update_protected_range(work: Work, request: Json) -> Json:
    """`updateProtectedRange`."""
    mask = fields_of(request, "ProtectedRange")
    wanted = clean(request.get("protectedRange") or {})
    sheet, old = _protected_range(work.book, wanted.get("protectedRangeId"))
    sheet.protected_ranges.remove(old)
    new = _protected(work, merge(old, wanted, mask))
    new["protectedRangeId"] = old["protectedRangeId"]
    _home(work.book, new["range"]).protected_ranges.append(new)
    return {}


def delete_protected_range(work: Work, request: Json) -> Json:
    """`deleteProtectedRange`."""
    sheet, old = _protected_range(work.book, request.get("protectedRangeId"))
    sheet.protected_ranges.remove(old)
    return {}


def create_metadata(work: Work, request: Json) -> Json:
    """`createDeveloperMetadata`: a used id refuses the whole batch."""
    book = work.book
    wanted = clean(request.get("developerMetadata") or {})
    if not wanted.get("metadataKey"):
        raise invalid("Metadata key must be set.")
    if wanted.get("visibility") not in ("DOCUMENT", "PROJECT"):
        raise invalid("Metadata visibility must be set.")
    everything = [*book.metadata, *(one for sheet in book.sheets for one in sheet.metadata)]
    metadata_id = chosen_id(work, wanted, "metadataId", everything)
    kept = {**wanted, "metadataId": metadata_id}
    home, kept["location"] = _located(book, wanted.get("location") or {})
    home.append(kept)
    used = sum(len(one["metadataKey"]) + len(one.get("metadataValue", "")) for one in home)
    if used > METADATA_CHARACTERS_MAX:
        raise invalid("The developer metadata exceeds the maximum of 30000 characters.")
    return {"createDeveloperMetadata": {"developerMetadata": kept}}


def delete_metadata(work: Work, request: Json) -> Json:
    """`deleteDeveloperMetadata` by id or key; what went is shown."""
    lookup = (request.get("dataFilter") or {}).get("developerMetadataLookup")
    if not lookup or set(lookup) - {"metadataId", "metadataKey"}:
        raise NotModelledError("deleteDeveloperMetadata by anything but id or key")
    gone: list[Json] = []
    for home in [work.book.metadata, *(sheet.metadata for sheet in work.book.sheets)]:
        found = [one for one in home if all(one.get(key) == lookup[key] for key in lookup)]
        gone += found
        home[:] = [one for one in home if one not in found]
    return {"deleteDeveloperMetadata": {"deletedDeveloperMetadata": gone} if gone else {}}


def _check_name(book: Book, name: str, own: Json | None) -> None:
    if not name.isascii() and name.isidentifier():
        # Letters, digits and underscores: whether of every script, nobody has tried.
        raise NotModelledError("a named range in another script than Latin")
    if not _NAME.fullmatch(name) or _LIKE_A_CELL.fullmatch(name):
        raise invalid(
            "The name you entered is not valid. Here are some tips for creating a valid named "
            f"range: {name}"
        )
    other = book.named_range(name)
    lost = {one.casefold() for one in book.lost_names.values()}
    if (other is not None and other is not own) or name.casefold() in lost:
        # Google's words, from gspread's issue 1530: a lost name is taken, though nobody lists it.
        raise invalid(
            f"Cannot add named range with name: {name}, a named range with that name already "
            "exists."
        )


def _checked_range(book: Book, wanted: Any) -> Json:
    if not wanted:
        raise invalid("The range must be set.")
    sheet, box = book.grid_box(wanted)
    inside(sheet, box)
    if box.row0 >= box.row1 or box.column0 >= box.column1:
        raise invalid("The range is empty.")
    return {**wanted, "sheetId": sheet.id}


def _protected(work: Work, wanted: Json) -> Json:
    book = work.book
    if wanted.get("tableId"):
        raise NotModelledError("a protected range backed by a table")
    if wanted.get("namedRangeId"):
        named = _named(book, wanted["namedRangeId"])
        wanted = {**wanted, "range": named["range"]}
    kept = without_defaults(wanted)
    kept["range"] = _checked_range(book, wanted.get("range") or {})
    kept["requestingUserCanEdit"] = True
    if kept.get("warningOnly"):
        kept.pop("editors", None)
        return kept
    editors = without_defaults(wanted.get("editors") or {})
    users = list(dict.fromkeys([work.account, *editors.get("users", [])]))
    kept["editors"] = {**editors, "users": users}
    return kept


def _protected_range(book: Book, wanted: Any) -> tuple[Sheet, Json]:
    for sheet in book.sheets:
        for one in sheet.protected_ranges:
            if one["protectedRangeId"] == wanted:
                return sheet, one
    raise invalid(f"No protected range with id: {wanted}")


def _home(book: Book, grid_range: Json) -> Sheet:
    return book.sheet(int(grid_range.get("sheetId") or 0))


def _named(book: Book, wanted: Any) -> Json:
    if wanted in book.lost_names:
        raise NotModelledError("a named range whose cells are gone")
    for one in book.named_ranges:
        if one["namedRangeId"] == wanted:
            return one
    raise invalid(f"No named range with id: {wanted}")


def _located(book: Book, location: Json) -> tuple[list[Json], Json]:
    if location.get("spreadsheet"):
        return book.metadata, {"locationType": "SPREADSHEET", "spreadsheet": True}
    if location.get("sheetId") is not None:
        sheet = book.sheet(int(location["sheetId"]))
        return sheet.metadata, {"locationType": "SHEET", "sheetId": sheet.id}
    place = location.get("dimensionRange")
    if not place:
        raise invalid("Metadata location must be set.")
    sheet = book.sheet(int(place.get("sheetId") or 0))
    start, end = int(place.get("startIndex") or 0), int(place.get("endIndex") or 0)
    if end - start != 1:
        raise invalid("Developer metadata can only be added to a single row or column.")
    kind = "ROW" if place.get("dimension") == "ROWS" else "COLUMN"
    return sheet.metadata, {"locationType": kind, "dimensionRange": {**place, "sheetId": sheet.id}}


KINDS: dict[str, Handler] = {
    "addNamedRange": add_named_range,
    "updateNamedRange": update_named_range,
    "deleteNamedRange": delete_named_range,
    "addProtectedRange": add_protected_range,
    "updateProtectedRange": update_protected_range,
    "deleteProtectedRange": delete_protected_range,
    "createDeveloperMetadata": create_metadata,
    "deleteDeveloperMetadata": delete_metadata,
}

"""A tab made from another one: its cells and all that lies over them, with new ids."""

from typing import Any

from sandbox.google_sheets.batch.work import Work
from sandbox.google_sheets.charts import with_sources
from sandbox.google_sheets.errors import NotModelledError
from sandbox.google_sheets.model import Json, Sheet

__all__ = ["duplicate"]

_IDS = {
    "charts": "chartId",
    "filter_views": "filterViewId",
    "banded_ranges": "bandedRangeId",
    "protected_ranges": "protectedRangeId",
}


def duplicate(work: Work, source: Sheet, identity: Json) -> Sheet:
    """A copy of a tab under another id and title; charts of it look at the copy.

    Not modelled: a tab with named ranges (whose copies belong to the new tab alone) and one with
    developer metadata.
    """
    if source.metadata:
        raise NotModelledError("duplicateSheet of a sheet with developer metadata")
    if any(_on(one["range"], source) for one in work.book.named_ranges):
        raise NotModelledError("duplicateSheet of a sheet with named ranges")
    sheet = source.copy()
    sheet.properties = {**source.properties, **identity}
    for name in (
        *_IDS,
        "merges",
        "conditional_formats",
        "row_groups",
        "column_groups",
    ):
        objects = [_rehomed(one, source.id, sheet.id) for one in getattr(sheet, name)]
        if name in _IDS:
            objects = [{**one, _IDS[name]: work.new_id()} for one in objects]
        setattr(sheet, name, objects)
    if sheet.basic_filter is not None:
        sheet.basic_filter = _rehomed(sheet.basic_filter, source.id, sheet.id)
    return sheet


def _on(grid_range: Json, sheet: Sheet) -> bool:
    return int(grid_range.get("sheetId") or 0) == sheet.id


def _rehomed(value: Any, old: int, new: int) -> Any:
    """An object whose places on the old sheet lie on the new one."""
    if isinstance(value, list):
        return [_rehomed(item, old, new) for item in value]
    if not isinstance(value, dict):
        return value
    if "sourceRange" in value:
        return with_sources(
            value,
            lambda one: {**one, "sheetId": new} if int(one.get("sheetId") or 0) == old else one,
        )
    moved = {key: _rehomed(item, old, new) for key, item in value.items()}
    is_place = "sheetId" in value or {"startRowIndex", "startColumnIndex", "dimension"} & set(
        value
    )
    if is_place and int(value.get("sheetId") or 0) == old:
        moved["sheetId"] = new
    return moved

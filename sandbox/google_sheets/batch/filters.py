"""Requests about filters: the one everybody sees, and the views each person may choose."""

from dataclasses import dataclass
from typing import Any

from sandbox.google_sheets.a1 import Box
from sandbox.google_sheets.batch.moves import sort_rows, sort_specs
from sandbox.google_sheets.batch.work import Handler, Work, chosen_id, clean, fields_of
from sandbox.google_sheets.conditions import Use, check_condition
from sandbox.google_sheets.errors import NotModelledError, invalid
from sandbox.google_sheets.formats import with_styles
from sandbox.google_sheets.holding import Holding
from sandbox.google_sheets.masks import merge
from sandbox.google_sheets.model import Book, Json, Sheet
from sandbox.google_sheets.ranges import inside

__all__ = ["KINDS"]

_CRITERIA = frozenset(("hiddenValues", "condition"))


def set_basic_filter(work: Work, request: Json) -> Json:
    """`setBasicFilter`: one a sheet; its rows are sorted and hidden once, as it is set."""
    sheet, kept, box = _checked(work.book, request.get("filter") or {})
    _show_rows(sheet)
    sheet.basic_filter = kept
    below = Box(min(box.row0 + 1, box.row1), box.row1, box.column0, box.column1)
    specs = sort_specs(kept.get("sortSpecs") or [], box)
    if specs:
        sort_rows(work, sheet, below, specs)
        work.book.touch()
    _hide_rows(work, sheet, below, kept.get("filterSpecs") or [])
    return {}


def clear_basic_filter(work: Work, request: Json) -> Json:
    """`clearBasicFilter`: its rows are seen again; nothing happens where there is none."""
    sheet = work.book.sheet(int(request.get("sheetId") or 0))
    sheet.basic_filter = None
    _show_rows(sheet)
    return {}


def add_filter_view(work: Work, request: Json) -> Json:
    """`addFilterView`: the id may be chosen by the caller."""
    wanted = clean(request.get("filter") or {})
    taken = [one for sheet in work.book.sheets for one in sheet.filter_views]
    view_id = chosen_id(work, wanted, "filterViewId", taken)
    sheet, kept, _ = _checked(work.book, wanted)
    title = wanted.get("title") or f"Filter {len(sheet.filter_views) + 1}"
    view = {**kept, "filterViewId": view_id, "title": title}
    sheet.filter_views.append(view)
    return {"addFilterView": {"filter": view}}


def duplicate_filter_view(work: Work, request: Json) -> Json:
    """`duplicateFilterView`: the copy has an id and a title of its own."""
    sheet, old = _view(work.book, request.get("filterId"))
    view = {**old, "filterViewId": work.new_id(), "title": f"Copy of {old['title']}"}
    sheet.filter_views.append(view)
    return {"duplicateFilterView": {"filter": view}}


def update_filter_view(work: Work, request: Json) -> Json:
    """`updateFilterView`."""
    mask = fields_of(request, "FilterView")
    wanted = clean(request.get("filter") or {})
    sheet, old = _view(work.book, wanted.get("filterViewId"))
    base = dict(old)
    if "criteria" in mask or "filterSpecs" in mask:
        # The two are one thing told twice: what is written replaces both.
        base = {key: item for key, item in old.items() if key not in ("criteria", "filterSpecs")}
    new = merge(base, wanted, mask)
    home, kept, _ = _checked(work.book, {**new, "range": new.get("range") or old["range"]})
    if home is not sheet:
        raise invalid("A filter view cannot move to another sheet.")
    kept["title"] = new.get("title") or old["title"]
    kept["filterViewId"] = old["filterViewId"]
    sheet.filter_views[sheet.filter_views.index(old)] = kept
    return {}


def delete_filter_view(work: Work, request: Json) -> Json:
    """`deleteFilterView`."""
    sheet, old = _view(work.book, request.get("filterId"))
    sheet.filter_views.remove(old)
    return {}


@dataclass(frozen=True, slots=True)
class _Column:
    """What one column's criteria let through."""

    index: int
    hidden: frozenset[str]
    condition: Json | None


def _checked(book: Book, wanted: Json) -> tuple[Sheet, Json, Box]:
    """The filter as Google keeps it: an open range closed at the grid's edge, criteria twice."""
    kept = with_styles(clean(wanted))
    if kept.get("namedRangeId") or kept.get("tableId"):
        raise NotModelledError("a filter over a named range or a table")
    sheet, box = book.grid_box(kept.get("range") or {})
    inside(sheet, box)
    kept["range"] = box.as_grid_range(sheet.id)
    sort_specs(kept.get("sortSpecs") or [], box)
    specs = _specs(kept)
    for spec in specs:
        _check_spec(book, spec, box)
    kept.pop("criteria", None)
    kept.pop("filterSpecs", None)
    if specs:
        kept["filterSpecs"] = specs
        kept["criteria"] = {
            str(int(spec.get("columnIndex") or 0)): spec["filterCriteria"] for spec in specs
        }
    return sheet, kept, box


def _specs(wanted: Json) -> list[Json]:
    """The criteria by column; when both ways of telling them are there, the newer one counts."""
    if wanted.get("filterSpecs"):
        return [
            {"columnIndex": int(spec.get("columnIndex") or 0), **spec}
            for spec in wanted["filterSpecs"]
        ]
    return [
        {"columnIndex": int(column), "filterCriteria": criteria}
        for column, criteria in sorted((wanted.get("criteria") or {}).items(), key=_number)
    ]


def _number(pair: tuple[str, Any]) -> int:
    if not pair[0].isdigit():
        raise invalid(f"Invalid column index in filter criteria: {pair[0]}")
    return int(pair[0])


def _check_spec(book: Book, spec: Json, box: Box) -> None:
    column = int(spec["columnIndex"])
    if spec.get("dataSourceColumnReference"):
        raise NotModelledError("a filter of a data source")
    if not box.column0 <= column < box.column1:
        raise invalid(f"The filter column {column} is not in the range.")
    criteria = spec.setdefault("filterCriteria", {})
    if set(criteria) - _CRITERIA:
        raise NotModelledError("a filter by colours")
    if "condition" in criteria:
        check_condition(book, criteria["condition"], Use.FILTER)


def _hide_rows(work: Work, sheet: Sheet, box: Box, specs: list[Json]) -> None:
    columns = [
        _Column(
            int(spec["columnIndex"]),
            frozenset(spec["filterCriteria"].get("hiddenValues") or []),
            spec["filterCriteria"].get("condition"),
        )
        for spec in specs
    ]
    holding = Holding(work.book, work.reader.engine, sheet)
    for row in range(box.row0, box.row1) if columns else ():
        if not all(_passes(work, sheet, holding, (row, box.row0), one) for one in columns):
            sheet.row_sizes[row] = {**sheet.row_sizes.get(row, {}), "hiddenByFilter": True}


def _passes(
    work: Work, sheet: Sheet, holding: Holding, rows: tuple[int, int], column: _Column
) -> bool:
    row, first = rows
    if work.reader.formatted(sheet, row, column.index) in column.hidden:
        return False
    if column.condition is None:
        return True
    return holding.holds(column.condition, (row, column.index), (row - first, 0))


def _show_rows(sheet: Sheet) -> None:
    sheet.row_sizes = {
        row: {key: value for key, value in size.items() if key != "hiddenByFilter"}
        for row, size in sheet.row_sizes.items()
    }


def _view(book: Book, wanted: Any) -> tuple[Sheet, Json]:
    for sheet in book.sheets:
        for one in sheet.filter_views:
            if one["filterViewId"] == wanted:
                return sheet, one
    raise invalid(f"No filter view with id: {wanted}")


KINDS: dict[str, Handler] = {
    "setBasicFilter": set_basic_filter,
    "clearBasicFilter": clear_basic_filter,
    "addFilterView": add_filter_view,
    "duplicateFilterView": duplicate_filter_view,
    "updateFilterView": update_filter_view,
    "deleteFilterView": delete_filter_view,
}

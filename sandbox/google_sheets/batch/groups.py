"""Requests about groups of rows and columns that fold: add, delete, fold and unfold.

Google thinks of a group as a depth of each line: adding raises the depths in a range, deleting
lowers them, and the groups are the runs of lines at least that deep.
"""

from sandbox.google_sheets.batch.work import Handler, Work, clean, fields_of, line_sizes, span_of
from sandbox.google_sheets.errors import invalid
from sandbox.google_sheets.model import Json, Sheet

__all__ = ["KINDS"]

DEPTH_MAX = 8


def add_group(work: Work, request: Json) -> Json:
    """`addDimensionGroup`: one deeper over the range, whatever groups it meets."""
    sheet, dimension, start, end = span_of(work, request.get("range") or {})
    depths = _depths(sheet, dimension)
    for index in range(start, end):
        depths[index] = depths.get(index, 0) + 1
    if max(depths.values(), default=0) > DEPTH_MAX:
        raise invalid(f"Dimension group depth exceeds the maximum of {DEPTH_MAX}.")
    _regroup(sheet, dimension, depths)
    # Seen in the recordings: the first group puts its button behind the group.
    control = "rowGroupControlAfter" if dimension == "ROWS" else "columnGroupControlAfter"
    grid = {**sheet.properties["gridProperties"], control: True}
    sheet.properties = {**sheet.properties, "gridProperties": grid}
    return {"addDimensionGroup": {"dimensionGroups": list(_groups(sheet, dimension))}}


def delete_group(work: Work, request: Json) -> Json:
    """`deleteDimensionGroup`: one less deep over the range."""
    sheet, dimension, start, end = span_of(work, request.get("range") or {})
    depths = _depths(sheet, dimension)
    if any(not depths.get(index) for index in range(start, end)):
        raise invalid("There is no group at the requested range.")
    for index in range(start, end):
        depths[index] -= 1
    _regroup(sheet, dimension, depths)
    groups = _groups(sheet, dimension)
    return {"deleteDimensionGroup": {"dimensionGroups": list(groups)} if groups else {}}


def update_group(work: Work, request: Json) -> Json:
    """`updateDimensionGroup`: folding hides every line of the group, unfolding shows them."""
    fields_of(request, "DimensionGroup", frozenset(("collapsed",)))
    wanted = clean(request.get("dimensionGroup") or {})
    sheet, dimension, start, end = span_of(work, wanted.get("range") or {})
    groups = _groups(sheet, dimension)
    found = [one for one in groups if _is(one, start, end, int(wanted.get("depth") or 0))]
    if not found:
        raise invalid("There is no group at the requested range and depth.")
    folded = bool(wanted.get("collapsed"))
    kept = {key: value for key, value in found[0].items() if key != "collapsed"}
    groups[groups.index(found[0])] = {**kept, "collapsed": True} if folded else kept
    sizes = line_sizes(sheet, dimension)
    for index in range(start, end):
        size = {key: value for key, value in sizes.get(index, {}).items() if key != "hiddenByUser"}
        sizes[index] = {**size, "hiddenByUser": True} if folded else size
    return {}


def _groups(sheet: Sheet, dimension: str) -> list[Json]:
    return sheet.row_groups if dimension == "ROWS" else sheet.column_groups


def _is(group: Json, start: int, end: int, depth: int) -> bool:
    place = group["range"]
    return (place["startIndex"], place["endIndex"], group["depth"]) == (start, end, depth)


def _depths(sheet: Sheet, dimension: str) -> dict[int, int]:
    depths: dict[int, int] = {}
    for group in _groups(sheet, dimension):
        for index in range(group["range"]["startIndex"], group["range"]["endIndex"]):
            depths[index] = max(depths.get(index, 0), int(group["depth"]))
    return depths


def _regroup(sheet: Sheet, dimension: str, depths: dict[int, int]) -> None:
    """Make the groups that the depths tell of; those that stay keep being folded."""
    old = _groups(sheet, dimension)
    groups: list[Json] = []
    for depth in range(1, max(depths.values(), default=0) + 1):
        for run in _runs(sorted(index for index, deep in depths.items() if deep >= depth)):
            place = {"dimension": dimension, "startIndex": run.start, "endIndex": run.stop}
            known = [one for one in old if _is(one, run.start, run.stop, depth)]
            new = {"range": {"sheetId": sheet.id, **place}, "depth": depth}
            groups.append(known[0] if known else new)
    groups.sort(key=lambda one: (one["range"]["startIndex"], one["depth"]))
    old[:] = groups


def _runs(indexes: list[int]) -> list[range]:
    runs: list[range] = []
    for index in indexes:
        if runs and runs[-1].stop == index:
            runs[-1] = range(runs[-1].start, index + 1)
        else:
            runs.append(range(index, index + 1))
    return runs


KINDS: dict[str, Handler] = {
    "addDimensionGroup": add_group,
    "deleteDimensionGroup": delete_group,
    "updateDimensionGroup": update_group,
}

"""Requests that copy or cut a block of cells and paste it elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from sandbox.google_sheets.a1 import Box
from sandbox.google_sheets.batch.work import Handler, Work
from sandbox.google_sheets.charts import with_sources
from sandbox.google_sheets.engine import CellError
from sandbox.google_sheets.errors import NotModelledError, invalid
from sandbox.google_sheets.model import EMPTY, Book, Cell, Formula, Json, Sheet
from sandbox.google_sheets.ranges import check_grid_range, inside
from sandbox.google_sheets.references import cut, moved, qualified
from sandbox.google_sheets.rewriting import change_formulas

__all__ = ["KINDS"]


class Paste(StrEnum):
    """What is pasted, in the API's words."""

    NORMAL = "PASTE_NORMAL"
    VALUES = "PASTE_VALUES"
    FORMAT = "PASTE_FORMAT"
    NO_BORDERS = "PASTE_NO_BORDERS"
    FORMULA = "PASTE_FORMULA"
    VALIDATION = "PASTE_DATA_VALIDATION"
    CONDITIONS = "PASTE_CONDITIONAL_FORMATTING"


_WITH_MERGES = (Paste.NORMAL, Paste.NO_BORDERS)
_WITH_CONDITIONS = (Paste.NORMAL, Paste.NO_BORDERS, Paste.FORMAT, Paste.CONDITIONS)


@dataclass(frozen=True, slots=True)
class _Block:
    """Where cells come from and the cells themselves, by their place inside."""

    sheet: Sheet
    box: Box
    cells: dict[tuple[int, int], Cell]


def copy_paste(work: Work, request: Json) -> Json:
    """`copyPaste`: a destination of several times the size repeats the source."""
    kind = Paste(request.get("pasteType") or Paste.NORMAL)
    block = _taken(work, request.get("source") or {}, kind)
    sheet, wanted = work.book.grid_box(request.get("destination") or {})
    is_turned = request.get("pasteOrientation") == "TRANSPOSE"
    height, width = block.box.height, block.box.width
    if is_turned:
        height, width = width, height
        if kind in _WITH_CONDITIONS and _has_shapes(work.book, block):
            raise NotModelledError("copyPaste transposed with merges or conditional formats")
    down, across = max(wanted.height // height, 1), max(wanted.width // width, 1)
    row1, column1 = wanted.row0 + height * down, wanted.column0 + width * across
    target = Box(wanted.row0, row1, wanted.column0, column1)
    inside(sheet, target)
    for row0 in range(target.row0, target.row1, height):
        for column0 in range(target.column0, target.column1, width):
            _paste_cells(block, sheet, (row0, column0), _Manner(kind, is_turned))
            _paste_shapes(work.book, block, sheet, (row0, column0), kind)
    return {}


def cut_paste(work: Work, request: Json) -> Json:
    """`cutPaste`: the source is left empty; formulas that looked at it follow."""
    book = work.book
    kind = Paste(request.get("pasteType") or Paste.NORMAL)
    block = _taken(work, request.get("source") or {}, kind)
    to = request.get("destination") or {}
    sheet = book.sheet(int(to.get("sheetId") or 0))
    corner = int(to.get("rowIndex") or 0), int(to.get("columnIndex") or 0)
    box = block.box
    target = Box(corner[0], corner[0] + box.height, corner[1], corner[1] + box.width)
    inside(sheet, target)
    if _rules(book, block):
        raise NotModelledError("cutPaste of cells with conditional formats")
    merges = [book.grid_box(one)[1] for one in block.sheet.merges]
    if any(one.meets(box) and not box.covers(one) for one in merges):
        raise invalid("You can't cut a part of merged cells.")
    shapes = _Block(replace(block.sheet, merges=list(block.sheet.merges)), box, block.cells)
    for row, column in list(block.cells):
        block.sheet.put(box.row0 + row, box.column0 + column, EMPTY)
    block.sheet.merges = [
        one for one in block.sheet.merges if not book.grid_box(one)[1].meets(box)
    ]
    _paste_cells(block, sheet, corner, _Manner(kind, is_cut=True))
    _paste_shapes(book, shapes, sheet, corner, kind)
    _follow(book, (block.sheet, box), (sheet, corner))
    return {}


@dataclass(frozen=True, slots=True)
class _Manner:
    kind: Paste
    is_turned: bool = False
    is_cut: bool = False


def _taken(work: Work, named: Json, kind: Paste) -> _Block:
    """The cells of a range; when values are pasted, with what their formulas show."""
    sheet, box = check_grid_range(work.book, named)
    cells = {}
    for row in range(box.row0, box.row1):
        for column in range(box.column0, box.column1):
            cell = sheet.cell(row, column)
            if kind is Paste.VALUES and isinstance(cell.value, Formula):
                value = work.reader.computed(sheet, row, column)
                cell = replace(cell, value=str(value) if isinstance(value, CellError) else value)
            cells[row - box.row0, column - box.column0] = cell
    return _Block(sheet, box, cells)


def _paste_cells(block: _Block, sheet: Sheet, corner: tuple[int, int], manner: _Manner) -> None:
    lines: dict[int, dict[int, Cell]] = {}
    for place, cell in block.cells.items():
        down, across = (place[1], place[0]) if manner.is_turned else place
        row, column = corner[0] + down, corner[1] + across
        old = sheet.cell(row, column)
        new = cell
        if isinstance(new.value, Formula):
            new = replace(
                new, value=_carried(block, new.value, place, (row, column), sheet, manner)
            )
        lines.setdefault(row, {})[column] = _pasted(old, new, manner.kind)
    for row, cells in lines.items():
        sheet.put_cells(row, cells)


def _carried(
    block: _Block,
    formula: Formula,
    place: tuple[int, int],
    to: tuple[int, int],
    sheet: Sheet,
    manner: _Manner,
) -> Formula:
    """A copied formula moves its references along; a cut one keeps looking where it looked."""
    if manner.is_cut:
        return formula if sheet is block.sheet else qualified(formula, block.sheet.title)
    row, column = block.box.row0 + place[0], block.box.column0 + place[1]
    return moved(formula, to[0] - row, to[1] - column)


def _pasted(old: Cell, new: Cell, kind: Paste) -> Cell:
    match kind:
        case Paste.VALUES | Paste.FORMULA:
            return replace(old, value=new.value)
        case Paste.FORMAT:
            return replace(old, format=new.format)
        case Paste.VALIDATION:
            return replace(old, validation=new.validation)
        case Paste.CONDITIONS:
            return old
        case Paste.NO_BORDERS:
            kept = {key: item for key, item in (new.format or {}).items() if key != "borders"}
            borders = (old.format or {}).get("borders")
            return replace(
                new, format={**kept, **({"borders": borders} if borders else {})} or None
            )
    return new


def _paste_shapes(
    book: Book, block: _Block, sheet: Sheet, corner: tuple[int, int], kind: Paste
) -> None:
    """Merges and conditional formats that lie over the cells."""

    def there(box: Box) -> Json:
        down, across = corner[0] - block.box.row0, corner[1] - block.box.column0
        moved_box = Box(
            box.row0 + down, box.row1 + down, box.column0 + across, box.column1 + across
        )
        return moved_box.as_grid_range(sheet.id)

    target = Box(corner[0], corner[0] + block.box.height, corner[1], corner[1] + block.box.width)
    if kind in _WITH_MERGES:
        inner = [book.grid_box(one)[1] for one in block.sheet.merges]
        torn = [book.grid_box(one)[1] for one in sheet.merges]
        if any(one.meets(target) and not target.covers(one) for one in torn):
            raise invalid("You can't paste over a part of merged cells.")
        kept = [one for one in sheet.merges if not book.grid_box(one)[1].meets(target)]
        sheet.merges = kept + [there(one) for one in inner if block.box.covers(one)]
    if kind in _WITH_CONDITIONS:
        for rule, parts in _rules(book, block):
            _spread(block, sheet, rule, [there(part) for part in parts])


def _spread(block: _Block, sheet: Sheet, rule: Json, ranges: list[Json]) -> None:
    """On its own sheet a rule reaches further; on another one it begins anew."""
    if sheet.id != block.sheet.id:
        sheet.conditional_formats.append({**rule, "ranges": ranges})
        return
    index = next(i for i, one in enumerate(sheet.conditional_formats) if one is rule)
    known = rule["ranges"]
    more = [one for one in ranges if one not in known]
    sheet.conditional_formats[index] = {**rule, "ranges": [*known, *more]}


def _rules(book: Book, block: _Block) -> list[tuple[Json, list[Box]]]:
    """The conditional formats that colour cells of a block, and which part of it."""
    found = []
    for rule in block.sheet.conditional_formats:
        boxes = [book.grid_box(one)[1] for one in rule["ranges"]]
        parts = [_common(one, block.box) for one in boxes if one.meets(block.box)]
        if parts:
            found.append((rule, parts))
    return found


def _common(one: Box, other: Box) -> Box:
    return Box(
        max(one.row0, other.row0),
        min(one.row1, other.row1),
        max(one.column0, other.column0),
        min(one.column1, other.column1),
    )


def _has_shapes(book: Book, block: _Block) -> bool:
    merges = [book.grid_box(one)[1] for one in block.sheet.merges]
    return bool(_rules(book, block)) or any(one.meets(block.box) for one in merges)


def _follow(book: Book, source: tuple[Sheet, Box], target: tuple[Sheet, tuple[int, int]]) -> None:
    """Formulas, named ranges and charts that looked at the cut cells look at the new place."""
    (old, box), (new, (row0, column0)) = source, target
    change_formulas(
        book,
        lambda formula, home: cut(formula, home, (old.title, box), (new.title, row0, column0)),
    )
    place = _follower(book, source, target)
    book.named_ranges = [{**one, "range": place(one["range"])} for one in book.named_ranges]
    for sheet in book.sheets:
        sheet.charts = [with_sources(chart, place) for chart in sheet.charts]


def _follower(
    book: Book, source: tuple[Sheet, Box], target: tuple[Sheet, tuple[int, int]]
) -> Callable[[Json], Json]:
    (old, box), (new, (row0, column0)) = source, target

    def place(grid_range: Json) -> Json:
        sheet, own = book.grid_box(grid_range)
        if sheet is not old or not box.covers(own):
            return grid_range
        down, across = row0 - box.row0, column0 - box.column0
        there = Box(own.row0 + down, own.row1 + down, own.column0 + across, own.column1 + across)
        return there.as_grid_range(new.id)

    return place


KINDS: dict[str, Handler] = {"copyPaste": copy_paste, "cutPaste": cut_paste}

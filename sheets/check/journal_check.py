"""Журнал read back: what differs from the books, what to write again, which edits people may mean.

An edit is offered to the books only when all the rest of its row is as it was written: key, number
and every cell that people may not change. A column that was sorted, shifted or replaced as a whole
is no edit: nobody typed fifty comments since the last look.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sheets.check.checking import Difference, Found, Grid, Reason, cut, entered_text
from sheets.check.journal_rows import Located, RowsSeen, home_row, locate
from sheets.formulas import a1
from sheets.hidden import STRUCK
from sheets.rows import RowImage
from sheets.tabs.journal_tab import JournalShape

__all__ = [
    "EDITS_MAX",
    "JournalChecked",
    "NotOffered",
    "RowEdit",
    "Why",
    "check_journal",
    "editable_columns",
]

EDITS_MAX = 50
SHIFT_MAX = 20
SHIFTED_MIN = 3
_NOTHING = Found()


class Why(StrEnum):
    """Why cells that people may edit were not offered to the books."""

    ROW_CHANGED = "row-changed"
    REARRANGED = "rearranged"
    TOO_MANY = "too-many"
    FORMULA = "formula"
    STRUCK = "struck"


@dataclass(frozen=True, slots=True)
class RowEdit:
    """What stands in the cells that people may edit: column and text; the row counts from zero."""

    number: int
    row: int
    cells: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class NotOffered:
    """An edit that is only taken back."""

    edit: RowEdit
    why: Why


@dataclass(frozen=True, slots=True)
class JournalChecked:
    """`rewrite` are the places (from one) whose rows are not there as they must be."""

    rows: RowsSeen
    differences: tuple[Difference, ...]
    rewrite: tuple[int, ...]
    edits: tuple[RowEdit, ...]
    not_offered: tuple[NotOffered, ...]


def editable_columns(shape: JournalShape) -> frozenset[int]:
    """Comment, article, and every dimension but the manager."""
    return shape.editable


def check_journal(
    grid: Grid, images: Sequence[RowImage], shape: JournalShape, tab: str, upto: int
) -> JournalChecked:
    """Compare the rows of all operations; those after `upto` were perhaps never written."""
    rows = locate(grid, images, shape)
    last = max((home_row(one) for one in images), default=0)
    differences = [*_of_operations(grid, rows, images, shape, tab, upto)]
    differences += _of_rows(grid, rows, images, tab, last)
    rewrite = [
        one.place
        for one in images
        if (found := rows.located.get(one.number)) is None
        or found.row != home_row(one)
        or found.wrong
    ]
    edits, not_offered = _edits(grid, rows, images, shape)
    return JournalChecked(rows, tuple(differences), tuple(rewrite), edits, not_offered)


def _of_operations(
    grid: Grid,
    rows: RowsSeen,
    images: Sequence[RowImage],
    shape: JournalShape,
    tab: str,
    upto: int,
) -> Iterable[Difference]:
    for image in images:
        found, home = rows.located.get(image.number), home_row(image)
        name, place = f"№ {image.number}", a1(home, 0)
        if found is None:
            reason = Reason.WAITING if image.number > upto else Reason.MISSING
            yield Difference(tab, place, reason, name, "")
            continue
        if found.row != home:
            yield Difference(tab, place, Reason.MOVED, name, f"строка {found.row + 1}")
        if found.wrong and found.shown != found.number:
            yield Difference(tab, a1(found.row, 0), Reason.MOVED, name, f"№ {found.shown}")
        elif found.wrong and found.whole:
            yield Difference(tab, place, Reason.STALE, name, "")
        else:
            yield from _edited(grid, found, image, shape, tab)


def _edited(
    grid: Grid, found: Located, image: RowImage, shape: JournalShape, tab: str
) -> Iterable[Difference]:
    for column in found.wrong:
        value = image.cells[column]
        wanted = (
            f"№ {image.number} {shape.columns[column].title}: {'' if value is None else value}"
        )
        now = entered_text(grid.get((found.row, column), _NOTHING))
        place = a1(found.row, column)
        yield Difference(tab, place, Reason.EDITED, cut(wanted), cut(now))


def _of_rows(
    grid: Grid, rows: RowsSeen, images: Sequence[RowImage], tab: str, last: int
) -> Iterable[Difference]:
    homes = {home_row(one): one.number for one in images}
    for row in rows.inserted:
        yield Difference(tab, a1(row, 0), Reason.INSERTED, "", "")
    texts = _texts(grid, {*rows.foreign, *rows.copies})
    for row in rows.foreign:
        number = homes.get(row)
        lost = number is not None and number not in rows.located
        reason = Reason.PASTED if lost else Reason.INSERTED if row <= last else Reason.EXTRA
        wanted = f"№ {number}" if lost else ""
        yield Difference(tab, a1(row, 0), reason, wanted, cut(texts[row]))
    for row, number in rows.copies.items():
        yield Difference(tab, a1(row, 0), Reason.DOUBLED, f"№ {number}", cut(texts[row]))


def _texts(grid: Grid, rows: set[int]) -> dict[int, str]:
    """What stands in some rows, as words."""
    words: dict[int, list[tuple[int, str]]] = {row: [] for row in rows}
    for (row, column), found in grid.items():
        if row in words:
            words[row].append((column, entered_text(found)))
    return {row: " ".join(text for _, text in sorted(found)) for row, found in words.items()}


def _edits(
    grid: Grid, rows: RowsSeen, images: Sequence[RowImage], shape: JournalShape
) -> tuple[tuple[RowEdit, ...], tuple[NotOffered, ...]]:
    by_number = {one.number: one for one in images}
    allowed = editable_columns(shape)
    candidates: list[RowEdit] = []
    refused: list[NotOffered] = []
    for found in rows.located.values():
        if found.whole or found.shown != found.number:
            continue
        cells = {column: grid.get((found.row, column), _NOTHING) for column in found.wrong}
        typed = {column: cell for column, cell in cells.items() if column in allowed}
        if not typed:
            continue
        texts = tuple((column, entered_text(cell)) for column, cell in typed.items())
        edit = RowEdit(found.number, found.row, texts)
        why = _refused(cells, typed)
        if why is None:
            candidates.append(edit)
        else:
            refused.append(NotOffered(edit, why))
    moved = _rearranged(candidates, by_number)
    refused += [NotOffered(one, Why.REARRANGED) for one in candidates if one.number in moved]
    candidates = [one for one in candidates if one.number not in moved]
    if len(candidates) > EDITS_MAX:
        refused += [NotOffered(one, Why.TOO_MANY) for one in candidates]
        candidates = []
    order = sorted(refused, key=lambda one: one.edit.number)
    return tuple(sorted(candidates, key=lambda one: one.number)), tuple(order)


def _refused(cells: Mapping[int, Found], typed: Mapping[int, Found]) -> Why | None:
    if len(typed) < len(cells):
        return Why.ROW_CHANGED
    if any(one.formula is not None for one in typed.values()):
        return Why.FORMULA
    if any(STRUCK in entered_text(one) for one in typed.values()):
        return Why.STRUCK
    return None


def _rearranged(edits: Sequence[RowEdit], images: Mapping[int, RowImage]) -> set[int]:
    """Operations in a column of which the words of other rows stand: sorted, or shifted."""
    columns: dict[int, dict[int, str]] = {}
    for edit in edits:
        for column, text in edit.cells:
            columns.setdefault(column, {})[edit.number] = text
    moved: set[int] = set()
    for column, texts in columns.items():
        if len(texts) > 1 and _is_moved(column, texts, images):
            moved |= set(texts)
    return moved


def _is_moved(column: int, texts: Mapping[int, str], images: Mapping[int, RowImage]) -> bool:
    old = {number: _word(images[number], column) for number in texts}
    if Counter(texts.values()) == Counter(old.values()):
        return True
    by_place = {one.place: _word(one, column) for one in images.values()}
    now = by_place | {images[number].place: text for number, text in texts.items()}
    edited = sorted(images[number].place for number in texts)
    if len({text for text in texts.values() if text}) < 2:  # noqa: PLR2004 - one word is filled down
        return False
    for shift in (*range(-SHIFT_MAX, 0), *range(1, SHIFT_MAX + 1)):
        start, end = max(shift, 0), min(shift, 0)
        reached = range(edited[0] + start, edited[-1] + 1 + end)
        as_before = all(now.get(one) == by_place.get(one - shift) for one in reached)
        if len(reached) >= SHIFTED_MIN and as_before:
            return True
    return False


def _word(image: RowImage, column: int) -> str:
    value = image.cells[column]
    return "" if value is None else str(value)

"""Which operation each physical row of Журнал holds, whatever people did to the rows: pure.

sorted, moved      the hidden key goes with its row: № 7 stands in row 12
inserted           a row that is nobody's, or an empty one between two that follow one another
copied             the second row of one key
only what is seen was sorted   number and key disagree: the row is mixed, nothing typed there counts
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sheets.check.checking import Found, Grid, differs, entered_values
from sheets.rows import RowImage, checksum
from sheets.tabs.journal_tab import HEADING_ROWS, JournalShape

__all__ = ["Located", "RowsSeen", "home_row", "locate"]

_NOTHING = Found()
_Line = Sequence[Found]


@dataclass(frozen=True, slots=True)
class Located:
    """Where an operation's row stands (from zero), and which of its cells are not the books'.

    `whole`: its own checksum is right, so nobody edited it. `mixed`: what is seen is another
    operation's (`shown`), or nobody knows.
    """

    number: int
    row: int
    wrong: tuple[int, ...]
    whole: bool
    shown: int


@dataclass(frozen=True, slots=True)
class RowsSeen:
    """All rows of the journal: by operation, nobody's, second copies, empty ones put in between.

    `sorted_rows`: the order itself was changed, not only shifted.
    """

    located: Mapping[int, Located]
    foreign: tuple[int, ...]
    copies: Mapping[int, int]
    inserted: tuple[int, ...]
    sorted_rows: bool
    shown: Mapping[int, int]


def home_row(image: RowImage) -> int:
    """The row (from zero) in which an operation's row must stand."""
    return HEADING_ROWS + image.place - 1


def locate(grid: Grid, images: Sequence[RowImage], shape: JournalShape) -> RowsSeen:
    """Find the row of every operation."""
    owners = _Owners.of(images, shape)
    found: dict[int, list[Located]] = {}
    foreign: list[int] = []
    for row, line in _lines(grid, len(shape.columns)).items():
        number = owners.owner(row, line)
        if number is None:
            foreign.append(row)
        else:
            found.setdefault(number, []).append(_located(owners, number, row, line))
    located: dict[int, Located] = {}
    copies: dict[int, int] = {}
    for number, rows in found.items():
        home = home_row(owners.images[number])
        rows.sort(key=lambda one, home=home: (one.row != home, not one.whole, len(one.wrong)))  # type: ignore[misc]  # the default binds the loop's home
        located[number] = rows[0]
        copies |= {one.row: number for one in rows[1:]}
    order = sorted(located.values(), key=lambda one: one.row)
    places = [owners.images[one.number].place for one in order]
    kept = _longest_rising(places)
    return RowsSeen(
        located,
        tuple(foreign),
        copies,
        _inserted(order, places, kept, {*foreign, *copies}),
        len(kept) < len(order),
        {one.row: one.shown for one in order},
    )


@dataclass(frozen=True, slots=True)
class _Owners:
    """What rows are known by."""

    images: Mapping[int, RowImage]
    by_key: Mapping[str, int]
    by_sum: Mapping[str, int]
    by_home: Mapping[int, int]
    key: int

    @staticmethod
    def of(images: Sequence[RowImage], shape: JournalShape) -> "_Owners":
        key = shape.places["key"]
        return _Owners(
            images={one.number: one for one in images},
            by_key={str(one.cells[key]): one.number for one in images},
            by_sum={one.checksum: one.number for one in images},
            by_home={home_row(one): one.number for one in images},
            key=key,
        )

    def owner(self, row: int, line: _Line) -> int | None:
        """By the key; without one by the checksum; without both by the number, at home."""
        known = self.by_key.get(str(line[self.key].entered))
        if known is None:
            known = self.by_sum.get(str(line[-1].entered))
        if known is None:
            number = self.numbered(line)
            known = number if number == self.by_home.get(row) else None
        return known

    def numbered(self, line: _Line) -> int | None:
        """The operation whose number the first cell shows."""
        shown = line[0].entered
        if not isinstance(shown, Decimal) or shown != shown.to_integral_value():
            return None
        return int(shown) if int(shown) in self.images else None


def _lines(grid: Grid, width: int) -> dict[int, list[Found]]:
    lines: dict[int, list[Found]] = {}
    for (row, column), found in grid.items():
        if row >= HEADING_ROWS and column < width:
            line = lines.setdefault(row, [])
            if not line:
                line.extend([_NOTHING] * width)
            line[column] = found
    return dict(sorted(lines.items()))


def _located(owners: _Owners, number: int, row: int, line: _Line) -> Located:
    cells = owners.images[number].cells
    pairs = enumerate(zip(line, cells, strict=True))
    wrong = tuple(column for column, (found, value) in pairs if differs(found, value))
    entered = entered_values(line)
    whole = not wrong or entered[-1] == checksum(entered[:-1])
    shown = owners.numbered(line)
    if shown is None or shown == number or whole:
        return Located(number, row, wrong, whole, number)
    # Nobody knows from one cell: the rest of what is seen says whose it is.
    visible = owners.key
    others = zip(line[:visible], owners.images[shown].cells, strict=False)
    strange = sum(differs(found, value) for found, value in others)
    own = sum(column < visible for column in wrong)
    return Located(number, row, wrong, whole, shown if strange < own else number)


def _longest_rising(places: Sequence[int]) -> list[int]:
    """Indexes of the longest part that is in order: what is not in it was moved."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, place in enumerate(places):
        at = bisect_left(tails, place)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [place]
        ends[at : at + 1] = [index]
    kept: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        kept.append(index)
        index = before[index]
    return kept[::-1]


def _inserted(
    order: Sequence[Located], places: Sequence[int], kept: Sequence[int], taken: set[int]
) -> tuple[int, ...]:
    """Empty rows between two that follow one another, more than operations are missing there."""
    used = {one.row for one in order} | taken
    inserted: list[int] = []
    last_row, last_place = HEADING_ROWS - 1, 0
    for index in kept:
        row, place = order[index].row, places[index]
        between = range(last_row + 1, row)
        empty = [one for one in between if one not in used]
        strange = sum(1 for one in between if one in taken)
        spare = max(place - last_place - 1 - strange, 0)
        inserted += empty[: max(len(empty) - spare, 0)]
        last_row, last_place = row, place
    return tuple(inserted)

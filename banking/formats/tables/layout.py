"""Which profile fits a table, and which column holds what: found by its headings alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from banking.formats.tables.grid import Grid, Row, fold
from banking.formats.tables.profile import Profile, Role, Sign

__all__ = ["HEADER_ROWS_MAX", "Layout", "find_layout", "headings"]

# A statement's preamble is shorter; what stands lower is data.
HEADER_ROWS_MAX = 60
_HEADING_CELLS_MIN = 3
_HEADING_WORDS = ("дата", "date", "сумма", "сума", "amount")


@dataclass(frozen=True, slots=True)
class Layout:
    """A profile laid upon a grid: `start` is the index of the first row under the headings."""

    profile: Profile
    columns: Mapping[Role, int]
    header: int
    start: int
    width: int

    def cell(self, row: Row, role: Role) -> str:
        """The cell of this role; empty when the table has no such column."""
        return row.cell(self.columns.get(role))

    def is_heading(self, row: Row, grid: Grid) -> bool:
        """Whether the row repeats the headings, as tables of several pages do."""
        return row.cells == grid.rows[self.header].cells


def find_layout(grid: Grid, profiles: Sequence[Profile]) -> Layout | None:
    """The profile that explains most columns; of equal ones the earlier. None when none fits."""
    best: Layout | None = None
    for index in range(min(len(grid.rows), HEADER_ROWS_MAX)):
        names = _names(grid, index)
        for profile in profiles:
            found = _laid(profile, names[profile.header_rows - 1], index)
            if found and (best is None or len(found.columns) > len(best.columns)):
                best = found
        if best is not None:
            return best
    return None


def headings(grid: Grid) -> tuple[str, ...]:
    """The row that looks most like headings, for a person; empty when nothing does."""
    for row in grid.rows[:HEADER_ROWS_MAX]:
        cells = [cell for cell in row.cells if cell]
        spoken = [cell for cell in cells if not any(char.isdigit() for char in cell)]
        is_named = any(fold(cell).startswith(_HEADING_WORDS) for cell in spoken)
        if is_named and len(spoken) >= _HEADING_CELLS_MIN and len(spoken) == len(cells):
            return tuple(cells)
    return ()


_Names = Mapping[str, int]


def _names(grid: Grid, index: int) -> tuple[_Names, _Names]:
    """Folded headings and where they stand: of one row, and of this row with the next below."""
    first = _folded(grid.rows[index])
    below = _folded(grid.rows[index + 1]) if index + 1 < len(grid.rows) else {}
    return first, {**below, **first}


def _folded(row: Row) -> dict[str, int]:
    names: dict[str, int] = {}
    for position, cell in enumerate(row.cells):
        if cell:
            names.setdefault(fold(cell), position)
    return names


def _laid(profile: Profile, names: _Names, index: int) -> Layout | None:
    columns: dict[Role, int] = {}
    for role, synonyms in profile.needed.items():
        position = _position(synonyms, names)
        if position is None:
            return None
        columns[role] = position
    taken = set(columns.values())
    if len(taken) < len(columns):
        return None
    for role, synonyms in profile.also.items():
        position = _position(synonyms, names)
        if position is not None and position not in taken and role not in columns:
            columns[role] = position
    if profile.sign is not Sign.COLUMNS and Role.AMOUNT not in columns:
        return None
    width = max(names.values()) + 1
    return Layout(profile, columns, index, index + profile.header_rows, width)


def _position(synonyms: Sequence[str], names: _Names) -> int | None:
    return next((names[one] for one in synonyms if one in names), None)

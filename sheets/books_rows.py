"""The rows of operations for every tab that has rows: Журнал and _движения, in one reading."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ledger.chain import Sealed
from sheets.facts import Settings
from sheets.journal_tab import JournalShape
from sheets.moves_tab import MoveImage, move_images
from sheets.names import read_names
from sheets.rows import RowImage, row_image
from store.sheet_sums import entries_before
from store.unit import UnitOfWork

__all__ = ["BookRows", "read_rows"]


@dataclass(frozen=True, slots=True)
class BookRows:
    """Rows of Журнал, one for an operation, and of _движения, one for each of its entries."""

    journal: list[RowImage] = field(default_factory=list)
    moves: list[MoveImage] = field(default_factory=list)


async def read_rows(
    unit: UnitOfWork, operations: Sequence[Sealed], settings: Settings
) -> BookRows:
    """The rows of these operations, which come in the order of their numbers."""
    shape = JournalShape(settings.dimensions)
    names = await read_names(unit, operations)
    rows = BookRows()
    before, expected = 0, 1
    for sealed in operations:
        if sealed.number != expected:
            before = await entries_before(unit, sealed.number)
        rows.journal.append(row_image(sealed, shape, names, settings.zone))
        rows.moves.extend(move_images(sealed, before, names.articles))
        before, expected = before + len(sealed.operation.entries), sealed.number + 1
    return rows

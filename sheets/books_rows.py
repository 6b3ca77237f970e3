"""The rows of operations for every tab that has rows: Журнал and _движения, in one reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ledger.chain import Sealed
from sheets.facts import Settings
from sheets.names import read_names
from sheets.rows import RowImage, row_image
from sheets.tabs.journal_tab import JournalShape
from sheets.tabs.moves_tab import MoveImage, move_images
from store.scopes import Before, Counted, places_held
from store.sheet_sums import entries_before
from store.unit import UnitOfWork

__all__ = ["BookRows", "read_rows"]


@dataclass(frozen=True, slots=True)
class BookRows:
    """Rows of Журнал, one for an operation, and of _движения, one for each of its entries."""

    journal: list[RowImage] = field(default_factory=list)
    moves: list[MoveImage] = field(default_factory=list)


async def read_rows(
    unit: UnitOfWork,
    operations: Sequence[Sealed],
    settings: Settings,
    counted: Counted | None = None,
) -> BookRows:
    """The rows of these operations, which come in the order of their numbers.

    Operations that the spreadsheet does not hold have none. `counted` remembers places.
    """
    shape, scope = JournalShape(settings.dimensions), settings.scope
    held = [sealed for sealed in operations if scope.holds(sealed.operation)]
    names = await read_names(unit, held, scope)
    places = await _places(unit, held, settings, counted)
    rows = BookRows()
    for sealed in held:
        before = places[sealed.number]
        place = before.operations + 1
        rows.journal.append(row_image(sealed, shape, names, settings.zone, scope, place))
        if not settings.is_own:
            rows.moves.extend(move_images(sealed, before.entries, names.articles, scope))
    return rows


async def _places(
    unit: UnitOfWork, held: Sequence[Sealed], settings: Settings, counted: Counted | None
) -> Mapping[int, Before]:
    """What stands before each operation, by its number."""
    if not settings.scope.is_everything:
        numbers = [sealed.number for sealed in held]
        return await places_held(unit, settings.scope, numbers, counted)
    places: dict[int, Before] = {}
    entries, expected = 0, 1
    for sealed in held:
        if sealed.number != expected:
            entries = await entries_before(unit, sealed.number)
        places[sealed.number] = Before(sealed.number - 1, entries)
        entries, expected = entries + len(sealed.operation.entries), sealed.number + 1
    return places

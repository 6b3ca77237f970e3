"""Takes people's edits of the journal into the books, and remembers what they wrote beside rows.

One transaction, before anything is healed: who dies in between finds the same edits again, and the
use case knows them by their keys.
"""

from dataclasses import dataclass

from sheets.check.beside import BesidePlan, plan_beside
from sheets.check.comparing import Compared
from sheets.check.journal_check import RowEdit
from sheets.check.journal_rows import RowsSeen
from sheets.check.looking import Seen
from sheets.tabs.journal_tab import JournalShape
from sheets.writer import SheetChannel
from store.sheet_notes import keep_notes, kept_notes
from store.unit import UnitOfWork
from usecases.sheet_edits import Field, SheetEdit, TakeInOutcome, Typed, take_in_edit

__all__ = ["Taken", "take_in"]

_NO_ROWS = RowsSeen({}, (), {}, (), sorted_rows=False, shown={})


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of each edit, and what belongs beside the rows."""

    edits: tuple[tuple[RowEdit, TakeInOutcome], ...]
    beside: BesidePlan


async def take_in(channel: SheetChannel, seen: Seen, compared: Compared) -> Taken:
    """Take in every edit that was offered; the caller holds the channel's turn."""
    spreadsheet = channel.transport.spreadsheet_id
    journal = compared.journal
    images = {one.number: one for one in seen.rows.journal}
    rows = journal.rows if journal else _NO_ROWS
    async with channel.store.write("sheet-edits") as unit:
        kept = await kept_notes(unit, spreadsheet)
        beside = plan_beside(seen.beside, kept, rows, images, channel.shape)
        await keep_notes(unit, spreadsheet, beside.kept)
        edits = [
            (one, await _taken(unit, one, channel.shape, spreadsheet))
            for one in (journal.edits if journal else ())
        ]
    return Taken(tuple(edits), beside)


async def _taken(
    unit: UnitOfWork, edit: RowEdit, shape: JournalShape, spreadsheet: str
) -> TakeInOutcome:
    sealed = await unit.journal.by_number(edit.number)
    assert sealed is not None
    cells = tuple(_typed(shape, column, text) for column, text in edit.cells)
    return await take_in_edit(
        unit, SheetEdit(sealed.operation.key, cells, spreadsheet, edit.row + 1)
    )


def _typed(shape: JournalShape, column: int, text: str) -> Typed:
    one = shape.columns[column]
    match one.code:
        case "comment":
            return Typed(Field.COMMENT, text, one.title)
        case "article":
            return Typed(Field.ARTICLE, text, one.title)
        case code:
            dimension = code.removeprefix("name:")
            return Typed(Field.DIMENSION, text, one.title, dimension)

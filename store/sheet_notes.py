"""What people wrote beside rows of a spreadsheet's journal: kept, so that it survives the row.

A note of a cell, or a value in a column of their own, by the operation's number and the column.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert, select, tuple_

from store.pages import pages
from store.tables import metadata
from store.unit import UnitOfWork

__all__ = ["BesideKey", "keep_notes", "kept_notes"]

_notes = metadata.tables["sheet_notes"]

# The operation's number and the column: its code, or `+1` for the first one behind ours.
BesideKey = tuple[int, str]


async def kept_notes(unit: UnitOfWork, spreadsheet: str) -> dict[BesideKey, Any]:
    """All that was seen beside the rows of a spreadsheet."""
    query = select(_notes).where(_notes.c.spreadsheet == spreadsheet)
    return {
        (row.number, row.column): row.content
        for row in await unit.connection.execute(query.order_by(_notes.c.number))
    }


async def keep_notes(unit: UnitOfWork, spreadsheet: str, seen: Mapping[BesideKey, Any]) -> None:
    """From now on exactly this stands beside the rows; what is gone is forgotten."""
    known = await kept_notes(unit, spreadsheet)
    gone = [key for key, content in known.items() if seen.get(key) != content]
    fresh = [key for key, content in seen.items() if known.get(key) != content]
    key = tuple_(_notes.c.number, _notes.c.column)
    for page in pages(gone):
        where = (_notes.c.spreadsheet == spreadsheet) & key.in_(page)
        await unit.connection.execute(delete(_notes).where(where))
    for page in pages(fresh):
        rows = [
            {
                "spreadsheet": spreadsheet,
                "number": number,
                "column": column,
                "content": seen[number, column],
            }
            for number, column in page
        ]
        await unit.connection.execute(insert(_notes), rows)

"""Журнал as a person reads it: one mapping of heading to value for each row."""

from collections.abc import Mapping

from sandbox.google_sheets.model import Value
from sandbox.servers import Sandbox

__all__ = ["JOURNAL", "journal_rows"]

JOURNAL = "Журнал"


def journal_rows(sandbox: Sandbox) -> list[Mapping[str, Value]]:
    """The rows of the journal that have a number."""
    sheet = sandbox.google_sheets.shelf(sandbox.spreadsheet_id).book.sheet_titled(JOURNAL)
    assert sheet is not None
    headings = [sheet.cell(0, column).value for column in range(sheet.column_count)]
    rows: list[Mapping[str, Value]] = []
    for row in sorted(sheet.rows):
        cells = {str(name): sheet.cell(row, column).value for column, name in enumerate(headings)}
        if row > 0 and isinstance(cells["№"], int | float):
            rows.append(cells)
    return rows

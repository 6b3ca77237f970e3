"""The spreadsheet of the books as an xlsx file, for whoever has no Google or wants a copy."""

from sheets.books_rows import read_rows
from sheets.facts import Settings, read_facts
from sheets.tabs.template import template
from sheets.workbook import workbook_bytes
from store.database import Store

__all__ = ["export_workbook"]


async def export_workbook(store: Store, settings: Settings) -> bytes:
    """All tabs with the same formulas as in Google; nothing in it is brought up to date later."""
    async with store.read() as unit:
        facts = await read_facts(unit, settings, live=False)
        operations = [sealed async for sealed in unit.journal.all()]
        rows = await read_rows(unit, operations, settings)
    return workbook_bytes(template(facts, "export"), rows.journal, rows.moves)

"""The spreadsheet of the books as an xlsx file, for whoever has no Google or wants a copy."""

from sheets.facts import Settings, read_facts
from sheets.journal_tab import JournalShape
from sheets.names import read_names
from sheets.rows import row_image
from sheets.template import template
from sheets.workbook import workbook_bytes
from store.database import Store

__all__ = ["export_workbook"]


async def export_workbook(store: Store, settings: Settings) -> bytes:
    """All tabs with the same formulas as in Google; nothing in it is brought up to date later."""
    shape = JournalShape(settings.dimensions)
    async with store.read() as unit:
        facts = await read_facts(unit, settings, live=False)
        operations = [sealed async for sealed in unit.journal.all()]
        names = await read_names(unit, operations)
    rows = [row_image(sealed, shape, names, settings.zone) for sealed in operations]
    return workbook_bytes(template(facts, "export"), rows)

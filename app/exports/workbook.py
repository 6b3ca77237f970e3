"""The spreadsheet of the books as an xlsx file: the same tabs and formulas, nothing computed."""

from sheets.facts import Settings, read_facts
from sheets.journal_tab import JournalShape
from sheets.names import read_names
from sheets.rows import row_image
from sheets.template import template
from sheets.workbook import workbook_bytes
from store.unit import UnitOfWork
from usecases.company import Company

__all__ = ["book_bytes"]


async def book_bytes(unit: UnitOfWork, company: Company) -> bytes:
    """The workbook of the books as they are in this unit of work."""
    settings = Settings(company.dimensions, company.zone)
    facts = await read_facts(unit, settings, live=False)
    operations = [sealed async for sealed in unit.journal.all()]
    names = await read_names(unit, operations)
    shape = JournalShape(company.dimensions)
    rows = [row_image(sealed, shape, names, company.zone) for sealed in operations]
    return workbook_bytes(template(facts), rows)

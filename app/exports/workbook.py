"""The spreadsheet of the books as an xlsx file: the same tabs and formulas, nothing computed."""

from sheets.books_rows import read_rows
from sheets.facts import Settings, read_facts
from sheets.tabs.template import template
from sheets.workbook import workbook_bytes
from store.unit import UnitOfWork
from usecases.company import Company

__all__ = ["book_bytes"]


async def book_bytes(unit: UnitOfWork, company: Company) -> bytes:
    """The workbook of the books as they are in this unit of work."""
    settings = Settings(company.dimensions, company.zone)
    facts = await read_facts(unit, settings, live=False)
    operations = [sealed async for sealed in unit.journal.all()]
    rows = await read_rows(unit, operations, settings)
    return workbook_bytes(template(facts), rows.journal, rows.moves)

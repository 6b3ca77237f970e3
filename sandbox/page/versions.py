"""What has changed since the page last asked, cheaply: numbers, never contents."""

from sandbox.page.world import DemoWorld

__all__ = ["Versions"]


class Versions:
    """Counts the changes of those stand-ins that do not count themselves."""

    def __init__(self, world: DemoWorld) -> None:
        """Everything seen so far is version 1."""
        self._world = world
        self._deals: list[object] = []
        self._deals_version = 0

    def sheet(self) -> int:
        """The spreadsheet's own revision; 0 while there is none."""
        shelf = self._world.sandbox.google_sheets.shelves.get(self._world.spreadsheet_id)
        return 0 if shelf is None else shelf.book.revision

    def deals(self) -> int:
        """Grows with every change of a deal or a history."""
        crm = self._world.sandbox.amocrm.crm
        # Records are replaced, never changed: identity tells what is new. Holding them keeps an
        # identity from being given twice.
        now: list[object] = [*crm.leads.values(), *crm.notes.values(), *crm.contacts.values()]
        same = len(now) == len(self._deals)
        if not same or any(a is not b for a, b in zip(now, self._deals, strict=True)):
            self._deals = now
            self._deals_version += 1
        return self._deals_version

    def bank(self) -> str:
        """The day and the documents, told in a few signs."""
        bank = self._world.sandbox.bank
        documents = bank.book.documents
        last = documents[-1].id if documents else 0
        return f"{bank.today.isoformat()}/{len(documents)}/{last}"

"""A channel on the Sheets stand-in over real HTTP, with books to write."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from ledger.accounts import Account
from ledger.money import Money
from ledger.operations import dimensions
from ledger.posting import About, TwoDates, client_payment, expense
from sandbox.faults import Faults
from sandbox.google_sheets.credentials import service_account_file
from sandbox.google_sheets.standin import GoogleSheetsStandin
from sandbox.servers import run_standins
from sheets.facts import Settings
from sheets.formulas import a1
from sheets.problems import Problem
from sheets.transport import Reply, SheetsTransport
from sheets.writer import SheetChannel
from store.database import Store
from tests.sheets.ledgers import SETTINGS as MOSCOW
from usecases.dispatch import Dispatcher, Limits
from usecases.posting import post
from world.clock import VirtualClock
from world.identity import seeded_chance

BOOK = "the-owners-book"
# The stand-in tells NOW() in UTC, whatever zone the spreadsheet has.
SETTINGS = Settings((*MOSCOW.dimensions[:1], *MOSCOW.dimensions[3:]), ZoneInfo("Etc/GMT"))
DAY = date(2026, 2, 14)


@dataclass
class Google:
    """The owner's spreadsheet, the bot's channel to it and the books behind."""

    standin: GoogleSheetsStandin
    channel: SheetChannel
    store: Store
    clock: VirtualClock
    faults: Faults
    base: str
    account: dict = field(default_factory=dict)

    def shown(self, title: str, row: int, column: int) -> object:
        """What a cell (from zero) shows."""
        shelf = self.standin.shelf(BOOK)
        sheet = shelf.book.sheet_titled(title)
        assert sheet is not None, title
        return shelf.engine.value(shelf.book, sheet, row, column)

    def row(self, number: int) -> list[object]:
        """A row of Журнал as it shows."""
        return [
            self.shown("Журнал", number, column)
            for column in range(len(self.channel.shape.columns))
        ]

    def edit(self, title: str, row: int, column: int, value: object) -> None:
        """A person types into a cell."""
        self.standin.edit_cell(BOOK, f"'{title}'!{a1(row, column)}", value)

    def titles(self) -> list[str]:
        return [sheet.title for sheet in self.standin.shelf(BOOK).book.sheets]

    def writes(self) -> list:
        """The writes that arrived, oldest first."""
        return [call for call in self.standin.calls if call.method.endswith("batchUpdate")]

    async def spend(self, key: str, minor: int, manager: str = "Анна", comment: str = "") -> None:
        """An expense in the books, queued for the spreadsheet."""
        about = About(key, "Вера", comment, dimensions=dimensions({"manager": manager}))
        desk = Account.parse("desk:main")
        for operation in expense(about, 407, desk, Money(minor), TwoDates(DAY, DAY)):
            async with self.store.write("test") as unit:
                await post(unit, operation)

    async def sell(self, key: str, minor: int, manager: str = "Анна") -> None:
        """A client's payment in the books, queued for the spreadsheet."""
        about = About(key, "Вера", deal="amocrm:1", dimensions=dimensions({"manager": manager}))
        operation = client_payment(about, Account.parse("desk:main"), Money(minor), DAY)
        async with self.store.write("test") as unit:
            await post(unit, operation)

    async def deliver(self, rounds: int = 1) -> int:
        """Let the outbox run; how many rows were claimed in all."""
        limits = Limits()
        dispatcher = Dispatcher(self.store, self.channel, self.clock, seeded_chance(1), limits)
        claimed = 0
        for _ in range(rounds):
            claimed += await dispatcher.run_once()
            self.clock.advance(timedelta(minutes=1))
        return claimed

    async def waiting(self) -> int:
        async with self.store.read() as unit:
            return await unit.outbox.open_count("sheet")


@asynccontextmanager
async def open_google(
    store: Store, clock: VirtualClock, settings: Settings = SETTINGS
) -> AsyncIterator[Google]:
    """An empty spreadsheet with one tab of the owner's own, shared with the bot."""
    faults = Faults()
    standin = GoogleSheetsStandin(clock, faults)
    standin.create(
        {
            "spreadsheetId": BOOK,
            "properties": {"title": "Учёт", "locale": "en_US", "timeZone": "America/New_York"},
            "sheets": [
                {
                    "properties": {
                        "sheetId": 0,
                        "title": "Лист1",
                        "gridProperties": {"rowCount": 100, "columnCount": 10},
                    }
                }
            ],
        }
    )
    async with run_standins({"google_sheets": standin.app}) as urls:
        base = urls["google_sheets"]
        account = service_account_file(f"{base}/token")
        standin.trust(account)
        transport = SheetsTransport(account, BOOK, clock, base_url=base)
        channel = SheetChannel(store, transport, settings)
        try:
            yield Google(standin, channel, store, clock, faults, base, account)
        finally:
            transport.close()
        assert standin.violations == []
        assert standin.not_modelled == []


def problem_of(outcome: object) -> Problem:
    """What was wrong."""
    assert not isinstance(outcome, Reply)
    return outcome

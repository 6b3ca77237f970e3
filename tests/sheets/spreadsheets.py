"""Several spreadsheets of one company on the stand-in, and operations dated as a test needs them."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from ledger.accounts import Account
from ledger.money import Money
from ledger.operations import Entry, Operation, OperationKind, dimensions
from ledger.posting import About, TwoDates, client_payment, expense
from sheets.facts import Settings
from sheets.following import Follower
from sheets.quota import Quotas
from sheets.transport import SheetsTransport
from sheets.writer import SheetChannel
from sheets.years import YearsChannel
from store.database import Store
from store.scopes import Scope
from tests.sheets.google import SETTINGS, Google, open_google
from usecases.dispatch import Dispatcher, Limits
from usecases.posting import post
from world.clock import VirtualClock
from world.identity import seeded_chance

EVE = datetime(2026, 12, 31, 20, 0, tzinfo=UTC)
YEARS = {"book-2026": Scope(None, 2026), "book-2027": Scope(2027, None)}
DESK = Account.parse("desk:main")


@dataclass
class Spreadsheets:
    """One stand-in with a spreadsheet for each scope; `years` are behind one channel."""

    google: Google
    channels: dict[str, SheetChannel]
    years: YearsChannel
    followers: list[Follower] = field(default_factory=list)

    def shown(self, book: str, title: str, row: int, column: int) -> object:
        """What a cell (from zero) of a spreadsheet shows."""
        shelf = self.google.standin.shelf(book)
        sheet = shelf.book.sheet_titled(title)
        assert sheet is not None, (book, title)
        return shelf.engine.value(shelf.book, sheet, row, column)

    def numbers(self, book: str) -> list[object]:
        """The numbers in the rows of Журнал, without the empty ones behind them."""
        found = [self.shown(book, "Журнал", row, 0) for row in range(1, 60)]
        while found and found[-1] is None:
            found.pop()
        return found

    def verdict(self, book: str) -> object:
        return self.shown(book, "Сверка", 1, 1)

    async def spend(self, key: str, minor: int, paid: date, accrued: date | None = None) -> None:
        """An expense in the books, queued for the present spreadsheet."""
        about = About(key, "Вера", dimensions=dimensions({"manager": "Анна"}))
        for one in expense(about, 407, DESK, Money(minor), TwoDates(paid, accrued or paid)):
            await self.post(one)

    async def sell(self, key: str, minor: int, paid: date, manager: str = "Анна") -> None:
        """A client's payment in the books, queued for the present spreadsheet."""
        about = About(key, "Вера", deal="amocrm:1", dimensions=dimensions({"manager": manager}))
        await self.post(client_payment(about, DESK, Money(minor), paid))

    async def post(self, operation: Operation) -> None:
        async with self.google.store.write("test") as unit:
            await post(unit, operation)

    async def deliver(self, rounds: int = 1) -> None:
        """Let the outbox run into the present spreadsheet."""
        dispatcher = Dispatcher(
            self.google.store, self.years, self.google.clock, seeded_chance(1), Limits()
        )
        for _ in range(rounds):
            await dispatcher.run_once()
            self.google.clock.advance(timedelta(minutes=1))

    async def follow(self) -> int:
        """Let all but the present one follow until there is nothing to do."""
        present, done = self.years.present, 0
        following = [one for one in self.followers if one.channel is not present]
        for one in self.followers:
            one.channel.follows = one in following
        while made := sum([await one.step() for one in following]):
            done += made
        return done

    def writes(self, book: str) -> list:
        """The writes that arrived for a spreadsheet, oldest first."""
        return [call for call in self.google.writes() if call.spreadsheet_id == book]


@asynccontextmanager
async def open_spreadsheets(
    store: Store, clock: VirtualClock, scopes: Mapping[str, Scope] = YEARS
) -> AsyncIterator[Spreadsheets]:
    """Spreadsheets by id, empty and shared with the bot; those of a value follow the years'."""
    async with open_google(store, clock) as google:
        quotas, channels = Quotas(), {}
        for book, scope in scopes.items():
            google.standin.create({"spreadsheetId": book, "properties": {"title": book}})
            transport = SheetsTransport(
                google.account, book, clock, base_url=google.base, quotas=quotas
            )
            channels[book] = SheetChannel(store, transport, _settings(scope))
        years = [one for one in channels.values() if not one.settings.is_own]
        opened = Spreadsheets(google, channels, YearsChannel(years, clock, SETTINGS.zone))
        opened.followers = [Follower(one, clock) for one in channels.values()]
        try:
            yield opened
        finally:
            for one in channels.values():
                one.transport.close()


def again(spreadsheets: Spreadsheets) -> Spreadsheets:
    """The same spreadsheets and books as a process that was just started sees them."""
    clock, store = spreadsheets.google.clock, spreadsheets.google.store
    channels = {
        book: SheetChannel(store, one.transport, one.settings)
        for book, one in spreadsheets.channels.items()
    }
    years = [one for one in channels.values() if not one.settings.is_own]
    followers = [Follower(one, clock) for one in channels.values()]
    opened = Spreadsheets(spreadsheets.google, channels, YearsChannel(years, clock, SETTINGS.zone))
    opened.followers = followers
    return opened


def _settings(scope: Scope) -> Settings:
    own = scope.only.dimension if scope.only else None
    kept = tuple(one for one in SETTINGS.dimensions if one.code != own)
    return replace(SETTINGS, dimensions=kept, scope=scope)


def opening(key: str, minor: int, day: date) -> Operation:
    """Money that was on the desk before the books began."""
    return Operation(
        key=key,
        kind=OperationKind.OPENING,
        article=954,
        entries=(Entry(DESK, Account.parse("opening:all"), Money(minor)),),
        paid_on=day,
        accrued_on=None,
    )


def spent(key: str, minor: int, paid: date, accrued: date) -> Operation:
    """One operation whose two days lie apart."""
    return Operation(
        key=key,
        kind=OperationKind.EXPENSE,
        article=407,
        entries=(Entry(Account.of_article(407), DESK, Money(minor)),),
        paid_on=paid,
        accrued_on=accrued,
        dimensions=dimensions({"manager": "Анна"}),
    )

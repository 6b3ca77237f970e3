"""A spreadsheet among people: bursts of random edits, new operations meanwhile, one cycle, the truth.

A cycle is what the house does by itself: deliver what waits (and check after a surprise), then the
self-check with healing. What must be true afterwards is read from the stand-in's memory, from the
database file and from the ledger's own reports, never from the self-check.
"""

import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from ledger.operations import Operation, dimensions
from ledger.pnl import UNSPECIFIED, Pnl
from sandbox.google_sheets.api import Access
from sandbox.google_sheets.credentials import service_account_file
from sandbox.google_sheets.errors import ApiError, NotModelledError
from sandbox.google_sheets.model import Book, Sheet
from sandbox.google_sheets.wishes import meddle
from sheets.check.checking import Difference
from sheets.check.self_check import CheckReport, self_check
from sheets.facts import read_facts
from sheets.problems import NotShared, Problem
from sheets.tabs.inputs import ENTRY_ROW
from sheets.tabs.template import template
from sheets.transport import SheetsTransport
from sheets.writer import HEARTBEAT, Installed, SheetChannel
from store.database import Store
from store.reports import Basis
from tests.sheets.computing import dimension_lines, pnl_columns
from tests.sheets.deeds import Deed, Meddler
from tests.sheets.google import BOOK, SETTINGS, Google, open_google
from tests.sheets.ledgers import Books
from tests.sheets.meddlers import KINDS
from tests.sheets.tabs.test_waiting_tabs import fill
from tests.sheets.truth import compared, notes_of, own_tabs
from tests.store.books import random_operations
from usecases.dispatch import Dispatcher, Limits
from usecases.posting import SHEET, SHEET_LANE, post
from world.clock import VirtualClock
from world.identity import Chance, seeded_chance

__all__ = ["Campaign", "open_campaign"]

FRESH = "a-fresh-book"
FIRST, MOST = 110, 1500
LOCALE = "ru_RU"
ROUNDS = 12
# What changes by itself; all other tables are books, or what the books are made of.
RESTLESS = {"outbox", "jobs", "settings", "cards", "inbox", "fsm", "sqlite_sequence"}
RESTLESS |= {"audit_entries", "sheet_notes"}


@dataclass
class Campaign:
    """The books, the spreadsheet, a fresh one beside it, and people."""

    google: Google
    fresh: SheetChannel
    who: Meddler
    waiting: list[Operation]
    file: Path
    done: Counter[str] = field(default_factory=Counter)
    compared_at: object = None
    before: Book | None = None

    async def burst(self, count: int, kinds: Sequence[str] = ()) -> list[Deed]:
        """That many edits, and some operations that arrive meanwhile."""
        burst: list[Deed] = []
        self.before = self.who.book.copy()
        while len(burst) < count:
            deed = KINDS[self.who.chance.choice(list(kinds) or sorted(KINDS))](self.who)
            if deed is not None and self._did(deed):
                burst.append(deed)
        for _ in range(self.who.chance.choice((0, 0, 1, 3))):
            await self.post(self.waiting.pop(0))
        self.done.update(deed.kind for deed in burst)
        return burst

    async def post(self, operation: Operation) -> None:
        """An operation comes in."""
        async with self.google.store.write("test") as unit:
            await post(unit, operation)
        self.who.head += 1

    async def cycle(self, burst: Sequence[Deed]) -> list[str]:
        """One cycle of the house; what is wrong afterwards."""
        ledger = self._ledger()
        troubles = await self._without_share(burst)
        burst = [one for one in burst if not one.own and not self._undone(one)]
        typed = {id(one): self._row(one) for one in burst}
        told = await self._deliver()
        if not told:
            # What the delivery itself has written over is true again before anybody looks.
            burst = [one for one in burst if self._row(one) == typed[id(one)]]
        notes = Counter(notes_of(self.who.book))
        own = own_tabs(self.who.book, self.who.tabs)
        told += await self._check()
        troubles += self._unnamed(burst, told)
        if self._ledger() != ledger:
            troubles.append("the ledger has changed")
        if notes - Counter(notes_of(self.who.book)):
            troubles.append(f"notes are lost: {notes - Counter(notes_of(self.who.book))}")
        if own_tabs(self.who.book, self.who.tabs) != own:
            troubles.append("people's own tabs have changed")
        return troubles + await self.untruths()

    async def untruths(self) -> list[str]:
        """What is not as in a fresh spreadsheet, doubled, or not the ledger's."""
        today = (self.who.head, self.google.clock.now().date())
        if today != self.compared_at:
            installed = await self.fresh.rebuild()
            assert isinstance(installed, Installed), installed
            self.compared_at = today
        fresh = self.google.standin.shelf(FRESH).book
        troubles = compared(fresh, self.who.book, self.who.tabs)
        journal = self.who.sheet("journal")
        numbers = (
            [cells[0].value for row, cells in journal.rows.items() if row and 0 in cells]
            if journal
            else []
        )
        found = [one for one in numbers if one is not None]
        if sorted(map(str, found)) != sorted(map(str, range(1, self.who.head + 1))):
            troubles.append(f"the journal's numbers are {Counter(map(str, found)).most_common(3)}")
        return troubles or await self._figures()

    def _undone(self, deed: Deed) -> bool:
        """Whether somebody has meanwhile put it back as it must be."""
        sheet = self.who.sheet(deed.tab) if deed.tab else None
        if sheet is not None and deed.moves and self._as_before(sheet):
            return True
        match deed.kind:
            case "locale":
                return self.who.book.locale == LOCALE
            case "freeze" if sheet:
                grid, tab = sheet.properties["gridProperties"], self.who.tabs[deed.tab]
                found = [grid.get(f"frozen{name}Count", 0) for name in ("Row", "Column")]
                return found == [tab.frozen_rows, tab.frozen_columns]
            case "bad entry" if sheet:
                words = {cell.value for cell in sheet.rows.get(ENTRY_ROW, {}).values()}
                return deed.wish["value"] not in words
            case _:
                return False

    def _as_before(self, sheet: Sheet) -> bool:
        """Whether rows that were put in and taken out leave the tab as it was before the burst."""
        assert self.before is not None
        old = next((one for one in self.before.sheets if one.id == sheet.id), None)
        return old is not None and (old.properties, old.rows) == (sheet.properties, sheet.rows)

    def _row(self, deed: Deed) -> object:
        """What stands in the row that was typed into."""
        sheet = self.who.sheet(deed.tab) if deed.tab and deed.row else None
        return dict(sheet.rows.get((deed.row or 0) - 1, {})) if sheet else None

    def _did(self, deed: Deed) -> bool:
        """Do it; False when the browser refuses it or nothing has changed."""
        before = self.who.book.copy()
        access = self.google.standin.shelf(BOOK).access
        try:
            meddle(self.google.standin, BOOK, dict(deed.wish))
        except (ApiError, NotModelledError):
            return False
        after = self.who.book
        if self.google.standin.shelf(BOOK).access is not access:
            return True
        return (before.properties, before.sheets) != (after.properties, after.sheets)

    async def _without_share(self, burst: Sequence[Deed]) -> list[str]:
        """While the share is taken away nothing is written, and the check says so."""
        if not any(deed.kind == "share" for deed in burst):
            return []
        before = self.who.book.revision
        told = await self_check(self.google.channel, heal=True)
        silent = [] if isinstance(told, NotShared) else [f"no word of the share: {told}"]
        if self.who.book.revision != before:
            silent.append("something was written without a share")
        self.google.standin.set_share(BOOK, Access.WRITER)
        return silent

    async def _deliver(self) -> list[Difference]:
        """Drive the outbox until nothing waits; a surprise is checked at once, as the house does."""
        async with self.google.store.write("test") as unit:
            await unit.outbox.put(SHEET, HEARTBEAT, lane=SHEET_LANE)
        channel, clock = self.google.channel, self.google.clock
        dispatcher = Dispatcher(
            self.google.store, channel, clock, seeded_chance(1), Limits(attempts_max=1000)
        )
        told: list[Difference] = []
        for _ in range(ROUNDS):
            clock.advance(timedelta(minutes=2))
            await dispatcher.run_once()
            if channel.surprises.last is not None:
                told += await self._check()
            if not await self.google.waiting():
                return told
        raise AssertionError("rows still wait")

    async def _check(self) -> list[Difference]:
        report: CheckReport | Problem = await self_check(self.google.channel, heal=True)
        assert isinstance(report, CheckReport), report
        return list(report.differences)

    def _unnamed(self, burst: Sequence[Deed], told: Sequence[Difference]) -> list[str]:
        shaken = Counter(deed.tab for deed in burst if deed.moves)
        troubles = []
        for deed in burst:
            alone = not shaken[deed.tab] or (deed.moves and shaken[deed.tab] == 1)
            title = self.who.tabs[deed.tab].title if deed.tab else ""
            if not deed.named_by(told, title, alone=alone):
                troubles.append(f"nothing is said of {deed.kind}: {deed.wish}")
        return troubles

    def _ledger(self) -> dict[str, list[object]]:
        """Every table of the books, byte for byte."""
        with sqlite3.connect(f"file:{self.file}?mode=ro", uri=True) as database:
            names = database.execute("select name from sqlite_master where type = 'table'")
            tables = sorted({name for (name,) in names} - RESTLESS)
            return {
                name: sorted(map(repr, database.execute(f'select * from "{name}"')))
                for name in tables
            }

    async def _figures(self) -> list[str]:
        """The report cells as the engine computes them, against the ledger's own reports."""
        async with self.google.store.read() as unit:
            books = Books(tuple([one async for one in unit.journal.all()]))
            facts = await read_facts(unit, SETTINGS)
        read, tabs = self.google.shown, self.who.tabs
        bases = {"по оплате": Basis.CASH, "по начислению": Basis.ACCRUAL}
        chosen = {key: bases[str(read(tabs[key].title, 1, 1))] for key in ("pnl",)}
        report = books.monthly(chosen["pnl"], facts.months)
        columns = [pnl.lines() for pnl in (*(one for _, one in report.rows), report.total)]
        troubles = []
        if pnl_columns(read, tabs["pnl"].title, len(facts.months)) != columns:
            troubles.append("ОПиУ is not the ledger's")
        for dimension in SETTINGS.dimensions:
            title = tabs[f"by:{dimension.code}"].title
            entry = min(
                at for (_, at), cell in tabs[f"by:{dimension.code}"].cells.items() if cell.entry
            )
            basis = bases[str(read(title, 1, entry))]
            whole = books.report(basis, dimension.code, facts.months)
            names = [*(one.name for one in facts.values[dimension.code]), UNSPECIFIED]
            rows = [dict(whole.rows).get(name, Pnl()) for name in names]
            lines = [one.lines() for one in (*rows, whole.common, whole.total)]
            if dimension_lines(read, title, len(lines)) != lines:
                troubles.append(f"{title} is not the ledger's")
        verdict = read(tabs["control"].title, 1, 1)
        return [*troubles, *([] if verdict == "СХОДИТСЯ" else [f"Сверка says {verdict}"])]


@asynccontextmanager
async def open_campaign(
    store: Store, clock: VirtualClock, file: Path, seed: int
) -> AsyncIterator[Campaign]:
    """A spreadsheet with about a hundred operations of every kind, written and true."""
    chance = seeded_chance(seed)
    async with open_google(store, clock) as google:
        await fill(store)
        waiting = [_known(one, chance) for one in random_operations(seed, MOST)]
        # An account of its own, with a quota of its own.
        account = service_account_file(f"{google.base}/token", "fresh@example.com")
        google.standin.trust(account)
        google.standin.create({"spreadsheetId": FRESH, "properties": {"locale": "ru_RU"}})
        transport = SheetsTransport(account, FRESH, clock, base_url=google.base)
        async with store.read() as unit:
            head = await unit.journal.head()
            tabs = template(await read_facts(unit, SETTINGS)).by_key
        assert head is not None
        fresh = SheetChannel(store, transport, SETTINGS)
        who = Meddler(google, chance, tabs, head[0])
        campaign = Campaign(google, fresh, who, waiting, file)
        for _ in range(FIRST):
            await campaign.post(waiting.pop(0))
        async with store.read() as unit:
            who.tabs = template(await read_facts(unit, SETTINGS)).by_key
        await campaign._deliver()
        try:
            yield campaign
        finally:
            transport.close()


def _known(operation: Operation, chance: Chance) -> Operation:
    """The operation with values of the dimensions that the spreadsheet has; money moves on a day."""
    operation = replace(operation, paid_on=operation.paid_on or operation.accrued_on)
    if operation.reverses:
        return operation
    values = {
        one.code: chance.choice(("Анна", "Борис", "=1+1", "")) for one in SETTINGS.dimensions
    }
    return replace(operation, dimensions=dimensions(values), comment=chance.choice(("", "такси")))

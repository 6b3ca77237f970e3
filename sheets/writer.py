"""The spreadsheet as a channel of the outbox: one batch is one atomic request at fixed places.

Entities: `operation:<number>` is a row of Журнал; any other name (`reference`, `report`,
`heartbeat`) only asks that the rest be brought up to date, which every batch does anyway:
tabs whose cells changed, Сверка and the marker. So a batch may be sent again at will. The heartbeat
must be queued at least every ten minutes, or Сверка turns red: a dead worker must not look green.

The marker bears a cursor, written with the rows in one request: until which operation all that the
spreadsheet holds have their rows. `sheets.following` goes on from there, whatever the outbox did.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import structlog

from sheets import wire
from sheets.books_rows import BookRows, read_rows
from sheets.check.checking import Difference
from sheets.facts import BookFacts, Settings, read_facts
from sheets.installing import State, holds_others, plan, taken_titles
from sheets.model import Book, Tab
from sheets.monthly import MonthlyRow, Tally
from sheets.problems import (
    Busy,
    HoldsOthers,
    Problem,
    Unanswered,
    outcome_of,
)
from sheets.reading import read_spreadsheet
from sheets.surprises import Surprises
from sheets.tabs.charting import chart
from sheets.tabs.journal_tab import HEADING_ROWS, JournalShape
from sheets.tabs.monthly_tab import MONTHLY_HEADING_ROWS, touched
from sheets.tabs.moves_tab import MOVES_HEADING_ROWS
from sheets.tabs.template import COMPANY_TABS, Drawn, template
from sheets.transport import Reply, SheetsTransport
from store.database import Store
from store.records import OutboxRow
from store.scopes import Counted, held_between
from store.unit import UnitOfWork
from usecases.dispatch import DeliveryOutcome, Refused
from usecases.posting import SHEET
from usecases.sheet_watch import want_check

__all__ = [
    "BATCH_ROWS_MAX",
    "HEARTBEAT",
    "REPORT",
    "Installed",
    "SheetChannel",
    "Work",
]

log = structlog.get_logger()

BATCH_ROWS_MAX = 500
# A row of Свод is half as wide as one of Журнал.
MONTHLY_ROWS_MAX = 1000
HEARTBEAT = "heartbeat"
REPORT = "report"
_OPERATION = "operation:"


@dataclass(frozen=True, slots=True)
class Installed:
    """The template is there. Titles of tabs made anew and of tabs named back; rows written."""

    created: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Work:
    """One reading of the books: what the tabs are drawn from, and rows.

    `facts.upto` is the spreadsheet's cursor as it will be when this is written.
    """

    facts: BookFacts
    rows: BookRows


class SheetChannel:
    """Writes one spreadsheet; one request in flight, the order is the outbox's."""

    def __init__(self, store: Store, transport: SheetsTransport, settings: Settings) -> None:
        """Made by the composition root; nothing is asked of Google yet."""
        self.store = store
        self.transport = transport
        self.settings = settings
        self.shape = JournalShape(settings.dimensions)
        self.turn = asyncio.Lock()
        self.counted = Counted()
        self._tally = Tally(settings.dimensions, settings.scope)
        self._drawn = Drawn()
        self._titles: dict[str, str] = {}
        # What was written last, by the key of the tab, and whether Google is known to show it.
        self.written: dict[str, Tab] = {}
        self._is_known = False
        self._upto = 0
        # Whether it is not the outbox that brings its rows (`sheets.following`).
        self.follows = False
        self.surprises = Surprises()
        # What a check found and could not put back; the next one tells it.
        self.untold: tuple[Difference, ...] = ()

    @property
    def upto(self) -> int:
        """Every operation until there has its row; known after the first look at the spreadsheet."""
        return self._upto

    @property
    def is_known(self) -> bool:
        """Whether it was looked at, and nothing went wrong since."""
        return self._is_known

    @property
    def name(self) -> str:
        """The channel's name in the outbox."""
        return SHEET

    @property
    def batch_rows_max(self) -> int:
        """How many rows one request holds: below Google's two megabytes."""
        return BATCH_ROWS_MAX

    async def deliver(self, rows: Sequence[OutboxRow]) -> Sequence[DeliveryOutcome]:
        """Write the operations that the rows name, and all that depends on them, in one request.

        All rows share one outcome, but for a row that names no operation: it is refused for good.
        """
        numbers = {row.id: _number(row.entity) for row in rows}
        async with self.turn:
            named = [one for one in numbers.values() if one]
            work = await self.read(named, len(rows))
            problem = await self.write(work, named, rows[0].claim if rows else "")
        # An operation that another spreadsheet holds has no row here, and needs none.
        head, shared = work.facts.head_number, outcome_of(problem)
        return [
            shared
            if number is None or 1 <= number <= head
            else Refused("no such operation", final=True)
            for number in (numbers[row.id] for row in rows)
        ]

    async def settled(self, unit: UnitOfWork, row: OutboxRow, outcome: DeliveryOutcome) -> None:
        """Keep nothing, but ask for a check after a surprise, whichever instance makes it."""
        if self.surprises.asks():
            log.info("a check is wanted", entity=row.entity, outcome=type(outcome).__name__)
            await want_check(unit)

    async def install(self) -> Installed | Problem:
        """Make or upgrade the template; people's own tabs, notes and colours stay. Repeatable."""
        async with self.turn:
            work = await self.read([], 0)
            return await self.install_from(work.facts)

    async def rebuild(self) -> Installed | Problem:
        """Write everything again: template, all rows, and clear what stands below them."""
        async with self.turn:
            work = await self.read([], 0)
            installed = await self.install_from(work.facts)
            if not isinstance(installed, Installed):
                return installed
            problem = await self._rewrite(work.facts)
            return problem or Installed(rows=work.facts.rows)

    async def install_from(self, facts: BookFacts) -> Installed | Problem:
        """Install from a reading of the books; the caller holds `turn`."""
        self._is_known = False
        state = await self.state(facts)
        if not isinstance(state, State):
            return state
        if facts.settings.is_own and holds_others(state, self.book(facts, ""), COMPANY_TABS):
            return HoldsOthers(self.transport.spreadsheet_id)
        book = self.book(replace(facts, upto=state.upto), "install")
        wanted = plan(state, book, self.transport.email)
        reply = await self.transport.batch_update(wanted.requests)
        if not isinstance(reply, Reply):
            return reply
        self._upto, rows = state.upto, 0
        if wanted.rewrite_rows:
            # Only behind the rows may the marker say that the journal has these columns.
            anew = {tab.key for tab in book.tabs if tab.title in wanted.created}
            problem = await self._rewrite(facts, anew)
            if problem is not None:
                return problem
            rows = facts.rows
        self.written, self._is_known = dict(book.by_key), True
        log.info("template", created=wanted.created, renamed=wanted.renamed, rows=rows)
        return Installed(wanted.created, wanted.renamed, rows)

    async def _rewrite(
        self, facts: BookFacts, anew: Collection[str] = frozenset()
    ) -> Problem | None:
        """All rows again, nothing below them, and the marker that says so; `anew` are new tabs."""
        problem = await self.rewrite_rows(range(1, facts.rows + 1))
        problem = problem or await self.rewrite_monthly(dict(enumerate(facts.monthly, 1)))
        problem = problem or await self.clear_below(facts, anew)
        if problem is not None:
            return problem
        whole = replace(facts, upto=facts.head_number)
        marker = self.book(whole, "rows").by_key["service"]
        signed = await self.transport.batch_update(wire.values(marker))
        if not isinstance(signed, Reply):
            return signed
        self._upto = facts.head_number
        return None

    async def state(self, facts: BookFacts) -> State | Problem:
        """The spreadsheet as it is, and titles chosen around people's own tabs."""
        book = template(facts, drawn=self._drawn)
        state = await read_spreadsheet(self.transport, book)
        if isinstance(state, State):
            self._titles = taken_titles(state, book)
        return state

    def book(self, facts: BookFacts, batch: str) -> Book:
        """The wanted workbook."""
        return template(facts, batch, self._titles, self._drawn)

    async def rewrite_rows(self, places: Sequence[int]) -> Problem | None:
        """Write the rows at these places (from one) again, batch by batch; the caller holds `turn`."""
        for start in range(0, len(places), BATCH_ROWS_MAX):
            rows = await self.rows_of(places[start : start + BATCH_ROWS_MAX])
            reply = await self.transport.batch_update(_row_requests(rows))
            if not isinstance(reply, Reply):
                return reply
        return None

    async def rewrite_monthly(self, rows: Mapping[int, MonthlyRow]) -> Problem | None:
        """Write these rows of Свод again, by place; the caller holds `turn`."""
        places = sorted(rows)
        for start in range(0, len(places), MONTHLY_ROWS_MAX):
            part = {place: rows[place] for place in places[start : start + MONTHLY_ROWS_MAX]}
            reply = await self.transport.batch_update(wire.monthly_rows(part))
            if not isinstance(reply, Reply):
                return reply
        return None

    async def clear_below(
        self, facts: BookFacts, anew: Collection[str] = frozenset()
    ) -> Problem | None:
        """Empty the tabs of rows below the last one: Журнал, _движения and Свод."""
        tabs = self.book(facts, "").by_key
        ends = {
            "journal": HEADING_ROWS + facts.rows,
            "moves": MOVES_HEADING_ROWS + facts.cash.entries,
            "monthly": MONTHLY_HEADING_ROWS + len(facts.monthly),
        }
        old = [(tabs[key], end) for key, end in ends.items() if key in tabs and key not in anew]
        clearing = [wire.clear_from(tab, end) for tab, end in old]
        if not clearing:
            return None
        reply = await self.transport.batch_update(clearing)
        return None if isinstance(reply, Reply) else reply

    async def rows_of(self, places: Sequence[int]) -> BookRows:
        """The rows at these places (from one) as they must be."""
        async with self.store.read() as unit:
            return await self._rows(unit, await self._numbers(unit, places))

    async def read(self, numbers: Sequence[int], delivering: int) -> Work:
        """One consistent view; the rows being delivered no longer count as waiting."""
        async with self.store.read() as unit:
            facts = await read_facts(
                unit,
                self.settings,
                delivering=delivering,
                tally=self._tally,
                counted=self.counted,
            )
            return Work(facts, await self._rows(unit, numbers))

    async def _numbers(self, unit: UnitOfWork, places: Sequence[int]) -> Sequence[int]:
        """The operations that stand at places."""
        scope = self.settings.scope
        if scope.is_everything or not places:
            return places
        first, last = min(places), max(places)
        held = await held_between(unit, scope, first, last)
        return [held[place - first] for place in places if place - first < len(held)]

    async def _rows(self, unit: UnitOfWork, numbers: Sequence[int]) -> BookRows:
        if not numbers:
            return BookRows()
        operations = await unit.journal.numbered(numbers)
        return await read_rows(unit, operations, self.settings, self.counted)

    def pass_over(self, upto: int) -> None:
        """Nothing until there has a row here: the next look begins behind it."""
        self._upto = max(self._upto, upto)

    def differs(self, facts: BookFacts) -> bool:
        """Whether a tab must be written, but for the two that say when the last write was."""
        assert self._is_known
        told = {"service", "control"}
        tabs = self.book(facts, "").tabs
        return any(_differs(self.written[tab.key], tab) for tab in tabs if tab.key not in told)

    async def write(
        self, work: Work, numbers: Sequence[int], batch: str, upto: int = 0
    ) -> Problem | None:
        """Write rows and what depends on them; the caller holds `turn`.

        `numbers` are those of all operations that are asked for. `upto`: the cursor behind them;
        without it it goes on while the numbers do.
        """
        waits = self.surprises.before_write(work.facts.read_at)
        if waits is not None:
            return waits
        book, behind = self._next(work, numbers, batch, upto)
        if not self._is_known or _outgrew(self.written, book):
            installed = await self.install_from(work.facts)
            if not isinstance(installed, Installed):
                return self.surprises.noted(installed, work.facts.read_at)
            book, behind = self._next(work, numbers, batch, upto)
        changed = [tab for tab in book.tabs if _differs(self.written[tab.key], tab)]
        requests = _row_requests(work.rows)
        requests += wire.monthly_rows(touched(work.rows, self.shape, work.facts.monthly))
        for tab in changed:
            requests += [wire.choice(tab, one) for one in tab.choices]
            requests += _values(self.written[tab.key], tab)
            known = {one.id: one for one in self.written[tab.key].charts}
            requests += [
                chart(book, tab, one, new=one.id not in known)
                for one in tab.charts
                if known.get(one.id) != one
            ]
        reply = await self.transport.batch_update(requests)
        if isinstance(reply, Reply):
            self.written |= {tab.key: tab for tab in changed}
            self._upto = behind
            return None
        if not isinstance(reply, Busy | Unanswered):
            # A tab may have been deleted or the grid cut: look again before the next attempt.
            self._is_known = False
        return self.surprises.noted(reply, work.facts.read_at)

    def _next(self, work: Work, numbers: Sequence[int], batch: str, upto: int) -> tuple[Book, int]:
        """The workbook with the cursor as it is when these numbers are written, and the cursor."""
        behind = max(upto, _followed(self._upto, numbers))
        return self.book(replace(work.facts, upto=behind), batch), behind


def _outgrew(shown: Mapping[str, Tab], book: Book) -> bool:
    """Whether a tab must be larger than it is known to be."""
    pairs = [(tab, shown[tab.key]) for tab in book.tabs]
    return any(tab.rows > old.rows or tab.columns > old.columns for tab, old in pairs)


def _row_requests(rows: BookRows) -> list[wire.Request]:
    return [*wire.journal_rows(rows.journal), *wire.move_rows(rows.moves)]


def _values(old: Tab, new: Tab) -> list[wire.Request]:
    """All cells of a report, of a tab of rows those that differ."""
    return wire.values(new) if new.keyed is None else wire.rows_again(old, new)


def _number(entity: str) -> int | None:
    """The operation that a row names; 0 for a number nobody can read, None for other entities."""
    if not entity.startswith(_OPERATION):
        return None
    digits = entity.removeprefix(_OPERATION)
    return int(digits) if digits.isdecimal() else 0


def _followed(upto: int, numbers: Sequence[int]) -> int:
    """How far a cursor comes with these numbers, whose gaps it does not cross."""
    there = set(numbers)
    while upto + 1 in there:
        upto += 1
    return upto


def _differs(old: Tab, new: Tab) -> bool:
    return (old.cells, old.choices, old.charts) != (new.cells, new.choices, new.charts)

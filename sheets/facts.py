"""What the template is drawn from: one consistent reading of the books.

Read in one unit of work, then everything else in this room is pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ledger.articles import Article
from ledger.months import Month, months_between
from ledger.pnl import UNSPECIFIED, Pnl, by_month
from sheets.cash_facts import NO_CASH, CashFacts, read_cash
from sheets.waiting_facts import NOTHING_WAITS, Waiting, read_waiting
from store.records import MoneyPlace
from store.reports import Basis
from store.unit import UnitOfWork
from usecases.company import Dimension
from usecases.posting import SHEET
from world.clock import business_day

__all__ = [
    "CAPACITY_STEP",
    "BookFacts",
    "DimensionValue",
    "Settings",
    "read_facts",
]

CAPACITY_STEP = 1000
# Ten years of columns; what lies before them is shown by Сверка as outside of the months.
MONTHS_MAX = 120


@dataclass(frozen=True, slots=True)
class DimensionValue:
    """A value and its integer id, by which formulas know it."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What the configuration says about the spreadsheet."""

    dimensions: tuple[Dimension, ...]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class BookFacts:
    """The books as the template shows them.

    `totals` are the ledger's own, by basis and month, for Сверка. `waiting` is how many rows the
    outbox still holds. `written_at` is None in a file that nobody will bring up to date.
    """

    settings: Settings
    articles: Mapping[int, Article]
    places: tuple[MoneyPlace, ...]
    values: Mapping[str, tuple[DimensionValue, ...]]
    months: tuple[Month, ...]
    totals: Mapping[Basis, Mapping[Month, Pnl]]
    head_number: int
    head_hash: str
    waiting: int
    read_at: datetime
    written_at: datetime | None
    cash: CashFacts = NO_CASH
    waiting_for: Waiting = NOTHING_WAITS

    @property
    def capacity(self) -> int:
        """How many rows of operations the journal's grid and all formulas reach over."""
        return _stepped(self.head_number)

    @property
    def moves_capacity(self) -> int:
        """How many rows of entries _движения has, and all formulas over it."""
        return _stepped(self.cash.entries)


async def read_facts(
    unit: UnitOfWork, settings: Settings, *, delivering: int = 0, live: bool = True
) -> BookFacts:
    """Read the books; `live` when a bot keeps the result up to date.

    `delivering` rows of the outbox are on their way with this very reading.
    """
    articles = await unit.catalog.articles()
    months = await _months(unit, settings.zone)
    head = await unit.journal.head()
    return BookFacts(
        settings=settings,
        articles=articles,
        places=tuple(await unit.catalog.places()),
        values=await _values(unit, settings),
        months=months,
        totals={basis: await _totals(unit, basis, months, articles) for basis in Basis},
        waiting_for=await read_waiting(unit, settings.zone),
        cash=await read_cash(unit, articles, head[0] if head else 0),
        head_number=head[0] if head else 0,
        head_hash=head[1] if head else "",
        waiting=max(await unit.outbox.open_count(SHEET) - delivering, 0),
        read_at=unit.now(),
        written_at=unit.now() if live else None,
    )


def _stepped(rows: int) -> int:
    return -(-max(rows, 1) // CAPACITY_STEP) * CAPACITY_STEP


async def _months(unit: UnitOfWork, zone: ZoneInfo) -> tuple[Month, ...]:
    """Whole years from the first to the last with an operation on either basis."""
    spans = [await unit.reports.span(basis) for basis in Basis]
    years = [month.year for span in spans if span for month in span]
    this_year = business_day(unit.now(), zone).year
    first, last = min(years, default=this_year), max(years, default=this_year)
    return tuple(months_between(Month(first, 1), Month(last, 12)))[-MONTHS_MAX:]


async def _totals(
    unit: UnitOfWork, basis: Basis, months: tuple[Month, ...], articles: Mapping[int, Article]
) -> dict[Month, Pnl]:
    facts = await unit.reports.facts_by_month(basis, months[0], months[-1], articles)
    report = by_month(facts, [str(month) for month in months])
    return {month: pnl for month, (_, pnl) in zip(months, report.rows, strict=True)}


async def _values(unit: UnitOfWork, settings: Settings) -> dict[str, tuple[DimensionValue, ...]]:
    """The values of each configured dimension, by name, as reports list them."""
    result: dict[str, list[DimensionValue]] = {one.code: [] for one in settings.dimensions}
    for code, value_id, name in await unit.catalog.dimension_values():
        # A value that is called like the row of blanks is that row, as in the ledger's reports.
        if code in result and name != UNSPECIFIED:
            result[code].append(DimensionValue(value_id, name))
    return {
        code: tuple(sorted(values, key=lambda value: value.name))
        for code, values in result.items()
    }

"""What the template is drawn from: one consistent reading of the books.

Read in one unit of work, then everything else in this room is pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ledger.articles import Article
from ledger.months import Month
from ledger.pnl import UNSPECIFIED, Pnl, by_month
from sheets.cash_facts import NO_CASH, CashFacts, read_cash
from sheets.monthly import MonthlyRow, Tally, read_monthly
from sheets.waiting_facts import NOTHING_WAITS, Waiting, read_waiting
from store.records import MoneyPlace
from store.reports import Basis
from store.scopes import (
    EVERYTHING,
    Before,
    Counted,
    Scope,
    articles_held,
    held_before,
    values_held,
)
from store.sheet_sums import entries_before, operation_years
from store.unit import UnitOfWork
from usecases.company import Dimension
from usecases.posting import SHEET
from world.clock import business_day

__all__ = [
    "CAPACITY_STEP",
    "DIRECT_ROWS_MAX",
    "BookFacts",
    "DimensionValue",
    "Settings",
    "read_facts",
]

CAPACITY_STEP = 1000
# Above so many rows of Журнал reports read Свод: 300 SUMIFS over more are felt (facts: sheets 3.2).
DIRECT_ROWS_MAX = 20_000
# Fifty years of columns; what lies before them is shown by Сверка as outside of the months.
MONTHS_MAX = 600


@dataclass(frozen=True, slots=True)
class DimensionValue:
    """A value and its integer id, by which formulas know it."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What the configuration says about a spreadsheet.

    `direct_rows_max` is the length of Журнал above which reports read Свод. The dimension of an own
    spreadsheet is not among `dimensions`: it has one value there.
    """

    dimensions: tuple[Dimension, ...]
    zone: ZoneInfo
    direct_rows_max: int = DIRECT_ROWS_MAX
    scope: Scope = EVERYTHING
    locale: str = "ru_RU"

    def __post_init__(self) -> None:
        only = self.scope.only
        assert only is None or only.dimension not in {one.code for one in self.dimensions}

    @property
    def is_own(self) -> bool:
        """Whether it is somebody's own: no totals and no accounts of the company."""
        return self.scope.only is not None


@dataclass(frozen=True, slots=True)
class BookFacts:
    """The books as the template shows them.

    `totals` are the ledger's own, by basis and month, for Сверка. `waiting` is how many rows the
    outbox still holds. `written_at` is None in a file that nobody will bring up to date.

    `outside` is how many operations the spreadsheet's scope does not hold. `listed` are the
    articles to show, None for all. Every operation until `upto` has its row when this is written.
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
    monthly: tuple[MonthlyRow, ...] = ()
    outside: int = 0
    listed: frozenset[int] | None = None
    upto: int = 0

    @property
    def rows(self) -> int:
        """How many rows of operations the journal has."""
        return self.head_number - self.outside

    @property
    def capacity(self) -> int:
        """How many rows of operations the journal's grid and all formulas reach over."""
        return _stepped(self.rows)

    @property
    def moves_capacity(self) -> int:
        """How many rows of entries _движения has, and all formulas over it."""
        return _stepped(self.cash.entries)

    @property
    def monthly_capacity(self) -> int:
        """How many rows of sums Свод has, and all formulas over it."""
        return _stepped(len(self.monthly))

    @property
    def reads_monthly(self) -> bool:
        """Whether the reports read Свод, because Журнал is long."""
        return self.rows > self.settings.direct_rows_max


async def read_facts(
    unit: UnitOfWork,
    settings: Settings,
    *,
    delivering: int = 0,
    live: bool = True,
    tally: Tally | None = None,
    counted: Counted | None = None,
) -> BookFacts:
    """Read the books; `live` when a bot keeps the result up to date.

    `delivering` rows of the outbox are on their way with this very reading. `tally` has counted the
    operations that were there before, `counted` their places; without them all are counted.
    """
    articles, scope = await unit.catalog.articles(), settings.scope
    months = await _months(unit, settings)
    head = await unit.journal.head()
    number = head[0] if head else 0
    held = await _held(unit, scope, number, counted)
    return BookFacts(
        settings=settings,
        articles=articles,
        places=() if settings.is_own else tuple(await unit.catalog.places()),
        values=await _values(unit, settings),
        months=months,
        totals={basis: await _totals(unit, basis, months, articles, scope) for basis in Basis},
        waiting_for=await read_waiting(unit, settings.zone, scope),
        monthly=await read_monthly(unit, articles, tally or Tally(settings.dimensions, scope)),
        cash=await read_cash(unit, articles, held.entries, scope),
        head_number=number,
        head_hash=head[1] if head else "",
        outside=number - held.operations,
        listed=await _listed(unit, settings),
        upto=number,
        waiting=max(await unit.outbox.open_count(SHEET) - delivering, 0),
        read_at=unit.now(),
        written_at=unit.now() if live else None,
    )


def _stepped(rows: int) -> int:
    """Always more than there are: what stands below the last row can be cleared without asking."""
    return (rows // CAPACITY_STEP + 1) * CAPACITY_STEP


async def _held(unit: UnitOfWork, scope: Scope, number: int, counted: Counted | None) -> Before:
    """How many operations and entries there are until a number, which is the head's."""
    if scope.is_everything:
        return Before(number, await entries_before(unit, number + 1))
    return await held_before(unit, scope, number + 1, counted)


async def _listed(unit: UnitOfWork, settings: Settings) -> frozenset[int] | None:
    """In an own spreadsheet the articles that its operations have: others' may tell of others."""
    if not settings.is_own:
        return None
    return frozenset(await articles_held(unit, settings.scope, paid=False))


async def _months(unit: UnitOfWork, settings: Settings) -> tuple[Month, ...]:
    """Whole years in which anything happened on either basis, of the scope's: no empty ones.

    One date of another century by mistake must not make a thousand columns.
    """
    clipped = settings.scope.clipped
    this_year = business_day(unit.now(), settings.zone).year
    years = {clipped(year) for year in await operation_years(unit) or [this_year]}
    months = (Month(year, number) for year in sorted(years) for number in range(1, 13))
    return tuple(months)[-MONTHS_MAX:]


async def _totals(
    unit: UnitOfWork,
    basis: Basis,
    months: tuple[Month, ...],
    articles: Mapping[int, Article],
    scope: Scope,
) -> dict[Month, Pnl]:
    only = scope.filters
    facts = await unit.reports.facts_by_month(basis, months[0], months[-1], articles, only)
    report = by_month(facts, [str(month) for month in months])
    return {month: pnl for month, (_, pnl) in zip(months, report.rows, strict=True)}


async def _values(unit: UnitOfWork, settings: Settings) -> dict[str, tuple[DimensionValue, ...]]:
    """The values of each configured dimension, by name, as reports list them.

    An own spreadsheet has those of its own operations.
    """
    result: dict[str, list[DimensionValue]] = {one.code: [] for one in settings.dimensions}
    own = await values_held(unit, settings.scope) if settings.is_own else None
    for code, value_id, name in await unit.catalog.dimension_values():
        if own is not None and value_id not in own:
            continue
        # A value that is called like the row of blanks is that row, as in the ledger's reports.
        if code in result and name != UNSPECIFIED:
            result[code].append(DimensionValue(value_id, name))
    return {
        code: tuple(sorted(values, key=lambda value: value.name))
        for code, values in result.items()
    }

"""Random and hostile ledgers, the template's facts made from them, and the reports they must equal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import zip_longest
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from ledger.accounts import Account
from ledger.articles import PnlLine
from ledger.chain import FIRST_HASH, Sealed, seal
from ledger.money import Money
from ledger.months import Month, months_between
from ledger.operations import Entry, Operation, OperationKind, dimensions
from ledger.pnl import UNSPECIFIED, Fact, Report, by_dimension, by_month, placed_at
from ledger.seed import SEEDED_ARTICLES
from sheets.facts import BookFacts, DimensionValue, Settings
from sheets.rows import Names, RowImage, row_image
from sheets.tabs.journal_tab import JournalShape
from sheets.tabs.moves_tab import MoveImage
from store.reports import Basis
from usecases.company import STANDARD_DIMENSIONS, Dimension

NOW = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Moscow")
ARTICLES = {article.id: article for article in SEEDED_ARTICLES}
CHANNEL = Dimension("channel", "Канал", "Каналы")
SETTINGS = Settings((*STANDARD_DIMENSIONS, CHANNEL), ZONE)
SHAPE = JournalShape(SETTINGS.dimensions)
HOSTILE = (
    '=IMPORTXML("http://x","//a")',
    "<b>Анна</b>",
    "A*",
    ">5",
    "007",
    "2026-01",
    "Орёл",
    "Орел",
    "орел",
    "#N/A",
    "+7 900",
    "'кавычка",
    '"',
    "~?",
    "TRUE",
    "_x0041_",
    "Общие",
    "Итого",
    "Не указано",
    "*",
    "a＊",
    "?",
    "=5",
    "<5",
    "-",
    "Все",
    "все",
    "ёж",
    "Еж",
)
PLACES = ("desk:main", "bank:40702810900000000001", "collected:p1", "balance:c-1", "supplier:x")


# The row in which an operation must stand, by dimension; None is the common remainder.
Filters = Mapping[str, str | None]
NO_FILTERS: Filters = {}


@dataclass(frozen=True)
class Books:
    """A ledger in memory."""

    sealed: tuple[Sealed, ...]

    @property
    def facts(self) -> BookFacts:
        """What `read_facts` would read from a store with these operations."""
        months = self.months
        return BookFacts(
            settings=SETTINGS,
            articles=ARTICLES,
            places=(),
            values=self.values,
            months=months,
            totals={basis: self._totals(basis, months) for basis in Basis},
            head_number=len(self.sealed),
            head_hash=self.sealed[-1].hash if self.sealed else "",
            waiting=0,
            read_at=NOW,
            written_at=NOW,
            monthly=self.monthly_rows,
        )

    @property
    def months(self) -> tuple[Month, ...]:
        days = [day for one in self.sealed for day in one.operation.days] or [date(2026, 1, 1)]
        return tuple(months_between(Month(min(days).year, 1), Month(max(days).year, 12)))

    @property
    def ids(self) -> dict[tuple[str, str], int]:
        pairs = {pair for one in self.sealed for pair in one.operation.dimensions}
        return {pair: number for number, pair in enumerate(sorted(pairs), 1)}

    @property
    def values(self) -> dict[str, tuple[DimensionValue, ...]]:
        return {
            dimension.code: tuple(
                DimensionValue(number, name)
                for (code, name), number in sorted(self.ids.items())
                if code == dimension.code and name != UNSPECIFIED
            )
            for dimension in SETTINGS.dimensions
        }

    @property
    def rows(self) -> list[RowImage]:
        numbers = {one.operation.key: one.number for one in self.sealed}
        names = Names(ARTICLES, {}, {"p1": "=Анна"}, self.ids, numbers)
        return [row_image(one, SHAPE, names, ZONE) for one in self.sealed]

    @property
    def monthly_rows(self) -> tuple[tuple, ...]:
        """The rows of Свод."""
        return added_up(self.rows, SHAPE)

    def report(
        self, basis: Basis, dimension: str, months: Sequence[Month], only: Filters = NO_FILTERS
    ) -> Report:
        """The ledger's own report by a dimension."""
        facts = self._facts(basis, months, only)
        return by_dimension(
            Fact(places.get(dimension), line, effect) for _, places, line, effect in facts
        )

    def monthly(
        self, basis: Basis, months: Sequence[Month] | None = None, only: Filters = NO_FILTERS
    ) -> Report:
        """The ledger's own report by month; the months that are not given are zero."""
        shown = self.months
        facts = self._facts(basis, shown if months is None else months, only)
        return by_month(
            (Fact(str(month), line, effect) for month, _, line, effect in facts),
            [str(month) for month in shown],
        )

    def _facts(self, basis: Basis, months: Sequence[Month], only: Filters) -> list:
        """Month, row in each dimension, line and effect of what passes all filters."""
        found = []
        for one in self.sealed:
            line = ARTICLES[one.operation.article].line
            day, effect = _side(one.operation, basis)
            if line is None or day is None or Month.of(day) not in months:
                continue
            places = _places(one.operation, line)
            if all(places[code] == place for code, place in only.items()):
                found.append((Month.of(day), places, line, effect))
        return found

    def _totals(self, basis: Basis, months: tuple[Month, ...]) -> dict:
        rows = self.monthly(basis).rows
        return {month: pnl for month, (_, pnl) in zip(months, rows, strict=True)}


def sealed(operations: Sequence[Operation]) -> Books:
    """A chain of operations."""
    chain: list[Sealed] = []
    for number, operation in enumerate(operations, 1):
        previous = chain[-1].hash if chain else FIRST_HASH
        chain.append(seal(previous, number, operation, NOW + timedelta(seconds=number)))
    return Books(tuple(chain))


def added_up(
    rows: Sequence[RowImage], shape: JournalShape, moves: Sequence[MoveImage] = ()
) -> tuple[tuple, ...]:
    """The rows of Свод, added up from the rows of Журнал and _движения one by one."""
    sums: dict[tuple, list] = {}
    for one in rows:
        cell = {column.code: one.cells[at] for at, column in enumerate(shape.columns)}
        ids = tuple(cell[f"id:{dimension.code}"] for dimension in shape.dimensions)
        for basis, other in (("cash", "accrual"), ("accrual", "cash")):
            if cell["line"] and cell[f"{basis}_month"]:
                months = {basis: cell[f"{basis}_month"], other: None}
                key = (months["cash"], months["accrual"], cell["line"], ids)
                found = sums.setdefault(key, [0, 0])
                found[0] += cell[f"{basis}_effect"]
                found[1] += 1
    effects = [
        (cash, accrual, line, *((effect, None) if cash else (None, effect)), *ids, operations)
        for (cash, accrual, line, ids), (effect, operations) in sums.items()
    ]
    moved: dict[tuple, list] = {}
    for move in moves:
        _, *key, amount = move.cells
        if key[0] is not None:
            found = moved.setdefault(tuple(key), [0, 0])
            found[0] += amount
            found[1] += 1
    sides = [(entries, *key, amount) for key, (amount, entries) in moved.items()]
    nothing = (None,) * (6 + len(shape.dimensions)), (None,) * 7
    return tuple(
        (left or nothing[0]) + (right or nothing[1]) for left, right in zip_longest(effects, sides)
    )


def _places(operation: Operation, line: PnlLine) -> dict[str, str | None]:
    values = dict(operation.dimensions)
    of_deal = operation.deal is not None
    return {
        one.code: placed_at(values.get(one.code), line, of_deal) for one in SETTINGS.dimensions
    }


def _side(operation: Operation, basis: Basis) -> tuple[date | None, int]:
    if basis is Basis.CASH:
        return operation.paid_on, operation.cash_effect
    return operation.accrued_on, operation.accrual_effect


def every_article() -> Books:
    """Each article both ways, with a sum that no other operation has."""
    operations = []
    for number, article in enumerate(SEEDED_ARTICLES):
        sides = (Account.of_article(article.id), Account.parse("desk:main"))
        for way, (debit, credit) in enumerate((sides, sides[::-1])):
            minor = 7 + 10 ** (number % 9) + 1000 * way + number
            operations.append(
                Operation(
                    key=f"{article.id}-{way}",
                    kind=OperationKind.EXPENSE,
                    article=article.id,
                    entries=(Entry(debit, credit, Money(minor)),),
                    paid_on=date(2026, 1 + number % 12, 5),
                    accrued_on=date(2026, 1 + number % 5, 6),
                    dimensions=dimensions({"manager": HOSTILE[number % len(HOSTILE)]}),
                )
            )
    return sealed(operations)


_days = st.dates(date(2025, 11, 1), date(2026, 4, 30))
_texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12))


@st.composite
def operations(draw: st.DrawFn, key: str) -> Operation:
    """One operation of any kind, sides and dates; names out of the hostile set."""
    line = draw(st.sampled_from((*PnlLine, None)))
    article = draw(st.sampled_from([one for one in SEEDED_ARTICLES if one.line is line]))
    sides = [Account.of_article(article.id), *(Account.parse(place) for place in PLACES)]
    debit, credit = draw(st.permutations(sides))[:2]
    paid, accrued = draw(st.tuples(st.none() | _days, st.none() | _days))
    chosen = {
        dimension.code: draw(st.sampled_from(("", "Анна", *HOSTILE)))
        for dimension in SETTINGS.dimensions
    }
    return Operation(
        key=key,
        kind=draw(st.sampled_from(OperationKind)),
        article=article.id,
        entries=(Entry(debit, credit, Money(draw(st.integers(1, 10**12)))),),
        paid_on=paid or (None if accrued else date(2026, 2, 1)),
        accrued_on=accrued,
        dimensions=dimensions(chosen),
        deal=draw(st.none() | st.just("amocrm:1")),
        counterparty=draw(_texts),
        comment=draw(_texts),
    )


@st.composite
def ledgers(draw: st.DrawFn, size: int = 20) -> Books:
    """A few operations with hostile names."""
    count = draw(st.integers(size // 2, size))
    return sealed([draw(operations(f"op-{number}")) for number in range(count)])

"""The rows of Свод kept up to date: sums by basis, month, line and row of every dimension.

    three sales of May, one manager    →    05.2026 | | Выручка | 45 000 | | Анна … | 3 operations

A row's place is the order in which its first operation came. Operations are only ever added, so rows
are added behind the last one and otherwise change where they stand: no row ever moves.
"""

from collections.abc import Iterator, Mapping, Sequence

from ledger.articles import Article, PnlLine
from ledger.months import Month
from ledger.pnl import UNSPECIFIED, placed_at
from sheets.journal_tab import COMMON_ID, LINE_IDS, UNSPECIFIED_ID
from sheets.model import Value
from sheets.serials import day_serial, roubles
from store.monthly_sums import MonthlySum, monthly_sums
from store.scopes import EVERYTHING, Scope
from store.unit import UnitOfWork
from usecases.company import Dimension

__all__ = ["MonthlyRow", "Tally", "read_monthly"]

# The cells in the order of `sheets.monthly_tab.MonthlyShape`.
MonthlyRow = tuple[Value, ...]
# The month by payment or by accrual (the other is None), the line, an id for each dimension.
_Key = tuple[int | None, int | None, int, tuple[int, ...]]
_Ids = Mapping[tuple[str, str], int]


class Tally:
    """Counts a scope's operations once each, in the order of numbers; `number` is the last one's."""

    def __init__(self, dimensions: Sequence[Dimension], scope: Scope = EVERYTHING) -> None:
        """Nothing is counted yet."""
        self.scope = scope
        self.number = 0
        self._codes = [one.code for one in dimensions]
        self._places: dict[_Key, int] = {}
        self._sums: list[tuple[int, int]] = []
        self._rows: list[MonthlyRow] = []

    @property
    def rows(self) -> tuple[MonthlyRow, ...]:
        """The rows as they must stand, by place."""
        return tuple(self._rows)

    def add(self, sums: Sequence[MonthlySum], articles: Mapping[int, Article], ids: _Ids) -> None:
        """Count the operations behind the last; `ids` of dimension values by code and name."""
        assert all(one.first > self.number for one in sums)
        for one in sums:
            for key, minor in self._parts(one, articles[one.article].line, ids):
                place = self._places.setdefault(key, len(self._rows))
                if place == len(self._rows):
                    self._sums.append((0, 0))
                    self._rows.append(())
                before, operations = self._sums[place]
                self._sums[place] = before + minor, operations + one.operations
                self._rows[place] = _row(key, *self._sums[place])
        self.number = max([self.number, *(one.last for one in sums)])

    def _parts(
        self, one: MonthlySum, line: PnlLine | None, ids: _Ids
    ) -> Iterator[tuple[_Key, int]]:
        """What it adds: by payment, then by accrual. Outside of the ladder it adds nothing."""
        if line is None:
            return
        chosen = dict(one.dimensions)
        placed = tuple(_id(one, line, code, chosen.get(code), ids) for code in self._codes)
        if one.paid is not None and self.scope.counts(one.paid.first_day):
            yield (_serial(one.paid), None, LINE_IDS[line], placed), one.cash
        if one.accrued is not None and self.scope.counts(one.accrued.first_day):
            yield (None, _serial(one.accrued), LINE_IDS[line], placed), one.accrual


async def read_monthly(
    unit: UnitOfWork, articles: Mapping[int, Article], tally: Tally
) -> tuple[MonthlyRow, ...]:
    """Count what was added since the last reading; all rows."""
    values = await unit.catalog.dimension_values()
    ids = {(code, name): value_id for code, value_id, name in values}
    tally.add(await monthly_sums(unit, tally.number, tally.scope), articles, ids)
    return tally.rows


def _row(key: _Key, minor: int, operations: int) -> MonthlyRow:
    cash, accrual, line, ids = key
    effect = roubles(minor)
    effects = (effect, None) if accrual is None else (None, effect)
    return (cash, accrual, line, *effects, *ids, operations)


def _serial(month: Month) -> int:
    return day_serial(month.first_day)


def _id(one: MonthlySum, line: PnlLine, code: str, value: str | None, ids: _Ids) -> int:
    """The id of the report's row, as `sheets.rows` gives it to a row of Журнал."""
    place = placed_at(value, line, one.of_deal)
    if place is None:
        return COMMON_ID
    return UNSPECIFIED_ID if place == UNSPECIFIED else ids[code, place]

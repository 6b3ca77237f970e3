"""The rows of Свод kept up to date: sums of effects, and beside them sums of money movements.

    three sales of May, one manager    →    05.2026 | | Выручка | 45 000 | | Анна … | 3 operations
    their money, which came to a desk  →    3 entries | 05.2026 | section | article | desk | 45 000

The two lists have nothing to do with each other but the tab. A row's place in its list is the order
in which its first operation came. Operations are only ever added, so rows are added behind the last
one and otherwise change where they stand: no row ever moves.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from typing import Generic, TypeVar

from ledger.accounts import AccountKind
from ledger.articles import Article, PnlLine
from ledger.months import Month
from ledger.pnl import UNSPECIFIED, placed_at
from sheets.model import Value
from sheets.serials import day_serial, roubles
from sheets.tabs.journal_tab import COMMON_ID, LINE_IDS, UNSPECIFIED_ID
from sheets.tabs.sections import account_id, section_of
from store.monthly_sums import MonthlyMove, MonthlySum, monthly_moves, monthly_sums
from store.scopes import EVERYTHING, Scope
from store.unit import UnitOfWork
from usecases.company import Dimension

__all__ = ["MonthlyRow", "Tally", "read_monthly"]

# The cells in the order of `sheets.tabs.monthly_tab.MonthlyShape`.
MonthlyRow = tuple[Value, ...]
# The month by payment or by accrual (the other is None), the line, an id for each dimension.
_Key = tuple[int | None, int | None, int, tuple[int, ...]]
# The month of payment, the section, the article, the accounts that money came to and went from.
_MoveKey = tuple[int, int, int, int, int]
_Ids = Mapping[tuple[str, str], int]
_K = TypeVar("_K", bound=Hashable)
_NO_MOVE: MonthlyRow = (None,) * 7


class _Sums(Generic[_K]):
    """Sums in minor units and counts by key; a key keeps the place at which it came."""

    def __init__(self, row: Callable[[_K, int, int], MonthlyRow]) -> None:
        self.rows: list[MonthlyRow] = []
        self._row = row
        self._places: dict[_K, int] = {}
        self._sums: list[tuple[int, int]] = []

    def add(self, key: _K, minor: int, count: int) -> None:
        place = self._places.setdefault(key, len(self.rows))
        if place == len(self.rows):
            self._sums.append((0, 0))
            self.rows.append(())
        before, counted = self._sums[place]
        self._sums[place] = before + minor, counted + count
        self.rows[place] = self._row(key, *self._sums[place])


class Tally:
    """Counts a scope's operations once each, in the order of numbers; `number` is the last one's."""

    def __init__(self, dimensions: Sequence[Dimension], scope: Scope = EVERYTHING) -> None:
        """Nothing is counted yet."""
        self.scope = scope
        self.number = 0
        self._codes = [one.code for one in dimensions]
        self._effects: _Sums[_Key] = _Sums(_row)
        self._moves: _Sums[_MoveKey] = _Sums(_move_row)

    @property
    def rows(self) -> tuple[MonthlyRow, ...]:
        """The rows as they must stand, by place: of effects, and beside them of movements."""
        nothing: MonthlyRow = (None,) * (len(self._codes) + 6)
        effects, moves = self._effects.rows, self._moves.rows
        rows = max(len(effects), len(moves))
        lefts = chain(effects, repeat(nothing, rows - len(effects)))
        rights = chain(moves, repeat(_NO_MOVE, rows - len(moves)))
        return tuple(left + right for left, right in zip(lefts, rights, strict=True))

    def add(
        self,
        sums: Sequence[MonthlySum],
        moves: Sequence[MonthlyMove],
        articles: Mapping[int, Article],
        ids: _Ids,
    ) -> None:
        """Count the operations behind the last; `ids` of dimension values by code and name."""
        assert all(one.first > self.number for one in sums)
        for one in sums:
            for key, minor in self._parts(one, articles[one.article].line, ids):
                self._effects.add(key, minor, one.operations)
        for move in moves:
            if self.scope.counts(move.paid.first_day) and _is_seen(move):
                self._moves.add(*_moved(move, articles[move.article]), move.entries)
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
    sums = await monthly_sums(unit, tally.number, tally.scope)
    # Somebody's own spreadsheet has no accounts.
    own = tally.scope.only is not None
    moves = [] if own else await monthly_moves(unit, tally.number, tally.scope)
    tally.add(sums, moves, articles, ids)
    return tally.rows


def _row(key: _Key, minor: int, operations: int) -> MonthlyRow:
    cash, accrual, line, ids = key
    effect = roubles(minor)
    effects = (effect, None) if accrual is None else (None, effect)
    return (cash, accrual, line, *effects, *ids, operations)


def _move_row(key: _MoveKey, minor: int, entries: int) -> MonthlyRow:
    return (entries, *key, roubles(minor))


def _is_seen(move: MonthlyMove) -> bool:
    return move.debit.is_cash_flow or move.credit.is_cash_flow


def _moved(move: MonthlyMove, article: Article) -> tuple[_MoveKey, int]:
    """The row and what it gets, as `sheets.tabs.moves_tab` writes it of each entry."""
    debit, credit, minor = move.debit, move.credit, move.amount
    if move.reversal:
        debit, credit, minor = credit, debit, -minor
    section = section_of(
        article,
        inside=debit.is_cash_flow and credit.is_cash_flow,
        opening=AccountKind.OPENING in {debit.kind, credit.kind},
    )
    came, went = (account_id(one) if one.is_cash_flow else 0 for one in (debit, credit))
    return (_serial(move.paid), section, article.id, came, went), minor


def _serial(month: Month) -> int:
    return day_serial(month.first_day)


def _id(one: MonthlySum, line: PnlLine, code: str, value: str | None, ids: _Ids) -> int:
    """The id of the report's row, as `sheets.rows` gives it to a row of Журнал."""
    place = placed_at(value, line, one.of_deal)
    if place is None:
        return COMMON_ID
    return UNSPECIFIED_ID if place == UNSPECIFIED else ids[code, place]

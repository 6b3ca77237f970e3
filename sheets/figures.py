"""What the report tabs must show for what people chose on them: the ledger's own reports, by cell.

The entries are read from the spreadsheet; the figures come from the store's sums and `ledger.pnl`,
never from the formulas.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ledger.months import Month
from ledger.pnl import UNSPECIFIED, Pnl, by_dimension
from sheets.checking import Found, Grid
from sheets.dimension_tab import FIRST_FIGURE_COLUMN, FIRST_VALUE_ROW
from sheets.facts import BookFacts
from sheets.inputs import BASIS_WORDS, ENTRY_ROW, Inputs
from sheets.ladder import FIGURES
from sheets.pnl_tab import FIRST_FIGURE_ROW, FIRST_MONTH_COLUMN
from store.reports import Basis
from store.unit import UnitOfWork
from usecases.company import Dimension

__all__ = ["Chosen", "dimension_figures", "pnl_figures", "read_chosen"]

_EPOCH = date(1899, 12, 30)
_BASES = {word: basis for basis, word in BASIS_WORDS.items()}
_NOTHING = Found()
_DAYS_MAX = 100_000


@dataclass(frozen=True, slots=True)
class Chosen:
    """What people chose on a report tab."""

    basis: Basis
    first: Month
    last: Month


def read_chosen(grid: Grid, inputs: Inputs, months: tuple[Month, ...]) -> Chosen | None:
    """The entries of a tab; None when one of them cannot be read."""
    basis = _BASES.get(str(_entry(grid, inputs, 1).shown))
    if basis is None:
        return None
    if not inputs.months:
        return Chosen(basis, months[0], months[-1])
    first = _month(_entry(grid, inputs, 3), months[0])
    last = _month(_entry(grid, inputs, 5), months[-1])
    return Chosen(basis, first, last) if first and last else None


def pnl_figures(facts: BookFacts, chosen: Chosen) -> dict[tuple[int, int], int]:
    """ОПиУ: kopecks by cell."""
    pnls = [facts.totals[chosen.basis][month] for month in facts.months]
    expected: dict[tuple[int, int], int] = {}
    totals = dict.fromkeys((figure.code for figure in FIGURES), 0)
    for column, pnl in enumerate(pnls, FIRST_MONTH_COLUMN):
        lines = pnl.lines()
        for row, figure in enumerate(FIGURES, FIRST_FIGURE_ROW):
            expected[row, column] = lines[figure.code]
            totals[figure.code] += lines[figure.code]
    for row, figure in enumerate(FIGURES, FIRST_FIGURE_ROW):
        expected[row, FIRST_MONTH_COLUMN + len(pnls)] = totals[figure.code]
    return expected


async def dimension_figures(
    unit: UnitOfWork, facts: BookFacts, dimension: Dimension, chosen: Chosen
) -> dict[tuple[int, int], int]:
    """A dimension's tab: kopecks by cell."""
    summands = []
    if chosen.first <= chosen.last:
        summands = await unit.reports.facts_by_dimension(
            chosen.basis, chosen.first, chosen.last, facts.articles, dimension.code
        )
    report = by_dimension(summands)
    rows: Mapping[str, Pnl] = dict(report.rows)
    values = [rows.get(value.name, Pnl()) for value in facts.values[dimension.code]]
    pnls = [*values, rows.get(UNSPECIFIED, Pnl()), report.common, report.total]
    return {
        (row, column): pnl.lines()[figure.code]
        for row, pnl in enumerate(pnls, FIRST_VALUE_ROW)
        for column, figure in enumerate(FIGURES, FIRST_FIGURE_COLUMN)
    }


def _entry(grid: Grid, inputs: Inputs, step: int) -> Found:
    return grid.get((ENTRY_ROW, inputs.label + step), _NOTHING)


def _month(found: Found, default: Month) -> Month | None:
    if found.shown in {None, ""}:
        return default
    if not isinstance(found.shown, Decimal) or not 0 < found.shown < _DAYS_MAX:
        return None
    return Month.of(_EPOCH + timedelta(days=int(found.shown)))

"""What the report tabs must show for what people chose on them: the ledger's own reports, by cell.

The entries are read from the spreadsheet; the figures come from the store's sums and `ledger.pnl`,
never from the formulas.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ledger.months import Month
from ledger.overheads import Overheads, Shares, share_common
from ledger.pnl import UNSPECIFIED, Pnl, by_dimension, by_month
from sheets.check.checking import Found, Grid
from sheets.facts import BookFacts
from sheets.tabs.dimension_tab import FIRST_VALUE_ROW, column_of
from sheets.tabs.inputs import BASIS_WORDS, ENTRY_ROW, OVERHEADS_WORDS, Inputs
from sheets.tabs.journal_tab import COMMON_ID, UNSPECIFIED_ID
from sheets.tabs.labels import ALL, labels_of
from sheets.tabs.ladder import FIGURES
from sheets.tabs.period import read_month
from sheets.tabs.pnl_tab import FIRST_FIGURE_ROW, FIRST_MONTH_COLUMN
from store.reports import Basis, Only
from store.unit import UnitOfWork
from usecases.company import Dimension

__all__ = ["Chosen", "dimension_figures", "pnl_figures", "read_chosen"]

_BASES = {word: basis for basis, word in BASIS_WORDS.items()}
_OVERHEADS = {word: base for base, word in OVERHEADS_WORDS.items()}
_NOTHING = Found()
_EMPTY = {None, ""}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What people chose on a report tab."""

    basis: Basis
    first: Month
    last: Month
    only: tuple[Only, ...] = ()
    overheads: Overheads | None = None


def read_chosen(grid: Grid, inputs: Inputs, facts: BookFacts) -> Chosen | None:
    """The entries of a tab; None when one of them cannot be read."""
    shown = _entry(grid, inputs.column).shown
    basis = _BASES.get(shown) if isinstance(shown, str) else None
    first = read_month(_entry(grid, inputs.column + 1), facts.months[0])
    last = read_month(_entry(grid, inputs.column + 2), facts.months[-1])
    only = _only(grid, inputs, facts)
    base: Overheads | None = None
    if inputs.overheads:
        word = _entry(grid, inputs.column + 3).shown
        if word not in _EMPTY and word not in _OVERHEADS:
            return None
        base = _OVERHEADS[word] if isinstance(word, str) and word else None
    if basis is None or first is None or last is None or only is None:
        return None
    return Chosen(basis, first, last, only, base)


async def pnl_figures(
    unit: UnitOfWork, facts: BookFacts, chosen: Chosen
) -> dict[tuple[int, int], int]:
    """ОПиУ: kopecks by cell; months outside of the chosen ones are zero."""
    summands = []
    first, last = max(chosen.first, facts.months[0]), min(chosen.last, facts.months[-1])
    if first <= last:
        summands = await unit.reports.facts_by_month(
            chosen.basis, first, last, facts.articles, _filters(facts, chosen)
        )
    # The books may have got a year more since the facts were read: its operations are late.
    shown = [str(month) for month in facts.months]
    report = by_month([one for one in summands if one.group in shown], shown)
    columns = [*(pnl for _, pnl in report.rows), report.total]
    return {
        (row, column): pnl.lines()[figure.code]
        for column, pnl in enumerate(columns, FIRST_MONTH_COLUMN)
        for row, figure in enumerate(FIGURES, FIRST_FIGURE_ROW)
    }


async def dimension_figures(
    unit: UnitOfWork, facts: BookFacts, dimension: Dimension, chosen: Chosen
) -> dict[tuple[int, int], int]:
    """A dimension's tab: kopecks by cell."""
    summands = []
    first, last = chosen.first, chosen.last
    if not facts.settings.scope.is_everything:
        first, last = max(first, facts.months[0]), min(last, facts.months[-1])
    if first <= last:
        only = _filters(facts, chosen)
        summands = await unit.reports.facts_by_dimension(
            chosen.basis, first, last, facts.articles, dimension.code, only
        )
    report = by_dimension(summands)
    values = facts.values[dimension.code]
    shares = None
    if chosen.overheads:
        shares = share_common(report, chosen.overheads, {one.name: one.id for one in values})
    rows: Mapping[str, Pnl] = dict(report.rows)
    names = [*(value.name for value in values), UNSPECIFIED]
    lines = [(rows.get(name, Pnl()), _share(shares, name)) for name in names]
    lines += [(report.common, -shares.given if shares else 0), (report.total, 0)]
    return {
        (row, column_of(code)): minor
        for row, (pnl, share) in enumerate(lines, FIRST_VALUE_ROW)
        for code, minor in _shown(pnl, share).items()
    }


def _filters(facts: BookFacts, chosen: Chosen) -> tuple[Only, ...]:
    """What people chose, within what the spreadsheet holds."""
    return (*chosen.only, *facts.settings.scope.filters)


def _share(shares: Shares | None, name: str) -> int:
    return shares.of.get(name, 0) if shares else 0


def _shown(pnl: Pnl, share: int) -> dict[str, int]:
    """All figures of a row in kopecks."""
    return {
        **pnl.lines(),
        "traceable": pnl.gross_profit - pnl.net_profit,
        "common_share": share,
        "net_with_share": pnl.net_profit - share,
    }


def _only(grid: Grid, inputs: Inputs, facts: BookFacts) -> tuple[Only, ...] | None:
    """The values chosen; None when an entry is not in its list."""
    found = []
    for column, dimension in enumerate(facts.settings.dimensions, inputs.first_dimension):
        word = _entry(grid, column).shown
        if word in {*_EMPTY, ALL}:
            continue
        values = facts.values[dimension.code]
        names: dict[int, str | None] = {one.id: one.name for one in values}
        names |= {UNSPECIFIED_ID: UNSPECIFIED, COMMON_ID: None}
        ids = {label: number for number, label in labels_of(values).items()}
        if word not in ids:
            return None
        assert isinstance(word, str)
        found.append(Only(dimension.code, names[ids[word]]))
    return tuple(found)


def _entry(grid: Grid, column: int) -> Found:
    return grid.get((ENTRY_ROW, column), _NOTHING)

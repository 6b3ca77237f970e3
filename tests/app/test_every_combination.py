"""Combinations of all drop-downs of a tab on the ninety days, against plain sums of the operations.

The months are those with money, one before, one after and the empty one, in either order.

KOPEYKA_LONG=1    each combination: 1,542,240 choices instead of 12,240
"""

import asyncio
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product

import pytest

from app.books import open_books
from ledger.months import Month
from ledger.overheads import Overheads
from sheets.tabs.dimension_tab import FIRST_VALUE_ROW, column_of
from sheets.tabs.labels import ALL, ID_COLUMN
from sheets.tabs.pnl_tab import FIRST_FIGURE_ROW, FIRST_MONTH_COLUMN
from store.reports import Basis
from tests.app.command_room import Desk
from tests.app.own_sums import COMMON, Line, OwnSums, ladder, shared
from tests.app.report_tabs import STATEMENT, Choice, lists_of, typed
from tests.app.test_demo_ninety import MONTHS, TABS
from tests.sheets.computing import LADDER, Reader, Sheet, kopecks

LONG = os.environ.get("KOPEYKA_LONG") == "1"
STEP = 1 if LONG else 127
CODES = tuple(TABS.values())
TITLES = {code: tab for tab, code in TABS.items()}
NOTHING = ladder({}, MONTHS[0], MONTHS[-1])
Ends = tuple[Month | None, Month | None]


@dataclass(frozen=True)
class Tab:
    """A tab in the engine, its labels, and what the operations come to."""

    sheet: Sheet
    names: Mapping[str, Mapping[str, str]]
    sums: OwnSums

    def filters(self) -> Iterator[tuple[str, ...]]:
        """The combinations of the dimensions' drop-downs."""
        every = product(*([ALL, *self.names[code]] for code in CODES))
        return islice(every, 0, None, STEP)

    def ends(self) -> list[Ends]:
        """Every pair of months that can matter."""
        months = self.sums.months
        beyond = [one for one in MONTHS if one not in months]
        before = [one for one in beyond if one < months[0]][-1:] or [Month(2025, 12)]
        after = [one for one in beyond if one > months[-1]][:1]
        return [*product([None, *before, *months, *after], repeat=2)]


@pytest.fixture
def tab(ninety_desk: Desk, ninety_book: bytes) -> Tab:
    assert ninety_desk.home.exists()

    async def read_sums() -> OwnSums:
        async with open_books(None) as opened, opened.store.read() as unit:
            operations = [one.operation async for one in unit.journal.all()]
            return OwnSums(operations, await unit.catalog.articles(), CODES)

    sheet = Sheet(ninety_book)
    read = sheet.after({})
    names = {code: lists_of(read, title) for title, code in TABS.items()}
    return Tab(sheet, names, asyncio.run(read_sums()))


def only(tab: Tab, labels: tuple[str, ...]) -> list[str | None]:
    return [
        None if one == ALL else tab.names[code][one]
        for code, one in zip(CODES, labels, strict=True)
    ]


def entries(title: str, labels: tuple[str, ...], choice: Choice) -> dict:
    chosen = {code: one for code, one in zip(CODES, labels, strict=True) if one != ALL}
    whole = Choice(choice.basis, choice.first, choice.last, choice.base, chosen)
    return typed(title, CODES, whole)


def span(ends: Ends) -> tuple[Month, Month]:
    return ends[0] or MONTHS[0], ends[1] or MONTHS[-1]


def assert_cell(shown: object, minor: int) -> None:
    # The nearest double of a sum of roubles is what a computed cell must hold.
    if shown != minor / 100:
        assert kopecks(shown) == minor


@pytest.mark.parametrize("basis", Basis)
def test_the_statement(tab: Tab, basis: Basis) -> None:
    count = 0
    for labels in tab.filters():
        months = tab.sums.by_row(basis, only(tab, labels), None).get("", {})
        own = {month: ladder(months, month, month) for month in MONTHS}
        for ends in tab.ends():
            first, last = span(ends)
            read = tab.sheet.after(entries(STATEMENT, labels, Choice(basis, *ends)))
            shown = [own[one] if first <= one <= last else NOTHING for one in MONTHS]
            for column, line in enumerate(
                [*shown, ladder(months, first, last)], FIRST_MONTH_COLUMN
            ):
                for row, code in enumerate(LADDER, FIRST_FIGURE_ROW):
                    assert_cell(read(STATEMENT, row, column), line[code])
            count += 1
    print(f"{STATEMENT}, {basis}: {count} choices, {count * 13 * len(LADDER)} cells")


@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("code", CODES)
def test_a_dimension(tab: Tab, code: str, basis: Basis) -> None:
    title, place, count, cells = TITLES[code], CODES.index(code), 0, 0
    order = rows_in_order(tab.sheet.after({}), title, list(tab.names[code].values()))
    for labels in tab.filters():
        found = tab.sums.by_row(basis, only(tab, labels), place)
        for ends in tab.ends():
            lines = {name: ladder(found.get(name, {}), *span(ends)) for name in order}
            common = ladder(found.get(COMMON, {}), *span(ends))
            for base in (None, *Overheads):
                read = tab.sheet.after(entries(title, labels, Choice(basis, *ends, base)))
                expected = whole(lines, common, shared(lines, common, base), tab.names[code])
                cells += assert_lines(read, title, expected)
                count += 1
    print(f"{title}, {basis}: {count} choices, {cells} cells")


def rows_in_order(read: Reader, title: str, names: list[str]) -> list[str]:
    """The rows that bear costs in the order of their ids: «Не указано» is 0."""
    rows = {name: read(title, row, ID_COLUMN) for row, name in enumerate(names, FIRST_VALUE_ROW)}
    return sorted(
        (name for name in names if name != COMMON), key=lambda name: float(str(rows[name]))
    )


def whole(
    lines: Mapping[str, Line], common: Line, parts: Mapping[str, int], names: Mapping[str, str]
) -> list[Line]:
    """The rows of a tab from the top, the total last."""
    given = sum(parts.values())
    rows = [derived(lines[name], parts[name]) for name in names.values() if name != COMMON]
    rows.append(derived(common, -given))
    total = {code: sum(row[code] for row in rows) for code in rows[0]}
    return [*rows, total]


def derived(line: Line, share: int) -> Line:
    net = line["net_profit"]
    return {
        **line,
        "traceable": line["gross_profit"] - net,
        "common_share": share,
        "net_with_share": net - share,
    }


def assert_lines(read: Reader, title: str, expected: list[Line]) -> int:
    for row, line in enumerate(expected, FIRST_VALUE_ROW):
        for code, minor in line.items():
            assert_cell(read(title, row, column_of(code)), minor)
    return sum(map(len, expected))

"""Every tab of a workbook against every report of the command, for choices by chance."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from ledger.months import Month
from ledger.overheads import Overheads
from store.reports import Basis
from tests.app.command_room import Desk
from tests.app.money_tabs import (
    assert_accounts,
    assert_board,
    assert_cash,
    assert_waiting,
    cash_typed,
    month_typed,
)
from tests.app.report_tabs import (
    STATEMENT,
    Choice,
    Typed,
    asked,
    assert_rows,
    assert_statement,
    lists_of,
    months_of,
    typed,
)
from tests.sheets.computing import Reader, Sheet
from world.identity import Chance

__all__ = ["TABS", "Chosen", "EveryTab", "any_chosen"]

TABS = {"Менеджеры": "manager", "Продукты": "product", "Салоны": "salon", "Города": "city"}
OUTSIDE = (Month(2020, 12), Month(2031, 1))
FILTERED = 0.25


@dataclass(frozen=True)
class Chosen:
    """What is chosen on each tab: the reports by title, the months of ДДС, the month of Пульт."""

    reports: Mapping[str, Choice]
    cash: tuple[Month, Month]
    board: Month


class EveryTab:
    """The exported workbook of some books, and what the command says of them."""

    def __init__(self, desk: Desk, tabs: Mapping[str, str] = TABS) -> None:
        assert desk.run("export", desk.home / "book.xlsx").status == 0
        self.tabs = tabs
        self.content = (desk.home / "book.xlsx").read_bytes()
        self.report: Callable[..., Any] = lru_cache(lambda *options: desk.json("report", *options))

    @cached_property
    def sheet(self) -> Sheet:
        return Sheet(self.content)

    @cached_property
    def months(self) -> list[Month]:
        return months_of(self.sheet.after({}))

    @cached_property
    def names(self) -> dict[str, dict[str, str]]:
        read = self.sheet.after({})
        return {code: lists_of(read, tab) for tab, code in self.tabs.items()}

    def typed(self, chosen: Chosen) -> Typed:
        """The entries of all tabs that say so."""
        entries = cash_typed(*chosen.cash) | month_typed(chosen.board)
        for tab, choice in chosen.reports.items():
            entries |= typed(tab, [*self.tabs.values()], choice)
        return entries

    def assert_equal(self, read: Reader, chosen: Chosen) -> int:
        """Every figure of every tab; how many cells were compared."""
        cells = assert_accounts(read, self.report) + assert_waiting(read, self.report)
        for tab, choice in chosen.reports.items():
            cells += self.assert_report(read, tab, choice)
        first, last = chosen.cash
        cells += assert_cash(read, self.report("cash-flow", "--from", first, "--to", last))
        return cells + assert_board(read, chosen.board, self.report)

    def assert_report(self, read: Reader, tab: str, choice: Choice) -> int:
        """One report tab."""
        code, found = self.tabs.get(tab), None
        if not choice.reversed(self.months):
            found = self.report(*asked(choice, code, self.names))
        if code is None:
            return assert_statement(read, self.months, found)
        return assert_rows(read, tab, [*self.names[code].values()], found)


def any_chosen(tabs: EveryTab, chance: Chance) -> Iterator[Chosen]:
    """Choices by chance, without end; few filters at once, so that something is left to compare."""
    while True:
        first, last = sorted(chance.choice(tabs.months) for _ in range(2))
        reports = {tab: _any_choice(tabs, chance) for tab in (STATEMENT, *tabs.tabs)}
        yield Chosen(reports, (first, last), chance.choice(tabs.months))


def _any_choice(tabs: EveryTab, chance: Chance) -> Choice:
    # Half of all periods have no end, so that most of the books is seen.
    ends: list[Month | None] = [*[None] * len(tabs.months), *tabs.months, *OUTSIDE]
    base = chance.choice((None, *Overheads))
    only = {
        code: chance.choice(list(offered))
        for code, offered in tabs.names.items()
        if chance.random() < FILTERED
    }
    return Choice(chance.choice(list(Basis)), chance.choice(ends), chance.choice(ends), base, only)

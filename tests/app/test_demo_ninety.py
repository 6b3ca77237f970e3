"""The standard ninety days, played once: equal books, and the same profit in every other program."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from app.demo_check import Played
from ledger.articles import PnlLine
from ledger.months import Month, months_between
from ledger.overheads import Overheads
from sandbox.demo import effects
from sandbox.demo.effects import LINES, Figures, by_month, net_profit
from sandbox.demo.scenario import effects_until, scenario
from sheets.tabs.labels import ALL
from store.reports import Basis
from tests.app.command_room import Desk
from tests.app.conftest import DAYS
from tests.app.covering import covering
from tests.app.money_tabs import (
    Reports,
    assert_accounts,
    assert_board,
    assert_cash,
    assert_still,
    assert_waiting,
    cash_typed,
    month_typed,
)
from tests.app.report_tabs import (
    STATEMENT,
    Choice,
    asked,
    assert_rows,
    assert_statement,
    figures,
    lists_of,
    typed,
    typed_into_file,
)
from tests.app.test_hledger import balances, hledger, profit
from tests.sheets.computing import Reader, Sheet
from tests.sheets.office import office_reader
from usecases.company import Company
from world.clock import SystemClock
from world.identity import seeded_chance

__all__ = ["hledger"]

TABS = {"Менеджеры": "manager", "Продукты": "product", "Салоны": "salon", "Города": "city"}
MONTHS = tuple(months_between(Month(2026, 1), Month(2026, 12)))
AFTER = Month(2027, 2)


def reports(desk: Desk) -> Reports:
    """The documents of the command, each asked for once."""
    return cache(lambda *options: desk.json("report", *options))


def labels_of(read: Reader) -> dict[str, dict[str, str]]:
    """What the drop-down of each dimension offers."""
    return {code: lists_of(read, tab) for tab, code in TABS.items()}


def equals_the_report(read: Reader, tab: str, choice: Choice, report: Reports) -> None:
    """A tab on which somebody chose, every figure."""
    names = labels_of(read)
    found = None
    if not choice.reversed(MONTHS):
        found = report(*asked(choice, TABS.get(tab), names))
    if tab == STATEMENT:
        assert_statement(read, MONTHS, found)
    else:
        assert_rows(read, tab, [*names[TABS[tab]].values()], found)


def choices(tab: str, names: Mapping[str, Mapping[str, str]]) -> Iterator[Choice]:
    """Every two options of any two drop-downs of a tab together at least once."""
    ends = [None, *MONTHS, AFTER]
    bases = [None] if tab == STATEMENT else [None, *Overheads]
    offered = [[ALL, *names[code]] for code in names]
    for basis, first, last, base, *labels in covering([list(Basis), ends, ends, bases, *offered]):
        only = {code: one for code, one in zip(names, labels, strict=True) if one != ALL}
        yield Choice(basis, first, last, base, only)


def test_the_five_books_are_equal_and_the_totals_are_the_hand_written_ones(
    ninety: Played,
) -> None:
    assert [one for one in ninety.checks if not one.ok] == []
    assert ninety.audit.differences == ()
    assert any("90 дней" in one.name for one in ninety.checks)
    assert ninety.ok


@pytest.mark.parametrize("basis", Basis)
def test_formualizer_computes_the_reports_from_the_workbook_that_the_demo_left(
    ninety_desk: Desk, ninety: Played, basis: Basis
) -> None:
    sheet = Sheet(ninety.book)
    for tab in (STATEMENT, *TABS):
        read = sheet.after(typed(tab, [*TABS.values()], Choice(basis)))
        equals_the_report(read, tab, Choice(basis), reports(ninety_desk))


@pytest.mark.parametrize("tab", [STATEMENT, *TABS])
def test_every_two_options_of_any_two_drop_downs_give_the_figures_of_the_report(
    ninety_desk: Desk, ninety_book: bytes, tab: str
) -> None:
    sheet = Sheet(ninety_book)
    for choice in choices(tab, labels_of(sheet.after({}))):
        read = sheet.after(typed(tab, [*TABS.values()], choice))
        equals_the_report(read, tab, choice, reports(ninety_desk))


def test_the_cash_flow_of_any_months_equals_the_report(
    ninety_desk: Desk, ninety_book: bytes
) -> None:
    sheet = Sheet(ninety_book)
    for first, last in product([None, *MONTHS, AFTER], repeat=2):
        read = sheet.after(cash_typed(first, last))
        if Choice(first=first, last=last).reversed(MONTHS):
            assert_still(read)
        else:
            months = ("--from", first or MONTHS[0], "--to", last or MONTHS[-1])
            assert_cash(read, ninety_desk.json("report", "cash-flow", *months))


def test_every_month_of_the_board_equals_the_reports(
    ninety_desk: Desk, ninety_book: bytes
) -> None:
    sheet, report = Sheet(ninety_book), reports(ninety_desk)
    present = Month.of(Company().today(SystemClock().now()))
    for chosen, month in ((None, present), *((one, one) for one in MONTHS)):
        assert_board(sheet.after(month_typed(chosen)), month, report)


def test_balances_the_calendar_and_what_waits_equal_the_reports(
    ninety_desk: Desk, ninety_book: bytes
) -> None:
    read = Sheet(ninety_book).after({})
    assert_accounts(read, reports(ninety_desk))
    assert_waiting(read, reports(ninety_desk))


@pytest.mark.parametrize("basis", Basis)
def test_libreoffice_computes_every_tab_of_the_workbook(
    ninety_desk: Desk, ninety_book: bytes, basis: Basis, tmp_path: Path
) -> None:
    names, chance = labels_of(Sheet(ninety_book).after({})), seeded_chance(len(basis))
    chosen = {
        tab: replace(chance.choice([*choices(tab, names)]), basis=basis)
        for tab in (STATEMENT, *TABS)
    }
    first, last = sorted(chance.choices(MONTHS[:5], k=2))
    entries = cash_typed(first, last) | month_typed(last)
    for tab, choice in chosen.items():
        entries |= typed(tab, [*TABS.values()], choice)
    read, report = (
        office_reader(typed_into_file(ninety_book, entries), tmp_path),
        reports(ninety_desk),
    )
    for tab, choice in chosen.items():
        equals_the_report(read, tab, choice, report)
    assert_cash(read, report("cash-flow", "--from", first, "--to", last))
    assert_board(read, last, report)
    assert_accounts(read, report)
    assert_waiting(read, report)


@pytest.mark.parametrize("basis", Basis)
def test_hledger_counts_the_same_profit(ninety_desk: Desk, hledger: str, basis: Basis) -> None:
    journal = ninety_desk.home / f"{basis}.journal"
    assert ninety_desk.run("export", "--hledger", journal, "--basis", basis).status == 0

    report = ninety_desk.json("report", "pnl", "--basis", basis)

    for row in report["rows"]:
        counted = profit(balances(hledger, journal, "-p", row["value"]))
        assert counted == {line.value: row[line.value] for line in PnlLine}


@pytest.mark.parametrize("basis", Basis)
def test_the_report_command_prints_the_hand_written_months(
    ninety_desk: Desk, basis: Basis
) -> None:
    expected = by_month(effects_until(scenario(), DAYS), effects.Basis(basis.value))

    rows = ninety_desk.json("report", "pnl", "--basis", basis)["rows"]

    # The opening balances lie in February, whose row is all zeros.
    shown = {row["value"]: hand(row) for row in rows}
    assert {month: figures for month, figures in shown.items() if any(figures.values())} == {
        month: {**figures, "net_profit": net_profit(figures)}
        for month, figures in expected.items()
    }


def hand(row: Mapping[str, str]) -> Figures:
    return figures(row, {*LINES, "net_profit"})

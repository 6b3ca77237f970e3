"""The standard ninety days, played once: equal books, and the same profit in every other program."""

import asyncio
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, takewhile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app.demo_check import CheckOptions, Played, check_demo
from ledger.articles import PnlLine
from ledger.months import Month
from ledger.overheads import Overheads
from sandbox.demo.effects import LINES, Basis, Figures, by_month, net_profit
from sandbox.demo.scenario import effects_until, scenario
from sheets.inputs import OVERHEADS_WORDS, month_serial
from sheets.labels import LABEL_COLUMN
from tests.app.command_room import Desk
from tests.app.test_hledger import balances, hledger, profit
from tests.sheets.computing import (
    LADDER,
    Reader,
    Sheet,
    dimension_lines,
    formualizer_reader,
    pnl_columns,
)
from tests.sheets.office import office_reader
from world.identity import Chance, seeded_chance

__all__ = ["hledger"]

DAYS = 90
CHOICES = {Basis.CASH: "по оплате", Basis.ACCRUAL: "по начислению"}
TABS = {"Менеджеры": "manager", "Продукты": "product", "Салоны": "salon", "Города": "city"}
# The basis is chosen at these places (row and column from zero).
BASIS_AT = {"ОПиУ": (1, 1), **dict.fromkeys(TABS, (1, 3))}
FIRST_ROW = 4
FILTERED = 0.3


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ninety")


@pytest.fixture(scope="module")
def played(home: Path) -> Played:
    return asyncio.run(check_demo(CheckOptions(DAYS, home=home), lambda _day: None))


@pytest.fixture
def books(
    played: Played,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Desk:
    assert played.counts["operations"] > 0
    monkeypatch.setenv("KOPEYKA_HOME", str(home))
    return Desk(home, capsys)


def figures_of(report: Mapping[str, str], names: set[str]) -> dict[str, int]:
    return {name: int(report[name].replace(".", "")) for name in names}


def with_basis(content: bytes, basis: Basis) -> bytes:
    """The workbook after a person turned the drop-down on every tab."""
    workbook = load_workbook(io.BytesIO(content))
    for tab, (row, column) in BASIS_AT.items():
        workbook[tab].cell(row + 1, column + 1).value = CHOICES[basis]
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def equals_the_reports(books: Desk, read: Reader, basis: Basis) -> None:
    """Every report tab to the kopeck."""
    months = pnl_columns(read, "ОПиУ", 12)
    names = set(months[0])
    report = books.json("report", "pnl", "--basis", basis)
    for row in report["rows"]:
        number = int(row["value"][-2:]) - 1
        assert months[number] == figures_of(row, names), row["value"]
    assert months[-1] == figures_of(report["total"], names)
    for tab, code in TABS.items():
        document = books.json("report", "pnl", "--by", code, "--basis", basis)
        said = {row["value"]: row for row in document["rows"]}
        said |= {"Общие": document["common"], "Итого": document["total"]}
        lines = dimension_lines(read, tab, _rows(read, tab))
        shown = {str(read(tab, FIRST_ROW + row, 0)): line for row, line in enumerate(lines)}
        for value, line in shown.items():
            assert line == (figures_of(said[value], names) if value in said else _nothing(names))
        assert set(said) <= set(shown), tab


@dataclass(frozen=True)
class Choice:
    """What a person chose on one tab, in the report's words."""

    basis: str
    first: str
    last: str
    base: str | None
    only: Mapping[str, str]


MONTHS = tuple(f"2026-{number:02d}" for number in range(1, 13))
BASES = (None, *Overheads)


def labels_of_tabs(sheet: Sheet) -> dict[str, list[str]]:
    """What each dimension's drop-down offers, without «Все»."""
    read = sheet.after({})
    labels = {}
    for tab, code in TABS.items():
        cells = (read(tab, FIRST_ROW + row, LABEL_COLUMN) for row in range(100))
        labels[code] = [str(label) for label in takewhile(bool, cells)]
    return labels


def choices(lists: Mapping[str, Sequence[str]], chance: Chance) -> Iterator[tuple[str, Choice]]:
    """Each option at least once on some tab; every tab with every base."""
    tabs = cycle(("ОПиУ", *TABS))
    fixed: list[dict[str, object]] = [{"basis": basis.value} for basis in Basis]
    fixed += [{end: month} for end in ("first", "last") for month in MONTHS]
    fixed += [{"only": {code: label}} for code in lists for label in lists[code]]
    for one in fixed:
        chosen = replace(_any(lists, chance), **one)
        first, last = sorted((chosen.first, chosen.last))
        yield next(tabs), replace(chosen, first=first, last=last)
    for tab in TABS:
        for base in BASES:
            yield tab, replace(_any(lists, chance), base=base, first=MONTHS[0], last=MONTHS[-1])


def _any(lists: Mapping[str, Sequence[str]], chance: Chance) -> Choice:
    first, last = sorted(chance.choices(MONTHS, k=2))
    only = {code: chance.choice(lists[code]) for code in lists if chance.random() < FILTERED}
    return Choice(chance.choice(list(Basis)).value, first, last, chance.choice(BASES), only)


def typed(
    tab: str, choice: Choice, lists: Mapping[str, Sequence[str]]
) -> dict[tuple[str, int, int], object]:
    first, last = (
        month_serial(Month(int(text[:4]), int(text[5:]))) for text in (choice.first, choice.last)
    )
    words: list[object] = [CHOICES[Basis(choice.basis)], first, last]
    if tab != "ОПиУ":
        words.append(OVERHEADS_WORDS[Overheads(choice.base) if choice.base else None])
    words += [choice.only.get(code, "Все") for code in lists]
    row, column = BASIS_AT[tab]
    return {(tab, row, column + step): word for step, word in enumerate(words)}


def equals_the_statement(read: Reader, report: Mapping[str, Any]) -> None:
    months = pnl_columns(read, "ОПиУ", 12)
    names = set(months[0])
    said = {row["value"]: figures_of(row, names) for row in report["rows"]}
    shown = dict(zip(MONTHS, months, strict=False))
    assert shown == {month: said.get(month, _nothing(names)) for month in MONTHS}
    assert months[-1] == figures_of(report["total"], names)


def equals_the_rows(read: Reader, tab: str, report: Mapping[str, Any]) -> None:
    said = {row["value"]: row for row in report["rows"]}
    said |= {"Общие": report["common"], "Итого": report["total"]}
    codes = (*LADDER, *(("common_share", "net_with_share") if "overheads" in report else ()))
    lines = dimension_lines(read, tab, _rows(read, tab), codes)
    shown = {str(read(tab, FIRST_ROW + row, 0)): line for row, line in enumerate(lines)}
    assert set(said) <= set(shown)
    for value, line in shown.items():
        expected = figures_of(said[value], {*codes}) if value in said else _nothing({*codes})
        assert line == expected, (tab, value)


def _rows(read: Reader, tab: str) -> int:
    return next(row for row in range(100) if read(tab, FIRST_ROW + row, 0) == "Итого") + 1


def _nothing(names: set[str]) -> dict[str, int]:
    return dict.fromkeys(names, 0)


def test_the_five_books_are_equal_and_the_totals_are_the_hand_written_ones(
    played: Played,
) -> None:
    assert [one for one in played.checks if not one.ok] == []
    assert played.audit.differences == ()
    assert any("90 дней" in one.name for one in played.checks)
    assert played.ok


@pytest.mark.parametrize("basis", Basis)
def test_formualizer_computes_the_reports_from_the_exported_workbook(
    books: Desk, played: Played, basis: Basis
) -> None:
    typed = {(tab, row, column): CHOICES[basis] for tab, (row, column) in BASIS_AT.items()}

    equals_the_reports(books, formualizer_reader(played.book, dict(typed)), basis)


def test_every_option_of_every_drop_down_gives_the_figures_of_the_report(
    books: Desk, played: Played
) -> None:
    sheet = Sheet(played.book)
    lists = labels_of_tabs(sheet)
    for tab, choice in choices(lists, seeded_chance(90)):
        read = sheet.after(typed(tab, choice, lists))
        options = ["--basis", choice.basis, "--from", choice.first, "--to", choice.last]
        for code, value in choice.only.items():
            options += ["--only", f"{code}={value}"]
        if tab == "ОПиУ":
            equals_the_statement(read, books.json("report", "pnl", *options))
            continue
        options += ["--overheads", choice.base] if choice.base else []
        equals_the_rows(read, tab, books.json("report", "pnl", "--by", TABS[tab], *options))


@pytest.mark.parametrize("basis", Basis)
def test_libreoffice_computes_the_reports_from_the_exported_workbook(
    books: Desk, played: Played, basis: Basis, tmp_path: Path
) -> None:
    read = office_reader(with_basis(played.book, basis), tmp_path)

    equals_the_reports(books, read, basis)


@pytest.mark.parametrize("basis", Basis)
def test_hledger_counts_the_same_profit(books: Desk, hledger: str, basis: Basis) -> None:
    journal = books.home / f"{basis}.journal"
    assert books.run("export", "--hledger", journal, "--basis", basis).status == 0

    report = books.json("report", "pnl", "--basis", basis)

    for row in report["rows"]:
        counted = profit(balances(hledger, journal, "-p", row["value"]))
        assert counted == {line.value: row[line.value] for line in PnlLine}


@pytest.mark.parametrize("basis", Basis)
def test_the_report_command_prints_the_hand_written_months(books: Desk, basis: Basis) -> None:
    expected = by_month(effects_until(scenario(), DAYS), basis)

    rows = books.json("report", "pnl", "--basis", basis)["rows"]

    # The opening balances lie in February, whose row is all zeros.
    shown = {row["value"]: hand(row) for row in rows}
    assert {month: figures for month, figures in shown.items() if any(figures.values())} == {
        month: {**figures, "net_profit": net_profit(figures)}
        for month, figures in expected.items()
    }


def hand(row: Mapping[str, str]) -> Figures:
    return figures_of(row, {*LINES, "net_profit"})

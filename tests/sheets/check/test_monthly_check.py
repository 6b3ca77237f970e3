"""Свод read back: every wrong row is named once, and its place is told for healing."""

from dataclasses import replace
from decimal import Decimal

import pytest

from sheets.check.checking import Found, Grid, Reason
from sheets.check.monthly_check import check_monthly, wrong_places
from sheets.model import Tab
from sheets.tabs.monthly_tab import MonthlyShape, monthly_tab
from tests.sheets.ledgers import SETTINGS, every_article

WIDTH = len(MonthlyShape(SETTINGS.dimensions).columns)


def tab() -> Tab:
    rows = every_article().monthly_rows
    return monthly_tab(MonthlyShape(SETTINGS.dimensions), rows, 1000, "Свод")


def grid_of(tab: Tab) -> dict[tuple[int, int], Found]:
    """What Google shows of the tab when nobody touched it."""
    grid = {place: Found(cell.value, cell.value) for place, cell in tab.cells.items()}
    for row, values in enumerate(tab.body, 1):
        for column, value in enumerate(values):
            if value is not None:
                grid[row, column] = Found(Decimal(value), Decimal(value))
    return grid


def named(grid: Grid) -> list[tuple[str, Reason]]:
    return [(one.place, one.reason) for one in check_monthly(grid, tab())]


def test_an_untouched_tab_agrees() -> None:
    assert named(grid_of(tab())) == []


@pytest.mark.parametrize("column", range(WIDTH))
def test_a_change_of_any_cell_is_named(column: int) -> None:
    grid = grid_of(tab())
    grid[3, column] = Found(Decimal("0.01"), Decimal("0.01"))
    assert [(place[1:], reason) for place, reason in named(grid)] == [("4", Reason.VALUE)]


def test_a_deleted_row_is_missing_and_two_exchanged_rows_are_wrong() -> None:
    grid = {place: one for place, one in grid_of(tab()).items() if place[0] != 2}
    assert [reason for _, reason in named(grid)] == [Reason.MISSING]
    assert [one.reason for one in check_monthly(grid, tab(), late=True)] == [Reason.WAITING]
    moved = {3: 4, 4: 3}
    swapped = {(moved.get(row, row), column): one for (row, column), one in grid_of(tab()).items()}
    assert [place[1:] for place, _ in named(swapped)] == ["4", "5"]


def test_a_heading_and_a_row_behind_the_last_are_named() -> None:
    grid, last = grid_of(tab()), len(tab().body) + 1
    grid[0, 2] = Found("Моё", "Моё")
    grid[last + 5, 4] = Found(Decimal(7), Decimal(7))
    assert named(grid) == [("C1", Reason.VALUE), (f"A{last + 6}", Reason.EXTRA)]


def test_healing_is_told_the_rows_by_place_and_what_to_empty() -> None:
    shown, last = tab(), len(tab().body) + 1
    grid = {place: one for place, one in grid_of(shown).items() if place[0] != 2}
    grid[0, 0] = Found("Моё", "Моё")
    grid[last, 0] = Found(Decimal(7), Decimal(7))
    differences = check_monthly(grid, shown)
    others = [replace(one, tab="Журнал") for one in differences]
    assert wrong_places([*differences, *others], shown) == ({2: shown.body[1]}, [last])
    assert wrong_places(others, shown) == ({}, [])

"""A fault at each request to Google in turn: the spreadsheet ends as if nothing had been wrong.

Every step (install from empty, deliver, upgrade, check and heal, rebuild) is done once undisturbed,
its requests are counted, then it is done again from the same beginning with a fault at exactly the
n-th request, for every n. Short: every third n with one kind in turn; KOPEYKA_LONG=1: every n with
every kind.
"""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.faults import FaultKind, FaultRule
from sandbox.google_sheets.model import Book
from sandbox.google_sheets.seeding import new_book
from tests.conftest import START
from tests.faults.sheet_desk import STEPS, Kept, SheetDesk, open_desk, state_of
from tests.sheets.google import BOOK
from world.clock import VirtualClock

LONG = os.environ.get("KOPEYKA_LONG") == "1"
KINDS = tuple(FaultKind)
# A share that is taken away and a quota that is used up last longer than one request.
TIMES = {FaultKind.FORBIDDEN: 3, FaultKind.TOO_MANY: 2}


class Runs:
    """Runs of one step from one beginning."""

    def __init__(self, home: Path, start: Kept, step: str) -> None:
        self.home = home
        self.start = start
        self.step = step
        self.calls: list[str] = []

    async def undisturbed(self) -> tuple[dict[str, Any], Kept]:
        """The end state, and the moment after it; counts the requests."""
        async with open_desk(self.start, self.home / "run.db", VirtualClock(START)) as desk:
            await STEPS[self.step](desk)
            self.calls = list(desk.google.faults.calls)
            await desk.calm()
            return state_of(desk.book), desk.keep(self.home / f"{self.step}.db")

    async def disturbed(self, number: int, kind: FaultKind) -> dict[str, Any]:
        """The end state after a fault at a request."""
        rules = [
            FaultRule(kind, nth_overall=number + later) for later in range(TIMES.get(kind, 1))
        ]
        async with open_desk(self.start, self.home / "run.db", VirtualClock(START)) as desk:
            desk.google.faults.replace(rules)
            await STEPS[self.step](desk)
            await desk.calm()
            assert_no_row_twice(desk)
            return state_of(desk.book)


def assert_no_row_twice(desk: SheetDesk) -> None:
    journal = desk.book.sheet_titled("Журнал")
    assert journal is not None
    numbers = [cells[0].value for row, cells in journal.rows.items() if row and 0 in cells]
    found = [one for one in numbers if one is not None]
    assert len(found) == len(set(found))


def faults_of(step: str, calls: int) -> Iterator[tuple[int, FaultKind]]:
    """Which request meets which fault."""
    if LONG:
        yield from itertools.product(range(1, calls + 1), KINDS)
        return
    # Each step begins elsewhere, so that all kinds have their turn.
    first = list(STEPS).index(step)
    for turn, number in enumerate(range(1 + first % 3, calls + 1, 3)):
        yield number, KINDS[(turn + 3 * first) % len(KINDS)]


async def beginning(home: Path, template: Path, step: str) -> Kept:
    """The moment before a step: the steps before it, undisturbed, over a few operations."""
    empty = Kept(_empty_book(), template)
    async with open_desk(empty, home / "run.db", VirtualClock(START)) as desk:
        for number in range(4):
            await desk.google.sell(f"sale-{number}", 100_000 * (number + 1))
            await desk.google.spend(f"cost {number}", 5_000 + number, comment="=1+1")
        kept = desk.keep(home / "start.db")
    for earlier in STEPS:
        if earlier == step:
            return kept
        _, kept = await Runs(home, kept, earlier).undisturbed()
    raise KeyError(step)


def _empty_book() -> Book:
    own = {"sheetId": 0, "title": "Лист1", "gridProperties": {"rowCount": 9, "columnCount": 5}}
    properties = {"title": "Учёт", "locale": "en_US", "timeZone": "America/New_York"}
    seed = {"spreadsheetId": BOOK, "properties": properties, "sheets": [{"properties": own}]}
    return new_book(seed)


@pytest.mark.parametrize("step", STEPS)
async def test_a_fault_at_any_request_changes_nothing_in_the_end(
    step: str, tmp_path: Path, sqlite_template: Path
) -> None:
    runs = Runs(tmp_path, await beginning(tmp_path, sqlite_template, step), step)
    expected, _ = await runs.undisturbed()

    assert len(runs.calls) >= 4
    for number, kind in faults_of(step, len(runs.calls)):
        found = await runs.disturbed(number, kind)
        assert found == expected, (step, kind, number, runs.calls[number - 1])

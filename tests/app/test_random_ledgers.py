"""Random tables through `import-operations`, the exported workbook, and every report of the command.

KOPEYKA_LONG=1    200 ledgers instead of 12
"""

import asyncio
import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.books import open_books
from ledger.months import Month
from ledger.operations import reverse
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
    asked,
    assert_rows,
    assert_statement,
    lists_of,
    months_of,
    typed,
)
from tests.app.tables_of_people import DIMENSIONS, HEADING, tables
from tests.sheets.computing import Sheet
from usecases.posting import post_all
from world.identity import Chance, seeded_chance

LONG = os.environ.get("KOPEYKA_LONG") == "1"
RANDOM = settings(
    max_examples=200 if LONG else 12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
TABS = dict(zip(("Менеджеры", "Продукты", "Салоны", "Города"), DIMENSIONS, strict=True))
OUTSIDE = (Month(2024, 12), Month(2027, 1))
FILTERED = 0.25
CHOICES_EACH = 2


def brought(desk: Desk, rows: list[list[str]], chance: Chance) -> None:
    """The table in the books, and a few of its operations reversed."""
    desk.json("import-operations", desk.sheet([list(HEADING), *rows]))

    async def take_back() -> None:
        async with open_books(None) as books, books.store.write("test") as unit:
            found = [one.operation async for one in unit.journal.all()]
            taken = chance.sample(found, k=min(2, len(found)))
            day = max(one.days[-1] for one in found)
            await post_all(unit, [reverse(one, f"-{one.key}", day, "Вера", "=1") for one in taken])

    asyncio.run(take_back())


def exported(desk: Desk) -> bytes:
    assert desk.run("export", desk.home / "book.xlsx").status == 0
    return (desk.home / "book.xlsx").read_bytes()


def reports_of(desk: Desk) -> Callable[..., Any]:
    """The documents of the command, each asked for once."""
    return cache(lambda *options: desk.json("report", *options))


def any_choice(months: list[Month], names: dict[str, dict[str, str]], chance: Chance) -> Choice:
    ends: list[Month | None] = [None, *months, *OUTSIDE]
    first, last = chance.choice(ends), chance.choice(ends)
    only = {code: chance.choice(list(names[code])) for code in names if chance.random() < FILTERED}
    return Choice(chance.choice(list(Basis)), first, last, chance.choice((None, *Overheads)), only)


def assert_all(sheet: Sheet, report: Callable[..., Any], chance: Chance) -> None:
    """Every tab with a few choices on each."""
    read = sheet.after({})
    months = months_of(read)
    names = {code: lists_of(read, tab) for tab, code in TABS.items()}
    assert_accounts(read, report)
    assert_waiting(read, report)
    for tab, code in ((STATEMENT, None), *TABS.items()):
        for _ in range(CHOICES_EACH):
            chosen = any_choice(months, names, chance)
            read = sheet.after(typed(tab, DIMENSIONS, chosen))
            found = None
            if not chosen.reversed(months):
                found = report(*asked(chosen, code, names))
            if code is None:
                assert_statement(read, months, found)
            else:
                assert_rows(read, tab, list(names[code].values()), found)
    assert_money(sheet, months, report, chance)


def assert_money(
    sheet: Sheet, months: list[Month], report: Callable[..., Any], chance: Chance
) -> None:
    """ДДС for some months, one month, and all; Пульт of a month."""
    ends = sorted(chance.choice(months) for _ in range(2))
    for first, last in (ends, ends[:1] * 2, (months[0], months[-1])):
        read = sheet.after(cash_typed(first, last))
        assert_cash(read, report("cash-flow", "--from", first, "--to", last))
    month = chance.choice(months)
    assert_board(sheet.after(month_typed(month)), month, report)


@pytest.fixture
def desk_of(
    sqlite_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[[], Desk]:
    """New empty books each time, because one test has many."""

    def new() -> Desk:
        home = tmp_path_factory.mktemp("books")
        (home / "var").mkdir()
        shutil.copyfile(sqlite_template, home / "var" / "kopeyka.db")
        monkeypatch.setenv("KOPEYKA_HOME", str(home))
        return Desk(home, capsys)

    return new


@RANDOM
@given(rows=tables(), seed=st.integers(0, 10**6))
def test_every_tab_of_any_ledger_equals_the_reports(
    desk_of: Callable[[], Desk], rows: list[list[str]], seed: int
) -> None:
    desk, chance = desk_of(), seeded_chance(seed)
    brought(desk, rows, chance)
    assert_all(Sheet(exported(desk)), reports_of(desk), chance)

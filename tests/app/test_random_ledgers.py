"""Random tables through `import-operations`, the exported workbook, and every report of the command.

KOPEYKA_LONG=1    200 ledgers instead of 8
"""

import asyncio
import io
import os
import shutil
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.books import open_books
from ledger.operations import reverse
from sheets.formulas import column_letters
from sheets.tabs.inputs import ENTRY_ROW, HELPER_ROW
from sheets.tabs.labels import FIRST_VALUE_ROW, ID_COLUMN
from sheets.tabs.pnl_tab import PNL_INPUTS
from tests.app.command_room import Desk
from tests.app.every_tab import EveryTab, any_chosen
from tests.app.report_tabs import STATEMENT, put_text, typed_into_file
from tests.app.tables_of_people import HEADING, NAMES, tables
from tests.sheets.computing import formualizer_reader
from tests.sheets.office import office_reader
from usecases.posting import post_all
from world.identity import Chance, seeded_chance

LONG = os.environ.get("KOPEYKA_LONG") == "1"
RANDOM = settings(
    max_examples=200 if LONG else 8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
CHOICES_EACH = 2
PROBES = "Пробы"


def bring(desk: Desk, rows: list[list[str]], chance: Chance) -> None:
    """The table into the books, and a few of its operations back."""
    desk.json("import-operations", desk.sheet([list(HEADING), *rows]))

    async def take_back() -> None:
        async with open_books(None) as books, books.store.write("test") as unit:
            found = [one.operation async for one in unit.journal.all()]
            taken = chance.sample(found, k=min(2, len(found)))
            day = max(one.days[-1] for one in found)
            await post_all(unit, [reverse(one, f"-{one.key}", day, "Вера", "=1") for one in taken])

    asyncio.run(take_back())


@pytest.fixture
def new_desk(
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
    new_desk: Callable[[], Desk], rows: list[list[str]], seed: int
) -> None:
    desk, chance = new_desk(), seeded_chance(seed)
    bring(desk, rows, chance)
    tabs = EveryTab(desk)
    for chosen in islice(any_chosen(tabs, chance), CHOICES_EACH):
        tabs.assert_equal(tabs.sheet.after(tabs.typed(chosen)), chosen)


def every_name() -> list[list[str]]:
    """Each hostile name as an article, a manager, a city, and once as a cost without a manager."""
    rows = []
    for number, name in enumerate(NAMES):
        day = f"2026-0{1 + number % 3}-07"
        of_all = [name, NAMES[number - 1], "", NAMES[number - 2], "", ""]
        sums = f"{10**9 + 7 * number},{number:02d}", f"{3 * number + 1},{99 - number:02d}"
        said = ["операционная", sums[0], "Касса", "", *of_all]
        rows.append(["income", day, day, name, "выручка", *said])
        common = ["операционная", sums[1], "Банк", "", "", "", NAMES[-1 - number], "", "", ""]
        rows.append(["expense", day, day, name, "управленческие", *common])
    return rows


@pytest.mark.parametrize("seed", range(3 if LONG else 1))
def test_libreoffice_agrees_on_every_tab_of_hostile_names(
    new_desk: Callable[[], Desk], tmp_path: Path, seed: int
) -> None:
    desk, chance = new_desk(), seeded_chance(seed)
    bring(desk, every_name(), chance)
    tabs = EveryTab(desk)
    chosen = next(any_chosen(tabs, chance))
    read = office_reader(typed_into_file(tabs.content, tabs.typed(chosen)), tmp_path)
    tabs.assert_equal(read, chosen)
    tabs.assert_equal(tabs.sheet.after(tabs.typed(chosen)), chosen)


def with_probes(tabs: EveryTab) -> bytes:
    """The workbook with a tab on which every label of Менеджеры is an entry of its own."""
    workbook = load_workbook(io.BytesIO(tabs.content))
    column = PNL_INPUTS.first_dimension
    formula = str(workbook[STATEMENT].cell(HELPER_ROW + 1, column + 1).value)
    entry = f"${column_letters(column)}${ENTRY_ROW + 1}"
    assert entry in formula
    probes = workbook.create_sheet(PROBES)
    for row, label in enumerate(tabs.names["manager"], 1):
        put_text(probes.cell(row, 1), label)
        probes.cell(row, 2).value = formula.replace(entry, f"$A${row}")
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def test_every_label_of_a_drop_down_means_its_own_row_in_both_engines(
    new_desk: Callable[[], Desk], tmp_path: Path
) -> None:
    desk = new_desk()
    bring(desk, every_name(), seeded_chance(1))
    tabs = EveryTab(desk)
    content = with_probes(tabs)
    labels = [*tabs.names["manager"]]
    assert len(labels) > len(NAMES) / 2
    for read in (formualizer_reader(content, {}), office_reader(content, tmp_path)):
        rows = range(FIRST_VALUE_ROW, FIRST_VALUE_ROW + len(labels))
        expected = [read("Менеджеры", row, ID_COLUMN) for row in rows]
        shown = [read(PROBES, row, 1) for row in range(len(labels))]
        assert dict(zip(labels, shown, strict=True)) == dict(zip(labels, expected, strict=True))
        assert len({*shown}) == len(labels)

"""Golden examples open-01 and open-03 with common costs shared: the report and the spreadsheet.

The tables come in through `import-operations`; the workbook is exported and computed by formualizer.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from ledger.money import Money
from ledger.overheads import Overheads
from sheets.dimension_tab import DIMENSION_INPUTS, FIRST_VALUE_ROW, column_of
from sheets.inputs import OVERHEADS_WORDS
from tests.app.test_golden_by_import import DAY, ROOT, bot, brought, cost, sale, two_units
from tests.golden.examples import example, kopecks
from tests.sheets.computing import formualizer_reader
from tests.sheets.computing import kopecks as shown_kopecks

TAB = "Подразделения"
ENTRY = (TAB, 1, DIMENSION_INPUTS.column + 3)


def export(home: Path) -> bytes:
    command = [sys.executable, str(ROOT / "bot.py"), "export", str(home / "book.xlsx")]
    environment = {**os.environ, "KOPEYKA_HOME": str(home)}
    subprocess.run(command, check=True, timeout=60, capture_output=True, env=environment)
    return (home / "book.xlsx").read_bytes()


def in_the_sheet(content: bytes, base: Overheads, names: list[str]) -> dict[str, dict[str, int]]:
    """Share and net profit of the rows, by name."""
    read = formualizer_reader(content, {ENTRY: OVERHEADS_WORDS[base]})
    return {
        str(read(TAB, row, 0)): {
            code: shown_kopecks(read(TAB, row, column_of(code)))
            for code in ("common_share", "net_with_share")
        }
        for row in range(FIRST_VALUE_ROW, FIRST_VALUE_ROW + len(names) + 3)
    }


def assert_shared(home: Path, base: Overheads, parts: dict[str, str], net: dict[str, int]) -> None:
    """`net` are whole roubles of own profit."""
    report = bot(home, "report", "pnl", "--by", "unit", "--overheads", base.value)
    said = {row["value"]: row for row in report["rows"]}
    assert {name: row["common_share"] for name, row in said.items()} == parts
    given = sum(kopecks(part).minor for part in parts.values())
    assert kopecks(report["common"]["common_share"].removeprefix("-")).minor == given
    assert report["total"]["common_share"] == "0.00"
    rows = in_the_sheet(export(home), base, list(parts))
    for name, part in parts.items():
        minor = kopecks(part).minor
        after = net[name] * 100 - minor
        assert kopecks(said[name]["net_with_share"]).minor == after
        assert rows[name] == {"common_share": minor, "net_with_share": after}
    assert rows["Не указано"] == {"common_share": 0, "net_with_share": 0}
    assert rows["Общие"] == {"common_share": -given, "net_with_share": 0}
    assert rows["Итого"]["net_with_share"] == sum(net.values()) * 100 - given


@pytest.mark.parametrize("base", Overheads)
def test_open_01_the_rent_that_no_unit_bears(base: Overheads, tmp_path: Path) -> None:
    given = example("open-01")
    rent = given["shared"]["rent"]["company_level"]
    common = ("expense", DAY, DAY, "Аренда, общая", "управленческие", "операционная", rent, "")
    brought(tmp_path, [*two_units(), common])
    units = {name: unit["expected"] for name, unit in given["units"].items()}
    weights = {name: _weight(one, base) for name, one in units.items()}
    total = sum(weights.values())
    # Of two parts the largest remainder is the nearest kopeck.
    parts = {
        name: Money(round(Fraction(rent * 100 * weight, total))).plain
        for name, weight in weights.items()
    }
    assert_shared(tmp_path, base, parts, {name: one["net"] for name, one in units.items()})


def _weight(unit: Mapping[str, int], base: Overheads) -> int:
    if base is Overheads.EQUAL:
        return 1
    return unit["revenue"] if base is Overheads.REVENUE else unit["gross"]


@pytest.mark.parametrize("base", [Overheads.REVENUE, Overheads.EQUAL])
def test_open_03_the_common_cost_of_two_segments(base: Overheads, tmp_path: Path) -> None:
    given = example("open-03")
    rows: list[tuple[object, ...]] = [cost("Общие", "управленческие", given["common"])]
    for name, sums in given["segments"].items():
        rows.append(sale(sums["sales"], name))
        rows.append(cost("Переменные", "производственные", sums["variable"], name))
        rows.append(cost("Постоянные", "коммерческие", sums["traceable"], name))
    brought(tmp_path, rows)
    net = {name: sums["segment_margin"] for name, sums in given["segments"].items()}
    assert_shared(tmp_path, base, given["allocated"][base.value], net)

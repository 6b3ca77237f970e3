"""Worked examples of others, brought in by the real command and read from the real report.

open-01, 02, 03 and 07 of the golden examples, each as a table that a person would keep: through
`python bot.py import-operations` and `python bot.py report pnl --json` in processes of their own.
"""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.golden.examples import example, kopecks

ROOT = Path(__file__).resolve().parents[2]
HEADING = (
    "kind",
    "paid_on",
    "accrued_on",
    "article",
    "article_type",
    "activity",
    "amount",
    "unit",
)
DAY = "2026-01-15"
UNIT = '[[company.dimension]]\ncode = "unit"\ntitle = "Подразделение"\ntab = "Подразделения"\n'
NOTHING = dict.fromkeys(
    (
        *("revenue", "production", "gross_profit", "selling", "administrative", "bank_fees"),
        *("ebitda", "other_income", "other_expense", "before_net_profit", "net_profit"),
        *("after_net_profit", "retained"),
    ),
    "0.00",
)


def bot(home: Path, *arguments: str) -> Any:
    done = subprocess.run(
        [sys.executable, str(ROOT / "bot.py"), *arguments, "--json"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "KOPEYKA_HOME": str(home)},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def brought(home: Path, rows: Sequence[Sequence[object]], *report: str) -> Any:
    """The report after a table with these rows was brought in."""
    (home / "config.toml").write_text(UNIT, encoding="utf-8")
    with (home / "ops.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADING, *rows])
    answer = bot(home, "import-operations", str(home / "ops.csv"))
    assert answer["imported"] == len(rows)
    return bot(home, "report", "pnl", *report)


def sale(amount: object, unit: str = "") -> tuple[object, ...]:
    return ("income", DAY, DAY, "Продажи", "", "", amount, unit)


def cost(name: str, kind: str, amount: object, unit: str = "") -> tuple[object, ...]:
    return ("expense", DAY, DAY, name, kind, "операционная", amount, unit)


def ladder(**lines: object) -> dict[str, str]:
    return NOTHING | {name: kopecks(str(amount)).plain for name, amount in lines.items()}


def unit_ladder(expected: dict[str, Any]) -> dict[str, str]:
    """The row of one unit of open-01, every column."""
    kinds = expected["by_type"]
    return ladder(
        revenue=expected["revenue"],
        production=kinds["производственные"],
        gross_profit=expected["gross"],
        selling=kinds["коммерческие"],
        administrative=kinds["управленческие"],
        bank_fees=kinds["расходы на услуги банков"],
        ebitda=expected["ebitda"],
        before_net_profit=kinds["до чистой прибыли"],
        net_profit=expected["net"],
        retained=expected["net"],
    )


def two_units() -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for unit, sums in example("open-01")["units"].items():
        rows.append(sale(sums["revenue"], unit))
        rows += [
            cost(name, kind, sums["revenue"] * percent // 100, unit)
            for name, percent, kind in sums["variable"]
            if percent
        ]
        rows += [cost(name, kind, amount, unit) for name, amount, kind in sums["fixed"] if amount]
    return rows


def test_open_01_each_unit_and_the_company(tmp_path: Path) -> None:
    given = example("open-01")
    company, rent = given["company"], given["shared"]["rent"]["company_level"]

    common = ("expense", DAY, DAY, "Аренда, общая", "управленческие", "операционная", rent, "")
    report = brought(tmp_path, [*two_units(), common], "--by", "unit")

    assert {row.pop("value"): row for row in report["rows"]} == {
        unit: unit_ladder(sums["expected"]) for unit, sums in given["units"].items()
    }
    assert report["common"]["administrative"] == kopecks(rent).plain
    assert report["common"]["net_profit"] == f"-{kopecks(rent).plain}"
    assert report["total"]["revenue"] == kopecks(company["revenue"]).plain
    assert report["total"]["gross_profit"] == kopecks(company["gross"]).plain
    assert report["total"]["net_profit"] == kopecks(company["net"] - rent).plain


def test_open_02_the_full_chain_on_both_bases(tmp_path: Path) -> None:
    given = example("open-02")["chain"]
    expected = given["expected"]
    rows = [
        sale(given["revenue"]),
        cost("Товар", "производственные", given["cogs"]),
        cost("Аренда", "управленческие", given["operating"]),
        cost("Зарплата", "", given["payroll"]),
        cost("ОПВ", "управленческие", given["payroll_tax"]),
        cost("Износ", "до чистой прибыли: амортизация", given["depreciation"]),
        cost("Проценты", "до чистой прибыли: проценты", given["interest"]),
        cost("Штраф", "прочие", given["fine"]),
        cost("КПН", "before_net_profit: tax", given["income_tax"]),
    ]

    cash = brought(tmp_path, rows)["total"]
    accrual = bot(tmp_path, "report", "pnl", "--basis", "accrual")["total"]

    parts = accrual.pop("before_net")
    assert cash == accrual
    assert cash["gross_profit"] == kopecks(expected["gross"]).plain
    assert cash["ebitda"] == kopecks(expected["ebitda"]).plain
    assert cash["net_profit"] == kopecks(expected["net"]).plain
    assert parts == {
        "depreciation": kopecks(given["depreciation"]).plain,
        "interest": kopecks(given["interest"]).plain,
        "tax": kopecks(given["income_tax"]).plain,
        "other": "0.00",
    }


def test_open_02_equipment_and_dividends_stay_below(tmp_path: Path) -> None:
    given = example("open-02")["below"]
    equipment = ("Оборудование", "не учитывать", "инвестиционная", given["capex"], "")
    dividends = ("Дивиденды", "", "", given["dividends"], "")

    rows = [("expense", DAY, "", *one) for one in (equipment, dividends)]
    report = brought(tmp_path, [sale(given["revenue"]), *rows])
    flow = bot(tmp_path, "report", "cash-flow")["activities"]

    assert report["total"] == ladder(
        revenue=given["revenue"],
        gross_profit=given["revenue"],
        ebitda=given["expected"]["ebitda"],
        net_profit=given["expected"]["net"],
        after_net_profit=given["dividends"],
        retained=given["expected"]["retained"],
    )
    assert flow["investing"]["out"] == kopecks(given["capex"]).plain
    assert flow["financing"]["out"] == kopecks(given["dividends"]).plain


def test_open_03_segments_and_the_common_cost(tmp_path: Path) -> None:
    given = example("open-03")
    rows: list[tuple[object, ...]] = [cost("Общие", "управленческие", given["common"])]
    for name, sums in given["segments"].items():
        rows.append(sale(sums["sales"], name))
        rows.append(cost("Переменные", "производственные", sums["variable"], name))
        rows.append(cost("Постоянные", "коммерческие", sums["traceable"], name))

    report = brought(tmp_path, rows, "--by", "unit")

    assert {row.pop("value"): row for row in report["rows"]} == {
        name: ladder(
            revenue=sums["sales"],
            production=sums["variable"],
            gross_profit=sums["sales"] - sums["variable"],
            selling=sums["traceable"],
            ebitda=sums["segment_margin"],
            net_profit=sums["segment_margin"],
            retained=sums["segment_margin"],
        )
        for name, sums in given["segments"].items()
    }
    assert report["common"]["administrative"] == kopecks(given["common"]).plain
    assert report["total"]["net_profit"] == kopecks(given["net"]).plain


def test_open_07_the_statutory_ladder(tmp_path: Path) -> None:
    given = example("open-07")["prior"]
    other = ("income", DAY, DAY, "Внереализационные", "прочие", "операционная")
    rows = [
        sale(given["revenue"]),
        cost("Себестоимость", "производственные", given["cogs"]),
        cost("Коммерческие расходы", "коммерческие расходы", given["selling"]),
        cost("Управленческие расходы", "управленческие расходы", given["admin"]),
        cost("Проценты по кредитам", "", given["interest"]),
        cost("Операционные", "прочие", given["other_op_exp"]),
        (*other, given["other_income"], ""),
        cost("Внереализационные расходы", "прочие", given["other_exp"]),
        cost("Налог на прибыль", "до чистой прибыли", given["tax"]),
    ]
    rows = [one if one[4] else (*one[:5], "", *one[6:]) for one in rows]

    assert brought(tmp_path, rows)["total"] == ladder(
        revenue=given["revenue"],
        production=given["cogs"],
        gross_profit=given["gross"],
        selling=given["selling"],
        administrative=given["admin"],
        ebitda=given["sales_profit"],
        other_income=given["other_income"],
        other_expense=given["other_op_exp"] + given["other_exp"],
        before_net_profit=given["interest"] + given["tax"],
        net_profit=given["net"],
        retained=given["net"],
    )

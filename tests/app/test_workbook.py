"""`export BOOK.xlsx`: the report tabs, computed by an independent engine, equal `report pnl`."""

from tests.app.command_room import Desk
from tests.sheets.computing import dimension_lines, formualizer_reader, pnl_columns

TABLE = """
kind     | paid_on    | accrued_on | article      | amount    | manager | city  | deal
income   | 2026-01-15 | 2026-03-01 | Продажи      | 15 000,50 | Анна    | Тверь | 17
expense  | 2026-03-20 | 2026-03-20 | Аренда офиса | 4000      |         |       |
expense  | 2026-03-21 | 2026-03-21 | Подрядчики   | 1000      |         | Тверь | 17
refund   | 2026-03-22 |            |              | 500,50    | Борис   |       |
transfer | 2026-03-23 |            |              | 1         |         |       |
"""


def kopecks(figures: dict[str, str], names: set[str]) -> dict[str, int]:
    return {name: int(figures[name].replace(".", "")) for name in names}


def test_the_workbooks_formulas_give_the_figures_of_the_report(desk: Desk) -> None:
    table = TABLE.replace("transfer |", "expense  |").replace("| 1   ", "| 1,01")
    assert desk.run("import-operations", desk.table(table)).status == 0
    assert desk.run("export", desk.home / "book.xlsx").status == 0

    read = formualizer_reader((desk.home / "book.xlsx").read_bytes(), {})

    months = pnl_columns(read, "ОПиУ", 12)
    by_month = {row["value"]: row for row in desk.json("report", "pnl")["rows"]}
    january, march, total = months[0], months[2], months[-1]
    names = set(january)
    assert january == kopecks(by_month["2026-01"], names)
    assert march == kopecks(by_month["2026-03"], names)
    assert total == kopecks(desk.json("report", "pnl")["total"], names)
    managers = desk.json("report", "pnl", "--by", "manager")["rows"]
    assert dimension_lines(read, "Менеджеры", 2) == [kopecks(row, names) for row in managers[:2]]

"""The open golden examples through `import-operations` into every tab of the exported workbook.

Each tab equals the reports of the command for choices by chance, and shows the figures that the
example's page prints.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from pathlib import Path

import pytest

from ledger.months import Month
from ledger.overheads import Overheads
from sheets.tabs.dimension_tab import FIRST_VALUE_ROW, column_of
from sheets.tabs.pnl_tab import FIRST_FIGURE_ROW, FIRST_MONTH_COLUMN
from store.reports import Basis
from tests.app.command_room import Desk
from tests.app.every_tab import TABS, EveryTab, any_chosen
from tests.app.money_tabs import cash_typed, row_of
from tests.app.report_tabs import STATEMENT, Choice, typed, typed_into_file
from tests.app.test_golden_by_import import DAY, HEADING, UNIT, cost, sale, two_units
from tests.golden.examples import example
from tests.golden.examples import kopecks as given_kopecks
from tests.golden.test_money_and_debts import cells_of
from tests.sheets.computing import LADDER, Reader, kopecks
from tests.sheets.office import office_reader
from world.identity import seeded_chance

CHOICES = 1
UNITS = "Подразделения"
ALL_TABS = {**TABS, UNITS: "unit"}
Row = Sequence[object]


def workbook_of(desk: Desk, rows: Sequence[Row], heading: Sequence[str] = HEADING) -> EveryTab:
    """The books of a table; all tabs are compared with the reports on the way."""
    desk.config(UNIT)
    assert desk.json("import-operations", desk.sheet([heading, *rows]))["imported"] == len(rows)
    tabs = EveryTab(desk, ALL_TABS)
    for chosen in islice(any_chosen(tabs, seeded_chance(len(rows))), CHOICES):
        tabs.assert_equal(tabs.sheet.after(tabs.typed(chosen)), chosen)
    return tabs


def minor(amount: object) -> int:
    text = str(amount)
    return -given_kopecks(text[1:]).minor if text.startswith("-") else given_kopecks(text).minor


def statement(tabs: EveryTab, basis: Basis = Basis.CASH) -> dict[str, list[int]]:
    """ОПиУ of all months: the months of each figure, the total last."""
    read = tabs.sheet.after(typed(STATEMENT, [*ALL_TABS.values()], Choice(basis)))
    columns = range(FIRST_MONTH_COLUMN, FIRST_MONTH_COLUMN + len(tabs.months) + 1)
    return {
        code: [kopecks(read(STATEMENT, row, column)) for column in columns]
        for row, code in enumerate(LADDER, FIRST_FIGURE_ROW)
    }


def units(tabs: EveryTab, base: Overheads | None = None) -> dict[str, dict[str, int]]:
    """The rows of Подразделения by name."""
    read = tabs.sheet.after(typed(UNITS, [*ALL_TABS.values()], Choice(base=base)))
    return rows_of_units(read, tabs)


def rows_of_units(read: Reader, tabs: EveryTab) -> dict[str, dict[str, int]]:
    names = [*tabs.names["unit"].values(), "Итого"]
    codes = (*LADDER, "common_share", "net_with_share")
    return {
        name: {code: kopecks(read(UNITS, row, column_of(code))) for code in codes}
        for row, name in enumerate(names, FIRST_VALUE_ROW)
    }


def flow(read: Reader, words: str) -> tuple[int, int, int]:
    """What came, what went, what is left of a line of ДДС."""
    row = row_of(read, "ДДС", words)
    came, went, left = (kopecks(read("ДДС", row, column)) for column in (2, 3, 5))
    return came, went, left


def test_open_01_the_units_and_what_stays_on_company_level(desk: Desk) -> None:
    given = example("open-01")
    left = {name: given["shared"][name]["company_level"] for name in ("rent", "salary")}
    common = [cost(f"Остаток {name}", "управленческие", sum_) for name, sum_ in left.items()]
    tabs = workbook_of(desk, [*two_units(), *common])
    company = given["company"]
    for base in (None, *Overheads):
        rows = units(tabs, base)
        for name, unit in given["units"].items():
            expected = unit["expected"]
            assert rows[name]["revenue"] == minor(expected["revenue"])
            assert rows[name]["gross_profit"] == minor(expected["gross"])
            assert rows[name]["ebitda"] == minor(expected["ebitda"])
            assert rows[name]["net_profit"] == minor(expected["net"])
        shared = {name: rows[name]["common_share"] for name in given["units"]}
        weights = {name: weight(unit["expected"], base) for name, unit in given["units"].items()}
        # Of two parts the largest remainder is the nearest kopeck.
        assert shared == {
            name: round(Fraction(minor(sum(left.values())) * one, sum(weights.values()) or 1))
            for name, one in weights.items()
        }
        assert rows["Общие"]["common_share"] == -sum(shared.values())
        assert rows["Итого"]["ebitda"] == minor(company["ebitda"] - sum(left.values()))
        assert rows["Итого"]["net_with_share"] == minor(company["net"] - sum(left.values()))


def weight(unit: Mapping[str, int], base: Overheads | None) -> int:
    match base:
        case None:
            return 0
        case Overheads.REVENUE:
            return unit["revenue"]
        case Overheads.GROSS_PROFIT:
            return unit["gross"]
        case Overheads.EQUAL:
            return 1


def test_open_02_the_full_chain_on_both_bases(desk: Desk) -> None:
    given = example("open-02")["chain"]
    tabs = workbook_of(
        desk,
        [
            sale(given["revenue"]),
            cost("Товар", "производственные", given["cogs"]),
            cost("Аренда", "управленческие", given["operating"]),
            cost("Зарплата", "", given["payroll"]),
            cost("ОПВ", "управленческие", given["payroll_tax"]),
            cost("Износ", "до чистой прибыли: амортизация", given["depreciation"]),
            cost("Проценты", "до чистой прибыли: проценты", given["interest"]),
            cost("Штраф", "прочие", given["fine"]),
            cost("КПН", "до чистой прибыли: налог", given["income_tax"]),
        ],
    )
    for basis in Basis:
        shown = {code: months[-1] for code, months in statement(tabs, basis).items()}
        assert shown["gross_profit"] == minor(given["expected"]["gross"])
        assert shown["ebitda"] == minor(given["expected"]["ebitda"])
        assert shown["net_profit"] == minor(given["expected"]["net"])


def test_open_02_what_stays_below_and_months_at_their_edges(desk: Desk) -> None:
    given = example("open-02")["below"]
    edges = {"2026-07-31": 100, "2026-08-01": 200, "2026-09-01": 400}
    rent = [("expense", day, day, "Аренда офиса", "", "", sum_, "") for day, sum_ in edges.items()]
    tabs = workbook_of(
        desk,
        [
            sale(given["revenue"]),
            ("expense", DAY, "", "Станок", "не учитывать", "инвестиционная", given["capex"], ""),
            ("expense", DAY, "", "Дивиденды", "", "", given["dividends"], ""),
            *rent,
        ],
    )
    shown = statement(tabs)
    assert shown["retained"][0] == minor(given["expected"]["retained"])
    assert shown["net_profit"][0] == minor(given["expected"]["net"])
    assert shown["administrative"][6:9] == [10_000, 20_000, 40_000]
    read = tabs.sheet.after(cash_typed(Month(2026, 1), Month(2026, 1)))
    assert flow(read, "Инвестиционная деятельность") == (0, 40_000, -40_000)
    assert flow(read, "Финансовая деятельность") == (0, 30_000, -30_000)


def segments(desk: Desk) -> EveryTab:
    """The books of open-03."""
    given = example("open-03")
    rows: list[Row] = [cost("Общие", "управленческие", given["common"])]
    for name, sums in given["segments"].items():
        rows.append(sale(sums["sales"], name))
        rows.append(cost("Переменные", "производственные", sums["variable"], name))
        rows.append(cost("Постоянные", "коммерческие", sums["traceable"], name))
    return workbook_of(desk, rows)


def assert_shares(shown: Mapping[str, Mapping[str, int]], base: Overheads) -> None:
    """The figures that the page of open-03 prints."""
    given = example("open-03")
    for name, sums in given["segments"].items():
        share = minor(given["allocated"][base.value][name])
        assert shown[name]["common_share"] == share
        assert shown[name]["net_with_share"] == minor(sums["segment_margin"]) - share
    assert shown["Итого"]["net_with_share"] == minor(given["net"])


def test_open_03_the_segments_and_the_shares_printed(desk: Desk) -> None:
    tabs = segments(desk)
    for base in (Overheads.REVENUE, Overheads.EQUAL):
        assert_shares(units(tabs, base), base)


@pytest.mark.parametrize("base", [Overheads.REVENUE, Overheads.EQUAL])
def test_open_03_in_libreoffice(desk: Desk, base: Overheads, tmp_path: Path) -> None:
    tabs = segments(desk)
    chosen = next(any_chosen(tabs, seeded_chance(3)))
    chosen = replace(chosen, reports={**chosen.reports, UNITS: Choice(base=base)})
    read = office_reader(typed_into_file(tabs.content, tabs.typed(chosen)), tmp_path)
    tabs.assert_equal(read, chosen)
    assert_shares(rows_of_units(read, tabs), base)


def test_open_04_money_under_report_as_a_place_of_its_own(desk: Desk) -> None:
    given = example("open-04")
    heading = ("kind", "paid_on", "accrued_on", "article", "article_type", "activity", "amount")
    steps = {name: amount for name, amount, _ in given["steps"]}
    out, back = ("Касса", "Касса: под отчётом"), ("Касса: под отчётом", "Касса")
    start = ("income", DAY, "", "Взнос", "не учитывать", "финансовая", given["cash_start"])
    spent = [("Материалы", 1800), ("Проезд", steps["approve_report"] - 1800)]
    rows: list[Row] = [
        (*start, "Касса", ""),
        ("transfer", DAY, "", "", "", "", steps["issue"], *out),
        *(
            ("expense", DAY, DAY, name, "управленческие", "операционная", sum_, back[0], "")
            for name, sum_ in spent
        ),
        ("transfer", DAY, "", "", "", "", steps["return"], *back),
    ]
    tabs = workbook_of(desk, rows, (*heading, "account", "to_account"))
    assert statement(tabs)["administrative"][-1] == minor(steps["approve_report"])
    read = tabs.sheet.after(cash_typed(None, None))
    closings = {name: kopecks(read("ДДС", row_of(read, "ДДС", name), 5)) for name in out}
    assert closings == {"Касса": minor(given["cash_end"]), out[1]: 0}


@pytest.mark.parametrize("index", [0, 1])
def test_open_05_a_payment_and_its_parts_by_days(desk: Desk, index: int) -> None:
    given = example("open-05")["spread"][index]
    rent = ("Аренда офиса", "", "")
    parts = [("expense", "", day, *rent, amount, "") for day, amount in given["parts"]]
    tabs = workbook_of(desk, [("expense", given["start"], "", *rent, given["amount"], ""), *parts])
    accrued = statement(tabs, Basis.ACCRUAL)["administrative"]
    months = {day[:7]: minor(amount) for day, amount in given["parts"]}
    assert {
        str(month): sum_ for month, sum_ in zip(tabs.months, accrued, strict=False) if sum_
    } == months
    paid = statement(tabs)["administrative"]
    assert [one for one in paid if one] == [minor(given["amount"])] * 2


def test_open_05_a_deal_and_a_rent_on_both_bases(desk: Desk) -> None:
    given = example("open-05")
    deal, rent = given["deal"], ("Аренда офиса", "", "")
    tabs = workbook_of(
        desk,
        [
            ("income", "2026-03-01", "", "Продажи", "", "", deal["paid"], ""),
            ("income", "", "2026-03-20", "Продажи", "", "", deal["shipped"], ""),
            ("expense", "", "2026-03-20", "Товар", "производственные", "операционная", 700, ""),
            ("expense", "2026-01-10", "2026-01-10", *rent, 200, ""),
            ("expense", "2026-01-15", "", *rent, 300, ""),
            ("expense", "", "2026-01-31", *rent, 100, ""),
            ("expense", "", "2026-02-28", *rent, 200, ""),
        ],
    )
    for basis in Basis:
        shown = statement(tabs, basis)
        expected = {month: minor(sum_) for month, sum_ in given["rent"][basis.value].items()}
        assert shown["administrative"][:2] == [expected["01"], expected["02"]]
    assert statement(tabs, Basis.ACCRUAL)["net_profit"][2] == minor(deal["profit"])
    assert statement(tabs)["revenue"][2] == minor(deal["paid"])


def test_open_06_what_is_paid_above_the_invoice_is_not_revenue(desk: Desk) -> None:
    given = example("open-06")["over"]
    above = ("Аванс клиента", "не учитывать", "операционная", given["balance_delta"], "")
    tabs = workbook_of(desk, [sale(given["invoice"]), ("income", DAY, "", *above)])
    assert statement(tabs)["revenue"][-1] == minor(given["invoice"])
    assert flow(tabs.sheet.after(cash_typed(None, None)), "Операционная деятельность")[0] == minor(
        given["paid"]
    )


def test_open_07_the_statutory_ladder(desk: Desk) -> None:
    given = example("open-07")["prior"]
    other = ("income", DAY, DAY, "Внереализационные", "прочие", "операционная")
    tabs = workbook_of(
        desk,
        [
            sale(given["revenue"]),
            cost("Себестоимость", "производственные", given["cogs"]),
            cost("Сбыт", "коммерческие", given["selling"]),
            cost("Контора", "управленческие", given["admin"]),
            cost("Ссуды", "до чистой прибыли: проценты", given["interest"]),
            cost("Операционные", "прочие", given["other_op_exp"]),
            (*other, given["other_income"], ""),
            cost("Внереализационные расходы", "прочие", given["other_exp"]),
            cost("Налог", "до чистой прибыли: налог", given["tax"]),
        ],
    )
    shown = {code: months[-1] for code, months in statement(tabs).items()}
    assert shown["gross_profit"] == minor(given["gross"])
    assert shown["ebitda"] == minor(given["sales_profit"])
    assert shown["net_profit"] == minor(given["net"])


def test_open_08_the_sheet_of_1c_month_by_month(desk: Desk) -> None:
    types = {"Оплата поставщикам": "производственные", "Проценты по кредиту": "до чистой прибыли"}
    rows: list[Row] = []
    for number, day in ((1, "2026-01-31"), (2, "2026-02-28")):
        for name, cell in cells_of(number).items():
            kind = "expense" if cell.startswith("−") else "income"
            if not cell[-1].isdigit() or name.startswith(("Возврат", "Статья")):
                continue
            means = "выручка" if kind == "income" else types.get(name, "управленческие")
            typed_ = (name, means, "операционная", cell.lstrip("−"), "")
            rows.append((kind, day, day, *typed_))
    tabs = workbook_of(desk, rows)
    for name, month in (("jan", Month(2026, 1)), ("feb", Month(2026, 2))):
        read = tabs.sheet.after(cash_typed(month, month))
        came, went, left = flow(read, "Операционная деятельность")
        assert came - went == left == minor(example("open-08")[name])

"""The `report` command: the shapes of the contract, the months, the dimensions, the refusals."""

import pytest

from ledger.months import Month
from tests.app.command_room import Desk
from usecases.company import Company
from world.clock import SystemClock

FIGURES = [
    "revenue",
    "production",
    "gross_profit",
    "selling",
    "administrative",
    "bank_fees",
    "ebitda",
    "other_income",
    "other_expense",
    "before_net_profit",
    "net_profit",
    "after_net_profit",
    "retained",
]
ZERO = dict.fromkeys(FIGURES, "0.00")
TABLE = """
kind     | paid_on    | accrued_on | article      | amount    | manager | city  | deal
income   | 2026-01-15 | 2026-03-01 | Продажи      | 15 000,50 | Анна    | Тверь | 17
expense  | 2026-03-20 | 2026-03-20 | Аренда офиса | 4000      |         |       |
expense  | 2026-03-21 | 2026-03-21 | Подрядчики   | 1000      |         | Тверь | 17
expense  |            | 2026-03-31 | Амортизация  | 33        |         |       |
refund   | 2026-03-22 |            |              | 500,50    | Борис   |       |
"""


@pytest.fixture
def books(desk: Desk) -> Desk:
    assert desk.run("import-operations", desk.table(TABLE)).status == 0
    return desk


def revenues(report: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    return {row["value"]: row["revenue"] for row in report["rows"]}


def test_empty_books_have_no_rows_and_zeros_for_the_present_month(desk: Desk) -> None:
    before = Month.of(Company().today(SystemClock().now()))

    report = desk.json("report", "pnl")

    after = Month.of(Company().today(SystemClock().now()))
    assert report["from"] == report["to"]
    assert report["from"] in {str(before), str(after)}
    assert (report["basis"], report["by"], report["rows"]) == ("cash", None, [])
    assert report["common"] == report["total"] == ZERO


def test_by_default_every_month_with_operations_is_a_row(books: Desk) -> None:
    report = books.json("report", "pnl")

    assert (report["from"], report["to"]) == ("2026-01", "2026-03")
    assert revenues(report) == {"2026-01": "15000.50", "2026-02": "0.00", "2026-03": "-500.50"}
    assert [list(row) for row in report["rows"]] == [["value", *FIGURES]] * 3
    assert report["common"] == ZERO
    assert report["total"]["net_profit"] == "9500.00"


def test_by_a_dimension_blanks_and_common_costs_stand_apart(books: Desk) -> None:
    report = books.json("report", "pnl", "--by", "manager")

    assert report["by"] == "manager"
    assert [(row["value"], row["net_profit"]) for row in report["rows"]] == [
        ("Анна", "15000.50"),
        ("Борис", "-500.50"),
        ("Не указано", "-1000.00"),
    ]
    assert report["common"] == ZERO | {
        "administrative": "4000.00",
        "ebitda": "-4000.00",
        "net_profit": "-4000.00",
        "retained": "-4000.00",
    }
    assert report["total"]["net_profit"] == "9500.00"


def test_on_the_accrual_basis_every_object_splits_the_costs_before_net_profit(
    books: Desk,
) -> None:
    report = books.json("report", "pnl", "--basis", "accrual", "--by", "city")

    parts = {"depreciation": "33.00", "interest": "0.00", "tax": "0.00", "other": "0.00"}
    none = dict.fromkeys(parts, "0.00")
    assert report["basis"] == "accrual"
    assert (report["from"], report["to"]) == ("2026-03", "2026-03")
    assert [row["before_net"] for row in report["rows"]] == [none]
    assert report["common"]["before_net"] == report["total"]["before_net"] == parts


@pytest.mark.parametrize(
    ("options", "months"),
    [
        (["--from", "2026-02"], ["2026-02", "2026-03"]),
        (["--to", "2026-02"], ["2026-01", "2026-02"]),
        (["--from", "2026-03", "--to", "2026-04"], ["2026-03", "2026-04"]),
        (["--to", "2025-12"], ["2025-12"]),
        (["--from", "2026-05"], ["2026-05"]),
    ],
)
def test_months_are_cut_as_asked(books: Desk, options: list[str], months: list[str]) -> None:
    report = books.json("report", "pnl", *options)

    assert list(revenues(report)) == months
    assert (report["from"], report["to"]) == (months[0], months[-1])


def test_only_keeps_what_passes_every_filter(books: Desk) -> None:
    def net(*filters: str) -> str:
        given = [word for one in filters for word in ("--only", one)]
        return str(books.json("report", "pnl", *given)["total"]["net_profit"])

    assert net("manager=Анна") == "15000.50"
    assert net("Менеджер=Не указано") == "-1000.00"
    assert net("manager=Общие") == "-4000.00"
    assert net("manager=Борис", "city=Тверь") == "0.00"
    assert net("city=Тверь") == "14000.50"


def test_the_filters_are_named_in_the_document(books: Desk) -> None:
    options = ("--by", "manager", "--only", "город=Тверь", "--only", "manager=Не указано")
    report = books.json("report", "pnl", *options)

    assert report["only"] == {"city": "Тверь", "manager": "Не указано"}
    assert [row["value"] for row in report["rows"]] == ["Не указано"]
    assert "overheads" not in report
    assert "Тверь" in books.run("report", "pnl", *options).out


def test_common_costs_are_shared_when_asked(books: Desk) -> None:
    report = books.json("report", "pnl", "--by", "manager", "--overheads", "revenue")

    assert report["overheads"] == "revenue"
    shown = [(one["common_share"], one["net_with_share"]) for one in report["rows"]]
    assert shown == [("4000.00", "11000.50"), ("0.00", "-500.50"), ("0.00", "-1000.00")]
    assert (report["common"]["common_share"], report["common"]["net_with_share"]) == (
        "-4000.00",
        "0.00",
    )
    assert (report["total"]["common_share"], report["total"]["net_with_share"]) == (
        "0.00",
        "9500.00",
    )
    told = books.run("report", "pnl", "--by", "manager", "--overheads", "equal").out
    assert "поровну" in told


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["pnl", "--only", "town=Тверь"], "--only: измерения «town» нет"),
        (["pnl", "--only", "city"], "нужен вид manager=Анна"),
        (["pnl", "--only", "city=Псков"], "«Псков»"),
        (["pnl", "--only", "city=Тверь", "--only", "город=Тверь"], "дважды"),
        (["pnl", "--overheads", "revenue"], "--by"),
        (["pnl", "--by", "city", "--overheads", "area"], "gross-profit"),
        (["cash-flow", "--only", "city=Тверь"], "только у отчёта pnl"),
    ],
)
def test_filters_that_mean_nothing_are_refused(
    books: Desk, options: list[str], words: str
) -> None:
    assert words in books.refused("report", *options)


def test_a_configured_dimension_is_one_like_the_others(desk: Desk) -> None:
    desk.config('[[company.dimension]]\ncode = "channel"\ntitle = "Канал"\ntab = "Каналы"\n')
    table = "kind|paid_on|amount|article|Канал\nincome|2026-01-15|500|Продажи|Сайт"
    desk.run("import-operations", desk.table(table))

    assert revenues(desk.json("report", "pnl", "--by", "channel")) == {"Сайт": "500.00"}
    assert revenues(desk.json("report", "pnl", "--by", "Канал")) == {"Сайт": "500.00"}


def test_cash_flow_has_the_shape_of_the_contract(books: Desk) -> None:
    flow = books.json("report", "cash-flow", "--from", "2026-03")

    operating = flow["activities"]["operating"]
    assert list(flow["activities"]) == ["operating", "investing", "financing"]
    assert (flow["opening"], flow["closing"]) == ("15000.50", "9500.00")
    assert (operating["in"], operating["out"]) == ("0.00", "5500.50")
    assert {"article": "Подрядчики", "in": "0.00", "out": "1000.00"} in operating["articles"]
    assert [{**one, "code": ""} for one in flow["accounts"]] == [
        {
            "account": "Касса",
            "code": "",
            "opening": "15000.50",
            "in": "0.00",
            "out": "5500.50",
            "transfers": "0.00",
            "closing": "9500.00",
        }
    ]


@pytest.mark.parametrize(
    ("report", "key"),
    [
        ("accountable", "people"),
        ("receivables", "deals"),
        ("unconfirmed", "payments"),
        ("unexplained", "lines"),
    ],
)
def test_lists_without_anything_are_empty(desk: Desk, report: str, key: str) -> None:
    assert desk.json("report", report) == {key: []}
    assert "пусто" in desk.run("report", report).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["profit"], "pnl, cash-flow"),
        (["pnl", "--by", "colour"], "manager, product, salon, city"),
        (["pnl", "--from", "2026-13"], "--from"),
        (["pnl", "--to", "январь"], "--to"),
        (["pnl", "--basis", "both"], "cash и accrual"),
        (["pnl", "--from", "2026-03", "--to", "2026-01"], "позже"),
        (["cash-flow", "--by", "manager"], "только у отчёта pnl"),
        (["cash-flow", "--basis", "accrual"], "только у отчёта pnl"),
        (["unexplained", "--from", "2026-01"], "без --from"),
    ],
)
def test_what_a_report_does_not_know_is_refused(
    desk: Desk, arguments: list[str], said: str
) -> None:
    assert said in desk.refused("report", *arguments)


def test_people_see_the_same_figures(books: Desk) -> None:
    printed = books.run("report", "pnl", "--by", "manager").out.replace("\u00a0", " ")

    assert "Не указано" in printed
    assert "Общие" in printed
    assert "9 500 ₽" in printed
    assert "НДС не выделен" in printed

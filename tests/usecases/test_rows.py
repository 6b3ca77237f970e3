"""The cells of a table of operations."""

from datetime import date

import pytest

from ledger.money import Currency, Money
from usecases.company import STANDARD_DIMENSIONS, Dimension
from usecases.operation_table.grid import Grid, read_grid
from usecases.operation_table.rows import OperationRow, Table, read_table

HEADING = "kind;paid_on;accrued_on;amount;article;account;to_account\n"
CHANNEL = Dimension("channel", "Канал", "Каналы")


def table(text: str) -> Table:
    grid = read_grid(text.encode())
    assert isinstance(grid, Grid)
    return read_table(grid, (*STANDARD_DIMENSIONS, CHANNEL), Currency.RUB)


def row(text: str) -> OperationRow:
    found = table(text)
    assert not found.problems
    return found.rows[0]


def problems(text: str) -> list[str]:
    return [
        f"{one.row} {one.column} {one.code} {one.fact}".strip() for one in table(text).problems
    ]


@pytest.mark.parametrize("text", ["2026-01-31", "31.01.2026", "31.1.2026", "2026-01-31 23:59"])
def test_days_as_people_write_them(text: str) -> None:
    found = row(f"{HEADING}income;{text};;5;Продажи;Касса;")

    assert (found.paid_on, found.accrued_on) == (date(2026, 1, 31), None)


@pytest.mark.parametrize("text", ["31.01.26", "2026-02-30", "01/31/2026", "0026-01-31", "46053"])
def test_what_is_no_day(text: str) -> None:
    assert problems(f"{HEADING}income;{text};;5;Продажи;Касса;") == [f"2 paid_on bad-date {text}"]


@pytest.mark.parametrize(
    ("text", "minor"), [("12 500,50", 1250050), ("12500.5", 1250050), ("1 500 ₽", 150000)]
)
def test_amounts_as_people_write_them(text: str, minor: int) -> None:
    assert row(f"{HEADING}income;2026-01-31;;{text};Продажи;Касса;").amount == Money(minor)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("12,5,0", "unclear"),
        ("-5", "negative"),
        ("1e9", "unclear"),
        ("9" * 40, "too-large"),
        ("0", "zero"),
        ("1.500", "ambiguous"),
        ("", "empty"),
    ],
)
def test_what_is_no_amount(text: str, reason: str) -> None:
    assert problems(f"{HEADING}income;2026-01-31;;{text};Продажи;Касса;") == [
        f"2 amount bad-amount {reason}"
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("income;;;5;Продажи;Касса;", ["2 paid_on no-date"]),
        ("transfer;;2026-01-31;5;;Касса;Банк", ["2 paid_on empty"]),
        ("transfer;2026-01-31;;5;;;", ["2 account empty", "2 to_account empty"]),
        ("income;2026-01-31;;5;Продажи;;", ["2 account empty"]),
        ("income;;2026-01-31;5;Продажи;;", []),
        ("expense;2026-01-31;;5;Продажи;Касса;Банк", ["2 to_account not-empty"]),
        (";2026-01-31;;5;Продажи;Касса;", ["2 kind empty"]),
        ("income", ["2 amount bad-amount empty", "2 paid_on no-date"]),
        ("income;2026-01-31;;5;Продажи;Касса;;чужое", ["2  extra-cell чужое"]),
        (f"income;2026-01-31;;5;{'я' * 1001};Касса;", ["2 article too-long 1000"]),
        ("income;2026-01-31;;5;a\x1bb;Касса;", ["2 article bad-text"]),
        ("gift;soon;later;x;;;", None),
    ],
)
def test_each_bad_cell_of_a_row_is_named(line: str, said: list[str] | None) -> None:
    everything = [
        "2 amount bad-amount unclear",
        "2 accrued_on bad-date later",
        "2 kind bad-kind gift",
        "2 paid_on bad-date soon",
    ]

    assert sorted(problems(HEADING + line)) == sorted(everything if said is None else said)


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("kind;paid_on;amount;colour", ["1 colour unknown-column"]),
        ("kind;вид;paid_on;amount", ["1 вид column-twice kind"]),
        ("paid_on;amount", ["1 kind column-missing kind"]),
        ("kind;amount", ["1 paid_on column-missing paid_on"]),
        ("kind;amount;paid_on", ["1  no-rows"]),
    ],
)
def test_what_is_wrong_with_the_heading_is_said_first(heading: str, said: list[str]) -> None:
    assert problems(heading) == (said if "no-rows" in said[0] else [*said, "1  no-rows"])


def test_dimensions_are_columns_configured_ones_too() -> None:
    found = row("kind;accrued_on;amount;Менеджер;channel;City\nincome;2026-01-31;5;Анна; Сайт ;")

    assert found.dimensions == (("channel", "Сайт"), ("manager", "Анна"))


def test_columns_come_in_any_order_and_empty_ones_without_a_heading_are_skipped() -> None:
    found = row("Сумма;;Вид;Дата начисления\n5;;расход;31.01.2026")

    assert (found.amount, found.accrued_on) == (Money(500), date(2026, 1, 31))

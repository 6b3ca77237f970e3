"""The ladder of profit: by line, by month, by dimension, always adding up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.articles import BeforeNet, PnlLine
from ledger.pnl import Fact, Pnl, Report, by_dimension, by_month, placed_at

LADDER = """
revenue            10000
production          3000
gross_profit        7000
selling              800
administrative      2000
bank_fees            200
ebitda              4000
other_income          70
other_expense        100
before_net_profit    900
net_profit          3070
after_net_profit    1000
retained            2070
"""
SUMMANDS = {
    PnlLine.REVENUE: 10000,
    PnlLine.PRODUCTION: 3000,
    PnlLine.SELLING: 800,
    PnlLine.ADMINISTRATIVE: 2000,
    PnlLine.BANK_FEES: 200,
    PnlLine.OTHER_INCOME: 70,
    PnlLine.OTHER_EXPENSE: 100,
    PnlLine.BEFORE_NET_PROFIT: 900,
    PnlLine.AFTER_NET_PROFIT: 1000,
}
GAINS = {PnlLine.REVENUE, PnlLine.OTHER_INCOME}
FACTS = st.lists(
    st.builds(
        Fact,
        st.sampled_from([None, "Анна", "Олег", "Не указано"]),
        st.sampled_from(PnlLine),
        st.integers(-(10**9), 10**9),
        st.sampled_from([None, *BeforeNet]),
    ),
    max_size=30,
)


def written(pnl: Pnl) -> list[str]:
    return [f"{name:<17} {amount:>6}" for name, amount in pnl.lines().items()]


def values(report: Report) -> list[str]:
    return [value for value, _ in report.rows]


def test_the_ladder_goes_down_from_revenue_to_what_is_retained() -> None:
    assert written(Pnl(SUMMANDS)) == LADDER.strip().splitlines()


def test_the_ladder_of_nothing_is_thirteen_zeroes() -> None:
    assert list(Pnl().lines().values()) == [0] * 13


def test_a_cost_is_a_positive_number_and_a_refund_less_revenue() -> None:
    report = by_month(
        [
            Fact("2026-01", PnlLine.REVENUE, 1000),
            Fact("2026-01", PnlLine.REVENUE, -200),
            Fact("2026-01", PnlLine.SELLING, -300),
            Fact("2026-01", PnlLine.SELLING, 50),
            Fact("2026-01", PnlLine.OTHER_INCOME, 7),
        ],
        ["2026-01"],
    )

    assert report.total.of(PnlLine.REVENUE) == 800
    assert report.total.of(PnlLine.SELLING) == 250
    assert report.total.net_profit == 800 - 250 + 7


def test_months_stand_in_the_order_asked_and_empty_ones_stay() -> None:
    facts = [Fact("2026-02", PnlLine.REVENUE, 5), Fact("2026-01", PnlLine.REVENUE, 3)]

    report = by_month(facts, ["2026-01", "2026-02", "2026-03"])

    assert [(month, pnl.net_profit) for month, pnl in report.rows] == [
        ("2026-01", 3),
        ("2026-02", 5),
        ("2026-03", 0),
    ]
    assert (report.common, report.total.net_profit) == (Pnl(), 8)


@pytest.mark.parametrize("group", ["2026-02", None])
def test_a_fact_outside_of_the_months_is_never_dropped_in_silence(group: str | None) -> None:
    with pytest.raises(AssertionError, match="outside"):
        by_month([Fact(group, PnlLine.REVENUE, 5)], ["2026-01"])


@pytest.mark.parametrize(
    ("value", "line", "of_deal", "row"),
    [
        ("Анна", PnlLine.REVENUE, True, "Анна"),
        ("Анна", PnlLine.ADMINISTRATIVE, False, "Анна"),
        (None, PnlLine.REVENUE, True, "Не указано"),
        (None, PnlLine.REVENUE, False, "Не указано"),
        ("", PnlLine.REVENUE, False, "Не указано"),
        (None, PnlLine.PRODUCTION, True, "Не указано"),
        (None, PnlLine.PRODUCTION, False, None),
        (None, PnlLine.ADMINISTRATIVE, False, None),
        (None, PnlLine.OTHER_INCOME, False, None),
        (None, PnlLine.OTHER_INCOME, True, "Не указано"),
    ],
)
def test_an_amount_without_a_value_is_unspecified_or_common(
    value: str | None, line: PnlLine, of_deal: bool, row: str | None
) -> None:
    assert placed_at(value, line, of_deal) == row


def test_rows_of_a_dimension_go_by_name_with_unspecified_last_and_common_apart() -> None:
    report = by_dimension(
        [
            Fact("Яна", PnlLine.REVENUE, 10),
            Fact("Не указано", PnlLine.REVENUE, 5),
            Fact("Анна", PnlLine.REVENUE, 20),
            Fact("Анна", PnlLine.SELLING, -3),
            Fact(None, PnlLine.ADMINISTRATIVE, -8),
        ]
    )

    assert values(report) == ["Анна", "Яна", "Не указано"]
    assert [pnl.net_profit for _, pnl in report.rows] == [17, 10, 5]
    assert (report.common.net_profit, report.total.net_profit) == (-8, 24)


def test_a_report_of_nothing_has_no_rows_and_a_zero_total() -> None:
    assert by_dimension([]) == Report((), Pnl(), Pnl())


def test_the_parts_before_net_profit_are_kept_apart_and_add_up_to_their_line() -> None:
    report = by_dimension(
        [
            Fact("Анна", PnlLine.BEFORE_NET_PROFIT, -400, BeforeNet.DEPRECIATION),
            Fact("Анна", PnlLine.BEFORE_NET_PROFIT, -100, BeforeNet.INTEREST),
            Fact(None, PnlLine.BEFORE_NET_PROFIT, -200, BeforeNet.INTEREST),
            Fact(None, PnlLine.BEFORE_NET_PROFIT, -500, BeforeNet.TAX),
            Fact(None, PnlLine.BEFORE_NET_PROFIT, -9),
        ]
    )

    assert report.total.before_net == {
        BeforeNet.DEPRECIATION: 400,
        BeforeNet.INTEREST: 300,
        BeforeNet.TAX: 500,
        BeforeNet.OTHER: 9,
    }
    assert report.total.of(PnlLine.BEFORE_NET_PROFIT) == 1209


@given(FACTS)
@settings(max_examples=100)
def test_rows_and_common_add_up_to_the_total_in_every_column(facts: list[Fact]) -> None:
    report = by_dimension(facts)
    columns = [*(pnl.lines() for _, pnl in report.rows), report.common.lines()]

    assert report.total.lines() == {
        name: sum(column[name] for column in columns) for name in Pnl().lines()
    }


@given(FACTS)
@settings(max_examples=100)
def test_what_is_retained_is_the_sum_of_all_effects_however_they_are_grouped(
    facts: list[Fact],
) -> None:
    report = by_dimension(facts)

    assert report.total.retained == sum(fact.effect for fact in facts)
    assert sum(report.total.before_net.values()) == report.total.of(PnlLine.BEFORE_NET_PROFIT)
    assert set(values(report)) == {fact.group for fact in facts} - {None}

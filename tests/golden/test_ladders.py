"""Profit as others computed it: golden examples open-01, 02, 03 and 07."""

from typing import Any

import pytest

from ledger.articles import Activity, Article, ArticleType, BeforeNet, Direction, PnlLine
from ledger.money import split
from ledger.operations import Operation
from ledger.pnl import Pnl, Report
from ledger.posting import About, TwoDates, client_payment, settlement_fee
from tests.golden.examples import BOTH, JAN, bought, example, kopecks, sold
from tests.ledger.reading import ARTICLES, day, money_moved, place, profit

TYPES = {
    "производственные": ArticleType.PRODUCTION,
    "коммерческие": ArticleType.SELLING,
    "управленческие": ArticleType.ADMINISTRATIVE,
    "расходы на услуги банков": ArticleType.BANK_FEES,
    "до чистой прибыли": ArticleType.BEFORE_NET_PROFIT,
}
ACCRUED = TwoDates(None, JAN)


def in_unit(unit: str) -> dict[str, Any]:
    return {"dimensions": (("unit", unit),)}


def costs_of(units: dict[str, Any]) -> list[tuple[str, str, str, int]]:
    """(unit, article, type, roubles) of every cost: shares of revenue and fixed sums."""
    shares = [
        (unit, name, kind, sums["revenue"] * percent // 100)
        for unit, sums in units.items()
        for name, percent, kind in sums["variable"]
    ]
    fixed = [
        (unit, name, kind, amount)
        for unit, sums in units.items()
        for name, amount, kind in sums["fixed"]
    ]
    return shares + fixed


def two_units() -> tuple[list[Operation], dict[int, Article]]:
    """The first example's operations under articles of its own."""
    units = example("open-01")["units"]
    costs = costs_of(units)
    own = [
        Article(1000 + number, name, Direction.EXPENSE, TYPES[kind], Activity.OPERATING)
        for number, (_, name, kind, _) in enumerate(costs)
    ]
    sales = [one for unit, sums in units.items() for one in sold(sums["revenue"], **in_unit(unit))]
    spent = [
        one
        for article, (unit, _, _, amount) in zip(own, costs, strict=True)
        for one in bought(article.id, amount, **in_unit(unit))
    ]
    return sales + spent, {**ARTICLES, **{article.id: article for article in own}}


def row(report: Report, value: str) -> Pnl:
    return dict(report.rows)[value]


@pytest.mark.parametrize("index", [0, 1])
def test_open_01_each_unit_has_its_own_ladder(index: int) -> None:
    operations, articles = two_units()
    unit, sums = list(example("open-01")["units"].items())[index]

    ladder = row(profit(operations, by="unit", articles=articles), unit)

    expected = sums["expected"]
    assert ladder.of(PnlLine.REVENUE) == kopecks(expected["revenue"]).minor
    assert {kind: ladder.of(PnlLine(TYPES[kind])) for kind in TYPES} == {
        kind: kopecks(amount).minor for kind, amount in expected["by_type"].items()
    }
    assert ladder.gross_profit == kopecks(expected["gross"]).minor
    assert ladder.ebitda == kopecks(expected["ebitda"]).minor
    assert ladder.net_profit == kopecks(expected["net"]).minor


def test_open_01_the_units_make_the_company() -> None:
    operations, articles = two_units()
    company = example("open-01")["company"]

    report = profit(operations, by="unit", articles=articles)

    total = report.total
    assert [total.of(PnlLine.REVENUE), total.gross_profit, total.ebitda, total.net_profit] == [
        kopecks(company[name]).minor for name in ("revenue", "gross", "ebitda", "net")
    ]
    assert report.common == Pnl()


def test_open_01_a_shared_remainder_stays_with_the_company_alone() -> None:
    operations, articles = two_units()
    rent = example("open-01")["shared"]["rent"]
    remainder = kopecks(rent["total"] - rent["allocated"])

    before = profit(operations, by="unit", articles=articles)
    after = profit([*operations, *bought(401, remainder.plain)], by="unit", articles=articles)

    assert remainder == kopecks(rent["company_level"])
    assert after.rows == before.rows
    assert after.common.net_profit == -remainder.minor
    assert after.total.net_profit == before.total.net_profit - remainder.minor


def test_open_01_a_loans_body_leaves_the_desk_but_not_the_profit() -> None:
    debt = [*bought(901, 300), *bought(702, 100), *bought(701, 50, ACCRUED)]

    assert profit(debt, "accrual").total.net_profit == -15000
    assert profit(debt, "cash").total.net_profit == -10000
    assert money_moved(debt, JAN, JAN).closing == -40000


def chain() -> list[Operation]:
    """Example open-02 A; wear is no payment, so it is on the accrual basis only."""
    given = example("open-02")["chain"]
    fines_and_tax = [*bought(601, given["fine"]), *bought(703, given["income_tax"])]
    return [
        *sold(given["revenue"]),
        *bought(201, given["cogs"]),
        *bought(401, given["operating"]),
        *bought(402, given["payroll"]),
        *bought(403, given["payroll_tax"]),
        *bought(701, given["depreciation"], ACCRUED),
        *bought(702, given["interest"]),
        *fines_and_tax,
    ]


def test_open_02_the_full_chain_from_revenue_to_net_profit() -> None:
    expected = example("open-02")["chain"]["expected"]

    ladder = profit(chain(), "accrual").total

    assert ladder.gross_profit == kopecks(expected["gross"]).minor
    assert ladder.ebitda == kopecks(expected["ebitda"]).minor
    wear = ladder.before_net[BeforeNet.DEPRECIATION]
    assert ladder.ebitda - wear == kopecks(expected["ebit"]).minor
    assert ladder.net_profit == kopecks(expected["net"]).minor


def test_open_02_equipment_and_dividends_stay_below_net_profit() -> None:
    given = example("open-02")["below"]
    operations = [
        *sold(given["revenue"]),
        *bought(902, given["capex"]),
        *bought(801, given["dividends"]),
    ]

    ladder = profit(operations).total
    flow = money_moved(operations, JAN, JAN).activities

    assert ladder.ebitda == kopecks(given["expected"]["ebitda"]).minor
    assert ladder.net_profit == kopecks(given["expected"]["net"]).minor
    assert ladder.retained == kopecks(given["expected"]["retained"]).minor
    assert flow[Activity.INVESTING].went == kopecks(given["capex"]).minor
    assert flow[Activity.FINANCING].went == kopecks(given["dividends"]).minor


@pytest.mark.parametrize("index", [0, 1])
def test_open_02_a_commission_is_a_bank_charge_and_revenue_stays_gross(index: int) -> None:
    turnover, percent, commission = example("open-02")["commission"][index]
    deal, clearing = About("k", "olga", deal="a-17"), place("clearing:tbank")
    per_mille = int(percent * 10)
    fee, _rest = split(kopecks(turnover), [per_mille, 1000 - per_mille])

    ladder = profit(
        [
            client_payment(deal, clearing, kopecks(turnover), JAN),
            settlement_fee(deal, 502, clearing, fee, JAN),
        ]
    ).total

    assert ladder.of(PnlLine.REVENUE) == kopecks(turnover).minor
    assert ladder.of(PnlLine.BANK_FEES) == kopecks(commission).minor


def test_open_02_declined_orders_and_what_is_outside_explain_the_difference() -> None:
    given = example("open-02")["identity"]
    rent = given["all"] - given["declined"] - given["capex"] - given["distribution"]
    operations = [
        *sold(given["revenue"]),
        *bought(401, rent),
        *bought(902, given["capex"]),
        *bought(802, given["distribution"]),
    ]

    ladder = profit(operations).total

    assert ladder.net_profit == kopecks(given["net"]).minor
    assert ladder.of(PnlLine.REVENUE) - ladder.net_profit == kopecks(rent).minor


def test_open_02_a_company_without_revenue_and_an_unsorted_cost() -> None:
    ladder = profit([*bought(401, 500), *bought(400, 700)]).total

    assert ladder.ebitda == -120000
    assert ladder.of(PnlLine.ADMINISTRATIVE) == 120000


def test_open_02_a_month_holds_its_own_days_only() -> None:
    on = [day(text) for text in ("2026-07-31", "2026-08-01", "2026-09-01")]
    operations = [
        one
        for paid_on, amount in zip(on, (100, 200, 400), strict=True)
        for one in sold(amount, TwoDates(paid_on, paid_on))
    ]

    assert row(profit(operations), "2026-08").net_profit == 20000


def segments() -> list[Operation]:
    given = example("open-03")
    own = [
        one
        for name, sums in given["segments"].items()
        for one in (
            *sold(sums["sales"], **in_unit(name)),
            *bought(201, sums["variable"], **in_unit(name)),
            *bought(304, sums["traceable"], **in_unit(name)),
        )
    ]
    return [*own, *bought(404, given["common"])]


def test_open_03_segments_keep_their_margins_and_the_common_cost_stays_common() -> None:
    given = example("open-03")

    report = profit(segments(), by="unit")

    assert {name: pnl.net_profit for name, pnl in report.rows} == {
        name: kopecks(sums["segment_margin"]).minor for name, sums in given["segments"].items()
    }
    assert report.common.net_profit == -kopecks(given["common"]).minor
    assert report.total.net_profit == kopecks(given["net"]).minor


@pytest.mark.parametrize("base", ["revenue", "equal"])
def test_open_03_the_common_cost_divides_to_the_kopeck(base: str) -> None:
    given = example("open-03")
    sales = [sums["sales"] for sums in given["segments"].values()]
    weights = {"revenue": sales, "equal": [1, 1]}[base]

    parts = split(kopecks(given["common"]), weights)

    allocated = dict(zip(given["segments"], parts, strict=True))
    expected = given["allocated"][base]
    assert {name: part.plain for name, part in allocated.items()} == expected


def test_open_07_the_statutory_ladder_of_the_prior_year() -> None:
    given = example("open-07")["prior"]
    ladder = profit(
        [
            *sold(given["revenue"]),
            *bought(201, given["cogs"]),
            *bought(301, given["selling"]),
            *bought(401, given["admin"]),
            *bought(702, given["interest"]),
            *bought(603, given["other_op_exp"]),
            *sold(given["other_income"], BOTH, 102),
            *bought(603, given["other_exp"]),
            *bought(703, given["tax"]),
        ]
    ).total

    assert ladder.gross_profit == kopecks(given["gross"]).minor
    assert ladder.ebitda == kopecks(given["sales_profit"]).minor
    before_tax = ladder.net_profit + ladder.before_net[BeforeNet.TAX]
    assert before_tax == kopecks(given["ebt"]).minor
    assert ladder.net_profit == kopecks(given["net"]).minor


def test_open_07_a_printed_subtotal_that_is_off_by_one_is_not_repeated() -> None:
    given = example("open-07")["reporting_printed"]

    ladder = profit([*sold(given["revenue"]), *bought(201, given["cogs"])]).total

    assert ladder.gross_profit == kopecks(given["gross_computed"]).minor
    assert kopecks(given["gross"]).minor - ladder.gross_profit == 100

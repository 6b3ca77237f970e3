"""Common costs shared out: by each base, to the kopeck, or not at all."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.articles import PnlLine
from ledger.overheads import Overheads, Shares, common_costs, share_common
from ledger.pnl import UNSPECIFIED, Fact, Report, by_dimension
from tests.golden.examples import example, kopecks

IDS = {"Анна": 2, "Борис": 1, "Вера": 3}


def report(rows: Mapping[str | None, Mapping[PnlLine, int]]) -> Report:
    """Amounts as the statement shows them: costs are positive; None is the common remainder."""
    gains = {PnlLine.REVENUE, PnlLine.OTHER_INCOME}
    return by_dimension(
        Fact(value, line, amount if line in gains else -amount)
        for value, lines in rows.items()
        for line, amount in lines.items()
    )


def sold(revenue: int, production: int = 0) -> dict[PnlLine, int]:
    return {PnlLine.REVENUE: revenue, PnlLine.PRODUCTION: production}


def shared(
    common: int, base: Overheads, rows: Mapping[str | None, Mapping[PnlLine, int]]
) -> Shares:
    return share_common(report({**rows, None: {PnlLine.SELLING: common}}), base, IDS)


def test_the_segments_of_open_03() -> None:
    given_ = example("open-03")
    rows = {
        name: sold(kopecks(one["sales"]).minor, kopecks(one["variable"]).minor)
        for name, one in given_["segments"].items()
    }
    books = report({**rows, None: {PnlLine.ADMINISTRATIVE: kopecks(given_["common"]).minor}})
    for base, parts in given_["allocated"].items():
        found = share_common(books, Overheads(base), {"North": 1, "South": 2})
        assert found.of == {name: kopecks(part).minor for name, part in parts.items()}
        assert found.given == kopecks(given_["common"]).minor


def test_the_rent_of_open_01_by_revenue() -> None:
    given_ = example("open-01")
    rent = kopecks(given_["shared"]["rent"]["company_level"]).minor
    revenues = {name: kopecks(one["revenue"]).minor for name, one in given_["units"].items()}
    rows = {name: sold(minor) for name, minor in revenues.items()}
    books = report({**rows, None: {PnlLine.ADMINISTRATIVE: rent}})
    ids = {name: number for number, name in enumerate(revenues, 1)}
    found = share_common(books, Overheads.REVENUE, ids)
    # Of two parts the largest remainder is the nearest kopeck.
    total = sum(revenues.values())
    assert found.of == {
        name: round(Fraction(rent * minor, total)) for name, minor in revenues.items()
    }


def test_among_equal_remainders_the_lower_id_gets_the_kopeck() -> None:
    rows = {"Анна": sold(5), "Борис": sold(5), "Вера": sold(5)}
    assert shared(100, Overheads.REVENUE, rows).of == {"Борис": 34, "Анна": 33, "Вера": 33}
    assert shared(101, Overheads.EQUAL, rows).of == {"Борис": 34, "Анна": 34, "Вера": 33}


@pytest.mark.parametrize("base", [Overheads.REVENUE, Overheads.GROSS_PROFIT])
def test_a_negative_base_counts_as_zero(base: Overheads) -> None:
    assert shared(100, base, {"Анна": sold(-5), "Борис": sold(3)}).of == {"Анна": 0, "Борис": 100}


def test_gross_profit_is_after_production() -> None:
    rows = {"Анна": sold(10, 9), "Борис": sold(10, 7), "Вера": sold(10, 11)}
    found = shared(100, Overheads.GROSS_PROFIT, rows)
    assert found.of == {"Анна": 25, "Борис": 75, "Вера": 0}


def test_blanks_bear_their_part_by_revenue_but_are_no_unit() -> None:
    rows = {"Анна": sold(30), UNSPECIFIED: sold(10)}
    assert shared(100, Overheads.REVENUE, rows).of == {"Анна": 75, UNSPECIFIED: 25}
    assert shared(100, Overheads.EQUAL, rows).of == {"Анна": 100, UNSPECIFIED: 0}


@pytest.mark.parametrize("base", Overheads)
def test_a_base_of_zero_shares_nothing(base: Overheads) -> None:
    found = shared(100, base, {"Анна": {PnlLine.REVENUE: 0}})
    assert (found.of, found.given) == ({"Анна": 0}, 0)


def test_common_income_and_costs_taken_back_are_not_shared() -> None:
    common = {PnlLine.OTHER_INCOME: 500, PnlLine.BANK_FEES: 30, PnlLine.AFTER_NET_PROFIT: 9}
    assert common_costs(report({None: common}).common) == 30
    found = share_common(report({"Анна": sold(1), None: common}), Overheads.REVENUE, IDS)
    assert found.of == {"Анна": 30}
    assert shared(-30, Overheads.REVENUE, {"Анна": sold(1)}).given == 0


@given(
    st.dictionaries(st.sampled_from([*IDS, UNSPECIFIED]), st.integers(-(10**9), 10**12)),
    st.integers(0, 10**12),
    st.sampled_from(Overheads),
)
def test_the_parts_add_up_or_nothing_is_shared(
    revenues: dict[str, int], costs: int, base: Overheads
) -> None:
    found = shared(costs, base, {name: sold(minor) for name, minor in revenues.items()})
    assert sum(found.of.values()) == found.given
    assert found.given in {0, costs}
    assert min(found.of.values(), default=0) >= 0

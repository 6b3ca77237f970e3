"""Sets of sales with an exact sum; the sums of all subsets are the oracle."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banking.matching.sales_sets import SUBSET_MAX, sets_of
from tests.banking.samples import payment


def sales(*amounts):
    return [payment(f"p{at}", f"{one}", f"d{at}") for at, one in enumerate(amounts)]


@given(st.lists(st.integers(1, 9), min_size=1, max_size=8), st.integers(1, 40))
def test_a_set_is_found_exactly_when_there_is_one(amounts, gross):
    group = sales(*amounts)
    oracle = {
        tuple(sorted(at for at, _ in chosen))
        for size in range(1, len(amounts) + 1)
        for chosen in combinations(enumerate(amounts), size)
        if sum(one for _, one in chosen) == gross
    }
    found = sets_of(group, gross * 100)
    assert len(found) == min(len(oracle), 3)
    assert all(sum(one.amount.minor for one in chosen) == gross * 100 for chosen in found)


@pytest.mark.parametrize(("missing", "found"), [(7, 1), (18, 1), (55, 0)])
def test_of_a_crowd_only_one_or_two_may_be_missing(missing, found):
    group = sales(7, 11, *(1000 + 20 * at for at in range(SUBSET_MAX)))
    total = sum(one.amount.minor for one in group)
    assert len(sets_of(group, total - missing * 100)) == found


def test_equal_sales_of_one_deal_count_once():
    twice = [payment("a", "5", "d1"), payment("b", "5", "d1")]
    assert len(sets_of(twice, 500)) == 1
    assert sets_of(twice, 0) == []

"""The greatest pairing."""

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from banking.formats.pairing import pair_up

KEYS = st.sampled_from("abc")


def greatest(asked: list[str], offered: list[frozenset[str]]) -> int:
    """By trying everything."""
    best = 0
    for order in permutations(range(len(offered))):
        best = max(best, _greedy(asked, [offered[index] for index in order]))
    return best


def _greedy(asked: list[str], offered: list[frozenset[str]]) -> int:
    left = list(offered)
    paired = 0
    for key in asked:
        found = next((one for one in left if key in one), None)
        if found is not None:
            left.remove(found)
            paired += 1
    return paired


@settings(max_examples=500)
@given(st.lists(KEYS, max_size=5), st.lists(st.frozensets(KEYS, max_size=3), max_size=5))
def test_no_pairing_is_greater(asked: list[str], offered: list[frozenset[str]]) -> None:
    found = pair_up(asked, offered)

    assert len(found) == greatest(asked, offered)
    assert len(set(found.values())) == len(found)
    assert all(asked[one] in offered[other] for one, other in found.items())


def test_an_offer_that_fits_two_is_left_to_the_one_who_has_no_other() -> None:
    offers = [frozenset("ab"), frozenset("ac")]

    assert pair_up(["a", "b"], offers) == {0: 1, 1: 0}
    assert pair_up(["a", "b"], offers[::-1]) == {0: 0, 1: 1}


def test_a_chain_of_three_is_moved_along() -> None:
    offers = [frozenset("cd"), frozenset("bc"), frozenset("ab")]

    for order in permutations("abc"):
        assert len(pair_up(order, offers)) == 3


def test_thousands_of_equal_things_are_paired_at_once() -> None:
    found = pair_up(["a"] * 20_000, [frozenset("a")] * 15_000)

    assert len(found) == 15_000

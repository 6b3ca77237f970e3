"""Parts as a conversation keeps them."""

from handlers.split_parts import Kept, added, kept_of, shelved, sum_of
from store.records import PartKind

FIRST = Kept(PartKind.PAYMENT, "amocrm:1/prepayment#1", 100)
FEE = Kept(PartKind.ARTICLE, "502", 30)


def test_parts_read_back_as_they_were_kept() -> None:
    assert kept_of(shelved([FIRST, FEE])) == [FIRST, FEE]


def test_the_same_thing_twice_is_one_part_of_both_sums() -> None:
    more = Kept(PartKind.PAYMENT, "amocrm:1/prepayment#1", 5)

    both = added([FIRST, FEE], [more])

    assert both == [Kept(PartKind.PAYMENT, FIRST.ref, 105), FEE]
    assert sum_of(both) == 135

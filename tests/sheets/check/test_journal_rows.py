"""Which operation a physical row holds: by its key, its checksum or its number at home."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets.check.journal_rows import RowsSeen, home_row, locate
from tests.sheets.paper import COLUMN, SHAPE, Paper


def seen(paper: Paper) -> RowsSeen:
    return locate(paper.grid, paper.books, SHAPE)


def rows_of(found: RowsSeen) -> dict[int, int]:
    """The row as people count it, by operation."""
    return {number: one.row + 1 for number, one in found.located.items()}


@given(order=st.permutations(range(6)))
def test_whatever_the_order_every_operation_is_found_where_it_stands(order: list[int]) -> None:
    paper = Paper.true()
    paper.rows = [paper.rows[index] for index in order]
    found = seen(paper)
    assert rows_of(found) == {index + 1: row for row, index in enumerate(order, 2)}
    assert found.sorted_rows == (order != sorted(order))
    assert (found.foreign, dict(found.copies), found.inserted) == ((), {}, ())


def test_a_row_at_home_is_where_it_must_be() -> None:
    paper = Paper.true()
    at = {number: one.row for number, one in seen(paper).located.items()}
    assert at == {one.number: home_row(one) for one in paper.books}


@pytest.mark.parametrize("lost", [("key",), ("key", "number"), ("key", "checksum")])
def test_a_row_is_known_without_its_key(lost: tuple[str, ...]) -> None:
    paper = Paper.true()
    for code in lost:
        paper.type_in(4, code, "")
    assert rows_of(seen(paper))[3] == 4


def test_a_row_away_from_home_is_not_known_by_its_number_alone() -> None:
    paper = Paper.true()
    paper.rows[0], paper.rows[5] = paper.rows[5], paper.rows[0]
    for code in ("key", "checksum"):
        paper.type_in(2, code, "")
    found = seen(paper)
    assert 6 not in found.located
    assert found.foreign == (1,)


def test_the_second_row_of_one_key_is_a_copy_and_the_one_at_home_is_not() -> None:
    paper = Paper.true()
    paper.rows.append(list(paper.rows[1]))
    found = seen(paper)
    assert rows_of(found)[2] == 3
    assert dict(found.copies) == {7: 2}


def test_when_only_what_is_seen_was_sorted_a_row_is_mixed() -> None:
    paper = Paper.true()
    first, last = paper.rows[0], paper.rows[5]
    visible = COLUMN["key"]
    first[:visible], last[:visible] = last[:visible], first[:visible]
    found = seen(paper)
    assert rows_of(found)[1] == 2
    assert (found.located[1].shown, found.located[6].shown) == (6, 1)
    assert not found.located[1].whole

"""Whatever columns people put in, take out or drag, ours come first and in order, theirs behind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets.check.columns import column_moves

OURS = tuple("ABCDEFGH")


def done(columns: list[str], requests: list[dict]) -> list[str]:
    """The columns after the requests, as Google moves them."""
    now = list(columns)
    for request in requests:
        ((kind, one),) = request.items()
        match kind:
            case "moveDimension":
                start = one["source"]["startIndex"]
                place = one["destinationIndex"]
                column = now.pop(start)
                now.insert(place - (place > start), column)
            case "insertDimension":
                now.insert(one["range"]["startIndex"], "new")
            case "appendDimension":
                now.append("new")
    return now


@pytest.mark.parametrize(
    ("columns", "after", "count"),
    [
        ("ABCDEFGH", "ABCDEFGH", 0),
        ("ABCDEFGHxy", "ABCDEFGHxy", 0),
        ("ABCxEFGH", "ABCxEFGH", 0),
        ("xxxxxxxx", "xxxxxxxx", 0),
        ("HGxxxxxx", "HGxxxxxx", 0),
        ("AxBCDEFGH", "ABCDEFGHx", 1),
        ("AxyBCDEFGHz", "ABCDEFGHzxy", 2),
        ("HABCDEFG", "ABCDEFGH", 7),
        ("ABEFGHCD", "ABCDEFGH", 2),
    ],
)
def test_theirs_go_behind_ours(columns: str, after: str, count: int) -> None:
    requests = column_moves(list(columns), OURS, 7)
    assert done(list(columns), requests) == list(after)
    assert len(requests) <= count


@pytest.mark.parametrize("columns", ["ACDEFGH", "ABCDEFG", "BCDEFGH", "ABGH CDE"])
def test_a_deleted_column_is_put_in_empty(columns: str) -> None:
    requests = column_moves(list(columns), OURS, 7)
    after = done(list(columns), requests)
    if columns != "ABCDEFG":
        assert [
            OURS[place] if one == "new" else one for place, one in enumerate(after[:8])
        ] == list(OURS)


@given(
    theirs=st.lists(st.tuples(st.integers(0, 8), st.sampled_from(("", "x", "A")))),
    gone=st.sets(st.sampled_from(OURS), max_size=3),
    dragged=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=3),
)
def test_whatever_was_done_to_columns_ours_are_back(
    theirs: list[tuple[int, str]], gone: set[str], dragged: list[tuple[int, int]]
) -> None:
    columns = list(OURS)
    for source, target in dragged:
        columns.insert(target, columns.pop(source))
    columns = [one for one in columns if one not in gone]
    for place, heading in theirs:
        columns.insert(place, heading)
    after = done(columns, column_moves(columns, OURS, 7))
    kept = [one for one in columns if one == "x"]
    assert after.count("x") == len(kept)
    if after != columns:
        for place, one in enumerate(after[: len(OURS)]):
            assert one in {OURS[place], "new", "x", ""}

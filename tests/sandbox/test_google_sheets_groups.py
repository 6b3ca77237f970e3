from collections.abc import Iterator

import pytest

from tests.sandbox.google_sheets_desk import Desk, Json, open_desk

Depths = list[tuple[int, int, int]]


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk() as opened:
        yield opened


def span(start: int, end: int) -> Json:
    return {"sheetId": 7, "dimension": "COLUMNS", "startIndex": start, "endIndex": end}


def add(start: int, end: int) -> Json:
    return {"addDimensionGroup": {"range": span(start, end)}}


def groups(desk: Desk) -> Depths:
    kept = desk.get()["sheets"][1].get("columnGroups", [])
    return [(one["range"]["startIndex"], one["range"]["endIndex"], one["depth"]) for one in kept]


# The three examples of the document: columns B to E are 1 to 5, C to D are 2 to 4.
@pytest.mark.parametrize(
    ("first", "second", "left"),
    [
        ((2, 4), (1, 5), [(1, 5, 1), (2, 4, 2)]),
        ((1, 5), (2, 4), [(1, 5, 1), (2, 4, 2)]),
        ((1, 4), (2, 5), [(1, 5, 1), (2, 4, 2)]),
    ],
)
def test_groups_are_joined_and_nested_as_documented(
    desk: Desk, first: tuple[int, int], second: tuple[int, int], left: Depths
) -> None:
    desk.batch(add(*first), add(*second))

    assert groups(desk) == left


def test_deleting_takes_one_depth_from_the_range(desk: Desk) -> None:
    desk.batch(add(1, 5), add(2, 4), {"deleteDimensionGroup": {"range": span(3, 5)}})

    # The document: over B:E and C:D, deleting D:E leaves B:D and C:C.
    assert groups(desk) == [(1, 4, 1), (2, 3, 2)]


def test_where_there_is_no_group_none_is_deleted(desk: Desk) -> None:
    desk.batch(add(1, 3))

    assert "no group" in desk.refused({"deleteDimensionGroup": {"range": span(2, 5)}})


def test_a_folded_group_hides_its_columns_until_it_is_unfolded(desk: Desk) -> None:
    def fold(*, folded: bool) -> Json:
        wanted = {"range": span(1, 3), "depth": 1, "collapsed": folded}
        return {"updateDimensionGroup": {"dimensionGroup": wanted, "fields": "collapsed"}}

    def hidden() -> list[bool]:
        data = desk.get(fields="sheets.data.columnMetadata")["sheets"][1]["data"][0]
        return [bool(one.get("hiddenByUser")) for one in data["columnMetadata"][:4]]

    desk.batch(add(1, 3), fold(folded=True))
    folded = hidden()
    desk.batch(fold(folded=False))

    assert folded == [False, True, True, False]
    assert hidden() == [False] * 4


def test_eight_depths_are_the_most(desk: Desk) -> None:
    desk.batch(*[add(0, 2)] * 8)

    assert "depth" in desk.refused(add(0, 2))

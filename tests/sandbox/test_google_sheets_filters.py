from collections.abc import Iterator

import pytest

from tests.sandbox.google_sheets_desk import Desk, Json, grid_range, open_desk, put

TABLE = grid_range(7, (0, 4), (0, 2))


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk() as opened:
        opened.batch(put(7, 0, 0, ["Кто", "Сумма"], ["Анна", 30], ["Борис", 10], ["Вера", 20]))
        yield opened


def basic(**more: object) -> Json:
    return {"setBasicFilter": {"filter": {"range": TABLE, **more}}}


def hidden(desk: Desk) -> list[int]:
    data = desk.get(fields="sheets.data.rowMetadata")["sheets"][1]["data"][0]["rowMetadata"]
    return [row for row, size in enumerate(data) if size.get("hiddenByFilter")]


@pytest.mark.parametrize(
    ("criteria", "rows"),
    [
        ({"0": {"hiddenValues": ["Борис"]}}, [2]),
        (
            {
                "1": {
                    "condition": {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "15"}]}
                }
            },
            [2],
        ),
        ({"0": {"hiddenValues": ["Анна"]}, "1": {"hiddenValues": ["20"]}}, [1, 3]),
    ],
)
def test_a_filter_hides_rows_and_takes_them_back(
    desk: Desk, criteria: Json, rows: list[int]
) -> None:
    desk.batch(basic(criteria=criteria))

    assert hidden(desk) == rows
    desk.batch({"clearBasicFilter": {"sheetId": 7}})
    assert hidden(desk) == []


def test_a_filter_sorts_below_its_heading(desk: Desk) -> None:
    desk.batch(basic(sortSpecs=[{"dimensionIndex": 1, "sortOrder": "ASCENDING"}]))

    assert desk.plain("Журнал!A1:A4") == [["Кто"], ["Борис"], ["Вера"], ["Анна"]]


def test_both_ways_of_telling_criteria_are_shown(desk: Desk) -> None:
    specs = [{"columnIndex": 0, "filterCriteria": {"hiddenValues": ["Анна"]}}]
    desk.batch(
        {"addFilterView": {"filter": {"filterViewId": 4, "range": TABLE, "filterSpecs": specs}}}
    )

    [view] = desk.get()["sheets"][1]["filterViews"]
    assert view["criteria"] == {"0": {"hiddenValues": ["Анна"]}}
    # A view is somebody's own: nobody else's rows are hidden.
    assert hidden(desk) == []


def test_a_view_is_duplicated_changed_and_deleted(desk: Desk) -> None:
    desk.batch({"addFilterView": {"filter": {"filterViewId": 4, "range": TABLE, "title": "Мои"}}})
    [reply] = desk.batch({"duplicateFilterView": {"filterId": 4}})
    copy = reply["duplicateFilterView"]["filter"]
    update = {"filterViewId": copy["filterViewId"], "title": "Чужие"}
    desk.batch(
        {"updateFilterView": {"filter": update, "fields": "title"}},
        {"deleteFilterView": {"filterId": 4}},
    )

    [left] = desk.get()["sheets"][1]["filterViews"]
    assert (left["title"], left["range"]) == ("Чужие", TABLE)


def test_criteria_stay_with_their_column(desk: Desk) -> None:
    span = {"sheetId": 7, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    desk.batch(
        basic(criteria={"1": {"hiddenValues": ["10"]}}), {"insertDimension": {"range": span}}
    )

    kept = desk.get()["sheets"][1]["basicFilter"]
    assert list(kept["criteria"]) == ["2"]
    assert kept["filterSpecs"][0]["columnIndex"] == 2


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"criteria": {"5": {"hiddenValues": []}}}, "not in the range"),
        ({"criteria": {"A": {"hiddenValues": []}}}, "Invalid column index"),
        ({"sortSpecs": [{"dimensionIndex": 9}]}, "not in the range"),
        (
            {"criteria": {"0": {"condition": {"type": "ONE_OF_LIST"}}}},
            "ONE_OF_LIST is not supported by filters",
        ),
    ],
)
def test_a_filter_that_cannot_be_is_refused(desk: Desk, more: Json, words: str) -> None:
    assert words in desk.refused(basic(**more))

from collections.abc import Iterator

import pytest

from tests.sandbox.google_sheets_desk import Desk, Json, grid_range, open_desk, put

BLOCK = grid_range(7, (0, 5), (0, 2))
COPY = {"duplicateSheet": {"sourceSheetId": 7, "newSheetId": 70, "newSheetName": "Копия"}}


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk() as opened:
        yield opened
        assert opened.standin.violations == []


def objects() -> list[Json]:
    source = {"sourceRange": {"sources": [grid_range(7, (0, 5), (1, 2))]}}
    other = {"sourceRange": {"sources": [grid_range(0, (0, 5), (1, 2))]}}
    spec = {"pieChart": {"domain": other, "series": source}}
    anchor = {"overlayPosition": {"anchorCell": {"sheetId": 7, "rowIndex": 1}}}
    bands = {"firstBandColor": {"red": 1}, "secondBandColor": {"green": 1}}
    rule = {"condition": {"type": "BLANK"}, "format": {"backgroundColor": {"red": 1}}}
    span = {"sheetId": 7, "dimension": "ROWS", "startIndex": 1, "endIndex": 3}
    return [
        put(7, 0, 0, ["x", "=A1"]),
        {"addChart": {"chart": {"chartId": 1, "spec": spec, "position": anchor}}},
        {"addFilterView": {"filter": {"filterViewId": 2, "range": BLOCK, "title": "Мои"}}},
        {
            "addBanding": {
                "bandedRange": {"bandedRangeId": 3, "range": BLOCK, "rowProperties": bands}
            }
        },
        {"addProtectedRange": {"protectedRange": {"range": {"sheetId": 7}}}},
        {"addConditionalFormatRule": {"rule": {"ranges": [BLOCK], "booleanRule": rule}}},
        {"addDimensionGroup": {"range": span}},
        {"setBasicFilter": {"filter": {"range": BLOCK}}},
        {"mergeCells": {"range": grid_range(7, (8, 9), (0, 2)), "mergeType": "MERGE_ALL"}},
    ]


def test_everything_on_a_tab_is_copied_with_ids_of_its_own(desk: Desk) -> None:
    desk.batch(*objects(), COPY)

    source, copy = desk.get()["sheets"][1:]
    there = {**BLOCK, "sheetId": 70}
    for name, key in (
        ("charts", "chartId"),
        ("filterViews", "filterViewId"),
        ("bandedRanges", "bandedRangeId"),
        ("protectedRanges", "protectedRangeId"),
    ):
        assert len(copy[name]) == 1
        assert copy[name][0][key] != source[name][0][key]
    assert copy["filterViews"][0]["range"] == there
    assert copy["basicFilter"]["range"] == there
    assert copy["conditionalFormats"][0]["ranges"] == [there]
    assert copy["rowGroups"][0]["range"]["sheetId"] == 70
    assert copy["merges"][0]["sheetId"] == 70
    assert copy["protectedRanges"][0]["range"] == {"sheetId": 70}


def test_a_copied_chart_looks_at_the_copy_and_at_other_tabs_as_before(desk: Desk) -> None:
    desk.batch(*objects(), COPY)

    [chart] = desk.get()["sheets"][2]["charts"]
    pie = chart["spec"]["pieChart"]
    assert pie["series"]["sourceRange"]["sources"][0]["sheetId"] == 70
    # Ranges on the sheet with id 0 do not name it.
    assert "sheetId" not in pie["domain"]["sourceRange"]["sources"][0]
    assert chart["position"]["overlayPosition"]["anchorCell"]["sheetId"] == 70


def test_the_copy_lives_a_life_of_its_own(desk: Desk) -> None:
    desk.batch(*objects(), COPY, put(70, 0, 0, ["y"]), {"deleteSheet": {"sheetId": 7}})

    assert desk.plain("Копия!A1:B1") == [["y", "y"]]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"newSheetId": 0}, "already exists"),
        ({"newSheetId": -1}, "must be positive"),
        ({"newSheetName": "Sheet1"}, "already exists"),
        ({"insertSheetIndex": 9}, "The sheet index must be between 0 and 2"),
    ],
)
def test_a_copy_that_cannot_be_is_refused(desk: Desk, more: Json, words: str) -> None:
    assert words in desk.refused({"duplicateSheet": {"sourceSheetId": 7, **more}})

"""Rows and columns that come, go and move, and all that lies on them or looks at them."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.sandbox.google_sheets_desk import Desk, Json, grid_range, open_desk, put


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk("ru_RU") as opened:
        yield opened
        assert opened.standin.violations == []


def lines(kind: str, start: int, end: int, sheet: int = 7, *, columns: bool = False) -> Json:
    dimension = "COLUMNS" if columns else "ROWS"
    span = {"sheetId": sheet, "dimension": dimension, "startIndex": start, "endIndex": end}
    return {kind: {"range": span}}


def move(start: int, end: int, to: int, sheet: int = 7) -> Json:
    span = {"sheetId": sheet, "dimension": "ROWS", "startIndex": start, "endIndex": end}
    return {"moveDimension": {"source": span, "destinationIndex": to}}


def chart(sources: list[Json], row: int) -> Json:
    series = [{"series": {"sourceRange": {"sources": [one]}}} for one in sources]
    spec = {"basicChart": {"chartType": "LINE", "series": series}}
    anchor = {"sheetId": 7, "rowIndex": row, "columnIndex": 2}
    return {
        "addChart": {
            "chart": {
                "chartId": 5,
                "spec": spec,
                "position": {"overlayPosition": {"anchorCell": anchor}},
            }
        }
    }


def choice(text: str, at: Json) -> Json:
    condition = {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": text}]}
    return {"setDataValidation": {"range": at, "rule": {"condition": condition}}}


def rule(text: str, at: Json) -> Json:
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": text}]}
    boolean = {"condition": condition, "format": {"backgroundColor": {"red": 1}}}
    return {"addConditionalFormatRule": {"rule": {"ranges": [at], "booleanRule": boolean}}}


def tab(desk: Desk, number: int = 1) -> Json:
    return desk.get()["sheets"][number]


def typed(desk: Desk, cell: str) -> str:
    shown = desk.get(ranges=cell, includeGridData="true")["sheets"][0]["data"][0]
    values: Any = shown["rowData"][0]["values"][0]["dataValidation"]["condition"]["values"]
    return str(values[0]["userEnteredValue"])


def test_a_chart_moves_with_its_corner_and_its_figures(desk: Desk) -> None:
    desk.batch(chart([grid_range(7, (1, 5), (0, 1))], row=3), lines("insertDimension", 0, 2))

    [kept] = tab(desk)["charts"]
    [series] = kept["spec"]["basicChart"]["series"]
    assert kept["position"]["overlayPosition"]["anchorCell"]["rowIndex"] == 5
    assert series["series"]["sourceRange"]["sources"] == [grid_range(7, (3, 7), (0, 1))]


def test_a_chart_stays_without_the_series_whose_column_went(desk: Desk) -> None:
    sources = [grid_range(7, (1, 5), (0, 1)), grid_range(7, (1, 5), (1, 2))]
    desk.batch(chart(sources, row=3), lines("deleteDimension", 1, 2, columns=True))

    [kept] = tab(desk)["charts"]
    assert len(kept["spec"]["basicChart"]["series"]) == 1
    desk.batch(lines("deleteDimension", 1, 5))
    [kept] = tab(desk)["charts"]
    assert kept["spec"]["basicChart"]["series"] == []
    assert kept["position"]["overlayPosition"]["anchorCell"]["rowIndex"] == 1


def test_a_chart_of_a_deleted_tab_stays_where_it_stands(desk: Desk) -> None:
    desk.batch(chart([grid_range(0, (1, 5), (0, 1))], row=0), {"deleteSheet": {"sheetId": 0}})

    [kept] = tab(desk, 0)["charts"]
    assert kept["spec"]["basicChart"]["series"] == []


def test_drop_downs_and_colours_look_where_their_cells_went(desk: Desk) -> None:
    block = grid_range(7, (0, 5), (0, 2))
    desk.batch(
        choice("=Sheet1!$A$2:$A$5", grid_range(7, (8, 9), (0, 1))),
        rule("=$B1<$B$9", block),
        lines("insertDimension", 1, 3, sheet=0),
        lines("insertDimension", 6, 7),
    )

    formats = tab(desk)["conditionalFormats"][0]["booleanRule"]["condition"]["values"]
    assert typed(desk, "Журнал!A10") == "=Sheet1!$A$4:$A$7"
    assert formats == [{"userEnteredValue": "=$B1<$B$10"}]


def test_drop_downs_follow_a_renamed_tab_and_lose_a_deleted_one(desk: Desk) -> None:
    properties = {"sheetId": 0, "title": "Лист два"}
    desk.batch(
        choice("=Sheet1!$A$2:$A$5", grid_range(7, (0, 1), (0, 1))),
        {"updateSheetProperties": {"properties": properties, "fields": "title"}},
    )

    assert typed(desk, "Журнал!A1") == "='Лист два'!$A$2:$A$5"
    desk.batch({"deleteSheet": {"sheetId": 0}})
    assert typed(desk, "Журнал!A1") == "=#REF!"


def test_conditions_mean_the_same_in_another_locale(desk: Desk) -> None:
    desk.batch(rule("=AND($A1>1,5;$B1>0)", grid_range(7, (0, 5), (0, 2))))
    properties = {"locale": "en_US"}
    desk.batch({"updateSpreadsheetProperties": {"properties": properties, "fields": "locale"}})

    [kept] = tab(desk)["conditionalFormats"]
    values = kept["booleanRule"]["condition"]["values"]
    assert values == [{"userEnteredValue": "=AND($A1>1.5,$B1>0)"}]


def test_a_name_whose_tab_went_is_taken_unlisted_and_shows_ref(desk: Desk) -> None:
    named = {"name": "Total", "range": grid_range(0, (0, 2), (0, 1))}
    desk.batch({"addNamedRange": {"namedRange": named}}, put(7, 0, 0, ["=SUM(Total)"]))
    desk.batch({"deleteSheet": {"sheetId": 0}})

    again = {**named, "range": grid_range(7, (5, 6), (0, 1))}
    assert "namedRanges" not in desk.get()
    assert desk.plain("Журнал!A1") == [["#REF!"]]
    # gspread's issue 1530, word for word.
    assert desk.refused({"addNamedRange": {"namedRange": again}}) == (
        "Invalid requests[0].addNamedRange: Cannot add named range with name: Total, a named "
        "range with that name already exists."
    )


def test_a_merge_of_which_one_cell_is_left_is_none(desk: Desk) -> None:
    merged = {"range": grid_range(7, (0, 2), (0, 1)), "mergeType": "MERGE_ALL"}
    desk.batch({"mergeCells": merged}, lines("deleteDimension", 1, 2))

    assert "merges" not in tab(desk)


def test_a_protection_outlives_its_free_cells(desk: Desk) -> None:
    free = [grid_range(7, (3, 4), (0, 1))]
    protected = {"range": {"sheetId": 7}, "unprotectedRanges": free}
    desk.batch(
        {"addProtectedRange": {"protectedRange": protected}}, lines("deleteDimension", 3, 4)
    )

    [kept] = tab(desk)["protectedRanges"]
    assert kept["range"] == {"sheetId": 7}
    assert not kept.get("unprotectedRanges")


def test_a_row_put_above_the_frozen_one_is_frozen_too(desk: Desk) -> None:
    properties = {"sheetId": 7, "gridProperties": {"frozenRowCount": 1}}
    freeze = {"properties": properties, "fields": "gridProperties.frozenRowCount"}
    desk.batch({"updateSheetProperties": freeze}, lines("insertDimension", 0, 1))

    assert tab(desk)["properties"]["gridProperties"]["frozenRowCount"] == 2
    desk.batch(lines("insertDimension", 2, 3), lines("deleteDimension", 0, 2))
    assert "frozenRowCount" not in tab(desk)["properties"]["gridProperties"]


@pytest.mark.parametrize("columns", [True, False])
def test_new_lines_look_like_their_neighbour(desk: Desk, columns: bool) -> None:
    red, green = {"red": 1}, {"green": 1}
    for index, colour in enumerate((red, green)):
        box = ((0, 1), (index, index + 1)) if columns else ((index, index + 1), (0, 1))
        cell = {"userEnteredFormat": {"backgroundColor": colour}}
        asked = {"range": grid_range(7, *box), "cell": cell, "fields": "userEnteredFormat"}
        desk.batch({"repeatCell": asked})
    # The document's example: between red and green, from before is red, from after is green.
    before = lines("insertDimension", 1, 2, columns=columns)
    before["insertDimension"]["inheritFromBefore"] = True
    desk.batch(before)
    desk.batch(lines("insertDimension", 2, 3, columns=columns))

    place = "Журнал!A1:D1" if columns else "Журнал!A1:A4"
    data = desk.get(ranges=place, includeGridData="true")["sheets"][0]["data"][0]["rowData"]
    cells = [cell for row in data for cell in row["values"]]
    seen = [one["userEnteredFormat"]["backgroundColor"] for one in cells]
    assert seen == [red, red, green, green]


def test_moved_rows_land_where_the_document_says_and_formulas_follow(desk: Desk) -> None:
    desk.batch(
        put(7, 0, 0, [0], [1], [2], [3], [4]), put(0, 0, 0, ["=Журнал!A2"], ["=SUM(Журнал!A1:A5)"])
    )
    desk.batch(move(1, 3, 4))

    assert desk.plain("Журнал!A1:A5") == [[0], [3], [1], [2], [4]]
    assert desk.formulas("Sheet1!A1:A2") == [["=Журнал!A3"], ["=SUM(Журнал!A1:A5)"]]
    assert desk.plain("Sheet1!A1:A2") == [[1], [10]]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (move(1, 200, 0), "must not exceed the size of the grid[100]"),
        (move(1, 2, 101), "destinationIndex[101]"),
        (move(0, 1, 5), "a part of merged cells"),
        (move(5, 6, 1), "a part of merged cells"),
    ],
)
def test_rows_that_cannot_move_are_refused(desk: Desk, asked: Json, words: str) -> None:
    merged = {"range": grid_range(7, (0, 2), (0, 1)), "mergeType": "MERGE_ALL"}
    desk.batch({"mergeCells": merged})

    assert words in desk.refused(asked)

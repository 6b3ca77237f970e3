"""batchUpdate: all or nothing, ids chosen by the caller, the grid's limits, cells."""

from collections.abc import Iterator

import pytest

from tests.sandbox.google_sheets_desk import Desk, Json, cells, grid_range, open_desk, put


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk() as opened:
        yield opened
        assert opened.standin.violations == []
        assert opened.standin.not_modelled == []


def sheet(desk: Desk, sheet_id: int = 0) -> Json:
    return next(one for one in desk.get()["sheets"] if one["properties"]["sheetId"] == sheet_id)


def test_a_batch_is_applied_whole_or_not_at_all(desk: Desk) -> None:
    message = desk.refused(
        put(0, 0, 0, ["x"]),
        {"addSheet": {"properties": {"title": "Новый"}}},
        {"deleteSheet": {"sheetId": 99}},
    )

    assert message == "Invalid requests[2].deleteSheet: No sheet with id: 99"
    assert desk.read("Sheet1!A1") == []
    assert len(desk.get()["sheets"]) == 2


def test_a_chosen_sheet_id_is_kept_and_never_given_twice(desk: Desk) -> None:
    [reply] = desk.batch({"addSheet": {"properties": {"sheetId": 55, "title": "Отчёт"}}})
    again = desk.refused({"addSheet": {"properties": {"sheetId": 55, "title": "Другой"}}})
    title = desk.refused({"addSheet": {"properties": {"title": "отчёт"}}})

    assert reply["addSheet"]["properties"]["sheetId"] == 55
    assert again.startswith("Invalid requests[0].addSheet: ")
    assert "already exists. Please enter another name." in title


def test_writing_past_the_grid_is_refused_in_googles_words(desk: Desk) -> None:
    message = desk.refused(put(7, 99, 0, ["ok"], ["too far"]))

    assert message == (
        "Invalid requests[0].updateCells: Range ('Журнал'!A100:A101) exceeds grid limits. "
        "Max rows: 100, max columns: 10"
    )


def test_rows_added_earlier_in_the_batch_can_be_written(desk: Desk) -> None:
    grid = {"sheetId": 7, "gridProperties": {"rowCount": 200}}
    desk.batch(
        {"updateSheetProperties": {"properties": grid, "fields": "gridProperties.rowCount"}},
        put(7, 150, 0, ["there"]),
    )

    assert desk.read("Журнал!A151") == [["there"]]


def test_a_range_clears_what_the_rows_do_not_cover(desk: Desk) -> None:
    desk.batch(put(0, 0, 0, [1, 2, 3], [4, 5, 6]))
    update = {
        "range": grid_range(0, (0, 2), (0, 3)),
        "rows": cells([9]),
        "fields": "userEnteredValue",
    }

    desk.batch({"updateCells": update})

    assert desk.plain("Sheet1!A1:C2") == [[9]]


def test_a_start_leaves_the_cells_behind_a_short_row_alone(desk: Desk) -> None:
    desk.batch(put(0, 0, 0, [1, 2, 3]), put(0, 0, 0, [9]))

    assert desk.plain("Sheet1!A1:C1") == [[9, 2, 3]]


def test_values_of_every_type_come_back_as_they_went(desk: Desk) -> None:
    row = ["текст", 12.5, True, False, "=1+1", "001", "+7 900", "'quoted"]

    desk.batch(put(0, 0, 0, row))

    assert desk.formulas("Sheet1!A1:H1") == [row]
    assert desk.plain("Sheet1!A1:H1") == [[2 if one == "=1+1" else one for one in row]]


def test_a_value_can_be_cleared_and_the_format_stays(desk: Desk) -> None:
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    one = grid_range(0, (0, 1), (0, 1))
    desk.batch(
        put(0, 0, 0, ["x"]),
        {
            "repeatCell": {
                "range": one,
                "cell": bold,
                "fields": "userEnteredFormat.textFormat.bold",
            }
        },
        {"updateCells": {"range": one, "fields": "userEnteredValue"}},
    )

    shown = desk.get(ranges="Sheet1!A1", fields="sheets.data.rowData.values")
    [cell] = shown["sheets"][0]["data"][0]["rowData"][0]["values"]
    assert cell["userEnteredFormat"] == {"textFormat": {"bold": True}}
    assert "userEnteredValue" not in cell


def test_a_repeated_formula_moves_along(desk: Desk) -> None:
    cell = {"userEnteredValue": {"formulaValue": "=B1*2"}}
    column = grid_range(0, (0, 3), (0, 1))

    desk.batch(
        put(0, 0, 1, [1], [2], [3]),
        {"repeatCell": {"range": column, "cell": cell, "fields": "userEnteredValue"}},
    )

    assert desk.plain("Sheet1!A1:A3") == [[2], [4], [6]]


def test_appended_cells_go_below_the_last_value_of_any_column(desk: Desk) -> None:
    desk.batch(put(0, 4, 6, ["far"]))

    desk.batch(
        {"appendCells": {"sheetId": 0, "rows": cells(["new"]), "fields": "userEnteredValue"}}
    )

    assert desk.read("Sheet1!A6") == [["new"]]


def test_inserted_rows_move_everything_that_refers_to_them(desk: Desk) -> None:
    named = {"namedRangeId": "n1", "name": "DATA", "range": grid_range(7, (1, 3), (0, 1))}
    rows = {"sheetId": 7, "dimension": "ROWS", "startIndex": 2, "endIndex": 3}
    desk.batch(
        put(7, 0, 0, ["head"], [1], [2]),
        put(0, 0, 0, ["=SUM(Журнал!A2:A3)"]),
        {"addNamedRange": {"namedRange": named}},
        {"insertDimension": {"range": rows}},
    )

    assert desk.formulas("Sheet1!A1") == [["=SUM(Журнал!A2:A4)"]]
    assert desk.plain("Sheet1!A1") == [[3]]
    assert desk.get()["namedRanges"][0]["range"]["endRowIndex"] == 4


def test_deleted_rows_take_their_references_with_them(desk: Desk) -> None:
    rows = {"sheetId": 7, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}

    desk.batch(
        put(7, 0, 0, [1], [2]),
        put(0, 0, 0, ["=Журнал!A1", "=Журнал!A2"]),
        {"deleteDimension": {"range": rows}},
    )

    assert desk.formulas("Sheet1!A1:B1") == [["=#REF!", "=Журнал!A1"]]


def test_a_frozen_heading_needs_a_row_below_it(desk: Desk) -> None:
    grid = {"sheetId": 0, "gridProperties": {"frozenRowCount": 100}}

    assert "freeze all visible rows" in desk.refused(
        {
            "updateSheetProperties": {
                "properties": grid,
                "fields": "gridProperties.frozenRowCount",
            }
        }
    )


def test_a_used_metadata_id_refuses_the_whole_batch(desk: Desk) -> None:
    metadata = {
        "createDeveloperMetadata": {
            "developerMetadata": {
                "metadataId": 41,
                "metadataKey": "batch",
                "location": {"spreadsheet": True},
                "visibility": "DOCUMENT",
            }
        }
    }
    desk.batch(metadata)

    desk.refused(put(0, 0, 0, ["twice"]), metadata)

    assert desk.read("Sheet1!A1") == []


def test_metadata_can_be_taken_away_by_its_key(desk: Desk) -> None:
    metadata = {
        "metadataKey": "batch",
        "location": {"sheetId": 7},
        "visibility": "DOCUMENT",
        "metadataValue": "1",
    }
    lookup = {"developerMetadataLookup": {"metadataKey": "batch"}}
    _, reply = desk.batch(
        {"createDeveloperMetadata": {"developerMetadata": metadata}},
        {"deleteDeveloperMetadata": {"dataFilter": lookup}},
    )

    [gone] = reply["deleteDeveloperMetadata"]["deletedDeveloperMetadata"]
    assert gone["metadataKey"] == "batch"
    assert "developerMetadata" not in sheet(desk, 7)


def test_a_cell_has_no_more_than_fifty_thousand_characters(desk: Desk) -> None:
    assert "50000 characters" in desk.refused(put(0, 0, 0, ["x" * 50_001]))


def test_a_data_validation_comes_back_and_can_be_taken_away(desk: Desk) -> None:
    where = grid_range(0, (0, 2), (0, 1))
    rule = {
        "condition": {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "=Журнал!A1:A9"}]}
    }
    desk.batch({"setDataValidation": {"range": where, "rule": {**rule, "showCustomUi": True}}})
    query = {"ranges": "Sheet1!A2", "fields": "sheets.data.rowData.values.dataValidation"}
    [shown] = desk.get(**query)["sheets"][0]["data"]

    desk.batch({"setDataValidation": {"range": where}})

    assert shown["rowData"][0]["values"][0]["dataValidation"]["showCustomUi"] is True
    assert desk.get(**query)["sheets"][0]["data"] == [{}]


def test_borders_have_an_outside_and_an_inside(desk: Desk) -> None:
    thin = {"style": "SOLID", "color": {"red": 1}}
    borders = {"range": grid_range(0, (0, 2), (0, 1)), "top": thin, "innerHorizontal": thin}
    desk.batch({"updateBorders": borders})

    fields = "sheets.data.rowData.values.userEnteredFormat.borders"
    [data] = desk.get(ranges="Sheet1!A1:A2", fields=fields)["sheets"][0]["data"]
    sides = [set(row["values"][0]["userEnteredFormat"]["borders"]) for row in data["rowData"]]
    assert sides == [{"top", "bottom"}, {"top"}]


def test_a_merge_keeps_only_its_first_value(desk: Desk) -> None:
    desk.batch(
        put(0, 0, 0, [None, "b"], ["c", "d"]),
        {"mergeCells": {"range": grid_range(0, (0, 2), (0, 2)), "mergeType": "MERGE_ALL"}},
    )

    assert desk.read("Sheet1!A1:B2") == [["b"]]


def test_the_last_visible_sheet_cannot_go(desk: Desk) -> None:
    hide = {"properties": {"sheetId": 7, "hidden": True}, "fields": "hidden"}
    desk.batch({"updateSheetProperties": hide})

    assert desk.refused({"deleteSheet": {"sheetId": 0}}).endswith(
        "You can't remove all the visible sheets in a document."
    )


def test_sheets_move_to_the_place_counted_before_the_move(desk: Desk) -> None:
    desk.batch({"addSheet": {"properties": {"sheetId": 8, "title": "Три"}}})

    desk.batch(
        {"updateSheetProperties": {"properties": {"sheetId": 0, "index": 2}, "fields": "index"}}
    )

    titles = [one["properties"]["title"] for one in desk.get()["sheets"]]
    assert titles == ["Журнал", "Sheet1", "Три"]


def test_merges_by_rows_and_across_an_old_one(desk: Desk) -> None:
    block = grid_range(0, (0, 2), (0, 2))
    desk.batch({"mergeCells": {"range": block, "mergeType": "MERGE_ROWS"}})
    part = grid_range(0, (0, 1), (1, 2))

    assert len(sheet(desk)["merges"]) == 2
    assert "select all cells" in desk.refused(
        {"mergeCells": {"range": part, "mergeType": "MERGE_ALL"}}
    )
    assert "select all cells" in desk.refused({"unmergeCells": {"range": part}})
    sort = {"range": block, "sortSpecs": [{"dimensionIndex": 0}]}
    assert "can't sort" in desk.refused({"sortRange": sort})

"""What is kept beside the cells: tabs, sizes, groups, ranges with names, filters, drawings."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.sandbox.google_sheets_desk import Desk, Json, grid_range, open_desk, put

CELL = grid_range(7, (0, 1), (0, 1))


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk() as opened:
        yield opened
        assert opened.standin.violations == []
        assert opened.standin.not_modelled == []


def sheet(desk: Desk, sheet_id: int = 7, **query: Any) -> Json:
    sheets = desk.get(**query)["sheets"]
    return next(one for one in sheets if one["properties"]["sheetId"] == sheet_id)


def span(start: int, end: int, dimension: str = "ROWS") -> Json:
    return {"sheetId": 7, "dimension": dimension, "startIndex": start, "endIndex": end}


def test_a_named_range_is_renamed_and_moved_by_its_id(desk: Desk) -> None:
    named = {"namedRangeId": "n", "name": "OLD", "range": CELL}
    desk.batch({"addNamedRange": {"namedRange": named}})
    moved = {"namedRangeId": "n", "name": "NEW", "range": grid_range(7, (4, 5), (0, 1))}

    desk.batch({"updateNamedRange": {"namedRange": moved, "fields": "name,range"}})

    [kept] = desk.get()["namedRanges"]
    assert (kept["name"], kept["range"]["startRowIndex"]) == ("NEW", 4)
    again = {"name": "new", "range": CELL}
    assert "already exists" in desk.refused({"addNamedRange": {"namedRange": again}})
    assert "already exists" in desk.refused(
        {"addNamedRange": {"namedRange": {**again, "name": "X", "namedRangeId": "n"}}}
    )


def test_a_protected_range_is_updated_and_its_number_is_ours(desk: Desk) -> None:
    [reply] = desk.batch(
        {"addProtectedRange": {"protectedRange": {"range": CELL, "warningOnly": True}}}
    )
    number = reply["addProtectedRange"]["protectedRange"]["protectedRangeId"]
    update = {"protectedRangeId": number, "description": "журнал", "warningOnly": False}

    desk.batch(
        {
            "updateProtectedRange": {
                "protectedRange": update,
                "fields": "description,warningOnly",
            }
        }
    )

    [kept] = sheet(desk)["protectedRanges"]
    assert kept["description"] == "журнал"
    assert "warningOnly" not in kept
    assert len(kept["editors"]["users"]) == 1


def test_a_range_is_protected_by_its_name(desk: Desk) -> None:
    named = {"namedRangeId": "n", "name": "DATA", "range": CELL}
    desk.batch(
        {"addNamedRange": {"namedRange": named}},
        {"addProtectedRange": {"protectedRange": {"namedRangeId": "n"}}},
    )

    [kept] = sheet(desk)["protectedRanges"]
    assert kept["range"] == CELL


def test_a_filter_view_is_updated_and_deleted(desk: Desk) -> None:
    view = {"filterViewId": 5, "range": {"sheetId": 7}}
    desk.batch({"addFilterView": {"filter": view}})
    sorted_view = {
        "filterViewId": 5,
        "title": "По дате",
        "sortSpecs": [{"dimensionIndex": 1, "sortOrder": "DESCENDING"}],
    }

    desk.batch({"updateFilterView": {"filter": sorted_view, "fields": "title,sortSpecs"}})

    [kept] = sheet(desk)["filterViews"]
    assert (kept["title"], kept["range"]["endRowIndex"]) == ("По дате", 100)
    assert "already in use" in desk.refused({"addFilterView": {"filter": view}})
    desk.batch({"deleteFilterView": {"filterId": 5}})
    assert "filterViews" not in sheet(desk)


def test_a_banding_is_updated_and_never_overlaps_another(desk: Desk) -> None:
    band = {"range": grid_range(7, (0, 9), (0, 3)), "rowProperties": {"firstBandColor": {}}}
    desk.batch({"addBanding": {"bandedRange": {**band, "bandedRangeId": 1}}})
    wider = {"bandedRangeId": 1, "range": grid_range(7, (0, 20), (0, 3))}

    desk.batch({"updateBanding": {"bandedRange": wider, "fields": "range"}})

    [kept] = sheet(desk)["bandedRanges"]
    assert kept["range"]["endRowIndex"] == 20
    assert "alternating background" in desk.refused({"addBanding": {"bandedRange": band}})
    desk.batch({"deleteBanding": {"bandedRangeId": 1}})
    assert "bandedRanges" not in sheet(desk)


def test_a_conditional_format_is_replaced_and_moved(desk: Desk) -> None:
    def rule(kind: str) -> Json:
        values = [{"userEnteredValue": "долг"}] if kind == "TEXT_CONTAINS" else []
        condition = {"type": kind, "values": values}
        return {"ranges": [CELL], "booleanRule": {"condition": condition, "format": {}}}

    desk.batch(
        {"addConditionalFormatRule": {"rule": rule("BLANK")}},
        {"addConditionalFormatRule": {"rule": rule("NOT_BLANK"), "index": 1}},
    )
    replaced, _ = desk.batch(
        {"updateConditionalFormatRule": {"rule": rule("TEXT_CONTAINS"), "index": 0}},
        {"updateConditionalFormatRule": {"sheetId": 7, "index": 0, "newIndex": 1}},
    )

    old = replaced["updateConditionalFormatRule"]["oldRule"]
    kinds = [one["booleanRule"]["condition"]["type"] for one in sheet(desk)["conditionalFormats"]]
    assert old["booleanRule"]["condition"]["type"] == "BLANK"
    assert kinds == ["NOT_BLANK", "TEXT_CONTAINS"]


def test_a_charts_specification_is_replaced(desk: Desk) -> None:
    source = {"sourceRange": {"sources": [grid_range(7, (0, 5), (0, 1))]}}
    pie = {"pieChart": {"domain": source, "series": source}}
    anchor = {"overlayPosition": {"anchorCell": {"sheetId": 7}}}
    chart = {"chart": {"chartId": 3, "spec": pie, "position": anchor}}

    desk.batch({"addChart": chart})
    desk.batch({"updateChartSpec": {"chartId": 3, "spec": {**pie, "title": "Расходы"}}})

    [kept] = sheet(desk)["charts"]
    assert kept["spec"]["title"] == "Расходы"


def test_rows_and_columns_keep_their_sizes_when_others_come(desk: Desk) -> None:
    desk.batch(
        {
            "updateDimensionProperties": {
                "range": span(2, 3, "COLUMNS"),
                "properties": {"pixelSize": 250},
                "fields": "pixelSize",
            }
        },
        {
            "insertDimension": {
                "range": span(1, 2, "COLUMNS"),
                "inheritFromBefore": True,
            }
        },
    )

    [data] = sheet(desk, ranges="Журнал!A1:E1", includeGridData="true")["data"]
    sizes = [column["pixelSize"] for column in data["columnMetadata"]]
    assert sizes == [100, 100, 100, 250, 100]


def test_an_inserted_row_looks_like_the_row_before(desk: Desk) -> None:
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    one = grid_range(7, (0, 1), (0, 1))
    repeat = {"range": one, "cell": bold, "fields": "userEnteredFormat"}
    rows = {"range": span(1, 2), "inheritFromBefore": True}

    desk.batch(put(7, 0, 0, ["x"]), {"repeatCell": repeat}, {"insertDimension": rows})

    [data] = sheet(desk, ranges="Журнал!A2", includeGridData="true")["data"]
    [cell] = data["rowData"][0]["values"]
    assert cell["userEnteredFormat"] == {"textFormat": {"bold": True}}
    assert "userEnteredValue" not in cell


def test_the_grid_grows_every_time_rows_are_appended(desk: Desk) -> None:
    more = {"appendDimension": {"sheetId": 7, "dimension": "ROWS", "length": 5}}
    wider = {"appendDimension": {"sheetId": 7, "dimension": "COLUMNS", "length": 1}}

    desk.batch(more, more, wider)

    grid = sheet(desk)["properties"]["gridProperties"]
    assert (grid["rowCount"], grid["columnCount"]) == (110, 11)


def test_deleting_frozen_rows_leaves_fewer_of_them(desk: Desk) -> None:
    frozen = {"sheetId": 7, "gridProperties": {"frozenRowCount": 2}}
    desk.batch(
        {
            "updateSheetProperties": {
                "properties": frozen,
                "fields": "gridProperties.frozenRowCount",
            }
        },
        {"deleteDimension": {"range": span(0, 1)}},
    )

    assert sheet(desk)["properties"]["gridProperties"]["frozenRowCount"] == 1
    assert "non-frozen" in desk.refused({"deleteDimension": {"range": span(1, 99)}})


def test_a_tab_is_duplicated_with_its_values(desk: Desk) -> None:
    asked = {"sourceSheetId": 7, "newSheetId": 70, "insertSheetIndex": 0}
    first, second = desk.batch(put(7, 0, 0, ["x", "=A1"]), {"duplicateSheet": asked})[
        1:
    ] + desk.batch({"duplicateSheet": {"sourceSheetId": 7}})

    titles = [one["properties"]["title"] for one in desk.get()["sheets"]]
    assert titles == ["Copy of Журнал", "Sheet1", "Журнал", "Copy of Журнал 2"]
    assert first["duplicateSheet"]["properties"]["sheetId"] == 70
    assert second["duplicateSheet"]["properties"]["index"] == 3
    assert desk.plain("'Copy of Журнал'!A1:B1") == [["x", "x"]]


def test_a_tabs_colour_is_told_both_ways(desk: Desk) -> None:
    style = {"tabColorStyle": {"rgbColor": {"red": 1, "green": 0}}}
    desk.batch(
        {
            "updateSheetProperties": {
                "properties": {"sheetId": 7, **style},
                "fields": "tabColorStyle",
            }
        }
    )

    shown = sheet(desk)["properties"]
    assert shown["tabColor"] == {"red": 1}
    assert shown["tabColorStyle"] == {"rgbColor": {"red": 1}}


def test_a_sheet_without_a_title_gets_the_next_number(desk: Desk) -> None:
    [reply] = desk.batch({"addSheet": {}})

    assert reply["addSheet"]["properties"]["title"] == "Sheet3"


def test_every_property_of_a_sheet_can_be_set_with_a_star(desk: Desk) -> None:
    properties = {
        "sheetId": 7,
        "title": "Дневник",
        "gridProperties": {"rowCount": 50, "columnCount": 5},
    }
    desk.batch({"updateSheetProperties": {"properties": properties, "fields": "*"}})

    assert sheet(desk)["properties"]["gridProperties"] == {"rowCount": 50, "columnCount": 5}


def test_shrinking_the_grid_takes_the_cells_outside(desk: Desk) -> None:
    def rows(count: int) -> Json:
        properties = {"sheetId": 7, "gridProperties": {"rowCount": count}}
        return {
            "updateSheetProperties": {
                "properties": properties,
                "fields": "gridProperties.rowCount",
            }
        }

    desk.batch(put(7, 9, 0, ["x"]), rows(5), rows(20))

    assert desk.read("Журнал!A1:A20") == []


def test_metadata_sits_on_a_row_and_moves_with_it(desk: Desk) -> None:
    metadata = {
        "metadataKey": "row",
        "location": {"dimensionRange": span(5, 6)},
        "visibility": "PROJECT",
    }
    desk.batch(
        {"createDeveloperMetadata": {"developerMetadata": metadata}},
        {"insertDimension": {"range": span(0, 2)}},
    )

    [kept] = sheet(desk)["developerMetadata"]
    assert kept["location"]["dimensionRange"]["startIndex"] == 7


def test_the_whole_spreadsheet_comes_back_with_a_batch_when_wanted(desk: Desk) -> None:
    body = {
        "requests": [put(7, 0, 0, ["x"])],
        "includeSpreadsheetInResponse": True,
        "responseRanges": ["Журнал!A1"],
        "responseIncludeGridData": True,
    }
    _, reply = desk.call("POST", ":batchUpdate", body)

    [shown] = reply["updatedSpreadsheet"]["sheets"]
    [cell] = shown["data"][0]["rowData"][0]["values"]
    assert cell["formattedValue"] == "x"
    assert cell["effectiveFormat"]["textFormat"]["fontSize"] == 10


def test_grid_data_starts_where_the_range_does(desk: Desk) -> None:
    desk.batch(put(7, 2, 1, ["x", None, 1.5, True, "=1/0"]))

    [data] = sheet(desk, ranges="Журнал!B3:F3", includeGridData="true")["data"]
    values = [cell.get("effectiveValue") for cell in data["rowData"][0]["values"]]
    assert (data["startRow"], data["startColumn"]) == (2, 1)
    assert values == [
        {"stringValue": "x"},
        None,
        {"numberValue": 1.5},
        {"boolValue": True},
        {"errorValue": {"type": "DIVIDE_BY_ZERO"}},
    ]


def test_a_star_selects_everything_grid_data_included(desk: Desk) -> None:
    assert "data" in desk.get(fields="*")["sheets"][0]
    assert "data" not in desk.get(fields="sheets.properties")["sheets"][0]


def test_a_reply_of_values_can_be_narrowed_too(desk: Desk) -> None:
    desk.batch(put(7, 0, 0, ["x"]))

    status, reply = desk.call("GET", "/values/Журнал!A1", fields="values")

    assert (status, reply) == (200, {"values": [["x"]]})

"""What each kind refuses, one line a refusal: the request, then words of Google's answer."""

from collections.abc import Iterator

import pytest

from tests.sandbox.google_sheets_desk import Desk, Json, grid_range, open_desk, put

# What is not modelled is asked for on purpose.
pytestmark = pytest.mark.bad_sheets_requests

CELL = grid_range(0, (0, 1), (0, 1))
BLOCK = grid_range(0, (0, 3), (0, 3))
BEYOND = grid_range(0, (0, 101), (0, 1))
ANCHOR = {"overlayPosition": {"anchorCell": {"sheetId": 0, "rowIndex": 100}}}
SOURCE = {"sourceRange": {"sources": [CELL]}}
COLOURED = {"visibleBackgroundColor": {"red": 1}}
PIE = {"pieChart": {"domain": SOURCE, "series": SOURCE}}


def sheet(fields: str, **properties: object) -> Json:
    return {
        "updateSheetProperties": {"properties": {"sheetId": 0, **properties}, "fields": fields}
    }


def lines(kind: str, start: int, end: int, **more: object) -> Json:
    span = {"sheetId": 0, "dimension": "ROWS", "startIndex": start, "endIndex": end}
    return {kind: {"range": span, **more}}


def metadata(**more: object) -> Json:
    return {"createDeveloperMetadata": {"developerMetadata": more}}


def rule(**more: object) -> Json:
    return {"addConditionalFormatRule": {"rule": more}}


REFUSALS: list[tuple[Json, str]] = [
    ({}, "No request set."),
    # tabs
    ({"addSheet": {"properties": {"sheetId": -1}}}, "must be positive"),
    ({"addSheet": {"properties": {"title": "x" * 101}}}, "greater than 100 characters"),
    ({"duplicateSheet": {"sourceSheetId": 5}}, "No grid with id: 5"),
    ({"duplicateSheet": {"sourceSheetId": 0, "newSheetId": 7}}, "already exists"),
    (sheet("title", title=""), "The sheet name cannot be empty."),
    (sheet("title", title="журнал"), 'A sheet with the name "журнал" already exists.'),
    (sheet("index", index=9), "The sheet index must be between 0 and 2"),
    (sheet("gridProperties", gridProperties={"frozenRowCount": 1}), "at least one row"),
    (
        sheet("gridProperties.frozenColumnCount", gridProperties={"frozenColumnCount": 10}),
        "freeze all visible columns",
    ),
    (sheet("gridProperties.rowCount", gridProperties={"rowCount": 2_000_000}), "10000000 cells"),
    (sheet("title,", title="x"), "Invalid fields: title,"),
    (
        {"updateSpreadsheetProperties": {"properties": {"locale": "xx_YY"}, "fields": "locale"}},
        "Unsupported locale: xx_YY",
    ),
    (
        {"updateSpreadsheetProperties": {"properties": {"timeZone": "X"}, "fields": "timeZone"}},
        "Invalid time zone: X",
    ),
    ({"updateSpreadsheetProperties": {"properties": {}, "fields": "title"}}, "not be empty"),
    # cells
    ({"updateCells": {"fields": "note"}}, "Either 'start' or 'range' must be set."),
    ({"updateCells": {"range": BEYOND, "fields": "note"}}, "exceeds grid limits"),
    (
        {
            "updateCells": {
                "range": CELL,
                "rows": [{"values": [{"note": "a"}, {"note": "b"}]}],
                "fields": "note",
            }
        },
        "larger than the range",
    ),
    ({"repeatCell": {"range": grid_range(0, (2, 2), (0, 1)), "fields": "note"}}, "is empty"),
    (
        {
            "repeatCell": {
                "range": CELL,
                "cell": {"userEnteredValue": {"formulaValue": "1+1"}},
                "fields": "userEnteredValue",
            }
        },
        "Formula must start with '='.",
    ),
    (
        {
            "repeatCell": {
                "range": CELL,
                "cell": {"userEnteredValue": {"numberValue": "NaN"}},
                "fields": "userEnteredValue",
            }
        },
        "Invalid number",
    ),
    (
        {
            "repeatCell": {
                "range": CELL,
                "cell": {"userEnteredValue": {"errorValue": {"type": "NAME"}}},
                "fields": "userEnteredValue",
            }
        },
        "Cannot write a cell with errorValue.",
    ),
    ({"setDataValidation": {"range": CELL, "rule": {"strict": True}}}, "must have a type"),
    # rows and columns
    (lines("insertDimension", 101, 102), "must be less than the size of the grid[100]"),
    (lines("insertDimension", 0, 1, inheritFromBefore=True), "inheritFromBefore cannot be true"),
    (lines("insertDimension", 5, 2), "The range is not possible"),
    (lines("deleteDimension", 99, 101), "Tried to delete index 100 but there are only 100."),
    (lines("deleteDimension", 0, 100), "You can't delete all the rows on the sheet."),
    ({"deleteDimension": {"range": {"sheetId": 0}}}, "No dimension specified."),
    ({"appendDimension": {"sheetId": 0, "dimension": "ROWS"}}, "length must be greater than 0."),
    (lines("updateDimensionProperties", 0, 101, fields="hiddenByUser"), "must not exceed"),
    (
        lines("updateDimensionProperties", 0, 1, fields="pixelSize", properties={"pixelSize": -1}),
        "pixelSize must not be negative.",
    ),
    (lines("deleteDimensionGroup", 0, 3), "There is no group"),
    # moving
    ({"cutPaste": {"source": CELL, "destination": {"rowIndex": 100}}}, "exceeds grid limits"),
    (
        {"sortRange": {"range": CELL, "sortSpecs": [{"dimensionIndex": 4}]}},
        "The sort column 4 is not in the range.",
    ),
    ({"findReplace": {"find": "", "allSheets": True}}, "must not be empty"),
    ({"findReplace": {"find": "x"}}, "One of range, sheetId or allSheets must be set."),
    (
        {"findReplace": {"find": "(", "searchByRegex": True, "allSheets": True}},
        "Invalid regular expression: (",
    ),
    # objects
    ({"addNamedRange": {"namedRange": {"name": "A1", "range": CELL}}}, "is not valid"),
    ({"addNamedRange": {"namedRange": {"name": "N", "range": BEYOND}}}, "exceeds grid limits"),
    ({"addNamedRange": {"namedRange": {"name": "N"}}}, "The range must be set."),
    ({"deleteNamedRange": {"namedRangeId": "x"}}, "No named range with id: x"),
    ({"deleteProtectedRange": {"protectedRangeId": 3}}, "No protected range with id: 3"),
    ({"deleteFilterView": {"filterId": 3}}, "No filter view with id: 3"),
    ({"deleteBanding": {"bandedRangeId": 3}}, "No banding with id: 3"),
    ({"addBanding": {"bandedRange": {"range": CELL}}}, "Must specify rowProperties"),
    ({"deleteEmbeddedObject": {"objectId": 3}}, "No embedded object with id: 3"),
    (metadata(visibility="DOCUMENT"), "Metadata key must be set."),
    (metadata(metadataKey="k"), "Metadata visibility must be set."),
    (metadata(metadataKey="k", visibility="DOCUMENT"), "Metadata location must be set."),
    (
        metadata(
            metadataKey="k",
            visibility="DOCUMENT",
            location={"dimensionRange": {"dimension": "ROWS", "startIndex": 0, "endIndex": 2}},
        ),
        "a single row or column",
    ),
    (
        metadata(
            metadataKey="k",
            visibility="DOCUMENT",
            location={"spreadsheet": True},
            metadataValue="x" * 30_000,
        ),
        "maximum of 30000 characters",
    ),
    # shapes
    (rule(booleanRule={"condition": {"type": "BLANK"}}), "at least one range"),
    (rule(ranges=[CELL]), "Exactly one of booleanRule and gradientRule"),
    (
        rule(
            ranges=[CELL, grid_range(7, (0, 1), (0, 1))],
            booleanRule={"condition": {"type": "BLANK"}},
        ),
        "must be on the same sheet",
    ),
    ({"deleteConditionalFormatRule": {"sheetId": 0, "index": 0}}, "at index: 0"),
    ({"addChart": {"chart": {"position": ANCHOR}}}, "exactly one chart type"),
    ({"addChart": {"chart": {"spec": PIE, "position": ANCHOR}}}, "outside the grid"),
]


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with open_desk() as opened:
        yield opened


@pytest.mark.parametrize(("asked", "words"), REFUSALS)
def test_is_refused(desk: Desk, asked: Json, words: str) -> None:
    assert words in desk.refused(put(0, 0, 0, ["gone"]), asked)
    assert desk.read("Sheet1!A1") == []


def test_no_request_at_all_is_refused(desk: Desk) -> None:
    assert desk.refused() == "Must specify at least one request."


NOT_MODELLED: list[tuple[Json, str]] = [
    ({"addSheet": {"properties": {"sheetType": "OBJECT"}}}, "addSheet of another type"),
    (
        {
            "updateSpreadsheetProperties": {
                "properties": {"defaultFormat": {}},
                "fields": "defaultFormat",
            }
        },
        "defaultFormat",
    ),
    (
        {
            "updateCells": {
                "range": CELL,
                "rows": [{"values": [{"pivotTable": {}}]}],
                "fields": "*",
            }
        },
        "cell member pivotTable",
    ),
    ({"appendCells": {"tableId": "t", "fields": "note"}}, "appendCells to a table"),
    (
        {
            "repeatCell": {
                "range": CELL,
                "cell": {"userEnteredValue": {"numberValue": 1}},
                "fields": "userEnteredValue.numberValue",
            }
        },
        "field mask CellData.userEnteredValue.numberValue",
    ),
    (
        {"setBasicFilter": {"filter": {"range": BLOCK, "criteria": {"0": COLOURED}}}},
        "a filter by colours",
    ),
    (
        {"addNamedRange": {"namedRange": {"name": "Выручка", "range": CELL}}},
        "a named range in another script than Latin",
    ),
    ({"addTable": {}}, "request kind addTable"),
    ({"insertRange": {"range": CELL, "shiftDimension": "ROWS"}}, "request kind insertRange"),
    (
        {"sortRange": {"range": BLOCK, "sortSpecs": [{"backgroundColor": {"red": 1}}]}},
        "sorting by colours",
    ),
    (
        {"addChart": {"chart": {"spec": PIE, "position": {"newSheet": True}}}},
        "a chart on a sheet of its own",
    ),
    (
        {"deleteDeveloperMetadata": {"dataFilter": {"a1Range": "A1"}}},
        "deleteDeveloperMetadata by anything but id or key",
    ),
]


@pytest.mark.parametrize(("asked", "words"), NOT_MODELLED)
def test_is_not_modelled_and_says_so(asked: Json, words: str) -> None:
    with open_desk() as desk:
        status, _ = desk.call("POST", ":batchUpdate", {"requests": [asked]})

        assert status == 501
        assert words in desk.standin.not_modelled[0]


def test_a_method_that_is_not_modelled_says_so() -> None:
    with open_desk() as desk:
        body = {"destinationSpreadsheetId": "x"}
        status, reply = desk.call("POST", "/sheets/0:copyTo", body)

        assert status == 501
        assert reply["error"]["status"] == "UNIMPLEMENTED"

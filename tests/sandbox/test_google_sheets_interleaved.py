"""Any order of any requests: Google's shape of answer each time, and a spreadsheet that can be read.

The stand-in itself asserts that its replies conform to the discovery document.
"""

import io
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from sandbox.google_sheets.workbook_file import xlsx
from sandbox.page.charts import charts_of
from tests.sandbox.google_sheets_desk import BOOK, Desk, Json, grid_range, open_desk, put
from tests.sandbox.rich_sheet import CHARTS, LIST, rich_requests

# Some of what comes together this way is not modelled, and says so.
pytestmark = pytest.mark.bad_sheets_requests

TABS = (0, 7, CHARTS, LIST)
index = st.integers(0, 14)
tab = st.sampled_from(TABS)


@st.composite
def boxes(draw: st.DrawFn) -> Json:
    rows, columns = sorted((draw(index), draw(index))), sorted((draw(index), draw(index)))
    return grid_range(draw(tab), (rows[0], rows[1] + 1), (columns[0] % 9, columns[1] % 9 + 1))


@st.composite
def spans(draw: st.DrawFn) -> Json:
    start, end = sorted((draw(index), draw(index)))
    dimension = draw(st.sampled_from(("ROWS", "COLUMNS")))
    return {"sheetId": draw(tab), "dimension": dimension, "startIndex": start, "endIndex": end + 1}


def corner(box: Json) -> Json:
    return {
        "sheetId": box["sheetId"],
        "rowIndex": box["startRowIndex"],
        "columnIndex": box["startColumnIndex"],
    }


def titled(sheet_id: int, title: str) -> Json:
    properties = {"sheetId": sheet_id, "title": title}
    return {"updateSheetProperties": {"properties": properties, "fields": "title"}}


def kinds() -> st.SearchStrategy[Json]:
    """One request of a kind that changes where things are."""
    box, span = boxes(), spans()
    return st.one_of(
        span.map(lambda one: {"insertDimension": {"range": one}}),
        span.map(lambda one: {"deleteDimension": {"range": one}}),
        st.builds(
            lambda one, to: {"moveDimension": {"source": one, "destinationIndex": to}}, span, index
        ),
        span.map(lambda one: {"addDimensionGroup": {"range": one}}),
        span.map(lambda one: {"deleteDimensionGroup": {"range": one}}),
        box.map(lambda one: {"mergeCells": {"range": one, "mergeType": "MERGE_ROWS"}}),
        box.map(lambda one: {"unmergeCells": {"range": one}}),
        box.map(lambda one: {"setBasicFilter": {"filter": {"range": one}}}),
        st.builds(lambda a, b: {"copyPaste": {"source": a, "destination": b}}, box, box),
        st.builds(lambda a, b: {"cutPaste": {"source": a, "destination": corner(b)}}, box, box),
        box.map(lambda one: {"sortRange": {"range": one, "sortSpecs": []}}),
        tab.map(lambda one: {"deleteSheet": {"sheetId": one}}),
        tab.map(lambda one: {"duplicateSheet": {"sourceSheetId": one}}),
        st.builds(titled, tab, st.sampled_from(("План/факт", "Журнал", "a'b", "x" * 40))),
    )


def read(desk: Desk) -> dict[str, Any]:
    return desk.get(includeGridData="true")


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(asked=st.lists(kinds(), min_size=1, max_size=8))
def test_any_requests_in_any_order_leave_a_spreadsheet(asked: list[Json]) -> None:
    with open_desk("ru_RU") as desk:
        named = {"name": "Total", "range": grid_range(7, (0, 3), (0, 2))}
        desk.batch(
            put(7, 0, 0, [1, "=A1"], [2, "=SUM(A1:A3)"], ["x", "=Total"]),
            put(0, 0, 0, ["=Журнал!B2", "=SUM(Журнал!A:A)"]),
            *rich_requests(),
        )
        desk.batch({"addNamedRange": {"namedRange": named}})
        for one in asked:
            status, reply = desk.call("POST", ":batchUpdate", {"requests": [one]})
            assert status in (200, 400, 501), reply
            shown = read(desk)
            shelf = desk.standin.shelf(BOOK)
            for sheet in shelf.book.sheets:
                charts_of(shelf.reader, sheet)
        titles = [one["properties"]["title"] for one in shown["sheets"]]
        assert len(load_workbook(io.BytesIO(xlsx(shelf.book))).sheetnames) == len(titles)
        assert desk.standin.violations == []

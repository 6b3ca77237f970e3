"""Everything a person does in the browser, asked for as the page asks, seen as the API sees it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.google_sheets.wishes import DEEDS
from tests.sandbox.google_sheets_desk import BOOK, Desk, grid_range, open_desk, put

BAND = {"rowProperties": {"firstBandColor": {"red": 1}, "secondBandColor": {"green": 1}}}
RULE = {
    "ranges": [grid_range(7, (1, 4), (1, 2))],
    "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {"textFormat": {"bold": True}}},
}
CHOICE = {"condition": {"type": "BOOLEAN"}}
PLACE = {"overlayPosition": {"anchorCell": {"sheetId": 7, "rowIndex": 9, "columnIndex": 0}}}
CHART = {
    "basicChart": {
        "chartType": "COLUMN",
        "series": [{"series": {"sourceRange": {"sources": [grid_range(7, (0, 4), (1, 2))]}}}],
    }
}


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A tab with one of everything on it, all guarded by somebody else."""
    with open_desk("ru_RU") as opened:
        area = grid_range(7, (0, 4), (0, 2))
        opened.batch(
            put(7, 0, 0, ["№", "Сумма"], [1, 300], [2, 100], [3, 200]),
            {"addBanding": {"bandedRange": {"range": area, **BAND}}},
            {"addConditionalFormatRule": {"rule": RULE, "index": 0}},
            {"addFilterView": {"filter": {"title": "Все", "range": area}}},
            {"addChart": {"chart": {"spec": CHART, "position": PLACE}}},
            {"setDataValidation": {"range": grid_range(7, (1, 2), (3, 4)), "rule": CHOICE}},
        )
        opened.standin.protect(BOOK, "Журнал!A1:J100")
        yield opened


def wish(desk: Desk, do: str, **arguments: Any) -> int:
    url = f"{desk.base}/_standin/spreadsheets/{BOOK}/people"
    return desk.session.post(url, json={"do": do, **arguments}, timeout=5).status_code


def tab(desk: Desk) -> dict:
    return next(one for one in desk.get()["sheets"] if one["properties"]["sheetId"] == 7)


def test_a_note_moves_with_its_row_when_the_range_is_sorted(desk: Desk) -> None:
    assert wish(desk, "set_note", range="Журнал!B2", note="проверить") == 200
    assert wish(desk, "sort_range", range="Журнал!A2:B4", column=2) == 200

    cells = desk.get(ranges="Журнал!B2:B4", includeGridData="true")["sheets"][-1]["data"][0]
    notes = [row["values"][0].get("note") for row in cells["rowData"]]
    assert desk.plain("Журнал!A2:B4") == [[2, 100], [3, 200], [1, 300]]
    assert notes == [None, None, "проверить"]


def test_a_paste_is_read_as_typed_and_a_copy_takes_the_look_along(desk: Desk) -> None:
    assert wish(desk, "paste", range="Журнал!A2", rows=[["7", "1,5"], ["=B2*2", "текст"]]) == 200
    assert wish(desk, "fill", range="Журнал!A2", colour={"red": 1}) == 200
    assert wish(desk, "copy_block", range="Журнал!A2:B2", target="Журнал!A4:B4") == 200
    assert wish(desk, "clear", range="Журнал!B2") == 200

    assert desk.plain("Журнал!A2:B4") == [[7], [0, "текст"], [7, 1.5]]
    shown = desk.standin.shelf(BOOK).book.sheet(7).cell(3, 0).format
    assert shown is not None
    assert shown["backgroundColorStyle"] == {"rgbColor": {"red": 1}}


def test_columns_come_and_go_and_hide(desk: Desk) -> None:
    assert wish(desk, "insert_column", sheet="Журнал", column=1) == 200
    assert desk.plain("Журнал!A2:C2") == [["", 1, 300]]
    assert wish(desk, "delete_column", sheet="Журнал", column=1, count=2) == 200
    assert wish(desk, "hide_lines", sheet="Журнал", first=1) == 200

    assert desk.plain("Журнал!A2:A4") == [[300], [100], [200]]
    assert desk.standin.shelf(BOOK).book.sheet(7).column_sizes[0]["hiddenByUser"] is True


@pytest.mark.parametrize(
    ("do", "member"),
    [
        ("delete_chart", "charts"),
        ("delete_filter_view", "filterViews"),
        ("delete_conditional_format", "conditionalFormats"),
        ("delete_banding", "bandedRanges"),
        ("lift_protection", "protectedRanges"),
    ],
)
def test_objects_of_a_tab_are_deleted_past_the_protection(
    desk: Desk, do: str, member: str
) -> None:
    assert len(tab(desk)[member]) == 1

    assert wish(desk, do, sheet="Журнал") == 200

    assert member not in tab(desk)
    assert wish(desk, do, sheet="Журнал", number=3) == (200 if do == "lift_protection" else 400)


def test_a_drop_down_and_a_number_format_are_changed(desk: Desk) -> None:
    assert wish(desk, "drop_choice", range="Журнал!D2") == 200
    assert wish(desk, "format_cells", range="Журнал!B:B", kind="NUMBER", pattern="0.0") == 200

    sheet = desk.standin.shelf(BOOK).book.sheet(7)
    assert sheet.cell(1, 3).validation is None
    assert desk.read("Журнал!B2:B3") == [["300,0"], ["100,0"]]


def test_tabs_are_added_moved_hidden_and_frozen(desk: Desk) -> None:
    assert wish(desk, "add_tab", title="Моё") == 200
    assert wish(desk, "move_tab", sheet="Моё", place=1) == 200
    assert wish(desk, "move_tab", sheet="Sheet1", place=3) == 200
    assert wish(desk, "freeze", sheet="Журнал", rows=2, columns=1) == 200
    assert wish(desk, "hide_tab", sheet="Sheet1") == 200
    assert wish(desk, "duplicate_tab", sheet="Моё") == 200
    assert wish(desk, "merge", range="Моё!A1:B1") == 200
    assert wish(desk, "filter_all", range="Журнал!A1:B4") == 200

    shown = [one["properties"] for one in desk.get()["sheets"]]
    assert [one["title"] for one in shown] == ["Моё", "Copy of Моё", "Журнал", "Sheet1"]
    assert shown[2]["gridProperties"]["frozenRowCount"] == 2
    assert shown[3]["hidden"] is True
    assert wish(desk, "hide_tab", sheet="Sheet1", hidden=False) == 200
    assert "hidden" not in desk.get()["sheets"][3]["properties"]


def test_locale_zone_and_share_are_changed(desk: Desk) -> None:
    assert wish(desk, "change_locale", locale="en_US") == 200
    assert wish(desk, "change_zone", zone="Asia/Tokyo") == 200
    assert wish(desk, "set_share", access="denied") == 200
    assert desk.call("GET", "")[0] == 403
    assert wish(desk, "set_share", access="writer") == 200

    properties = desk.get()["properties"]
    assert (properties["locale"], properties["timeZone"]) == ("en_US", "Asia/Tokyo")


@pytest.mark.parametrize(
    "refused",
    [
        {"do": "rename_tab", "sheet": "Журнал", "title": "sheet1"},
        {"do": "change_locale", "locale": "xx_XX_xx"},
        {"do": "change_zone", "zone": "Луна"},
        {"do": "delete_row", "sheet": "Журнал", "row": 1, "count": 100},
        {"do": "freeze", "sheet": "Журнал", "rows": 100},
        {"do": "paste", "range": "Журнал!J100", "rows": [["1", "2"]]},
        {"do": "set_share", "access": "owner"},
        {"do": "delete_row", "sheet": "Журнал", "row": "1"},
        {"do": "set_note", "range": "Журнал!A1"},
    ],
)
def test_what_the_browser_refuses_changes_nothing(desk: Desk, refused: dict) -> None:
    before = desk.get(includeGridData="true")

    assert wish(desk, **refused) == 400

    assert desk.get(includeGridData="true") == before


def test_a_merged_range_cannot_be_sorted(desk: Desk) -> None:
    assert wish(desk, "merge", range="Журнал!A2:A3") == 200

    assert wish(desk, "sort_range", range="Журнал!A2:B4", column=2) == 400


def test_the_last_visible_tab_cannot_be_hidden_or_deleted(desk: Desk) -> None:
    assert wish(desk, "hide_tab", sheet="Sheet1") == 200

    assert wish(desk, "hide_tab", sheet="Журнал") == 400
    assert wish(desk, "delete_tab", sheet="Журнал") == 400


def test_every_deed_stands_in_this_file() -> None:
    done_elsewhere = {"insert_row", "delete_row", "edit_cell", "delete_tab", "rename_tab"}
    done_elsewhere |= {"protect"}

    text = Path(__file__).read_text(encoding="utf-8")

    assert {name for name in DEEDS if f'"{name}"' not in text} <= done_elsewhere

from collections.abc import Iterator

import pytest

from tests.sandbox.google_sheets_desk import Desk, Json, grid_range, open_desk, put

HEAD = grid_range(7, (0, 1), (0, 2))
BORDER = {"style": "SOLID", "colorStyle": {"rgbColor": {}}}


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk() as opened:
        yield opened
        assert opened.standin.violations == []


def copy(source: Json, destination: Json, kind: str = "PASTE_NORMAL") -> Json:
    return {"copyPaste": {"source": source, "destination": destination, "pasteType": kind}}


def cut(source: Json, row: int, column: int, sheet: int = 7, kind: str = "PASTE_NORMAL") -> Json:
    to = {"sheetId": sheet, "rowIndex": row, "columnIndex": column}
    return {"cutPaste": {"source": source, "destination": to, "pasteType": kind}}


def look(desk: Desk, cell: str) -> Json:
    data = desk.get(ranges=cell, includeGridData="true")["sheets"][0]["data"][0]
    rows = data.get("rowData") or [{}]
    return (rows[0].get("values") or [{}])[0]


def test_a_copied_block_brings_its_merges_and_repeats(desk: Desk) -> None:
    desk.batch(
        put(7, 0, 0, ["x", None]),
        {"mergeCells": {"range": HEAD, "mergeType": "MERGE_ALL"}},
        copy(HEAD, grid_range(7, (2, 4), (0, 2))),
    )

    merges = desk.get()["sheets"][1]["merges"]
    assert merges == [HEAD, grid_range(7, (2, 3), (0, 2)), grid_range(7, (3, 4), (0, 2))]
    assert desk.plain("Журнал!A1:A4") == [["x"], [], ["x"], ["x"]]


def test_a_copied_colour_rule_reaches_further(desk: Desk) -> None:
    condition = {"type": "NOT_BLANK"}
    rule = {"condition": condition, "format": {"backgroundColor": {"red": 1}}}
    wanted = {"ranges": [grid_range(7, (0, 1), (0, 1))], "booleanRule": rule}
    asked = copy(grid_range(7, (0, 1), (0, 1)), grid_range(7, (5, 6), (0, 1)))
    asked["copyPaste"]["pasteType"] = "PASTE_CONDITIONAL_FORMATTING"
    desk.batch(put(7, 0, 0, ["x"]), {"addConditionalFormatRule": {"rule": wanted}}, asked)

    [kept] = desk.get()["sheets"][1]["conditionalFormats"]
    assert kept["ranges"][1:] == [grid_range(7, (5, 6), (0, 1))]
    # Only the rule was pasted, not the text.
    assert desk.plain("Журнал!A6") == []


def test_borders_stay_at_home_when_asked(desk: Desk) -> None:
    cell = {"userEnteredFormat": {"borders": {"top": BORDER}, "textFormat": {"bold": True}}}
    desk.batch(
        {"repeatCell": {"range": HEAD, "cell": cell, "fields": "userEnteredFormat"}},
        copy(HEAD, grid_range(7, (3, 4), (0, 2)), "PASTE_NO_BORDERS"),
    )

    assert look(desk, "Журнал!A4")["userEnteredFormat"] == {"textFormat": {"bold": True}}


def test_what_is_cut_is_followed_by_whatever_looked_at_it(desk: Desk) -> None:
    named = {"namedRangeId": "n", "name": "Total", "range": grid_range(7, (0, 2), (0, 1))}
    desk.batch(
        put(7, 0, 0, [1, "=A1+D9"], [2]),
        put(0, 0, 0, ["=SUM(Журнал!A1:A2)", "=Журнал!A1", "=Журнал!A1:A5", "=Total"]),
        {"addNamedRange": {"namedRange": named}},
        cut(grid_range(7, (0, 2), (0, 2)), 10, 3),
    )

    assert desk.formulas("Журнал!A1:B2") == []
    # Inside the block too: a cell of it is followed, another one is still looked at.
    assert desk.formulas("Журнал!D11:E11") == [[1, "=D11+D9"]]
    shown = ["=SUM('Журнал'!D11:D12)", "='Журнал'!D11", "=Журнал!A1:A5", "=Total"]
    assert desk.formulas("Sheet1!A1:D1") == [shown]
    assert desk.get()["namedRanges"][0]["range"] == grid_range(7, (10, 12), (3, 4))


def test_a_formula_cut_to_another_tab_still_looks_home(desk: Desk) -> None:
    desk.batch(put(7, 0, 0, ["=B1*2", 4]), cut(grid_range(7, (0, 1), (0, 1)), 0, 0, sheet=0))

    assert desk.plain("Sheet1!A1") == [[8]]
    assert desk.formulas("Sheet1!A1") == [["='Журнал'!B1*2"]]


def test_all_is_cut_whatever_is_pasted(desk: Desk) -> None:
    cell = {"userEnteredFormat": {"textFormat": {"bold": True}}, "note": "n"}
    desk.batch(
        put(7, 0, 0, ["=1+1"]),
        {"repeatCell": {"range": HEAD, "cell": cell, "fields": "userEnteredFormat,note"}},
        cut(HEAD, 5, 0, kind="PASTE_VALUES"),
    )

    assert look(desk, "Журнал!A1") == {}
    assert desk.formulas("Журнал!A6") == [[2]]
    assert "userEnteredFormat" not in look(desk, "Журнал!A6")


def test_merged_cells_are_never_torn(desk: Desk) -> None:
    desk.batch({"mergeCells": {"range": HEAD, "mergeType": "MERGE_ALL"}})
    half = grid_range(7, (0, 1), (0, 1))

    assert "a part of merged cells" in desk.refused(cut(half, 5, 5))
    assert "a part of merged cells" in desk.refused(copy(grid_range(7, (8, 9), (0, 1)), half))

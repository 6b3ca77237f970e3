"""Conditional formats and banding as a person sees them, and the rules Google refuses."""

from collections.abc import Iterator

import pytest

from tests.sandbox.google_sheets_desk import BOOK, Desk, Json, grid_range, open_desk, put

RED: Json = {"red": 1}
GREY: Json = {"red": 0.5, "green": 0.5, "blue": 0.5}


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk("ru_RU") as opened:
        yield opened


def rule(kind: str, *values: str) -> Json:
    shown = [{"userEnteredValue": value} for value in values]
    condition = {"type": kind, **({"values": shown} if shown else {})}
    boolean = {"condition": condition, "format": {"backgroundColor": RED}}
    return {
        "addConditionalFormatRule": {
            "rule": {"ranges": [grid_range(0, (0, 9), (0, 1))], "booleanRule": boolean}
        }
    }


def red_rows(desk: Desk) -> list[int]:
    url = f"{desk.base}/_standin/spreadsheets/{BOOK}/grid?sheet=Sheet1"
    cells = desk.session.get(url, timeout=5).json()["sheets"][0]["cells"]
    return [cell["row"] for cell in cells if cell.get("format", {}).get("backgroundColor") == RED]


@pytest.mark.parametrize(
    ("kind", "values", "rows"),
    [
        ("NUMBER_LESS", ["0"], [0]),
        ("NUMBER_BETWEEN", ["-5", "2,5"], [0, 1]),
        ("NUMBER_GREATER_THAN_EQ", ["=B1"], [1, 2]),
        ("TEXT_CONTAINS", ["ИВАН"], [3]),
        ("TEXT_NOT_CONTAINS", ["ва"], [0, 1, 2]),
        ("TEXT_STARTS_WITH", ["ив"], [3]),
        ("TEXT_ENDS_WITH", ["ов"], [3]),
        ("TEXT_EQ", ["иванов"], [3]),
        ("NUMBER_GREATER", ["2"], [2]),
        ("NUMBER_LESS_THAN_EQ", ["2"], [0, 1]),
        ("NUMBER_EQ", ["2"], [1]),
        ("NUMBER_NOT_EQ", ["2"], [0, 2]),
        ("NUMBER_NOT_BETWEEN", ["0", "2"], [0, 2]),
        ("NUMBER_LESS", ["ноль"], []),
        ("NOT_BLANK", [], [0, 1, 2, 3]),
        ("CUSTOM_FORMULA", ["=A1=$B$1*2"], [1]),
        ("CUSTOM_FORMULA", ["=AND(ISNUMBER(A1);A1>0)"], [1, 2]),
    ],
)
def test_a_rule_colours_the_cells_it_holds_for(
    desk: Desk, kind: str, values: list[str], rows: list[int]
) -> None:
    desk.batch(put(0, 0, 0, [-1], [2], [3], ["Иванов"]), put(0, 0, 1, [1], [1], [1], [1]))
    desk.batch(rule(kind, *values))

    assert red_rows(desk) == rows


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (rule("CUSTOM_FORMULA", "=Журнал!A1>0"), "cannot reference a different sheet"),
        (rule("CUSTOM_FORMULA", "A1>0"), "Invalid ConditionValue.userEnteredValue: A1>0"),
        (rule("CUSTOM_FORMULA", "=SUM(A1,B1)"), "Invalid ConditionValue.userEnteredValue"),
        (rule("NUMBER_BETWEEN", "1"), "requires exactly 2 values"),
    ],
)
def test_a_rule_google_cannot_read_is_refused(desk: Desk, asked: Json, words: str) -> None:
    assert words in desk.refused(asked)


def test_bands_lie_below_the_cells_own_colour(desk: Desk) -> None:
    one = grid_range(0, (1, 2), (0, 1))
    colour = {"userEnteredFormat": {"backgroundColor": RED}}
    band = {"headerColor": GREY, "firstBandColor": {"green": 1}, "secondBandColor": {"blue": 1}}
    banded = {"range": grid_range(0, (0, 4), (0, 1)), "rowProperties": band}
    desk.batch(
        put(0, 0, 0, ["head"], [1], [2], [3]),
        {"addBanding": {"bandedRange": banded}},
        {"repeatCell": {"range": one, "cell": colour, "fields": "userEnteredFormat"}},
    )

    shown = desk.get(
        ranges="Sheet1!A1:A4", fields="sheets.data.rowData.values.effectiveFormat.backgroundColor"
    )
    rows = shown["sheets"][0]["data"][0]["rowData"]
    colours = [row["values"][0]["effectiveFormat"]["backgroundColor"] for row in rows]
    assert colours == [GREY, RED, {"blue": 1}, {"green": 1}]


def test_a_formulas_error_is_no_text(desk: Desk) -> None:
    desk.batch(put(0, 0, 0, ["=1/0"]), rule("TEXT_CONTAINS", "DIV"))

    assert red_rows(desk) == []


def test_a_footer_and_a_conditions_text_format_are_shown(desk: Desk) -> None:
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    asked = rule("NOT_BLANK")
    boolean = asked["addConditionalFormatRule"]["rule"]["booleanRule"]
    boolean["format"] = {"textFormat": {"italic": True}}
    band = {"firstBandColor": RED, "footerColor": GREY}
    one = grid_range(0, (1, 2), (0, 1))
    desk.batch(
        put(0, 0, 0, [1], [2]),
        {
            "addBanding": {
                "bandedRange": {"range": grid_range(0, (0, 2), (0, 1)), "rowProperties": band}
            }
        },
        {"repeatCell": {"range": one, "cell": bold, "fields": "userEnteredFormat"}},
        asked,
    )

    url = f"{desk.base}/_standin/spreadsheets/{BOOK}/grid?sheet=Sheet1"
    first, last = desk.session.get(url, timeout=5).json()["sheets"][0]["cells"]
    assert first["format"]["backgroundColor"] == RED
    assert last["format"]["backgroundColor"] == GREY
    assert last["format"]["textFormat"] == {"bold": True, "italic": True}


def test_a_list_from_a_range_that_is_not_there_is_refused(desk: Desk) -> None:
    condition = {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "=Нет!A1:A9"}]}
    where = grid_range(0, (0, 1), (0, 1))

    message = desk.refused(
        {"setDataValidation": {"range": where, "rule": {"condition": condition}}}
    )

    assert "Unable to parse range" in message

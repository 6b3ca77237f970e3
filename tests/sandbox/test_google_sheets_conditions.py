"""What conditions may say where, when they hold, and the colours they give."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.sandbox.google_sheets_desk import Desk, Json, grid_range, open_desk, put

BLOCK = grid_range(0, (0, 5), (0, 1))
RED, GREEN = {"red": 1}, {"green": 1}


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk("ru_RU") as opened:
        yield opened


def colour_rule(kind: str, values: list[Json]) -> Json:
    condition = {"type": kind, "values": values}
    rule = {"condition": condition, "format": {"backgroundColor": RED}}
    return {"addConditionalFormatRule": {"rule": {"ranges": [BLOCK], "booleanRule": rule}}}


def validation(kind: str, values: list[str]) -> Json:
    condition = {"type": kind, "values": [{"userEnteredValue": one} for one in values]}
    return {"setDataValidation": {"range": BLOCK, "rule": {"condition": condition}}}


def scale(**points: Json) -> Json:
    wanted = {"ranges": [BLOCK], "gradientRule": points}
    return {"addConditionalFormatRule": {"rule": wanted}}


def fills(desk: Desk) -> list[Any]:
    shown = desk.get(ranges="Sheet1!A1:A5", includeGridData="true")["sheets"][0]["data"][0]
    white = {"red": 1, "green": 1, "blue": 1}
    found = [
        one["values"][0]["effectiveFormat"]["backgroundColor"] if one.get("values") else white
        for one in shown["rowData"]
    ]
    return [None if one == white else one for one in found]


# The desk's day is 1 March 2026, serial 46082.
@pytest.mark.parametrize(
    ("kind", "value", "rows"),
    [
        ("DATE_BEFORE", {"relativeDate": "TODAY"}, [0, 1, 2]),
        ("DATE_AFTER", {"relativeDate": "PAST_WEEK"}, [2, 3, 4]),
        ("DATE_AFTER", {"relativeDate": "PAST_MONTH"}, [1, 2, 3, 4]),
        ("DATE_BEFORE", {"relativeDate": "PAST_YEAR"}, []),
        ("DATE_EQ", {"userEnteredValue": "01.03.2026"}, [3]),
        ("DATE_AFTER", {"relativeDate": "TOMORROW"}, []),
        ("DATE_BEFORE", {"relativeDate": "YESTERDAY"}, [0, 1]),
    ],
)
def test_days_are_compared_whole(desk: Desk, kind: str, value: Json, rows: list[int]) -> None:
    days = [[45992], [46070], [46081.5], [46082.25], [46083]]
    desk.batch(put(0, 0, 0, *days), colour_rule(kind, [value]))

    assert [row for row, fill in enumerate(fills(desk)) if fill] == rows


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (colour_rule("ONE_OF_LIST", []), "ONE_OF_LIST is not supported by conditional formatting"),
        (colour_rule("TEXT_IS_EMAIL", []), "not supported by conditional formatting"),
        (colour_rule("TEXT_NOT_EQ", [{"userEnteredValue": "a"}]), "not supported by"),
        (colour_rule("NUMBER_EQ", []), "requires exactly 1 values"),
        (colour_rule("NUMBER_EQ", [{"relativeDate": "TODAY"}]), "Relative dates"),
        (colour_rule("NUMBER_EQ", [{}]), "userEnteredValue must be set"),
        (validation("TEXT_STARTS_WITH", ["a"]), "not supported by data validation"),
        (validation("BOOLEAN", ["a", "b", "c"]), "requires exactly 0 or 1 or 2 values"),
        (validation("ONE_OF_RANGE", ["=Нет!A1:A2"]), "Unable to parse range"),
        (scale(minpoint={"type": "MIN", "color": RED}), "GradientRule.maxpoint must be set."),
        (scale(minpoint={"color": RED}, maxpoint={"type": "MAX"}), "must have a type"),
        (scale(minpoint={"type": "NUMBER"}, maxpoint={"type": "MAX"}), "must have a value"),
    ],
)
def test_a_condition_that_cannot_stand_there_is_refused(
    desk: Desk, asked: Json, words: str
) -> None:
    assert words in desk.refused(asked)


@pytest.mark.parametrize(
    ("points", "seen"),
    [
        (
            {
                "minpoint": {"type": "MIN", "color": RED},
                "maxpoint": {"type": "MAX", "color": GREEN},
            },
            [RED, {"red": 0.75, "green": 0.25}, {"red": 0.5, "green": 0.5}, None, GREEN],
        ),
        (
            {
                "minpoint": {"type": "NUMBER", "value": "100", "color": RED},
                "maxpoint": {"type": "PERCENT", "value": "100", "color": GREEN},
            },
            [RED, RED, RED, None, GREEN],
        ),
        (
            {
                "minpoint": {"type": "MIN", "color": GREEN},
                "midpoint": {"type": "PERCENTILE", "value": "50", "color": RED},
                "maxpoint": {"type": "MAX", "color": GREEN},
            },
            # The median of 0, 50, 100 and 200 is 75.
            [GREEN, {"red": 2 / 3, "green": 1 / 3}, {"red": 0.8, "green": 0.2}, None, GREEN],
        ),
    ],
)
def test_a_colour_scale_mixes_between_its_points(
    desk: Desk, points: dict[str, Json], seen: list[Any]
) -> None:
    desk.batch(put(0, 0, 0, [0], [50], [100], ["нет"], [200]), scale(**points))

    found = fills(desk)
    for wanted, got in zip(seen, found, strict=True):
        assert got == (None if wanted is None else pytest.approx(wanted))


def test_column_bands_come_after_row_bands_of_the_same_rank(desk: Desk) -> None:
    bands = {
        "bandedRangeId": 1,
        "range": grid_range(0, (0, 2), (0, 2)),
        "rowProperties": {"firstBandColor": RED, "secondBandColor": GREEN},
        "columnProperties": {"firstBandColor": {"blue": 1}, "secondBandColor": {}},
    }
    desk.batch(put(0, 0, 0, [1, 1], [1, 1]), {"addBanding": {"bandedRange": bands}})

    shown = desk.get(ranges="Sheet1!A1:B2", includeGridData="true")["sheets"][0]["data"][0]
    rows = [
        [one["effectiveFormat"]["backgroundColor"] for one in row["values"]]
        for row in shown["rowData"]
    ]
    # The document: the first column's colour takes priority over the second row's.
    assert rows == [[RED, RED], [{"blue": 1}, GREEN]]

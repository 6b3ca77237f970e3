"""Objects that are kept and shown again: protections, filters, bandings, charts, rules."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.sandbox.google_sheets_desk import Desk, Json, grid_range, open_desk


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk() as opened:
        yield opened


def sheet(desk: Desk, sheet_id: int = 0) -> Json:
    return next(one for one in desk.get()["sheets"] if one["properties"]["sheetId"] == sheet_id)


OBJECTS: list[tuple[Json, str, str]] = [
    (
        {
            "addProtectedRange": {
                "protectedRange": {"range": {"sheetId": 7}, "editors": {"users": ["a@b.c"]}}
            }
        },
        "protectedRanges",
        "protectedRangeId",
    ),
    (
        {
            "addFilterView": {
                "filter": {"filterViewId": 5, "title": "Мои", "range": {"sheetId": 7}}
            }
        },
        "filterViews",
        "filterViewId",
    ),
    (
        {
            "addBanding": {
                "bandedRange": {
                    "bandedRangeId": 6,
                    "range": grid_range(7, (0, 9), (0, 3)),
                    "rowProperties": {"firstBandColor": {"red": 1}},
                }
            }
        },
        "bandedRanges",
        "bandedRangeId",
    ),
]


@pytest.mark.parametrize(("asked", "member", "key"), OBJECTS)
def test_objects_are_kept_and_shown_again(desk: Desk, asked: Json, member: str, key: str) -> None:
    [reply] = desk.batch(asked)

    [kept] = sheet(desk, 7)[member]
    [added] = next(iter(reply.values())).values()
    assert kept[key] == added[key]


def chart(first: int, last: int) -> Json:
    source = {"sourceRange": {"sources": [grid_range(7, (0, 5), (first, last))]}}
    basic: dict[str, Any] = {
        "chartType": "COLUMN",
        "series": [{"series": source, "targetAxis": "LEFT_AXIS"}],
    }
    anchor = {"overlayPosition": {"anchorCell": {"sheetId": 0, "rowIndex": 1}}}
    return {
        "addChart": {"chart": {"chartId": 9, "spec": {"basicChart": basic}, "position": anchor}}
    }


def test_a_chart_keeps_its_id_its_sources_and_its_place(desk: Desk) -> None:
    move = {"overlayPosition": {"anchorCell": {"sheetId": 0, "columnIndex": 3}}}
    desk.batch(chart(0, 1))
    desk.batch(
        {
            "updateEmbeddedObjectPosition": {
                "objectId": 9,
                "newPosition": move,
                "fields": "anchorCell",
            }
        }
    )

    [kept] = sheet(desk)["charts"]
    assert kept["chartId"] == 9
    assert kept["position"]["overlayPosition"]["anchorCell"] == {"columnIndex": 3}
    desk.batch({"deleteEmbeddedObject": {"objectId": 9}})
    assert "charts" not in sheet(desk)


def test_a_chart_over_a_block_or_with_a_used_id_is_refused(desk: Desk) -> None:
    desk.refused(chart(0, 2))
    desk.batch(chart(0, 1))

    assert "already in use" in desk.refused(chart(0, 1))


def test_conditional_formats_have_an_order(desk: Desk) -> None:
    def rule(colour: str) -> Json:
        condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=$A1<0"}]}
        return {
            "ranges": [grid_range(0, (0, 9), (0, 1))],
            "booleanRule": {"condition": condition, "format": {"backgroundColor": {colour: 1}}},
        }

    desk.batch(
        {"addConditionalFormatRule": {"rule": rule("red"), "index": 0}},
        {"addConditionalFormatRule": {"rule": rule("green"), "index": 0}},
    )
    [reply] = desk.batch({"deleteConditionalFormatRule": {"sheetId": 0, "index": 0}})

    gone = reply["deleteConditionalFormatRule"]["rule"]
    assert gone["booleanRule"]["format"]["backgroundColor"] == {"green": 1}
    [left] = sheet(desk)["conditionalFormats"]
    assert left["booleanRule"]["format"]["backgroundColor"] == {"red": 1}

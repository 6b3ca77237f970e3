from collections.abc import Iterator

import pytest

from tests.sandbox.google_sheets_desk import BOOK, Desk, Json, grid_range, open_desk, put

REFUSED = "You are trying to edit a protected cell or object."


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk() as opened:
        opened.batch(put(7, 3, 0, ["x", "=A9"], ["y"]), put(7, 8, 0, [5]))
        opened.standin.protect(BOOK, "Журнал!A4:B5")
        yield opened


def lines(kind: str, start: int, end: int) -> Json:
    span = {"sheetId": 7, "dimension": "ROWS", "startIndex": start, "endIndex": end}
    return {kind: {"range": span}}


@pytest.mark.parametrize(
    "asked",
    [
        put(7, 3, 1, ["z"]),
        lines("insertDimension", 4, 5),
        lines("deleteDimension", 4, 5),
        {"deleteSheet": {"sheetId": 7}},
        {"sortRange": {"range": grid_range(7, (0, 9), (0, 1)), "sortSpecs": [{}]}},
        {
            "findReplace": {
                "find": "x",
                "replacement": "z",
                "sheetId": 7,
            }
        },
    ],
)
def test_what_reaches_into_somebody_elses_range_is_refused(desk: Desk, asked: Json) -> None:
    status, reply = desk.call("POST", ":batchUpdate", {"requests": [asked]})

    assert (status, reply["error"]["message"][: len(REFUSED)]) == (400, REFUSED)
    assert desk.formulas("Журнал!A4:B5") == [["x", "=A9"], ["y"]]


@pytest.mark.parametrize(
    "asked",
    [
        put(7, 5, 0, ["z"]),
        # The range moves down, and its formula follows the cell it looks at.
        lines("insertDimension", 0, 2),
        lines("insertDimension", 6, 7),
        {"updateSheetProperties": {"properties": {"sheetId": 7, "index": 0}, "fields": "index"}},
    ],
)
def test_what_happens_around_it_is_allowed(desk: Desk, asked: Json) -> None:
    desk.batch(asked)

    [kept] = next(one for one in desk.get()["sheets"] if "protectedRanges" in one)[
        "protectedRanges"
    ]
    assert kept["range"]["endRowIndex"] - kept["range"]["startRowIndex"] == 2


def test_free_cells_of_a_protected_tab_may_be_written(desk: Desk) -> None:
    desk.standin.lift_protection(BOOK, "Журнал")
    desk.standin.protect(BOOK, "Журнал!A1:J100")
    [protected] = desk.standin.shelf(BOOK).book.sheet(7).protected_ranges
    protected["unprotectedRanges"] = [grid_range(7, (20, 21), (0, 1))]

    desk.batch(put(7, 20, 0, ["free"]))
    assert REFUSED in desk.refused(put(7, 20, 0, ["free", "not free"]))

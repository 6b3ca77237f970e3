"""Values that move about: sorted, copied, found and replaced."""

from collections.abc import Iterator

import pytest

from tests.sandbox.google_sheets_desk import Desk, grid_range, open_desk, put


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk() as opened:
        yield opened
        assert opened.standin.violations == []
        assert opened.standin.not_modelled == []


def test_sorting_puts_numbers_text_and_truth_in_googles_order(desk: Desk) -> None:
    values = [[True], ["b"], [2], [None], ["A"], [False], [1]]
    sort = {"range": grid_range(0, (0, 7), (0, 1)), "sortSpecs": [{"sortOrder": "ASCENDING"}]}

    desk.batch(put(0, 0, 0, *values), {"sortRange": sort})

    assert desk.plain("Sheet1!A1:A7") == [[1], [2], ["A"], ["b"], [False], [True]]


def test_found_text_is_replaced_and_counted(desk: Desk) -> None:
    wanted = {"find": "иванов", "replacement": "Петров", "sheetId": 0}
    _, reply = desk.batch(
        put(0, 0, 0, ["Иванов и Иванов", "x"], ["иванов", 1]), {"findReplace": wanted}
    )

    assert reply["findReplace"] == {
        "valuesChanged": 2,
        "rowsChanged": 2,
        "sheetsChanged": 1,
        "occurrencesChanged": 3,
    }


def test_copied_values_leave_formulas_behind(desk: Desk) -> None:
    source = grid_range(0, (0, 1), (0, 1))
    to = {"source": source, "destination": grid_range(0, (0, 2), (1, 3))}
    desk.batch(put(0, 0, 0, ["=1+1"]), {"copyPaste": {**to, "pasteType": "PASTE_VALUES"}})

    assert desk.formulas("Sheet1!A1:C2") == [["=1+1", 2, 2], ["", 2, 2]]


def test_a_copy_can_be_turned_and_can_take_only_a_part(desk: Desk) -> None:
    source = grid_range(0, (0, 1), (0, 2))
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    below = {"source": source, "destination": grid_range(0, (2, 3), (0, 1))}
    desk.batch(
        put(0, 0, 0, [1, "=A1*2"]),
        {"repeatCell": {"range": source, "cell": bold, "fields": "userEnteredFormat"}},
        {"copyPaste": {**below, "pasteOrientation": "TRANSPOSE"}},
        {
            "copyPaste": {
                "source": source,
                "destination": grid_range(0, (5, 6), (0, 1)),
                "pasteType": "PASTE_FORMAT",
            }
        },
        {
            "copyPaste": {
                "source": source,
                "destination": grid_range(0, (7, 8), (0, 1)),
                "pasteType": "PASTE_FORMULA",
            }
        },
    )

    assert desk.formulas("Sheet1!A3:A4") == [[1], ["=#REF!*2"]]
    assert desk.read("Sheet1!A6:B6") == []
    assert desk.formulas("Sheet1!A8:B8") == [[1, "=A8*2"]]


def test_found_text_in_formulas_and_by_pattern(desk: Desk) -> None:
    where = grid_range(0, (0, 3), (0, 1))
    everywhere = {"find": r"(\d)x", "replacement": "$1y", "searchByRegex": True}
    _, formulas, pattern, whole = desk.batch(
        put(0, 0, 0, ["=SUM(B1:B9)"], ["1x 2x"], ["abc"]),
        {
            "findReplace": {
                "find": "B9",
                "replacement": "B8",
                "range": where,
                "includeFormulas": True,
            }
        },
        {"findReplace": {**everywhere, "allSheets": True}},
        {"findReplace": {"find": "ab", "matchEntireCell": True, "matchCase": True, "sheetId": 0}},
    )

    assert formulas["findReplace"]["formulasChanged"] == 1
    assert pattern["findReplace"]["occurrencesChanged"] == 2
    assert whole["findReplace"] == {}
    assert desk.formulas("Sheet1!A1:A3") == [["=SUM(B1:B8)"], ["1y 2y"], ["abc"]]


def test_words_are_sorted_as_in_a_dictionary(desk: Desk) -> None:
    words = ["Жук", "еля", "ёжик", "Ель", "ежа"]
    asked = {
        "range": grid_range(7, (0, 5), (0, 1)),
        "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}],
    }
    desk.batch(put(7, 0, 0, *([word] for word in words)), {"sortRange": asked})

    assert desk.plain("Журнал!A1:A5") == [["ежа"], ["ёжик"], ["Ель"], ["еля"], ["Жук"]]

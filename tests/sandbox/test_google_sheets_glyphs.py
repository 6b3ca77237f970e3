import pytest

from sandbox.google_sheets.glyphs import text_width
from tests.sandbox.google_sheets_desk import open_desk, put


def test_the_width_that_was_recorded_from_the_real_api_comes_out() -> None:
    assert text_width("A" * 1024) == 8691


def test_an_empty_text_is_padding_only_and_the_longest_line_counts() -> None:
    assert text_width("") == 7
    assert text_width("A\nAA\nA") == text_width("AA")


@pytest.mark.parametrize(("narrow", "wide"), [("iiii", "WWWW"), ("г", "ж"), ("1", "№")])
def test_letters_have_their_own_widths(narrow: str, wide: str) -> None:
    assert text_width(narrow) < text_width(wide)


def test_bigger_and_bolder_text_needs_more() -> None:
    usual = text_width("Выручка")

    assert text_width("Выручка", bold=True) > usual
    # Twenty points are 26 pixels, ten are 13.
    assert text_width("Выручка", points=20) - 7 == pytest.approx((usual - 7) * 2, abs=1)


def test_columns_are_resized_to_their_widest_cell() -> None:
    span = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 2}
    with open_desk() as desk:
        desk.batch(
            put(0, 0, 0, ["short"], ["a much longer text"]),
            {"autoResizeDimensions": {"dimensions": span}},
        )
        shown = desk.get(fields="sheets(data(columnMetadata(pixelSize)))")

    columns = shown["sheets"][0]["data"][0]["columnMetadata"]
    # An empty column keeps the usual width.
    assert [one["pixelSize"] for one in columns[:2]] == [text_width("a much longer text"), 100]

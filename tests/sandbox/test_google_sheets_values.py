"""values.*: the append that drifts, what typing makes of a text, how numbers and dates are shown."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.google_sheets.a1 import Box, box_a1, column_letters, column_number, read_a1
from sandbox.google_sheets.model import EMPTY
from sandbox.google_sheets.numbers import from_serial, show_number, show_plain, to_serial
from sandbox.google_sheets.typed import enter
from tests.sandbox.google_sheets_desk import Desk, open_desk, put


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk() as opened:
        yield opened


def append(desk: Desk, text: str, *rows: list, **query: str) -> dict:
    options = {"valueInputOption": "RAW", **query}
    status, reply = desk.call("POST", f"/values/{text}:append", {"values": list(rows)}, **options)
    assert status == 200, reply
    return reply


def test_a_row_with_a_gap_makes_the_next_append_drift(desk: Desk) -> None:
    append(desk, "Sheet1", ["x", "", "y"])
    drifted = append(desk, "Sheet1", ["x", "", "y"])

    assert drifted["updates"]["updatedRange"] == "Sheet1!C2:E2"


def test_an_append_overwrites_what_stands_below_the_table(desk: Desk) -> None:
    desk.batch(put(0, 0, 0, ["head"]), put(0, 2, 0, ["note below"]))

    append(desk, "Sheet1!A1", ["one"], ["two"])

    assert desk.read("Sheet1!A1:A3") == [["head"], ["one"], ["two"]]


def test_an_append_that_inserts_moves_what_stands_below(desk: Desk) -> None:
    desk.batch(put(0, 0, 0, ["head"]), put(0, 2, 0, ["note below"]))

    append(desk, "Sheet1!A1", ["one"], ["two"], insertDataOption="INSERT_ROWS")

    assert desk.read("Sheet1!A1:A5") == [["head"], ["one"], ["two"], [], ["note below"]]


def test_an_append_to_a_full_grid_adds_rows(desk: Desk) -> None:
    desk.batch(put(0, 99, 0, ["last"]))

    append(desk, "Sheet1!A100", ["more"])

    assert desk.get()["sheets"][0]["properties"]["gridProperties"]["rowCount"] == 101


def test_null_skips_a_cell_and_an_empty_text_clears_it(desk: Desk) -> None:
    desk.type_in("Sheet1!A1", ["a", "b", "c"])

    reply = desk.type_in("Sheet1!A1", [None, "", "z"])

    assert desk.read("Sheet1!A1:C1") == [["a", "", "z"]]
    assert reply["updatedCells"] == 2


def test_values_bigger_than_their_range_are_refused(desk: Desk) -> None:
    status, reply = desk.call(
        "PUT", "/values/Sheet1!A1:B1", {"values": [[1], [2]]}, valueInputOption="RAW"
    )

    assert status == 400
    assert "tried writing to row [2]" in reply["error"]["message"]


def test_a_write_without_an_input_option_is_refused(desk: Desk) -> None:
    status, reply = desk.call("PUT", "/values/Sheet1!A1", {"values": [[1]]})

    assert status == 400
    assert "valueInputOption" in reply["error"]["message"]


@pytest.mark.parametrize("text", ["Нет!A1", "A0", "Sheet1!A1:B2:C3", "Sheet1!1A"])
def test_a_range_nobody_can_read_is_refused(desk: Desk, text: str) -> None:
    status, reply = desk.call("GET", f"/values/{text}")

    assert status == 400
    assert reply["error"]["message"] == f"Unable to parse range: {text}"


def test_a_range_outside_the_grid_is_refused(desk: Desk) -> None:
    status, reply = desk.call("GET", "/values/Sheet1!A101")

    assert status == 400
    assert reply["error"]["message"] == (
        "Range (Sheet1!A101) exceeds grid limits. Max rows: 100, max columns: 10"
    )


def test_a_failed_batch_of_values_leaves_nothing(desk: Desk) -> None:
    data = [{"range": "Sheet1!A1", "values": [[1]]}, {"range": "Нет!A1", "values": [[1]]}]

    status, _ = desk.call("POST", "/values:batchUpdate", {"valueInputOption": "RAW", "data": data})

    assert status == 400
    assert desk.read("Sheet1!A1") == []


@pytest.mark.parametrize(
    ("locale", "text", "value", "pattern"),
    [
        ("en_US", "1,234.50", 1234.5, "#,##0.00"),
        ("ru_RU", "1234,5", 1234.5, None),
        ("ru_RU", "1\u00a0234,50", 1234.5, "#,##0.00"),
        ("ru_RU", "12.03.2026", 46093, "dd.mm.yyyy"),
        ("en_US", "3/12/2026", 46093, "M/d/yyyy"),
        ("ru_RU", "1.5", "1.5", None),
        ("en_US", "12%", 0.12, "0%"),
        ("en_US", "001", 1, None),
        ("en_US", "'001", "001", None),
        ("en_US", "true", True, None),
        ("en_US", "2026-02-30", "2026-02-30", None),
        ("en_US", "+", "+", None),
        ("en_US", "1.5E3", 1500.0, "0.00E+00"),
        ("en_US", "12.03.2026", "12.03.2026", None),
        ("en_US", "3_1_0", "3_1_0", None),
    ],
)
def test_typing_makes_of_a_text(
    locale: str, text: str, value: object, pattern: str | None
) -> None:
    cell = enter(EMPTY, text, locale)

    assert cell.value == value
    assert type(cell.value) is type(value)
    assert ((cell.format or {}).get("numberFormat") or {}).get("pattern") == pattern


@pytest.mark.parametrize(
    ("number", "pattern", "locale", "shown"),
    [
        (1234567.891, "#,##0.00", "en_US", "1,234,567.89"),
        (1234567.891, "#,##0.00", "ru_RU", "1\u00a0234\u00a0567,89"),
        (-1234.5, '# ##0;[Red]-# ##0;"–"', "ru_RU", "-1 235"),
        (0, '# ##0;[Red]-# ##0;"–"', "ru_RU", "–"),
        (1234567, "# ##0", "ru_RU", "1234 567"),
        (0.125, "0.0%", "en_US", "12.5%"),
        (-0.5, "0.00", "en_US", "-0.50"),
        (-0.001, "0.00", "en_US", "0.00"),
        (5, "000", "en_US", "005"),
        (0.5, "#.##", "en_US", ".5"),
        (1500, '#,##0 "₽"', "ru_RU", "1\u00a0500 ₽"),
        (46093, "dd.mm.yyyy", "ru_RU", "12.03.2026"),
        (46093.5, "yyyy-mm-dd hh:mm", "ru_RU", "2026-03-12 12:00"),
        (46093, "mmmm yyyy", "ru_RU", "март 2026"),
        (2.675, "0.00", "en_US", "2.68"),
        (7.5, "General", "ru_RU", "7,5"),
        (5, "_-0 \\x*-", "en_US", " 5 x"),
        (46093.75, "h:mm:ss am/pm", "en_US", "6:00:00 PM"),
        (46093.75, "yy\\-m", "en_US", "26-3"),
        (46093, "ddd", "ru_RU", "чт"),
        (46093, "dddd", "ru_RU", "четверг"),
        (0, '0;-0;"ноль"', "ru_RU", "ноль"),
    ],
)
def test_numbers_show_by_their_format(
    number: float, pattern: str, locale: str, shown: str
) -> None:
    assert show_number(number, pattern, locale) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1.5e20, "1.5E+20"),
        (1e-12, "1E-12"),
        (float("inf"), "#NUM!"),
        (1 / 3, "0.3333333333"),
        (100 / 3, "33.33333333"),
        (2.0, "2"),
        (1e14 + 0.0, "1" + "0" * 14),
    ],
)
def test_numbers_without_a_format_have_ten_digits(number: float, shown: str) -> None:
    assert show_plain(number, "en_US") == shown


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_and_its_serial_number_are_one(day: date) -> None:
    assert from_serial(to_serial(day)).date() == day


def test_a_serial_number_has_the_time_in_its_fraction() -> None:
    noon = datetime(2026, 3, 12, 12)  # noqa: DTZ001 - a moment of the grid has no zone

    assert to_serial(noon) == 46093.5


@given(st.integers(0, 18_277))
def test_column_letters_and_numbers_are_one(index: int) -> None:
    assert column_number(column_letters(index)) == index


@given(st.integers(0, 999), st.integers(0, 99), st.integers(1, 50), st.integers(1, 50))
def test_a_written_range_reads_back(row: int, column: int, height: int, width: int) -> None:
    box = Box(row, row + height, column, column + width)

    a1 = read_a1(box_a1("It's D3", box))

    assert a1 is not None
    assert a1.title == "It's D3"
    assert (a1.row0, a1.row1, a1.column0, a1.column1) == (
        box.row0,
        box.row1,
        box.column0,
        box.column1,
    )


def test_a_text_cell_keeps_what_is_typed(desk: Desk) -> None:
    text = {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}
    one = {"sheetId": 0, "endRowIndex": 1, "endColumnIndex": 1}
    desk.batch({"repeatCell": {"range": one, "cell": text, "fields": "userEnteredFormat"}})

    desk.type_in("Sheet1!A1", ["0042"])

    assert desk.plain("Sheet1!A1") == [["0042"]]


@pytest.mark.parametrize(
    ("kind", "shown"),
    [("NUMBER", "1,234.50"), ("PERCENT", "123450.00%"), ("DATE", "5/18/1903"), ("TEXT", "1234.5")],
)
def test_a_kind_without_a_pattern_has_a_usual_one(desk: Desk, kind: str, shown: str) -> None:
    usual = {"userEnteredFormat": {"numberFormat": {"type": kind}}}
    one = {"sheetId": 0, "endRowIndex": 1, "endColumnIndex": 1}

    desk.batch(
        put(0, 0, 0, [1234.5]),
        {"repeatCell": {"range": one, "cell": usual, "fields": "userEnteredFormat"}},
    )

    assert desk.read("Sheet1!A1") == [[shown]]


def test_written_values_come_back_when_wanted(desk: Desk) -> None:
    body = {"values": [["=1+1", "2026-03-01"]]}
    options = {
        "valueInputOption": "USER_ENTERED",
        "includeValuesInResponse": "true",
        "responseValueRenderOption": "UNFORMATTED_VALUE",
    }

    _, reply = desk.call("PUT", "/values/Sheet1!A1", body, **options)

    assert reply["updatedData"]["values"] == [[2, 46082]]


def test_a_batch_of_values_counts_every_row_once(desk: Desk) -> None:
    body = {
        "valueInputOption": "RAW",
        "includeValuesInResponse": True,
        "data": [
            {"range": "Sheet1!A1", "values": [[1, 2]]},
            {"range": "Sheet1!C1", "majorDimension": "COLUMNS", "values": [[3, 4]]},
            {"range": "Журнал!A1", "values": [[None]]},
        ],
    }

    _, reply = desk.call("POST", "/values:batchUpdate", body)

    assert (reply["totalUpdatedRows"], reply["totalUpdatedColumns"]) == (2, 3)
    assert (reply["totalUpdatedCells"], reply["totalUpdatedSheets"]) == (4, 2)
    assert reply["responses"][1]["updatedData"]["values"] == [["3"], ["4"]]


def test_values_wider_than_their_range_are_refused(desk: Desk) -> None:
    status, reply = desk.call(
        "PUT", "/values/Sheet1!A1:A2", {"values": [[1, 2]]}, valueInputOption="RAW"
    )

    assert status == 400
    assert "tried writing to column [B]" in reply["error"]["message"]


def test_values_past_the_grid_are_refused(desk: Desk) -> None:
    status, reply = desk.call(
        "PUT", "/values/Sheet1!A100", {"values": [[1], [2]]}, valueInputOption="RAW"
    )

    assert status == 400
    assert "Range (Sheet1!A100:A101) exceeds grid limits." in reply["error"]["message"]


def test_a_body_for_another_range_is_refused(desk: Desk) -> None:
    body = {"range": "Sheet1!B1", "values": [[1]]}

    assert desk.call("PUT", "/values/Sheet1!A1", body, valueInputOption="RAW")[0] == 400


def test_two_tables_that_grow_together_are_one(desk: Desk) -> None:
    desk.batch(put(0, 0, 0, [1, None, None], [None, None, 3], [None, 2, None]))

    reply = append(desk, "Sheet1!A1", ["below"])

    assert reply["tableRange"] == "Sheet1!A1:C3"

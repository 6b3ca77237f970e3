"""Every day with gspread: each call that people make, unchanged, and what it leaves behind."""

import re
from collections.abc import Iterator

import gspread
import pytest
from gspread.utils import (
    InsertDataOption,
    MergeType,
    PasteOrientation,
    PasteType,
    ValidationConditionType,
    ValueInputOption,
    ValueRenderOption,
)

from sandbox.google_sheets.credentials import LoopbackAdapter, service_account_file
from tests.sandbox.google_sheets_desk import BOOK, Desk, open_desk

SCOPES = ["https://www.googleapis.com/auth/spreadsheets"]
NBSP = "\N{NO-BREAK SPACE}"
ROWS = [
    ["Имя", "Сумма", "День"],
    ["Пётр", "5 000", "01.03.2026"],
    ["Анна", "1000,5", "15.02.2026"],
    ["Вера", "7", "01.01.2026"],
]


@pytest.fixture(scope="module")
def account() -> dict[str, str]:
    return service_account_file("http://127.0.0.1:1/token")


@pytest.fixture
def book(account: dict[str, str]) -> Iterator[gspread.Spreadsheet]:
    with open_desk("ru_RU", open_access=False) as desk:
        info = {**account, "token_uri": f"{desk.base}/token"}
        desk.standin.trust(info)
        client = gspread.service_account_from_dict(info, scopes=SCOPES)
        client.http_client.session.mount(
            "https://sheets.googleapis.com", LoopbackAdapter(desk.base)
        )
        yield client.open_by_key(BOOK)
        client.http_client.session.close()
        clean(desk)


def clean(desk: Desk) -> None:
    assert desk.standin.violations == []
    assert desk.standin.not_modelled == []


@pytest.fixture
def tab(book: gspread.Spreadsheet) -> gspread.Worksheet:
    opened = book.worksheet("Журнал")
    opened.update(ROWS, "A1", raw=False)
    return opened


def test_values_are_read_in_every_rendering(tab: gspread.Worksheet) -> None:
    assert tab.get("A2:C2") == [["Пётр", f"5{NBSP}000", "01.03.2026"]]
    assert tab.get("A2:C2", value_render_option=ValueRenderOption.unformatted) == [
        ["Пётр", 5000, 46082]
    ]
    assert tab.get("B3:C3", major_dimension="COLUMNS") == [["1000,5"], ["15.02.2026"]]
    assert tab.batch_get(["A1:B1", "C4"]) == [[["Имя", "Сумма"]], [["01.01.2026"]]]
    assert tab.row_values(4) == ["Вера", "7", "01.01.2026"]
    assert tab.col_values(1) == ["Имя", "Пётр", "Анна", "Вера"]
    assert tab.acell("B4").value == "7"
    assert tab.get_all_records(value_render_option=ValueRenderOption.unformatted)[2] == {
        "Имя": "Вера",
        "Сумма": 7,
        "День": 46023,
    }


def test_cells_are_found(tab: gspread.Worksheet) -> None:
    found = tab.find("Анна")

    assert found is not None
    assert (found.row, found.col) == (3, 1)
    assert [one.address for one in tab.findall(re.compile("^[АВ].*а$"))] == ["A3", "A4"]
    assert tab.find("Никто") is None


def test_values_are_written_one_by_one_and_many_at_once(tab: gspread.Worksheet) -> None:
    tab.update_acell("D1", "=SUM(B2:B4)")
    tab.update_cell(2, 4, 5)
    cells = tab.range("E1:F1")
    for cell, value in zip(cells, ("a", "b"), strict=True):
        cell.value = value
    tab.update_cells(cells)
    reply = tab.batch_update([{"range": "G1", "values": [["=D2*2"]]}], raw=False)

    assert tab.get("D1:G1") == [["6007,5", "a", "b", "10"]]
    assert reply["totalUpdatedCells"] == 1


@pytest.mark.parametrize("option", list(InsertDataOption))
@pytest.mark.parametrize("entered", [ValueInputOption.raw, ValueInputOption.user_entered])
def test_rows_are_appended_below_the_table(
    tab: gspread.Worksheet, option: InsertDataOption, entered: ValueInputOption
) -> None:
    reply = tab.append_rows(
        [["Ева", "=1+1"]], value_input_option=entered, insert_data_option=option
    )
    tab.append_row(["Яна"])

    shown = "2" if entered is ValueInputOption.user_entered else "=1+1"
    assert reply["tableRange"] == "'Журнал'!A1:C4"
    assert tab.get("A5:B6") == [["Ева", shown], ["Яна"]]
    # gspread counts rows by itself; the grid grows only by those that are put in.
    sheet = tab.spreadsheet.fetch_sheet_metadata()["sheets"][1]
    grown = 101 if option is InsertDataOption.insert_rows else 100
    assert sheet["properties"]["gridProperties"]["rowCount"] == grown


def test_rows_and_columns_are_put_in_and_taken_out(tab: gspread.Worksheet) -> None:
    tab.update_acell("E1", "=B2")
    tab.insert_row(["новая"], 2)
    tab.insert_rows([["x"], ["y"]], 3, inherit_from_before=True)
    tab.insert_cols([["столбец"]], 2)

    assert tab.col_values(1) == ["Имя", "новая", "x", "y", "Пётр", "Анна", "Вера"]
    assert tab.acell("F1", value_render_option=ValueRenderOption.formula).value == "=C5"
    tab.delete_rows(2, 4)
    tab.delete_columns(2)
    assert tab.get("A1:E2")[0] == ["Имя", "Сумма", "День", "", "5000"]
    tab.resize(rows=20, cols=6)
    tab.add_rows(1)
    tab.add_cols(1)
    assert (tab.row_count, tab.col_count) == (21, 7)


def test_rows_are_sorted_under_the_frozen_heading(tab: gspread.Worksheet) -> None:
    tab.freeze(rows=1)
    tab.sort((2, "des"), (1, "asc"))
    by_sum = tab.col_values(1)
    tab.sort((1, "asc"), range="A2:C4")

    assert by_sum == ["Имя", "Пётр", "Анна", "Вера"]
    assert tab.col_values(1) == ["Имя", "Анна", "Вера", "Пётр"]


def test_cells_are_formatted_merged_and_noted(tab: gspread.Worksheet) -> None:
    tab.format("A1:C1", {"textFormat": {"bold": True}, "backgroundColor": {"red": 0.5}})
    tab.batch_format(
        [{"range": "B2:B4", "format": {"numberFormat": {"type": "NUMBER", "pattern": "#,##0.00"}}}]
    )
    tab.merge_cells("E1:F2")
    tab.merge_cells("E3:F4", merge_type=MergeType.merge_rows)
    tab.batch_merge([{"range": "E5:F6", "mergeType": MergeType.merge_columns}])
    tab.update_notes({"A1": "кто", "B2": "сколько"})
    tab.clear_note("B2")

    assert tab.get("B2:B4") == [[f"5{NBSP}000,00"], [f"1{NBSP}000,50"], ["7,00"]]
    merges = tab.spreadsheet.fetch_sheet_metadata()["sheets"][1]["merges"]
    assert len(merges) == 5
    tab.unmerge_cells("E1:F6")
    assert "merges" not in tab.spreadsheet.fetch_sheet_metadata()["sheets"][1]
    assert (tab.get_note("A1"), tab.get_note("B2")) == ("кто", "")
    assert tab.get_notes()[0][0] == "кто"


def test_ranges_are_named_and_protected(book: gspread.Spreadsheet, tab: gspread.Worksheet) -> None:
    tab.define_named_range("A2:B3", "People")
    tab.add_protected_range("A1:C1", ["a@example.com"], description="шапка")

    [named] = book.list_named_ranges()
    assert tab.get("People") == tab.get("A2:B3")
    assert book.values_get("People")["range"] == "'Журнал'!A2:B3"
    [protected] = book.list_protected_ranges(tab.id)
    assert "a@example.com" in protected["editors"]["users"]
    tab.delete_named_range(named["namedRangeId"])
    tab.delete_protected_range(protected["protectedRangeId"])
    assert book.list_named_ranges() == []
    assert book.list_protected_ranges(tab.id) == []


def test_lines_are_grouped_hidden_and_shown(tab: gspread.Worksheet) -> None:
    tab.add_dimension_group_rows(1, 3)
    tab.add_dimension_group_columns(0, 2)
    groups = tab.list_dimension_group_rows(), tab.list_dimension_group_columns()
    tab.delete_dimension_group_rows(1, 3)
    tab.delete_dimension_group_columns(0, 2)
    tab.hide_columns(1, 2)
    tab.hide_rows(2, 3)
    sizes = tab.spreadsheet.fetch_sheet_metadata({"fields": "sheets.data"})["sheets"][1]["data"][0]
    tab.unhide_columns(1, 2)
    tab.unhide_rows(2, 3)
    tab.columns_auto_resize(0, 3)
    tab.rows_auto_resize(0, 3)

    assert [one[0]["depth"] for one in groups] == [1, 1]
    assert sizes["columnMetadata"][1]["hiddenByUser"]
    assert sizes["rowMetadata"][2]["hiddenByUser"]


def test_blocks_are_copied_and_cut(tab: gspread.Worksheet) -> None:
    tab.copy_range("A1:B2", "E1")
    tab.copy_range("A1:B2", "A20", PasteType.values, PasteOrientation.transpose)
    tab.cut_range("A4:C4", "A30")

    assert tab.get("E1:F2") == [["Имя", "Сумма"], ["Пётр", f"5{NBSP}000"]]
    assert tab.get("A20:B21") == [["Имя", "Пётр"], ["Сумма", "5000"]]
    assert (tab.get("A4:C4"), tab.get("A30")) == ([[]], [["Вера"]])


def test_values_may_be_chosen_and_filtered(tab: gspread.Worksheet) -> None:
    tab.add_validation(
        "D2:D4", ValidationConditionType.one_of_list, ["да", "нет"], strict=True, showCustomUi=True
    )
    tab.set_basic_filter("A1:C4")
    sheet = tab.spreadsheet.fetch_sheet_metadata({"includeGridData": True})["sheets"][1]
    tab.clear_basic_filter()

    rule = sheet["data"][0]["rowData"][1]["values"][3]["dataValidation"]
    assert [one["userEnteredValue"] for one in rule["condition"]["values"]] == ["да", "нет"]
    assert sheet["basicFilter"]["range"]["endRowIndex"] == 4


def test_tabs_are_added_copied_moved_and_deleted(
    book: gspread.Spreadsheet, tab: gspread.Worksheet
) -> None:
    new = book.add_worksheet("Новая", 10, 3, index=0)
    copy = tab.duplicate(new_sheet_name="Копия")
    tab.update_title("Журнал '26")
    tab.update_tab_color("#ff8000")
    tab.update_index(0)
    book.reorder_worksheets([copy, tab, new, book.worksheet("Sheet1")])
    new.hide()

    titles = [one.title for one in book.worksheets(exclude_hidden=True)]
    assert titles == ["Копия", "Журнал '26", "Sheet1"]
    assert copy.get_all_values() == tab.get_all_values()
    assert tab.get_tab_color() == "#FF8000"
    tab.clear_tab_color()
    new.show()
    tab.hide_gridlines()
    tab.show_gridlines()
    book.del_worksheet(new)
    book.del_worksheet_by_id(copy.id)
    assert [one.title for one in book.worksheets()] == ["Журнал '26", "Sheet1"]


def test_the_spreadsheets_own_settings(book: gspread.Spreadsheet) -> None:
    book.update_title("Книга")
    book.update_locale("en_US")
    book.update_timezone("Europe/Samara")

    assert (book.title, book.locale, book.timezone) == ("Книга", "en_US", "Europe/Samara")


def test_ranges_are_cleared_by_the_batch(
    book: gspread.Spreadsheet, tab: gspread.Worksheet
) -> None:
    tab.batch_clear(["A2:B2", "C:C"])
    after = tab.get_all_values()
    book.values_batch_update(
        {"valueInputOption": "RAW", "data": [{"range": "Sheet1!A1", "values": [["=1+1"]]}]}
    )
    raw = book.values_batch_get(["Sheet1!A1:B2"])["valueRanges"][0]["values"]
    book.values_batch_clear(body={"ranges": ["Sheet1!A1"]})
    tab.clear()

    assert after == [["Имя", "Сумма"], ["", ""], ["Анна", "1000,5"], ["Вера", "7"]]
    assert raw == [["=1+1"]]
    assert tab.get_all_values() == [[]]

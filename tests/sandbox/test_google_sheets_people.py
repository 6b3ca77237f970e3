"""People who meddle, and what the file that they download holds."""

import io
from collections.abc import Iterator

import openpyxl
import pytest

from sandbox.google_sheets.api import Access
from tests.sandbox.google_sheets_desk import BOOK, Desk, grid_range, open_desk, put


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk("ru_RU") as opened:
        opened.batch(
            put(7, 0, 0, ["№", "Сумма"], [1, 300], [2, 100], [3, 200]),
            put(0, 0, 0, ["=SUM(Журнал!B2:B4)"]),
        )
        yield opened


def test_sorting_moves_whole_rows_of_the_range(desk: Desk) -> None:
    desk.standin.sort_range(BOOK, "Журнал!A2:B4", 2)

    assert desk.plain("Журнал!A2:B4") == [[2, 100], [3, 200], [1, 300]]


def test_an_inserted_row_moves_the_rows_below_and_the_formulas_follow(desk: Desk) -> None:
    desk.standin.insert_row(BOOK, "Журнал", 3)

    assert desk.plain("Журнал!A2:A5") == [[1], [], [2], [3]]
    assert desk.formulas("Sheet1!A1") == [["=SUM(Журнал!B2:B5)"]]


def test_a_deleted_row_is_missing_in_the_sum(desk: Desk) -> None:
    desk.standin.delete_row(BOOK, "Журнал", 3)

    assert desk.plain("Sheet1!A1") == [[500]]


def test_an_edited_cell_reads_as_typed(desk: Desk) -> None:
    desk.standin.edit_cell(BOOK, "Журнал!B3", "150,5")

    assert desk.plain("Журнал!B3") == [[150.5]]
    assert desk.plain("Sheet1!A1") == [[650.5]]


def test_a_renamed_tab_is_followed_by_formulas(desk: Desk) -> None:
    desk.standin.rename_tab(BOOK, "Журнал", "Мой журнал")

    assert desk.formulas("Sheet1!A1") == [["=SUM('Мой журнал'!B2:B4)"]]
    assert desk.plain("Sheet1!A1") == [[600]]


def test_a_deleted_tab_is_gone_for_the_api(desk: Desk) -> None:
    desk.standin.delete_tab(BOOK, "Журнал")

    status, _ = desk.call("GET", "/values/Журнал!A1")
    assert status == 400


def test_a_removed_share_forbids_everything(desk: Desk) -> None:
    desk.standin.set_share(BOOK, Access.DENIED)

    status, reply = desk.call("GET", "")
    assert status == 403
    assert reply["error"]["message"] == "The caller does not have permission"


def test_a_range_somebody_protected_refuses_the_service_account(desk: Desk) -> None:
    desk.standin.protect(BOOK, "Журнал!A1:B2")

    message = desk.refused(put(7, 1, 1, [999]))
    desk.batch(put(7, 2, 1, [111]))
    desk.standin.lift_protection(BOOK, "Журнал")
    desk.batch(put(7, 1, 1, [222]))

    assert message.startswith("You are trying to edit a protected cell or object.")
    assert desk.plain("Журнал!B2:B3") == [[222], [111]]


def test_a_protection_of_ones_own_refuses_nothing(desk: Desk) -> None:
    protected = {"range": {"sheetId": 7}, "editors": {"users": ["owner@example.com"]}}
    desk.batch({"addProtectedRange": {"protectedRange": protected}})

    desk.batch(put(7, 1, 1, [999]))

    assert desk.plain("Журнал!B2") == [[999]]


def test_the_downloaded_file_has_values_and_formulas(desk: Desk) -> None:
    desk.batch(put(0, 1, 0, ["=SUM(1;2)"]))

    url = f"{desk.base}/_standin/spreadsheets/{BOOK}/book.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(desk.session.get(url, timeout=5).content))

    assert book["Журнал"]["B2"].value == 300
    assert book["Sheet1"]["A1"].value == "=SUM(Журнал!B2:B4)"
    assert book["Sheet1"]["A2"].value == "=SUM(1,2)"


def test_text_that_looks_like_a_formula_is_text_in_the_file(desk: Desk) -> None:
    desk.type_in("Sheet1!A3", ["=IMPORTXML(1)"], option="RAW")

    url = f"{desk.base}/_standin/spreadsheets/{BOOK}/book.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(desk.session.get(url, timeout=5).content))

    assert book["Sheet1"]["A3"].data_type == "s"


def test_the_downloaded_file_has_the_cells_formats(desk: Desk) -> None:
    look = {
        "numberFormat": {"type": "NUMBER", "pattern": "#,##0.00"},
        "textFormat": {"bold": True},
        "backgroundColor": {"red": 1},
        "horizontalAlignment": "RIGHT",
    }
    where = {"range": grid_range(7, (1, 2), (1, 2)), "fields": "userEnteredFormat"}
    desk.batch({"repeatCell": {**where, "cell": {"userEnteredFormat": look}}})

    cell = openpyxl.load_workbook(io.BytesIO(download(desk)))["Журнал"]["B2"]

    assert (cell.number_format, cell.font.bold) == ("#,##0.00", True)
    assert cell.fill.fgColor.rgb == "FFFF0000"
    assert cell.alignment.horizontal == "right"


def test_the_downloaded_file_has_the_tabs_shape(desk: Desk) -> None:
    def properties(fields: str, **wanted: object) -> dict:
        return {"updateSheetProperties": {"properties": wanted, "fields": fields}}

    columns = {"sheetId": 7, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    size = {"range": columns, "properties": {"pixelSize": 210}, "fields": "pixelSize"}
    named = {"name": "SUMS", "range": grid_range(7, (1, 4), (1, 2))}
    frozen = {"frozenRowCount": 1}
    desk.batch(
        properties("gridProperties.frozenRowCount", sheetId=7, gridProperties=frozen),
        {"addNamedRange": {"namedRange": named}},
        {"mergeCells": {"range": grid_range(7, (8, 9), (0, 2)), "mergeType": "MERGE_ALL"}},
        {"updateDimensionProperties": size},
        put(7, 8, 0, ["together"]),
        properties("hidden", sheetId=0, hidden=True),
    )

    book = openpyxl.load_workbook(io.BytesIO(download(desk)))

    tab = book["Журнал"]
    assert book["Sheet1"].sheet_state == "hidden"
    assert tab.freeze_panes == "A2"
    # 210 pixels: five of padding, the rest in digits of seven.
    assert tab.column_dimensions["A"].width == pytest.approx(205 / 7)
    assert str(tab.merged_cells) == "A9:B9"
    assert book.defined_names["SUMS"].attr_text == "'Журнал'!$B$2:$B$4"


def test_a_person_can_do_the_same_from_the_page(desk: Desk) -> None:
    url = f"{desk.base}/_standin/spreadsheets/{BOOK}/people"
    done = [
        {"do": "sort_range", "range": "Журнал!A2:B4", "column": 2, "descending": True},
        {"do": "insert_row", "sheet": "Журнал", "row": 2},
        {"do": "delete_row", "sheet": "Журнал", "row": 2},
        {"do": "edit_cell", "range": "Журнал!B2", "value": "1000"},
        {"do": "rename_tab", "sheet": "Журнал", "title": "Дневник"},
        {"do": "protect", "range": "Дневник!A1:A9"},
        {"do": "lift_protection", "sheet": "Дневник"},
        {"do": "change_locale", "locale": "en_US"},
    ]

    replies = [desk.session.post(url, json=one, timeout=5).status_code for one in done]

    assert replies == [200] * len(done)
    assert desk.plain("Дневник!A2:B4") == [[1, 1000], [3, 200], [2, 100]]


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"do": "fly"},
        {"do": "delete_tab", "sheet": "Нет"},
        {"do": "protect", "range": "Нет!A1"},
    ],
)
def test_what_a_person_cannot_do_is_refused(desk: Desk, wish: dict) -> None:
    url = f"{desk.base}/_standin/spreadsheets/{BOOK}/people"

    assert desk.session.post(url, json=wish, timeout=5).status_code == 400


def test_somebody_elses_protection_cannot_be_lifted_through_the_api(desk: Desk) -> None:
    desk.standin.protect(BOOK, "Журнал!A1:B2")
    [protected] = desk.get()["sheets"][1]["protectedRanges"]

    message = desk.refused(
        {"deleteProtectedRange": {"protectedRangeId": protected["protectedRangeId"]}}
    )

    assert "requestingUserCanEdit" not in protected
    assert message.startswith("You are trying to edit a protected cell or object.")


def download(desk: Desk) -> bytes:
    url = f"{desk.base}/_standin/spreadsheets/{BOOK}/book.xlsx"
    return desk.session.get(url, timeout=5).content


def test_an_unknown_tab_or_spreadsheet_is_told_to_the_script(desk: Desk) -> None:
    with pytest.raises(KeyError):
        desk.standin.delete_tab(BOOK, "Нет")
    with pytest.raises(KeyError):
        desk.standin.delete_tab("no such", "Журнал")

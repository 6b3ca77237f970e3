"""The xlsx file, read again by another library."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart, DoughnutChart, LineChart

from sandbox.google_sheets.workbook_file import xlsx
from tests.sandbox.google_sheets_desk import BOOK, Desk, grid_range, open_desk, put
from tests.sandbox.rich_sheet import CHARTS, rich_requests
from tests.sheets.office import office_reader


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk("ru_RU") as opened:
        yield opened


@pytest.fixture
def rich(desk: Desk) -> Any:
    desk.batch(*rich_requests())
    return written(desk)


def written(desk: Desk) -> Any:
    return load_workbook(io.BytesIO(xlsx(desk.standin.shelf(BOOK).book)), rich_text=False)


def test_formulas_values_and_number_formats_are_there(rich: Any) -> None:
    tab = rich["Пульт"]

    assert (tab["B2"].value, tab["E2"].value) == (1_250_000, "=C2/B2")
    assert tab["E2"].number_format == "0.0%"
    assert tab["F2"].number_format == "#,##0;[Red]-#,##0"
    assert tab["A1"].font.b
    assert tab["A1"].font.color.rgb == "FFFFFFFF"
    assert tab["A1"].alignment.horizontal == "center"


def test_bands_lines_and_widths_are_there(rich: Any) -> None:
    tab = rich["Пульт"]

    fills = [tab.cell(row, 1).fill.fgColor.rgb for row in (1, 2, 3)]
    assert fills == ["FF37474F", "FFFFFFFF", "FFECEFF1"]
    assert tab["A7"].border.bottom.style == "thin"
    assert tab["A1"].border.bottom.style is None
    # 150 pixels without the padding of five, seven a digit.
    assert tab.column_dimensions["A"].width == pytest.approx(145 / 7)
    assert tab.freeze_panes == "B2"
    assert tab.sheet_properties.tabColor.rgb == "FF2E7D32"
    assert not tab.sheet_view.showGridLines
    assert rich["Список"].sheet_state == "hidden"


def test_rules_choices_and_notes_are_there(rich: Any) -> None:
    tab = rich["Пульт"]

    [(place, rules)] = [(one.sqref, one.rules) for one in tab.conditional_formatting]
    assert str(place) == "B2:D12"
    assert (rules[0].operator, rules[0].formula) == ("lessThan", ["0"])
    assert rules[0].dxf.font.color.rgb == "FFC62828"
    [choice] = tab.data_validations.dataValidation
    assert (str(choice.sqref), choice.formula1) == ("B14", "Список!$A$1:$A$3")
    assert choice.errorStyle == "stop"
    assert tab["E1"].comment.text.startswith("Доля рекламных расходов")


def test_charts_stand_where_they_stood(rich: Any) -> None:
    charts = rich["Пульт"]._charts

    kinds = [type(one) for one in charts]
    assert kinds == [BarChart, BarChart, BarChart, LineChart, DoughnutChart]
    corner = charts[1].anchor._from
    assert (corner.row, corner.col) == (20, 6)
    assert charts[2].barDir == "bar"


def test_a_combination_has_its_line_on_the_right_axis(rich: Any) -> None:
    combo = rich["Пульт"]._charts[0]

    columns, lines = combo._charts
    assert columns.ser[0].val.numRef.f == "'Пульт'!$B$2:$B$7"
    assert columns.ser[0].tx.strRef.f == "'Пульт'!B1"
    assert columns.ser[0].graphicalProperties.solidFill.srgbClr == "1F77B4"
    assert lines.ser[0].val.numRef.f == "'Пульт'!$C$2:$C$7"
    assert lines.y_axis.axId != columns.y_axis.axId
    assert lines.y_axis.crosses == "max"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("А/Б: [план]?", "А_Б_ _план__"),
        ("Очень длинное имя вкладки, больше чем тридцать один", "Очень длинное имя вкладки, боль"),
        ("'кавычки'", "кавычки"),
        ("Sheet1 ", "Sheet1 "),
    ],
)
def test_a_tab_that_excel_could_not_name_is_renamed_with_its_formulas(
    desk: Desk, title: str, shown: str
) -> None:
    properties = {"sheetId": 7, "title": title}
    desk.batch(
        put(7, 0, 0, [5]),
        put(0, 0, 0, ["=Журнал!A1*2"]),
        {"updateSheetProperties": {"properties": properties, "fields": "title"}},
    )

    book = written(desk)
    assert book.sheetnames == ["Sheet1", shown]
    assert shown in book["Sheet1"]["A1"].value
    # The spreadsheet itself keeps its name.
    assert desk.get()["sheets"][1]["properties"]["title"] == title


def test_two_names_that_become_one_stay_two(desk: Desk) -> None:
    for sheet_id, title in ((0, "План/факт"), (7, "План?факт")):
        properties = {"sheetId": sheet_id, "title": title}
        desk.batch({"updateSheetProperties": {"properties": properties, "fields": "title"}})

    assert written(desk).sheetnames == ["План_факт", "План_факт 2"]


def test_texts_stay_texts_whatever_they_hold(desk: Desk) -> None:
    hostile = ["=1+1", "+7 999", "bell\a", "x" * 40_000]
    desk.type_in("Журнал!A1", hostile, option="RAW")
    desk.batch({"repeatCell": _noted("замет\x07ка")})

    tab = written(desk)["Журнал"]
    assert [tab.cell(1, column).value for column in (1, 2, 3)] == ["=1+1", "+7 999", "bell"]
    assert tab["A1"].data_type == "s"
    assert len(tab["D1"].value) == 32_767
    assert tab["A1"].comment.text == "заметка"


def test_hidden_and_folded_lines_are_hidden_there_too(desk: Desk) -> None:
    span = {"sheetId": 7, "dimension": "ROWS", "startIndex": 1, "endIndex": 3}
    group = {"range": span, "depth": 1, "collapsed": True}
    desk.batch(
        put(7, 0, 0, ["Кто"], ["а"], ["б"], ["в"], ["г"]),
        {"addDimensionGroup": {"range": span}},
        {"updateDimensionGroup": {"dimensionGroup": group, "fields": "collapsed"}},
        {
            "setBasicFilter": {
                "filter": {
                    "range": grid_range(7, (0, 5), (0, 1)),
                    "criteria": {"0": {"hiddenValues": ["в"]}},
                }
            }
        },
    )

    tab = written(desk)["Журнал"]
    assert [row for row in range(1, 6) if tab.row_dimensions[row].hidden] == [2, 3, 4]
    assert tab.row_dimensions[2].outlineLevel == 1
    assert tab.auto_filter.ref == "A1:A5"


@pytest.mark.parametrize(
    ("kind", "values", "kept"),
    [
        ("ONE_OF_LIST", ["да", "нет"], ("list", '"да,нет"')),
        ("ONE_OF_LIST", ["Иванов, Пётр"], None),
        ("BOOLEAN", [], ("list", '"TRUE,FALSE"')),
        ("NUMBER_BETWEEN", ["1,5", "=$B$1"], ("decimal", "1.5")),
        ("DATE_AFTER", ["01.03.2026"], ("date", "46082")),
        ("TEXT_CONTAINS", ['"х"'], ("custom", 'ISNUMBER(SEARCH("""х""",A1))')),
        ("CUSTOM_FORMULA", ["=AND(A1>0;A1<9)"], ("custom", "AND(A1>0,A1<9)")),
    ],
)
def test_each_limit_on_typing_has_its_words_in_excel(
    desk: Desk, kind: str, values: list[str], kept: tuple[str, str] | None
) -> None:
    condition = {"type": kind, "values": [{"userEnteredValue": one} for one in values]}
    place = grid_range(7, (0, 9), (0, 1))
    desk.batch({"setDataValidation": {"range": place, "rule": {"condition": condition}}})

    found = written(desk)["Журнал"].data_validations.dataValidation
    assert [(one.type, one.formula1) for one in found] == ([] if kept is None else [kept])


def test_a_kind_of_chart_that_nobody_draws_is_left_out(desk: Desk) -> None:
    source = {"sourceRange": {"sources": [grid_range(CHARTS, (1, 2), (1, 2))]}}
    anchor = {"overlayPosition": {"anchorCell": {"sheetId": CHARTS}}}
    spec = {"scorecardChart": {"keyValueData": source}}
    desk.batch(*rich_requests(), {"addChart": {"chart": {"spec": spec, "position": anchor}}})

    assert len(written(desk)["Пульт"]._charts) == 5


def test_libreoffice_computes_the_file_and_keeps_its_charts(desk: Desk, tmp_path: Path) -> None:
    desk.batch(*rich_requests())
    content = xlsx(desk.standin.shelf(BOOK).book)

    read = office_reader(content, tmp_path)

    assert read("Пульт", 1, 4) == pytest.approx(0.12)
    assert read("Пульт", 14, 1) == "Все"
    again = load_workbook(tmp_path / "computed" / "book.xlsx")
    assert len(again["Пульт"]._charts) == 5


def _noted(text: str) -> dict[str, Any]:
    return {"range": grid_range(7, (0, 1), (0, 1)), "cell": {"note": text}, "fields": "note"}

"""Formulas: separators by locale, what computes, what moves when rows do."""

from collections.abc import Iterator

import pytest

from sandbox.google_sheets.locales import read_formula, show
from sandbox.google_sheets.model import Formula
from sandbox.google_sheets.references import moved, renamed, shifted
from sandbox.google_sheets.shifts import Shift
from tests.sandbox.google_sheets_desk import Desk, grid_range, open_desk, put


@pytest.fixture
def russian() -> Iterator[Desk]:
    with open_desk("ru_RU") as desk:
        yield desk
        assert desk.standin.violations == []


def test_semicolons_separate_arguments_in_the_russian_locale(russian: Desk) -> None:
    russian.batch(
        put(7, 0, 0, ["Иванов", 100.5], ["Петров", 7], ["Иванов", 0.25]),
        put(0, 0, 0, ["=ROUND(SUMIFS('Журнал'!B$1:B$3;'Журнал'!A$1:A$3;\"Иванов\");2)"]),
    )

    assert russian.plain("Sheet1!A1") == [[100.75]]
    assert russian.read("Sheet1!A1") == [["100,75"]]


def test_a_comma_between_arguments_is_an_error_in_the_russian_locale(russian: Desk) -> None:
    russian.batch(put(0, 0, 0, ["=SUM(A2,B2)", "=SUM(A2;1,5)", "=SUM(A2;1.5)"]))

    assert russian.plain("Sheet1!A1:C1") == [["#ERROR!", 1.5, "#ERROR!"]]


def test_a_semicolon_is_accepted_in_the_english_locale_and_read_back_as_a_comma() -> None:
    with open_desk("en_US") as desk:
        desk.batch(put(0, 0, 0, ["=SUM(1;2)"]))

        assert desk.plain("Sheet1!A1") == [[3]]
        assert desk.formulas("Sheet1!A1") == [["=SUM(1,2)"]]


def test_changing_the_locale_keeps_what_the_formulas_mean(russian: Desk) -> None:
    russian.batch(put(0, 0, 0, ["=SUM(1;2,5)"]))

    russian.standin.change_locale("book-of-the-test", "en_US")

    assert russian.formulas("Sheet1!A1") == [["=SUM(1,2.5)"]]
    assert russian.plain("Sheet1!A1") == [[3.5]]


def test_separators_inside_texts_and_sheet_names_stay() -> None:
    typed = "=IF('a;b,c'!A1=\"x;y,z\";1;2)"

    formula = read_formula(typed, "ru_RU")

    assert formula.text == "=IF('a;b,c'!A1=\"x;y,z\",1,2)"
    assert show(formula, "ru_RU") == typed


def test_formulas_are_computed_once_after_a_change_however_often_they_are_read(
    russian: Desk,
) -> None:
    russian.batch(put(0, 0, 0, ["=1+1"], ["=A1*2"], ["=A2*2"]))
    shelf = russian.standin.shelf("book-of-the-test")

    for _ in range(3):
        russian.read("Sheet1!A1:A3")
    russian.batch(put(7, 0, 0, ["x"]))
    russian.read("Sheet1!A1:A3")

    assert shelf.engine.evaluations == 2


def test_a_named_range_is_read_by_its_name(russian: Desk) -> None:
    named = {"name": "SALES", "range": grid_range(7, (0, 2), (0, 1))}
    russian.batch(
        put(7, 0, 0, [2], [3]),
        {"addNamedRange": {"namedRange": named}},
        put(0, 0, 0, ["=SUM(SALES)"]),
    )

    assert russian.plain("Sheet1!A1") == [[5]]
    assert russian.plain("SALES") == [[2], [3]]


def test_a_reference_to_an_empty_cell_shows_nothing(russian: Desk) -> None:
    russian.batch(put(0, 0, 0, ["=Журнал!A1", "=$C$9", "='Журнал'!$B$2", "=C9+0"]))

    assert russian.plain("Sheet1!A1:D1") == [["", "", "", 0]]


def test_today_is_the_clocks_day_and_shows_as_a_date(russian: Desk) -> None:
    russian.batch(put(0, 0, 0, ["=TODAY()", "=EOMONTH(A1;0)"]))

    assert russian.plain("Sheet1!A1") == [[46082]]
    assert russian.read("Sheet1!A1:B1") == [["01.03.2026", "31.03.2026"]]


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("=1/0", "#DIV/0!"),
        ("=Нет!A1", "#REF!"),
        ("=MATCH(1;B1:B2;0)", "#N/A"),
        ("=A1", "#REF!"),
        ('="a"+1', "#VALUE!"),
    ],
)
def test_errors_show_as_in_google_sheets(russian: Desk, formula: str, shown: str) -> None:
    russian.batch(put(0, 0, 0, [formula]))

    assert russian.read("Sheet1!A1") == [[shown]]


@pytest.mark.bad_sheets_requests
def test_a_function_that_only_google_has_is_remembered_as_not_modelled(russian: Desk) -> None:
    russian.batch(put(0, 0, 0, ['=SUM(QUERY(A2:B3;"select A"))', "=SUM(NO_SUCH_NAME)"]))

    russian.read("Sheet1!A1:B1")

    assert russian.standin.not_modelled == ["function QUERY"]


@pytest.mark.parametrize(
    ("before", "shift", "after"),
    [
        ("=SUM(B2:B10)", Shift("S", rows=True, at=4, count=1), "=SUM(B2:B11)"),
        ("=SUM(B2:B10)", Shift("S", rows=True, at=0, count=2), "=SUM(B4:B12)"),
        ("=SUM(B2:B10)", Shift("S", rows=True, at=10, count=1), "=SUM(B2:B10)"),
        ("=SUM(B2:B10)", Shift("S", rows=True, at=1, count=-3), "=SUM(B2:B7)"),
        ("=B5*2", Shift("S", rows=True, at=4, count=-1), "=#REF!*2"),
        ("=$B$5", Shift("S", rows=False, at=0, count=1), "=$C$5"),
        ("=SUM(B:B)", Shift("S", rows=False, at=0, count=1), "=SUM(C:C)"),
        ("=SUM(2:3)", Shift("S", rows=True, at=0, count=1), "=SUM(3:4)"),
        ("=SUM(B2:B)", Shift("S", rows=True, at=0, count=1), "=SUM(B3:B)"),
        ('="B5"&Журнал!B5', Shift("Журнал", rows=True, at=0, count=1), '="B5"&Журнал!B6'),
        ("='My tab'!B5+B5", Shift("My tab", rows=True, at=0, count=1), "='My tab'!B6+B5"),
        ("=LOG10(5)+DAT2", Shift("S", rows=True, at=0, count=1), "=LOG10(5)+DAT3"),
    ],
)
def test_references_follow_rows_and_columns(before: str, shift: Shift, after: str) -> None:
    assert shifted(Formula(before), "S", shift).text == after


def test_a_copied_formula_moves_its_free_references() -> None:
    assert moved(Formula("=A1+$A1+A$1+$A$1+Журнал!A1"), 2, 1).text == (
        "=B3+$A3+B$1+$A$1+Журнал!B3"
    )
    assert moved(Formula("=A1"), -1, 0).text == "=#REF!"


def test_a_renamed_tab_is_renamed_in_formulas() -> None:
    assert renamed(Formula("=Old!A1+'Old'!B2+New!C3"), "Old", "It's").text == (
        "='It''s'!A1+'It''s'!B2+New!C3"
    )


def test_a_deleted_tab_leaves_reference_errors(russian: Desk) -> None:
    russian.batch(put(7, 0, 0, [1]), put(0, 0, 0, ["=Журнал!A1+1"]))

    russian.standin.delete_tab("book-of-the-test", "Журнал")

    assert russian.read("Sheet1!A1") == [["#REF!"]]


def test_text_with_an_equals_sign_is_never_computed(russian: Desk) -> None:
    cell = {"userEnteredValue": {"stringValue": "=1+1"}}
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    rows = [{"values": [cell]}]
    russian.batch(
        {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}},
        put(0, 1, 0, ["=A1"]),
    )

    assert russian.plain("Sheet1!A1:A2") == [["=1+1"], ["=1+1"]]
    assert russian.formulas("Sheet1!A1:A2") == [["=1+1"], ["=A1"]]

"""People and the rows of Журнал: each thing that they do, what is found, and what the owner reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets.check.checking import Reason
from sheets.check.journal_check import EDITS_MAX, Why
from tests.sheets.paper import COLUMN, SHAPE, Paper


def reasons(paper: Paper) -> set[Reason]:
    return {one.reason for one in paper.check().differences}


def test_what_the_bot_wrote_is_true() -> None:
    paper = Paper.true()
    checked = paper.check()
    assert checked.differences == ()
    assert checked.rewrite == ()
    assert paper.sentences() == []


def test_sorted_rows_are_one_sentence() -> None:
    paper = Paper.true()
    paper.rows.reverse()
    assert reasons(paper) == {Reason.MOVED}
    assert paper.check().rewrite == (1, 2, 3, 4, 5, 6)
    assert paper.sentences() == [
        (
            "Строки вкладки «Журнал» переставили (сортировка или перенос): 6 строк поставлено на место "
            "(№ 1, 2, 3, 4, 5 и ещё 1). Сортировать можно в представлении «Новые сверху»."
        )
    ]


def test_an_inserted_row_is_quoted_and_the_others_are_not_called_sorted() -> None:
    paper = Paper.true()
    paper.rows.insert(2, ["", "=IMPORTXML()", "спросить\nАнну " + "о" * 100])
    assert reasons(paper) == {Reason.MOVED, Reason.INSERTED}
    (text,) = paper.sentences()
    assert text.startswith("Во вкладку «Журнал» вставили строку 4: «=IMPORTXML() спросить Анну оо")
    assert text.endswith("…». Её место заняли строки операций; своё держите на своей вкладке.")


def test_empty_rows_are_counted_where_they_were_put_in() -> None:
    paper = Paper.true()
    paper.rows[3:3] = [[], []]
    paper.rows.insert(1, [])
    assert paper.sentences() == [
        "Во вкладку «Журнал» вставили пустые строки 3, 6, 7: строки операций снова на местах."
    ]


def test_a_deleted_and_a_cleared_row_come_back() -> None:
    paper = Paper.true()
    del paper.rows[1]
    paper.rows[3] = []
    assert reasons(paper) == {Reason.MISSING, Reason.MOVED}
    assert paper.sentences() == ["Удалили или стёрли строки операций № 2, 5: записаны снова."]


def test_one_deleted_row_is_told_of_as_one() -> None:
    paper = Paper.true()
    del paper.rows[5]
    assert paper.sentences() == ["Удалили или стёрли строку операции № 6: записана снова."]


def test_rows_that_were_never_written_only_wait() -> None:
    paper = Paper.true()
    del paper.rows[4:]
    differences = paper.check(upto=5).differences
    assert [(one.place, one.reason) for one in differences] == [
        ("A6", Reason.MISSING),
        ("A7", Reason.WAITING),
    ]


def test_a_sum_is_put_back_with_both_figures() -> None:
    paper = Paper.true()
    paper.type_in(6, "amount", 5000)
    assert paper.sentences() == [
        (
            "«Сумма, ₽» операции № 5: вместо 500,00 написали 5 000,00. Возвращено 500,00. "
            "Сумму в таблице не меняют: отмените операцию в боте и запишите её заново."
        )
    ]
    assert paper.check().edits == ()


@pytest.mark.parametrize(
    ("code", "value", "sentence"),
    [
        ("paid_on", 46060, "«Дата оплаты» операции № 1: вместо 01.02.2026 написали 07.02.2026."),
        ("paid_on", "вчера", "«Дата оплаты» операции № 1: вместо 01.02.2026 написали «вчера»."),
        ("deal", "<b>", "«Сделка» операции № 1: вместо пустого написали «<b>»."),
        ("kind", None, "«Вид» операции № 1: вместо «Расход» написали ничего."),
        ("name:manager", "Я", "«Менеджер» операции № 1: вместо «Анна» написали «Я»."),
        ("amount", "=2+2", "«Сумма, ₽» операции № 1: вместо 100,00 написали «=2+2»."),
        ("line", 9, "Служебный столбец «Строка ОПиУ» операций № 1 изменили: возвращён."),
        ("key", "op-x", "Служебный столбец «Ключ» операций № 1 изменили: возвращён."),
        ("checksum", "x", "Служебный столбец «Контрольная сумма» операций № 1 изменили:"),
    ],
)
def test_what_is_not_for_people_is_put_back(code: str, value: object, sentence: str) -> None:
    paper = Paper.true()
    paper.type_in(2, code, value)  # type: ignore[arg-type]  # whatever a person types
    (text,) = paper.sentences()
    assert text.startswith(sentence)
    assert paper.check().edits == ()
    assert paper.check().rewrite == (1,)


def test_a_row_that_was_pasted_over_is_one_sentence() -> None:
    paper = Paper.true()
    for code in ("kind", "amount", "source", "comment", "article"):
        paper.type_in(4, code, "чужое")
    (text,) = paper.sentences()
    assert text.startswith("Поверх строки операции № 3 вставили или стёрли ячейки («чужое чужое")
    assert paper.check().edits == ()
    paper.rows[2] = ["совсем", "другое"]
    assert paper.sentences() == [
        (
            "Поверх строки операции № 3 (строка 4) вставили «совсем другое»: строка операции записана "
            "снова."
        )
    ]


def test_a_copied_row_is_known_as_a_copy() -> None:
    paper = Paper.true()
    paper.rows.append(list(paper.rows[1]))
    paper.rows.append(["привет"])
    assert reasons(paper) == {Reason.DOUBLED, Reason.EXTRA}
    assert paper.check().rewrite == ()
    assert paper.sentences() == [
        "Во вкладке «Журнал» строки операций стояли второй раз, строки 8 (№ 2): копии убраны.",
        (
            "Ниже последней операции, в строке 9 вкладки «Журнал», стояло «привет»: убрано. "
            "Своё держите на своей вкладке или правее столбцов бота."
        ),
    ]


def test_an_edit_for_people_is_offered_wherever_its_row_stands() -> None:
    paper = Paper.true()
    paper.type_in(3, "comment", "новые слова")
    paper.type_in(3, "name:city", "Город 5")
    paper.type_in(5, "article", 12)
    paper.rows.reverse()
    edits = [(one.number, one.row, one.cells) for one in paper.check().edits]
    assert edits == [
        (2, 5, ((COLUMN["name:city"], "Город 5"), (COLUMN["comment"], "новые слова"))),
        (4, 3, ((COLUMN["article"], "12"),)),
    ]


@pytest.mark.parametrize(
    ("other", "value", "why"),
    [
        ("amount", 1, Why.ROW_CHANGED),
        ("number", 77, Why.ROW_CHANGED),
        ("key", "op-x", Why.ROW_CHANGED),
        ("checksum", None, Why.ROW_CHANGED),
        ("article", "=1", Why.FORMULA),
        ("article", "для ••• и всех", Why.STRUCK),
    ],
)
def test_an_edit_beside_another_is_only_put_back(other: str, value: object, why: Why) -> None:
    paper = Paper.true()
    paper.type_in(3, "comment", "новые слова")
    paper.type_in(3, other, value)  # type: ignore[arg-type]  # whatever a person types
    checked = paper.check()
    assert checked.edits == ()
    assert [(one.edit.number, one.why) for one in checked.not_offered] == [(2, why)]
    assert any("не внесена, строка возвращена" in one for one in paper.sentences())
    assert 2 in checked.rewrite


def test_the_part_that_people_see_sorted_alone_is_no_edit() -> None:
    paper = Paper.true()
    seen = [line[: COLUMN["key"]] for line in paper.rows]
    for line, part in zip(paper.rows, reversed(seen), strict=True):
        line[: COLUMN["key"]] = part
    checked = paper.check()
    assert checked.edits == checked.not_offered == ()
    (text,) = paper.sentences()
    assert "переставили (сортировка или перенос): 6 строк" in text


@pytest.mark.parametrize("code", ["comment", "name:city"])
def test_a_column_sorted_alone_is_no_edit(code: str) -> None:
    paper = Paper.true()
    column = [line[COLUMN[code]] for line in paper.rows]
    for line, value in zip(paper.rows, reversed(column), strict=True):
        line[COLUMN[code]] = value
    checked = paper.check()
    assert checked.edits == ()
    assert {one.why for one in checked.not_offered} == {Why.REARRANGED}
    assert paper.sentences() == [
        (
            "Правки операций № 1, 2, 3, 4, 5 и ещё 1 не внесены, строки возвращены: столбец "
            "переставлен целиком, это не правка отдельных строк."
        )
    ]


@pytest.mark.parametrize("shift", [1, 2, -1])
def test_a_column_pushed_along_is_no_edit(shift: int) -> None:
    paper = Paper.true(9)
    words = [line[COLUMN["comment"]] for line in paper.rows[2:]]
    pushed = [*[None] * shift, *words] if shift > 0 else [*words[-shift:], None]
    for line, value in zip(paper.rows[2:], pushed, strict=False):
        line[COLUMN["comment"]] = value
    checked = paper.check()
    assert checked.edits == ()
    assert {one.why for one in checked.not_offered} == {Why.REARRANGED}


def test_one_word_filled_down_is_typing() -> None:
    paper = Paper.true()
    for row in (3, 4, 5):
        paper.type_in(row, "name:city", "Город 1")
    assert [one.number for one in paper.check().edits] == [2, 3, 4]


@pytest.mark.parametrize(("rows", "offered"), [(EDITS_MAX, EDITS_MAX), (EDITS_MAX + 1, 0)])
def test_more_edits_at_once_than_anybody_types_are_none(rows: int, offered: int) -> None:
    paper = Paper.true(EDITS_MAX + 1)
    for row in range(2, 2 + rows):
        paper.type_in(row, "comment", f"заменено {row}")
    checked = paper.check()
    assert len(checked.edits) == offered
    assert {one.why for one in checked.not_offered} == (set() if offered else {Why.TOO_MANY})


def test_two_rows_that_changed_places_are_told_by_their_numbers() -> None:
    paper = Paper.true()
    paper.rows[1], paper.rows[4] = paper.rows[4], paper.rows[1]
    (text,) = paper.sentences()
    assert "2 строки поставлены на место (№ 2, 5)" in text


@given(data=st.data())
def test_whatever_happens_to_rows_no_operation_is_found_twice_and_all_are_mended(
    data: st.DataObject,
) -> None:
    paper = Paper.true(5)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, max(len(paper.rows) - 1, 0)))
        match data.draw(st.sampled_from(("sort", "insert", "delete", "edit", "copy", "clear"))):
            case "sort":
                key = data.draw(st.integers(0, len(SHAPE.columns) - 1))
                paper.rows.sort(key=lambda line, key=key: str(line[key : key + 1]))  # type: ignore[misc]  # the default binds the loop's key
            case "insert":
                paper.rows.insert(at, data.draw(st.sampled_from(([], ["чужое"], [5, 7]))))
            case "delete" if paper.rows:
                del paper.rows[at]
            case "copy" if paper.rows:
                paper.rows.append(list(paper.rows[at]))
            case "clear" if paper.rows:
                paper.rows[at] = []
            case "edit" if paper.rows and paper.rows[at]:
                column = data.draw(st.integers(0, len(paper.rows[at]) - 1))
                paper.rows[at][column] = data.draw(st.sampled_from(("x", 1, "op-2", None)))
    checked = paper.check()
    places = {one.place: one for one in paper.books}
    for place, image in places.items():
        line = paper.rows[place - 1] if place <= len(paper.rows) else []
        if list(line) != list(image.cells):
            assert place in checked.rewrite
    rows = [one.row for one in checked.rows.located.values()]
    assert len(rows) == len(set(rows))
    assert bool(checked.rewrite) <= bool(checked.differences)
    assert paper.sentences() or not checked.differences

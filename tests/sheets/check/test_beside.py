"""Notes and people's own columns come back with the row that they stood beside."""

import pytest

from sheets.check.beside import read_beside
from sheets.tabs.journal_tab import SHEET_ID
from tests.sheets.paper import COLUMN, SHAPE, Paper

WIDTH = len(SHAPE.columns)
AMOUNT = COLUMN["amount"]


def note(text: str) -> dict:
    return {"note": text}


def value(text: str) -> dict:
    return {"value": {"stringValue": text}}


def formula(text: str) -> dict:
    return {"value": {"formulaValue": text}}


def noted() -> Paper:
    """Notes at the sums of № 2 and № 5, a word behind № 5."""
    paper = Paper.true()
    paper.notes = {
        (2, AMOUNT): note("почему?"),
        (5, AMOUNT): note("проверить"),
        (5, WIDTH): value("позвонить"),
    }
    return paper


KEPT = {
    (2, "amount"): note("почему?"),
    (5, "amount"): note("проверить"),
    (5, "+1"): value("позвонить"),
}


def moved(paper: Paper, order: list[int]) -> None:
    """Rows take their notes along, as Google's do: row by row, where each came from."""
    notes = paper.notes
    rows = [paper.rows[one - 1] for one in order]
    paper.rows = rows
    paper.notes = {
        (row, column): content
        for row, one in enumerate(order, 1)
        for (old, column), content in notes.items()
        if old == one
    }


def written(paper: Paper, requests: list[dict]) -> dict[tuple[int, int], dict]:
    """What stands beside the rows after the requests."""
    after = {place: dict(content) for place, content in paper.notes.items()}
    for request in requests:
        one = request["updateCells"]
        place = (one["start"]["rowIndex"], one["start"]["columnIndex"])
        assert one["start"]["sheetId"] == SHEET_ID
        content = after.setdefault(place, {})
        cell = one["rows"][0]["values"][0]
        for field, name in (("note", "note"), ("userEnteredValue", "value")):
            if field in one["fields"].split(","):
                content.pop(name, None)
                if cell.get(field):
                    content[name] = cell[field]
    return {place: content for place, content in after.items() if content}


def test_what_stands_where_it_must_is_only_remembered() -> None:
    paper = noted()
    plan = paper.beside()
    assert plan.kept == KEPT
    assert plan.requests == []
    assert (plan.brought, plan.lost) == ((), ())


@pytest.mark.parametrize(
    "order", [[6, 5, 4, 3, 2, 1], [1, 3, 4, 5, 2, 6], [5, 1, 2, 3, 4, 6], [2, 1, 4, 3, 6, 5]]
)
def test_sorted_rows_get_their_notes_back(order: list[int]) -> None:
    paper = noted()
    moved(paper, order)
    plan = paper.beside(KEPT)
    assert written(paper, plan.requests) == noted().notes
    assert plan.kept == KEPT
    assert set(plan.brought) <= {2, 5}
    assert plan.brought
    assert paper.sentences()[-1].startswith("Примечания и записи рядом с операциями № ")


def test_a_deleted_rows_note_comes_back_from_memory() -> None:
    paper = noted()
    moved(paper, [1, 2, 3, 4, 6])
    plan = paper.beside(KEPT)
    assert written(paper, plan.requests) == noted().notes
    assert plan.kept == KEPT


def test_a_note_that_was_taken_away_is_forgotten_and_a_new_one_is_kept() -> None:
    paper = noted()
    del paper.notes[2, AMOUNT]
    paper.notes[5, AMOUNT] = note("проверено")
    plan = paper.beside(KEPT)
    assert plan.requests == []
    assert plan.kept == {(5, "amount"): note("проверено"), (5, "+1"): value("позвонить")}


def test_a_cleared_row_keeps_what_stands_beside_it() -> None:
    paper = noted()
    paper.rows[4] = []
    plan = paper.beside({})
    assert plan.requests == []
    assert plan.kept == KEPT


def test_what_stood_beside_a_row_of_nobody_is_quoted() -> None:
    paper = noted()
    paper.rows.insert(1, ["чужое"])
    paper.notes = {(row + (row > 1), column): one for (row, column), one in paper.notes.items()}
    paper.notes[2, 0] = note("<b>моё</b>")
    plan = paper.beside(KEPT)
    assert written(paper, plan.requests) == noted().notes
    assert plan.lost == ((2, "<b>моё</b>"),)
    assert paper.sentences()[-1] == (
        "Рядом с лишней строкой 3 стояло «<b>моё</b>»: убрано вместе с ней."
    )


def test_what_stands_below_the_last_row_is_left() -> None:
    paper = noted()
    paper.notes[20, 3] = note("моё")
    paper.rows += [[] for _ in range(12)]
    paper.rows.append(["привет"])
    paper.notes[19, 0] = note("и это")
    plan = paper.beside(KEPT)
    assert plan.requests == []
    assert plan.kept == KEPT


def test_only_what_is_seen_was_sorted_so_notes_go_with_it_and_words_behind_stay() -> None:
    paper = noted()
    seen = [line[: COLUMN["key"]] for line in paper.rows]
    for line, part in zip(paper.rows, reversed(seen), strict=True):
        line[: COLUMN["key"]] = part
    paper.notes = {
        (row if column >= WIDTH else 7 - row, column): one
        for (row, column), one in paper.notes.items()
    }
    plan = paper.beside(KEPT)
    assert written(paper, plan.requests) == noted().notes
    assert plan.kept == KEPT


def test_a_copys_note_is_not_the_operations() -> None:
    paper = noted()
    paper.rows[2] = list(paper.rows[4])
    paper.notes[3, AMOUNT] = note("проверить")
    plan = paper.beside(KEPT | {(3, "amount"): note("было")})
    assert written(paper, plan.requests)[3, AMOUNT] == note("было")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("=F6*2", "=F3*2"),
        ("=$F6+F$6", "=$F3+F$6"),
        ("=SUM(F6:G6)", "=SUM(F3:G3)"),
        ('=IF(F6>1;"A6";Лист1!F6)', '=IF(F3>1;"A6";Лист1!F6)'),
        ("=LOG10(F6)", "=LOG10(F3)"),
    ],
)
def test_a_formula_of_theirs_looks_at_its_row_again(before: str, after: str) -> None:
    paper = Paper.true()
    # Google has moved the formula of № 2 along to row 6, it must look at row 3 again.
    moved(paper, [1, 3, 4, 5, 2, 6])
    paper.notes = {(5, WIDTH + 1): formula(before)}
    plan = paper.beside()
    assert written(paper, plan.requests) == {(2, WIDTH + 1): formula(after)}
    assert plan.kept == {(2, "+2"): formula(after)}


def test_a_column_that_the_configuration_took_away_is_let_go() -> None:
    paper = Paper.true()
    plan = paper.beside({(2, "name:colour"): note("синий"), (99, "amount"): note("нет такой")})
    assert plan.kept == {}
    assert plan.requests == []


def test_what_is_read_are_notes_everywhere_and_values_behind() -> None:
    body = {
        "sheets": [
            {
                "properties": {"sheetId": SHEET_ID},
                "data": [
                    {
                        "startRow": 0,
                        "rowData": [
                            {"values": [{"note": "у заголовка"}]},
                            {
                                "values": [
                                    {"userEnteredValue": {"numberValue": 1}, "note": "здесь"},
                                    {"userEnteredValue": {"stringValue": "наше"}},
                                    {"userEnteredValue": {"stringValue": "их"}},
                                ]
                            },
                        ],
                    }
                ],
            },
            {
                "properties": {"sheetId": 7},
                "data": [{"rowData": [{"values": [{"note": "x"}]}] * 3}],
            },
        ]
    }
    assert read_beside(body, 2) == {(1, 0): note("здесь"), (1, 2): value("их")}

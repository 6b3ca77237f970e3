"""The `import-operations` command; the rules of the table are tested in tests/usecases."""

import json

import pytest
from openpyxl import Workbook

from tests.app.command_room import Desk

TABLE = """
key | kind    | paid_on    | amount | article       | article_type     | activity     | account
1   | income  | 2026-01-15 | 500    | Продажи       |                  |              | Касса
2   | expense | 2026-01-16 | 120    | Аренда склада | производственные | операционная | Банк Альфа
"""


def test_a_second_run_changes_nothing(desk: Desk) -> None:
    path = desk.table(TABLE)

    first = desk.json("import-operations", path)
    again = desk.json("import-operations", path)

    assert (first["rows"], first["imported"], first["known"]) == (2, 2, 0)
    assert first["articles"] == ["Аренда склада"]
    assert first["accounts"] == [{"name": "Банк Альфа", "code": "bank:Банк Альфа"}]
    assert (again["rows"], again["imported"], again["known"]) == (2, 0, 2)
    assert (again["articles"], again["accounts"]) == ([], [])
    assert desk.json("report", "pnl")["total"]["net_profit"] == "380.00"


def test_a_dry_run_says_what_would_be_and_writes_nothing(desk: Desk) -> None:
    path = desk.table(TABLE)

    tried = desk.json("import-operations", path, "--dry-run")

    assert (tried["dry_run"], tried["new"], tried["imported"]) == (True, 2, 0)
    assert desk.json("report", "pnl")["rows"] == []
    assert desk.json("import-operations", path)["articles"] == ["Аренда склада"]


def test_every_bad_row_is_reported_and_nothing_is_taken(desk: Desk) -> None:
    path = desk.table(TABLE + "3|income|soon|12,5,0|Продажи|||Касса\n4|gift|2026-01-01|5||||")

    done = desk.run("import-operations", path, "--json")

    problems = json.loads(done.out)["problems"]
    assert done.status == 2
    assert [(one["row"], one["column"], one["code"]) for one in problems] == [
        (4, "amount", "bad-amount"),
        (4, "paid_on", "bad-date"),
        (5, "kind", "bad-kind"),
    ]
    assert "Строка 4, столбец amount: это не сумма" in done.err
    assert desk.json("report", "pnl")["rows"] == []


def test_a_workbook_is_a_table_too(desk: Desk) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (
        ["Вид", "Дата оплаты", "Сумма", "Статья"],
        ["доход", "31.01.2026", 12.5, "Продажи"],
    ):
        book.active.append(row)
    path = desk.home / "ops.xlsx"
    book.save(path)

    assert desk.json("import-operations", path)["imported"] == 1
    assert desk.json("report", "pnl")["total"]["revenue"] == "12.50"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "ничего нет"),
        (b"%PDF-1.7", "не таблица"),
        (b"PK\x03\x04cut", "повреждена"),
        (b"\xd0\xcf\x11\xe0", "старый Excel"),
        (b'kind;"amount\n', "кавычки"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(
    desk: Desk, content: bytes, said: str
) -> None:
    path = desk.home / "ops.csv"
    path.write_bytes(content)

    assert said in desk.refused("import-operations", path)


def test_a_formula_in_a_comment_stays_a_text(desk: Desk) -> None:
    words = '=IMPORTXML("http://x";"//a") <b>жир</b>'
    desk.run(
        "import-operations",
        desk.sheet(
            [
                ["kind", "paid_on", "amount", "article", "comment"],
                ["expense", "2026-01-15", "5", "Транспорт", words],
            ]
        ),
    )

    desk.run("export", desk.home / "book.xlsx")

    from openpyxl import load_workbook

    journal = load_workbook(desk.home / "book.xlsx")["Журнал"]
    cells = [cell for row in journal.iter_rows() for cell in row if cell.value == words]
    assert [cell.data_type for cell in cells] == ["s"]

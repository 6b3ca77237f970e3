import io
from typing import Any

from openpyxl import load_workbook

from tests.sandbox.page_sheet import CHECK, JOURNAL, PNL, SERVICE
from tests.sandbox.page_world import open_page

BOOK = "/api/sheet/book.xlsx"


def cell(shown: dict[str, Any], row: int, column: int) -> dict[str, Any]:
    """The cell as it was sent; an empty dict when it was not."""
    return next((one for one in shown["cells"] if (one["r"], one["c"]) == (row, column)), {})


async def test_values_are_computed_and_the_formula_stands_beside() -> None:
    async with open_page() as page:
        shown = await page.get(f"/api/sheet?tab={PNL}")

    # 31 January: 108 entries, every third an income of 15 000.50.
    assert cell(shown, 2, 1)["t"] == "540\N{NO-BREAK SPACE}018,00"
    assert cell(shown, 4, 4)["f"] == "=E3-E4"
    assert cell(shown, 4, 4)["k"] == "n"


async def test_hidden_tabs_and_columns_are_not_shown() -> None:
    async with open_page() as page:
        shown = await page.get(f"/api/sheet?tab={JOURNAL}")

    assert [tab["title"] for tab in shown["tabs"]] == ["ОПиУ", "Журнал", "Сверка"]
    assert SERVICE not in [tab["id"] for tab in shown["tabs"]]
    assert [column["width"] for column in shown["columns"]] == [92, 100, 240, 100, 0, 100]


async def test_only_the_rows_in_view_are_sent_with_the_frozen_ones() -> None:
    async with open_page() as page:
        shown = await page.get(f"/api/sheet?tab={JOURNAL}&from=100&rows=5")

    assert sorted({one["r"] for one in shown["cells"]}) == [0, 100, 101, 102, 103, 104]
    assert (shown["rows"], shown["from"], shown["to"]) == (221, 100, 105)
    assert shown["frozen_rows"] == 1


async def test_the_end_of_a_long_tab_can_be_asked_for() -> None:
    async with open_page() as page:
        long = await page.get(f"/api/sheet?tab={JOURNAL}&from=end&rows=5")
        short = await page.get(f"/api/sheet?tab={PNL}&from=end&rows=50")

    assert (long["from"], long["to"]) == (216, 221)
    assert (short["from"], short["to"]) == (0, 5)
    assert 4 not in {one["c"] for one in long["cells"]}


async def test_looks_are_told_once_and_dates_read_as_dates() -> None:
    async with open_page() as page:
        shown = await page.get(f"/api/sheet?tab={JOURNAL}&rows=4")

    head = shown["looks"][cell(shown, 0, 0)["l"]]
    assert head == {"b": 1, "bg": "#37474f", "fg": "#ffffff"}
    assert len(shown["looks"]) == 1
    assert cell(shown, 1, 0)["t"] == "05.01.2026"


async def test_a_condition_colours_the_cell_as_soon_as_it_holds() -> None:
    async with open_page() as page:
        before = await page.get(f"/api/sheet?tab={CHECK}")
        await page.post("/api/sheet/cell", tab=CHECK, cell="B3", value="1")
        after = await page.get(f"/api/sheet?tab={CHECK}")

    assert before["looks"][cell(before, 2, 1)["l"]]["bg"] == "#c7e6c9"
    assert "l" not in cell(after, 2, 1)


async def test_a_typed_cell_changes_what_depends_on_it_and_the_version() -> None:
    async with open_page() as page:
        before = (await page.get("/api/version"))["sheet"]
        await page.post("/api/sheet/cell", tab=JOURNAL, cell="D2", value="0")
        shown = await page.get(f"/api/sheet?tab={PNL}")
        after = (await page.get("/api/version"))["sheet"]

    assert cell(shown, 2, 1)["t"] == "525\N{NO-BREAK SPACE}017,50"
    assert after > before


async def test_a_list_offers_its_values() -> None:
    async with open_page() as page:
        shown = await page.get(f"/api/sheet?tab={CHECK}")

    assert cell(shown, 3, 1)["o"] == ["касса", "начисление"]


async def test_a_place_that_is_no_cell_is_refused() -> None:
    async with open_page() as page:
        refused = await page.post("/api/sheet/cell", 400, tab=PNL, cell="A1:B2", value="1")

    assert refused == {"error": "Такой ячейки нет"}


async def test_the_file_is_a_workbook_with_formulas() -> None:
    async with open_page() as page, page.session.get(page.url + BOOK) as response:
        data = await response.read()

    book = load_workbook(io.BytesIO(data))
    assert book["ОПиУ"]["E5"].value == "=E3-E4"
    assert book["_служебный"].sheet_state == "hidden"

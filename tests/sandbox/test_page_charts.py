from typing import Any

import pytest

from sandbox.page.charts import charts_of
from tests.sandbox.google_sheets_desk import BOOK, Desk, grid_range, open_desk, put
from tests.sandbox.rich_sheet import CHARTS, rich_requests


def charts(*more: dict[str, Any]) -> list[dict[str, Any]]:
    with open_desk("ru_RU") as desk:
        desk.batch(*rich_requests(), *more)
        return shown(desk)


def shown(desk: Desk) -> list[dict[str, Any]]:
    shelf = desk.standin.shelf(BOOK)
    return charts_of(shelf.reader, shelf.book.sheet(CHARTS))


def test_a_chart_brings_its_names_numbers_and_axes() -> None:
    combo = charts()[0]
    turnover, marketing = combo["series"]

    assert (combo["title"], combo["row"], combo["column"]) == ("Маркетинг и оборот", 20, 0)
    assert combo["names"] == ["Янв", "Фев", "Мар", "Апр", "Май", "Июн"]
    assert (turnover["name"], turnover["kind"], turnover["right"]) == ("Оборот", "COLUMN", False)
    assert (marketing["kind"], marketing["right"], marketing["color"]) == ("LINE", True, "#ff7f0e")
    assert turnover["values"][0] == pytest.approx(1_250_000)
    assert turnover["texts"][0] == "1\N{NO-BREAK SPACE}250\N{NO-BREAK SPACE}000"
    assert combo["axes"] == {"LEFT_AXIS": "Оборот, ₽"}


def test_shares_are_told_as_shares() -> None:
    [line] = charts()[3]["series"]

    assert line["percent"]
    assert line["values"][0] == pytest.approx(0.12)


def test_hidden_rows_are_left_out_as_in_sheets() -> None:
    span = {"sheetId": CHARTS, "dimension": "ROWS", "startIndex": 3, "endIndex": 4}
    wanted = {"range": span, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}

    combo = charts({"updateDimensionProperties": wanted})[0]

    assert combo["names"] == ["Янв", "Фев", "Апр", "Май", "Июн"]
    assert len(combo["series"][0]["values"]) == 5


def test_what_is_no_number_is_a_gap() -> None:
    profit = charts(put(CHARTS, 2, 3, ["нет"]), put(CHARTS, 3, 3, ["=1/0"]))[1]

    assert profit["series"][0]["values"][:3] == [pytest.approx(210_000), None, None]


def test_a_chart_that_lost_its_tab_is_an_empty_frame() -> None:
    other = {"sourceRange": {"sources": [grid_range(0, (0, 3), (0, 1))]}}
    spec = {"title": "Чужое", "basicChart": {"chartType": "LINE", "series": [{"series": other}]}}
    anchor = {"overlayPosition": {"anchorCell": {"sheetId": CHARTS}}}
    chart = {"addChart": {"chart": {"chartId": 9, "spec": spec, "position": anchor}}}

    lost = charts(chart, {"deleteSheet": {"sheetId": 0}})[-1]

    assert (lost["title"], lost["names"], lost["series"]) == ("Чужое", [], [])


def test_a_kind_that_nobody_draws_says_so() -> None:
    source = {"sourceRange": {"sources": [grid_range(CHARTS, (1, 2), (1, 2))]}}
    spec = {"scorecardChart": {"keyValueData": source}}
    anchor = {"overlayPosition": {"anchorCell": {"sheetId": CHARTS}}}

    score = charts({"addChart": {"chart": {"spec": spec, "position": anchor}}})[-1]

    assert score["kind"] is None

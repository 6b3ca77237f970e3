"""A spreadsheet with everything that can be drawn: charts, bands, rules, drop-downs, notes."""

from typing import Any

from tests.sandbox.google_sheets_desk import cells, grid_range

__all__ = ["CHARTS", "LIST", "rich_requests"]

Json = dict[str, Any]
CHARTS, LIST = 21, 22
MONTHS = ("Янв", "Фев", "Мар", "Апр", "Май", "Июн")
TURNOVER = (1_250_000, 1_480_500, 990_000, 1_720_300, 1_655_000, 2_010_750)
MARKETING = (150_000, 177_000, 168_300, 206_000, 132_000, 261_000)
PROFIT = (210_000, 265_000, -84_000, 310_000, 420_000, 502_000)
MANAGERS = (("Анна Иванова", 812_000), ("Борис Петров", 455_000), ("Вера Ёлкина", -120_000))
BLUE, ORANGE, GREEN, RED = "1F77B4", "FF7F0E", "2E7D32", "C62828"


def rich_requests() -> list[Json]:
    """The batch that makes two tabs: figures with charts, and a hidden list of choices."""
    return [
        _tab(CHARTS, "Пульт", frozen=(1, 1)),
        {"addSheet": {"properties": {"sheetId": LIST, "title": "Список", "hidden": True}}},
        _write(LIST, 0, [["Все"], ["Анна Иванова"], ["Борис Петров"]]),
        _write(
            CHARTS, 0, [["Месяц", "Оборот", "Маркетинг", "Прибыль", "ДРР", "Долг"], *_months()]
        ),
        _write(CHARTS, 8, [["Менеджер", "Прибыль"], *([name, sum_] for name, sum_ in MANAGERS)]),
        _write(CHARTS, 13, [["Менеджер:", "Все"], ["Показано:", "=B14"]]),
        *_looks(),
        _combo(),
        _basic(2, "Прибыль по месяцам", "COLUMN", (20, 6), [(3, GREEN)]),
        _basic(3, "Прибыль по менеджерам", "BAR", (40, 0), [(1, BLUE)], rows=(8, 12)),
        _basic(4, "Доля рекламных расходов", "LINE", (40, 6), [(4, RED)]),
        _pie(),
    ]


def _months() -> list[list[Any]]:
    return [
        [month, turnover, marketing, profit, f"=C{row}/B{row}", -1000 * row]
        for row, (month, turnover, marketing, profit) in enumerate(
            zip(MONTHS, TURNOVER, MARKETING, PROFIT, strict=True), 2
        )
    ]


def _tab(sheet_id: int, title: str, frozen: tuple[int, int]) -> Json:
    grid = {"rowCount": 80, "columnCount": 16, "hideGridlines": True}
    grid |= {"frozenRowCount": frozen[0], "frozenColumnCount": frozen[1]}
    style = {"rgbColor": _rgb(GREEN)}
    properties = {"sheetId": sheet_id, "title": title, "gridProperties": grid}
    return {"addSheet": {"properties": {**properties, "tabColorStyle": style}}}


def _write(sheet_id: int, row: int, rows: list[list[Any]]) -> Json:
    start = {"sheetId": sheet_id, "rowIndex": row, "columnIndex": 0}
    return {"updateCells": {"start": start, "rows": cells(*rows), "fields": "userEnteredValue"}}


def _looks() -> list[Json]:
    table = grid_range(CHARTS, (0, 7), (0, 6))
    bands = {
        "headerColorStyle": {"rgbColor": _rgb("37474F")},
        "firstBandColorStyle": {"rgbColor": _rgb("FFFFFF")},
        "secondBandColorStyle": {"rgbColor": _rgb("ECEFF1")},
    }
    banding = {"bandedRangeId": 1, "range": table, "rowProperties": bands}
    minus = {"type": "NUMBER_LESS", "values": [{"userEnteredValue": "0"}]}
    red = {
        "condition": minus,
        "format": {"textFormat": {"foregroundColorStyle": {"rgbColor": _rgb(RED)}}},
    }
    source = {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "=Список!$A$1:$A$3"}]}
    head = {
        "textFormat": {"bold": True, "foregroundColorStyle": {"rgbColor": _rgb("FFFFFF")}},
        "horizontalAlignment": "CENTER",
    }
    line = {"style": "SOLID", "colorStyle": {"rgbColor": _rgb("37474F")}}
    return [
        {"addBanding": {"bandedRange": banding}},
        _look((0, 1), (0, 6), head),
        _look((1, 12), (1, 4), _number("NUMBER", '#,##0;-#,##0;"–"')),
        _look((1, 7), (4, 5), _number("PERCENT", "0.0%")),
        _look((1, 7), (5, 6), _number("NUMBER", "#,##0;[Red]-#,##0")),
        {"updateBorders": {"range": table, "bottom": line}},
        {
            "addConditionalFormatRule": {
                "rule": {"ranges": [grid_range(CHARTS, (1, 12), (1, 4))], "booleanRule": red}
            }
        },
        {
            "setDataValidation": {
                "range": grid_range(CHARTS, (13, 14), (1, 2)),
                "rule": {"condition": source, "strict": True, "showCustomUi": True},
            }
        },
        _width(0, 150),
        _width(1, 110),
        _note((0, 4), "Доля рекламных расходов: маркетинг к обороту"),
    ]


def _look(rows: tuple[int, int], columns: tuple[int, int], look: Json) -> Json:
    fields = ",".join(f"userEnteredFormat.{name}" for name in look)
    cell = {"userEnteredFormat": look}
    place = grid_range(CHARTS, rows, columns)
    return {"repeatCell": {"range": place, "cell": cell, "fields": fields}}


def _number(kind: str, pattern: str) -> Json:
    return {"numberFormat": {"type": kind, "pattern": pattern}}


def _note(place: tuple[int, int], text: str) -> Json:
    box = grid_range(CHARTS, (place[0], place[0] + 1), (place[1], place[1] + 1))
    return {"repeatCell": {"range": box, "cell": {"note": text}, "fields": "note"}}


def _width(column: int, pixels: int) -> Json:
    span = {
        "sheetId": CHARTS,
        "dimension": "COLUMNS",
        "startIndex": column,
        "endIndex": column + 1,
    }
    wanted = {"range": span, "properties": {"pixelSize": pixels}, "fields": "pixelSize"}
    return {"updateDimensionProperties": wanted}


def _combo() -> Json:
    drawn = [
        {**_series(1, "LEFT_AXIS", BLUE), "type": "COLUMN"},
        {**_series(2, "RIGHT_AXIS", ORANGE), "type": "LINE"},
    ]
    spec = {
        "title": "Маркетинг и оборот",
        "basicChart": {
            "chartType": "COMBO",
            "legendPosition": "BOTTOM_LEGEND",
            "headerCount": 1,
            "axis": [{"position": "LEFT_AXIS", "title": "Оборот, ₽"}],
            "domains": [{"domain": _data(0)}],
            "series": drawn,
        },
    }
    return _chart(1, spec, (20, 0))


def _basic(
    chart_id: int,
    title: str,
    kind: str,
    place: tuple[int, int],
    series: list[tuple[int, str]],
    rows: tuple[int, int] = (0, 7),
) -> Json:
    axis = "BOTTOM_AXIS" if kind == "BAR" else "LEFT_AXIS"
    basic = {
        "chartType": kind,
        "legendPosition": "NO_LEGEND",
        "headerCount": 1,
        "domains": [{"domain": _data(0, rows)}],
        "series": [_series(column, axis, colour, rows) for column, colour in series],
    }
    return _chart(chart_id, {"title": title, "basicChart": basic}, place)


def _pie() -> Json:
    pie = {
        "legendPosition": "RIGHT_LEGEND",
        "domain": _data(0, (1, 7)),
        "series": _data(2, (1, 7)),
        "pieHole": 0.5,
    }
    return _chart(5, {"title": "Маркетинг по месяцам", "pieChart": pie}, (60, 0))


def _series(column: int, axis: str, colour: str, rows: tuple[int, int] = (0, 7)) -> Json:
    style = {"rgbColor": _rgb(colour)}
    return {"series": _data(column, rows), "targetAxis": axis, "colorStyle": style}


def _data(column: int, rows: tuple[int, int] = (0, 7)) -> Json:
    return {"sourceRange": {"sources": [grid_range(CHARTS, rows, (column, column + 1))]}}


def _chart(chart_id: int, spec: Json, place: tuple[int, int]) -> Json:
    anchor = {"sheetId": CHARTS, "rowIndex": place[0], "columnIndex": place[1]}
    over = {"anchorCell": anchor, "widthPixels": 560, "heightPixels": 340}
    position = {"overlayPosition": over}
    return {"addChart": {"chart": {"chartId": chart_id, "spec": spec, "position": position}}}


def _rgb(text: str) -> Json:
    parts = (int(text[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return dict(zip(("red", "green", "blue"), parts, strict=True))

"""A small spreadsheet for the page: a journal, a P&L by formulas, a check that colours itself."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from sandbox.google_sheets.api import ApiCall, answer
from sandbox.servers import Sandbox

PNL, JOURNAL, CHECK, SERVICE = 11, 12, 13, 14
JOURNAL_ROWS = 220
EPOCH = date(1899, 12, 30)
Json = dict[str, Any]


def fill_sheet(sandbox: Sandbox) -> None:
    """Make the tabs with values, formulas and formats through the API's own batch."""
    requests = [
        _tab(PNL, "ОПиУ", rows=2, columns=1, color=(0.18, 0.49, 0.2)),
        _tab(JOURNAL, "Журнал", rows=1, columns=0, color=(0.27, 0.35, 0.39)),
        _tab(CHECK, "Сверка", rows=1, columns=0, color=(0.94, 0.42, 0)),
        {"addSheet": {"properties": {"sheetId": SERVICE, "title": "_служебный", "hidden": True}}},
        {"deleteSheet": {"sheetId": 0}},
        _cells(JOURNAL, _journal()),
        _cells(PNL, _pnl()),
        _cells(CHECK, _check()),
        _width(JOURNAL, 0, 92),
        _width(JOURNAL, 2, 240),
        _width(JOURNAL, 4, 60, hidden=True),
        _width(PNL, 0, 210),
        _width(CHECK, 0, 260),
        _merge(PNL),
        _rule(CHECK),
    ]
    send(sandbox, requests)


def send(sandbox: Sandbox, requests: list[Json]) -> None:
    """One batch to the world's spreadsheet, past the gate."""
    shelf = sandbox.google_sheets.shelf(sandbox.spreadsheet_id)
    ids = count(100)
    path = {"spreadsheetId": shelf.book.id}
    body = {"requests": requests}
    call = ApiCall(
        "spreadsheets.batchUpdate", path, [], body, "bot@example.com", lambda: next(ids)
    )
    answer(shelf, call)


def _tab(
    sheet_id: int, title: str, *, rows: int, columns: int, color: tuple[float, float, float]
) -> Json:
    grid = {"rowCount": 400, "columnCount": 14, "frozenRowCount": rows}
    properties = {
        "sheetId": sheet_id,
        "title": title,
        "gridProperties": {**grid, "frozenColumnCount": columns},
        "tabColorStyle": {"rgbColor": _rgb(color)},
    }
    return {"addSheet": {"properties": properties}}


def _journal() -> list[list[Json]]:
    head = [_text(one, head=True) for one in ("Дата", "Вид", "Что", "Сумма", "id", "Менеджер")]
    return [head, *(_entry(number) for number in range(JOURNAL_ROWS))]


def _entry(number: int) -> list[Json]:
    day = (date(2026, 1, 5) + timedelta(days=number // 4) - EPOCH).days
    income = number % 3 == 0
    return [
        {"userEnteredValue": {"numberValue": day}, "userEnteredFormat": _number("dd.mm.yyyy")},
        _text("Доход" if income else "Расход"),
        _text("Предоплата по договору" if income else ("Аренда", "Такси")[number % 2]),
        _sum(15000.5 if income else 1200 + number),
        {"userEnteredValue": {"numberValue": number}},
        _text(("Анна", "Борис")[number % 2]),
    ]


def _pnl() -> list[list[Json]]:
    months = [_text(one, head=True) for one in ("", "Янв", "Фев", "Мар", "Итого")]
    rows = [[_text("Отчёт о прибылях и убытках", head=True)], months]
    for label, kind in (("Выручка", "Доход"), ("Расходы", "Расход")):
        line = [_text(label)]
        for month in (1, 2, 3):
            first, after = f"DATE(2026,{month},1)", f"DATE(2026,{month + 1},1)"
            line.append(
                _formula(
                    f'=SUMIFS(Журнал!$D:$D;Журнал!$B:$B;"{kind}";Журнал!$A:$A;">="&{first};'
                    f'Журнал!$A:$A;"<"&{after})'.replace(",", ";")
                )
            )
        rows.append([*line, _formula(f"=SUM(B{len(rows) + 1}:D{len(rows) + 1})")])
    profit = [_formula(f"={column}3-{column}4", bold=True) for column in "BCDE"]
    return [*rows, [_text("Чистая прибыль", head=True), *profit]]


def _check() -> list[list[Json]]:
    choice = {
        "condition": {"type": "ONE_OF_LIST", "values": [_typed("касса"), _typed("начисление")]}
    }
    return [
        [_text("Показатель", head=True), _text("Значение", head=True)],
        [_text("Строк в журнале"), _formula('=COUNTIFS(Журнал!D:D;">0")')],
        [_text("Расхождение с книгой"), _formula("=ОПиУ!E5-ОПиУ!E3+ОПиУ!E4")],
        [_text("База"), {**_text("касса"), "dataValidation": choice}],
    ]


def _rule(sheet_id: int) -> Json:
    condition = {"type": "NUMBER_EQ", "values": [_typed("0")]}
    rule = {
        "condition": condition,
        "format": {"backgroundColorStyle": {"rgbColor": _rgb((0.78, 0.9, 0.79))}},
    }
    box = {
        "sheetId": sheet_id,
        "startRowIndex": 2,
        "endRowIndex": 3,
        "startColumnIndex": 1,
        "endColumnIndex": 2,
    }
    return {"addConditionalFormatRule": {"rule": {"ranges": [box], "booleanRule": rule}}}


def _cells(sheet_id: int, rows: list[list[Json]]) -> Json:
    start = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": 0}
    fields = "userEnteredValue,userEnteredFormat,dataValidation"
    body = {"rows": [{"values": row} for row in rows], "fields": fields, "start": start}
    return {"updateCells": body}


def _width(sheet_id: int, column: int, pixels: int, *, hidden: bool = False) -> Json:
    place = {"sheetId": sheet_id, "dimension": "COLUMNS"}
    body = {
        "range": {**place, "startIndex": column, "endIndex": column + 1},
        "properties": {"pixelSize": pixels, "hiddenByUser": hidden},
        "fields": "pixelSize,hiddenByUser",
    }
    return {"updateDimensionProperties": body}


def _merge(sheet_id: int) -> Json:
    box = {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 5}
    return {"mergeCells": {"range": {"sheetId": sheet_id, **box}, "mergeType": "MERGE_ALL"}}


def _text(text: str, *, head: bool = False) -> Json:
    cell: Json = {"userEnteredValue": {"stringValue": text}}
    if head:
        ink = {"foregroundColorStyle": {"rgbColor": _rgb((1, 1, 1))}, "bold": True}
        fill = {"rgbColor": _rgb((0.215, 0.278, 0.31))}
        cell["userEnteredFormat"] = {"textFormat": ink, "backgroundColorStyle": fill}
    return cell


def _formula(text: str, *, bold: bool = False) -> Json:
    look = {**_number("# ##0.00"), "textFormat": {"bold": bold}}
    return {"userEnteredValue": {"formulaValue": text}, "userEnteredFormat": look}


def _sum(value: float) -> Json:
    return {"userEnteredValue": {"numberValue": value}, "userEnteredFormat": _number("# ##0.00")}


def _number(pattern: str) -> Json:
    kind = "DATE" if "y" in pattern else "NUMBER"
    return {"numberFormat": {"type": kind, "pattern": pattern.replace("# ##", "#,##")}}


def _typed(text: str) -> Json:
    return {"userEnteredValue": text}


def _rgb(parts: tuple[float, float, float]) -> Json:
    return dict(zip(("red", "green", "blue"), parts, strict=True))

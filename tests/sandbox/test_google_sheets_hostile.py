"""Requests made to break it: refused in Google's shape, never a crash, and nothing is half done."""

from collections.abc import Iterator

import pytest

from tests.sandbox.google_sheets_desk import BOOK, Desk, open_desk, put

pytestmark = pytest.mark.bad_sheets_requests
WRITE = "/values/A1?valueInputOption=RAW"


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk("ru_RU") as opened:
        yield opened


def send(desk: Desk, body: bytes, path: str = ":batchUpdate", method: str = "POST") -> int:
    """The status of raw bytes; the reply must be Google's JSON."""
    url = f"{desk.base}/v4/spreadsheets/{BOOK}{path}"
    reply = desk.session.request(method, url, data=body, timeout=20)
    assert reply.headers["Content-Type"].startswith("application/json")
    shown = reply.json()
    assert reply.status_code == 200 or shown["error"]["code"] == reply.status_code
    return reply.status_code


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"values": [[NaN]]}',
        b'{"values": [[-Infinity]]}',
        b'{"values": [["\\ud800"]]}',
        b'{"values": [["\xff"]]}',
        b'{"values": [[1' + b"0" * 400 + b"]]}",
        b'{"values": [[{"a": 1}]]}',
        b"[]",
        b'"text"',
    ],
)
def test_a_body_that_is_no_sheet_of_values_is_refused(desk: Desk, body: bytes) -> None:
    assert send(desk, body, WRITE, "PUT") == 400


@pytest.mark.parametrize(
    "asked",
    [
        '{"addSheet": {"properties": {"gridProperties": {"rowCount": 0}}}}',
        '{"addSheet": {"properties": {"gridProperties": {"columnCount": 18279}}}}',
        '{"addSheet": {"properties": {"gridProperties": {"rowCount": 5, "frozenRowCount": 5}}}}',
        '{"addSheet": {"properties": {"index": -1}}}',
        '{"appendDimension": {"sheetId": 0, "dimension": "COLUMNS", "length": 20000}}',
        '{"insertDimension": {"range": {"dimension": "ROWS", "endIndex": 2000000000}}}',
        '{"findReplace": {"find": "x", "replacement": "$9", "searchByRegex": true, "sheetId": 0}}',
        '{"findReplace": {"find": "(", "searchByRegex": true, "sheetId": 0}}',
        '{"updateConditionalFormatRule": {"sheetId": 0, "index": 0, "newIndex": 5}}',
        '{"autoResizeDimensions": {"dimensions": {"dimension": "ROWS", "endIndex": 999}}}',
    ],
)
def test_a_batch_that_cannot_be_leaves_nothing_behind(desk: Desk, asked: str) -> None:
    first = '{"updateCells": {"start": {}, "fields": "userEnteredValue", "rows": [{"values": '
    first += '[{"userEnteredValue": {"stringValue": "half"}}]}]}}'

    assert send(desk, f'{{"requests": [{first}, {asked}]}}'.encode()) == 400
    assert desk.read("Sheet1!A1") == []


@pytest.mark.parametrize(
    "text",
    ["%00", "'Sheet1", "Sheet1!A0", "Sheet1!ZZZZ1", "A1:B2:C3", "Sheet1!!A1", "Sheet1!A1:"],
)
def test_a_range_that_is_none_cannot_be_parsed(desk: Desk, text: str) -> None:
    status, reply = desk.call("GET", f"/values/{text}")

    assert status == 400
    assert reply["error"]["message"].startswith("Unable to parse range")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("=SUM(", "#ERROR!"),
        ("==", "#ERROR!"),
        ("=1+1)", "#ERROR!"),
        ("='", "#ERROR!"),
        ("=C9", "#REF!"),
        ("=A9999", "#REF!"),
        ("=1E999", "#NUM!"),
        ("1E999", "1E999"),
        ("1" + "0" * 400, "1" + "0" * 400),
        ("=", "="),
    ],
)
def test_whatever_is_typed_shows_something(desk: Desk, typed: str, shown: str) -> None:
    desk.type_in("Sheet1!C9", [typed])

    assert desk.read("Sheet1!C9") == [[shown]]


def test_numbers_are_doubles_as_in_google_s_cells(desk: Desk) -> None:
    desk.batch(put(0, 0, 0, [1.5]))
    assert send(desk, b'{"values": [[12345678901234567890]]}', WRITE, "PUT") == 200

    assert desk.plain("Sheet1!A1") == [[float(12345678901234567890)]]


def test_parameters_that_ask_for_something_else_than_json_are_not_modelled(desk: Desk) -> None:
    assert desk.call("GET", "", alt="json")[0] == 200
    assert desk.call("GET", "", alt="media")[0] == 501
    assert desk.call("GET", "", callback="f")[0] == 501

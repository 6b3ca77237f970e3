"""A spreadsheet on the stand-in and the calls that the tests make to it, over real HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import requests

from sandbox.faults import Faults
from sandbox.google_sheets.served import served
from sandbox.google_sheets.standin import GoogleSheetsStandin
from world.clock import VirtualClock

Json = dict[str, Any]
BOOK = "book-of-the-test"


class Desk:
    """Calls to one spreadsheet."""

    def __init__(self, base: str, standin: GoogleSheetsStandin, clock: VirtualClock) -> None:
        self.base = base
        self.standin = standin
        self.clock = clock
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Authorization"] = "Bearer conformance"

    def call(self, method: str, path: str, body: Any = None, **query: Any) -> tuple[int, Json]:
        """One API call: status and JSON."""
        url = f"{self.base}/v4/spreadsheets/{BOOK}{path}"
        reply = self.session.request(method, url, params=query, json=body, timeout=10)
        return reply.status_code, reply.json()

    def batch(self, *asked: Json) -> list[Json]:
        """Replies of a batchUpdate that must succeed."""
        status, reply = self.call("POST", ":batchUpdate", {"requests": list(asked)})
        assert status == 200, reply
        return reply["replies"]

    def refused(self, *asked: Json) -> str:
        """The message of a batchUpdate that must be refused."""
        status, reply = self.call("POST", ":batchUpdate", {"requests": list(asked)})
        assert status == 400, reply
        return reply["error"]["message"]

    def read(self, text: str, **query: Any) -> list[list[Any]]:
        """The values of a range."""
        status, reply = self.call("GET", f"/values/{text}", **query)
        assert status == 200, reply
        return reply.get("values", [])

    def plain(self, text: str) -> list[list[Any]]:
        """The values of a range as numbers and texts."""
        return self.read(text, valueRenderOption="UNFORMATTED_VALUE")

    def formulas(self, text: str) -> list[list[Any]]:
        """The values of a range as entered."""
        return self.read(text, valueRenderOption="FORMULA")

    def type_in(self, text: str, *rows: list[Any], option: str = "USER_ENTERED") -> Json:
        """Write rows as if typed."""
        body = {"values": list(rows)}
        status, reply = self.call("PUT", f"/values/{text}", body, valueInputOption=option)
        assert status == 200, reply
        return reply

    def get(self, **query: Any) -> Json:
        """The spreadsheet."""
        status, reply = self.call("GET", "", **query)
        assert status == 200, reply
        return reply


@contextmanager
def open_desk(
    locale: str = "en_US", faults: Faults | None = None, **options: Any
) -> Iterator[Desk]:
    """A spreadsheet of two tabs, `Sheet1` (0) and `Журнал` (7), 100 rows and 10 columns each."""
    clock = VirtualClock(datetime(2026, 3, 1, 9, tzinfo=UTC))
    options = {"quota_per_minute": None, "open_access": True, **options}
    standin = GoogleSheetsStandin(clock, faults or Faults(), **options)
    standin.create(
        {
            "spreadsheetId": BOOK,
            "properties": {"title": "Учёт", "locale": locale, "timeZone": "Europe/Moscow"},
            "sheets": [
                {
                    "properties": {
                        "sheetId": sheet_id,
                        "title": title,
                        "gridProperties": {"rowCount": 100, "columnCount": 10},
                    }
                }
                for sheet_id, title in ((0, "Sheet1"), (7, "Журнал"))
            ],
        }
    )
    with served(standin.app) as base:
        desk = Desk(base, standin, clock)
        try:
            yield desk
        finally:
            desk.session.close()


def cells(*rows: list[Any]) -> list[Json]:
    """`RowData` of texts, numbers, booleans; a text with `=` first is a formula."""
    return [{"values": [_cell(value) for value in row]} for row in rows]


def put(sheet_id: int, row: int, column: int, *rows: list[Any]) -> Json:
    """An `updateCells` of values at a place counted from zero."""
    start = {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column}
    return {"updateCells": {"start": start, "rows": cells(*rows), "fields": "userEnteredValue"}}


def grid_range(sheet_id: int, rows: tuple[int, int], columns: tuple[int, int]) -> Json:
    """A `GridRange`."""
    return {
        "sheetId": sheet_id,
        "startRowIndex": rows[0],
        "endRowIndex": rows[1],
        "startColumnIndex": columns[0],
        "endColumnIndex": columns[1],
    }


def _cell(value: Any) -> Json:
    if value is None:
        return {}
    if isinstance(value, bool):
        return {"userEnteredValue": {"boolValue": value}}
    if isinstance(value, str) and value.startswith("="):
        return {"userEnteredValue": {"formulaValue": value}}
    kind = "stringValue" if isinstance(value, str) else "numberValue"
    return {"userEnteredValue": {kind: value}}

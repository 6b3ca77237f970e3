"""The methods of the Sheets API on one spreadsheet: a call in, Google's JSON out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from sandbox.google_sheets import values
from sandbox.google_sheets.batch.dispatch import run_batch
from sandbox.google_sheets.batch.work import Work
from sandbox.google_sheets.engine import Engine
from sandbox.google_sheets.errors import NotModelledError, invalid
from sandbox.google_sheets.masks import pick, read_mask
from sandbox.google_sheets.model import Book, Json
from sandbox.google_sheets.protection import check_protection
from sandbox.google_sheets.reading import spreadsheet
from sandbox.google_sheets.rendering import Reader

__all__ = ["READS", "Access", "ApiCall", "Shelf", "answer"]


class Access(StrEnum):
    """What the service account may do with a spreadsheet."""

    WRITER = "writer"
    READER = "reader"
    DENIED = "denied"


@dataclass(slots=True)
class Shelf:
    """One spreadsheet with its computed values and its share."""

    book: Book
    engine: Engine
    access: Access = Access.WRITER

    @property
    def reader(self) -> Reader:
        """Reads the book as it stands now."""
        return Reader(self.book, self.engine)


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One call past the gate: the method's id, path members, query, body, who asks."""

    method: str
    path: dict[str, str]
    query: list[tuple[str, str]]
    body: Json
    account: str
    new_id: Callable[[], int] = field(repr=False)

    def one(self, name: str, usual: str = "") -> str:
        """The last value of a query parameter."""
        return next((value for key, value in reversed(self.query) if key == name), usual)

    def many(self, name: str) -> list[str]:
        """Every value of a repeated query parameter."""
        return [value for key, value in self.query if key == name]

    def flag(self, name: str) -> bool:
        """A boolean query parameter."""
        return self.one(name).lower() == "true"


READS = frozenset(
    (
        "spreadsheets.get",
        "spreadsheets.getByDataFilter",
        "spreadsheets.values.get",
        "spreadsheets.values.batchGet",
        "spreadsheets.values.batchGetByDataFilter",
        "spreadsheets.developerMetadata.get",
        "spreadsheets.developerMetadata.search",
    )
)


def answer(shelf: Shelf, call: ApiCall) -> Json:
    """The reply of one method; a failed write leaves the book as it was.

    Raises `ApiError` for Google's refusals, `NotModelledError` for what is not known here.
    """
    method = _METHODS.get(call.method)
    if method is None:
        raise NotModelledError(f"method {call.method}")
    unknown = [name for name, value in call.query if _changes_the_answer(name, value)]
    if unknown:
        raise NotModelledError(f"query parameter {unknown[0]}")
    if call.method in READS:
        return _selected(call, method(shelf, call))
    before = shelf.book.copy()
    is_done = False
    try:
        reply = method(shelf, call)
        check_protection(before, shelf.book, call.account)
        is_done = True
    finally:
        if not is_done:
            shelf.book = before
    shelf.book.touch()
    return _selected(call, reply)


def _changes_the_answer(name: str, value: str) -> bool:
    """Parameters of every Google API that ask for something else than plain JSON."""
    return name in ("callback", "$.xgafv", "commentsViewMode") or (
        name == "alt" and value != "json"
    )


def _selected(call: ApiCall, reply: Json) -> Json:
    text = call.one("fields")
    result: Json = pick(reply, read_mask(text)) if text else reply
    return result


def _get(shelf: Shelf, call: ApiCall) -> Json:
    text = call.one("fields")
    mask = read_mask(text) if text else None
    return spreadsheet(shelf.reader, call.many("ranges"), mask, grid=call.flag("includeGridData"))


def _batch_update(shelf: Shelf, call: ApiCall) -> Json:
    body = call.body
    replies = run_batch(Work(shelf.reader, call.account, call.new_id), body)
    reply: Json = {"spreadsheetId": shelf.book.id, "replies": replies}
    if body.get("includeSpreadsheetInResponse"):
        reply["updatedSpreadsheet"] = spreadsheet(
            shelf.reader,
            body.get("responseRanges") or [],
            None,
            grid=bool(body.get("responseIncludeGridData")),
        )
    return reply


def _values_get(shelf: Shelf, call: ApiCall) -> Json:
    return values.get(shelf.reader, call.path["range"], _rendering(call))


def _values_batch_get(shelf: Shelf, call: ApiCall) -> Json:
    return values.batch_get(shelf.reader, call.many("ranges"), _rendering(call))


def _values_update(shelf: Shelf, call: ApiCall) -> Json:
    text = _same_range(call)
    return values.update(shelf.reader, text, call.body, _writing(call))


def _values_append(shelf: Shelf, call: ApiCall) -> Json:
    insert = call.one("insertDataOption") == "INSERT_ROWS"
    text = _same_range(call)
    return values.append(shelf.reader, text, call.body, _writing(call), insert=insert)


def _values_batch_update(shelf: Shelf, call: ApiCall) -> Json:
    return values.batch_update(shelf.reader, call.body)


def _values_clear(shelf: Shelf, call: ApiCall) -> Json:
    return values.clear(shelf.book, call.path["range"])


def _values_batch_clear(shelf: Shelf, call: ApiCall) -> Json:
    return values.batch_clear(shelf.book, call.body.get("ranges") or [])


def _same_range(call: ApiCall) -> str:
    inner = call.body.get("range")
    if inner and inner != call.path["range"]:
        raise invalid(
            f"Requested writing within range [{call.path['range']}], but the body's range is "
            f"[{inner}]"
        )
    return call.path["range"]


def _rendering(call: ApiCall) -> values.Rendering:
    return values.Rendering(
        value=call.one("valueRenderOption", "FORMATTED_VALUE"),
        dates=call.one("dateTimeRenderOption", "SERIAL_NUMBER"),
        major="COLUMNS" if call.one("majorDimension") == "COLUMNS" else "ROWS",
    )


def _writing(call: ApiCall) -> values.Writing:
    echo = values.Rendering(
        value=call.one("responseValueRenderOption", "FORMATTED_VALUE"),
        dates=call.one("responseDateTimeRenderOption", "SERIAL_NUMBER"),
    )
    wanted = call.flag("includeValuesInResponse")
    return values.Writing(call.one("valueInputOption"), echo if wanted else None)


_METHODS: dict[str, Callable[[Shelf, ApiCall], Json]] = {
    "spreadsheets.get": _get,
    "spreadsheets.batchUpdate": _batch_update,
    "spreadsheets.values.get": _values_get,
    "spreadsheets.values.batchGet": _values_batch_get,
    "spreadsheets.values.update": _values_update,
    "spreadsheets.values.append": _values_append,
    "spreadsheets.values.batchUpdate": _values_batch_update,
    "spreadsheets.values.clear": _values_clear,
    "spreadsheets.values.batchClear": _values_batch_clear,
}

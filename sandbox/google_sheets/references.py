"""The references inside a formula: what inserting, deleting, renaming and copying do to them."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.google_sheets.a1 import Box, column_letters, column_number, quote_title
from sandbox.google_sheets.model import Formula
from sandbox.google_sheets.shifts import Change

__all__ = ["cut", "moved", "qualified", "renamed", "replace_names", "sheet_deleted", "shifted"]

_SHEET = r"(?:(?P<sheet>'(?:[^']|'')*'|[A-Za-z_А-Яа-яЁё][\w.]*)!)?"
_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}"
_COLUMN = r"\$?[A-Za-z]{1,3}"
_ROW = r"\$?[1-9]\d{0,6}"
_REFERENCE = re.compile(
    r"(?P<text>\"(?:[^\"]|\"\")*\")"
    rf"|{_SHEET}(?P<first>{_CELL})(?::(?P<last>{_CELL}|{_COLUMN}|{_ROW}))?(?![\w(.!])"
    rf"|{_SHEET.replace('sheet', 'sheet2')}(?P<open1>{_COLUMN}):(?P<open2>{_COLUMN}\$?\d*)(?![\w(.!])"
    rf"|{_SHEET.replace('sheet', 'sheet3')}(?P<row1>{_ROW}):(?P<row2>{_ROW})(?![\w(.!])"
    r"|(?P<word>'(?:[^']|'')*'!?|[A-Za-z_А-Яа-яЁё][\w.]*!?)"
)
_END = re.compile(r"(\$?)([A-Za-z]{0,3})(\$?)(\d*)")


@dataclass(frozen=True, slots=True)
class _End:
    fixed_column: str
    column: int | None
    fixed_row: str
    row: int | None

    def __str__(self) -> str:
        letters = "" if self.column is None else column_letters(self.column)
        number = "" if self.row is None else str(self.row + 1)
        return f"{self.fixed_column}{letters}{self.fixed_row}{number}"


Ends = tuple[_End, _End | None]


def shifted(formula: Formula, home: str, shift: Change) -> Formula:
    """The formula after rows or columns came, went or moved; a lost reference is #REF!."""

    def change(title: str, ends: Ends) -> Ends | None:
        if title.casefold() != shift.title.casefold():
            return ends
        return _shift_ends(ends, shift)

    return _rewrite(formula, home, change)


def moved(formula: Formula, rows: int, columns: int) -> Formula:
    """The formula copied that far: references without `$` move along, over the edge is #REF!."""

    def change(_: str, ends: Ends) -> Ends | None:
        first = _move(ends[0], rows, columns)
        last = _move(ends[1], rows, columns) if ends[1] else None
        if first is None or (ends[1] is not None and last is None):
            return None
        return first, last

    return _rewrite(formula, "", change)


def cut(
    formula: Formula, home: str, source: tuple[str, Box], target: tuple[str, int, int]
) -> Formula:
    """The formula after a block of cells was cut and pasted: what lay wholly in it is followed.

    `source` is the block's sheet and rectangle, `target` the sheet and the new corner.
    """
    (from_title, box), (to_title, row0, column0) = source, target
    rows, columns = row0 - box.row0, column0 - box.column0

    def one(match: re.Match[str]) -> str:
        parts = _parts(match)
        if parts is None:
            return match[0]
        prefix, first, last = parts
        title = _title(prefix) if prefix else home
        ends = [_end(first), _end(last)] if last else [_end(first)]
        inside = title.casefold() == from_title.casefold() and all(
            end.row is not None and end.column is not None and box.contains(end.row, end.column)
            for end in ends
        )
        if not inside:
            return match[0]
        shown = ":".join(str(_step(end, rows, columns)) for end in ends)
        is_home = to_title.casefold() == home.casefold() and not prefix
        return shown if is_home else f"{quote_title(to_title)}!{shown}"

    if formula.broken:
        return formula
    text = _REFERENCE.sub(one, formula.text)
    return formula if text == formula.text else Formula(text)


def qualified(formula: Formula, title: str) -> Formula:
    """The formula with every bare reference naming its sheet, so that it can stand elsewhere."""

    def one(match: re.Match[str]) -> str:
        parts = _parts(match)
        bare = parts is not None and parts[0] is None
        return f"{quote_title(title)}!{match[0]}" if bare else match[0]

    return Formula(_REFERENCE.sub(one, formula.text))


def renamed(formula: Formula, old: str, new: str) -> Formula:
    """The formula after a sheet got another name."""
    return _retitle(formula, old, lambda _: quote_title(new) + "!")


def sheet_deleted(formula: Formula, title: str) -> Formula:
    """The formula after a sheet went: references to it are #REF!."""

    def change(named: str, ends: Ends) -> Ends | None:
        return None if named.casefold() == title.casefold() else ends

    return _rewrite(formula, "", change)


def replace_names(text: str, names: dict[str, str]) -> str:
    """A formula with the named ranges replaced by what they name; keys in lower case."""

    def change(match: re.Match[str]) -> str:
        word = match["word"]
        if word is None or match.string[match.end() : match.end() + 1] == "(":
            return match[0]
        return names.get(word.casefold(), match[0])

    return _REFERENCE.sub(change, text) if names else text


def _rewrite(formula: Formula, home: str, change: Callable[[str, Ends], Ends | None]) -> Formula:
    if formula.broken:
        return formula

    def one(match: re.Match[str]) -> str:
        parts = _parts(match)
        if parts is None:
            return match[0]
        prefix, first, last = parts
        title = _title(prefix) if prefix else home
        ends = (_end(first), _end(last) if last else None)
        result = change(title, ends)
        if result is None:
            return "#REF!"
        if result == ends:
            return match[0]
        sheet = f"{prefix}!" if prefix else ""
        return sheet + str(result[0]) + (f":{result[1]}" if result[1] else "")

    text = _REFERENCE.sub(one, formula.text)
    return formula if text == formula.text else Formula(text)


def _parts(match: re.Match[str]) -> tuple[str | None, str, str | None] | None:
    if match["first"]:
        return match["sheet"], match["first"], match["last"]
    if match["open1"]:
        return match["sheet2"], match["open1"], match["open2"]
    if match["row1"]:
        return match["sheet3"], match["row1"], match["row2"]
    return None


def _retitle(formula: Formula, old: str, new: Callable[[str], str]) -> Formula:
    def one(match: re.Match[str]) -> str:
        parts = _parts(match)
        prefix = parts[0] if parts else None
        if prefix is None or _title(prefix).casefold() != old.casefold():
            return match[0]
        return new(prefix) + match[0][len(prefix) + 1 :]

    text = _REFERENCE.sub(one, formula.text)
    return formula if text == formula.text else Formula(text, formula.broken)


def _title(prefix: str) -> str:
    return prefix[1:-1].replace("''", "'") if prefix.startswith("'") else prefix


def _end(text: str) -> _End:
    found = _END.fullmatch(text)
    assert found is not None
    if not found[2]:
        return _End("", None, found[1] or found[3], int(found[4]) - 1)
    row = int(found[4]) - 1 if found[4] else None
    return _End(found[1], column_number(found[2]), found[3], row)


def _step(end: _End, rows: int, columns: int) -> _End:
    """The end that far away, whether fixed or not."""
    assert end.row is not None
    assert end.column is not None
    return _End(end.fixed_column, end.column + columns, end.fixed_row, end.row + rows)


def _move(end: _End, rows: int, columns: int) -> _End | None:
    column, row = end.column, end.row
    if column is not None and not end.fixed_column:
        column += columns
    if row is not None and not end.fixed_row:
        row += rows
    if (column is not None and column < 0) or (row is not None and row < 0):
        return None
    return _End(end.fixed_column, column, end.fixed_row, row)


def _shift_ends(ends: Ends, shift: Change) -> Ends | None:
    first, last = ends
    low = _place(first, shift)
    high = _place(last, shift) if last else low
    span = shift.span(low, None if high is None else high + 1)
    if span is None:
        return None
    start, stop = span
    moved_first = _with_place(first, start, shift)
    if last is None:
        return moved_first, None
    return moved_first, _with_place(last, None if stop is None else stop - 1, shift)


def _place(end: _End, shift: Change) -> int | None:
    return end.row if shift.rows else end.column


def _with_place(end: _End, place: int | None, shift: Change) -> _End:
    if shift.rows:
        return _End(end.fixed_column, end.column, end.fixed_row, place)
    return _End(end.fixed_column, place, end.fixed_row, end.row)

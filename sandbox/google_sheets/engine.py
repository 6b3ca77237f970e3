"""Computes the formulas of a book with formualizer: once after a change, and only when asked.

The engine's workbook lives on between changes; rows are compared by identity, so that a batch of
500 new rows costs 500 rows, whatever the journal's length.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

import formualizer

from sandbox.google_sheets.a1 import Box, box_a1, column_number
from sandbox.google_sheets.model import Book, Formula, Row, Scalar, Sheet
from sandbox.google_sheets.numbers import to_serial
from sandbox.google_sheets.references import qualified, replace_names
from world.clock import Clock

__all__ = ["CellError", "Computed", "Engine", "result_pattern"]


class CellError(StrEnum):
    """What a cell shows when its formula has no value."""

    DIV = "#DIV/0!"
    NAME = "#NAME?"
    REF = "#REF!"
    VALUE = "#VALUE!"
    NUM = "#NUM!"
    NA = "#N/A"
    NULL = "#NULL!"
    ERROR = "#ERROR!"


Computed = Scalar | CellError
_KINDS = {
    "Div": CellError.DIV,
    "Name": CellError.NAME,
    "Ref": CellError.REF,
    "Value": CellError.VALUE,
    "Num": CellError.NUM,
    "Na": CellError.NA,
    "Null": CellError.NULL,
    # Sheets shows a circular reference as #REF!
    "Circ": CellError.REF,
}
# Says that a formula's value is the engine's to tell.
_COMPUTED = "computed" * 8
_BARE = re.compile(r"=\s*(?:(?:('(?:[^']|'')*')|([\w.]+))!)?\$?([A-Za-z]{1,3})\$?([1-9]\d*)\s*")
# A sheet of the engine's own for formulas that stand in no cell; longer than a title may be.
_SCRATCH = "scratch" * 20
_DATE_RESULT = re.compile(r"=\s*(DATE|EDATE|EOMONTH|TODAY)\(", re.IGNORECASE)
_MOMENT_RESULT = re.compile(r"=\s*NOW\(", re.IGNORECASE)
_FUNCTION = re.compile(r"([A-Za-z][A-Za-z0-9.]*)\(")


def result_pattern(formula: Formula, locale_date: str) -> str | None:
    """The format that a formula brings along when its cell has none: dates show as dates."""
    if _DATE_RESULT.match(formula.text):
        return locale_date
    return f"{locale_date} h:mm:ss" if _MOMENT_RESULT.match(formula.text) else None


@dataclass(slots=True)
class Engine:
    """The values of one book's formulas."""

    clock: Clock
    revision: int = 0
    evaluations: int = 0
    unknown: set[str] = field(default_factory=set)
    _workbook: formualizer.Workbook | None = None
    _structure: object = None
    _names: dict[str, str] = field(default_factory=dict)
    _loaded: dict[int, dict[int, Row]] = field(default_factory=dict)
    _values: dict[tuple[int, int, int], Computed] = field(default_factory=dict)
    _unreadable: set[Formula] = field(default_factory=set)

    def value(self, book: Book, sheet: Sheet, row: int, column: int) -> Computed:
        """What a cell is worth: its own value, or the formula's."""
        entered = sheet.cell(row, column).value
        if not isinstance(entered, Formula):
            return entered
        if entered.broken:
            return CellError.ERROR
        bare = self._bare(book, sheet, entered)
        if bare is not _COMPUTED:
            return bare
        self._refresh(book)
        assert self._workbook is not None
        if entered in self._unreadable:
            return CellError.ERROR
        key = (sheet.id, row, column)
        if key not in self._values:
            raw = self._workbook.get_value(sheet.title, row + 1, column + 1)
            self._values[key] = self._computed(raw, entered)
        return self._values[key]

    def ad_hoc(self, book: Book, sheet: Sheet, formula: Formula) -> Computed:
        """What a formula that stands in no cell would be worth on a sheet."""
        if formula.broken:
            return CellError.ERROR
        self._refresh(book)
        assert self._workbook is not None
        text = replace_names(qualified(formula, sheet.title).text, self._names)
        try:
            self._workbook.set_formula(_SCRATCH, 1, 1, text)
        except RuntimeError:
            return CellError.ERROR
        return self._computed(self._workbook.evaluate_cell(_SCRATCH, 1, 1), formula)

    def _bare(self, book: Book, sheet: Sheet, formula: Formula) -> Computed:
        """A bare reference to an empty cell shows nothing in Sheets, to no cell an error.

        The engine says zero in both cases.
        """
        found = _BARE.fullmatch(formula.text)
        if found is None:
            return _COMPUTED
        title = found[1][1:-1].replace("''", "'") if found[1] else found[2]
        home = sheet if title is None else book.sheet_titled(title)
        row, column = int(found[4]) - 1, column_number(found[3])
        if home is None:
            return _COMPUTED
        if not home.box.contains(row, column):
            return CellError.REF
        return None if home.cell(row, column).value is None else _COMPUTED

    def _refresh(self, book: Book) -> None:
        if self.revision == book.revision and self._workbook is not None:
            return
        structure = _structure(book)
        if structure != self._structure or self._workbook is None:
            self._start_anew(book)
            self._structure = structure
        for sheet in book.sheets:
            self._load(sheet)
        assert self._workbook is not None
        self._workbook.set_deterministic_clock(self.clock.now(), self._offset_s(book))
        self._workbook.evaluate_all()
        self.evaluations += 1
        self._values.clear()
        self.revision = book.revision

    def _offset_s(self, book: Book) -> int:
        """Seconds east of UTC in the spreadsheet's zone: what NOW() and TODAY() go by."""
        zone = ZoneInfo(str(book.properties["timeZone"]))
        offset = self.clock.now().astimezone(zone).utcoffset()
        assert offset is not None
        return int(offset.total_seconds())

    def _start_anew(self, book: Book) -> None:
        workbook = formualizer.Workbook()
        workbook.set_temporal_egress("serial")
        for title in (*(sheet.title for sheet in book.sheets), _SCRATCH):
            workbook.add_sheet(title)
        self._workbook = workbook
        self._names = _named(book)
        self._loaded = {sheet.id: {} for sheet in book.sheets}

    def _load(self, sheet: Sheet) -> None:
        """Bring the engine's rows to the sheet's rows."""
        loaded = self._loaded[sheet.id]
        changed = [row for row, cells in sheet.rows.items() if loaded.get(row) is not cells]
        changed += [row for row in loaded if row not in sheet.rows]
        for run in _runs(sorted(changed)):
            self._load_run(sheet, run, loaded)
        self._loaded[sheet.id] = dict(sheet.rows)

    def _load_run(self, sheet: Sheet, run: range, loaded: dict[int, Row]) -> None:
        """Load rows that follow one another in one call: singly they cost ten times as much."""
        assert self._workbook is not None
        columns = {column for row in run for column in loaded.get(row, {})}
        columns |= {column for row in run for column in sheet.rows.get(row, {})}
        if not columns:
            return
        first, width = min(columns), max(columns) - min(columns) + 1
        matrix: list[list[Scalar]] = []
        formulas: list[tuple[int, int, Formula]] = []
        for row in run:
            line: list[Scalar] = [None] * width
            for column, cell in sheet.rows.get(row, {}).items():
                if isinstance(cell.value, Formula):
                    formulas.append((row, column, cell.value))
                else:
                    line[column - first] = cell.value
            matrix.append(line)
        name = sheet.title
        at = (run.start + 1, first + 1)
        self._workbook.sheet(name).set_values_batch(*at, len(matrix), width, matrix)
        for row, column, formula in formulas:
            text = "=NA()" if formula.broken else replace_names(formula.text, self._names)
            try:
                self._workbook.set_formula(name, row + 1, column + 1, text)
            except RuntimeError as error:
                # Sheets shows #ERROR! for what cannot be read, #REF! for what refers to itself.
                is_unreadable = "parser" in str(error)
                if is_unreadable:
                    self._unreadable.add(formula)
                shown = "=NA()" if is_unreadable else "=#REF!"
                self._workbook.set_formula(name, row + 1, column + 1, shown)

    def _computed(self, raw: object, formula: Formula) -> Computed:
        if isinstance(raw, date):
            return to_serial(raw)
        if isinstance(raw, dict):
            return self._error(str(raw.get("kind")), formula)
        if isinstance(raw, float) and raw.is_integer() and abs(raw) < 2**53:
            return int(raw)
        assert raw is None or isinstance(raw, str | int | float | bool)
        return raw

    def _error(self, kind: str, formula: Formula) -> CellError:
        """The error shown; what only Google could have computed is remembered as unknown."""
        if kind == "Name":
            names = {name.upper() for name in _FUNCTION.findall(formula.text)}
            self.unknown.update(f"function {name}" for name in names if not _known(name))
        elif kind in ("Spill", "NImpl"):
            self.unknown.add(f"formula {formula.text}")
        return _KINDS.get(kind, CellError.ERROR)


@cache
def _known(function: str) -> bool:
    """Whether the engine has a function; without arguments a known one fails otherwise."""
    workbook = formualizer.Workbook()
    workbook.add_sheet("A")
    workbook.set_formula("A", 1, 1, f"={function}()")
    workbook.evaluate_all()
    value = workbook.get_value("A", 1, 1)
    return not (isinstance(value, dict) and value.get("kind") == "Name")


def _runs(rows: list[int]) -> list[range]:
    runs: list[range] = []
    for row in rows:
        if runs and runs[-1].stop == row:
            runs[-1] = range(runs[-1].start, row + 1)
        else:
            runs.append(range(row, row + 1))
    return runs


def _structure(book: Book) -> object:
    titles = tuple((sheet.id, sheet.title) for sheet in book.sheets)
    return titles, tuple(sorted(_named(book).items()))


def _named(book: Book) -> dict[str, str]:
    names: dict[str, str] = {}
    for named in book.named_ranges:
        sheet, box = book.grid_box(named["range"])
        names[named["name"].casefold()] = _absolute(sheet, box)
    return names | {name.casefold(): "#REF!" for name in book.lost_names.values()}


def _absolute(sheet: Sheet, box: Box) -> str:
    title, cells = box_a1(sheet.title, box).rsplit("!", 1)
    fixed = re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", cells)
    return f"{title}!{fixed}"

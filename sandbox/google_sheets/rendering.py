"""How a cell is read: formatted, unformatted, as a formula, and as `CellData`."""

from typing import Any

from sandbox.google_sheets.effects import Effects
from sandbox.google_sheets.engine import CellError, Computed, Engine, result_pattern
from sandbox.google_sheets.formats import with_styles
from sandbox.google_sheets.locales import date_pattern, show
from sandbox.google_sheets.model import Book, Cell, Formula, Json, Scalar, Sheet
from sandbox.google_sheets.numbers import is_date_pattern, show_number, show_plain
from sandbox.google_sheets.typed import number_format

__all__ = ["Reader", "extended", "pattern_of"]

# What a format of a kind shows when it names no pattern.
_KIND_PATTERNS = {
    "NUMBER": "#,##0.00",
    "PERCENT": "0.00%",
    "CURRENCY": "#,##0.00",
    "TIME": "h:mm:ss",
    "SCIENTIFIC": "0.00E+00",
}
_ERROR_TYPES = {
    CellError.DIV: "DIVIDE_BY_ZERO",
    CellError.NAME: "NAME",
    CellError.REF: "REF",
    CellError.VALUE: "VALUE",
    CellError.NUM: "NUM",
    CellError.NA: "N_A",
    CellError.NULL: "NULL_VALUE",
    CellError.ERROR: "ERROR",
}


class Reader:
    """Reads the cells of one book."""

    def __init__(self, book: Book, engine: Engine) -> None:
        self.book = book
        self._engine = engine
        self._effects: dict[int, tuple[int, Effects]] = {}

    @property
    def engine(self) -> Engine:
        """Computes the formulas."""
        return self._engine

    def computed(self, sheet: Sheet, row: int, column: int) -> Computed:
        """The value, formulas computed; None for an empty cell."""
        return self._engine.value(self.book, sheet, row, column)

    def formatted(self, sheet: Sheet, row: int, column: int) -> str:
        """The text a person sees."""
        value = self.computed(sheet, row, column)
        return self._text(value, self.pattern(sheet.cell(row, column)))

    def rendered(
        self, sheet: Sheet, row: int, column: int, options: tuple[str, str]
    ) -> Scalar | CellError:
        """One cell of a `ValueRange`; options are the value's and the date's rendering."""
        how, dates = options
        cell = sheet.cell(row, column)
        if how == "FORMULA" and isinstance(cell.value, Formula):
            return show(cell.value, self.book.locale)
        if how == "FORMATTED_VALUE":
            return self.formatted(sheet, row, column)
        value = self.computed(sheet, row, column)
        pattern = self.pattern(cell)
        as_text = dates == "FORMATTED_STRING" and pattern is not None and is_date_pattern(pattern)
        if as_text and _is_number(value):
            return self._text(value, pattern)
        return "" if value is None else _whole(value)

    def pattern(self, cell: Cell) -> str | None:
        """The number format in force, None for the automatic one."""
        return pattern_of(cell, self.book.locale)

    def effects(self, sheet: Sheet) -> Effects:
        """The effective formats of a sheet."""
        known = self._effects.get(sheet.id)
        if known is None or known[0] != self.book.revision:
            known = (self.book.revision, Effects(self.book, self._engine, sheet))
            self._effects[sheet.id] = known
        return known[1]

    def cell_data(self, sheet: Sheet, row: int, column: int, *, with_effects: bool = True) -> Json:
        """The cell as `CellData`; its effective format costs the most and may be left out."""
        cell = sheet.cell(row, column)
        data: Json = {}
        if cell.value is not None:
            value = self.computed(sheet, row, column)
            data["userEnteredValue"] = extended(cell.value, self.book.locale)
            data["effectiveValue"] = extended(value, self.book.locale)
            data["formattedValue"] = self.formatted(sheet, row, column)
        if cell.format:
            data["userEnteredFormat"] = cell.format
        if with_effects and (cell.value is not None or cell.format):
            seen = self.effects(sheet).format(row, column)
            data["effectiveFormat"] = {
                **self.book.properties["defaultFormat"],
                **with_styles(seen),
            }
        if cell.note:
            data["note"] = cell.note
        if cell.validation:
            data["dataValidation"] = cell.validation
        return data

    def _text(self, value: Computed, pattern: str | None) -> str:
        match value:
            case None:
                return ""
            case bool():
                return str(value).upper()
            case CellError():
                return value.value
            case str():
                return value
        if pattern is None or pattern in ("@", "General"):
            return show_plain(value, self.book.locale)
        return show_number(value, pattern, self.book.locale)


def pattern_of(cell: Cell, locale: str) -> str | None:
    """The number format in force for a cell in a locale, None for the automatic one."""
    chosen = number_format(cell)
    usual = date_pattern(locale)
    if chosen is None:
        return result_pattern(cell.value, usual) if isinstance(cell.value, Formula) else None
    if chosen.get("pattern"):
        return str(chosen["pattern"])
    kind = str(chosen.get("type", ""))
    dates = {"DATE": usual, "DATE_TIME": f"{usual} h:mm:ss", "TEXT": "@"}
    return dates.get(kind) or _KIND_PATTERNS.get(kind)


def extended(value: Any, locale: str) -> Json:
    """A value as `ExtendedValue`."""
    match value:
        case Formula():
            return {"formulaValue": show(value, locale)}
        case CellError():
            return {"errorValue": {"type": _ERROR_TYPES[value]}}
        case bool():
            return {"boolValue": value}
        case str():
            return {"stringValue": value}
        case int() | float():
            return {"numberValue": _whole(value)}
    return {}


def _is_number(value: Computed) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _whole(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value

"""Whether a condition of a conditional format or of a filter holds for a cell."""

from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sandbox.google_sheets.engine import CellError, Computed, Engine
from sandbox.google_sheets.model import EMPTY, Book, Formula, Json, Sheet
from sandbox.google_sheets.numbers import to_serial
from sandbox.google_sheets.references import moved
from sandbox.google_sheets.typed import enter

__all__ = ["Holding", "is_number"]


class Holding:
    """Judges conditions on one sheet as it stands now."""

    def __init__(self, book: Book, engine: Engine, sheet: Sheet) -> None:
        """Values come from the engine, so that formulas count by what they show."""
        self._book = book
        self._engine = engine
        self._sheet = sheet

    def holds(self, condition: Json, place: tuple[int, int], step: tuple[int, int]) -> bool:
        """Whether it holds at a place; `step` is how far that is from where formulas begin."""
        value = self._engine.value(self._book, self._sheet, *place)
        wanted = [self._wanted(one, step) for one in condition.get("values") or []]
        kind, _, relation = str(condition["type"]).partition("_")
        if condition["type"] == "CUSTOM_FORMULA":
            return wanted[0] is True or (is_number(wanted[0]) and wanted[0] != 0)
        if kind == "BLANK" or relation == "BLANK":
            is_blank = value is None or value == ""
            return is_blank == (kind == "BLANK")
        if kind == "NUMBER":
            return _compares(value, wanted, _NUMBERS[relation])
        if kind == "DATE":
            return _compares(value, wanted, _DATES[relation], whole=True)
        return _reads(relation, value, str(wanted[0]))

    def worth(self, text: str) -> Computed:
        """What a text is worth as if typed into the sheet: a number, a day, a formula's value."""
        return self._wanted({"userEnteredValue": text}, (0, 0))

    def _wanted(self, one: Json, step: tuple[int, int]) -> Computed:
        if one.get("relativeDate"):
            return to_serial(_RELATIVE[one["relativeDate"]](self._today()))
        value = enter(EMPTY, one.get("userEnteredValue") or "", self._book.locale).value
        if isinstance(value, Formula):
            return self._engine.ad_hoc(self._book, self._sheet, moved(value, *step))
        return value

    def _today(self) -> date:
        zone = ZoneInfo(str(self._book.properties["timeZone"]))
        return self._engine.clock.now().astimezone(zone).date()


def is_number(value: Computed) -> bool:
    """Whether a value is a number; TRUE is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


_Relation = Callable[[float, list[float]], bool]
_NUMBERS: dict[str, _Relation] = {
    "GREATER": lambda one, than: one > than[0],
    "GREATER_THAN_EQ": lambda one, than: one >= than[0],
    "LESS": lambda one, than: one < than[0],
    "LESS_THAN_EQ": lambda one, than: one <= than[0],
    "EQ": lambda one, than: one == than[0],
    "NOT_EQ": lambda one, than: one != than[0],
    "BETWEEN": lambda one, than: than[0] <= one <= than[1],
    "NOT_BETWEEN": lambda one, than: not than[0] <= one <= than[1],
}
_DATES: dict[str, _Relation] = {
    "EQ": _NUMBERS["EQ"],
    "BEFORE": _NUMBERS["LESS"],
    "AFTER": _NUMBERS["GREATER"],
}
_RELATIVE: dict[str, Callable[[date], date]] = {
    "PAST_YEAR": lambda day: _back(day, months=12),
    "PAST_MONTH": lambda day: _back(day, months=1),
    "PAST_WEEK": lambda day: day - timedelta(days=7),
    "YESTERDAY": lambda day: day - timedelta(days=1),
    "TODAY": lambda day: day,
    "TOMORROW": lambda day: day + timedelta(days=1),
}


def _compares(
    value: Computed, wanted: list[Computed], relation: _Relation, *, whole: bool = False
) -> bool:
    """Numbers by a relation; `whole` leaves the time of a day out."""
    if not is_number(value) or not all(is_number(one) for one in wanted):
        return False
    numbers = [float(one or 0) for one in (value, *wanted)]
    first, *others = [float(number // 1) for number in numbers] if whole else numbers
    return relation(first, others)


def _reads(relation: str, value: Computed, wanted: str) -> bool:
    if isinstance(value, CellError):
        return False
    text, part = "" if value is None else str(value).casefold(), wanted.casefold()
    match relation:
        case "CONTAINS":
            return part in text
        case "NOT_CONTAINS":
            return part not in text
        case "STARTS_WITH":
            return text.startswith(part)
        case "ENDS_WITH":
            return text.endswith(part)
    assert relation == "EQ", relation
    return text == part


def _back(day: date, *, months: int) -> date:
    """The same day some months ago, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), after - timedelta(days=1))

"""Reads the report tabs of a computed workbook back as kopecks."""

from collections.abc import Callable, Mapping
from decimal import Decimal

import formualizer

from sheets.tabs.dimension_tab import FIRST_VALUE_ROW, column_of
from sheets.tabs.ladder import FIGURES
from sheets.tabs.pnl_tab import FIRST_FIGURE_ROW

LADDER = tuple(figure.code for figure in FIGURES)
Reader = Callable[[str, int, int], object]


def formualizer_reader(content: bytes, typed: dict[tuple[str, int, int], object]) -> Reader:
    """Compute a workbook after a person typed values into cells (tab, row, column from zero)."""
    return Sheet(content).after(typed)


class Sheet:
    """A workbook in which a person types again and again."""

    def __init__(self, content: bytes) -> None:
        self._workbook = formualizer.load_workbook_bytes(content)
        self._typed: dict[tuple[str, int, int], object] = {}

    def after(self, typed: Mapping[tuple[str, int, int], object]) -> Reader:
        """Compute it after values were typed into cells (tab, row, column from zero)."""
        for place, value in typed.items():
            if place not in self._typed or self._typed[place] != value:
                tab, row, column = place
                self._workbook.set_value(tab, row + 1, column + 1, value)
                self._typed[place] = value
        self._workbook.evaluate_all()
        return self._read

    def _read(self, tab: str, row: int, column: int) -> object:
        return self._workbook.get_value(tab, row + 1, column + 1)


def kopecks(value: object) -> int:
    """A number of roubles as kopecks; anything finer than a kopeck is a mistake."""
    assert isinstance(value, int | float), value
    minor = Decimal(repr(value)) * 100
    assert minor == minor.to_integral_value(), value
    return int(minor)


def pnl_columns(read: Reader, tab: str, columns: int) -> list[dict[str, int]]:
    """The figures of ОПиУ, month by month, the total last."""
    return [
        {
            figure.code: kopecks(read(tab, FIRST_FIGURE_ROW + row, column))
            for row, figure in enumerate(FIGURES)
        }
        for column in range(1, columns + 2)
    ]


def dimension_lines(
    read: Reader, tab: str, rows: int, codes: tuple[str, ...] = LADDER
) -> list[dict[str, int]]:
    """The figures of a dimension tab, row by row."""
    return [
        {code: kopecks(read(tab, FIRST_VALUE_ROW + row, column_of(code))) for code in codes}
        for row in range(rows)
    ]

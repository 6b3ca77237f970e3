"""Менеджеры, Продукты, Салоны, Города and any further dimension: profit by value, one builder.

Rows: the values by name, «Не указано», «Общие», «Итого»; the total equals ОПиУ for the same months
and basis. A hidden column holds the integer id by which a row's formulas find its operations.
"""

import zlib

from ledger.pnl import COMMON, UNSPECIFIED
from sheets.facts import BookFacts, DimensionValue
from sheets.formulas import Function, Node, Num, Op, Ref, Spot, absolute, call, span
from sheets.inputs import ENTRY_ROW, HELPER_ROW, Inputs
from sheets.journal_tab import COMMON_ID, UNSPECIFIED_ID
from sheets.ladder import FIGURES, Figure, Sums, figure_formula, rounded
from sheets.model import Align, Area, Cell, Guard, Pattern, Rule, Style, Styled, Tab
from sheets.palette import ENTRY, HEADING, LABEL, NOTE, SUBTOTAL, TITLE, TITLES
from sheets.pnl_tab import months_range
from usecases.company import Dimension

__all__ = [
    "DIMENSION_INPUTS",
    "FIRST_FIGURE_COLUMN",
    "FIRST_VALUE_ROW",
    "dimension_key",
    "dimension_rows",
    "dimension_tab",
    "total_cell",
]

FIRST_SHEET_ID = 1_000_000_000
ID_RANGE = 1_000_000_000
HEADING_ROW = 3
FIRST_VALUE_ROW = 4
ID_COLUMN = 1
FIRST_FIGURE_COLUMN = 2
DIMENSION_INPUTS = Inputs(2, months=True)
TOTAL_ID = -2
ROW_STEP = 100
_NOTE = (
    "Рубли. Пустые месяцы — за всё время. «Общие» — расходы компании без значения: "
    "они не распределяются."
)


def dimension_key(code: str) -> str:
    """The key of a dimension's tab in the book."""
    return f"by:{code}"


def dimension_rows(values: tuple[DimensionValue, ...]) -> list[tuple[str, int]]:
    """The rows in order: name and id, the total last."""
    rows = [(value.name, value.id) for value in values]
    return [*rows, (UNSPECIFIED, UNSPECIFIED_ID), (COMMON, COMMON_ID), ("Итого", TOTAL_ID)]


def total_cell(facts: BookFacts, dimension: Dimension, title: str, code: str) -> Ref:
    """The total of a figure, for Сверка."""
    return absolute(
        FIRST_VALUE_ROW + len(facts.values[dimension.code]) + 2, _column_of(code), title
    )


def dimension_tab(
    facts: BookFacts, dimension: Dimension, sums: Sums, title: str, pnl_title: str
) -> Tab:
    """The tab of one dimension."""
    rows = dimension_rows(facts.values[dimension.code])
    cells = {
        (0, 0): Cell(f"Прибыль: {title}"),
        (0, FIRST_FIGURE_COLUMN): Cell(_NOTE),
        **DIMENSION_INPUTS.cells(facts.months),
        (HEADING_ROW, 0): Cell(dimension.title),
        (HEADING_ROW, ID_COLUMN): Cell("номер"),
    }
    for column, figure in enumerate(FIGURES, FIRST_FIGURE_COLUMN):
        cells[(HEADING_ROW, column)] = Cell(figure.title)
    for row, (name, value_id) in enumerate(rows, FIRST_VALUE_ROW):
        cells[(row, 0)] = Cell(name)
        cells[(row, ID_COLUMN)] = Cell(value_id)
        for column, figure in enumerate(FIGURES, FIRST_FIGURE_COLUMN):
            ids = sums.of(f"id:{dimension.code}")
            cells[(row, column)] = Cell(_figure(figure, sums, ids, row, value_id))
    width = FIRST_FIGURE_COLUMN + len(FIGURES)
    entries = tuple(Area(ENTRY_ROW, one, 1, 1) for one in DIMENSION_INPUTS.entry_columns)
    return Tab(
        key=dimension_key(dimension.code),
        id=FIRST_SHEET_ID + zlib.crc32(dimension.code.encode()) % ID_RANGE,
        title=title,
        rows=-(-(FIRST_VALUE_ROW + len(rows) + ROW_STEP // 2) // ROW_STEP) * ROW_STEP,
        columns=width,
        cells=cells,
        guard=Guard("Копейка: отчёт считается формулами", warning=True, open_areas=entries),
        widths=(240, 60, *([125] * len(FIGURES))),
        styles=_styles(width, entries),
        rules=_rules(width),
        choices=DIMENSION_INPUTS.choices(months_range(pnl_title, facts.months)),
        hidden_columns=((ID_COLUMN, ID_COLUMN + 1),),
        hidden_rows=((HELPER_ROW, HELPER_ROW + 1),),
        frozen_rows=HEADING_ROW + 1,
        frozen_columns=1,
        colour=TITLES["dimension"],
    )


def _column_of(code: str) -> int:
    return FIRST_FIGURE_COLUMN + [figure.code for figure in FIGURES].index(code)


def _figure(figure: Figure, sums: Sums, ids: Ref, row: int, value_id: int) -> Node:
    column = _column_of(figure.code)
    if value_id == TOTAL_ID:
        return rounded(call(Function.SUM, span((FIRST_VALUE_ROW, column), (row - 1, column))))
    months = (DIMENSION_INPUTS.first, DIMENSION_INPUTS.last)
    of_row = absolute(row, ID_COLUMN)
    cells = {one.code: absolute(row, _column_of(one.code)) for one in FIGURES}
    return figure_formula(
        figure,
        lambda line: sums.line(line, DIMENSION_INPUTS.basis, months, ids, of_row),
        cells,
    )


def _rules(width: int) -> tuple[Rule, ...]:
    """Bold for the total wherever it stands: the row moves down when a value is added."""
    of_row = Ref(Spot(FIRST_VALUE_ROW, ID_COLUMN, row_fixed=False))
    area = Area(FIRST_VALUE_ROW, 0, None, width)
    return (Rule(area, Op("=", of_row, Num(TOTAL_ID)), SUBTOTAL),)


def _styles(width: int, entries: tuple[Area, ...]) -> tuple[Styled, ...]:
    figures = Area(FIRST_VALUE_ROW, FIRST_FIGURE_COLUMN, None, len(FIGURES))
    subtotals = [
        Styled(Area(FIRST_VALUE_ROW, _column_of(figure.code), None, 1), Style(bold=True))
        for figure in FIGURES
        if figure.is_subtotal
    ]
    months = [Styled(area, Style(pattern=Pattern.MONTH)) for area in entries[1:]]
    return (
        Styled(Area(0, 0, 1, 1), TITLE),
        Styled(Area(0, FIRST_FIGURE_COLUMN, 1, 1), NOTE),
        Styled(Area(ENTRY_ROW, 0, 1, width), LABEL),
        *(Styled(area, ENTRY) for area in entries),
        *months,
        Styled(Area(HEADING_ROW, 0, 1, width), HEADING),
        Styled(Area(FIRST_VALUE_ROW, 0, None, 1), Style(pattern=Pattern.TEXT, align=Align.LEFT)),
        Styled(figures, Style(pattern=Pattern.MONEY)),
        *subtotals,
    )

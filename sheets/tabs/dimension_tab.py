"""Менеджеры, Продукты, Салоны, Города and any further dimension: profit by value, one builder.

Rows: the values by name, «Не указано», «Общие», «Итого»; the total equals ОПиУ for the same choice.
What an owner asks first stands left: revenue, direct costs, gross profit, traceable costs, own
profit, the share of common costs, net profit, margin; the rest of the ladder follows. Hidden are
the id by which a row's formulas find its operations, the label for drop-downs, and the sharing.
"""

import zlib
from collections.abc import Mapping

from ledger.pnl import COMMON, UNSPECIFIED
from sheets.facts import BookFacts, DimensionValue
from sheets.formulas import Function, Node, Num, Op, Ref, Spot, Str, absolute, call, span
from sheets.model import Align, Area, Cell, Guard, Pattern, Rule, Style, Styled, Tab
from sheets.tabs.inputs import ENTRY_ROW, HELPER_ROW, Inputs
from sheets.tabs.journal_tab import COMMON_ID, UNSPECIFIED_ID
from sheets.tabs.labels import (
    ALL,
    ALL_CRITERION,
    FIRST_VALUE_ROW,
    HEADING_ROW,
    ID_COLUMN,
    LABEL_COLUMN,
    dimension_key,
    label_lists,
    labels_of,
)
from sheets.tabs.ladder import FIGURES, Figure, Sums, figure_formula, rounded
from sheets.tabs.palette import BAD, HEADING, NAME, NOTE, SUBTOTAL, TITLE, TITLES
from sheets.tabs.pnl_tab import months_range
from sheets.tabs.sharing import Sharing
from usecases.company import Dimension

__all__ = [
    "COLUMNS",
    "DIMENSION_INPUTS",
    "FIRST_FIGURE_COLUMN",
    "FIRST_VALUE_ROW",
    "column_of",
    "dimension_key",
    "dimension_rows",
    "dimension_tab",
    "total_cell",
]

FIRST_SHEET_ID = 1_000_000_000
ID_RANGE = 1_000_000_000
FIRST_FIGURE_COLUMN = 3
DIMENSION_INPUTS = Inputs(FIRST_FIGURE_COLUMN, overheads=True)
TOTAL_ID = -2
ROW_STEP = 100
# The figures from left to right; those that are not the ladder's are computed from it.
COLUMNS = (
    *("revenue", "production", "gross_profit", "traceable", "net_profit"),
    *("common_share", "net_with_share", "margin"),
    *("selling", "administrative", "bank_fees", "ebitda", "other_income", "other_expense"),
    *("before_net_profit", "after_net_profit", "retained"),
)
_LADDER = {figure.code: figure for figure in FIGURES}
assert {*_LADDER} < {*COLUMNS}
_TITLES = {figure.code: figure.title for figure in FIGURES} | {
    "traceable": "Отнесённые расходы без прочих доходов",
    "net_profit": "Собственная прибыль",
    "net_with_share": "Чистая прибыль",
    "margin": "Рентабельность",
}
_BOLD = {"gross_profit", "net_profit", "net_with_share", "ebitda", "retained"}
_NOTE = "Рубли, без выделения НДС"
_HINT = (
    "Пустой месяц — с начала или до конца книг. «Общие» — расходы компании без значения; по "
    "выбранной базе они делятся между строками."
)
_PERCENT_DIGITS = 4


def dimension_rows(values: tuple[DimensionValue, ...]) -> list[tuple[str, int]]:
    """The rows in order: name and id, the total last."""
    rows = [(value.name, value.id) for value in values]
    return [*rows, (UNSPECIFIED, UNSPECIFIED_ID), (COMMON, COMMON_ID), ("Итого", TOTAL_ID)]


def column_of(code: str) -> int:
    """The column of a figure."""
    return FIRST_FIGURE_COLUMN + COLUMNS.index(code)


def total_cell(facts: BookFacts, dimension: Dimension, title: str, code: str) -> Ref:
    """The total of a figure, for Сверка."""
    return absolute(_common_row(facts, dimension) + 1, column_of(code), title)


def dimension_tab(
    facts: BookFacts, dimension: Dimension, sums: Sums, titles: Mapping[str, str]
) -> Tab:
    """The tab of one dimension; `titles` of the tabs by key."""
    lists = label_lists(facts, titles)
    title = titles[dimension_key(dimension.code)]
    entries_end = DIMENSION_INPUTS.end(len(lists))
    width = FIRST_FIGURE_COLUMN + len(COLUMNS)
    sharing = _sharing(facts, dimension, max(width, entries_end))
    common = _common_row(facts, dimension)
    cells = {
        (0, 0): Cell(f"Прибыль: {title}"),
        (ENTRY_ROW, 0): Cell(_NOTE),
        (common + 3, 0): Cell(_HINT),
        **DIMENSION_INPUTS.cells(facts.months, lists),
        **_headings(dimension),
        **_rows(facts, dimension, sums, sharing),
        **sharing.cells({code: column_of(code) for code in _LADDER}, common),
    }
    entries = DIMENSION_INPUTS.entries(len(lists))
    return Tab(
        key=dimension_key(dimension.code),
        id=FIRST_SHEET_ID + zlib.crc32(dimension.code.encode()) % ID_RANGE,
        title=title,
        rows=-(-(common + 2 + ROW_STEP // 2) // ROW_STEP) * ROW_STEP,
        columns=sharing.column + sharing.width,
        cells=cells,
        guard=Guard("Копейка: отчёт считается формулами", warning=True, open_areas=entries),
        widths=(190, 60, 60, *_widths(sharing.column)),
        styles=_styles(width, len(lists)),
        rules=_rules(width),
        bands=(Area(HEADING_ROW, 0, common + 2 - HEADING_ROW, width),),
        choices=DIMENSION_INPUTS.choices(months_range(titles["pnl"], facts.months), lists),
        hidden_columns=(
            (ID_COLUMN, LABEL_COLUMN + 1),
            (sharing.column, sharing.column + sharing.width),
        ),
        hidden_rows=((HELPER_ROW, HELPER_ROW + 1),),
        frozen_rows=HEADING_ROW + 1,
        frozen_columns=1,
        gridlines=False,
        colour=TITLES["dimension"],
    )


def _widths(end: int) -> list[int]:
    """Pixels from the first figure on: the longest heading and the base in words are not cut."""
    widths = {
        column_of("before_net_profit"): 180,
        DIMENSION_INPUTS.base.first.column: 160,
        column_of("production"): 145,
        column_of("retained"): 145,
    }
    return [widths.get(column, 130) for column in range(FIRST_FIGURE_COLUMN, end)]


def _common_row(facts: BookFacts, dimension: Dimension) -> int:
    return FIRST_VALUE_ROW + len(facts.values[dimension.code]) + 1


def _sharing(facts: BookFacts, dimension: Dimension, column: int) -> Sharing:
    last = _common_row(facts, dimension) - 1
    return Sharing(column, FIRST_VALUE_ROW, last, DIMENSION_INPUTS.base, ID_COLUMN)


def _headings(dimension: Dimension) -> dict[tuple[int, int], Cell]:
    cells = {
        (HEADING_ROW, 0): Cell(dimension.title),
        (HEADING_ROW, ID_COLUMN): Cell(ALL_CRITERION),
        (HEADING_ROW, LABEL_COLUMN): Cell(ALL),
        (HEADING_ROW, column_of("common_share")): Cell(_share_heading()),
    }
    for code, title in _TITLES.items():
        cells[HEADING_ROW, column_of(code)] = Cell(title)
    return cells


def _share_heading() -> Node:
    """The base stands beside every figure that depends on it."""
    none = Op("=", DIMENSION_INPUTS.base, Num(0))
    named = Op("&", Str("Доля общих расходов "), DIMENSION_INPUTS.base_entry)
    return call(Function.IF, none, Str("Доля общих расходов (не распределены)"), named)


def _rows(
    facts: BookFacts, dimension: Dimension, sums: Sums, sharing: Sharing
) -> dict[tuple[int, int], Cell]:
    values = facts.values[dimension.code]
    labels = labels_of(values)
    cells: dict[tuple[int, int], Cell] = {}
    for row, (name, value_id) in enumerate(dimension_rows(values), FIRST_VALUE_ROW):
        cells[row, 0] = Cell(name)
        cells[row, ID_COLUMN] = Cell(value_id)
        if value_id in labels:
            cells[row, LABEL_COLUMN] = Cell(labels[value_id])
        cells[row, column_of("common_share")] = Cell(_share(sharing, row, value_id))
        cells[row, column_of("margin")] = Cell(_margin(row))
        for code in COLUMNS:
            if (row, column_of(code)) not in cells:
                ids = sums.of(f"id:{dimension.code}")
                cells[row, column_of(code)] = Cell(_figure(code, sums, ids, row, value_id))
    return cells


def _figure(code: str, sums: Sums, ids: Ref, row: int, value_id: int) -> Node:
    if value_id == TOTAL_ID:
        return _sum(column_of(code), row)
    cells = {one: absolute(row, column_of(one)) for one in COLUMNS}
    if code == "traceable":
        return rounded(Op("-", cells["gross_profit"], cells["net_profit"]))
    if code == "net_with_share":
        return rounded(Op("-", cells["net_profit"], cells["common_share"]))
    return _of_ladder(_LADDER[code], sums, ids, row)


def _of_ladder(figure: Figure, sums: Sums, ids: Ref, row: int) -> Node:
    months = (DIMENSION_INPUTS.first, DIMENSION_INPUTS.last)
    of_row = absolute(row, ID_COLUMN)
    only = sums.only(DIMENSION_INPUTS)
    cells = {one.code: absolute(row, column_of(one.code)) for one in FIGURES}
    return figure_formula(
        figure,
        lambda line: sums.line(line, DIMENSION_INPUTS.basis, months, ids, of_row, *only),
        cells,
    )


def _share(sharing: Sharing, row: int, value_id: int) -> Node:
    """What a row bears; «Общие» gives away as much, so that the total is nothing."""
    if value_id == TOTAL_ID:
        return _sum(column_of("common_share"), row)
    if value_id == COMMON_ID:
        return Op("-", Num(0), _sum(column_of("common_share"), row))
    return sharing.share(row)


def _sum(column: int, row: int) -> Node:
    """Everything above a row."""
    return rounded(call(Function.SUM, span((FIRST_VALUE_ROW, column), (row - 1, column))))


def _margin(row: int) -> Node:
    revenue, net = absolute(row, column_of("revenue")), absolute(row, column_of("net_with_share"))
    share = call(Function.ROUND, Op("/", net, revenue), _PERCENT_DIGITS)
    return call(Function.IF, Op("=", revenue, Num(0)), Str("—"), share)


def _rules(width: int) -> tuple[Rule, ...]:
    """Looks of the total and of the hint wherever they stand: values are added above them."""
    of_row = Ref(Spot(FIRST_VALUE_ROW, ID_COLUMN, row_fixed=False))
    area = Area(FIRST_VALUE_ROW, 0, None, width)
    column = column_of("net_with_share")
    loss = Op("<", Ref(Spot(FIRST_VALUE_ROW, column, row_fixed=False)), Num(0))
    # «Общие» are costs only: below nothing is their usual place.
    judged = call(Function.IF, Op("=", of_row, Num(COMMON_ID)), 0, loss)
    return (
        Rule(Area(FIRST_VALUE_ROW, column, None, 1), judged, BAD),
        Rule(area, Op("=", of_row, Num(TOTAL_ID)), SUBTOTAL),
        Rule(Area(FIRST_VALUE_ROW, 0, None, 1), Op("=", of_row, Str("")), NOTE),
    )


def _styles(width: int, dimensions: int) -> tuple[Styled, ...]:
    figures = Area(FIRST_VALUE_ROW, FIRST_FIGURE_COLUMN, None, len(COLUMNS))
    margin = Area(FIRST_VALUE_ROW, column_of("margin"), None, 1)
    bold = [
        Styled(Area(FIRST_VALUE_ROW, column_of(code), None, 1), Style(bold=True))
        for code in COLUMNS
        if code in _BOLD
    ]
    return (
        Styled(Area(0, 0, 1, 1), TITLE),
        Styled(Area(0, 0, 1, 1), Style(wrap=True)),
        Styled(Area(ENTRY_ROW, 0, 1, 1), NOTE),
        *DIMENSION_INPUTS.styles(dimensions),
        Styled(Area(HEADING_ROW, 0, 1, width), HEADING),
        Styled(Area(FIRST_VALUE_ROW, 0, None, 1), NAME),
        Styled(Area(HEADING_ROW, LABEL_COLUMN, None, 1), Style(pattern=Pattern.TEXT)),
        Styled(figures, Style(pattern=Pattern.MONEY, middle=True)),
        Styled(margin, Style(pattern=Pattern.PERCENT, align=Align.RIGHT)),
        *bold,
    )

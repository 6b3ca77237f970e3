"""ОПиУ: the ladder with months across and the total on the right, filtered as people choose.

Months outside of the chosen ones show nothing; the total is of the chosen ones.
"""

from collections.abc import Mapping

from ledger.months import Month
from sheets.facts import BookFacts
from sheets.formulas import Function, Node, Num, Op, Ref, Spot, Str, absolute, call, span
from sheets.model import Align, Area, Cell, Guard, Pattern, Rule, Style, Styled, Tab
from sheets.tabs.inputs import ENTRY_ROW, HELPER_ROW, Inputs, month_serial
from sheets.tabs.labels import label_lists
from sheets.tabs.ladder import FIGURES, Figure, Sums, figure_formula, rounded
from sheets.tabs.palette import BAD, HEADING, HINT, NAME, NOTE, SUBTOTAL, TITLE, TITLES

__all__ = [
    "FIRST_FIGURE_ROW",
    "FIRST_MONTH_COLUMN",
    "PNL_INPUTS",
    "figure_cell",
    "months_range",
    "pnl_tab",
]

SHEET_ID = 733_002
MONTHS_ROW = 3
FIRST_FIGURE_ROW = 4
FIRST_MONTH_COLUMN = 1
PNL_INPUTS = Inputs(1, overheads=False)
_MARGIN_ROW = FIRST_FIGURE_ROW + len(FIGURES)
_HINTS_ROW = _MARGIN_ROW + 2
_ROWS = 40
_SPARE_COLUMNS = 3
_NOTE = "Рубли, без выделения НДС"
_MONEY = Style(pattern=Pattern.MONEY, middle=True)
_PERCENT = Style(pattern=Pattern.PERCENT, align=Align.RIGHT, middle=True)
# Under the ladder, and so short that a phone shows them whole.
_HINTS = (
    "Пустой месяц — с начала или до конца книг.",
    "Расходы положительные и вычитаются.",
    "Голубые ячейки меняете вы.",
)


def months_range(title: str, months: tuple[Month, ...]) -> Ref:
    """The heading cells with the months: what drop-downs elsewhere offer."""
    last = FIRST_MONTH_COLUMN + len(months) - 1
    return span((MONTHS_ROW, FIRST_MONTH_COLUMN), (MONTHS_ROW, last), title)


def figure_cell(title: str, months: tuple[Month, ...], code: str) -> Ref:
    """The total of a figure, for Сверка."""
    return absolute(_row_of(code), FIRST_MONTH_COLUMN + len(months), title)


def pnl_tab(facts: BookFacts, sums: Sums, titles: Mapping[str, str]) -> Tab:
    """The tab for the months that the books span; `titles` of the tabs by key."""
    months, dimensions = facts.months, len(facts.settings.dimensions)
    lists = label_lists(facts, titles)
    total = FIRST_MONTH_COLUMN + len(months)
    cells = {
        (0, 0): Cell("Отчёт о прибылях и убытках"),
        (ENTRY_ROW, 0): Cell(_NOTE),
        **PNL_INPUTS.cells(months, lists),
        **{(row, 0): Cell(hint) for row, hint in enumerate(_HINTS, _HINTS_ROW)},
        (MONTHS_ROW, 0): Cell("Показатель"),
        (MONTHS_ROW, total): Cell("Итого"),
        (_MARGIN_ROW, 0): Cell("Рентабельность по чистой прибыли"),
        **_figures(sums, months),
    }
    columns = max(total, PNL_INPUTS.end(dimensions)) + 1 + _SPARE_COLUMNS
    return Tab(
        key="pnl",
        id=SHEET_ID,
        title=titles["pnl"],
        rows=_ROWS,
        columns=columns,
        cells=cells,
        guard=Guard(
            "Копейка: отчёт считается формулами",
            warning=True,
            open_areas=PNL_INPUTS.entries(dimensions),
        ),
        widths=(220, *([125] * (total - 1)), 135),
        styles=_styles(columns, total, dimensions),
        choices=PNL_INPUTS.choices(months_range(titles["pnl"], months), lists),
        rules=_rules(total),
        bands=(Area(MONTHS_ROW, 0, len(FIGURES) + 2, total + 1),),
        hidden_rows=((HELPER_ROW, HELPER_ROW + 1),),
        frozen_rows=MONTHS_ROW + 1,
        frozen_columns=1,
        gridlines=False,
        colour=TITLES["pnl"],
    )


def _figures(sums: Sums, months: tuple[Month, ...]) -> dict[tuple[int, int], Cell]:
    """The ladder of every month, its margin, and the totals."""
    total = FIRST_MONTH_COLUMN + len(months)
    cells = {(_MARGIN_ROW, total): Cell(_margin(total))}
    for row, figure in enumerate(FIGURES, FIRST_FIGURE_ROW):
        cells[row, 0] = Cell(figure.title)
        cells[row, total] = Cell(_total(row, total))
    for column, month in enumerate(months, FIRST_MONTH_COLUMN):
        cells[MONTHS_ROW, column] = Cell(month_serial(month))
        cells[_MARGIN_ROW, column] = Cell(_margin(column))
        for row, figure in enumerate(FIGURES, FIRST_FIGURE_ROW):
            cells[row, column] = Cell(_figure(figure, sums, column))
    return cells


def _row_of(code: str) -> int:
    return FIRST_FIGURE_ROW + [figure.code for figure in FIGURES].index(code)


def _figure(figure: Figure, sums: Sums, column: int) -> Node:
    month = absolute(MONTHS_ROW, column)
    # A month outside of the chosen ones makes an empty interval.
    inside = (
        call(Function.MAX, month, PNL_INPUTS.first),
        call(Function.MIN, month, PNL_INPUTS.last),
    )
    cells = {one.code: absolute(_row_of(one.code), column) for one in FIGURES}
    only = sums.only(PNL_INPUTS)
    return figure_formula(
        figure, lambda line: sums.line(line, PNL_INPUTS.basis, inside, *only), cells
    )


def _total(row: int, total: int) -> Node:
    return rounded(call(Function.SUM, span((row, FIRST_MONTH_COLUMN), (row, total - 1))))


def _margin(column: int) -> Node:
    revenue = absolute(_row_of("revenue"), column)
    share = call(Function.ROUND, Op("/", absolute(_row_of("net_profit"), column), revenue), 4)
    return call(Function.IF, Op("=", revenue, Num(0)), Str("—"), share)


def _rules(total: int) -> tuple[Rule, ...]:
    """A loss is seen from afar."""
    row = _row_of("net_profit")
    net = Ref(Spot(row, 1, column_fixed=False))
    return (Rule(Area(row, 1, 1, total), Op("<", net, Num(0)), BAD),)


def _styles(columns: int, total: int, dimensions: int) -> tuple[Styled, ...]:
    subtotals = [
        Styled(Area(_row_of(figure.code), 0, 1, total + 1), SUBTOTAL)
        for figure in FIGURES
        if figure.is_subtotal
    ]
    return (
        Styled(Area(0, 0, 1, 1), TITLE),
        Styled(Area(ENTRY_ROW, 0, 1, 1), NOTE),
        Styled(Area(_HINTS_ROW, 0, len(_HINTS), 1), HINT),
        Styled(Area(FIRST_FIGURE_ROW, 0, len(FIGURES) + 1, 1), NAME),
        *PNL_INPUTS.styles(dimensions),
        Styled(Area(MONTHS_ROW, 0, 1, total + 1), HEADING),
        Styled(Area(MONTHS_ROW, 1, 1, total - 1), Style(pattern=Pattern.MONTH)),
        Styled(Area(FIRST_FIGURE_ROW, 1, len(FIGURES), columns - 1), _MONEY),
        Styled(Area(_MARGIN_ROW, 1, 1, columns - 1), _PERCENT),
        *subtotals,
    )
